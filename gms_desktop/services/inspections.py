"""What an inspector asks of a thing: who received it, who measured it, by which rule, what changed, and the proof."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gms_desktop import history_words as said
from gms_desktop.documents.history import Answer
from gms_desktop.journal import store
from gms_desktop.journal.canonical import NotCanonical
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import from_bytes
from gms_desktop.journal.store import Stored
from gms_desktop.register import look_up, reading_look_up
from gms_desktop.services import measure_deciding
from gms_desktop.services.find import local_minute
from gms_desktop.services.people import name_of
from gms_desktop.services.views import TimelineLine

_RECEIVED = frozenset({"specimen.received", "specimen.decided", "referral.received", "tissue.case_opened"})
_MEASURED = frozenset({"reading.recorded", "reading.claimed", "reading.weighed"})
_CHANGES = ("corrected", "taken_back", "amended", "withdrawn", "reopened", "conceded", "cancelled", "linked", "chosen")


def answers(db: Database, ordered: Sequence[Stored], lines: Sequence[TimelineLine], zone: str) -> tuple[Answer, ...]:
    """The answer to each question, from the entries about a thing and what was made of it.

    Args:
        db: the bench's file.
        ordered: the entries, oldest first.
        lines: each of them in words.
        zone: the laboratory's time zone.
    """
    every = [(one, _told(one, line)) for one, line in zip(ordered, lines, strict=True)]
    received = [words for one, words in every if one.entry.kind in _RECEIVED]
    measured = [words for one, words in every if one.entry.kind in _MEASURED]
    changed = [words for (one, words), line in zip(every, lines, strict=True) if _is_change(one, line)]
    return (
        Answer(said.WHO_RECEIVED, tuple(received) or (said.NOT_RECEIVED,)),
        Answer(said.WHO_MEASURED, tuple(measured) or (said.NOT_MEASURED,)),
        Answer(said.WHICH_RULE, tuple(_rules(db, ordered, zone)) or (said.NO_RULE,)),
        Answer(said.WHAT_CHANGED, tuple(changed) or (said.NOTHING_CHANGED,)),
        Answer(said.PROOF, proof(db, ordered)),
    )


def told(line: TimelineLine) -> str:
    """What was done, and in brackets what became of it."""
    became = said.UNDONE if line.undone else line.standing
    return f"{line.words} ({became})" if became else line.words


def _told(one: Stored, line: TimelineLine) -> str:
    return said.answered(line.at, line.who, line.where, told(line), one.entry.id)


def _is_change(one: Stored, line: TimelineLine) -> bool:
    kind = one.entry.kind
    return line.undone or bool(line.standing) or kind == "undone" or kind.rpartition(".")[2].endswith(_CHANGES)


def _rules(db: Database, ordered: Sequence[Stored], zone: str) -> Iterable[str]:
    things = (one.entry.body["item"] for one in ordered if one.entry.kind in _MEASURED)
    for item in dict.fromkeys(f"{one['sort']}:{one['id']}" for one in things if one):
        for reading in reading_look_up.readings_of(db, item):
            for row in reading_look_up.judgements(db, reading["id"]):
                yield _rule(db, row, zone)
        for taken in reading_look_up.taken_back(db, item):
            for row in reading_look_up.former_judgements(db, taken["reading"], taken["corrected"] - 1):
                yield said.no_longer(_rule(db, row, zone))


def _rule(db: Database, row: Row, zone: str) -> str:
    when = f"{local_minute(row['at'], zone)}, {name_of(db, row['operator'])}"
    outcome = measure_deciding.judgement_words(row)
    words = said.judged(outcome, row["rules"], row["rules_version"], row["sha256"], when)
    return f"{words} {_approved(db, row, zone)}"


def _approved(db: Database, row: Row, zone: str) -> str:
    """Who approved the rule set in the version that judged; the product's own is nobody's."""
    approved = look_up.row(db, "site_data", row["rules"])
    if approved is None or approved["sha256"] != row["sha256"]:
        return said.NOT_APPROVED_NOW
    return said.approved(name_of(db, approved["approver"]), local_minute(approved["at"], zone))


def proof(db: Database, ordered: Sequence[Stored]) -> tuple[str, ...]:
    """Each entry looked at on the spot: its bytes, its hash, and the entry of its writer that it follows."""
    wrong = [one.entry.id for one in ordered if not _holds(db, one)]
    if wrong:
        return (said.does_not_hold(wrong),)
    placed = sum(one.position is not None for one in ordered)
    newest = ordered[-1]
    return (said.holds(len(ordered), newest.entry.id, newest.hash.hex()), said.placed(placed, len(ordered)), said.WHOLE)


def _holds(db: Database, one: Stored) -> bool:
    entry = one.entry
    before = store.by_identity(db, f"{entry.writer}/{entry.seq - 1}") if entry.seq > 1 else None
    if before is None and entry.seq > 1:
        # What a base of the hub took the place of is proved there.
        return True
    previous = before.hash if before is not None else first_hash(entry.writer, entry.scope)
    try:
        read = from_bytes(one.content)
    except NotCanonical:
        return False
    return read.id == entry.id and next_hash(previous, one.content) == one.hash
