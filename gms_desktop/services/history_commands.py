"""A history is put on paper: kept here, recorded as issued, and printed again as it was."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from gms_desktop import history_words
from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal.entry import Body
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_documents, histories, kept_files
from gms_desktop.services.imprints import imprint
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk

# An entry touches 200 subjects at most, two of them its own.
_MOST_ABOUT = 190


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given is Command.HISTORY_PAPER


def command(ledger: Ledger, desk: Desk, argument: str) -> Outcome:
    """Make the history of what Find shows."""
    return replace(_made(ledger, desk, argument), place="find")


def _made(ledger: Ledger, desk: Desk, subject: str) -> Outcome:
    from gms_desktop.documents.history_pdf import history_pdf

    if desk.files is None:
        return Outcome(history_words.not_made("This bench keeps no files"))
    told = histories.history(ledger, subject, desk.time_zone) if subject else None
    if told is None:
        return Outcome(history_words.nothing_chosen())
    document = ledger.identity()
    try:
        content = history_pdf(told, imprint(ledger, desk.place.bench), document)
        desk.files().put(content, kept_files.PDF, f"document:{document}", kept_files.now(ledger))
    except (LabelUnreadable, Refused, Unavailable) as fault:
        return Outcome(history_words.not_made(str(fault).rstrip(".")))
    draft = _draft(ledger, subject, document, sha256(content).hexdigest())
    return Outcome(history_words.made(told.name, len(told.acts)), (draft,))


def _draft(ledger: Ledger, subject: str, document: str, digest: str) -> Draft:
    about = histories.about(ledger.db, subject)[:_MOST_ABOUT]
    body: Body = {"document": document, "sort": case_documents.HISTORY, "form": "pdf", "sha256": digest, "about": about}
    body |= {"start": None, "end": None, "replaces": None, "file": None}
    return Draft(case_documents.ISSUED, body, input={"by": "hand", "device": "screen"})
