"""Files that were exported: no row of the register, since their entries are found by the month they were saved in."""

from __future__ import annotations

from collections.abc import Iterable

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.journal.kinds_of_exports import REMOVED, SAVED
from gms_desktop.register.rows import Changes, Group, RowKey, Rows


def reads(_entry: Entry) -> list[RowKey]:
    """Nothing."""
    return []


def fold(_entry: Entry, _rows: Rows) -> Changes:
    """No row changes."""
    return {}


def of_months(db: Database, months: Iterable[str]) -> list[store.Stored]:
    """What was saved and removed of files saved in these months, such as ``2026-11``, in the order of this store."""
    found = {one.n: one for month in months for one in store.of_subject(db, f"exports:{month}")}
    return [found[n] for n in sorted(found)]


GROUP = Group(frozenset({SAVED, REMOVED}), reads, fold)
