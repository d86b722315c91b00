"""Work that takes a moment, beside the main thread: files read and written while the window goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

ResultT = TypeVar("ResultT")

_AGAIN_S = 0.1


class Aside:
    """Does one thing after the other, each on a thread of its own, in the order in which it was given."""

    def __init__(self) -> None:
        self._last: threading.Thread | None = None

    def run(self, job: Callable[[], ResultT], name: str) -> Future[ResultT]:
        """Do a job once those before it are done; the future holds its result, or what it raised."""
        done: Future[ResultT] = Future()
        before = self._last
        self._last = threading.Thread(target=_do, args=(job, done, before), name=name, daemon=True)
        self._last.start()
        return done

    def close(self, seconds: float | None = None) -> None:
        """Wait until everything that was begun is done, so that no file is left half written.

        Args:
            seconds: the most that is waited for what only reads; None for what writes.
        """
        if self._last is not None:
            self._last.join(seconds)

    def end(self, cancel: Callable[[], object]) -> None:
        """Wait until everything that was begun is done, which is told again and again that it is to end.

        Args:
            cancel: tells it. What has only just begun does not hear it: hence again.
        """
        while self._last is not None and self._last.is_alive():
            cancel()
            self._last.join(_AGAIN_S)


def _do(job: Callable[[], ResultT], done: Future[ResultT], before: threading.Thread | None) -> None:
    if before is not None:
        before.join()
    try:
        result = job()
    except BaseException as fault:
        done.set_exception(fault)
    else:
        done.set_result(result)
