"""The editions of the Test Directory that were taken in, which is in force, their indications and their tests."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table(
    "directory",
    "directory",
    "source title version published draft# file_private sha256 size# indications# tests# unparsed# by action at",
)
table("directory_unread", "directory", "directory sheet row# why")
table("indication", "directory", "directory code name")
table("directory_test", "directory", "directory code indication name target method scope category specialty")
table("directory_in_force", "directory_source", "source directory at")

TAKEN_IN, INDICATION = "directory.taken_in", "directory.indication"
_SAME = ("source", "title", "version", "published", "draft", "sha256", "size", "indications", "tests", "unparsed", "by")
_TEST = ("code", "name", "target", "method", "scope", "category", "specialty")


def reads(_entry: Entry) -> list[RowKey]:
    """None: every row is stated whole."""
    return []


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Put an edition, or one indication of it with its tests, into the tables."""
    return _taken_in(entry) if entry.kind == TAKEN_IN else _indication(entry)


def _taken_in(entry: Entry) -> Changes:
    body, at, directory = entry.body, entry.occurred_at, entry.body["directory"]
    row = new_row("directory", directory, file_private=body["file"], action=entry.action, at=at)
    changes: Changes = {
        ("directory", directory): row | {name: body[name] for name in _SAME},
        ("directory_in_force", body["source"]): new_row(
            "directory_in_force", body["source"], source=body["source"], directory=directory, at=at
        ),
    }
    for place, said in enumerate(body["unread"], start=1):
        row_id = f"{directory}/{place:04}"
        changes["directory_unread", row_id] = new_row(
            "directory_unread", row_id, directory=directory, sheet=said["sheet"], row=said["row"], why=said["why"]
        )
    return changes


def _indication(entry: Entry) -> Changes:
    body, directory = entry.body, entry.body["directory"]
    row_id = f"{directory}/{body['code']}"
    row = new_row("indication", row_id, directory=directory, code=body["code"], name=body["name"])
    changes: Changes = {("indication", row_id): row}
    for test in body["tests"]:
        test_id = f"{row_id}/{test['code']}"
        row = new_row("directory_test", test_id, directory=directory, indication=body["code"])
        changes["directory_test", test_id] = row | {name: test[name] for name in _TEST}
    return changes


GROUP = Group(frozenset({TAKEN_IN, INDICATION}), reads, fold)
