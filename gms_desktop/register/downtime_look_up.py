"""Questions about downtime numbers to the register, each one statement."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement

_number = text_statement("SELECT * FROM downtime_number WHERE id = :id")
_pack = text_statement("SELECT * FROM downtime_pack WHERE id = :id")
_ranges = text_statement("SELECT * FROM downtime_range ORDER BY at, id")
_ranges_of = text_statement("SELECT * FROM downtime_range WHERE writer = :writer ORDER BY first")
_packs = text_statement("SELECT * FROM downtime_pack ORDER BY at, id")
_of_pack = text_statement("SELECT * FROM downtime_number WHERE pack = :pack ORDER BY place")
_last_place = text_statement(
    'SELECT max(n.place) FROM downtime_pack p JOIN downtime_number n ON n.pack = p.id WHERE p."range" = :range'
)
_of_specimen = text_statement("SELECT * FROM downtime_number WHERE specimen = :specimen AND specimen IS NOT NULL")


def number(db: Database, code: str) -> Row | None:
    """One downtime number, when a pack known here has it."""
    return db.one(_number, {"id": code})


def pack(db: Database, pack_id: str) -> Row | None:
    """One pack."""
    return db.one(_pack, {"id": pack_id})


def ranges(db: Database) -> list[Row]:
    """Every range, in the order in which they were defined."""
    return db.all(_ranges)


def ranges_of(db: Database, writer: str) -> list[Row]:
    """The ranges that a writer may issue from, lowest first."""
    return db.all(_ranges_of, {"writer": writer})


def packs(db: Database) -> list[Row]:
    """Every pack, oldest first."""
    return db.all(_packs)


def numbers_of(db: Database, pack_id: str) -> list[Row]:
    """The numbers of a pack in their order."""
    return db.all(_of_pack, {"pack": pack_id})


def last_place(db: Database, range_id: str) -> int:
    """The highest count issued from a range, 0 when none is."""
    return int(db.value(_last_place, {"range": range_id}) or 0)


def number_of(db: Database, specimen: str) -> Row | None:
    """The downtime number that a specimen had during an outage."""
    return db.one(_of_specimen, {"specimen": specimen})
