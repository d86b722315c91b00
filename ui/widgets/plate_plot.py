"""A run seen from above: each well with its number, darker the higher, and a sign beside what fails a rule."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gms_desktop.documents.qc_report import PlatePlot, PlottedWell
from ui.theme.wear import worn

_MARGIN = 20.0
_HIGH = 34
"""Of a well: two lines, its number and its mark."""
_FAINTEST, _STRONGEST = 0.06, 0.42
_STEPS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}


class PlatePlotMap(QWidget):
    """Arrow keys go from well to well, and a screen reader says each well with its number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot = PlatePlot("", 8, 12, ())
        self._wells: dict[str, PlottedWell] = {}
        self._cursor = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(8 * _HIGH + 22)

    def paint(self, plot: PlatePlot) -> None:
        """Show a run."""
        self._plot, self._wells = plot, dict(plot.wells)
        self.setMinimumHeight(plot.rows * _HIGH + 22)
        self._cursor = (min(self._cursor[0], plot.rows - 1), min(self._cursor[1], plot.columns - 1))
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        """A card's width."""
        return QSize(460, 8 * _HIGH + 22)

    def words_of(self, well: str) -> str:
        """A well in words."""
        one = self._wells.get(well)
        if one is None:
            return f"{well}, nothing measured"
        said = {"!": "fails a rule", "?": "no plain number"}.get(one.mark, "")
        return ", ".join(part for part in (well, one.text, said) if part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from well to well."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        row, column = self._cursor[0] + step[0], self._cursor[1] + step[1]
        if 0 <= row < self._plot.rows and 0 <= column < self._plot.columns:
            self._cursor = (row, column)
            self._name()
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        wide = (self.width() - _MARGIN - 2) / self._plot.columns
        high = (self.height() - _MARGIN - 2) / self._plot.rows
        font = QFont(painter.font())
        font.setPixelSize(int(max(8, min(13, high * 0.42, wide * 0.3))))
        painter.setFont(font)
        painter.setPen(QColor(worn().muted))
        for column in range(self._plot.columns):
            where = QRectF(_MARGIN + column * wide, 0, wide, _MARGIN)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(column + 1))
        for row in range(self._plot.rows):
            where = QRectF(0, _MARGIN + row * high, _MARGIN, high)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, chr(ord("A") + row))
            for column in range(self._plot.columns):
                self._well(painter, (row, column), QRectF(_MARGIN + column * wide, _MARGIN + row * high, wide, high))
        painter.end()

    def _well(self, painter: QPainter, at: tuple[int, int], place: QRectF) -> None:
        palette, one = worn(), self._wells.get(_name_of(*at))
        ground = QColor(palette.action)
        level = one.level if one is not None else None
        ground.setAlphaF(0.0 if level is None else _FAINTEST + (_STRONGEST - _FAINTEST) * level)
        fails = one is not None and one.mark == "!"
        painter.setBrush(ground)
        painter.setPen(QPen(QColor(palette.text if fails else palette.muted), 2.5 if fails else 0.6))
        inset = 2.0 if fails else 1.0
        painter.drawRect(place.adjusted(inset, inset, -inset, -inset))
        if one is not None:
            painter.setPen(QColor(palette.text))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{one.text}\n{one.mark}".strip())
        if self.hasFocus() and at == self._cursor:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(palette.focus), 3))
            painter.drawRect(place.adjusted(3, 3, -3, -3))

    def _name(self) -> None:
        self.setAccessibleName(f"{self._plot.title}. {self.words_of(_name_of(*self._cursor))}")


def _name_of(row: int, column: int) -> str:
    return f"{chr(ord('A') + row)}{column + 1:02d}"
