"""Every key as it comes, while a scanner is being learnt: no key does anything until it is known to be a person's.

A scanner's keys come close together; a key that comes alone is pressed by hand and does what it always does.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from devices.scanners.self_test import Stroke

QUIET_MS = 250
_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ALTGR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_HELD = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)


def stroke_of(event: QKeyEvent) -> Stroke:
    """A key by its sign, and by its name where it is more than that."""
    text, held = event.text(), event.modifiers() & _COMMANDING
    plain = len(text) == 1 and (text.isprintable() or text in "\r\n\t")
    if plain and held in (Qt.KeyboardModifier.NoModifier, _ALTGR):
        return Stroke(text, "", event.timestamp())
    name = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
    return Stroke(text if len(text) == 1 else "", name, event.timestamp())


class KeyListening(QObject):
    """Takes every key from the window system while it listens.

    Signals:
        heard(tuple): the strokes between two pauses, when there is more than one.
    """

    heard = Signal(tuple)

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent or app)
        self._app = app
        self._listens = False
        self._keys: list[tuple[Stroke, Qt.Key, Qt.KeyboardModifier]] = []
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self.flush)

    def listen(self, *, on: bool) -> None:
        """Begin, before all other filters, or end."""
        if on == self._listens:
            return
        self._listens = on
        self._keys.clear()
        if on:
            self._app.installEventFilter(self)
        else:
            self._quiet.stop()
            self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the event ends here."""
        if not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent) or event.key() in _HELD:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if not event.isAutoRepeat():
            self._keys.append((stroke_of(event), Qt.Key(event.key()), event.modifiers()))
            self._quiet.start()
        return True

    @Slot()
    def flush(self) -> None:
        """It has been quiet: hand over what came."""
        keys, self._keys = self._keys, []
        if len(keys) == 1:
            _by_hand(*keys[0])
        elif keys:
            self.heard.emit(tuple(stroke for stroke, _, _ in keys))


def _by_hand(stroke: Stroke, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    """What the key does when nobody listens."""
    window = QApplication.activeWindow()
    target = QApplication.focusWidget() or window
    if stroke.key and window is not None:
        for shortcut in window.findChildren(QShortcut):
            owner = shortcut.parent()
            shown = isinstance(owner, QWidget) and owner.isVisible() and owner.isEnabled()
            if shown and shortcut.isEnabled() and shortcut.key() == QKeySequence(stroke.key):
                shortcut.activated.emit()
                return
    if target is not None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, stroke.text))
