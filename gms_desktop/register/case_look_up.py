"""Questions about cases that only the stories and histories ask."""

from __future__ import annotations

from collections.abc import Iterable

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.register.disputes import part

_entry = text_statement("SELECT * FROM case_entry WHERE id = :id")


def case_entry(db: Database, subject: str, entry: str) -> Row | None:
    """What holds a subject because of one entry, while that is not settled."""
    return db.one(_entry, {"id": part(subject, entry)})


def is_open(db: Database, entry: str, touches: Iterable[str]) -> bool:
    """Whether the case of an entry that failed is not settled yet."""
    return any(case_entry(db, subject, entry) is not None for subject in touches)
