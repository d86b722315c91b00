"""Questions to the register about infection risk."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement

_of = {
    sort: text_statement(f"SELECT * FROM {sort}_risk WHERE id = :id")  # noqa: S608
    for sort in ("specimen", "patient")
}
# Specimens whose risk became known after they were received, themselves or by their patient. The order of a CROSS JOIN
# is kept by SQLite: the few that are known to be a risk come first, and not every specimen is read.
_OPEN = "k.released_at IS NULL AND k.yes_at IS NOT NULL AND k.yes_at > s.received_at"
_learned = text_statement(
    f"SELECT s.*, k.yes_at FROM specimen_risk k CROSS JOIN specimen s WHERE s.id = k.id AND {_OPEN} "  # noqa: S608
    f"UNION SELECT s.*, k.yes_at FROM patient_risk k CROSS JOIN specimen s WHERE s.patient = k.id AND {_OPEN} "
    "ORDER BY yes_at, id LIMIT :most"
)


def stated_of(db: Database, sort: str, name: str) -> Row | None:
    """What was stated of a ``specimen`` or a ``patient``."""
    return db.one(_of[sort], {"id": name})


def learned_later(db: Database, most: int = 500) -> list[Row]:
    """Specimens whose risk was stated after they were received and is not released, the earliest statement first."""
    return db.all(_learned, {"most": most})
