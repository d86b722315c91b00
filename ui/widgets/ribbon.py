"""States that must never be missed (REHEARSAL, DOWNTIME, update needed), and notices that wait for a person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui import words
from ui.actions import ACTS, ScreenAct
from ui.theme.tokens import Space
from ui.widgets.press import Press
from ui.widgets.rows import Rows
from ui.widgets.text import Words


class Ribbon(QLabel):
    """A full-width strip; not there when all is ordinary."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ribbon")
        self.setWordWrap(True)
        self.hide()

    def paint(self, text: str) -> None:
        """Show the state."""
        self.setText(text)
        self.setVisible(bool(text))


class _Notice(QFrame):
    """A notice with the button that puts it away."""

    put_away = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.text = ""
        self._words = Words("strong")
        self._away = Press()
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.EDGE, Space.STEP, Space.EDGE, Space.STEP)
        row.addWidget(self._words, 1)
        row.addWidget(self._away)
        self._away.clicked.connect(self._put_away)

    def paint(self, text: str, behind: int) -> None:
        """Show a notice, and how many stand behind it."""
        self.text = text
        more = f"   ({words.NOTICES_MORE.format(count=behind)})" if behind else ""
        self._words.say(f"!  {text}{more}")
        self._away.setText(f"{words.NOTICE_AWAY}   {ACTS[ScreenAct.PUT_NOTICE_AWAY].shown}")
        self._away.setAccessibleName(f"{words.NOTICE_AWAY}: {text}")

    @Slot()
    def _put_away(self) -> None:
        self.put_away.emit(self.text)


class Notices(Rows[tuple[str, int], _Notice]):
    """What a person must be told at once, such as an entry whose verdict has flipped.

    Signals:
        put_away(str): one has been read.
    """

    put_away = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self._notice, _say, parent)
        self._shown: tuple[str, ...] = ()
        key = QShortcut(QKeySequence(ACTS[ScreenAct.PUT_NOTICE_AWAY].key), self, self._first_away)
        key.setAutoRepeat(False)
        self.hide()

    def show_notices(self, notices: Sequence[str]) -> None:
        """Show the newest; the others stand behind it, each once, so that they never take the work's room."""
        self._shown = tuple(dict.fromkeys(reversed(notices)))
        self.paint([(text, len(self._shown) - 1) for text in self._shown[:1]])

    def _notice(self) -> _Notice:
        made = _Notice()
        made.put_away.connect(self.put_away)
        return made

    @Slot()
    def _first_away(self) -> None:
        if self._shown:
            self.put_away.emit(self._shown[0])


def _say(notice: _Notice, shown: tuple[str, int]) -> None:
    notice.paint(*shown)
