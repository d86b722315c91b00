"""Writers that two machines went on as, a restored copy or a cloned disk, and the numbers of the side that left."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table("fork", "writer", "writer seq# numbers by at")


def reads(entry: Entry) -> list[RowKey]:
    """Nothing: a fork is stated once, by the side that leaves the writer."""
    return [("fork", _id(entry))]


def fold(entry: Entry, _rows: Rows) -> Changes:
    """State the fork, with the numbers that may be on two tubes."""
    body = entry.body
    numbers = " ".join(body["numbers"])
    row = new_row("fork", _id(entry), writer=body["writer"], seq=body["seq"], numbers=numbers, by=entry.id)
    return {("fork", _id(entry)): row | {"at": entry.occurred_at}}


def _id(entry: Entry) -> str:
    return f"{entry.body['writer']}/{entry.id}"


GROUP = Group(frozenset({"writer.forked"}), reads, fold)
