"""Collects Python's garbage on the main thread only.

Python collects on whatever thread happens to allocate. Widgets in a cycle would then be destroyed on the recorder's
thread, which Qt does not survive (measured: a crash in the middle of an import). So nothing is collected by itself;
a timer of the main thread does it, while nobody waits for a scan's verdict.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 2_000
_YOUNG = 700
_FULL_AFTER = 150


class Tidying(QObject):
    """Collects young garbage every two seconds when there is some, and all of it every five minutes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rounds = 0
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tidy)
        self._timer.start(_EVERY_MS)

    @Slot()
    def tidy(self) -> None:
        """Collect what is due."""
        self._rounds += 1
        if self._rounds % _FULL_AFTER == 0:
            gc.collect()
        elif self._rounds == 1:
            # What is there by now stays: it need not be looked through each time.
            gc.collect()
            gc.freeze()
        elif gc.get_count()[0] > _YOUNG:
            gc.collect(1)

    def end(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
