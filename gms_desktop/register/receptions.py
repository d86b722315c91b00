"""What each bench has open at reception, and deliveries with their time of physical receipt."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table("reception", "reception", "request state at")
table("delivery", "delivery", "carrier arrived precision words condition at")


def reads(entry: Entry) -> list[RowKey]:
    """The bench's own row, or the delivery's."""
    if entry.kind == "delivery.arrived":
        return [("delivery", entry.body["delivery"])]
    return [("reception", entry.body["bench"])]


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Put an opening, a closing or a delivery into the tables."""
    body, at = entry.body, entry.occurred_at
    if entry.kind == "delivery.arrived":
        same = ("carrier", "arrived", "precision", "words", "condition")
        row = new_row("delivery", body["delivery"], at=at) | {name: body[name] for name in same}
        return {("delivery", body["delivery"]): row}
    state = "open" if entry.kind == "reception.opened" else "closed"
    bench = body["bench"]
    return {("reception", bench): new_row("reception", bench, request=body["request"], state=state, at=at)}


GROUP = Group(frozenset({"reception.opened", "reception.closed", "delivery.arrived"}), reads, fold)
