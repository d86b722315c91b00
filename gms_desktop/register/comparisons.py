"""What was compared between a tube and its request before it was decided on: it outlives a crash and an undo."""

from __future__ import annotations

import json

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row

COMPARED = "specimen.compared"


def reads(entry: Entry) -> list[RowKey]:
    """The specimen."""
    return [("specimen", entry.body["specimen"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Keep how each line was compared, on the specimen's own row: a decision puts its own in their place."""
    (key,) = reads(entry)
    known = rows.get(key) or new_row("specimen", key[1], matched="unknown")
    return {key: changed(known, compared=json.dumps(entry.body["compared"], sort_keys=True))}


GROUP = Group(frozenset({COMPARED}), reads, fold)
