"""Lots of reagents that a step may cite: the article, its lot, and the last day of use."""

from __future__ import annotations

from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.database import Row as Found
from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

table("lot", "lot", "gtin number expiry other_expiry at bench operator last_at", "gtin", "expiry")

_lot = text_statement("SELECT * FROM lot WHERE id = :id")


def reads(entry: Entry) -> list[RowKey]:
    """The lot itself."""
    return [("lot", entry.body["lot"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Enter the lot; of a further kit only that it came, and a date that differs: then the earlier one counts."""
    body, key = entry.body, ("lot", entry.body["lot"])
    known = rows.get(key)
    if known is None:
        row = new_row("lot", key[1], at=entry.occurred_at, operator=entry.operator, last_at=entry.occurred_at)
        return {key: row | {name: body[name] for name in ("gtin", "number", "expiry", "bench")}}
    dates = sorted({date for date in (known["expiry"], known["other_expiry"], body["expiry"]) if date is not None})
    first, last = (dates[0], dates[-1]) if dates else (None, None)
    other = last if last != first else None
    return {key: changed(known, expiry=first, other_expiry=other, last_at=entry.occurred_at)}


def lot(db: Database, lot: str) -> Found | None:
    """A lot, by its identity."""
    return db.one(_lot, {"id": lot})


GROUP = Group(frozenset({"lot.entered"}), reads, fold)
