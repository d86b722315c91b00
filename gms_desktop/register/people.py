"""The laboratory, its benches, the people who work there and their roles."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

table("laboratory", "laboratory", "name ods letter time_zone rehearsal#")
table("incarnation", "writer", "bench short_code cause former at")
table("session", "bench", "session operator how at")
table("operator", "operator", "name_private badge pin# state at", "badge")
table("operator_role", "operator", "operator role granter state at")

_KINDS = {
    "laboratory.set_up",
    "writer.began",
    "session.changed",
    "operator.added",
    "pin.set",
    "badge.changed",
    "role.granted",
    "role.withdrawn",
}


def reads(entry: Entry) -> list[RowKey]:
    """The one row that each of these kinds states or changes."""
    body = entry.body
    match entry.kind:
        case "laboratory.set_up":
            return [("laboratory", body["laboratory"])]
        case "writer.began":
            return [("incarnation", body["writer"])]
        case "session.changed":
            return [("session", body["bench"])]
        case "operator.added" | "pin.set" | "badge.changed":
            return [("operator", body["operator"])]
    return [("operator_role", f"{body['operator']}/{body['role']}")]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put the entry into the tables of laboratory, benches and people."""
    body, at = entry.body, entry.occurred_at
    match entry.kind:
        case "laboratory.set_up":
            names = ("name", "ods", "letter", "time_zone")
            row = new_row("laboratory", body["laboratory"], **{name: body[name] for name in names})
            return {("laboratory", body["laboratory"]): changed(row, rehearsal=int(body["rehearsal"]))}
        case "writer.began":
            row = new_row("incarnation", body["writer"], at=at, bench=body["bench"], short_code=body["short_code"])
            return {("incarnation", body["writer"]): changed(row, cause=body["cause"], former=body["former"])}
        case "session.changed" if body["how"] == "wrong PIN":
            # Nobody came or went: whoever works here is who worked here before.
            return {}
        case "session.changed":
            bench = body["bench"]
            row = new_row("session", bench, session=body["session"], operator=body["operator"], how=body["how"], at=at)
            return {("session", bench): row}
        case "operator.added":
            operator = body["operator"]
            row = new_row("operator", operator, name_private=body["name"], badge=body["badge"], state="active", at=at)
            return {("operator", operator): row}
        case "pin.set":
            key = ("operator", body["operator"])
            known = rows.get(key) or new_row("operator", body["operator"], state="unknown", at=at)
            return {key: changed(known, pin=body["pin"])}
        case "badge.changed":
            key = ("operator", body["operator"])
            known = rows.get(key) or new_row("operator", body["operator"], state="unknown", at=at)
            return {key: changed(known, badge=body["badge"])}
        case "role.granted":
            key = ("operator_role", f"{body['operator']}/{body['role']}")
            row = new_row("operator_role", key[1], operator=body["operator"], role=body["role"], state="held", at=at)
            return {key: changed(row, granter=body["granter"])}
    key = ("operator_role", f"{body['operator']}/{body['role']}")
    known = rows.get(key) or new_row("operator_role", key[1], operator=body["operator"], role=body["role"])
    return {key: changed(known, state="withdrawn", at=at)}


GROUP = Group(frozenset(_KINDS), reads, fold)
