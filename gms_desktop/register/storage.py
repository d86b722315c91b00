"""Places, and where each thing is kept: in a place and position, out with somebody, or gone."""

from __future__ import annotations

import json

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, changed, new_row, table

table(
    "place",
    "place",
    "code kind name within frozen# rows# columns# state stopped_at checked_at checked_by findings at operator bench",
    "within",
)
table(
    "stored",
    "stored",
    "sort place position state at operator reason due route out_of out_position thaws# bench",
    "place",
    "out_of",
    ("due", "due IS NOT NULL"),
    ("at", "state = 'out'"),
)
_THAWED, _PLATE_GONE = "stored.thawed", "plate.discarded"
_as_text = json.JSONEncoder(sort_keys=True).encode


def reads(entry: Entry) -> list[RowKey]:
    """The place, or the thing that is kept; a box is both."""
    body = entry.body
    if entry.kind.startswith("place."):
        return [("place", body["place"])]
    if entry.kind == _THAWED:
        return [("stored", item) for _, item in body["items"]]
    if entry.kind == _PLATE_GONE:
        return [("stored", body["plate"])]
    keys = [("stored", body["item"])]
    return [*keys, ("place", body["item"])] if body["sort"] == "place" else keys


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put what happened to a place or a thing into its row."""
    if entry.kind.startswith("place."):
        return _place(entry, rows)
    body = entry.body
    if entry.kind == _THAWED:
        return {("stored", item): _once_more(_known(rows, sort, item)) for sort, item in body["items"]}
    if entry.kind == _PLATE_GONE:
        return {("stored", body["plate"]): _kept(entry, _known(rows, "plate", body["plate"]))}
    changes: Changes = {("stored", body["item"]): _kept(entry, _known(rows, body["sort"], body["item"]))}
    if body["sort"] == "place":
        known = rows.get(("place", body["item"])) or new_row("place", body["item"], state="unknown")
        changes["place", body["item"]] = changed(known, within=body.get("place"))
    return changes


def _place(entry: Entry, rows: Rows) -> Changes:
    body, key = entry.body, ("place", entry.body["place"])
    if entry.kind == "place.registered":
        row = new_row("place", key[1], state="in use", at=entry.occurred_at, operator=entry.operator)
        same = ("code", "kind", "name", "within", "rows", "columns", "bench")
        return {key: row | {name: body[name] for name in same} | {"frozen": int(body["frozen"])}}
    known = rows.get(key) or new_row("place", key[1])
    if entry.kind == "place.stopped":
        return {key: changed(known, state="out of order", stopped_at=entry.occurred_at)}
    if entry.kind == "place.checked":
        found = _as_text(body["findings"])
        return {key: changed(known, checked_at=entry.occurred_at, checked_by=entry.operator, findings=found)}
    return {key: changed(known, state="in use")}


def _known(rows: Rows, sort: str, item: str) -> Row:
    return rows.get(("stored", item)) or new_row("stored", item, sort=sort, thaws=0)


def _once_more(row: Row) -> Row:
    return changed(row, thaws=row["thaws"] + 1)


def _kept(entry: Entry, known: Row) -> Row:
    body = entry.body
    said: Row = {"at": entry.occurred_at, "operator": entry.operator, "bench": body["bench"]}
    none: Row = dict.fromkeys(("place", "position", "reason", "due"))
    if entry.kind in {"material.discarded", _PLATE_GONE}:
        left = {"out_of": known["place"] or known["out_of"], "out_position": known["position"] or known["out_position"]}
        return known | none | said | left | {"state": "gone", "reason": body["reason"], "route": body["route"]}
    row = _once_more(known) if body["thawed"] else known
    if entry.kind == "stored.put_away":
        # Where it was taken out of stays known until it leaves another place.
        left = {"out_of": body["former"], "out_position": known["position"]} if body["former"] else {}
        return row | none | said | left | {"state": "in", "place": body["place"], "position": body["position"]}
    out = {"out_of": body["former"], "out_position": body["position"], "reason": body["reason"], "due": body["due"]}
    return row | none | said | out | {"state": "out"}


GROUP = Group(
    frozenset(
        {
            "place.registered",
            "place.stopped",
            "place.restored",
            "place.checked",
            "stored.put_away",
            "stored.taken_out",
            _THAWED,
            "material.discarded",
            _PLATE_GONE,
        }
    ),
    reads,
    fold,
)
