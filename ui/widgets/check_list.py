"""What to compare between tube and request; what a code has shown looks different from what an eye has seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.views import CheckLine, Mark
from ui import words
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.rows import Rows
from ui.widgets.shapes import draw_shape
from ui.widgets.text import Words

_SIDE = 18


class _MarkShape(QWidget):
    """▣ read from a code, ☐ to compare, ☑ by eye, ✕ differs, – absent, ? illegible, ! attention."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = Mark.UNTICKED
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_mark(self, mark: Mark) -> None:
        """Show a mark."""
        self._mark = mark
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = worn()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        square = QRectF(2, 2, _SIDE - 4, _SIDE - 4)
        match self._mark:
            case Mark.CODE:
                painter.setPen(QPen(QColor(palette.good), 2))
                painter.drawRect(square)
                painter.fillRect(square.adjusted(3.5, 3.5, -3.5, -3.5), QColor(palette.good))
            case Mark.UNTICKED:
                painter.setPen(QPen(QColor(palette.muted), 2))
                painter.drawRect(square)
            case Mark.EYE:
                painter.setPen(QPen(QColor(palette.text), 2))
                painter.drawRect(square)
                draw_shape(painter, VerdictKind.ACCEPTED, square.adjusted(2, 2, -2, -2), palette.text)
            case Mark.DIFFERS:
                draw_shape(painter, VerdictKind.REFUSED, square, palette.bad)
            case Mark.ABSENT | Mark.ILLEGIBLE:
                self._draw_gap(painter, square, palette.attention)
            case Mark.ATTENTION:
                draw_shape(painter, VerdictKind.ATTENTION, square, palette.attention)
        painter.end()

    def _draw_gap(self, painter: QPainter, square: QRectF, colour: str) -> None:
        """A dashed square: with a stroke in it nothing is there, with a question mark it cannot be read."""
        painter.setPen(QPen(QColor(colour), 2, Qt.PenStyle.DashLine))
        painter.drawRect(square)
        painter.setPen(QPen(QColor(colour), 2))
        if self._mark is Mark.ABSENT:
            middle = square.center().y()
            painter.drawLine(QPointF(square.left() + 4, middle), QPointF(square.right() - 4, middle))
            return
        face = painter.font()
        face.setPixelSize(int(square.height()) - 2)
        face.setBold(True)
        painter.setFont(face)
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, "?")


class _CheckRow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.TIGHT)
        grid.setVerticalSpacing(0)
        self._mark = _MarkShape()
        self._label = Words("small")
        self._value = Words("strong")
        grid.addWidget(self._mark, 0, 0, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._label, 0, 1)
        grid.addWidget(self._value, 1, 1)
        grid.setColumnStretch(1, 1)

    def paint(self, line: CheckLine) -> None:
        """Show one thing to compare."""
        self._mark.show_mark(line.mark)
        self._label.say(line.label)
        self._value.say(_said(line), _TONES.get(line.mark, ""))
        self.setAccessibleName(f"{line.label}: {line.value}, {line.mark.value}")


_TONES = {
    Mark.DIFFERS: VerdictKind.REFUSED.value,
    Mark.ATTENTION: VerdictKind.ATTENTION.value,
    Mark.ABSENT: VerdictKind.ATTENTION.value,
    Mark.ILLEGIBLE: VerdictKind.ATTENTION.value,
}


def _said(line: CheckLine) -> str:
    """The value; of what does not agree also how, since a mark alone is not read."""
    told = {Mark.DIFFERS, Mark.ABSENT, Mark.ILLEGIBLE}
    return f"{line.value}: {line.mark.value}" if line.mark in told else line.value


class CheckList(QWidget):
    """The comparison; nothing in it is ticked in advance and nothing in it is clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Rows[CheckLine, _CheckRow] = Rows(_CheckRow, _CheckRow.paint, gap=Space.STEP)
        self._empty = Words("muted", words.NO_CHECKS)
        self._note = Words("muted")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._empty, 0, 0)
        grid.addWidget(self._rows, 1, 0)
        grid.addWidget(self._note, 2, 0)

    def paint(self, checks: Sequence[CheckLine], note: str = "") -> None:
        """Show what to compare."""
        self._empty.setVisible(not checks)
        self._rows.paint(checks)
        self._note.say(note)
        self._note.setVisible(bool(note))
