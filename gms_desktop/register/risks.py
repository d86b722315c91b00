"""Infection risk as it was stated of specimens and patients, and as it was released."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

_COLUMNS = "risk yes_at told_private at operator bench released released_at released_by"
table("specimen_risk", "specimen", _COLUMNS, ("yes_at", "released_at IS NULL AND yes_at IS NOT NULL"))
table("patient_risk", "patient", _COLUMNS, ("yes_at", "released_at IS NULL AND yes_at IS NOT NULL"))


def _key(entry: Entry) -> RowKey:
    body = entry.body
    return ("specimen_risk", body["specimen"]) if body["specimen"] else ("patient_risk", body["patient"])


def reads(entry: Entry) -> list[RowKey]:
    """What was stated before."""
    return [_key(entry)]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put a statement or a release into its row. A "no" takes no sign away that a "yes" gave: only a release does."""
    key, body, at = _key(entry), entry.body, entry.occurred_at
    known = rows.get(key) or new_row(*key)
    if entry.kind == "risk.released":
        return {key: changed(known, released=body["reason"], released_at=at, released_by=entry.operator)}
    row = changed(known, risk=body["risk"], told_private=body["told"], at=at, operator=entry.operator)
    row = changed(row, bench=body["bench"])
    if body["risk"] == "yes":
        row = changed(row, yes_at=at, released=None, released_at=None, released_by=None)
    return {key: row}


GROUP = Group(frozenset({"risk.stated", "risk.released"}), reads, fold)
