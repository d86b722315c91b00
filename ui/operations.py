"""Work is done on another thread; what came of it arrives on the main thread by one queued signal."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

ResultT = TypeVar("ResultT")


class Submit(Protocol):
    """Queues a piece of work on the one thread that may do it, such as the recorder's."""

    def __call__(self, work: Callable[[], ResultT], /) -> Future[ResultT]:
        """Queue it and return at once."""


@dataclass(frozen=True)
class Broke:
    """Work that ended in an exception nobody was waiting for."""

    error: BaseException


@dataclass(frozen=True)
class _Arrival:
    deliver: Callable[[], None]


class Operations(QObject):
    """The way from a screen to the services and back.

    Signals:
        broke(Broke): work failed and its caller named no way to hear of it.
        busy(int): how many pieces of work are under way.
    """

    broke = Signal(object)
    busy = Signal(int)
    _arrived = Signal(object)

    def __init__(self, submit: Submit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._submit = submit
        self._open = True
        self.under_way = 0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], ResultT],
        then: Callable[[ResultT], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Have work done and its result or exception delivered on the main thread.

        Args:
            work: runs on the other thread; touches no widget.
            then: takes the result, on the main thread.
            failed: takes the exception, on the main thread; ``broke`` tells of it otherwise.
        """
        self._count(1)
        future = self._submit(work)

        def done(ended: Future[ResultT]) -> None:
            if self._open:
                self._arrived.emit(_Arrival(lambda: self._hand_over(ended, then, failed)))

        future.add_done_callback(done)

    def close(self) -> None:
        """Deliver nothing any more: the windows are going."""
        self._open = False

    @Slot(object)
    def _deliver(self, arrival: _Arrival) -> None:
        if self._open:
            arrival.deliver()

    def _hand_over(
        self,
        ended: Future[ResultT],
        then: Callable[[ResultT], None],
        failed: Callable[[BaseException], None] | None,
    ) -> None:
        self._count(-1)
        try:
            error = ended.exception()
        except CancelledError as cancelled:
            error = cancelled
        if error is None:
            then(ended.result())
        elif failed is not None:
            failed(error)
        else:
            self.broke.emit(Broke(error))

    def _count(self, change: int) -> None:
        self.under_way += change
        self.busy.emit(self.under_way)
