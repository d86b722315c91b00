"""Entries about plates, in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable

from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import plate_look_up
from gms_desktop.services.storage_entry_words import purpose_words


def _number(db: Database, entry: Entry) -> str:
    row = plate_look_up.plate(db, entry.body["plate"])
    return f"plate {row['number']}" if row and row["number"] else "a plate"


def _many(entry: Entry) -> str:
    tubes = len(entry.body["wells"])
    return f"{tubes} tube{'' if tubes == 1 else 's'}"


def _left_out(db: Database, entry: Entry) -> str:
    row = plate_look_up.plate(db, entry.body["plate"])
    return f"{decided(entry.body['wells'], entry.body['again'])} the worklists of {row['code'] if row else 'a plate'}"


def _discarded(db: Database, entry: Entry) -> str:
    row = plate_look_up.plate(db, entry.body["plate"])
    why = purpose_words(db, entry.body["reason"])
    return f"discard plate {row['code'] if row and row['code'] else ''}: {why}, {entry.body['route']}"


def decided(out: list[str], again: list[str]) -> str:
    """What was left out and taken in again, in words."""
    said = [f"leave {', '.join(out)} out of" if out else "", f"take {', '.join(again)} into" if again else ""]
    return " and ".join(filter(None, said))


WORDS: dict[str, Callable[[Database, Entry], str]] = {
    "plate.planned": lambda _db, entry: f"plan plate {entry.body['number']}: {_many(entry)}",
    "plate.plan_dropped": lambda db, entry: f"drop the plan of {_number(db, entry)}",
    "holding_rack.filled": lambda _db, entry: f"move {_many(entry)} into holding rack {entry.body['code']}",
    "plate.wells_left_out": _left_out,
    "plate.discarded": _discarded,
    "plate.made": lambda _db, entry: f"make plate {entry.body['code']} of {_many(entry)}",
}
