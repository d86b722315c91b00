"""Specimens as received and as decided, the requests each belongs to, and the coded reasons."""

from __future__ import annotations

import json

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

table(
    "specimen",
    "specimen",
    "accession patient tube# type sender_code sender collected delivery bag risk priority category matched bench "
    "operator received_at outcome decided_at decided_by reasons comment_private compared identity stops led_by",
    "sender_code",
    "patient",
    "received_at",
    "outcome",
    ("delivery", "delivery IS NOT NULL"),
    ("priority,outcome", "priority = 'urgent'"),
)
table("specimen_request", "specimen", "specimen request", "request")


def reads(entry: Entry) -> list[RowKey]:
    """The specimen, on arrival its place in each request; of two numbers of one specimen the one that leads as well."""
    specimen = entry.body["specimen"]
    keys = [("specimen", specimen)]
    if entry.kind == "specimen.received":
        keys += [("specimen_request", f"{specimen}/{request}") for request in entry.body["requests"]]
    return keys


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put an arrival, a decision, another number or a leading number into the tables."""
    match entry.kind:
        case "specimen.received":
            return _received(entry)
        case "specimen.decided":
            return _decided(entry, rows)
    key = ("specimen", entry.body["specimen"])
    known = rows.get(key) or new_row("specimen", key[1], matched="unknown")
    if entry.kind == "specimen.joined":
        return {key: changed(known, led_by=entry.body["leads"])}
    return {key: changed(known, accession=entry.body["accession"])}


def _received(entry: Entry) -> Changes:
    body, specimen = entry.body, entry.body["specimen"]
    same = ("accession", "patient", "tube", "type", "sender_code", "sender", "collected", "delivery", "bag", "risk")
    row = new_row("specimen", specimen, received_at=entry.occurred_at, operator=entry.operator)
    row |= {name: body[name] for name in (*same, "priority", "category", "matched", "bench")}
    changes: Changes = {("specimen", specimen): row}
    for request in body["requests"]:
        row_id = f"{specimen}/{request}"
        changes[("specimen_request", row_id)] = new_row("specimen_request", row_id, specimen=specimen, request=request)
    return changes


def _decided(entry: Entry, rows: Rows) -> Changes:
    body = entry.body
    key = ("specimen", body["specimen"])
    known = rows.get(key) or new_row("specimen", body["specimen"], matched="unknown")
    row = changed(
        known,
        outcome=body["outcome"],
        decided_at=entry.occurred_at,
        decided_by=entry.operator,
        reasons=_as_text(body["reasons"]),
        comment_private=body["comment"],
        compared=_as_text(body["compared"]),
        identity=_as_text(body["identity"]) if body["identity"] else None,
        stops=_as_text(body["stops"]),
    )
    return {key: row}


# Sorted: a body read back from its bytes has its keys in another order than the one it was written with.
_as_text = json.JSONEncoder(sort_keys=True).encode


GROUP = Group(
    frozenset({"specimen.received", "specimen.decided", "specimen.renumbered", "specimen.joined"}), reads, fold
)
