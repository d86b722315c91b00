"""Labels: each copy from intended through sent to verified, spoiled or put off."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

# Only what still waits for its label is ever asked for by bench and state.
UNSETTLED = "state NOT IN ('verified', 'spoiled', 'put off')"
table(
    "label",
    "label",
    "specimen accession copy# state reason printer layout bench at detail",
    ("bench,state", UNSETTLED),
)

# Once a copy is on its tube or spoiled, a late word from the printer changes nothing.
_SETTLED = frozenset({"verified", "spoiled", "put off"})
_STATES = {"label.verified": "verified", "label.spoiled": "spoiled", "label.put_off": "put off"}


def reads(entry: Entry) -> list[RowKey]:
    """The copy's own row."""
    return [("label", entry.body["label"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put what happened to one copy of a label into its row."""
    body, key = entry.body, ("label", entry.body["label"])
    if entry.kind == "label.intended":
        same = ("specimen", "accession", "copy", "reason", "printer", "layout", "bench")
        row = new_row("label", body["label"], state="intended", at=entry.occurred_at)
        return {key: row | {name: body[name] for name in same}}
    known = rows.get(key) or new_row("label", body["label"], state="unknown", at=entry.occurred_at)
    if entry.kind == "label.sent":
        state = known["state"] if known["state"] in _SETTLED else body["outcome"]
        return {key: changed(known, state=state, detail=body["detail"], at=entry.occurred_at)}
    row = changed(known, state=_STATES[entry.kind], at=entry.occurred_at)
    return {key: changed(row, detail=body["reason"]) if "reason" in body else row}


GROUP = Group(frozenset({"label.intended", "label.sent", *_STATES}), reads, fold)
