"""Things that are sent, by name: those that are stored, and plates and pools."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row
from gms_desktop.register import library_look_up, tissue_look_up
from gms_desktop.services import stored_things
from gms_desktop.services.resolve import Resolved
from gms_desktop.services.stored_things import Thing


def of_code(db: Database, code: Resolved, text: str) -> Thing | None:
    """What a scanned code stands on; None for what is not sent."""
    thing = stored_things.of_code(db, code, text)
    if thing is not None:
        return _as_tissue(db, thing)
    cut = tissue_look_up.piece_by_number(db, text.upper())
    if cut is not None:
        return Thing("piece", cut["id"], str(cut["number"]))
    pool = library_look_up.pool_by_code(db, text)
    return Thing("pool", pool["id"], f"Pool {pool['code']}") if pool is not None else None


def of_row(db: Database, sort: str, name: str) -> Thing | None:
    """A thing by its sort and identity."""
    if sort == "pool":
        row = library_look_up.pool(db, name)
        return Thing(sort, name, f"Pool {row['code']}") if row else None
    if sort == "piece":
        return _piece(db, tissue_look_up.piece(db, name))
    return stored_things.of_row(db, sort, name)


def _as_tissue(db: Database, thing: Thing) -> Thing:
    """A block that arrived is a specimen and a piece of tissue: it is sent as the piece."""
    piece = tissue_look_up.piece_of_specimen(db, thing.id) if thing.sort == "specimen" else None
    return Thing("piece", piece["id"], thing.name) if piece is not None else thing


def _piece(db: Database, row: Row | None) -> Thing | None:
    if row is None:
        return None
    arrived = stored_things.of_row(db, "specimen", row["specimen"]) if row["specimen"] else None
    return Thing("piece", row["id"], str(row["number"] or (arrived.name if arrived else "")))


def number_of(thing: Thing) -> str:
    """The code or number on a thing, without the word before it."""
    return thing.name.rpartition(" ")[2]
