"""Nobody works here any more: told after so many minutes without a key, a touch or a scan."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

from ui.app import plain_application

_SIGNS = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})


class IdleWatch(QTimer):
    """A timer that every sign of a person sets back."""

    def __init__(self, minutes: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self.setSingleShot(True)
        plain_application().installEventFilter(self)

    def rest(self) -> None:
        """Somebody works: begin anew."""
        self.start(self._minutes() * 60_000)

    def end(self) -> None:
        """Watch no more."""
        plain_application().removeEventFilter(self)
        self.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Any key or touch is a sign that someone works here."""
        if event.type() in _SIGNS:
            self.rest()
        return False
