"""Entries about storage, in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from gms_desktop import stored_words
from gms_desktop.domain import dates
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import storage_look_up
from gms_desktop.services import site_rules, stored_things


def _thing(db: Database, entry: Entry) -> str:
    return stored_things.name_of(db, entry.body["sort"], entry.body["item"])


def _place(db: Database, entry: Entry) -> str:
    row = storage_look_up.place(db, entry.body["place"])
    return str(row["name"]) if row else "a place"


def purpose_words(db: Database, code: str) -> str:
    """What something was taken out or discarded for, in the laboratory's words."""
    found = site_rules.storage(db).purpose(code)
    return found.words if found else code


def _put(db: Database, entry: Entry) -> str:
    body = entry.body
    where = stored_things.place_words(db, body["place"])
    spot = f"{body['position']} of {where}" if body["position"] else where
    return f"put {_thing(db, entry)} into {spot}{_thaw(entry)}"


def _taken(db: Database, entry: Entry) -> str:
    body = entry.body
    where = stored_things.place_words(db, body["former"]) or "storage"
    due = f", back by {dates.display(date.fromisoformat(body['due']))}" if body["due"] else ""
    return f"take {_thing(db, entry)} out of {where}: {purpose_words(db, body['reason'])}{due}{_thaw(entry)}"


def _thaw(entry: Entry) -> str:
    return ", thawed" if entry.body["thawed"] else ""


def _thawed(db: Database, entry: Entry) -> str:
    sort, _, name = entry.body["with"].partition(":")
    return f"thawed with {stored_things.name_of(db, sort, name)}"


def _discarded(db: Database, entry: Entry) -> str:
    return f"discard {_thing(db, entry)}: {purpose_words(db, entry.body['reason'])}, {entry.body['route']}"


def finding(one: Mapping[str, Any]) -> str:
    """What a check of a box found, as its entry keeps it, in words."""
    return stored_words.check_finding(one["kind"], tuple(one["positions"]), tuple(one["things"]), one["where"])


def _checked(db: Database, entry: Entry) -> str:
    found = [finding(one) for one in entry.body["findings"]]
    return f"check {_place(db, entry)}: {' '.join(found).removesuffix('.') or 'all that was looked at agrees'}"


WORDS: dict[str, Callable[[Database, Entry], str]] = {
    "place.registered": lambda _db, entry: f"new place {entry.body['name']}, {entry.body['code']}",
    "place.stopped": lambda db, entry: f"{_place(db, entry)} is out of order",
    "place.restored": lambda db, entry: f"{_place(db, entry)} is in use again",
    "place.checked": _checked,
    "stored.put_away": _put,
    "stored.taken_out": _taken,
    "stored.thawed": _thawed,
    "material.discarded": _discarded,
}
