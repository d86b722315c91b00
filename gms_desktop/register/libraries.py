"""Index sets and their plates, libraries with the index well that each used, and pools with all their libraries."""

from __future__ import annotations

import json

from gms_desktop.journal.entry import Entry
from gms_desktop.journal.kinds_of_index_plates import library_of
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

table("index_set", "index_set", "name i5 pairs# wells sha256 at operator bench", "name")
table("index_plate", "index_plate", "code set_id lot expiry at operator bench", "at")
table("library", "library", "plate well index_plate index_well tube at operator", "plate", "index_plate", "tube")
table("pool", "pool", "code libraries# mismatches# rules at operator bench", "at")
table("pool_library", "pool", "pool library left_out_private", "library")

SET, PLATE, INDEXED, POOLED = "index_set.taken_in", "index_plate.registered", "plate.indexed", "pool.made"
LEFT_OUT = "pool.libraries_left_out"
_as_text = json.JSONEncoder(sort_keys=True).encode


def reads(entry: Entry) -> list[RowKey]:
    """The libraries of a pool that are left out of its sheet, or taken in again; the others make their rows."""
    if entry.kind != LEFT_OUT:
        return []
    body = entry.body
    return [("pool_library", f"{body['pool']}/{one}") for one in (*body["libraries"], *body["again"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put a set, a plate, libraries or a pool into rows of their own."""
    if entry.kind == LEFT_OUT:
        return _left_out(entry, rows)
    body, who = entry.body, {"at": entry.occurred_at, "operator": entry.operator}
    if entry.kind == SET:
        row = new_row("index_set", body["set"], **who, pairs=len(body["wells"]), wells=_as_text(body["wells"]))
        return {("index_set", body["set"]): row | {name: body[name] for name in ("name", "i5", "sha256", "bench")}}
    if entry.kind == PLATE:
        row = new_row("index_plate", body["index_plate"], **who, set_id=body["set"])
        row |= {name: body[name] for name in ("code", "lot", "expiry", "bench")}
        return {("index_plate", body["index_plate"]): row}
    return _indexed(entry, who) if entry.kind == INDEXED else _pooled(entry, who)


def _indexed(entry: Entry, who: dict[str, str | None]) -> Changes:
    body = entry.body
    found: Changes = {}
    for one in body["wells"]:
        name = library_of(body["plate"], one["well"])
        row = new_row("library", name, **who, plate=body["plate"], index_plate=body["index_plate"])
        found["library", name] = row | {part: one[part] for part in ("well", "index_well", "tube")}
    return found


def _pooled(entry: Entry, who: dict[str, str | None]) -> Changes:
    body, pool = entry.body, entry.body["pool"]
    libraries = [library_of(each["plate"], well) for each in body["libraries"] for well in each["wells"]]
    row = new_row("pool", pool, **who, libraries=len(libraries))
    row |= {name: body[name] for name in ("code", "mismatches", "rules", "bench")}
    found: Changes = {("pool", pool): row}
    for one in libraries:
        found["pool_library", f"{pool}/{one}"] = new_row("pool_library", f"{pool}/{one}", pool=pool, library=one)
    return found


def _left_out(entry: Entry, rows: Rows) -> Changes:
    body, found = entry.body, Changes()
    for libraries, reason in ((body["libraries"], body["reason"]), (body["again"], None)):
        for one in libraries:
            key = ("pool_library", f"{body['pool']}/{one}")
            known = rows.get(key) or new_row("pool_library", key[1], pool=body["pool"], library=one)
            found[key] = changed(known, left_out_private=reason)
    return found


GROUP = Group(frozenset({SET, PLATE, INDEXED, POOLED, LEFT_OUT}), reads, fold)
