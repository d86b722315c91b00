"""Former values of what an entry changed, so that it can be undone at the bench, and later rebased under the hub."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text, bindparam, delete, insert, select

from gms_desktop.journal.database import Database, Statement
from gms_desktop.register.rows import Row

KEYS = "key_holder"

# An act of 960 entries must stay undoable; older former values are of no use to a bench without a hub.
DEPTH = 20_000

undo = MetaData()
undo_log = Table(
    "undo_log",
    undo,
    Column("n", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("formers", Text, nullable=False),
)
_add = Statement(insert(undo_log))
_of_entry = Statement(select(undo_log.c.formers).where(undo_log.c.n == bindparam("n")))
_forget = Statement(delete(undo_log).where(undo_log.c.n < bindparam("n")))


@dataclass(frozen=True, slots=True)
class Former:
    """A row (or a key's holder) as it stood before an entry; None when it was not there."""

    name: str
    row_id: str
    before: Row | str | None
    after: str | None = None

    def row(self) -> Row | None:
        """The former row."""
        return cast("Row | None", self.before)


def as_text(formers: Iterable[Former]) -> str:
    """The former values of one entry's changes, in the order they were made."""
    return _encode([(one.name, one.row_id, one.before, one.after) for one in formers])


def remember(db: Database, formers: Mapping[int, str]) -> None:
    """Write former values by the place of their entry, a row an entry."""
    db.run_many(_add, [{"n": n, "formers": text} for n, text in formers.items()])


def recall(db: Database, n: int) -> list[Former]:
    """The former values of one entry's changes."""
    text = db.value(_of_entry, {"n": n})
    return [Former(*values) for values in json.loads(text)] if text else []


def forget_before(db: Database, n: int) -> None:
    """Drop what is older than the open batch: a bench without a hub has nothing to rebase."""
    db.run(_forget, {"n": n})


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
