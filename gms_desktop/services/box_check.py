"""A box checked like a rack: each tube is scanned where it stands, and compared with what is recorded there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from gms_desktop import stored_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.racks.compare import compare
from gms_desktop.domain.racks.evidence import Expected
from gms_desktop.domain.racks.findings import Comparison, Found, Whereabouts
from gms_desktop.domain.racks.profile import RackProfile
from gms_desktop.domain.racks.reads import NOT_READ, ByHand, RackRead, Told, WellRead
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import storage_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_words, storage_entry_words, stored_things
from gms_desktop.services.at_storage import AtStorage
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.stored_things import Thing


def begin_or_end(ledger: Ledger, desk: Desk) -> Outcome:
    """Begin to check the open box; pressed again, the check ends and says what it found."""
    row = storage_look_up.place(ledger.db, desk.storage.place)
    if row is None or not row["rows"]:
        return Outcome(words.refused("No box open", "Scan the box that is checked first."))
    if not desk.storage.checking:
        desk.storage = AtStorage(place=row["id"], checking=True)
        return Outcome(stored_words.check_begun(str(row["name"]), due(ledger.db, row, desk.storage)))
    made, seen = compared(ledger.db, row, desk.storage), desk.storage.seen
    body = {
        "place": row["id"],
        "seen": [[position, item] for position, item in seen],
        "findings": [_kept(one) for one in made.found],
        "bench": desk.place.bench,
    }
    desk.storage = AtStorage(place=row["id"])
    verdict = stored_words.check_ended(str(row["name"]), len(made.agreeing), len(made.found))
    return Outcome(verdict, (Draft("place.checked", body, input=desk.told),))


def _kept(one: Found) -> dict[str, Any]:
    """A finding as the entry of the check keeps it."""
    recorded = f"{one.where.well} of {one.where.rack}" if one.where and one.where.rack else ""
    return {"kind": one.kind.value, "positions": list(one.wells), "things": list(one.codes), "where": recorded}


def so_far(db: Database, row: Row, at: AtStorage) -> tuple[str, ...]:
    """What the check that is under way found so far, in words."""
    return tuple(storage_entry_words.finding(_kept(one)) for one in compared(db, row, at).found)


def last(db: Database, row: Row | None, time_zone: str) -> tuple[str, tuple[str, ...]] | None:
    """When and by whom a box was checked last, and what that found, in words; None for one that never was."""
    if row is None or not row["checked_at"]:
        return None
    at = dates.display_minute(dates.to_local(datetime.fromisoformat(row["checked_at"]), time_zone))
    title = stored_words.last_check(at, case_words.operator_name(db, row["checked_by"]))
    return title, tuple(storage_entry_words.finding(one) for one in json.loads(row["findings"]))


def said(ledger: Ledger, desk: Desk, thing: Thing | None) -> Outcome:
    """A thing was scanned in the position that is due, or that position is empty. Nothing is moved by it."""
    row = storage_look_up.place(ledger.db, desk.storage.place)
    if row is None or not desk.storage.checking:
        return Outcome(words.refused("No check", "Open a box and begin to check it first."))
    position = due(ledger.db, row, desk.storage)
    kept = tuple(one for one in desk.storage.seen if one[0] != position)
    now = (position, thing.id if thing else "")
    desk.storage = replace(desk.storage, seen=(*kept, now), position="")
    recorded = storage_look_up.at(ledger.db, row["id"], position)
    agrees = [one["id"] for one in recorded] == ([thing.id] if thing else [])
    expected = words.names(tuple(stored_things.name_of(ledger.db, one["sort"], one["id"]) for one in recorded))
    following = due(ledger.db, row, desk.storage)
    return Outcome(
        stored_words.seen_in(position, thing.name if thing else "", expected, following)
        if agrees
        else stored_words.seen_otherwise(position, thing.name if thing else "", expected, following)
    )


def due(db: Database, row: Row, at: AtStorage) -> str:
    """The position that is looked at next: the one that was scanned, else the next in which something is recorded."""
    if at.position:
        return at.position
    told = {position for position, _ in at.seen}
    taken = {one["position"] for one in storage_look_up.contents(db, row["id"])}
    wells = [one for one in Shape(row["rows"], row["columns"]).wells if one not in told]
    return next((one for one in wells if one in taken), wells[0] if wells else "")


def compared(db: Database, row: Row, at: AtStorage) -> Comparison:
    """What was seen beside what is recorded. A position that nobody looked at is not read, never empty."""
    shape = Shape(row["rows"], row["columns"])
    items = {position: item for position, item in at.seen if item}
    names = {item: _name(db, item) for item in items.values()}
    wells = {one: WellRead(Told.TUBE, names[items[one]]) if one in items else NOT_READ for one in shape.wells}
    here = {
        str(one["position"]): stored_things.name_of(db, one["sort"], one["id"])
        for one in storage_look_up.contents(db, row["id"])
        if one["position"]
    }
    known = {name: _whereabouts(db, item, row["id"]) for item, name in names.items()}
    empty = frozenset(position for position, item in at.seen if not item)
    code = str(row["code"])
    return compare(
        RackProfile("box", "box", shape, tells_empty=False),
        RackRead(code, wells, tells_empty=False),
        Expected(code, here),
        known,
        ByHand(empty=empty, corner_seen=True),
        read_again=False,
    )


def _name(db: Database, item: str) -> str:
    return next((one.name for sort in _SORTS if (one := stored_things.of_row(db, sort, item)) is not None), item)


_SORTS = ("tube", "pool", "piece", "aliquot", "eluate", "specimen", "rack")


def _whereabouts(db: Database, item: str, box: str) -> Whereabouts:
    row = storage_look_up.stored(db, item)
    if row is None or row["state"] != "in" or row["place"] == box:
        return Whereabouts()
    return Whereabouts(stored_things.place_words(db, row["place"]), row["position"] or "")
