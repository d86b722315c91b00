"""The clock of each specimen: since when it runs, and all that says which limits apply, as one text in an index.

What is due first, and how much of what sort waits, is read from the index alone, however much lies open. Hours are the
laboratory's own rules, which no fold knows: services put them to each sort.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from gms_desktop.journal.entry import Entry
from gms_desktop.register.afterwards import USED
from gms_desktop.register.rows import LONGEST_INDEXED, Changes, Group, Row, RowKey, Rows, changed, new_row, table

table("clock", "specimen", "state known since what", ("since,known,what", "state = 'runs'"))

RUNS, OVER, LED = "runs", "over", "led"
_RECEIVED, _DECIDED, _JOINED = "specimen.received", "specimen.decided", "specimen.joined"
_EXAMINED, _STEP, _RAISED = "specimen.examined", "specimen.step_done", "request.priority_raised"
_RESERVED, _RELEASED = "material.reserved", "material.released"
_URGENT = "urgent"
# A sort stands in an index: more tests than this, or longer ones, are no tests of a directory.
_MOST_TESTS, _LONGEST_TEST, _LONGEST_TYPE = 6, 40, 100


def reads(entry: Entry) -> list[RowKey]:
    """The clock, and the requests whose tests count for it."""
    body = entry.body
    if entry.kind == _RAISED:
        return [("clock", one) for one in body["specimens"]]
    if entry.kind == _EXAMINED and body["type_found"] is None:
        return []
    own: list[RowKey] = [("clock", body["specimen"])]
    if entry.kind == _RECEIVED:
        return own + [("request", request) for request in body["requests"]]
    return [*own, ("request", body["request"])] if entry.kind in {_RESERVED, _RELEASED} else own


def fold(entry: Entry, rows: Rows) -> Changes:
    """Start the clock when a specimen comes, and follow what changes which limits apply."""
    if entry.kind == _RECEIVED:
        return _started(entry, rows)
    known = {key: row for key in reads(entry) if key[0] == "clock" and (row := rows.get(key)) is not None}
    if entry.kind in {_DECIDED, _JOINED}:
        return {key: changed(row, state=_state(entry, row)) for key, row in known.items()}
    return {key: changed(row, what=_sort(_after(entry, json.loads(row["what"]), rows))) for key, row in known.items()}


def _started(entry: Entry, rows: Rows) -> Changes:
    body = entry.body
    tests = [test for request in body["requests"] if (test := _test(rows, request))]
    sort = {"urgent": body["priority"] == _URGENT, "type": body["type"], "tests": tests, "done": []}
    since = body["taken"] or entry.occurred_at
    row = new_row("clock", body["specimen"], state=RUNS, known="yes" if body["taken"] else "no", since=since)
    return {("clock", body["specimen"]): row | {"what": _sort(sort)}}


def _test(rows: Rows, request: str) -> str | None:
    row = rows.get(("request", request))
    return row["test"] if row else None


def _state(entry: Entry, row: Row) -> str:
    """Of a tube with two numbers the leading one has the clock; a rejected one has none while it is rejected."""
    if entry.kind == _JOINED or row["state"] == LED:
        return LED
    return OVER if entry.body["outcome"] == "rejected" else RUNS


def _after(entry: Entry, sort: dict[str, Any], rows: Rows) -> dict[str, Any]:
    body = entry.body
    match entry.kind:
        case "request.priority_raised":
            return sort | {"urgent": body["priority"] == _URGENT}
        case "specimen.examined":
            return sort | {"type": body["type_found"]}
        case "specimen.step_done":
            return sort | {"done": [*sort["done"], body["step"]]}
    test, tests = _test(rows, body["request"]), list(sort["tests"])
    if entry.kind == _RESERVED:
        tests += [test] if test else []
    elif test in tests and body["reason"] != USED:
        tests.remove(test)
    return sort | {"tests": tests}


def _sort(sort: dict[str, Any]) -> str:
    cut = [str(one)[:_LONGEST_TEST] for one in sort["tests"]]
    kind = str(sort["type"])[:_LONGEST_TYPE] if sort["type"] is not None else None
    done = sorted({str(one) for one in sort["done"]})
    text = _as_text({"urgent": sort["urgent"], "type": kind, "tests": sorted(cut)[:_MOST_TESTS], "done": done})
    return text if len(text) <= LONGEST_INDEXED else _as_text({"urgent": sort["urgent"], **_NOTHING})


_NOTHING: dict[str, Any] = {"type": None, "tests": [], "done": []}
_written = msgspec.json.Encoder(order="deterministic").encode


def _as_text(sort: dict[str, Any]) -> str:
    return _written(sort).decode()


GROUP = Group(
    frozenset({_RECEIVED, _DECIDED, _JOINED, _EXAMINED, _STEP, _RAISED, _RESERVED, _RELEASED}),
    reads,
    fold,
)
