"""Plates: what stands in each well, from which tube of which rack, and whether the plate was made or only planned."""

from __future__ import annotations

import json

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

table(
    "plate",
    "plate",
    "code number# sort type rows# columns# pack racks state reason_private at operator made_at maker bench "
    "discard_reason route discarded_at discarded_by",
    "state",
)
table(
    "plate_well",
    "plate",
    "plate well tube rack source_well participant family control lot lot_id left_out_private",
    "tube",
    "lot_id",
)

PLANNED, DROPPED, MADE = "plate.planned", "plate.plan_dropped", "plate.made"
FILLED, LEFT_OUT = "holding_rack.filled", "plate.wells_left_out"
DISCARDED = "plate.discarded"
_WELL, _OTHER = ("well", "tube", "rack", "source_well", "participant", "family"), ("well", "control", "lot", "lot_id")
_as_text = json.JSONEncoder(sort_keys=True).encode


def reads(entry: Entry) -> list[RowKey]:
    """The plate itself; or the wells that are left out of its worklists, and those that are taken in again."""
    if entry.kind == LEFT_OUT:
        body = entry.body
        return [("plate_well", f"{body['plate']}/{well}") for well in (*body["wells"], *body["again"])]
    return [("plate", entry.body["plate"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put a plan into its rows, and say what became of it: dropped, made, moved into a holding rack, discarded."""
    body, key = entry.body, ("plate", entry.body["plate"])
    if entry.kind == PLANNED:
        return _planned(entry)
    if entry.kind == LEFT_OUT:
        return _left_out(entry, rows)
    known = rows.get(key) or new_row("plate", key[1], state="unknown")
    if entry.kind == DROPPED:
        return {key: changed(known, state="dropped", reason_private=body["reason"])}
    if entry.kind == DISCARDED:
        left = {"discard_reason": body["reason"], "route": body["route"], "discarded_by": entry.operator}
        return {key: changed(known, state="discarded", discarded_at=entry.occurred_at, **left)}
    state = "held" if entry.kind == FILLED else "made"
    made = changed(known, state=state, code=body["code"], made_at=entry.occurred_at, maker=entry.operator)
    return {key: made}


def _planned(entry: Entry) -> Changes:
    body, plate = entry.body, entry.body["plate"]
    row = new_row("plate", plate, state="planned", at=entry.occurred_at, operator=entry.operator)
    row |= {name: body[name] for name in ("number", "sort", "type", "rows", "columns", "bench")}
    found: Changes = {("plate", plate): row | {"pack": _as_text(body["pack"]), "racks": _as_text(body["racks"])}}
    for parts, wells in ((_WELL, body["wells"]), (_OTHER, body["others"])):
        for one in wells:
            # Whatever an entry leaves out, the fold takes the rest of it.
            said = dict(zip(parts, one, strict=False))
            name = f"{plate}/{said.get('well', '')}"
            found["plate_well", name] = new_row("plate_well", name, plate=plate, **said)
    return found


def _left_out(entry: Entry, rows: Rows) -> Changes:
    body, found = entry.body, Changes()
    for wells, reason in ((body["wells"], body["reason"]), (body["again"], None)):
        for well in wells:
            key = ("plate_well", f"{body['plate']}/{well}")
            known = rows.get(key) or new_row("plate_well", key[1], plate=body["plate"], well=well)
            found[key] = changed(known, left_out_private=reason)
    return found


GROUP = Group(frozenset({PLANNED, DROPPED, MADE, FILLED, LEFT_OUT, DISCARDED}), reads, fold)
