"""Entries about volumes, in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable

from gms_desktop import volume_words
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import extraction_look_up
from gms_desktop.services import eluates, stored_things, volume_left


def container(db: Database, entry: Entry) -> str:
    """What was taken from, or is empty."""
    sort, name = entry.body["item"]["sort"], entry.body["item"]["id"]
    row = extraction_look_up.eluate(db, name) if sort == "eluate" else None
    return eluates.named(db, row) if row else stored_things.name_of(db, sort, name)


def _taken(db: Database, entry: Entry) -> str:
    body, volume = entry.body, entry.body["volume"]
    into = volume_left.target_words(db, body["target"] or "")
    job = volume_words.JOBS.get(body["job"], body["job"])
    where = f" into {into}" if into else ""
    return f"take {volume['value']} {volume['unit']} from {container(db, entry)}{where}, {job}"


WORDS: dict[str, Callable[[Database, Entry], str]] = {
    "volume.taken": _taken,
    "container.emptied": lambda db, entry: f"{container(db, entry)} is empty",
}
