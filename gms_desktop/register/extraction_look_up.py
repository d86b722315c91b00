"""Questions to the register about extraction: batches, positions, lots, eluates, and what waits."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.judge.keys import turn

_batch = text_statement("SELECT * FROM extraction WHERE id = :id")
_open = text_statement(
    "SELECT * FROM extraction WHERE state NOT IN ('ended', 'dropped') OR held = 'held' OR to_come > 0 "
    "ORDER BY at DESC, id LIMIT :most"
)
_positions = text_statement("SELECT * FROM extraction_position WHERE id >= :low AND id < :high ORDER BY id")
_of_specimen = text_statement("SELECT * FROM extraction_position WHERE specimen = :specimen ORDER BY id")
_lots = text_statement("SELECT * FROM extraction_lot WHERE id >= :low AND id < :high ORDER BY at, id")
_eluate = text_statement("SELECT * FROM eluate WHERE id = :id")
_eluates_of = text_statement("SELECT * FROM eluate WHERE specimen = :specimen ORDER BY at, id")
_parents = text_statement("SELECT * FROM eluate_parent WHERE id >= :low AND id < :high ORDER BY id")
_batch_by_number = text_statement(
    "SELECT e.* FROM key_holder k JOIN extraction e ON e.id = substr(k.holder, 12) WHERE k.key = :key"
)
_eluate_by_number = text_statement(
    "SELECT e.* FROM key_holder k JOIN eluate e ON e.id = substr(k.holder, 8) WHERE k.key = :key"
)
_waiting = text_statement(
    "SELECT s.*, w.since FROM (SELECT * FROM extraction_wait ORDER BY id DESC LIMIT 5000) w "
    "CROSS JOIN specimen s WHERE s.id = w.id "
    "ORDER BY CASE WHEN s.priority = 'urgent' THEN 0 ELSE 1 END, w.since, w.id LIMIT :most"
)
_newest_at = text_statement("SELECT * FROM extraction WHERE bench = :bench ORDER BY at DESC, id DESC LIMIT 1")
_waits = text_statement("SELECT since FROM extraction_wait WHERE id = :id")


def batch(db: Database, batch: str) -> Row | None:
    """A batch, by its identity."""
    return db.one(_batch, {"id": batch})


def batch_by_number(db: Database, number: str) -> Row | None:
    """The batch that has one of our numbers."""
    return db.one(_batch_by_number, {"key": turn(f"accession:{number}")})


def open_batches(db: Database, most: int = 20) -> list[Row]:
    """Batches that are filled, run, are held or have eluates to scan out; the newest first."""
    return db.all(_open, {"most": most})


def positions(db: Database, batch: str) -> dict[str, Row]:
    """What stands in each position of a batch."""
    return {row["position"]: row for row in db.all(_positions, {"low": f"{batch}/", "high": f"{batch}0"})}


def positions_of_specimen(db: Database, specimen: str) -> list[Row]:
    """Where a specimen stands or stood."""
    return db.all(_of_specimen, {"specimen": specimen})


def lots(db: Database, batch: str) -> list[Row]:
    """The lots that went into a batch."""
    return db.all(_lots, {"low": f"{batch}/", "high": f"{batch}0"})


def eluate(db: Database, eluate: str) -> Row | None:
    """An eluate, by its identity."""
    return db.one(_eluate, {"id": eluate})


def eluate_by_number(db: Database, number: str) -> Row | None:
    """The eluate that has one of our numbers."""
    return db.one(_eluate_by_number, {"key": turn(f"accession:{number}")})


def eluates_of(db: Database, specimen: str) -> list[Row]:
    """What was extracted from a specimen, oldest first."""
    return db.all(_eluates_of, {"specimen": specimen})


def parents(db: Database, eluate: str) -> list[Row]:
    """All that an eluate was made of, in the order in which it was scanned."""
    return db.all(_parents, {"low": f"{eluate}/", "high": f"{eluate}0"})


def waiting(db: Database, most: int = 200) -> list[Row]:
    """Accepted specimens that nothing was extracted from yet: urgent ones first, then the longest here."""
    return db.all(_waiting, {"most": most})


def newest_at(db: Database, bench: str) -> Row | None:
    """The batch that a bench began last."""
    return db.one(_newest_at, {"bench": bench})


def waits(db: Database, specimen: str) -> bool:
    """Whether a specimen is on the worklist."""
    return db.one(_waits, {"id": specimen}) is not None
