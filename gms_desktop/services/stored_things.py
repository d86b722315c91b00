"""Things that are stored, by name, and where each stands: specimens, what is made of them, boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gms_desktop import stored_words
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.storage import Kind, Place, Spot, Store
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import (
    examination_look_up,
    extraction_look_up,
    library_look_up,
    look_up,
    rack_look_up,
    storage_look_up,
    tissue_look_up,
)
from gms_desktop.services.resolve import Resolved


@dataclass(frozen=True)
class Thing:
    """Something that is stored: its sort, its identity, and what it is called."""

    sort: str
    id: str
    name: str

    @property
    def subject(self) -> str:
        """What its own entries are about."""
        return f"{self.sort}:{self.id}"


def of_code(db: Database, code: Resolved, text: str) -> Thing | None:
    """What a scanned code stands on; None for what is not stored."""
    holder = rack_look_up.holder_of_code(db, text)
    if holder is not None:
        sort, _, held = holder.partition(":")
        return of_row(db, sort, held)
    if not code.number:
        return None
    poured = examination_look_up.aliquot_by_accession(db, code.number)
    if poured is not None:
        return Thing("aliquot", poured["id"], str(poured["accession"]))
    eluate = extraction_look_up.eluate_by_number(db, code.number)
    if eluate is not None:
        return Thing("eluate", eluate["id"], str(eluate["accession"]))
    specimen = look_up.specimen_by_accession(db, code.number)
    if specimen is not None:
        return Thing("specimen", specimen["id"], str(specimen["accession"]))
    cut = tissue_look_up.piece_by_number(db, code.number)
    return Thing("piece", cut["id"], str(cut["number"])) if cut is not None else None


def gone(db: Database, thing: str, name: str) -> Verdict | None:
    """What is said of a thing that was discarded, and is in somebody's hand all the same; None for one that was not."""
    row = storage_look_up.stored(db, thing)
    return stored_words.is_gone(name, row["route"]) if row is not None and row["state"] == "gone" else None


def of_row(db: Database, sort: str, name: str) -> Thing | None:
    """A thing by its sort and identity."""
    match sort:
        case "tube":
            row = rack_look_up.tube(db, name)
            return Thing(sort, name, f"Tube {row['code']}") if row else None
        case "pool":
            row = library_look_up.pool(db, name)
            return Thing(sort, name, f"Pool {row['code']}") if row else None
        case "rack":
            row = rack_look_up.rack(db, name)
            return Thing(sort, name, f"Rack {row['code']}") if row else None
        case "place":
            row = storage_look_up.place(db, name)
            return Thing(sort, name, str(row["name"])) if row else None
        case "piece":
            row = tissue_look_up.piece(db, name)
            return Thing(sort, name, str(row["number"])) if row else None
        case "aliquot":
            row = examination_look_up.aliquot(db, name)
        case "eluate":
            row = extraction_look_up.eluate(db, name)
        case _:
            row = look_up.row(db, "specimen", name)
    return Thing(sort, name, str(row["accession"])) if row and row["accession"] else None


def name_of(db: Database, sort: str, name: str) -> str:
    """What a thing is called, also where its own arrival was refused."""
    thing = of_row(db, sort, name)
    return thing.name if thing else f"A {sort} that is not known here"


def path(db: Database, place: str | None) -> tuple[Row, ...]:
    """The places around a place, itself last. Two that were each put into the other end it."""
    rows: dict[str, Row] = {}
    while place and place not in rows and (row := storage_look_up.place(db, place)) is not None:
        rows[place] = row
        place = row["within"]
    return tuple(rows.values())[::-1]


def place_words(db: Database, place: str | None) -> str:
    """A place in words: room, freezer, shelf, box."""
    return ", ".join(str(row["name"]) for row in path(db, place))


def where(db: Database, row: Row | None) -> str:
    """Where a thing stands now, in words; empty where in no place."""
    if row is None or row["state"] != "in":
        return ""
    words = place_words(db, row["place"])
    return f"{row['position']} of {words}" if row["position"] else words


def was(db: Database, row: Row | None) -> str:
    """Where a thing stood last that is not stored now."""
    if row is None or not row["out_of"]:
        return ""
    words = place_words(db, row["out_of"])
    return f"{row['out_position']} of {words}" if row["out_position"] else words


def around(db: Database, *places: str | None) -> Store:
    """These places with those around them, and what stands in their positions: what the rules are asked about."""
    rows = {row["id"]: row for place in places for row in path(db, place)}
    held = {
        Spot(place, one["position"]): str(one["id"])
        for place in rows
        for one in storage_look_up.contents(db, place)
        if one["position"]
    }
    return Store({name: _place(row) for name, row in rows.items()}, held)


def _place(row: Row) -> Place:
    shape = Shape(row["rows"], row["columns"]) if row["rows"] else None
    return Place(row["id"], Kind(row["kind"]), row["within"] or "", bool(row["frozen"]), shape)


def within(db: Database, sort: str, name: str, seen: frozenset[str] = frozenset()) -> Iterator[Thing]:
    """All that goes with a rack or a place when it is moved, however deep."""
    if sort == "rack":
        for one in rack_look_up.tubes_in_rack(db, name):
            yield Thing("tube", one["id"], f"Tube {one['code']}")
    if sort != "place" or name in seen:
        return
    for row in storage_look_up.contents(db, name):
        yield Thing(row["sort"], row["id"], "")
        yield from within(db, row["sort"], row["id"])
    for row in storage_look_up.inside(db, name):
        yield from within(db, "place", row["id"], seen | {name})


def containers(db: Database, place: str, seen: frozenset[str] = frozenset()) -> tuple[Thing, ...]:
    """The boxes and racks in a place, however deep: what is carried when a freezer is emptied."""
    if place in seen:
        return ()
    racks = (of_row(db, "rack", row["id"]) for row in contents_of_sort(db, place, "rack"))
    found = [one for one in racks if one is not None]
    for row in storage_look_up.inside(db, place):
        if row["kind"] == Kind.BOX:
            found.append(Thing("place", row["id"], str(row["name"])))
        else:
            found += containers(db, row["id"], seen | {place})
    return tuple(found)


def places_within(db: Database, place: str, seen: frozenset[str] = frozenset()) -> Iterator[Thing]:
    """Every place in a place, however deep."""
    for row in storage_look_up.inside(db, place) if place not in seen else ():
        yield Thing("place", row["id"], str(row["name"]))
        yield from places_within(db, row["id"], seen | {place})


def contents_of_sort(db: Database, place: str, sort: str) -> list[Row]:
    """Things of one sort that are kept in a place itself."""
    return [row for row in storage_look_up.contents(db, place) if row["sort"] == sort]
