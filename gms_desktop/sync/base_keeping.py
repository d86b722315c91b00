"""Keeps the base under a bench at work new enough: fetched between pushes, put in place in lots, entries pruned.

Each step is short: one chunk's time on the network, or one lot on the recorder's thread while no scan waits.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from gms_desktop.domain.minting import Clock
from gms_desktop.journal.sqlite_file import DriverError
from gms_desktop.recorder import Recorder
from gms_desktop.register import base as register_base
from gms_desktop.register.base import RegisterBase
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import base_adopting, base_file, folding_beside, pruning
from gms_desktop.sync.transport import Hub, HubUnavailable

ASK_EVERY = 3_600_000
# A base that stands for little more than the present one is not worth its way.
WORTH_IT = 50_000


class _GiveWay(Exception):
    """Something waits to be sent."""


class BaseKeeping:
    """The base of one bench. For one thread."""

    def __init__(
        self,
        recorder: Recorder,
        folder: Path,
        clock: Clock,
        now: Callable[[], int],
        busy: Callable[[], bool],
        worth_it: int = WORTH_IT,
    ) -> None:
        """Begin.

        Args:
            recorder: the bench's recorder.
            folder: where a base that is being fetched is kept.
            clock: the bench's clock.
            now: milliseconds of a steady clock.
            busy: whether entries wait to be sent: they go first.
            worth_it: by how many positions a base must be newer than the present one.
        """
        self._recorder, self._folder, self._clock, self._now, self._busy = recorder, folder, clock, now, busy
        self._worth_it = worth_it
        self._asked_at: int | None = None
        self._attached: RegisterBase | None = None

    def step(self, hub: Hub) -> bool:
        """Do the next short piece of work; whether there is more to do at once.

        Raises:
            HubUnavailable: when the hub gave no answer.
        """
        if self._attached is not None:
            return self._adopt(self._attached)
        if self._recorder.read(lambda ledger: pruning.waits(ledger.db), urgent=False).result():
            self._write(lambda ledger: pruning.prune(ledger.db, self._clock.now()))
            return True
        if self._write(lambda ledger: base_adopting.tidy(ledger.db) or folding_beside.clear_some(ledger.db)):
            return True
        return self._ask(hub)

    def _ask(self, hub: Hub) -> bool:
        if self._asked_at is not None and self._now() - self._asked_at < ASK_EVERY:
            return False
        if self._asked_at is not None:
            # Whatever was folded beside and cut short would have gone on by now.
            self._write(lambda ledger: folding_beside.abandon(ledger.db))
        wanted = base_file.offered(hub.greet())
        known = self._recorder.read(lambda ledger: register_base.known(ledger.db), urgent=False).result()
        if wanted is None or wanted.position - (known.position if known else 0) < self._worth_it:
            self._asked_at = self._now()
            return False
        try:
            fetched = base_file.fetch(hub, wanted, self._folder, self._give_way)
        except _GiveWay:
            return False
        except base_file.BaseDiffers:
            self._asked_at = self._now()
            return False
        self._asked_at = self._now()
        self._attached = self._recorder.read(lambda ledger: self._attach(ledger, fetched), urgent=False).result()
        return self._attached is not None

    def _give_way(self, _came: int, _size: int) -> None:
        if self._busy():
            raise _GiveWay

    def _attach(self, ledger: Ledger, fetched: base_file.FetchedBase) -> RegisterBase | None:
        try:
            base = base_file.attach(ledger.db, fetched)
        except base_file.BaseDiffers:
            base_file.detach(ledger.db)
            return None
        if base_adopting.may_adopt(ledger.db, base):
            return base
        base_file.detach(ledger.db)
        return None

    def _adopt(self, base: RegisterBase) -> bool:
        if self._write(lambda ledger: base_adopting.step(ledger.db, base)):
            return True
        self._attached = None
        self._recorder.read(lambda ledger: base_file.detach(ledger.db), urgent=False).result()
        base_file.remove(self._folder)
        return True

    def _write(self, job: Callable[[Ledger], object]) -> bool:
        return bool(self._recorder.write(job, urgent=False).result())

    def end(self) -> None:
        """Part an attached base from the bench's file: the copying goes on at the next start."""
        if self._attached is not None:
            with suppress(DriverError, HubUnavailable):
                self._recorder.read(lambda ledger: base_file.detach(ledger.db), urgent=False).result()
            self._attached = None
