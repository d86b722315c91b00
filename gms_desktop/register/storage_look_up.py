"""Questions to the register about places and what is kept in them."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.judge.keys import turn

_holder = text_statement("SELECT holder FROM key_holder WHERE key = :key")
_place = text_statement("SELECT * FROM place WHERE id = :id")
_inside = text_statement("SELECT * FROM place WHERE within = :within ORDER BY name, code")
_stored = text_statement("SELECT * FROM stored WHERE id = :id")
_contents = text_statement("SELECT * FROM stored WHERE place = :place AND sort <> 'place' ORDER BY position, id")
_at = text_statement("SELECT * FROM stored WHERE place = :place AND position = :position ORDER BY id")
_left = text_statement("SELECT * FROM stored WHERE out_of = :place AND at >= :since ORDER BY at DESC, id LIMIT :most")
_overdue = text_statement("SELECT * FROM stored WHERE due IS NOT NULL AND due < :now ORDER BY due, id LIMIT :most")
_count_overdue = text_statement("SELECT count(*) FROM stored WHERE due IS NOT NULL AND due < :now")
_out = text_statement("SELECT * FROM stored WHERE state = 'out' ORDER BY at DESC, id LIMIT :most")
_rooms = text_statement("SELECT * FROM place WHERE kind = 'room' ORDER BY name, code LIMIT :most")
_every_stored = text_statement("SELECT * FROM stored WHERE place IS NOT NULL ORDER BY place, position, id")


def place(db: Database, place: str | None) -> Row | None:
    """A place, by its identity."""
    return db.one(_place, {"id": place}) if place else None


def place_by_code(db: Database, code: str) -> Row | None:
    """A place, by the code on it."""
    holder: str | None = db.value(_holder, {"key": turn(f"accession:{code}")})
    return place(db, holder.partition(":")[2]) if holder else None


def inside(db: Database, within: str) -> list[Row]:
    """The places that stand in a place."""
    return db.all(_inside, {"within": within})


def rooms(db: Database, most: int = 100) -> list[Row]:
    """Every room."""
    return db.all(_rooms, {"most": most})


def stored(db: Database, item: str) -> Row | None:
    """Where a thing is kept, or was last; None for what was never stored."""
    return db.one(_stored, {"id": item})


def contents(db: Database, place: str) -> list[Row]:
    """What is kept in a place itself, by position; not the places that stand in it."""
    return db.all(_contents, {"place": place})


def at(db: Database, place: str, position: str) -> list[Row]:
    """What is kept in a position. Two may be recorded in one: then one bench did not know."""
    return db.all(_at, {"place": place, "position": position})


def out(db: Database, most: int) -> list[Row]:
    """What is out with somebody, the newest first."""
    return db.all(_out, {"most": most})


def left(db: Database, place: str, since: str, most: int) -> list[Row]:
    """What left a place since a time (UTC text), the newest first."""
    return db.all(_left, {"place": place, "since": since, "most": most})


def overdue(db: Database, now: str, most: int) -> tuple[list[Row], int]:
    """What should be back by now (UTC text), the longest due first, and how many there are."""
    return db.all(_overdue, {"now": now, "most": most}), int(db.value(_count_overdue, {"now": now}) or 0)


def every_stored(db: Database) -> list[Row]:
    """All that is kept: what a list for disposal is made from, when a person asks for one."""
    return db.all(_every_stored, {})
