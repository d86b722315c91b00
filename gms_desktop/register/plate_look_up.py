"""Questions to the register about plates."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.judge.keys import turn

_holder = text_statement("SELECT holder FROM key_holder WHERE key = :key")
_plate = text_statement("SELECT * FROM plate WHERE id = :id")
_wells = text_statement("SELECT * FROM plate_well WHERE id >= :low AND id < :high ORDER BY id")
_of_tube = text_statement("SELECT * FROM plate_well WHERE tube = :tube ORDER BY id")
_planned = text_statement("SELECT * FROM plate WHERE state = 'planned' ORDER BY at, number, id")


def plate(db: Database, plate: str) -> Row | None:
    """A plate, by its identity."""
    return db.one(_plate, {"id": plate})


def plate_by_code(db: Database, code: str) -> Row | None:
    """The plate that has a code."""
    held = str(db.value(_holder, {"key": turn(f"plate:{code}")}) or "")
    return plate(db, held.partition(":")[2]) if held else None


def wells(db: Database, plate: str) -> list[Row]:
    """The wells of a plate that hold something."""
    return db.all(_wells, {"low": f"{plate}/", "high": f"{plate}0"})


def wells_of_tube(db: Database, tube: str) -> list[Row]:
    """The wells that a tube was planned for, on plates of every state."""
    return db.all(_of_tube, {"tube": tube})


def planned(db: Database) -> list[Row]:
    """Plates that are planned and not made, oldest first."""
    return db.all(_planned, {})
