"""Sessions that were opened for a named person without a PIN: each is reviewed by somebody else."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

table(
    "break_glass",
    "break_glass",
    "operator reason comment_private bench state finding reviewed_by reviewed_at remark_private at",
    "state,at",
)

OPENED, REVIEWED = "break_glass.opened", "break_glass.reviewed"


def reads(entry: Entry) -> list[RowKey]:
    """The session's row."""
    return [("break_glass", entry.body["session"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """A session was opened, or reviewed."""
    body, (key,) = entry.body, reads(entry)
    if entry.kind == OPENED:
        said = {"operator": body["operator"], "reason": body["reason"], "comment_private": body["comment"]}
        row = new_row("break_glass", key[1], state="to review", bench=body["bench"], at=entry.occurred_at)
        return {key: row | said}
    known = rows.get(key) or new_row("break_glass", key[1], operator=body["operator"])
    reviewed = {"finding": body["finding"], "reviewed_by": body["by"], "reviewed_at": entry.occurred_at}
    return {key: changed(known, state="reviewed", remark_private=body["comment"], **reviewed)}


GROUP = Group(frozenset({OPENED, REVIEWED}), reads, fold)
