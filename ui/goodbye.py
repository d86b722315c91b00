"""Ends the window in order when the system asks for it: a session that ends, a service that is stopped, Ctrl+C.

Without it a process of Linux that is told to end is gone at once. Nothing saved is lost by that either, but what is
being sent to a printer meanwhile is asked about at the next start. Windows tells windows themselves to close.
"""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Slot

_ENDINGS = ("SIGTERM", "SIGINT", "SIGHUP")


class Goodbye(QObject):
    """Calls ``close`` in the main thread once the system has told the process to end.

    Args:
        close: what ends the window.
        parent: lives as long as this is wanted.
    """

    def __init__(self, close: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._close = close
        self._former: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}
        # Python hears a signal between two of its own steps, and a window at rest takes none: a byte on a socket does.
        self._told, self._tells = socket.socketpair()
        for end in (self._told, self._tells):
            end.setblocking(False)
        self._waked = signal.set_wakeup_fd(self._tells.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._told.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._end)
        for name in _ENDINGS:
            number = getattr(signal, name)
            self._former[number] = signal.signal(number, lambda _number, _frame: None)

    def leave(self) -> None:
        """Hear signals no longer; whoever heard them before hears them again."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._waked)
        for number, former in self._former.items():
            signal.signal(number, former)
        self._former.clear()
        self._told.close()
        self._tells.close()

    @Slot()
    def _end(self) -> None:
        self._told.recv(64)
        self._close()


def end_when_told(close: Callable[[], object], parent: QObject | None = None) -> Goodbye | None:
    """Close when the system says so; None where the system tells windows itself."""
    return None if sys.platform == "win32" else Goodbye(close, parent)
