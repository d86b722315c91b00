"""The signed answer of a receiver, matched to the consignment that it answers, as what a person would enter of it.

Nothing of an answer counts whose key nobody compared, whose manifest is not the one that counts here, or which leaves
out what became of a thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gms_desktop import answer_correct_words, send_words
from gms_desktop.domain import dates
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.exchange.consignments import signed_file
from gms_desktop.exchange.consignments.contents import Acknowledgement, Outcome
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import send_documents, send_item, site_rules
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer

_AMISS = (Outcome.MISSING, Outcome.DAMAGED, Outcome.REJECTED)


@dataclass(frozen=True)
class Matched:
    """An answer to one of our consignments.

    Attributes:
        consignment: its identity.
        answer: what the receiver says of it, as a person would enter it.
        written_at: when that was written.
        correction: why it stands in place of an earlier one, and who says so; empty where it does not.
        withdrawn: whether it takes everything back.
        many_outside: readings of the loggers in the box that are outside their limits.
    """

    consignment: str
    answer: Answer
    written_at: str
    correction: str = ""
    withdrawn: bool = False
    many_outside: int = 0


def matched(ledger: Ledger, desk: Desk, content: bytes) -> Matched | Verdict:
    """The consignment that a file answers, or why nothing is taken from the file.

    Args:
        ledger: the bench's.
        desk: its memory.
        content: the file.
    """
    try:
        signed = signed_file.read(content)
    except signed_file.NotAConsignmentFile as fault:
        return send_words.answer_not_read(fault.why)
    said = signed.contents
    if not isinstance(said, Acknowledgement):
        return send_words.answer_is_manifest()
    row = consignment_look_up.by_number(ledger.db, said.consignment)
    if row is None or send_documents.kept(ledger.db, row["id"]).get(send_documents.SIGNED) != said.manifest:
        return send_words.answer_to_another(said.consignment)
    if not _is_receivers(ledger.db, row, said, signed.fingerprint):
        return send_words.answer_key(said.sender.name, said.sender.ods, signed.fingerprint)
    items = {str(one["number"]): one for one in consignment_look_up.items(ledger.db, row["id"])}
    why = answer_correct_words.said_by(said.reason, said.by, said.sender.name) if said.corrects and said.reason else ""
    if said.withdrawn:
        return Matched(row["id"], Answer(), said.written_at, why, withdrawn=True)
    if unsaid := tuple(number for number in items if number not in {one.number for one in said.items}):
        return send_words.answer_leaves_out(unsaid)
    outside = sum(one.many_outside for one in said.temperature)
    answer = Answer(fields=_fields(desk, said, items, signed.fingerprint))
    return Matched(row["id"], answer, said.written_at, why, many_outside=outside)


def _is_receivers(db: Database, row: Row, said: Acknowledgement, fingerprint: str) -> bool:
    known = site_rules.senders(db).get(said.sender.ods.upper())
    profile = send_item.profile(db, row)
    # Without its organisation code nobody can say that the laboratory that answers is the one that it went to.
    addressed = profile is not None and bool(profile.ods) and profile.ods.upper() == said.sender.ods.upper()
    return known is not None and addressed and fingerprint in known.fingerprints


def _fields(desk: Desk, said: Acknowledgement, items: dict[str, Row], fingerprint: str) -> tuple[tuple[str, str], ...]:
    # What was left behind or came back meanwhile is in the consignment no more: of that the words tell.
    held = [one for one in said.items if one.number in items]
    named = {each: " ".join(one.number for one in held if one.outcome is each) for each in _AMISS}
    notes = (f"{one.number} {one.outcome.value}: {one.words}".rstrip(": ") for one in said.items if _noted(one.outcome))
    return (
        (send_words.HOW, send_words.answered_by(said.sender.name, fingerprint)),
        (send_words.AT, _minute(desk, said.received_at)),
        *((each.value, numbers) for each, numbers in named.items()),
        (send_words.WORDS, "; ".join(filter(None, (said.words, *notes)))),
    )


def _noted(outcome: Outcome) -> bool:
    return outcome is not Outcome.RECEIVED


def _minute(desk: Desk, received_at: str) -> str:
    """The moment on this laboratory's wall clock; as it stands in the file where it is none."""
    try:
        moment = datetime.fromisoformat(received_at)
    except ValueError:
        return received_at
    return dates.display_minute(dates.to_local(moment, desk.time_zone)) if moment.tzinfo else received_at
