"""Consent as stated, for each use apart; what nobody stated has no row."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table("consent", "patient", "patient use state source said_by_private stated_on operator at")

STATED = "consent.stated"


def reads(entry: Entry) -> list[RowKey]:
    """The row of this patient and use: what was stated last replaces it."""
    return [("consent", f"{entry.body['patient']}/{entry.body['use']}")]


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Keep what was stated last."""
    (key,), body = reads(entry), entry.body
    row = new_row("consent", key[1], operator=entry.operator, at=entry.occurred_at)
    row |= {name: body[name] for name in ("patient", "use", "state", "source", "stated_on")}
    return {key: row | {"said_by_private": body["said_by"]}}


GROUP = Group(frozenset({STATED}), reads, fold)
