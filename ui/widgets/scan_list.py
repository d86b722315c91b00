"""The last ten scans, each with the raw code as it was read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gms_desktop.services.views import ScanLine
from ui import words
from ui.theme.tokens import Space
from ui.widgets.card import Card, Scroll
from ui.widgets.rows import Rows
from ui.widgets.shapes import Shape
from ui.widgets.text import Words

_SHOWN = 10


def breakable(code: str) -> str:
    """A code with unseen breaks every 12 characters, so that it goes on in the next line instead of being cut short."""
    return "\u200b".join(code[start : start + 12] for start in range(0, len(code), 12))


class _ScanRow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.TIGHT)
        grid.setVerticalSpacing(0)
        self._at = Words("clock", wrap=False)
        self._code = Words("code")
        self._shape = Shape(12)
        self._words = Words("small")
        grid.addWidget(self._at, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._code, 0, 1, 1, 2)
        grid.addWidget(self._shape, 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._words, 1, 2)
        grid.setColumnStretch(2, 1)

    def paint(self, scan: ScanLine) -> None:
        """Show one scan."""
        self._at.say(scan.at)
        self._code.say(breakable(scan.code))
        self._shape.show_kind(scan.kind)
        self._words.say(f"{words.TYPED}: {scan.words}" if scan.typed else scan.words, scan.kind.value)
        self.setAccessibleName(f"{scan.at} {scan.code}: {scan.words}")


class ScanList(Card):
    """The newest scan first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.LAST_SCANS, parent)
        self._empty = Words("muted", words.NO_SCANS)
        self._rows: Rows[ScanLine, _ScanRow] = Rows(_ScanRow, _ScanRow.paint)
        scroll = Scroll(words.LAST_SCANS)
        scroll.body.addWidget(self._rows)
        scroll.body.addStretch(1)
        self.body.addWidget(self._empty)
        self.body.addWidget(scroll, 1)

    def paint(self, scans: Sequence[ScanLine]) -> None:
        """Show at most ten."""
        self._empty.setVisible(not scans)
        self._rows.paint(tuple(scans)[:_SHOWN])
