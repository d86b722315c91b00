"""Downtime numbers: the ranges set aside for them, the packs printed, and what became of each number."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

table("downtime_range", "downtime_range", "name writer letter short_code first# last# defined_by at", "writer")
table("downtime_pack", "downtime_pack", "range bench count# sha256 pages# operator at", "range")
table(
    "downtime_number",
    "downtime",
    "pack place# state specimen happened precision words who_private outcome reason comment_private bench operator at",
    "pack,place",
    ("specimen", "specimen IS NOT NULL"),
)

ISSUED, USED, SPOILED = "issued", "used", "spoiled"


def reads(entry: Entry) -> list[RowKey]:
    """The range, the pack or the number that the entry is about."""
    body = entry.body
    match entry.kind:
        case "downtime.range_defined":
            return [("downtime_range", body["range"])]
        case "downtime.pack_printed":
            return [("downtime_pack", body["pack"])]
    return [("downtime_number", body["number"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put a range, a pack, or what became of a number into the tables."""
    match entry.kind:
        case "downtime.range_defined":
            return _range(entry)
        case "downtime.pack_printed":
            return _pack(entry)
    return _number(entry, rows)


def _range(entry: Entry) -> Changes:
    body = entry.body
    same = ("name", "writer", "letter", "short_code", "first", "last")
    row = new_row("downtime_range", body["range"], defined_by=entry.operator, at=entry.occurred_at)
    return {("downtime_range", body["range"]): row | {name: body[name] for name in same}}


def _pack(entry: Entry) -> Changes:
    body = entry.body
    row = new_row("downtime_pack", body["pack"], operator=entry.operator, at=entry.occurred_at)
    same = ("range", "bench", "count", "sha256", "pages")
    return {("downtime_pack", body["pack"]): row | {name: body[name] for name in same}}


def _number(entry: Entry, rows: Rows) -> Changes:
    body, key = entry.body, ("downtime_number", entry.body["number"])
    if entry.kind == "downtime.number_issued":
        row = new_row("downtime_number", body["number"], state=ISSUED, at=entry.occurred_at, operator=entry.operator)
        return {key: changed(row, pack=body["pack"], place=body["place"])}
    known = rows.get(key) or new_row("downtime_number", body["number"])
    known = changed(known, bench=body["bench"], operator=entry.operator, at=entry.occurred_at)
    if entry.kind == "downtime.number_spoiled":
        return {key: changed(known, state=SPOILED, reason=body["reason"], comment_private=body["comment"])}
    same = {name: body[name] for name in ("specimen", "happened", "precision", "words", "outcome")}
    return {key: changed(known, state=USED, who_private=body["who"], **same)}


GROUP = Group(
    frozenset(
        {
            "downtime.range_defined",
            "downtime.pack_printed",
            "downtime.number_issued",
            "downtime.number_used",
            "downtime.number_spoiled",
        }
    ),
    reads,
    fold,
)
