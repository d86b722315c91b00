"""Questions to the register about infection risk."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement

_of = {
    sort: text_statement(f"SELECT * FROM {sort}_risk WHERE id = :id")  # noqa: S608
    for sort in ("specimen", "patient")
}
# Specimens whose risk became known after they were received, themselves or by their patient.
_learned = text_statement(
    "SELECT s.*, k.yes_at FROM specimen_risk k JOIN specimen s ON s.id = k.id "
    "WHERE k.released_at IS NULL AND k.yes_at IS NOT NULL AND k.yes_at > s.received_at "
    "UNION SELECT s.*, k.yes_at FROM patient_risk k JOIN specimen s ON s.patient = k.id "
    "WHERE k.released_at IS NULL AND k.yes_at IS NOT NULL AND k.yes_at > s.received_at "
    "ORDER BY yes_at, id LIMIT :most"
)


def stated_of(db: Database, sort: str, name: str) -> Row | None:
    """What was stated of a ``specimen`` or a ``patient``."""
    return db.one(_of[sort], {"id": name})


def learned_later(db: Database, most: int = 500) -> list[Row]:
    """Specimens whose risk was stated after they were received and is not released, the earliest statement first."""
    return db.all(_learned, {"most": most})
