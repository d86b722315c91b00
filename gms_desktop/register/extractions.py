"""Extraction: batches with their positions and lots, the eluates that came of them, and which specimens wait."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, changed, new_row, table

table(
    "extraction",
    "extraction",
    "number protocol version words yields rows# columns# needs blanks# elution instrument input "
    "state why held to_come# reason_private started_at ended_at at operator bench",
    ("state", "state NOT IN ('ended', 'dropped') OR held = 'held' OR to_come > 0"),
    "bench,at",
)
table(
    "extraction_position",
    "extraction",
    "batch position role code source_sort source specimen repeats state reason again eluate measured measured_unit",
    "specimen",
)
table("extraction_lot", "extraction", "batch lot part at", "lot")
table(
    "eluate",
    "eluate",
    "accession specimen batch position material volume volume_unit volume_how at operator bench",
    "specimen",
    "batch",
)
table("eluate_parent", "eluate", "eluate sort parent", "parent")
# Accepted, and nothing taken from it yet: a row goes once the specimen stands in a batch or its DNA in a tube.
table("extraction_wait", "specimen", "since")

_as_text = json.JSONEncoder(sort_keys=True).encode
_TAKEN_OUT, _DROPPED = "extraction.taken_out", "extraction.dropped"
_WAITS = frozenset({"specimen.decided", "tube.bound", "extraction.placed", "extraction.failed", _TAKEN_OUT})
_OF_THE_BATCH = frozenset(
    {"extraction.started", "extraction.ended", "extraction.blank_measured", "extraction.released"}
)
_MOVED = "extraction.moved"
_POSITIONED = frozenset(
    {"extraction.placed", _MOVED, _TAKEN_OUT, "extraction.failed", "extraction.blank_measured", "eluate.made"}
)


def reads(entry: Entry) -> list[RowKey]:
    """The batch, the position, the eluate, and whether the specimen waits."""
    body, wanted = entry.body, list[RowKey]()
    if (entry.kind in _OF_THE_BATCH | _POSITIONED | {"extraction.begun", _DROPPED}) and body["batch"]:
        wanted.append(("extraction", body["batch"]))
    if entry.kind in _POSITIONED and body["batch"]:
        wanted.append(("extraction_position", f"{body['batch']}/{body['position']}"))
    if entry.kind == _MOVED:
        wanted.append(("extraction_position", f"{body['batch']}/{body['to']}"))
    if entry.kind == "eluate.measured":
        wanted.append(("eluate", body["eluate"]))
    if entry.kind == _DROPPED:
        wanted += [("extraction_wait", one) for one in body["again"]]
    if specimen := _specimen(entry):
        wanted.append(("extraction_wait", specimen))
    return wanted


def _specimen(entry: Entry) -> str | None:
    """The specimen whose waiting the entry may begin or end; a tube filled from something poured ends nothing."""
    if entry.kind not in _WAITS:
        return None
    of_another = entry.kind == "tube.bound" and entry.body["source"]["sort"] != "specimen"
    return None if of_another else entry.body["specimen"]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put what happened to a batch, a position or an eluate into its rows."""
    if entry.kind in _MADE_BY:
        return _MADE_BY[entry.kind](entry, rows)
    body = entry.body
    match entry.kind:
        case "extraction.begun":
            return {("extraction", body["batch"]): _begun(entry)}
        case "extraction.placed":
            key = ("extraction_position", f"{body['batch']}/{body['position']}")
            more = 1 if body["source"] and rows.get(key) is None else 0
            made = {key: _placed(entry, key[1])} | (_lot(entry, "Control") if body["lot"] else {})
            return made | _to_come(entry, rows, more) | _waits(entry, rows, waits=False)
        case "extraction.lot_used":
            return _lot(entry, body["of"])
        case "extraction.failed":
            failed = _of_position(entry, rows, state="failed", reason=body["reason"], again=_yes(body["again"]))
            again = _waits(entry, rows, waits=True) if body["again"] else {}
            return failed | _to_come(entry, rows, _was_to_come(entry, rows)) | again
        case "eluate.made":
            if body["batch"] is None:
                return _eluate(entry)
            out = _of_position(entry, rows, eluate=body["eluate"])
            return _eluate(entry) | out | _to_come(entry, rows, _was_to_come(entry, rows))
        case "eluate.measured":
            key = ("eluate", body["eluate"])
            known = rows.get(key) or new_row("eluate", body["eluate"], material="unknown")
            return {key: changed(known, **_volume(body["volume"]))}
        case "specimen.decided":
            return _waits(entry, rows, waits=body["outcome"].startswith("accepted"))
        case "tube.bound":
            return _waits(entry, rows, waits=False)
    return _of_batch(entry, rows)


def _was_to_come(entry: Entry, rows: Rows) -> int:
    row = rows.get(("extraction_position", f"{entry.body['batch']}/{entry.body['position']}"))
    return -1 if row and row["role"] == "specimen" and row["state"] == "placed" and not row["eluate"] else 0


def _to_come(entry: Entry, rows: Rows, more: int) -> Changes:
    """How many eluates of a batch are still to be scanned out."""
    key = ("extraction", entry.body["batch"])
    known = rows.get(key)
    return {key: changed(known, to_come=known["to_come"] + more)} if known and more else {}


def _yes(said: bool) -> str | None:
    return "yes" if said else None


