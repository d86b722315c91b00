"""A field for a PIN, with digits to touch."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ui import words
from ui.payloads import PinGiven
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.field import LineEdit
from ui.widgets.press import BenchButton, Press


class PinPad(QWidget):
    """Digits only, never shown. Ctrl+Enter or the button hands it over; Enter does not, since a scanner types Enter.

    Signals:
        given(PinGiven): a PIN.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = LineEdit(words.PIN)
        self.edit.setObjectName("pin")
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,12}"), self))
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sign_in = BenchButton()
        self.sign_in.label(f"{words.SIGN_IN}   Ctrl Enter", usual=True, icon=icon("confirm", worn().on_action))
        self.sign_in.clicked.connect(self._give)
        self.edit.done.connect(self._give)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.TIGHT)
        grid.addWidget(self.edit, 0, 0, 1, 3)
        for place, text in enumerate((*"123456789", words.PIN_CLEAR, "0", words.PIN_BACK)):
            grid.addWidget(self._key(text), 1 + place // 3, place % 3)
        grid.addWidget(self.sign_in, 5, 0, 1, 3)

    def entitle(self, words_on_it: str) -> None:
        """Say what the PIN does."""
        self.sign_in.label(f"{words_on_it}   Ctrl Enter", usual=True, icon=icon("confirm", worn().on_action))

    def empty(self) -> None:
        """Forget what was typed, ready for the next try."""
        self.edit.clear()
        self.edit.setFocus()

    def _key(self, text: str) -> Press:
        key = Press(text)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.setMinimumSize(96, 56)
        key.clicked.connect(self._touched)
        return key

    @Slot()
    def _touched(self) -> None:
        key = self.sender()
        text = key.text() if isinstance(key, Press) else ""
        if text == words.PIN_CLEAR:
            self.edit.clear()
        elif text == words.PIN_BACK:
            self.edit.backspace()
        else:
            self.edit.insert(text)

    @Slot()
    def _give(self) -> None:
        if self.edit.text():
            pin = self.edit.text()
            self.edit.clear()
            self.given.emit(PinGiven(pin))
