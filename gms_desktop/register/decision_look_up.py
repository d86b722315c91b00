"""Questions to the register about holds, requests that may go on, consent and urgent specimens."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, Statement, text_statement
from gms_desktop.register import look_up

_SPECIMEN = "s.accession, s.patient, s.type, s.priority, s.outcome"
_holds_of = text_statement("SELECT * FROM hold WHERE id >= :low AND id < :high ORDER BY id")
# Of urgent specimens first, which are few; then the earliest day, and last what has none.
_urgent_holds = text_statement(
    f"SELECT h.*, {_SPECIMEN} FROM specimen s JOIN hold h ON h.id = s.id || :which "  # noqa: S608
    "WHERE s.priority = 'urgent' AND h.state <> 'over' ORDER BY h.chase_by, h.id"
)
_holds_by_day = text_statement(
    f"SELECT h.*, {_SPECIMEN} FROM hold h JOIN specimen s ON s.id = h.specimen "  # noqa: S608
    "WHERE h.state <> 'over' AND h.chase_by > '' ORDER BY h.chase_by, h.id LIMIT :most"
)
_holds_without_day = text_statement(
    f"SELECT h.*, {_SPECIMEN} FROM hold h JOIN specimen s ON s.id = h.specimen "  # noqa: S608
    "WHERE h.state <> 'over' AND h.chase_by IS NULL ORDER BY h.id LIMIT :most"
)
_urgent_undecided = text_statement(
    "SELECT * FROM specimen WHERE priority = 'urgent' AND outcome IS NULL ORDER BY id LIMIT :most"
)
_count_holds = text_statement("SELECT count(*) FROM hold WHERE state <> 'over'")
_assessment = text_statement("SELECT * FROM assessment WHERE id = :id")
_not_to_proceed = text_statement(
    "SELECT a.*, r.patient, r.test, r.referral, r.priority FROM assessment a JOIN request r ON r.id = a.id "
    "WHERE a.proceeds = 'no' ORDER BY a.at LIMIT :most"
)
_consents = text_statement("SELECT * FROM consent WHERE id >= :low AND id < :high ORDER BY id")
_urgent = text_statement("SELECT * FROM urgent WHERE id = :id")
_urgents = text_statement(
    f"SELECT u.*, {_SPECIMEN}, s.bench, s.received_at, s.delivery FROM urgent u JOIN specimen s ON s.id = u.id "  # noqa: S608
    "WHERE u.state = :state ORDER BY u.since LIMIT :most"
)


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
    found = [row for which in ("/decision", "/consent") for row in db.all(_urgent_holds, {"which": which})]
    found.sort(key=lambda row: (row["chase_by"] is None, row["chase_by"] or "", row["id"]))
    for statement in (_holds_by_day, _holds_without_day):
        if len(found) < most:
            found += [row for row in _all(db, statement, most) if row["priority"] != "urgent"]
    return found[:most]


def _all(db: Database, statement: Statement, most: int) -> list[Row]:
    return db.all(statement, {"most": most})


def urgent_undecided(db: Database, most: int) -> list[Row]:
    """Urgent specimens received but not decided, oldest first."""
    return db.all(_urgent_undecided, {"most": most})


def count_holds(db: Database) -> int:
    """How many holds stand."""
    return int(db.value(_count_holds))


def assessment(db: Database, request: str) -> Row | None:
    """What was last said of whether a request may go on; None where nobody said anything."""
    return db.one(_assessment, {"id": request})


def not_to_proceed(db: Database, most: int) -> list[Row]:
    """Requests of which somebody said that they may not go on yet, the longest first."""
    return db.all(_not_to_proceed, {"most": most})


def consents(db: Database, patient: str) -> list[Row]:
    """A patient's consent as stated, for each use; also of a record linked as the same person."""
    linked = [row["other"] for row in look_up.links_of_patient(db, patient) if row["state"] == "linked"]
    return [row for one in (patient, *linked) for row in db.all(_consents, _of(one))]


def urgent(db: Database, specimen: str) -> Row | None:
    """How an urgent specimen stands; None for one that is not."""
    return db.one(_urgent, {"id": specimen})


def urgents(db: Database, most: int = 200) -> list[Row]:
    """Urgent specimens that the next step has not taken up: those of which nobody was told first, then the oldest."""
    found = [row for state in ("nobody told", "told") for row in db.all(_urgents, {"state": state, "most": most})]
    return found[:most]
