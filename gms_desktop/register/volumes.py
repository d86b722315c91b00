"""Volumes: each statement of how much a container holds, and each taking from it, in a row of its own.

What is left is worked out when somebody asks, so that it does not hang on the order in which entries were learnt of.
"""

from __future__ import annotations

from typing import Any

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, new_row, table

# A row's id is the subject it is about, then the entry that said so.
table(
    "volume_stated", "any", "item value unit how reason_private at operator entry", "item", ("how", "how = 'emptied'")
)
table("volume_taken", "any", "item value unit target job at operator entry", "item")

_STATED = frozenset({"tube.volume_stated", "eluate.made", "eluate.measured"})
_BOUND, _TAKEN, _EMPTIED = "tube.bound", "volume.taken", "container.emptied"
_EMPTY = {"value": "0", "unit": "µl", "how": "emptied"}


def reads(_entry: Entry) -> list[RowKey]:
    """Nothing: each row is written once."""
    return []


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Put what was stated or taken into a row of its own."""
    body = entry.body
    if entry.kind == _TAKEN:
        return _taken(entry, _item(body), body["volume"], body["target"], body["job"])
    if entry.kind == _EMPTIED:
        return _stated(entry, _item(body), _EMPTY, body["reason"])
    sort = "tube" if entry.kind in {_BOUND, "tube.volume_stated"} else "eluate"
    item = f"{sort}:{body[sort]}"
    if not body["volume"]:
        return {}
    made = _stated(entry, item, body["volume"], None)
    if entry.kind == _BOUND:
        source = f"{body['source']['sort']}:{body['source']['id']}"
        return made | _taken(entry, source, body["volume"], item, "bind")
    return made


def _item(body: dict[str, Any]) -> str:
    return f"{body['item']['sort']}:{body['item']['id']}"


def _said(entry: Entry, item: str, volume: dict[str, str]) -> Row:
    said: Row = {"item": item, "value": volume["value"], "unit": volume["unit"]}
    return said | {"at": entry.occurred_at, "operator": entry.operator, "entry": entry.id}


def _stated(entry: Entry, item: str, volume: dict[str, str], reason: str | None) -> Changes:
    name = f"{item}//{entry.id}"
    row = new_row("volume_stated", name, how=volume["how"], reason_private=reason)
    return {("volume_stated", name): row | _said(entry, item, volume)}


def _taken(entry: Entry, item: str, volume: dict[str, str], target: str | None, job: str) -> Changes:
    name = f"{item}//{entry.id}"
    return {("volume_taken", name): new_row("volume_taken", name, target=target, job=job) | _said(entry, item, volume)}


GROUP = Group(_STATED | {_BOUND, _TAKEN, _EMPTIED}, reads, fold)
