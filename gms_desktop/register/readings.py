"""What was measured: runs with their files, each reading with the tube it is of, what was said and decided of it."""

from __future__ import annotations

import json

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, changed, new_row, table

table(
    "run",
    "run",
    "number# sha256 file_private instrument dialect model serial software measured_by_private run_id assay taken "
    "unread findings details_private positions# complete# state failed reason_private at operator bench",
    "sha256",
    "bench,at",
    "at",
    ("state", "state = 'held'"),
)
table(
    "reading",
    "reading",
    "run line# sample_private plate well role taken assay quantities flags_private item_sort item code how state "
    "corrected# at operator bench",
    "item",
    "run",
    ("state", "state = 'waiting'"),
    ("role", "role = 'control'"),
)
table(
    "judgement",
    "reading",
    "reading rule version of part method minimum maximum unit word value says raw raw_unit rules rules_version sha256 "
    "corrected# at operator",
    "reading",
)
table("taken_back", "any", "item reading corrected# reason_private at operator", "item", "reading")
# A row's id is the subject it is about, then what it was decided for.
table("reading_choice", "any", "item reading analyte reason_private at operator", "item")
table("concession", "any", "item reading rule version reason_private at operator", "item")

_as_text = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
_RUNS = frozenset({"run.imported", "run.held", "run.released"})
_ONE = frozenset({"reading.recorded", "reading.claimed", "reading.taken_back"})


def _subject(entry: Entry) -> str:
    return f"{entry.body['item']['sort']}:{entry.body['item']['id']}"


def reads(entry: Entry) -> list[RowKey]:
    """The run or the reading. What was said or decided of it stands in rows of its own, each written once."""
    body = entry.body
    if entry.kind in _RUNS:
        return [("run", body["run"])]
    if entry.kind in _ONE:
        return [("reading", body["reading"])]
    return []


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put what was measured, and what was said of it, into its rows."""
    body = entry.body
    match entry.kind:
        case "run.imported":
            return {("run", body["run"]): _run(entry)}
        case "run.held" | "run.released":
            return {("run", body["run"]): _run_state(entry, rows)}
        case "reading.recorded":
            return {("reading", body["reading"]): _reading(entry)}
        case "reading.claimed":
            return {("reading", body["reading"]): _claimed(entry, rows)}
        case "reading.taken_back":
            return _taken_back(entry, rows)
        case "reading.weighed":
            return {("run", body["run"]): _weighing(entry), ("reading", body["reading"]): _weight(entry)}
        case "reading.judged":
            return _judged(entry)
        case "reading.chosen":
            name = f"{_subject(entry)}//{body['analyte']}"
            row = new_row("reading_choice", name, analyte=body["analyte"])
            return {("reading_choice", name): row | _decided(entry)}
    name = f"{_subject(entry)}//{body['rule']}/{body['version']}"
    row = new_row("concession", name, rule=body["rule"], version=body["version"])
    return {("concession", name): row | _decided(entry)}


def _decided(entry: Entry) -> Row:
    body = entry.body
    said = {"item": _subject(entry), "reading": body["reading"], "reason_private": body["reason"]}
    return said | {"at": entry.occurred_at, "operator": entry.operator}


def _run(entry: Entry) -> Row:
    body = entry.body
    row = new_row("run", body["run"], state="taken", at=entry.occurred_at, operator=entry.operator)
    same = ("number", "sha256", "instrument", "dialect", "model", "serial", "software", "run_id", "assay", "positions")
    row |= {name: body[name] for name in (*same, "bench")}
    row |= {name: _as_text(body[name]) for name in ("taken", "unread", "findings")}
    named = {"file_private": "file", "measured_by_private": "measured_by", "details_private": "details"}
    return row | {column: body[name] for column, name in named.items()} | {"complete": int(body["complete"])}


def _weighing(entry: Entry) -> Row:
    """A weight is a run of its own: it came with no file."""
    body = entry.body
    row = new_row("run", body["run"], state="taken", at=entry.occurred_at, operator=entry.operator)
    row |= {name: body[name] for name in ("instrument", "serial", "bench")}
    return row | {"dialect": body["protocol"], "number": 1, "positions": 1, "complete": 1, "sha256": ""}


def _weight(entry: Entry) -> Row:
    body = entry.body
    row = new_row("reading", body["reading"], corrected=0, at=entry.occurred_at, operator=entry.operator)
    row |= {"run": body["run"], "bench": body["bench"], "line": 1, "role": "sample"}
    return row | {"quantities": _as_text(body["quantities"])} | _of(entry)


def _run_state(entry: Entry, rows: Rows) -> Row:
    body = entry.body
    known = rows.get(("run", body["run"])) or new_row("run", body["run"], state="held", complete=0)
    if entry.kind == "run.held":
        # Whoever holds a run by hand says nothing of its controls: what failed before is still so.
        failed = _as_text(body["failed"]) if body["failed"] else known["failed"]
        return changed(known, state="held", failed=failed, reason_private=body["reason"])
    return changed(known, state="released", reason_private=body["reason"])


def _reading(entry: Entry) -> Row:
    body = entry.body
    row = new_row("reading", body["reading"], corrected=0, at=entry.occurred_at, operator=entry.operator)
    row |= {name: body[name] for name in ("run", "line", "plate", "well", "role", "assay", "bench")}
    row |= {"sample_private": body["sample"], "flags_private": body["flags"]}
    row |= {name: _as_text(body[name]) for name in ("taken", "quantities")}
    if body["item"] is None:
        return row | {"state": "waiting" if body["role"] == "sample" else "beside"}
    return row | _of(entry)


def _taken_back(entry: Entry, rows: Rows) -> Changes:
    body = entry.body
    reading, count = body["reading"], body["corrected"]
    known = rows.get(("reading", reading)) or new_row("reading", reading, role="sample")
    waits = changed(known, item_sort=None, item=None, code=None, how=None, state="waiting", corrected=count)
    name = f"{_subject(entry)}//{reading}/{count}"
    kept = new_row("taken_back", name, corrected=count) | _decided(entry)
    return {("reading", reading): waits, ("taken_back", name): kept}


def _claimed(entry: Entry, rows: Rows) -> Row:
    name = entry.body["reading"]
    known = rows.get(("reading", name)) or new_row("reading", name, role="sample")
    return changed(known, **_of(entry))


def _of(entry: Entry) -> Row:
    item = entry.body["item"]
    of = {"item_sort": item["sort"], "item": _subject(entry), "code": item["code"]}
    return of | {"how": entry.body["how"], "state": "matched"}


def _judged(entry: Entry) -> Changes:
    body, found = entry.body, dict[RowKey, Row | None]()
    for place, one in enumerate(body["judgements"], start=1):
        # A later version of a rule has rows of its own: what was said by an earlier one stands.
        name = f"{body['reading']}/{body['corrected']}/{body['sha256'][:16]}/{place}"
        row = new_row("judgement", name, reading=body["reading"], at=entry.occurred_at, operator=entry.operator)
        # What was said while the reading was thought to be of another tube rests on that.
        row["corrected"] = body["corrected"]
        row |= {"rules": body["set"], "rules_version": body["version"], "sha256": body["sha256"]}
        found["judgement", name] = row | one
    return found


GROUP = Group(_RUNS | _ONE | {"reading.weighed", "reading.judged", "reading.chosen", "reading.conceded"}, reads, fold)
