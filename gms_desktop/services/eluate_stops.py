"""Why the DNA of an eluate may not go on, whatever it is in by now: its batch is held, its position came to nothing."""

from __future__ import annotations

from collections.abc import Iterator

from gms_desktop import extract_words
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import extraction_look_up
from gms_desktop.services import batches


def why_of_tube(db: Database, tube: Row) -> str:
    """Why the DNA in a FluidX tube may not go on for its extraction's sake; empty where it may, or has none."""
    eluate = extraction_look_up.eluate(db, tube["source"]) if tube["source_sort"] == "eluate" else None
    return why(db, eluate) if eluate is not None else ""


def why(db: Database, eluate: Row) -> str:
    """Why an eluate, or what it was pooled from, may not go on; empty where it may."""
    batch = batches.holds(db, eluate)
    return extract_words.batch_holds(batch) if batch else nothing_came(db, eluate)


def nothing_came(db: Database, eluate: Row) -> str:
    """The position of an eluate, or of a part of a pool, that came to nothing; empty where none did."""
    return next((said for one in _parts(db, eluate) if (said := _failed(db, one))), "")


def _parts(db: Database, eluate: Row) -> Iterator[Row]:
    if eluate["batch"]:
        yield eluate
        return
    for parent in extraction_look_up.parents(db, eluate["id"]):
        row = extraction_look_up.eluate(db, parent["parent"]) if parent["sort"] == "eluate" else None
        if row is not None:
            yield from _parts(db, row)


def _failed(db: Database, eluate: Row) -> str:
    position = extraction_look_up.positions(db, eluate["batch"]).get(eluate["position"])
    batch = extraction_look_up.batch(db, eluate["batch"])
    if position is None or batch is None or position["state"] != "failed":
        return ""
    return extract_words.position_failed(eluate["position"], batch["number"], position["reason"] or "")
