"""An undo carries the rows it restores, so the fold needs no history (ARCHITECTURE section 5)."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register import disputes
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, derived, new_row


def reads(entry: Entry) -> list[RowKey]:
    """The rows that are restored."""
    return [(name, row_id) for name, row_id, _ in entry.body["rows"] if _may(name)]


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Put each row back as it was, or take it away when it was not there.

    An undo of an older version may carry tables and columns that the register no longer has, and lack newer ones.
    """
    rows = entry.body["rows"]
    return {(name, row_id): _as_now(name, row_id, row) for name, row_id, row in rows if _may(name)}


def _may(name: str) -> bool:
    # A dispute ends by a person's decision, whatever an undo carries.
    return name in derived.tables and name not in disputes.TABLES


def _as_now(name: str, row_id: str, row: Row | None) -> Row | None:
    if row is None:
        return None
    columns = derived.tables[name].columns
    return new_row(name, row_id) | {column: value for column, value in row.items() if column in columns}


GROUP = Group(frozenset({"undone"}), reads, fold)
