"""The lock: nothing of anybody's is in view until a badge and a PIN."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gms_desktop.domain.commands import Command
from ui import words
from ui.actions import COMMANDS
from ui.payloads import Given, SignInView
from ui.screens.screen import Screen
from ui.theme.icons import paint_icon
from ui.theme.wear import worn
from ui.widgets.card import Card
from ui.widgets.pin_pad import PinPad
from ui.widgets.press import BenchButton
from ui.widgets.text import Words
from ui.widgets.verdict_panel import announce


class _Padlock(QWidget):
    def sizeHint(self) -> QSize:
        """Large enough to see from the door."""
        return QSize(120, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_icon(painter, "lock", worn().muted, QRectF((self.width() - 120) / 2, 0, 120, 120))
        painter.end()


class SignInScreen(Screen):
    """Paints a ``SignInView``.

    Signals:
        pin_given(PinGiven): the PIN of the person whose badge was read.
        given(Given): someone else wants to sign in.
    """

    pin_given = Signal(object)
    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Sign in", parent)
        self._sentence = Words("sentence")
        self.pad = PinPad()
        self.other = BenchButton()
        self.other.bind(COMMANDS[Command.CANCEL])
        self.other.label(words.PIN_OTHER)
        self._padlock = _Padlock()
        self._card = Card()
        self._who: str | None = None
        self._build()
        self.pad.given.connect(self.pin_given)
        self.other.clicked.connect(self._someone_else)

    def paint(self, view: SignInView) -> None:
        """Ask for the badge, then for the PIN."""
        self.order(view.heading)
        self._sentence.say(view.sentence or words.SIGN_IN_SAFE, "refused" if view.wrong else "")
        asked = bool(view.who)
        self._padlock.setVisible(not asked)
        self._card.setVisible(asked)
        self._card.entitle(view.who)
        if asked and (view.who != self._who or view.wrong):
            self.pad.empty()
        self._who = view.who
        announce(self, f"{view.heading}. {self._sentence.text()}")

    def take_focus(self) -> None:
        """Ready for the PIN."""
        if self._who:
            self.pad.edit.setFocus()

    def _build(self) -> None:
        self.body.addWidget(self._sentence)
        self._card.setMaximumWidth(420)
        self._card.body.addWidget(self.pad)
        self._card.body.addWidget(self.other)
        row = QHBoxLayout()
        row.addWidget(self._card)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.body.addWidget(self._padlock, 0, Qt.AlignmentFlag.AlignCenter)
        self.body.addStretch(2)

    def _someone_else(self) -> None:
        self.given.emit(Given(Command.CANCEL))
