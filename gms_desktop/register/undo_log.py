"""Former values of what an entry changed, so that it can be undone at the bench, and later rebased under the hub."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import msgspec

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.register.rows import Row

KEYS = "key_holder"

# An act of 960 entries must stay undoable; older former values are of no use to a bench without a hub.
DEPTH = 20_000


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
    return _encode([(one.name, one.row_id, one.before, one.after) for one in formers]).decode()


def recall(db: Database, n: int) -> list[Former]:
    """The former values of one entry's changes."""
    text = store.formers_of(db, n)
    return [Former(*values) for values in json.loads(text)] if text else []


def newest_first(db: Database, ns: Sequence[int]) -> list[Former]:
    """The former values of several entries, newest change first: put back in this order, all is as it was before.

    Args:
        db: the database.
        ns: the entries, oldest first.
    """
    return [former for n in reversed(ns) for former in reversed(recall(db, n))]


def forget_before(db: Database, n: int, most: int | None = None) -> None:
    """Empty what is older than the open batch: a bench without a hub has nothing to rebase.

    Args:
        db: the database, inside a transaction.
        n: the oldest entry that keeps its former values.
        most: how many entries before it still have any; None: maybe all of them.
    """
    store.forget_formers(db, 0 if most is None else n - most, n)


_encode = msgspec.json.Encoder().encode
