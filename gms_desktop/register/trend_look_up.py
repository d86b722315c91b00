"""Questions of the trend of measurements to the register: what was measured in a period, and what came before.

They read whole periods: only a connection that no scan waits for may ask them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from gms_desktop.journal.database import Database, Row, text_statement

SLICE = 50
_runs = text_statement(
    "SELECT id, at, instrument FROM run WHERE at < :end AND (at > :at OR (at = :at AND id > :after)) "
    "AND state <> 'held' AND complete = 1 ORDER BY at, id LIMIT :most"
)
_readings = text_statement("SELECT * FROM reading WHERE run = :run AND state = 'matched' ORDER BY line, id")
_judgements = text_statement(
    "SELECT j.* FROM reading g JOIN judgement j ON j.reading = g.id "
    "WHERE g.run = :run AND j.corrected = COALESCE(g.corrected, 0) ORDER BY j.at, j.id"
)
_IN = "IN (SELECT value FROM json_each(:ids))"
_ANY = "= ANY(:ids)"
_BATCHES = (
    "SELECT 'eluate:' || e.id AS item, e.batch FROM eluate e WHERE e.id {0} UNION ALL "
    "SELECT 'tube:' || t.id, e.batch FROM fluidx_tube t JOIN eluate e ON e.id = t.source "
    "WHERE t.source_sort = 'eluate' AND t.id {0}"
)
_batches = text_statement(_BATCHES.format(_IN), _BATCHES.format(_ANY))


def runs(db: Database, start: str, end: str) -> Iterator[Row]:
    """Whole runs that are not held, taken in from ``start`` up to but not including ``end`` (UTC text)."""
    at, after = start, ""
    while found := db.all(_runs, {"at": at, "after": after, "end": end, "most": SLICE}):
        yield from found
        at, after = found[-1]["at"], found[-1]["id"]


def readings(db: Database, run: str) -> list[Row]:
    """What was measured of things in a run."""
    return db.all(_readings, {"run": run})


def judgements(db: Database, run: str) -> dict[str, list[Row]]:
    """What the rules said of each reading of a run as one of its tube, oldest first."""
    found: dict[str, list[Row]] = {}
    for row in db.all(_judgements, {"run": run}):
        found.setdefault(row["reading"], []).append(row)
    return found


def batches(db: Database, items: list[str]) -> dict[str, str]:
    """The extraction batch that each of these things came from; what came from none is left out."""
    ids = [item.partition(":")[2] for item in items]
    asked = json.dumps(ids) if db.dialect == "sqlite" else ids
    return {row["item"]: row["batch"] for row in db.all(_batches, {"ids": asked}) if row["batch"]}
