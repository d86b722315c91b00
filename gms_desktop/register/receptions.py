"""What each bench has open at reception."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table("reception", "reception", "request state at")


def reads(entry: Entry) -> list[RowKey]:
    """The bench's own row."""
    return [("reception", entry.body["bench"])]


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Put an opening or a closing into the table."""
    state = "open" if entry.kind == "reception.opened" else "closed"
    bench, request = entry.body["bench"], entry.body["request"]
    return {("reception", bench): new_row("reception", bench, request=request, state=state, at=entry.occurred_at)}


GROUP = Group(frozenset({"reception.opened", "reception.closed"}), reads, fold)
