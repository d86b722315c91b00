"""The error summary: "There is a problem", with every problem in words (NHS service manual, error summary)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import words
from ui.theme.tokens import Space
from ui.widgets.rows import Rows
from ui.widgets.text import Words
from ui.widgets.verdict_panel import announce


def _line() -> Words:
    return Words("sentence")


def _say(line: Words, text: str) -> None:
    line.say(text)


class Problems(QFrame):
    """Takes the focus when problems appear; it can be passed by with Tab and covers nothing.

    Where ``live``, problems come and go with each change: the focus stays with whoever makes them.
    """

    def __init__(self, parent: QWidget | None = None, *, live: bool = False) -> None:
        super().__init__(parent)
        self._live = live
        self.setObjectName("problems")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.CARD, Space.GAP, Space.CARD, Space.GAP)
        column.addWidget(Words("name", words.THERE_IS_A_PROBLEM))
        self._lines: Rows[str, Words] = Rows(_line, _say)
        column.addWidget(self._lines)
        self.hide()

    def paint(self, problems: Sequence[str]) -> None:
        """Show the problems, or nothing when there are none."""
        takes_focus = bool(problems) and not self._live
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if takes_focus else Qt.FocusPolicy.NoFocus)
        self._lines.paint(problems)
        self.setVisible(bool(problems))
        if problems:
            self.setAccessibleName(f"{words.THERE_IS_A_PROBLEM}. {' '.join(problems)}")
            if takes_focus:
                self.setFocus()
            announce(self, self.accessibleName())
