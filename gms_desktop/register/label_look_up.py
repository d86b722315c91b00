"""Questions of the print queue to the register: what a bench has that is not settled, in the order it was asked for."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.register import labels

# What is in dispute goes to the review rack as it is, and a tube under a second number keeps the first one's label.
_ASIDE = (
    "CASE WHEN s.led_by IS NOT NULL OR EXISTS (SELECT 1 FROM dispute d WHERE d.id = 'specimen:' || l.specimen) "
    "OR EXISTS (SELECT 1 FROM dispute d WHERE d.id = l.subject) "
    "OR EXISTS (SELECT 1 FROM case_entry c WHERE c.other = 'specimen:' || l.specimen) THEN 1 ELSE 0 END"
)
_OF_BENCH = (
    "FROM label_waiting w JOIN label l ON l.id = w.id AND l.bench = w.bench LEFT JOIN specimen s ON s.id = l.specimen "
    f"WHERE w.bench = :bench AND {labels.UNSETTLED}"
)
_queue = text_statement(
    f"SELECT l.*, s.patient, s.priority, {_ASIDE} AS aside {_OF_BENCH} ORDER BY l.intended_at, l.id"
)
_count_intended = text_statement(f"SELECT count(*) {_OF_BENCH} AND l.state = 'intended'")


def queue(db: Database, bench: str) -> list[Row]:
    """Copies of a bench that are on no tube and not spoiled, the oldest first, each with whose it is."""
    return db.all(_queue, {"bench": bench})


def count_intended(db: Database, bench: str) -> int:
    """How many copies of a bench wait to be sent."""
    return int(db.value(_count_intended, {"bench": bench}))


_of_subject = text_statement("SELECT * FROM label WHERE id >= :low AND id < :high ORDER BY copy DESC")


def of_subject(db: Database, subject: str) -> list[Row]:
    """Every copy of the label of a plate, a rack, a place, newest first: their labels stand under what they are."""
    return db.all(_of_subject, {"low": f"{subject}.", "high": f"{subject}/"})


def of_parts(db: Database, subject: str) -> list[Row]:
    """Every copy of the labels of a whole's parts, such as a consignment's boxes and bags: the newest copies first."""
    return db.all(_of_subject, {"low": f"{subject}:", "high": f"{subject};"})


_number = text_statement("SELECT accession FROM label WHERE id = :id")


def number(db: Database, label: str) -> str:
    """What stands on a label: one of our numbers, or the code of a plate, a rack, a place."""
    return str(db.value(_number, {"id": label}) or label.rpartition(".")[0])
