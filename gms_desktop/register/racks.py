"""Racks by their code, and the newest reading of each: which tubes stand in one is said by the tubes themselves."""

from __future__ import annotations

import json

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

table("rack", "rack", "code rows# columns# state read reading read_at settled settled_at settled_for at operator bench")

# Sorted: a body read back from its bytes has its keys in another order than the one it was written with.
_as_text = json.JSONEncoder(sort_keys=True).encode


def reads(entry: Entry) -> list[RowKey]:
    """The rack itself."""
    return [("rack", entry.body["rack"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put a rack, its newest reading and what was taken of it into its row."""
    body, key = entry.body, ("rack", entry.body["rack"])
    if entry.kind == "rack.registered":
        row = new_row("rack", key[1], state="here", at=entry.occurred_at, operator=entry.operator)
        return {key: row | {name: body[name] for name in ("code", "rows", "columns", "bench")}}
    known = rows.get(key) or new_row("rack", key[1], state="unknown")
    if entry.kind == "rack.read":
        said = _as_text(body["reading"])
        return {key: changed(known, read=body["read"], reading=said, read_at=entry.occurred_at)}
    settled = {"settled": body["read"], "settled_at": entry.occurred_at, "settled_for": body["purpose"]}
    return {key: changed(known, **settled)}


GROUP = Group(frozenset({"rack.registered", "rack.read", "rack.settled"}), reads, fold)
