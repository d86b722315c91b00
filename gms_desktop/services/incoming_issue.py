"""Our answer to a consignment: signed, with a letter that a person reads and a scanner too; both are kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from gms_desktop import answer_correct_words, answer_words, send_words
from gms_desktop.documents.answer_letter import Came as CameOfIt
from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.documents.packing_list import Papers
from gms_desktop.documents.rejection_report import Imprint
from gms_desktop.domain.minting import instant
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.exchange.consignments import series, signed_file
from gms_desktop.exchange.consignments.contents import Acknowledgement, Found, Manifest, Party
from gms_desktop.exchange.consignments.contents import Outcome as Came
from gms_desktop.journal.database import Row
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    case_documents,
    incoming,
    incoming_correcting,
    incoming_logger,
    kept_files,
    rights,
    send_signed,
)
from gms_desktop.services.find import local_minute
from gms_desktop.services.incoming import Incoming
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people import name_of

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

FILE_TYPE = "application/octet-stream"


@dataclass(frozen=True)
class Said:
    """What a person and the register say together.

    Attributes:
        at: when it arrived (UTC text).
        items: what came of each thing.
        words: of the whole.
        reason: why the last answer was not right; empty where none counts.
        withdrawn: whether nothing of that holds, and nothing is said instead.
    """

    at: str
    items: tuple[Found, ...]
    words: str
    reason: str = ""
    withdrawn: bool = False


def issue(ledger: Ledger, desk: Desk, found: Incoming, said: Said) -> Outcome:
    """Write the answer and its letter, and keep both."""
    laboratory = look_up.laboratory(ledger.db)
    if laboratory is None or found.manifest is None or desk.files is None:
        return Outcome(answer_words.not_written("This bench keeps no files"))
    told = Acknowledgement(
        sender=Party(name=laboratory["name"], ods=laboratory["ods"] or ""),
        receiver=found.manifest.sender,
        consignment=found.manifest.consignment,
        manifest=found.sha256,
        received_at=said.at,
        items=said.items,
        written_at=instant(ledger.clock.now()),
        words=said.words,
        temperature=() if said.withdrawn else incoming_logger.told(ledger.db, found.act),
        corrects=found.answers[-1].body["sha256"] if found.answers else "",
        reason=said.reason,
        by=_who(ledger, desk) if said.reason else "",
        withdrawn=said.withdrawn,
    )
    signed = signed_file.sign(told, signed_file.laboratory_key(desk.secret()))
    place = len(found.answers) + 1
    try:
        drafts: tuple[Draft, ...] = (
            _kept(ledger, desk, found, incoming.SORT, "gmsc", signed),
            _kept(ledger, desk, found, case_documents.ANSWER_LETTER, "pdf", b"", (laboratory, told, signed, place)),
        )
    except (LabelUnreadable, Refused, Unavailable) as fault:
        return Outcome(answer_words.not_written(str(fault)))
    if said.reason and found.answers:
        former, now = found.answers[-1].body["document"], str(drafts[0].body["document"])
        why = incoming_correcting.draft(ledger, desk, found, now, former, said.reason, withdrawn=said.withdrawn)
        drafts = (*drafts, why)
    return Outcome(_verdict(told), drafts)


def _verdict(told: Acknowledgement) -> Verdict:
    if told.withdrawn:
        return answer_correct_words.taken_back(told.consignment, told.receiver.name)
    return answer_words.written(told.consignment, told.receiver.name, in_numbers(told))


def _who(ledger: Ledger, desk: Desk) -> str:
    actor = rights.actor(ledger.db, desk.place.bench)
    return name_of(ledger.db, actor.operator) if actor else "the application"


def _kept(
    ledger: Ledger,
    desk: Desk,
    found: Incoming,
    sort: str,
    form: str,
    content: bytes,
    of_letter: tuple[Row, Acknowledgement, bytes, int] | None = None,
) -> Draft:
    if desk.files is None:
        raise Refused("This bench keeps no files")
    document = ledger.identity()
    if of_letter is not None and found.manifest is not None:
        content = _letter(ledger, desk, document, found.manifest, *of_letter)
    media = kept_files.PDF if form == "pdf" else FILE_TYPE
    desk.files().put(content, media, f"document:{document}", kept_files.now(ledger))
    former = [one for one in incoming.documents(ledger.db, found.act) if one.body["sort"] == sort]
    body = {
        "document": document,
        "sort": sort,
        "form": form,
        "sha256": sha256(content).hexdigest(),
        "start": None,
        "end": None,
        "about": [f"import:{found.act}"],
        "replaces": former[-1].body["document"] if former else None,
        "file": None,
    }
    return Draft("document.issued", body, input=desk.told)


def _letter(
    ledger: Ledger,
    desk: Desk,
    document: str,
    manifest: Manifest,
    laboratory: Row,
    told: Acknowledgement,
    signed: bytes,
    place: int,
) -> bytes:
    """The letter as PDF, which names the file that says the same."""
    from gms_desktop.documents.packing_list_pdf import answer_letter_pdf

    key = send_signed.fingerprint(desk)
    facts = (("Your ODS code", manifest.sender.ods), ("Our ODS code", told.sender.ods), ("Key of our answer", key))
    papers = Papers(
        code=document,
        number=told.consignment,
        to=(manifest.sender.name,),
        example=False,
        facts=tuple((name, value) for name, value in facts if value),
        lines=(),
        follows=manifest.follows,
        series=series.split(signed),
    )
    sorts = {one.number: send_words.ONE.get(one.sort, one.sort) for one in manifest.items}
    things = tuple(
        (sorts.get(one.number, ""), one.number, answer_words.came_of_it(one.outcome.value, one.words))
        for one in told.items
    )
    at = local_minute(told.received_at, desk.time_zone)
    name = f"{told.consignment}-answer-{place}.gmsc"
    who = _who(ledger, desk)
    made_at = local_minute(told.written_at, desk.time_zone)
    imprint = Imprint(laboratory["name"], made_at, who, bool(laboratory["rehearsal"]))
    return answer_letter_pdf(
        papers,
        CameOfIt(things, at, in_numbers(told), told.words, name, _correction(told), incoming_logger.on_letter(told)),
        imprint,
    )


def _correction(told: Acknowledgement) -> str:
    if not told.reason:
        return ""
    return answer_correct_words.on_letter(told.reason, told.by, withdrawn=told.withdrawn)


def in_words(told: Acknowledgement) -> str:
    """What an answer says in numbers, and why, where it stands in place of another."""
    said = in_numbers(told)
    return answer_correct_words.corrects(said, told.reason, told.by) if told.reason else said


def in_numbers(told: Acknowledgement) -> str:
    """What an answer says, in numbers."""
    if told.withdrawn:
        return answer_correct_words.TAKEN_BACK
    many = Counter(one.outcome for one in told.items)
    order = (Came.RECEIVED, Came.MISSING, Came.DAMAGED, Came.REJECTED, Came.UNEXPECTED)
    return answer_words.counts(*(many[one] for one in order))
