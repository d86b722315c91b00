"""Questions to the register about holds, requests that may go on, consent and urgent specimens."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.register import look_up

_SPECIMEN = "s.accession, s.patient, s.type, s.priority, s.outcome, s.comment_private"
_holds_of = text_statement("SELECT * FROM hold WHERE id >= :low AND id < :high ORDER BY id")
# Of urgent specimens first; then the earliest day, and last what has none.
_OPEN_HOLDS = f"SELECT h.*, {_SPECIMEN} FROM hold h JOIN specimen s ON s.id = h.specimen WHERE h.state <> 'over' AND "  # noqa: S608
_NOT_URGENT = "(s.priority IS NULL OR s.priority <> 'urgent')"
_urgent_holds = text_statement(
    f"{_OPEN_HOLDS} s.priority = 'urgent' ORDER BY h.chase_by IS NULL, h.chase_by, h.id LIMIT :most"
)
_holds_by_day = text_statement(f"{_OPEN_HOLDS} h.chase_by > '' AND {_NOT_URGENT} ORDER BY h.chase_by, h.id LIMIT :most")
_holds_without_day = text_statement(f"{_OPEN_HOLDS} h.chase_by IS NULL AND {_NOT_URGENT} ORDER BY h.id LIMIT :most")
_count_holds = text_statement("SELECT count(*) FROM hold WHERE state <> 'over'")
_assessment = text_statement("SELECT * FROM assessment WHERE id = :id")
_consents = text_statement("SELECT * FROM consent WHERE id >= :low AND id < :high ORDER BY id")
_urgent = text_statement("SELECT * FROM urgent WHERE id = :id")


def _of(subject: str) -> dict[str, str]:
    return {"low": f"{subject}/", "high": f"{subject}0"}


def holds_of(db: Database, specimen: str) -> list[Row]:
    """Every hold that a specimen has or had."""
    return db.all(_holds_of, _of(specimen))


def open_holds(db: Database, specimen: str) -> list[Row]:
    """The holds that stop something of a specimen."""
    return [row for row in holds_of(db, specimen) if row["state"] != "over"]


def holds(db: Database, most: int) -> list[Row]:
    """What is on hold, each with its specimen: urgent ones first, then the one to be chased soonest."""
    found: list[Row] = []
    for statement in (_urgent_holds, _holds_by_day, _holds_without_day):
        if len(found) < most:
            found += db.all(statement, {"most": most - len(found)})
    return found


def count_holds(db: Database) -> int:
    """How many holds stand."""
    return int(db.value(_count_holds))


def assessment(db: Database, request: str) -> Row | None:
    """What was last said of whether a request may go on; None where nobody said anything."""
    return db.one(_assessment, {"id": request})


def consents(db: Database, patient: str) -> list[Row]:
    """A patient's consent as stated, for each use; also of a record linked as the same person."""
    linked = look_up.linked_with(db, patient)
    return [row for one in (patient, *linked) for row in db.all(_consents, _of(one))]


def urgent(db: Database, specimen: str) -> Row | None:
    """How an urgent specimen stands; None for one that is not."""
    return db.one(_urgent, {"id": specimen})
