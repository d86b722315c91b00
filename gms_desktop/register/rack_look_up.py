"""Questions to the register about FluidX tubes and racks."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.judge.keys import turn

_holder = text_statement("SELECT holder FROM key_holder WHERE key = :key")
_tube = text_statement("SELECT * FROM fluidx_tube WHERE id = :id")
_tubes_with_code = text_statement("SELECT * FROM fluidx_tube WHERE code = :code ORDER BY at, id")
_tubes_in_rack = text_statement(
    "SELECT t.*, s.accession FROM fluidx_tube t LEFT JOIN specimen s ON s.id = t.specimen "
    "WHERE t.rack = :rack ORDER BY t.well, t.id"
)
# A rack is a hundred codes: asked for at once, with whose DNA each holds and the rack that it stands in.
_tubes_by_codes = text_statement(
    "SELECT t.*, s.accession, r.code AS rack_code FROM json_each(:keys) j JOIN key_holder k ON k.key = j.value "
    "JOIN fluidx_tube t ON t.id = substr(k.holder, 6) LEFT JOIN specimen s ON s.id = t.specimen "
    "LEFT JOIN rack r ON r.id = t.rack",
    "SELECT t.*, s.accession, r.code AS rack_code FROM key_holder k "
    "JOIN fluidx_tube t ON t.id = substr(k.holder, 6) LEFT JOIN specimen s ON s.id = t.specimen "
    "LEFT JOIN rack r ON r.id = t.rack WHERE k.key = ANY(:keys)",
)
_tubes_of_specimen = text_statement("SELECT * FROM fluidx_tube WHERE specimen = :specimen ORDER BY at, id")
_rack = text_statement("SELECT * FROM rack WHERE id = :id")


def holder_of_code(db: Database, code: str) -> str | None:
    """The subject that has a code now: ``tube:…`` or ``rack:…``; None while nobody has it."""
    found: str | None = db.value(_holder, {"key": turn(f"tube:{code}")})
    return found


def tube(db: Database, tube: str) -> Row | None:
    """A tube, by its identity."""
    return db.one(_tube, {"id": tube})


def rack(db: Database, rack: str) -> Row | None:
    """A rack, by its identity."""
    return db.one(_rack, {"id": rack})


def tube_by_code(db: Database, code: str) -> Row | None:
    """The tube that has a code now."""
    held = _of(db, code, "tube")
    return tube(db, held) if held else None


def tubes_by_codes(db: Database, codes: Iterable[str]) -> dict[str, Row]:
    """The tubes that have these codes now, with ``accession`` and ``rack_code``; a code of no tube is left out."""
    names = [turn(f"tube:{code}") for code in codes]
    keys = json.dumps(names) if db.dialect == "sqlite" else names
    return {row["code"]: row for row in db.all(_tubes_by_codes, {"keys": keys})}


def rack_by_code(db: Database, code: str) -> Row | None:
    """The rack that has a code."""
    held = _of(db, code, "rack")
    return rack(db, held) if held else None


def tubes_with_code(db: Database, code: str) -> list[Row]:
    """Every tube that ever had a code, those that were bound by mistake and released among them; oldest first."""
    return db.all(_tubes_with_code, {"code": code})


def tubes_in_rack(db: Database, rack: str) -> list[Row]:
    """The tubes that stand in a rack, by well. Two may be recorded in one well: then one bench did not know."""
    return db.all(_tubes_in_rack, {"rack": rack})


def tubes_of_specimen(db: Database, specimen: str) -> list[Row]:
    """The tubes that DNA of a specimen went into, oldest first."""
    return db.all(_tubes_of_specimen, {"specimen": specimen})


def _of(db: Database, code: str, sort: str) -> str | None:
    held_sort, _, held = (holder_of_code(db, code) or "").partition(":")
    return held if held_sort == sort else None
