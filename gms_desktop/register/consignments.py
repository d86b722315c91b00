"""Consignments, and each thing in one: when it was packed, what became of it, what the receiver said."""

from __future__ import annotations

from collections.abc import Callable

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, changed, new_row, table

table(
    "consignment",
    "consignment",
    "number destination name version sha256 priority state follows at operator bench items# closed_at closed_by "
    "hub_agreed_at manifest courier reference handed_at handed_by signed_private expected return_by arrived_at "
    "how_private words_private chased_at chased temperature temperature_private outside# reconciled_at ended_at "
    "corrected# correction_private",
    "follows",
    ("at", "state <> 'ended'"),
    ("return_by", "return_by IS NOT NULL AND state <> 'ended'"),
)
# A row's id is the consignment, then the thing: one row, however often it was taken out and packed again.
table(
    "consignment_item",
    "consignment",
    "consignment sort item number container concessions state at operator follows told told_private out_at "
    "recall_receiver recall_private recall_at recall_noted_at",
    "consignment,state,at",
    "item",
)
_THINGS = {
    "consignment.item_packed": "packed",
    "consignment.item_unpacked": "taken out",
    "consignment.item_returned": "",
    "consignment.recall_told": "",
}
_TOLD = frozenset({"consignment.arrived", "consignment.arrival_corrected"})
_CORRECTIONS = frozenset({"consignment.arrival_corrected", "consignment.step_undone"})
_BEFORE = {"reconciled": "arrived", "ended": "reconciled"}
_KINDS = frozenset(
    {
        *_THINGS,
        "consignment.opened",
        "consignment.closed",
        "consignment.reopened",
        "consignment.handed_over",
        "consignment.arrived",
        "consignment.arrival_corrected",
        "consignment.step_undone",
        "consignment.reconciled",
        "consignment.ended",
        "consignment.chased",
        "consignment.temperature_logged",
        "consignment.sent_apart",
    }
)


def _row_id(consignment: str, item: str) -> RowKey:
    return "consignment_item", f"{consignment}/{item}"


def reads(entry: Entry) -> list[RowKey]:
    """The consignment, or the things of it that the entry is about."""
    body = entry.body
    if entry.kind in _THINGS:
        return [_row_id(body["consignment"], body["item"])]
    keys: list[RowKey] = [("consignment", body["consignment"])]
    if entry.kind in _TOLD:
        keys += [_row_id(body["consignment"], item) for _, item, _ in body["items"]]
    return keys


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put what happened to a consignment, or to a thing in it, into its row."""
    body = entry.body
    if entry.kind in _THINGS:
        key = _row_id(body["consignment"], body["item"])
        known = rows.get(key) or new_row(*key, consignment=body["consignment"], sort=body["sort"], item=body["item"])
        return {key: changed(known, **_of_thing(entry))}
    key = ("consignment", body["consignment"])
    if entry.kind == "consignment.opened":
        return {key: _opened(entry)}
    known = rows.get(key) or new_row("consignment", key[1], state="unknown")
    change = _CHANGES[entry.kind](entry)
    if entry.kind in _CORRECTIONS:
        change |= {"corrected": (known["corrected"] or 0) + 1, "correction_private": body["reason"]}
    changes: Changes = {key: changed(known, **change)}
    if entry.kind in _TOLD:
        for sort, item, told in body["items"]:
            place = _row_id(key[1], item)
            row = rows.get(place) or new_row(*place, consignment=key[1], sort=sort, item=item, state="packed")
            changes[place] = changed(row, told=told, told_private=body["words"])
    return changes


def _opened(entry: Entry) -> Row:
    body = entry.body
    row = new_row("consignment", body["consignment"], state="open", at=entry.occurred_at, operator=entry.operator)
    same = ("number", "destination", "name", "priority", "follows", "bench")
    profile: Row = {"version": body["profile_version"], "sha256": body["profile_sha256"]}
    return row | profile | {name: body[name] for name in same}


def _of_thing(entry: Entry) -> Row:
    body, at = entry.body, entry.occurred_at
    match entry.kind:
        case "consignment.item_packed":
            same = {name: body[name] for name in ("number", "container", "follows")}
            conceded = "; ".join(body["concessions"]) or None
            return same | {"concessions": conceded, "state": "packed", "at": at, "operator": entry.operator}
        case "consignment.recall_told":
            told: Row = {"recall_receiver": body["receiver"], "recall_private": body["who"], "recall_at": body["at"]}
            return told | {"recall_noted_at": at}
        case "consignment.item_unpacked":
            return {"state": "taken out", "out_at": at}
    return {"state": body["how"], "out_at": at}


def _closed(entry: Entry) -> Row:
    body = entry.body
    said = {"items": body["items"], "manifest": body["manifest"], "hub_agreed_at": body["hub_agreed_at"]}
    return said | {"state": "packed", "closed_at": entry.occurred_at, "closed_by": entry.operator}


def _handed_over(entry: Entry) -> Row:
    body = entry.body
    same = {name: body[name] for name in ("courier", "reference", "expected", "return_by")}
    who: Row = {"handed_at": body["at"], "handed_by": entry.operator, "signed_private": body["signed_by"]}
    return same | who | {"state": "handed over"}


def _arrived(entry: Entry) -> Row:
    body = entry.body
    said: Row = {"arrived_at": body["at"], "how_private": body["how"], "words_private": body["words"]}
    return said | {"state": "arrived" if body["at"] else "handed over"}


def _undone(step: str) -> Row:
    """What stands again; a step that this version does not know leaves the row as it is."""
    return {"state": _BEFORE[step], f"{step}_at": None} if step in _BEFORE else {}


_CHANGES: dict[str, Callable[[Entry], Row]] = {
    "consignment.closed": _closed,
    "consignment.reopened": lambda _entry: {"state": "open", "closed_at": None, "closed_by": None, "manifest": None},
    "consignment.handed_over": _handed_over,
    "consignment.arrived": _arrived,
    "consignment.arrival_corrected": lambda entry: _arrived(entry) | {"reconciled_at": None},
    # What it was reconciled or ended at is known of the entry that is named; the row says how it stands.
    "consignment.step_undone": lambda entry: _undone(entry.body["step"]),
    "consignment.reconciled": lambda entry: {"state": "reconciled", "reconciled_at": entry.occurred_at},
    "consignment.ended": lambda entry: {"state": "ended", "ended_at": entry.occurred_at},
    "consignment.chased": lambda entry: {"chased_at": entry.occurred_at, "chased": entry.body["what"]},
    "consignment.sent_apart": lambda _entry: {},
    "consignment.temperature_logged": lambda entry: {
        "temperature": entry.body["sha256"],
        "temperature_private": entry.body["file"],
        "outside": entry.body["many_outside"],
    },
}
GROUP = Group(_KINDS, reads, fold)
