"""The laboratory's own rules and lists, each in its approved version, whole."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table("site_data", "site_data", "version effective sha256 text approver at")


def reads(entry: Entry) -> list[RowKey]:
    """The one row of that name."""
    return [("site_data", entry.body["name"])]


def fold(entry: Entry, _rows: Rows) -> Changes:
    """The newest approved version stands; older ones stay in the journal."""
    body = entry.body
    same = ("version", "effective", "sha256", "text")
    row = new_row("site_data", body["name"], at=entry.occurred_at, approver=body["by"])
    return {("site_data", body["name"]): row | {name: body[name] for name in same}}


GROUP = Group(frozenset({"site_data.approved"}), reads, fold)
