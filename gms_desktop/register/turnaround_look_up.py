"""Questions of the reports to the register: when specimens reached each stage, and what was done in which hour.

They read whole periods: only a connection that no scan waits for may ask them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from gms_desktop.journal.database import Database, Row, text_statement

SLICE = 2000
_slice = text_statement(
    "SELECT id, received_at, category, outcome, decided_at FROM specimen "
    "WHERE led_by IS NULL AND received_at < :end AND (received_at > :at OR (received_at = :at AND id > :after)) "
    "ORDER BY received_at, id LIMIT :most"
)
_IN = "IN (SELECT value FROM json_each(:ids))"
_ANY = "= ANY(:ids)"
_TESTS = (
    "SELECT x.specimen, min(r.test) AS test, count(DISTINCT r.test) AS tests FROM specimen_request x "
    "JOIN request r ON r.id = x.request WHERE x.specimen {} GROUP BY x.specimen"
)
_EXTRACTED = "SELECT specimen, min(at) AS at FROM eluate WHERE specimen {} GROUP BY specimen"
_MEASURED = " UNION ALL ".join(
    f"SELECT x.{column} AS specimen, min(r.at) AS at FROM {table} x JOIN reading r ON r.item = '{sort}:' || x.id "  # noqa: S608
    f"WHERE x.{column} {{0}} AND r.state = 'matched' GROUP BY x.{column}"
    for table, sort, column in (
        ("specimen", "specimen", "id"),
        ("eluate", "eluate", "specimen"),
        ("aliquot", "aliquot", "specimen"),
        ("fluidx_tube", "tube", "specimen"),
    )
)
_PLATED = (
    "SELECT t.specimen, min(p.made_at) AS at FROM fluidx_tube t JOIN plate_well w ON w.tube = t.id "
    "JOIN plate p ON p.id = w.plate WHERE t.specimen {} AND p.state = 'made' GROUP BY t.specimen"
)
_LEFT = "JOIN consignment c ON c.id = i.consignment WHERE {} AND i.state <> 'taken out' AND c.handed_at IS NOT NULL"
_SENT = (
    f"SELECT i.item AS specimen, c.handed_at AS at FROM consignment_item i {_LEFT.format('i.item {0}')} "  # noqa: S608
    f"UNION ALL SELECT e.specimen, c.handed_at FROM eluate e JOIN consignment_item i ON i.item = e.id "
    f"{_LEFT.format('e.specimen {0}')} "
    f"UNION ALL SELECT t.specimen, c.handed_at FROM fluidx_tube t JOIN consignment_item i ON i.item = t.id "
    f"{_LEFT.format('t.specimen {0}')}"
)
_stages = {
    name: text_statement(text.format(_IN), text.format(_ANY))
    for name, text in (("extracted", _EXTRACTED), ("measured", _MEASURED), ("plated", _PLATED), ("sent", _SENT))
}
_tests = text_statement(_TESTS.format(_IN), _TESTS.format(_ANY))
_HOUR = (
    "SELECT substr({0}, 1, 13) AS hour, count(*) AS number FROM {1} WHERE {0} >= :start AND {0} < :end{2} GROUP BY 1"
)
_hours = {
    "received": text_statement(_HOUR.format("received_at", "specimen", "")),
    "decided": text_statement(_HOUR.format("decided_at", "specimen", "")),
    "labelled": text_statement(_HOUR.format("at", "label", " AND state = 'verified'")),
    "extracted": text_statement(_HOUR.format("at", "eluate", "")),
    "read": text_statement(_HOUR.format("at", "reading", "")),
}
ACTS = tuple(_hours)


def slices(db: Database, start: str, end: str) -> Iterator[list[Row]]:
    """Specimens received from ``start`` up to but not including ``end`` (UTC text), so many at a time."""
    at, after = start, ""
    while found := db.all(_slice, {"at": at, "after": after, "end": end, "most": SLICE}):
        yield found
        at, after = found[-1]["received_at"], found[-1]["id"]


def reached(db: Database, specimens: list[str]) -> dict[str, dict[str, str]]:
    """For each stage, when each of these specimens reached it first (UTC text)."""
    found: dict[str, dict[str, str]] = {}
    for stage, statement in _stages.items():
        first = found.setdefault(stage, {})
        for row in db.all(statement, {"ids": _listed(db, specimens)}):
            first[row["specimen"]] = min(row["at"], first.get(row["specimen"], row["at"]))
    return found


def tests(db: Database, specimens: list[str]) -> dict[str, str]:
    """The test of each of these specimens for which exactly one is asked."""
    return {
        row["specimen"]: row["test"] for row in db.all(_tests, {"ids": _listed(db, specimens)}) if row["tests"] == 1
    }


def by_hour(db: Database, act: str, start: str, end: str) -> list[tuple[str, int]]:
    """How often something of :data:`ACTS` was done in each hour of a period, which is ``2026-11-22T21`` in UTC."""
    return [(row["hour"], int(row["number"])) for row in db.all(_hours[act], {"start": start, "end": end})]


def _listed(db: Database, ids: list[str]) -> str | list[str]:
    return json.dumps(ids) if db.dialect == "sqlite" else ids
