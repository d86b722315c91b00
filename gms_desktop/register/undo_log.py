"""Former values of what an entry changed, so that it can be undone at the bench, and later rebased under the hub."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

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
    Column("n", BigInteger, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    sqlite_with_rowid=False,
)
_add = Statement(insert(undo_log))
_of_entry = Statement(
    select(undo_log.c.name, undo_log.c.row_id, undo_log.c.before, undo_log.c.after)
    .where(undo_log.c.n == bindparam("n"))
    .order_by(undo_log.c.place)
)
_forget = Statement(delete(undo_log).where(undo_log.c.n < bindparam("n")))


@dataclass(frozen=True, slots=True)
class Former:
    """A row (or a key's holder) as it stood before an entry, as text; None when it was not there."""

    name: str
    row_id: str
    before: str | None
    after: str | None = None

    def row(self) -> Row | None:
        """The former row."""
        return None if self.before is None else json.loads(self.before)


def remember(db: Database, n: int, formers: Iterable[Former]) -> None:
    """Write the former values of one entry's changes, in the order they were made."""
    db.run_many(
        _add,
        [
            {"n": n, "place": place, "name": f.name, "row_id": f.row_id, "before": f.before, "after": f.after}
            for place, f in enumerate(formers)
        ],
    )


def recall(db: Database, n: int) -> list[Former]:
    """The former values of one entry's changes."""
    return [Former(*values) for values in db.tuples(_of_entry, {"n": n})]


def forget_before(db: Database, n: int) -> None:
    """Drop what is older than the open batch: a bench without a hub has nothing to rebase."""
    db.run(_forget, {"n": n})
