"""Every scan with its verdict: the last ten stand on the screen, all of them here."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table(
    "scan", "scan", "bench seq# at text text_private symbology source entered verdict title words operator", "bench,seq"
)


def reads(_entry: Entry) -> list[RowKey]:
    """A scan is a row of its own."""
    return []


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Keep the scan with the verdict it was given."""
    body = entry.body
    same = ("bench", "text", "symbology", "source", "entered", "verdict", "title", "words")
    row = new_row("scan", entry.id, seq=entry.seq, at=entry.occurred_at, operator=entry.operator)
    row |= {name: body[name] for name in same}
    return {("scan", entry.id): row | {"text_private": body["private"]}}


GROUP = Group(frozenset({"scan.judged"}), reads, fold)
