"""Why nothing may be taken from a piece of tissue now, whatever was so when it joined its case."""

from __future__ import annotations

from collections.abc import Iterator

from gms_desktop.domain.consignments.standing import LEFT, State
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up, look_up, storage_look_up
from gms_desktop.services import case_list, stops, stored_things, tissue_pieces


def in_the_way(db: Database, row: Row) -> str:
    """What stands in the way of a cut or a scraping, in words after the number; empty where nothing does."""
    return next(_every(db, row), "")


def stands(db: Database, row: Row) -> str:
    """Where a piece is recorded in a store, in words; empty where it is in none."""
    things = (storage_look_up.stored(db, item) for _, item in _things(row))
    return next(filter(None, (stored_things.where(db, one) for one in things)), "")


def away(db: Database, row: Row) -> Row | None:
    """The consignment in which a piece is packed, or in which it left and is not back."""
    return next(filter(None, (consignment_look_up.packed_in(db, sort, item) for sort, item in _things(row))), None)


def _things(row: Row) -> tuple[tuple[str, str], ...]:
    """Under what it is kept and sent: a piece that arrived is the specimen that it is, too."""
    return (("piece", row["id"]), *((("specimen", row["specimen"]),) if row["specimen"] else ()))


def _every(db: Database, row: Row) -> Iterator[str]:
    name = tissue_pieces.root_specimen(db, row)
    specimen = look_up.row(db, "specimen", name) if name else None
    if specimen is None:
        yield "is of a specimen that is not known here"
        return
    if any(case_list.held(db, one) for one in (f"piece:{row['id']}", f"specimen:{name}")):
        yield "is in dispute"
    if not str(specimen["outcome"] or "").startswith("accepted"):
        yield "is of a specimen that is not accepted"
    if why := stops.why_not(db, specimen, stops.TESTING):
        yield f"may not be used: {why}"
    for sort, item in _things(row):
        stored = storage_look_up.stored(db, item)
        if stored is not None and stored["state"] == "gone":
            yield "was discarded"
        holds = consignment_look_up.packed_in(db, sort, item)
        if holds is not None:
            away = "was sent away in" if State(holds["state"]) in LEFT else "is packed in"
            yield f"{away} {holds['number']}"
