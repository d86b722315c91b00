"""Questions about the clocks of specimens: how many of each sort run, and which run longest. Read from one index."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from gms_desktop.journal.database import Database, text_statement

_OPEN = "FROM clock WHERE state = 'runs' AND since >= :oldest"
_OF_SORTS = (
    "AND what IN (SELECT value FROM json_each(:sorts)) ORDER BY since, known, what, id LIMIT :most",
    "AND what = ANY(:sorts) ORDER BY since, known, what, id LIMIT :most",
)
_counts = text_statement(f"SELECT what, count(*) {_OPEN} GROUP BY what")
_known, _unknown, _ahead = (
    text_statement(*(f"SELECT id, known, since, what {_OPEN} {which} {of_sorts}" for of_sorts in _OF_SORTS))
    for which in ("AND known = 'yes' AND since <= :now", "AND known = 'no'", "AND known = 'yes' AND since > :now")
)
# Tests that were amended after the specimen came; few.
_amended = text_statement(
    "SELECT DISTINCT c.id, c.known, c.since, c.what FROM amendment a JOIN specimen_request p ON p.request = a.request "
    "JOIN clock c ON c.id = p.specimen WHERE a.field = 'test' AND c.state = 'runs' AND c.since >= :oldest"
)


class Clock(NamedTuple):
    """A specimen whose clock runs.

    Attributes:
        id: the specimen.
        known: "yes" where the collection is stated.
        since: the first moment at which it can have been collected; where that is not stated, of booking in (UTC text).
        what: its sort: type, tests, steps that are done, and whether it is urgent, as JSON.
    """

    id: str
    known: str
    since: str
    what: str


def counts(db: Database, oldest: str) -> dict[str, int]:
    """How many specimens of each sort have run since ``oldest`` (UTC text) or later."""
    return dict(db.tuples(_counts, {"oldest": oldest}))


def longest(db: Database, oldest: str, now: str, sorts: Collection[str], most: int) -> list[Clock]:
    """Of some sorts those collected first; none whose collection is unknown, or stated to lie ahead of ``now``."""
    params = {"oldest": oldest, "now": now, "sorts": _in_one(db, sorts), "most": most}
    return [Clock(*row) for row in db.tuples(_known, params)]


def unknown(db: Database, oldest: str, now: str, sorts: Collection[str], most: int) -> list[Clock]:
    """Of some sorts those whose collection is not stated, booked in first; then those stated to lie ahead."""
    params = {"oldest": oldest, "sorts": _in_one(db, sorts), "most": most}
    rows = [*db.tuples(_unknown, params), *db.tuples(_ahead, params | {"now": now})]
    return [Clock(*row) for row in rows[:most]]


def amended(db: Database, oldest: str) -> list[Clock]:
    """Those of a request whose test was amended."""
    return [Clock(*row) for row in db.tuples(_amended, {"oldest": oldest})]


def _in_one(db: Database, values: Collection[str]) -> str | list[str]:
    """Several values as one parameter of a statement."""
    return json.dumps(list(values), ensure_ascii=False) if db.dialect == "sqlite" else list(values)
