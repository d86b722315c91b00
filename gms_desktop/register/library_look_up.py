"""Questions to the register about index plates, libraries and pools."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.judge.keys import turn

_holder = text_statement("SELECT holder FROM key_holder WHERE key = :key")
_sets = text_statement("SELECT * FROM index_set ORDER BY name, id")
_set = text_statement("SELECT * FROM index_set WHERE id = :id")
_index_plate = text_statement("SELECT * FROM index_plate WHERE id = :id")
_index_plates = text_statement(
    "SELECT p.*, (SELECT COUNT(*) FROM library l WHERE l.index_plate = p.id) AS used "
    "FROM index_plate p ORDER BY p.at DESC, p.id LIMIT :most"
)
_library = text_statement("SELECT * FROM library WHERE id = :id")
_of_plate = text_statement("SELECT * FROM library WHERE plate = :plate ORDER BY id")
_of_index_plate = text_statement("SELECT * FROM library WHERE index_plate = :plate ORDER BY id")
_of_tube = text_statement("SELECT * FROM library WHERE tube = :tube ORDER BY id")
_pool = text_statement("SELECT * FROM pool WHERE id = :id")
_pools = text_statement("SELECT * FROM pool ORDER BY at DESC, id LIMIT :most")
_in_pool = text_statement(
    "SELECT l.* FROM pool_library p JOIN library l ON l.id = p.library "
    "WHERE p.id >= :low AND p.id < :high ORDER BY l.id"
)
_left_out_of = text_statement(
    "SELECT library FROM pool_library WHERE id >= :low AND id < :high AND left_out_private IS NOT NULL"
)
_pools_of = text_statement(
    "SELECT o.* FROM pool_library p JOIN pool o ON o.id = p.pool WHERE p.library = :library ORDER BY o.at, o.id"
)


def sets(db: Database) -> list[Row]:
    """The sets of index pairs that were taken in, by name."""
    return db.all(_sets, {})


def index_set(db: Database, index_set: str) -> Row | None:
    """A set, by its identity."""
    return db.one(_set, {"id": index_set})


def index_plate(db: Database, plate: str) -> Row | None:
    """An index plate, by its identity."""
    return db.one(_index_plate, {"id": plate})


def holder_of_plate_code(db: Database, code: str) -> tuple[str, str]:
    """The sort and identity of what has a plate's code: a plate, or an index plate; empty where nobody has it."""
    sort, _, held = str(db.value(_holder, {"key": turn(f"plate:{code}")}) or "").partition(":")
    return sort, held


def index_plates(db: Database, most: int) -> list[Row]:
    """The newest index plates, each with how many of its wells are ``used``."""
    return db.all(_index_plates, {"most": most})


def library(db: Database, library: str) -> Row | None:
    """A library, by its identity."""
    return db.one(_library, {"id": library})


def libraries_of_plate(db: Database, plate: str) -> dict[str, Row]:
    """The libraries that the wells of a plate became, by well."""
    return {row["well"]: row for row in db.all(_of_plate, {"plate": plate})}


def used_wells(db: Database, index_plate: str) -> dict[str, Row]:
    """The library that each used well of an index plate went into."""
    return {row["index_well"]: row for row in db.all(_of_index_plate, {"plate": index_plate})}


def libraries_of_tube(db: Database, tube: str) -> list[Row]:
    """The libraries made of a tube's DNA."""
    return db.all(_of_tube, {"tube": tube})


def pool(db: Database, pool: str) -> Row | None:
    """A pool, by its identity."""
    return db.one(_pool, {"id": pool})


def pool_by_code(db: Database, code: str) -> Row | None:
    """The pool whose tube has a code."""
    sort, _, held = str(db.value(_holder, {"key": turn(f"tube:{code}")}) or "").partition(":")
    return pool(db, held) if sort == "pool" else None


def pools(db: Database, most: int) -> list[Row]:
    """The newest pools."""
    return db.all(_pools, {"most": most})


def libraries_in(db: Database, pool: str) -> list[Row]:
    """The libraries of a pool, plate by plate."""
    return db.all(_in_pool, {"low": f"{pool}/", "high": f"{pool}0"})


def left_out_of(db: Database, pool: str) -> set[str]:
    """The libraries of a pool that a person left out of its sample sheet."""
    return {row["library"] for row in db.all(_left_out_of, {"low": f"{pool}/", "high": f"{pool}0"})}


def pools_of(db: Database, library: str) -> list[Row]:
    """The pools that a library is in."""
    return db.all(_pools_of, {"library": library})
