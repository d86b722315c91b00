"""The recorder: one thread that owns the one writing connection and does one job at a time, scans first.

The screen hands over a job and gets a future; it never waits. A job that is a generator gives way to scans between
its slices.
"""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from gms_desktop.journal.sqlite_file import DriverError, in_words
from gms_desktop.register.ledger import Ledger

T = TypeVar("T")
R = TypeVar("R")
Slices = Generator[None, None, T]

SLICE_SECONDS = 0.025
# For so long is what is being written rolled back for each scan, and lands in a pause of whoever scans. After that it
# is held to its end: scans that never stop must not keep a file out.
GIVES_WAY_SECONDS = 30.0
_SCAN, _WORK, _END = 0, 1, 2
_FILE = Path("The bench's file")


@dataclass(order=True)
class _Job:
    rank: int
    place: int
    run: Callable[[], None] = field(compare=False)


class _GaveWay(Exception):
    """A scan waits: what was being written is rolled back, to be done again after it."""


class Recorder:
    """Runs jobs on a thread of its own, in order of urgency, then of arrival."""

    def __init__(
        self,
        open_ledger: Callable[[], Ledger],
        on_full_disk: Callable[[], bool] = lambda: False,
        when_idle: Callable[[Ledger], bool | None] = lambda _ledger: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start the thread.

        Args:
            open_ledger: opens the database; called on the recorder's thread.
            on_full_disk: frees room; True when the write may be tried once more.
            when_idle: called on the thread after the last waiting job, and again while it says that more is left to do
                and no job has come; a fault in it is kept in ``idle_fault``.
            now: seconds of a steady clock.
        """
        self._now = now
        self._open = open_ledger
        self._on_full_disk = on_full_disk
        self._when_idle = when_idle
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._places = itertools.count()
        self._ledger: Ledger | None = None
        self._stale = False
        self._closed = False
        self._gate = threading.Lock()
        self.idle_fault: Exception | None = None
        self.opened: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def write(self, job: Callable[[Ledger], T], *, urgent: bool = True) -> Future[T]:
        """Do ``job`` in one transaction; what it returns is in the future once it is on disk."""
        return self._submit(lambda ledger: self._in_transaction(ledger, job), _SCAN if urgent else _WORK)

    def read(self, job: Callable[[Ledger], T], *, urgent: bool = True) -> Future[T]:
        """Do a job that writes nothing."""
        return self._submit(job, _SCAN if urgent else _WORK)

    def write_in_slices(
        self, prepare: Callable[[Ledger], Slices[T]], finish: Callable[[Ledger, T], Slices[R]]
    ) -> Future[R]:
        """Prepare in slices of at most 25 ms between which scans go first, then write all in one transaction.

        The writing gives way as well: when a scan waits after one of its steps, all of it is rolled back and done
        again after the scan. Only the commit, and what is held to its end after so long, lets a scan wait.

        Args:
            prepare: reads and works out; writes nothing.
            finish: writes, in steps, inside the transaction; begun anew each time.
        """
        done: Future[R] = Future()

        def written(ready: T) -> None:
            self._write_in_steps(done, lambda ledger: finish(ledger, ready), self._now() + GIVES_WAY_SECONDS)

        self._in_slices(done, prepare, written)
        return done

    def read_in_slices(self, prepare: Callable[[Ledger], Slices[T]]) -> Future[T]:
        """Work something out in slices of at most 25 ms between which scans go first; nothing is written."""
        done: Future[T] = Future()

        def told(ready: T) -> None:
            if done.set_running_or_notify_cancel():
                done.set_result(ready)

        self._in_slices(done, prepare, told)
        return done

    def _in_slices(self, done: Future[R], prepare: Callable[[Ledger], Slices[T]], then: Callable[[T], None]) -> None:
        state: list[Slices[T]] = []

        def slice_() -> None:
            if done.cancelled():
                return
            try:
                if not state:
                    state.append(prepare(self._require()))
                end = time.perf_counter() + SLICE_SECONDS
                while time.perf_counter() < end:
                    next(state[0])
                self._put(_WORK, slice_)
            except StopIteration as end_of_slices:
                then(end_of_slices.value)
            except BaseException as fault:
                self._fail(done, fault)

        self._put(_WORK, slice_)

    def _write_in_steps(self, done: Future[R], finish: Callable[[Ledger], Slices[R]], until: float) -> None:
        if not done.running() and not done.set_running_or_notify_cancel():
            return
        gives_way = self._now() < until
        try:
            result = self._in_transaction(self._require(), lambda ledger: self._to_end(finish(ledger), gives_way))
        except _GaveWay:
            self._put(_WORK, lambda: self._write_in_steps(done, finish, until))
        except BaseException as fault:
            self._fail(done, fault)
        else:
            done.set_result(result)

    def _to_end(self, steps: Slices[R], gives_way: bool) -> R:
        while True:
            try:
                next(steps)
            except StopIteration as end:
                result: R = end.value
                return result
            if gives_way and self._scan_waits():
                raise _GaveWay

    def _scan_waits(self) -> bool:
        with self._jobs.mutex:
            return bool(self._jobs.queue) and self._jobs.queue[0].rank == _SCAN

    def close(self) -> None:
        """Do what waits, then end the thread and close the database. What is handed over later is refused."""
        with self._gate:
            already, self._closed = self._closed, True
            if not already:
                self._jobs.put(_Job(_END, next(self._places), self._stop))
        self._thread.join()

    @property
    def waiting(self) -> int:
        """Jobs that wait."""
        return self._jobs.qsize()

    def _submit(self, job: Callable[[Ledger], T], rank: int) -> Future[T]:
        done: Future[T] = Future()
        self._put(rank, lambda: self._finish(done, job))
        return done

    def _put(self, rank: int, run: Callable[[], None]) -> None:
        with self._gate:
            # A job in slices hands its next slice over on the recorder's own thread, while close() waits for it.
            if self._closed and threading.current_thread() is not self._thread:
                raise RuntimeError("the recorder is closed")
            self._jobs.put(_Job(rank, next(self._places), run))

    def _finish(self, done: Future[T], job: Callable[[Ledger], T]) -> None:
        if not done.set_running_or_notify_cancel():
            return
        try:
            result = job(self._require())
        except BaseException as fault:
            self._fail(done, fault)
        else:
            done.set_result(result)

    def _fail(self, done: Future[Any], fault: BaseException) -> None:
        if done.running() or done.set_running_or_notify_cancel():
            # The driver's own words mean nothing at the bench: a full or damaged disk is named as such.
            done.set_exception(in_words(fault, _FILE) if isinstance(fault, DriverError) else fault)

    def _in_transaction(self, ledger: Ledger, job: Callable[[Ledger], T]) -> T:
        try:
            return self._once(ledger, job)
        except DriverError as fault:
            if "full" in str(fault).lower() and self._on_full_disk():
                return self._once(ledger, job)
            raise

    def _once(self, ledger: Ledger, job: Callable[[Ledger], T]) -> T:
        if self._stale:
            self._read_again(ledger)
        try:
            with ledger.db.write():
                return job(ledger)
        except BaseException:
            self._stale = True
            with suppress(DriverError):
                self._read_again(ledger)
            raise

    def _read_again(self, ledger: Ledger) -> None:
        """What a rolled back transaction left in memory is forgotten, and that has to succeed before the next one."""
        ledger.roll_back()
        self._stale = False

    def _require(self) -> Ledger:
        if self._ledger is None:
            raise self.opened.exception() or RuntimeError("the recorder has not opened its database")
        return self._ledger

    def _run(self) -> None:
        try:
            self._ledger = self._open()
        except BaseException as fault:
            self.opened.set_exception(fault)
        else:
            self.opened.set_result(None)
        self._stopping = False
        while not self._stopping:
            self._jobs.get().run()
            more = self._ledger is not None
            while more and self._jobs.empty() and not self._stopping:
                more = self._idle(self._require())
        if self._ledger is not None:
            self._ledger.db.close()

    def _idle(self, ledger: Ledger) -> bool:
        try:
            return bool(self._when_idle(ledger))
        except Exception as fault:
            # What is done when idle can wait: it must never end the thread that scans are waiting for.
            self.idle_fault = fault
            self._stale = True
            return False

    def _stop(self) -> None:
        self._stopping = True
