"""Specimens as they were found, steps done in time, separations, and the aliquots that came of them."""

from __future__ import annotations

import json

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, changed, new_row, table

table(
    "examination",
    "specimen",
    "condition volume volume_unit volume_raw volume_how volume_at type_found type_expected cytology cells papers "
    "history at operator bench",
)
table("specimen_step", "specimen", "specimen step at operator bench")
table("separation", "separation", "specimen programme spins began ended at operator bench", "specimen")
table(
    "aliquot",
    "aliquot",
    "accession specimen separation material volume volume_unit volume_raw volume_how haemolysis at operator bench",
    "specimen",
)

# Sorted: a body read back from its bytes has its keys in another order than the one it was written with.
_as_text = json.JSONEncoder(sort_keys=True).encode


def reads(entry: Entry) -> list[RowKey]:
    """What is known of the specimen so far: each examination adds what it looked at."""
    return [("examination", entry.body["specimen"])] if entry.kind == "specimen.examined" else []


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put what was seen, done or poured into the tables."""
    match entry.kind:
        case "specimen.examined":
            return _examined(entry, rows)
        case "specimen.step_done":
            return _step_done(entry)
        case "separation.spun":
            return _spun(entry)
    return _aliquot(entry)


def _by(entry: Entry) -> Row:
    return {"at": entry.occurred_at, "operator": entry.operator, "bench": entry.body["bench"]}


def _volume(said: dict[str, str] | None) -> Row:
    if said is None:
        return {}
    return {
        "volume": said["value"],
        "volume_unit": said["unit"],
        "volume_raw": said["raw"],
        "volume_how": said["how"],
    }


def _examined(entry: Entry, rows: Rows) -> Changes:
    body = entry.body
    key = ("examination", body["specimen"])
    seen: Row = _by(entry) | _volume(body["volume"])
    seen |= {"volume_at": entry.occurred_at} if body["volume"] else {}
    seen |= {name: body[name] for name in ("type_found", "type_expected") if body[name] is not None}
    # Whatever was not looked at this time stays as it was seen before.
    lists = ("condition", "cytology", "cells", "papers", "history")
    seen |= {name: _as_text(body[name]) for name in lists if body[name] is not None}
    return {key: changed(rows.get(key) or new_row("examination", key[1]), **seen)}


def _step_done(entry: Entry) -> Changes:
    specimen, step = entry.body["specimen"], entry.body["step"]
    row_id = f"{specimen}/{step}"
    row = new_row("specimen_step", row_id, specimen=specimen, step=step) | _by(entry)
    return {("specimen_step", row_id): row}


def _spun(entry: Entry) -> Changes:
    body, name = entry.body, entry.body["separation"]
    row = new_row("separation", name, spins=_as_text(body["spins"])) | _by(entry)
    return {
        ("separation", name): row | {part: body[part] for part in ("specimen", "programme", "began", "ended")},
    }


def _aliquot(entry: Entry) -> Changes:
    body, name = entry.body, entry.body["aliquot"]
    same = ("accession", "specimen", "separation", "material", "haemolysis")
    row = new_row("aliquot", name) | {part: body[part] for part in same} | _by(entry) | _volume(body["volume"])
    return {("aliquot", name): row}


GROUP = Group(
    frozenset({"specimen.examined", "specimen.step_done", "separation.spun", "aliquot.made"}),
    reads,
    fold,
)
