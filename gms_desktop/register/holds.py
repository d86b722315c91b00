"""Holds: what each stops, why, whom to chase by when, and what was answered. A specimen may have several at once."""

from __future__ import annotations

import json

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

# Only what still stops something is looked for by the day on which somebody is to be chased.
table(
    "hold",
    "specimen",
    "specimen hold state reasons stops whom_private chase_by placed_at placed_by chased# chased_at answer_private "
    "answered_at",
    ("chase_by", "state <> 'over'"),
)

DECIDED, PLACED, CHASED = "specimen.decided", "hold.placed", "hold.chased"
ANSWERED, RELEASED = "hold.answered", "hold.released"
OF_THE_DECISION, OF_CONSENT = "decision", "consent"


def reads(entry: Entry) -> list[RowKey]:
    """The hold; a decision places or ends the one that is its own."""
    return [("hold", f"{entry.body['specimen']}/{entry.body.get('hold', OF_THE_DECISION)}")]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Place a hold, note that somebody was chased or answered, or end it."""
    (key,), body = reads(entry), entry.body
    known = rows.get(key)
    match entry.kind:
        case "specimen.decided":
            if body["outcome"] == "on hold":
                return {key: _placed(entry, key)}
            return {key: changed(known, state="over")} if known else {}
        case "hold.placed":
            return {key: _placed(entry, key)}
    row = known or new_row("hold", key[1], specimen=body["specimen"], hold=body["hold"], state="open")
    if entry.kind == RELEASED:
        return {key: changed(row, state="over")}
    if entry.kind == ANSWERED:
        return {key: changed(row, state="answered", answer_private=body["answer"], answered_at=entry.occurred_at)}
    chased = changed(row, chased=(row["chased"] or 0) + 1, chased_at=entry.occurred_at)
    return {key: changed(chased, chase_by=body["chase_by"] or row["chase_by"], state="open")}


def _placed(entry: Entry, key: RowKey) -> dict[str, object]:
    body = entry.body
    return new_row(
        "hold",
        key[1],
        specimen=body["specimen"],
        hold=body.get("hold", OF_THE_DECISION),
        state="open",
        reasons=json.dumps(body["reasons"]),
        stops=json.dumps(body["stops"]),
        whom_private=body["chase_whom"],
        chase_by=body["chase_by"],
        placed_at=entry.occurred_at,
        placed_by=entry.operator,
        chased=0,
    )


GROUP = Group(frozenset({DECIDED, PLACED, CHASED, ANSWERED, RELEASED}), reads, fold)
