"""Questions of the handover sheet to the register: what is open at every bench, oldest first, each within a limit."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.register import labels

# A row for each bench.
_receptions = text_statement("SELECT * FROM reception WHERE state = 'open' ORDER BY at, id")
_labels = text_statement(
    "SELECT l.* FROM label l WHERE l.id IN (SELECT id FROM label_waiting) "  # noqa: S608
    f"AND {labels.UNSETTLED} ORDER BY l.id LIMIT :most"
)
# Identities sort as they were minted, and stand so in each index: the oldest are read without sorting all.
_undecided = text_statement("SELECT * FROM specimen WHERE outcome IS NULL AND led_by IS NULL ORDER BY id LIMIT :most")
_urgent = text_statement(
    "SELECT * FROM request WHERE state = 'expected' AND priority = 'urgent' ORDER BY at, id LIMIT :most"
)
_ending = text_statement(
    "SELECT * FROM competence WHERE state = 'held' AND until >= :first AND until < :day ORDER BY until, id LIMIT :most"
)
_newest_signatures = text_statement(
    "SELECT s.*, o.id AS place FROM signature_of o JOIN signature s ON s.id = o.signature "
    "WHERE o.subject = :subject ORDER BY o.id DESC LIMIT :most"
)


def open_receptions(db: Database) -> list[Row]:
    """What each bench has open; a row's id is the bench's writer."""
    return db.all(_receptions)


def labels_not_verified(db: Database, most: int) -> list[Row]:
    """Labels of every bench that are not on their tubes: intended, sent, not sent, unknown, put off; by number."""
    return db.all(_labels, {"most": most})


def undecided(db: Database, most: int) -> list[Row]:
    """Specimens received and not decided; not those whose number another one leads. The oldest first."""
    return db.all(_undecided, {"most": most})


def urgent_expected(db: Database, most: int) -> list[Row]:
    """Urgent requests of which nothing has arrived."""
    return db.all(_urgent, {"most": most})


def competences_ending(db: Database, first: str, day: str, most: int) -> list[Row]:
    """Competences whose last day (ISO) is ``first`` or later and comes before ``day``."""
    return db.all(_ending, {"first": first, "day": day, "most": most})


def newest_signatures(db: Database, subject: str, most: int) -> list[Row]:
    """What was signed about a subject, newest first."""
    return db.all(_newest_signatures, {"subject": subject, "most": most})
