"""Questions to the register about specimens as found, limits from collection, and what was separated."""

from __future__ import annotations

import json
from collections.abc import Collection

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.judge.keys import turn

_row_of = {
    name: text_statement(f"SELECT * FROM {name} WHERE id = :id")  # noqa: S608
    for name in ("examination", "separation", "aliquot")
}
_steps = text_statement("SELECT step FROM specimen_step WHERE id >= :low AND id < :high ORDER BY id")
_separations = text_statement("SELECT * FROM separation WHERE specimen = :specimen ORDER BY at, id")
_aliquots = text_statement("SELECT * FROM aliquot WHERE specimen = :specimen ORDER BY accession")
_by_accession = text_statement(
    "SELECT a.* FROM key_holder k JOIN aliquot a ON a.id = substr(k.holder, 9) WHERE k.key = :key"
)
# Of a rejected specimen nothing is prepared any more.
_WAITING = (
    "SELECT s.id, s.accession, s.patient, s.type, s.collected, s.received_at, e.type_found, r.test "
    "FROM specimen s LEFT JOIN examination e ON e.id = s.id "
    "JOIN specimen_request p ON p.id >= s.id || '/' AND p.id < s.id || '0' JOIN request r ON r.id = p.request "
    "WHERE s.received_at >= :since AND (s.outcome IS NULL OR s.outcome <> 'rejected') AND s.led_by IS NULL"
)
_IN_ORDER = " ORDER BY s.received_at, s.id"
_waiting = text_statement(_WAITING + _IN_ORDER)
# The head of a test: M84 of M84.1. No text from outside stands in these statements.
_waiting_of_tests = text_statement(
    _WAITING  # noqa: S608
    + " AND substr(r.test, 1, instr(r.test || '.', '.') - 1) IN (SELECT value FROM json_each(:tests))"
    + _IN_ORDER,
    _WAITING + " AND split_part(r.test, '.', 1) = ANY(:tests)" + _IN_ORDER,
)
_done_steps = text_statement(
    "SELECT specimen, step FROM specimen_step WHERE specimen IN (SELECT value FROM json_each(:specimens))",
    "SELECT specimen, step FROM specimen_step WHERE specimen = ANY(:specimens)",
)


def examination(db: Database, specimen: str) -> Row | None:
    """What was seen on a specimen, or None while nobody has looked."""
    return db.one(_row_of["examination"], {"id": specimen})


def separation(db: Database, name: str) -> Row | None:
    """One separation."""
    return db.one(_row_of["separation"], {"id": name})


def separations_of(db: Database, specimen: str) -> list[Row]:
    """How often a specimen was spun, oldest first."""
    return db.all(_separations, {"specimen": specimen})


def aliquots_of(db: Database, specimen: str) -> list[Row]:
    """What was poured from a specimen, by number."""
    return db.all(_aliquots, {"specimen": specimen})


def aliquot_by_accession(db: Database, accession: str) -> Row | None:
    """The aliquot that has one of our numbers."""
    return db.one(_by_accession, {"key": turn(f"accession:{accession}")})


def steps_done(db: Database, specimen: str) -> frozenset[str]:
    """Steps with a limit that were done with a specimen."""
    return frozenset(step for (step,) in db.tuples(_steps, {"low": f"{specimen}/", "high": f"{specimen}0"}))


def steps_of(db: Database, specimens: Collection[str]) -> set[tuple[str, str]]:
    """Specimen and step of all that was done with these."""
    return set(db.tuples(_done_steps, {"specimens": _in_one(db, specimens)}))


def may_have_limits(db: Database, since: str, tests: Collection[str] | None) -> list[Row]:
    """Specimens received since a moment that are not rejected, each with the test of each of its requests.

    Args:
        db: the register.
        since: UTC text.
        tests: the indications that some limit names, ``M84`` for M84.1; None: every test, for a limit that names none.
    """
    if tests is None:
        return db.all(_waiting, {"since": since})
    return db.all(_waiting_of_tests, {"since": since, "tests": _in_one(db, tests)})


def _in_one(db: Database, values: Collection[str]) -> str | list[str]:
    """Several values as one parameter of a statement."""
    return json.dumps(list(values)) if db.dialect == "sqlite" else list(values)
