"""What each person was found able to do, from when, until when, and by whom."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

table("competence", "operator", "operator job since until evidence_private by state reason_private at", "state,until")

GRANTED, WITHDRAWN = "competence.granted", "competence.withdrawn"


def reads(entry: Entry) -> list[RowKey]:
    """The one row that says whether a person may do a job."""
    return [("competence", f"{entry.body['operator']}/{entry.body['job']}")]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Date a competence anew, or withdraw it."""
    body, (key,) = entry.body, reads(entry)
    if entry.kind == GRANTED:
        row = new_row("competence", key[1], operator=body["operator"], job=body["job"], state="held")
        said = {"since": body["since"], "until": body["until"], "evidence_private": body["evidence"], "by": body["by"]}
        return {key: row | said | {"at": entry.occurred_at}}
    known = rows.get(key) or new_row("competence", key[1], operator=body["operator"], job=body["job"])
    return {key: changed(known, state="withdrawn", reason_private=body["reason"], by=body["by"], at=entry.occurred_at)}


GROUP = Group(frozenset({GRANTED, WITHDRAWN}), reads, fold)
