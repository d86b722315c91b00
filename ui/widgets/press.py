"""Buttons that a scanner cannot press.

A wedge scanner types letters, digits, Enter, Tab and Space. When its prefix is lost, these reach whatever has the
focus. So a button here is pressed by mouse, by touch, by its own key, or by Ctrl+Enter while it has the focus, and by
nothing else.
"""

from __future__ import annotations

import textwrap

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QInputDevice, QKeyEvent, QKeySequence, QScreen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from ui.actions import Binding
from ui.theme.tokens import SECONDARY_TARGET

_MILLIMETRES_PER_INCH = 25.4
_TOUCH_MILLIMETRES = 20.0
_PLAIN_PIXELS = 56
_LONGEST_LINE = 30
_ICON = 18


def pressed_on_purpose(event: QKeyEvent) -> bool:
    """Whether a key event is Ctrl+Enter, which no scanner types."""
    enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and not event.isAutoRepeat()


def bench_height(dots_per_inch: float, *, touch: bool) -> int:
    """Height of a bench button in device-independent pixels: 20 mm on a touch screen, else 56.

    Args:
        dots_per_inch: of the screen, as it says of itself; a screen that lies is held between 56 and 160 pixels.
        touch: whether it is a touch screen.
    """
    if not touch:
        return _PLAIN_PIXELS
    return min(160, max(_PLAIN_PIXELS, round(_TOUCH_MILLIMETRES / _MILLIMETRES_PER_INCH * dots_per_inch)))


def is_touch_screen() -> bool:
    """Whether this machine has a touch screen."""
    return any(device.type() == QInputDevice.DeviceType.TouchScreen for device in QInputDevice.devices())


class Press(QPushButton):
    """A button that Enter, Space and letters do not press."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setMinimumHeight(SECONDARY_TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.say(text)

    def say(self, text: str) -> None:
        """Show the words, on several lines when they are long."""
        self.setText("\n".join(textwrap.wrap(text, _LONGEST_LINE)).replace("&", "&&"))
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter presses; what a scanner may type goes by."""
        press_by_key(self, event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Nothing is released that was not pressed."""
        event.ignore()


def press_by_key(button: QAbstractButton, event: QKeyEvent) -> None:
    """What every button does with a key."""
    if pressed_on_purpose(event):
        button.click()
        event.accept()
    else:
        event.ignore()


class BenchButton(Press):
    """A large button with its words and its key on it, which names what it acts on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setMinimumHeight(0)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._shortcut: QShortcut | None = None
        self.key = ""
        self.binding: Binding | None = None

    def bind(self, binding: Binding | None) -> None:
        """Give it a key, which works while the button can be seen and is enabled."""
        self.binding = binding
        key = binding.key if binding else ""
        if key == self.key:
            return
        if self._shortcut is not None:
            self._shortcut.setEnabled(False)
            self._shortcut.deleteLater()
            self._shortcut = None
        self.key = key
        if binding:
            self._shortcut = QShortcut(QKeySequence(key), self, self.click)
            self._shortcut.setAutoRepeat(False)

    def label(self, words: str, *, usual: bool = False, icon: QIcon | None = None) -> None:
        """Show the words with the key below; ``usual`` fills it: one button a screen at most."""
        lines = textwrap.wrap(words, _LONGEST_LINE) or [""]
        shown = self.key.replace("+", " ")
        lines = [*lines, shown] if shown else lines
        space = "" if icon is None else " "
        self.setText("\n".join(f"{space}{line}" for line in lines).replace("&", "&&"))
        self.setAccessibleName(words)
        self.setAccessibleDescription(f"Key: {shown}" if shown else "")
        if icon is not None:
            self.setIcon(icon)
        if usual != bool(self.property("usual")):
            self.setProperty("usual", usual)
            self.style().unpolish(self)
            self.style().polish(self)

    def sizeHint(self) -> QSize:
        """As wide as its words, as high as a gloved finger needs."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), 96), max(hint.height(), self._height()))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its words."""
        return self.sizeHint()

    def _height(self) -> int:
        screen: QScreen | None = self.screen()
        dots = screen.physicalDotsPerInch() if screen is not None else 96.0
        return bench_height(dots, touch=is_touch_screen())
