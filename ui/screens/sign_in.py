"""The lock: nothing of anybody's is in view until a badge and a PIN. A second person gives theirs here too."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gms_desktop.domain.commands import Command
from ui import people_words, words
from ui.actions import COMMANDS
from ui.payloads import Given, SignInView
from ui.screens.screen import Screen
from ui.theme.icons import paint_icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card
from ui.widgets.pin_pad import PinPad
from ui.widgets.press import BenchButton
from ui.widgets.rows import Rows
from ui.widgets.text import Words
from ui.widgets.verdict_panel import announce
from ui.widgets.without_pin import WithoutPin


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
        given(Given): someone else wants to sign in, or a second person goes back.
        without_pin_wanted(): somebody has no badge or PIN now.
        without_pin_given(FormGiven): who, why and more.
    """

    pin_given = Signal(object)
    given = Signal(object)
    without_pin_wanted = Signal()
    without_pin_given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Sign in", parent)
        self._sentence = Words("sentence")
        self.pad = PinPad()
        self.other = BenchButton()
        self.other.bind(COMMANDS[Command.CANCEL])
        self.no_pin = BenchButton()
        self.no_pin.label(people_words.NO_PIN)
        self.without_pin = WithoutPin()
        self._signs: Rows[str, Words] = Rows(lambda: Words("strong"), _say)
        self._padlock = _Padlock()
        self._card = Card()
        self._who: str | None = None
        self._view = SignInView("")
        self._build()
        self.pad.given.connect(self.pin_given)
        self.other.clicked.connect(self._someone_else)
        self.no_pin.clicked.connect(self.without_pin_wanted)
        self.without_pin.given.connect(self.without_pin_given)
        self.without_pin.left.connect(self._show_badge)

    def paint(self, view: SignInView) -> None:
        """Ask for the badge, then for the PIN."""
        self.order(view.heading)
        self._sentence.say(view.sentence or words.SIGN_IN_SAFE, "refused" if view.wrong else "")
        asked, self._view = bool(view.who), view
        self._signs.paint(view.signs)
        self._signs.setVisible(bool(view.signs))
        self.pad.entitle(people_words.SECOND_SIGN if view.signs else words.SIGN_IN)
        self.other.label(people_words.SECOND_BACK if view.signs else words.PIN_OTHER)
        self._show_badge()
        self._card.entitle(view.who)
        if asked and (view.who != self._who or view.wrong):
            self.pad.empty()
        self._who = view.who
        announce(self, f"{view.heading}. {self._sentence.text()}")

    def ask_without_pin(self, people: tuple[tuple[str, str], ...]) -> None:
        """Ask who it is and why, in place of badge and PIN."""
        for each in (self._card, self._padlock, self.no_pin):
            each.hide()
        self.without_pin.ask(people)

    @Slot()
    def _show_badge(self) -> None:
        asked = bool(self._view.who)
        self.without_pin.hide()
        self._card.setVisible(asked)
        self._padlock.setVisible(not asked)
        self.no_pin.setVisible(self._view.without_pin)

    def take_focus(self) -> None:
        """Ready for the PIN."""
        if self._who:
            self.pad.edit.setFocus()

    def _build(self) -> None:
        self.body.addWidget(self._sentence)
        self.body.addWidget(self.without_pin, 20)
        self._card.setMaximumWidth(420)
        self._card.body.addWidget(self.pad)
        self._card.body.addWidget(self.other)
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        row.addWidget(self._card, 3)
        row.addWidget(self._signs, 4, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.body.addWidget(self._padlock, 0, Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self.no_pin, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(2)

    def _someone_else(self) -> None:
        self.given.emit(Given(Command.CANCEL))


def _say(label: Words, text: str) -> None:
    label.say(text)
