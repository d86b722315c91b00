"""Whether each request may go on: what is present, absent or not needed of what must come with it."""

from __future__ import annotations

import json

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table("assessment", "assessment", "request items proceeds comment_private by at", ("at", "proceeds = 'no'"))

ASSESSED = "request.assessed"


def reads(entry: Entry) -> list[RowKey]:
    """Nothing of it is needed: what was said last replaces what was said before."""
    return [("assessment", entry.body["request"])]


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Keep what was said last."""
    (key,), body = reads(entry), entry.body
    items = json.dumps(body["items"])
    row = new_row("assessment", key[1], request=key[1], items=items, proceeds=body["proceeds"], by=entry.operator)
    return {key: row | {"comment_private": body["comment"], "at": entry.occurred_at}}


GROUP = Group(frozenset({ASSESSED}), reads, fold)
