"""Carries a long piece of work out on the recorder's thread, in short transactions between which scans go first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from gms_desktop.journal import store
from gms_desktop.recorder import Recorder
from gms_desktop.register import undo_log
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import folding_beside, replica
from gms_desktop.sync.folding_beside import LOT, SLICE_SECONDS, FoldingBeside, Wanted
from gms_desktop.sync.messages import Standing
from gms_desktop.sync.room_beside import Free, Progress, check
from gms_desktop.sync.unplaced import Unplaced

T = TypeVar("T")
# The rest of the machine comes to its turn between two steps.
_REST_SECONDS = 0.005


class Stopped(Exception):
    """The application ends: what is done so far is kept, and gone on with at the next start."""


class Steps(Protocol):
    """Work in steps: each in a transaction of its own."""

    def step(self, ledger: Ledger) -> bool:
        """Do the next short piece of work; whether there is more."""
        ...


class Folds(Steps, Protocol):
    """Work in steps that folds a register beside the one at work."""

    def progress(self, ledger: Ledger) -> Progress | None:
        """How far the fold has come; None: there is nothing to fold."""
        ...


def carry_out(
    recorder: Recorder,
    work: Folds,
    finish: Callable[[Ledger], T],
    stop: threading.Event,
    free: Free | None = None,
    told: Callable[[Progress], None] = lambda _progress: None,
) -> T:
    """Do all the steps and then what ends the work, each in a transaction of its own.

    Args:
        recorder: the bench's.
        work: what is done.
        finish: puts it in place.
        stop: set when the application ends.
        free: how many bytes are free on the disk of a folder; None: the system is asked.
        told: is told after each step how far it has come, on the caller's thread.

    Raises:
        Stopped: when ``stop`` was set before the end.
        NoRoom: when the rest of it would leave scans too little room on the disk; what is done so far is kept.
    """

    def step(ledger: Ledger) -> tuple[bool, Progress | None]:
        if (before := work.progress(ledger)) is not None:
            check(ledger.db, before, free, begun=begun)
        return work.step(ledger), work.progress(ledger)

    more, begun = True, False
    while more:
        more, progress = recorder.write(step, urgent=False).result()
        begun = True
        if progress is not None:
            told(progress)
        if more and stop.wait(_REST_SECONDS):
            raise Stopped("The bench was closed while its register was folded anew. It goes on at the next start.")
    return recorder.write(finish, urgent=False).result()


class Rebuilding:
    """Folds the register anew beside the one at work: it differed from the hub's."""

    def __init__(self, lot: int = LOT, seconds: float = SLICE_SECONDS) -> None:
        """Begin: how many entries are folded at once, and for how long one step takes lot after lot."""
        self._lot, self._seconds = lot, seconds
        self._from: Standing | None = None
        self._folding: FoldingBeside | None = None

    def step(self, ledger: Ledger) -> bool:
        """Fold the next lots, in the caller's transaction; whether there is more before :meth:`finish`."""
        return self._now(ledger).step(ledger.db)

    def progress(self, ledger: Ledger) -> Progress:
        """How far the fold has come."""
        return self._now(ledger).progress(ledger.db)

    def finish(self, ledger: Ledger, unplaced: Unplaced) -> None:
        """Put the register in place, in the caller's transaction; the ledger and what is unplaced are read again."""
        self._now(ledger).put_in_place(ledger.db)
        ledger.reload()
        unplaced.forget()

    def _now(self, ledger: Ledger) -> FoldingBeside:
        """The fold to where the replica stands: since a step before it may have come further, or have a writer more."""
        db, scope = ledger.db, ledger.head.scope
        standing = replica.standing(db, scope)
        if self._folding is None or standing != self._from or not self._folding.knows(replica.own_writers(db)):
            self._from = standing
            self._folding = FoldingBeside(folding_beside.wanted_now(db, scope), self._lot, self._seconds)
        return self._folding


class Remembering:
    """Works out the former values of a bench that has long worked without a hub: all of it may be overtaken now.

    Its register stays as it is; the fold beside it is only there to say what each entry changed. What a bench without a
    hub forgets is forgotten no more as soon as this has begun.
    """

    def __init__(self, lot: int = LOT, seconds: float = SLICE_SECONDS) -> None:
        """Begin: how many entries are folded at once, and for how long one step takes lot after lot."""
        self._lot, self._seconds = lot, seconds
        self._until = 0
        self._folding: FoldingBeside | None = None

    def step(self, ledger: Ledger) -> bool:
        """Fold the next lots, in the caller's transaction; whether there is more before :meth:`finish`."""
        folding = self._begun(ledger)
        if folding is None:
            return False
        if store.meta(ledger.db, store.JOINING) is None:
            # From now on nothing is forgotten any more.
            store.put_meta(ledger.db, store.JOINING, str(self._until))
        return folding.step(ledger.db)

    def progress(self, ledger: Ledger) -> Progress | None:
        """How far the fold has come; None: the bench follows a hub already, or remembers all that it did."""
        folding = self._begun(ledger)
        return None if folding is None else folding.progress(ledger.db)

    def _begun(self, ledger: Ledger) -> FoldingBeside | None:
        db, scope = ledger.db, ledger.head.scope
        if store.has_hub(db):
            return None
        known = store.meta(db, store.JOINING)
        until = int(known) if known is not None else store.last_n(db) - undo_log.DEPTH
        if until > 0 and (self._folding is None or until != self._until):
            heads = dict.fromkeys(replica.own_writers(db), 0)
            wanted = Wanted(replica.standing(db, scope), heads, until=until)
            self._folding, self._until = FoldingBeside(wanted, self._lot, self._seconds), until
        return self._folding

    def finish(self, ledger: Ledger) -> None:
        """From now on the bench follows a hub."""
        if not store.has_hub(ledger.db):
            replica.put_standing(ledger.db, replica.standing(ledger.db, ledger.head.scope))
            folding_beside.abandon(ledger.db)
