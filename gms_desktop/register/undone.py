"""An undo carries the rows it restores, so the fold needs no history (ARCHITECTURE section 5)."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows


def reads(entry: Entry) -> list[RowKey]:
    """The rows that are restored."""
    return [(name, row_id) for name, row_id, _ in entry.body["rows"]]


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Put each row back as it was, or take it away when it was not there."""
    return {(name, row_id): row for name, row_id, row in entry.body["rows"]}


GROUP = Group(frozenset({"undone"}), reads, fold)
