"""Questions to the register about specimens as found, limits from collection, and what was separated."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

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
_COLUMNS = "SELECT s.id, s.accession, s.patient, s.type, s.collected, s.received_at, e.type_found, r.test FROM "
# Of a rejected specimen nothing is prepared any more.
_WAITS = (
    " LEFT JOIN examination e ON e.id = s.id WHERE s.received_at >= :since "
    "AND (s.outcome IS NULL OR s.outcome <> 'rejected') AND s.led_by IS NULL ORDER BY s.received_at, s.id"
)
_waiting = text_statement(
    _COLUMNS + "specimen s JOIN specimen_request p ON p.id >= s.id || '/' AND p.id < s.id || '0' "
    "JOIN request r ON r.id = p.request" + _WAITS
)
# From the few tests that have a limit to their specimens, never through all that lies open: a stroke follows the point
# that stands behind an indication.
_waiting_of_tests = text_statement(
    _COLUMNS + "json_each(:tests) t CROSS JOIN request r ON r.test >= t.value AND r.test < t.value || '/' CROSS JOIN "
    "specimen_request p ON p.request = r.id CROSS JOIN specimen s ON s.id = p.specimen" + _WAITS,
    _COLUMNS + "unnest(CAST(:tests AS text[])) AS t (value) JOIN request r "
    'ON r.test COLLATE "C" >= t.value AND r.test COLLATE "C" < t.value || \'/\' JOIN '
    "specimen_request p ON p.request = r.id JOIN specimen s ON s.id = p.specimen" + _WAITS,
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


def aliquot(db: Database, name: str) -> Row | None:
    """One tube that was poured."""
    return db.one(_row_of["aliquot"], {"id": name})


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


class Waiting(NamedTuple):
    """A specimen for which a step with a limit may wait, with the test of one of its requests."""

    id: str
    accession: str
    patient: str
    type: str | None
    collected: str | None
    received_at: str
    type_found: str | None
    test: str | None


def may_have_limits(db: Database, since: str, tests: Collection[str] | None) -> list[Waiting]:
    """Specimens received since a moment that are not rejected, each with the test of each of its requests.

    Args:
        db: the register.
        since: UTC text.
        tests: the indications that some limit names, ``M84`` for M84.1; None: every test, for a limit that names none.
    """
    if tests is None:
        return [Waiting(*row) for row in db.tuples(_waiting, {"since": since})]
    params = {"since": since, "tests": _in_one(db, tests)}
    return [Waiting(*row) for row in db.tuples(_waiting_of_tests, params)]


def _in_one(db: Database, values: Collection[str]) -> str | list[str]:
    """Several values as one parameter of a statement."""
    return json.dumps(list(values)) if db.dialect == "sqlite" else list(values)
