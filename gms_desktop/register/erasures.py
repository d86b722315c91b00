"""Which subjects had identifying values erased, by whom, why and on what authority. The values are gone; this stays."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table("erasure", "any", "entry erased# reason authority operator at")


def reads(entry: Entry) -> list[RowKey]:
    """The subject's own row."""
    return [("erasure", entry.body["subject"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Count what was erased of a subject; the newest erasure gives the reason."""
    body = entry.body
    key = ("erasure", body["subject"])
    before = rows.get(key)
    erased = len(body["commitments"]) + (before["erased"] if before else 0)
    row = new_row("erasure", body["subject"], entry=entry.id, erased=erased, reason=body["reason"])
    return {key: row | {"authority": body["authority"], "operator": body["by"], "at": entry.occurred_at}}


GROUP = Group(frozenset({"private.erased"}), reads, fold)
