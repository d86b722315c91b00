"""Catches what a wedge scanner types before any widget sees it, and gives typing back to where it was meant for.

It looks only at keys that come from the window system. Keys that turn out to be typing are replayed to the widget with
the focus as events of our own, which pass by this filter and match no shortcut.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from devices.scanners.keyboard_burst import BurstSettings, Decision, KeyboardBurst, keyed_scan

if TYPE_CHECKING:
    from gms_desktop.settings import ScannerSettings

_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ALTGR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_TICK_MS = 15


@dataclass(frozen=True)
class _Key:
    """A key held back."""

    key: int
    modifiers: Qt.KeyboardModifier
    text: str


def _now() -> datetime:
    return datetime.now(UTC)


def burst_settings(said: ScannerSettings) -> BurstSettings:
    """What a scanner that types is set to type; the ordinary rhythm for one on a serial port.

    A keyboard has one Enter for CR, LF and both. Tab counts too unless it alone was named, since that is how many
    scanners leave the factory.

    Raises:
        ValueError: the prefix holds what ends a scan.
    """
    if said.mode != "keyboard":
        return BurstSettings()
    ends = "\t" if said.terminator == "TAB" else "\r\n\t"
    return BurstSettings(prefix=said.prefix, terminators=ends, suffix=said.suffix)


class ScanFilter(QObject):
    """An event filter of the whole application.

    Signals:
        scanned(Scan): a scanner has typed a whole code.
    """

    scanned = Signal(object)

    def __init__(
        self,
        app: QApplication,
        settings: BurstSettings | None = None,
        *,
        source: str = "keyboard scanner",
        now: Callable[[], datetime] = _now,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._source = source
        self._now = now
        self._burst, self._suffix = KeyboardBurst(settings), settings.suffix if settings else ""
        self._held: deque[_Key] = deque()
        self._clock_gap = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        app.installEventFilter(self)

    def set_up(self, settings: BurstSettings) -> None:
        """Go on with other settings; keys held back are given back first."""
        self._carry_out(self._burst.idle(math.inf))
        self._burst, self._suffix = KeyboardBurst(settings), settings.suffix

    def stop(self) -> None:
        """Look at keys no more."""
        self._timer.stop()
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the event ends here."""
        if not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._keeps_from_shortcuts(event)
        return event.type() == QEvent.Type.KeyPress and self._key(event)

    def _keeps_from_shortcuts(self, event: QKeyEvent) -> bool:
        """A control character within a burst (GS is Ctrl+], SUB is Ctrl+Z) is data and must press no key."""
        if self._burst.due_ms is not None and _is_control(event):
            event.accept()
            return True
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat() or not event.text():
            return False
        at = float(event.timestamp())
        self._clock_gap = at - monotonic() * 1000
        if not self._is_data(event):
            self._carry_out(self._burst.idle(math.inf))
            return False
        key = _Key(event.key(), event.modifiers(), event.text())
        decision = self._burst.key(event.text(), at)
        if decision.swallow:
            self._held.append(key)
        self._carry_out(decision)
        return decision.swallow

    def _is_data(self, event: QKeyEvent) -> bool:
        """Text, a terminator, or a control character while a burst is under way."""
        text = event.text()
        if len(text) == 1 and (text.isprintable() or text in "\r\n\t"):
            held = event.modifiers() & _COMMANDING
            return held in (Qt.KeyboardModifier.NoModifier, _ALTGR)
        return self._burst.due_ms is not None and _is_control(event)

    @Slot()
    def _tick(self) -> None:
        self._carry_out(self._burst.idle(monotonic() * 1000 + self._clock_gap))

    def _carry_out(self, decision: Decision) -> None:
        """Replay what is given back, hand over a scan, and keep ticking only while keys are held."""
        keys = [self._release(char) for char in decision.replay]
        if self._burst.due_ms is None:
            self._held.clear()
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        for key in keys:
            self._replay(key)
        if decision.scan is not None:
            keyed, state = decision.keyed, decision.state
            self.scanned.emit(keyed_scan(decision.scan, self._now(), self._source, (), keyed, state, self._suffix))

    def _release(self, char: str) -> _Key:
        """The held key of a character; keys before it were part of a scan."""
        while self._held:
            key = self._held.popleft()
            if key.text == char:
                return key
        return _Key(0, Qt.KeyboardModifier.NoModifier, char)

    def _replay(self, key: _Key) -> None:
        target = QApplication.focusWidget() or QApplication.activeWindow()
        if target is None:
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key.key, key.modifiers, key.text))


def _is_control(event: QKeyEvent) -> bool:
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return control and not shift and len(event.text()) == 1 and ord(event.text()) < 0x20