def _begun(entry: Entry) -> Row:
    body = entry.body
    protocol, given = body["protocol"], body["input"]
    row = new_row("extraction", body["batch"], state="placing", to_come=0)
    row |= {"at": entry.occurred_at, "operator": entry.operator}
    row |= {name: body[name] for name in ("number", "instrument", "bench")}
    row |= {name: protocol[name] for name in ("version", "words", "yields", "rows", "columns", "blanks", "elution")}
    said = {"protocol": protocol["code"], "needs": _as_text(protocol["needs"])}
    return row | said | {"input": f"{given['value']} {given['unit']}" if given else None}


def _placed(entry: Entry, row_id: str) -> Row:
    body, source = entry.body, entry.body["source"] or {"sort": None, "id": None}
    same = ("batch", "position", "role", "code", "specimen", "repeats")
    row = new_row("extraction_position", row_id, state="placed", source_sort=source["sort"], source=source["id"])
    return row | {name: body[name] for name in same}


def _moved(entry: Entry, rows: Rows) -> Changes:
    """What stood in a position stands in another. What was put there meanwhile, elsewhere, is no longer to come."""
    body = entry.body
    left, to = (("extraction_position", f"{body['batch']}/{body[name]}") for name in ("position", "to"))
    blank = new_row("extraction_position", left[1], batch=body["batch"], state="unknown", specimen=body["specimen"])
    known, there = rows.get(left) or blank, rows.get(to)
    stands: Changes = {left: None, to: known | {"id": to[1], "position": body["to"]}}
    return stands | _to_come(entry, rows, -1 if there and there["source"] else 0)


def _taken_out(entry: Entry, rows: Rows) -> Changes:
    """What stood in a position of a batch that has not started is out of it, and its position is free."""
    left = _of_position(entry, rows).popitem()[0]
    again = _waits(entry, rows, waits=True) if entry.body["again"] else {}
    return {left: None, **_to_come(entry, rows, _was_to_come(entry, rows)), **again}


def _dropped(entry: Entry, rows: Rows) -> Changes:
    """Nothing comes out of the batch any more. Its positions stay, to be told what stood in them."""
    key = ("extraction", entry.body["batch"])
    known = rows.get(key) or new_row("extraction", key[1])
    why = entry.body["reason"]["words"]
    free: Changes = {
        ("extraction_wait", one): new_row("extraction_wait", one, since=entry.occurred_at)
        for one in entry.body["again"]
        if rows.get(("extraction_wait", one)) is None
    }
    return {key: changed(known, state="dropped", why=why, to_come=0)} | free


def _lot(entry: Entry, part: str) -> Changes:
    body = entry.body
    row_id = f"{body['batch']}/{body['lot']}"
    row = new_row("extraction_lot", row_id, batch=body["batch"], lot=body["lot"], part=part, at=entry.occurred_at)
    return {("extraction_lot", row_id): row}


def _of_position(entry: Entry, rows: Rows, **values: str | None) -> Changes:
    body = entry.body
    key = ("extraction_position", f"{body['batch']}/{body['position']}")
    blank = new_row("extraction_position", key[1], batch=body["batch"], position=body["position"], state="unknown")
    return {key: changed(rows.get(key) or blank, **values)}


def _of_batch(entry: Entry, rows: Rows) -> Changes:
    body, key = entry.body, ("extraction", entry.body["batch"])
    known = rows.get(key) or new_row("extraction", key[1], state="unknown", held="held", to_come=0)
    match entry.kind:
        case "extraction.started":
            return {key: changed(known, state="running", started_at=entry.occurred_at)}
        case "extraction.ended":
            return {key: changed(known, state="ended", ended_at=entry.occurred_at)}
        case "extraction.released":
            return {key: changed(known, held="released", reason_private=body["reason"])}
    measured = _of_position(entry, rows, measured=body["value"], measured_unit=body["unit"])
    return measured | ({key: changed(known, held="held", reason_private=None)} if body["over"] else {})


def _eluate(entry: Entry) -> Changes:
    body, name = entry.body, entry.body["eluate"]
    row = new_row("eluate", name, at=entry.occurred_at, operator=entry.operator)
    row |= {part: body[part] for part in ("accession", "specimen", "batch", "position", "material", "bench")}
    row |= _volume(body["volume"]) if body["volume"] else {}
    parents: Changes = {
        ("eluate_parent", f"{name}/{place}"): new_row(
            "eluate_parent", f"{name}/{place}", eluate=name, sort=one["sort"], parent=one["id"]
        )
        for place, one in enumerate(body["parents"], start=1)
    }
    return {("eluate", name): row} | parents


def _volume(said: dict[str, str]) -> Row:
    return {"volume": said["value"], "volume_unit": said["unit"], "volume_how": said["how"]}


def _waits(entry: Entry, rows: Rows, *, waits: bool) -> Changes:
    specimen = _specimen(entry)
    if specimen is None or waits is (rows.get(("extraction_wait", specimen)) is not None):
        return {}
    row = new_row("extraction_wait", specimen, since=entry.occurred_at) if waits else None
    return {("extraction_wait", specimen): row}


_MADE_BY: Mapping[str, Callable[[Entry, Rows], Changes]] = {
    _MOVED: _moved,
    _TAKEN_OUT: _taken_out,
    _DROPPED: _dropped,
}
GROUP = Group(
    _WAITS
    | _OF_THE_BATCH
    | {"extraction.begun", _MOVED, _DROPPED, "extraction.lot_used", "eluate.made", "eluate.measured"},
    reads,
    fold,
)
