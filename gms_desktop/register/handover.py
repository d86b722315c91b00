"""Notes from one shift to the next: each stands until somebody acknowledges it by name."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

table("handover_note", "note", "text_private by bench state acknowledged_by acknowledged_at at", "state,at")

WRITTEN, ACKNOWLEDGED = "handover.note_written", "handover.note_acknowledged"


def reads(entry: Entry) -> list[RowKey]:
    """The note."""
    return [("handover_note", entry.body["note"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """A note was written, or acknowledged; whoever was first stands."""
    body, (key,) = entry.body, reads(entry)
    if entry.kind == WRITTEN:
        row = new_row("handover_note", key[1], text_private=body["text"], by=body["by"], bench=body["bench"])
        return {key: row | {"state": "open", "at": entry.occurred_at}}
    known = rows.get(key) or new_row("handover_note", key[1])
    if known["state"] == "acknowledged":
        return {}
    return {key: changed(known, state="acknowledged", acknowledged_by=body["by"], acknowledged_at=entry.occurred_at)}


GROUP = Group(frozenset({WRITTEN, ACKNOWLEDGED}), reads, fold)
