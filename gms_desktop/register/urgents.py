"""Urgent specimens from their arrival until the next step has taken them up, and requests raised to urgent later."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, changed, new_row, table

table("urgent", "specimen", "state since told_private told_how told_by told_at step taken_by taken_at", "state,since")

URGENT = "urgent"
RECEIVED, RAISED = "specimen.received", "request.priority_raised"
TOLD, ACKNOWLEDGED = "urgent.told", "urgent.acknowledged"


def reads(entry: Entry) -> list[RowKey]:
    """What is urgent; a plain arrival is looked at no further."""
    body = entry.body
    if entry.kind == RECEIVED:
        return [("urgent", body["specimen"])] if body["priority"] == URGENT else []
    if entry.kind == RAISED:
        rows = [(name, one) for one in body["specimens"] for name in ("specimen", "urgent")]
        return [("request", body["request"]), *rows]
    return [("urgent", body["specimen"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """An urgent specimen is here, somebody was told, the next step has it, or a request was raised."""
    body = entry.body
    if entry.kind == RECEIVED:
        return {key: _here(key[1], entry.occurred_at) for key in reads(entry)}
    if entry.kind == RAISED:
        return _raised(entry, rows)
    key = ("urgent", body["specimen"])
    known = rows.get(key) or _here(key[1], entry.occurred_at)
    if entry.kind == TOLD:
        state = known["state"] if known["state"] == "taken up" else "told"
        told = {"told_private": body["whom"], "told_how": body["how"], "told_by": entry.operator}
        return {key: changed(known, state=state, told_at=entry.occurred_at, **told)}
    taken = {"step": body["step"], "taken_by": entry.operator, "taken_at": entry.occurred_at}
    return {key: changed(known, state="taken up", **taken)}


def _here(specimen: str, at: str) -> Row:
    return new_row("urgent", specimen, state="nobody told", since=at)


def _raised(entry: Entry, rows: Rows) -> Changes:
    body, changes = entry.body, Changes()
    wanted = [("request", body["request"]), *(("specimen", one) for one in body["specimens"])]
    for key in wanted:
        known = rows.get(key)
        if known is not None:
            changes[key] = changed(known, priority=body["priority"])
    for one in body["specimens"]:
        if body["priority"] == URGENT and rows.get(("urgent", one)) is None:
            changes["urgent", one] = _here(one, entry.occurred_at)
    return changes


GROUP = Group(frozenset({RECEIVED, RAISED, TOLD, ACKNOWLEDGED}), reads, fold)
