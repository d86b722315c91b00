"""One position of an instrument's file beside the tube it is matched to, and what the rules say of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gms_desktop.services.measure_views import ReadingLine
from ui.theme.tokens import Space
from ui.widgets.link_row import LinkRow
from ui.widgets.text import Words

_SHARES = (5, 5, 4)
_BEFORE = 44
"""The place of the shape, before the first column."""


class ReadingHeadings(QWidget):
    """What the three columns are."""

    def __init__(self, *names: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(_BEFORE, 0, Space.GAP, 0)
        row.setSpacing(Space.GAP)
        self._words = tuple(Words("title", name) for name in names)
        for words, share in zip(self._words, _SHARES, strict=True):
            row.addWidget(words, share)

    def say(self, *names: str) -> None:
        """Say what the columns are now."""
        for words, name in zip(self._words, names, strict=True):
            words.say(name)


class ReadingRow(LinkRow):
    """The file's side on the left, the bench's in the middle, the judgement on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tube, self._how, self._said = Words("strong"), Words("muted"), Words("strong")
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        grid.addWidget(self._tube, 0, 2)
        grid.addWidget(self._how, 1, 2)
        grid.addWidget(self._said, 0, 3, 2, 1, Qt.AlignmentFlag.AlignTop)
        for words in (self._title, self._detail, self._tube, self._how):
            words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            # Both sides keep their width whatever stands in them: what is compared stands one below the other.
            words.setMinimumWidth(1)
        grid.setRowStretch(1, 1)
        for column, share in enumerate(_SHARES, start=1):
            grid.setColumnStretch(column, share)

    def paint(self, line: ReadingLine) -> None:
        """Show a line."""
        self.show_line(line.key, line.sample, line.values, kind=line.kind, chosen=line.chosen)
        self._tube.say(line.tube)
        self._how.say(line.how)
        self._how.setVisible(bool(line.how))
        self._said.say(line.said)
        said = (line.sample, line.values, line.tube, line.how, line.said)
        self.setAccessibleName(". ".join(part for part in said if part))
