"""FluidX tubes: what went into each, where it stands, and what became of it."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, changed, new_row, table

table(
    "fluidx_tube",
    "tube",
    "code source_sort source specimen volume volume_unit volume_raw volume_how state reason route why_private "
    "rack well at operator bench",
    "code",
    "specimen",
    "rack",
)
FILLED = "holding_rack.filled"
_KINDS = frozenset(
    {
        "tube.bound",
        "tube.bind_released",
        "tube.moved",
        "tube.volume_stated",
        "material.discarded",
        "rack.settled",
        FILLED,
    }
)

# A bench that did not know yet may say where such a tube stands: it stands nowhere.
_GONE = frozenset({"discarded", "released"})


def reads(entry: Entry) -> list[RowKey]:
    """The tubes that the entry is about."""
    if entry.kind == "rack.settled":
        return [("fluidx_tube", one["tube"]) for one in entry.body["wells"] if one["tube"]]
    if entry.kind == FILLED:
        return [("fluidx_tube", one["tube"]) for one in entry.body["wells"]]
    if entry.kind == "material.discarded":
        return [("fluidx_tube", entry.body["item"])] if entry.body["sort"] == "tube" else []
    return [("fluidx_tube", entry.body["tube"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put what happened to a tube into its row."""
    if entry.kind == "rack.settled":
        return _settled(entry, rows)
    if entry.kind == FILLED:
        return _filled(entry, rows)
    found = reads(entry)
    if not found:
        return {}
    body, (key,) = entry.body, found
    if entry.kind == "tube.bound":
        return {key: _bound(entry)}
    known = rows.get(key) or new_row("fluidx_tube", key[1], state="unknown")
    match entry.kind:
        case "tube.bind_released":
            return {key: changed(known, state="released", why_private=body["reason"], rack=None, well=None)}
        case "tube.moved":
            return {key: changed(known, rack=body["rack"], well=body["well"])}
        case "tube.volume_stated":
            return {key: changed(known, **_volume(body["volume"]))}
    gone: Row = {"state": "discarded", "reason": body["reason"], "route": body["route"], "rack": None, "well": None}
    return {key: changed(known, **gone)}


def _bound(entry: Entry) -> Row:
    body = entry.body
    row = new_row("fluidx_tube", body["tube"], state="bound", at=entry.occurred_at, operator=entry.operator)
    source: Row = {"source_sort": body["source"]["sort"], "source": body["source"]["id"]}
    return row | source | {name: body[name] for name in ("code", "specimen", "bench")} | _volume(body["volume"])


def _volume(said: dict[str, str] | None) -> Row:
    if said is None:
        return {}
    named = {"volume": "value", "volume_unit": "unit", "volume_raw": "raw", "volume_how": "how"}
    return {column: said[name] for column, name in named.items()}


def _settled(entry: Entry, rows: Rows) -> Changes:
    """Each tube stands where it was read. One that stands nowhere else was left out: it keeps no place it has not."""
    found: dict[RowKey, Row] = {}
    for one in entry.body["wells"]:
        if not one["tube"]:
            continue
        key = ("fluidx_tube", one["tube"])
        known = found.get(key) or rows.get(key) or new_row("fluidx_tube", key[1], state="unknown")
        if known["state"] in _GONE:
            continue
        found[key] = changed(known, rack=entry.body["rack"] if one["well"] else None, well=one["well"])
    return dict(found)


def _filled(entry: Entry, rows: Rows) -> Changes:
    """Each tube stands in the well of the holding rack that was planned for it."""
    found: Changes = {}
    for one in entry.body["wells"]:
        key = ("fluidx_tube", one["tube"])
        known = rows.get(key) or new_row("fluidx_tube", key[1], state="unknown")
        if known["state"] not in _GONE:
            found[key] = changed(known, rack=entry.body["rack"], well=one["well"])
    return found


GROUP = Group(_KINDS, reads, fold)
