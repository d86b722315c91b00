"""The drawn shapes of the verdicts: they say without colour what the colour says."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gms_desktop.domain.verdicts import VerdictKind
from ui.theme.tokens import Palette
from ui.theme.wear import worn

_TONES = {
    VerdictKind.FOUND: "action",
    VerdictKind.MATCHES: "action",
    VerdictKind.ACCEPTED: "good",
    VerdictKind.FINISHED: "good",
    VerdictKind.ATTENTION: "attention",
    VerdictKind.REFUSED: "bad",
    VerdictKind.ALREADY: "muted",
}


def tone(kind: VerdictKind, palette: Palette) -> str:
    """The colour of a verdict in a palette."""
    return str(getattr(palette, _TONES[kind]))


def draw_shape(painter: QPainter, kind: VerdictKind, where: QRectF, colour: str) -> None:
    """Draw = for found and matches, a tick, an exclamation mark, a cross or a ring into a square."""
    side = where.width()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(where.topLeft())
    pen = QPen(QColor(colour), side * 0.14)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for line in _strokes(kind):
        painter.drawPolyline(QPolygonF([QPointF(x * side, y * side) for x, y in line]))
    if kind is VerdictKind.ALREADY:
        painter.drawEllipse(QRectF(side * 0.17, side * 0.17, side * 0.66, side * 0.66))
    if kind is VerdictKind.ATTENTION:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRect(QRectF(side * 0.41, side * 0.77, side * 0.18, side * 0.16))
    painter.restore()


def _strokes(kind: VerdictKind) -> tuple[tuple[tuple[float, float], ...], ...]:
    match kind:
        case VerdictKind.FOUND | VerdictKind.MATCHES:
            return ((0.1, 0.36), (0.9, 0.36)), ((0.1, 0.64), (0.9, 0.64))
        case VerdictKind.ACCEPTED | VerdictKind.FINISHED:
            return (((0.1, 0.54), (0.38, 0.82), (0.9, 0.2)),)
        case VerdictKind.ATTENTION:
            return (((0.5, 0.08), (0.5, 0.66)),)
        case VerdictKind.REFUSED:
            return ((0.16, 0.16), (0.84, 0.84)), ((0.84, 0.16), (0.16, 0.84))
        case VerdictKind.ALREADY:
            return ()


class Shape(QWidget):
    """One shape of a fixed size."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._kind: VerdictKind | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_kind(self, kind: VerdictKind | None) -> None:
        """Show the shape of a verdict, or nothing."""
        self._kind = kind
        self.setAccessibleName(kind.value if kind else "")
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the palette's colour."""
        if self._kind is None:
            return
        painter = QPainter(self)
        draw_shape(painter, self._kind, QRectF(0, 0, self._side, self._side), tone(self._kind, worn()))
        painter.end()
