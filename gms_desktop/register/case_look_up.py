"""Questions about cases that only the stories and histories ask."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.register.disputes import part

_entry = text_statement("SELECT * FROM case_entry WHERE id = :id")


_held = (
    "WHERE EXISTS (SELECT 1 FROM case_entry WHERE id >= q.value || '//' AND id < q.value || '/0') "
    "OR EXISTS (SELECT 1 FROM case_entry WHERE other = q.value)"
)
_held_of = text_statement(
    f"SELECT q.value AS subject FROM json_each(:subjects) q {_held}",  # noqa: S608
    f"SELECT q.value AS subject FROM unnest(CAST(:subjects AS text[])) AS q(value) {_held}",  # noqa: S608
)
_tasks_of = text_statement("SELECT * FROM case_task WHERE id >= :low AND id < :high ORDER BY id")


def tasks_open(db: Database, resolution: str, subjects: Iterable[str]) -> list[Row]:
    """What one resolution left to be done with these subjects and is not done."""
    return [row for row in _tasks(db, resolution, subjects) if row["state"] == "open"]


def tasks_done(db: Database, resolution: str, subjects: Iterable[str]) -> list[Row]:
    """What one resolution left to be done with these subjects and was done."""
    return [row for row in _tasks(db, resolution, subjects) if row["state"] == "done"]


def _tasks(db: Database, resolution: str, subjects: Iterable[str]) -> Iterable[Row]:
    for subject in dict.fromkeys(subjects):
        below = part(subject, f"{resolution}.")
        yield from db.all(_tasks_of, {"low": below, "high": below[:-1] + "/"})


def case_entry(db: Database, subject: str, entry: str) -> Row | None:
    """What holds a subject because of one entry, while that is not settled."""
    return db.one(_entry, {"id": part(subject, entry)})


def is_open(db: Database, entry: str, touches: Iterable[str]) -> bool:
    """Whether the case of an entry that failed is not settled yet."""
    return any(case_entry(db, subject, entry) is not None for subject in touches)


def held_of(db: Database, subjects: Iterable[str]) -> frozenset[str]:
    """Which of these subjects are held, on either side of a case: asked for at once."""
    names = list(subjects)
    rows = db.all(_held_of, {"subjects": json.dumps(names) if db.dialect == "sqlite" else names})
    return frozenset(row["subject"] for row in rows)
