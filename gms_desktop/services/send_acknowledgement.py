"""A receiver's acknowledgement as a table (GEL1005), matched to the consignment that it answers.

It counts as what a person would enter of it: the table is not signed. What does not match is named, and then nothing of
it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from gms_desktop import acknowledgement_words as said_of
from gms_desktop import answer_words, send_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.standing import LEFT, State, Step, Told, after
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.exchange import gel1005
from gms_desktop.exchange.gel1005 import Line, NotReadable
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up, look_up, rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_documents, kept_files, send_commands, send_scans, site_rules
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people_words import person
from gms_desktop.services.receive import Desk
from gms_desktop.services.send_answer import Matched
from gms_desktop.services.views import Answer


def take(ledger: Ledger, desk: Desk, name: str, content: bytes) -> Outcome:
    """Take a table in: its file is kept, and the arrival that it tells is recorded, in one act."""
    found = matched(ledger, desk, name, content)
    row = consignment_look_up.consignment(ledger.db, found.consignment) if isinstance(found, Matched) else None
    if row is None or isinstance(found, Verdict):
        return Outcome(found if isinstance(found, Verdict) else send_words.nothing_in_view(), place=send_scans.PLACE)
    send_scans.show(ledger, desk, row)
    outcome = send_commands.command(ledger, desk, Command.SEND_ARRIVED, found.answer, "")
    if after(State(row["state"]), Step.ARRIVE) is None or outcome.question is not None:
        return outcome
    try:
        kept = _keep(ledger, desk, row["id"], content)
    except (Refused, Unavailable) as fault:
        return Outcome(answer_words.not_kept(str(fault)), place=send_scans.PLACE)
    return replace(outcome, drafts=(*outcome.drafts, kept), place=send_scans.PLACE)


def _keep(ledger: Ledger, desk: Desk, consignment: str, content: bytes) -> Draft:
    if desk.files is None:
        raise Refused("This bench keeps no files")
    document = ledger.identity()
    desk.files().put(content, "text/csv", f"document:{document}", kept_files.now(ledger))
    body = {
        "document": document,
        "sort": case_documents.ANSWER_TABLE,
        "form": "csv",
        "sha256": sha256(content).hexdigest(),
        "start": None,
        "end": None,
        "about": [f"consignment:{consignment}"],
        "replaces": None,
        "file": None,
    }
    return Draft("document.issued", body, input=dict(desk.told))


def matched(ledger: Ledger, desk: Desk, name: str, content: bytes) -> Matched | Verdict:
    """The consignment that a table answers with what it says of it, or why nothing is taken from it.

    Args:
        ledger: the bench's.
        desk: its memory.
        name: of the file.
        content: the file.
    """
    try:
        lines = gel1005.read(content)
    except NotReadable as fault:
        return said_of.not_read(fault.code, fault.row, fault.value)
    found = _consignments(ledger.db, lines)
    if not found:
        return said_of.of_nothing(tuple(dict.fromkeys(one.sample for one in lines)))
    if len(found) > 1:
        return said_of.of_several(tuple(str(row["number"]) for row in found))
    [row] = found
    items = {str(one["number"]): one for one in consignment_look_up.items(ledger.db, row["id"])}
    if wrong := tuple(_wrong(ledger.db, row, items, lines)):
        return said_of.mismatched(wrong)
    if unsaid := tuple(number for number in items if number not in {one.sample for one in lines}):
        return send_words.answer_leaves_out(unsaid)
    if not any(one.received for one in lines):
        return said_of.nothing_received(str(row["number"]))
    if _known(row, items, lines):
        return send_words.answer_known(str(row["number"]))
    made = next((one.generated for one in lines if one.generated), "")
    return Matched(row["id"], Answer(fields=_fields(desk, name, lines, made)), made)


def _consignments(db: Database, lines: Sequence[Line]) -> list[Row]:
    """The consignments that left with any of these tubes, each once."""
    found: dict[str, Row] = {}
    for one in lines:
        tube = rack_look_up.tube_by_code(db, one.sample)
        row = consignment_look_up.packed_in(db, "tube", tube["id"]) if tube else None
        if row is not None and State(row["state"]) in LEFT:
            found.setdefault(row["id"], row)
    return list(found.values())


def _wrong(db: Database, row: Row, items: dict[str, Row], lines: Sequence[Line]) -> Iterator[str]:
    """What cannot be true of what was sent."""
    if strange := tuple(dict.fromkeys(one.sample for one in lines if one.sample not in items)):
        yield said_of.strange(strange, str(row["number"]))
    theirs = tuple(one.sample for one in lines if one.sample in items and not _is_theirs(db, items[one.sample], one))
    if theirs:
        yield said_of.other_participant(theirs)
    ours = site_rules.manifests(db).laboratory_id
    others = tuple(dict.fromkeys(one.laboratory for one in lines if one.laboratory.casefold() != ours.casefold()))
    if ours and any(others):
        yield said_of.other_laboratory(tuple(filter(None, others)), ours)
    left = datetime.fromisoformat(row["handed_at"]) if row["handed_at"] else None
    if early := tuple(one.sample for one in lines if one.at is not None and left is not None and one.at < left):
        yield said_of.too_early(early)
    yes, no = ({one.sample for one in lines if one.received is way} for way in (True, False))
    if both := tuple(sorted(yes & no)):
        yield said_of.contradicts(both)


def _is_theirs(db: Database, item: Row, line: Line) -> bool:
    tube = rack_look_up.tube(db, item["item"])
    specimen = look_up.row(db, "specimen", tube["specimen"]) if tube and tube["specimen"] else None
    participant = person(db, specimen["patient"]).participant if specimen else ""
    return participant.casefold() == line.participant.casefold()


def _missing(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.sample for one in lines if not one.received))


def _known(row: Row, items: dict[str, Row], lines: Sequence[Line]) -> bool:
    """Whether an arrived consignment already has the answer that the table gives."""
    before = {number for number, one in items.items() if one["told"] and one["told"] != Told.RECEIVED}
    missing = {number for number, one in items.items() if one["told"] == Told.MISSING}
    return bool(row["arrived_at"]) and before == missing == set(_missing(lines))


def _fields(desk: Desk, name: str, lines: Sequence[Line], generated: str) -> tuple[tuple[str, str], ...]:
    times = sorted(one.at for one in lines if one.at is not None)
    first, last = _minute(desk, times[0]), _minute(desk, times[-1])
    return (
        (send_words.HOW, said_of.told_by(name, generated)),
        (send_words.AT, last),
        (send_words.MISSING, " ".join(_missing(lines))),
        (send_words.WORDS, said_of.at_different_times(first, last) if first != last else ""),
    )


def _minute(desk: Desk, at: datetime) -> str:
    return dates.display_minute(dates.to_local(at, desk.time_zone))
