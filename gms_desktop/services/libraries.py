"""Index plates, libraries and pools as the register has them: free wells, index pairs, and what is odd about a pool."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from gms_desktop import index_plate_words, indexing_words
from gms_desktop.domain import dates, index_use
from gms_desktop.domain.index_plates import Found, IndexedLibrary, IndexPair, IndexSet, Orientation
from gms_desktop.domain.index_use import PoolRules
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import library_look_up, plate_look_up, rack_look_up
from gms_desktop.services import case_list, plate_plan, rack_standing, site_rules
from gms_desktop.services.people import name_of


def set_of(db: Database, index_plate: Row) -> IndexSet:
    """The set that an index plate is of; one that is not known here has no wells."""
    row = library_look_up.index_set(db, index_plate["set_id"])
    return read_set(row["name"], row["i5"], row["wells"]) if row else IndexSet("a set not known here", {})


@lru_cache(maxsize=16)
def read_set(name: str, i5: str, wells: str) -> IndexSet:
    """A set as the register keeps it."""
    pairs = {well: IndexPair(pair, i7, i5_bases) for well, pair, i7, i5_bases in json.loads(wells)}
    return IndexSet(name, pairs, Orientation(i5))


def free(db: Database, index_plate: Row) -> set[str]:
    """The wells of an index plate that nothing was taken from."""
    return set(set_of(db, index_plate).wells) - set(library_look_up.used_wells(db, index_plate["id"]))


def name(db: Database, library: str) -> str:
    """A library as people and sample sheets name it: its plate and its well."""
    plate, _, well = library.rpartition(".")
    row = plate_look_up.plate(db, plate)
    return f"{row['code'] if row and row['code'] else 'plate'}_{well}"


def by_name(db: Database, name: str) -> Row | None:
    """The library that has a name."""
    code, _, well = name.rpartition("_")
    row = plate_look_up.plate_by_code(db, code) if code else None
    return library_look_up.library(db, f"{row['id']}.{well}") if row else None


def index_words(db: Database, library: Row) -> str:
    """The index of a library: its own name, and the plate and well it was taken from."""
    plate = library_look_up.index_plate(db, library["index_plate"])
    if plate is None:
        return f"{library['index_well']} of an index plate not known here"
    pair = set_of(db, plate).wells.get(library["index_well"])
    named = f"{pair.name}, " if pair and pair.name else ""
    return f"{named}{library['index_well']} of {plate['code']}"


def used_words(db: Database, library: Row) -> str:
    """Which library used an index well, when, and by whom."""
    who = name_of(db, library["operator"]) if library["operator"] else "the application"
    return indexing_words.used_by(
        name(db, library["id"]), dates.display(date.fromisoformat(str(library["at"])[:10])), who
    )


def with_indexes(db: Database, libraries: Sequence[Row]) -> tuple[IndexedLibrary, ...]:
    """Libraries with their pairs; one whose set is not known has a pair without bases."""
    known = {row["index_plate"]: None for row in libraries}
    plates = {one: library_look_up.index_plate(db, one) for one in known}
    sets = {one: set_of(db, row) for one, row in plates.items() if row is not None}
    nothing = IndexSet("", {})
    return tuple(
        IndexedLibrary(
            name(db, row["id"]),
            sets.get(row["index_plate"], nothing).wells.get(row["index_well"], IndexPair("", "", "")),
            sets.get(row["index_plate"], nothing).i5,
        )
        for row in libraries
    )


def stopped(db: Database, library: Row) -> str:
    """Why a library may not be sequenced: its specimen may not be tested, or it is in dispute; empty where it may."""
    tube = rack_look_up.tube(db, library["tube"]) if library["tube"] else None
    subjects = (f"library:{library['id']}", *([f"tube:{tube['id']}"] if tube else []))
    if any(case_list.held(db, one) is not None for one in subjects):
        return indexing_words.IN_DISPUTE
    return (rack_standing.why_stopped(db, tube) or plate_plan.fails(db, tube)) if tube else ""


def odd(db: Database, libraries: Sequence[Row]) -> tuple[Found, ...]:
    """What is odd about libraries that go into one pool."""
    plates = (library_look_up.index_plate(db, one) for one in dict.fromkeys(row["index_plate"] for row in libraries))
    sets = tuple((row["code"], row["set_id"]) for row in plates if row is not None)
    return _odd(with_indexes(db, libraries), sets, site_rules.pools(db))


@lru_cache(maxsize=8)
def _odd(
    libraries: tuple[IndexedLibrary, ...], sets: tuple[tuple[str, str], ...], rules: PoolRules
) -> tuple[Found, ...]:
    return index_use.check(libraries, dict(sets), rules)


def said(found: Iterable[Found]) -> list[str]:
    """Findings in words, those that block first."""
    return [index_plate_words.finding(one) for one in sorted(found, key=lambda one: not one.blocks)]
