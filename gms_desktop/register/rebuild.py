"""Throws the register away and folds it again from the journal. Nothing of it is ever only in the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.store import Stored
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import undo_log, versions
from gms_desktop.register.driver import Arrived, Driver

LOT = 1000


def rebuild(db: Database, progress: Callable[[int], None] = lambda _done: None) -> dict[str, str]:
    """Fold every entry into fresh tables, in one transaction.

    Args:
        db: the database.
        progress: told how many entries are folded.

    Returns:
        The digest of each table.
    """
    with db.write():
        versions.drop_register(db)
        versions.make_register(db)
        driver = Driver(db)
        remember_after = store.last_n(db) - undo_log.DEPTH
        for lot in store.since(db, 0, LOT):
            fold_again(driver, lot, remember=lot[-1].n > remember_after)
            progress(lot[-1].n)
        store.put_meta(db, "register_version", versions.register_version())
    return driver.digests.as_text()


def fold_again(driver: Driver, lot: Iterable[Stored], *, remember: bool = False) -> None:
    """Fold stored entries with the verdict each was given; what may still be undone needs its former values."""
    driver.fold([Arrived(one.n, one.entry, Judgement(one.verdict)) for one in lot], remember=remember)
