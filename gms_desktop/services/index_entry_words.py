"""Entries about index plates, libraries and pools, in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable

from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import library_look_up, plate_look_up
from gms_desktop.services.plate_entry_words import decided


def _indexed(db: Database, entry: Entry) -> str:
    body = entry.body
    plate = plate_look_up.plate(db, body["plate"])
    index_plate = library_look_up.index_plate(db, body["index_plate"])
    named = str(plate["code"]) if plate and plate["code"] else "a plate"
    source = str(index_plate["code"]) if index_plate else "an index plate"
    return f"index {_many(len(body['wells']), 'well')} of {named} from {source}"


def _pooled(_db: Database, entry: Entry) -> str:
    many = sum(len(each["wells"]) for each in entry.body["libraries"])
    return f"pool {many} {'library' if many == 1 else 'libraries'} as {entry.body['code']}"


def _named(db: Database, library: str) -> str:
    plate, _, well = library.rpartition(".")
    row = plate_look_up.plate(db, plate)
    return f"{row['code'] if row and row['code'] else 'plate'}_{well}"


def _left_out(db: Database, entry: Entry) -> str:
    row = library_look_up.pool(db, entry.body["pool"])
    out, again = ([_named(db, one) for one in entry.body[name]] for name in ("libraries", "again"))
    return f"{decided(out, again)} the sample sheet of pool {row['code'] if row else 'not known here'}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


WORDS: dict[str, Callable[[Database, Entry], str]] = {
    "index_set.taken_in": lambda _db, entry: (
        f"take in index set {entry.body['name']}: {_many(len(entry.body['wells']), 'pair')}"
    ),
    "index_plate.registered": lambda _db, entry: f"new index plate {entry.body['code']}",
    "plate.indexed": _indexed,
    "pool.made": _pooled,
    "pool.libraries_left_out": _left_out,
}
