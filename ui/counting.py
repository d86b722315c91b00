"""How far a report has come that takes long, told from its own thread to the screen, and ended by whoever waits."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal, Slot

from gms_desktop.errors import Refused
from ui import words


class Counting(QObject):
    """One report at a time.

    Signals:
        counted(object): how many specimens are counted; None once none is being made.
    """

    counted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stopped = threading.Event()

    def begin(self) -> Counting:
        """Another report is asked for: that an earlier one was stopped does not end it."""
        self._stopped.clear()
        return self

    def told(self, done: int) -> None:
        """So many are counted; called beside the main thread.

        Raises:
            Refused: whoever waited stopped it.
        """
        if self._stopped.is_set():
            raise Refused(words.REPORT_STOPPED)
        self.counted.emit(done)

    def ended(self) -> None:
        """It is made, or is not."""
        self.counted.emit(None)

    @Slot()
    def stop(self) -> None:
        """End it at its next slice."""
        self._stopped.set()
