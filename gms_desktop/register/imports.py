"""Files of expected requests that were taken in, and the rows of them that wait to be put right."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table(
    "import_act",
    "import",
    "file_private sha256 size# layout landed# waiting# already# action operator at",
    "at",
    ("layout,at", "layout = 'Signed consignment'"),
)
table("fix_it", "import", "import row# field value_private reason detail", "import")

# What came with a signed consignment, and what we answered to it, is asked of its entries.
_SAID_OF_IT = frozenset({"consignment.answer_corrected", "consignment.arrival_logged"})


def reads(entry: Entry) -> list[RowKey]:
    """The import; a row that waits is a row of its own."""
    return [("import_act", entry.body["import"])] if entry.kind == "import.taken_in" else []


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Put an import, or one row of it that waits, into the tables."""
    body, act = entry.body, entry.body["import"]
    if entry.kind == "import.taken_in":
        same = ("sha256", "size", "layout", "landed", "waiting", "already")
        row = new_row("import_act", act, file_private=body["file"], at=entry.occurred_at, operator=entry.operator)
        return {("import_act", act): row | {name: body[name] for name in same} | {"action": entry.action}}
    if entry.kind in _SAID_OF_IT:
        return {}
    row_id = f"{act}/{entry.id}"
    row = new_row("fix_it", row_id, row=body["row"], field=body["column"], value_private=body["value"])
    return {("fix_it", row_id): row | {"import": act, "reason": body["reason"], "detail": body["detail"]}}


GROUP = Group(frozenset({"import.taken_in", "import.row_waits", *_SAID_OF_IT}), reads, fold)
