"""Throws the register away and folds it again from the journal. Nothing of it is ever only in the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.store import Stored
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import base as register_base
from gms_desktop.register import touched, undo_log, versions
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
        driver = fold_anew(db, progress)
    return driver.digests.as_text()


def fold_anew(
    db: Database, progress: Callable[[int], None] = lambda _done: None, *, judge_unplaced: bool = False
) -> Driver:
    """Fold every entry into fresh tables, in the caller's transaction, with the verdict that each has.

    The fold begins at the base of the file, when it has one: the register of what its entries may have been pruned of.
    What has no place in a hub's order is judged again where that order has changed beneath it.

    Former values are kept for what may still be undone, and for all that has no place in the hub's order yet.
    """
    touched.follow(db)
    versions.drop_register(db)
    versions.make_register(db)
    base = register_base.put_back(db)
    below = base.position if base else 0
    driver, done = Driver(db), 0
    remember_after, has_hub = store.last_n(db) - undo_log.DEPTH, store.has_hub(db)
    for whole in store.in_fold_order(db, LOT):
        # What the base holds is folded already, also where its entry is still kept.
        lot = [one for one in whole if one.position is None or one.position > below]
        if not lot:
            continue
        unplaced = has_hub and lot[-1].position is None
        if unplaced and judge_unplaced:
            store.put_verdicts(db, judge_again(driver, lot))
        else:
            fold_again(driver, lot, remember=lot[-1].n > remember_after or unplaced)
        done += len(lot)
        progress(done)
    driver.digests.save(store.last_n(db))
    store.put_meta(db, "register_version", versions.register_version())
    return driver


def fold_again(driver: Driver, lot: Iterable[Stored], *, remember: bool = False) -> None:
    """Fold stored entries with the verdict each was given; what may still be undone needs its former values."""
    driver.fold([Arrived(one.n, one.entry, Judgement(one.verdict)) for one in lot], remember=remember)


def judge_again(driver: Driver, lot: Iterable[Stored]) -> dict[int, str]:
    """Judge and fold stored entries on what is so now: the verdict of each, by its place in the store."""
    arrived = [Arrived(one.n, one.entry) for one in lot]
    rulings = driver.fold(arrived)
    return {one.n: ruling.judgement.value for one, ruling in zip(arrived, rulings, strict=True)}
