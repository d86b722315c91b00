"""Where a label goes on its tube: the wall unrolled, the label on it, and what the sender wrote beside it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gms_desktop import layout_words as said
from gms_desktop.documents.label_form import LabelLayout, Placing
from ui.theme.tokens import Palette
from ui.theme.wear import worn

_CAP = 14.0
_MARGIN = 2.0
_LETTERS = 9.0
_LEAST_WIDE = 220


class LabelOnTube(QWidget):
    """Paints the tube as wide as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: LabelLayout | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def paint(self, layout: LabelLayout) -> None:
        """Show where a label of this layout goes; nothing for one that goes on no tube."""
        self._layout = layout
        placing = layout.placing
        self.setVisible(placing is not None)
        if placing is not None:
            self.setAccessibleName(said.on_tube(placing.on, placing.down, placing.keeps, placing.beside))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The tube keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the unrolled wall at this width."""
        placing = self._layout.placing if self._layout else None
        return round((placing.round + 2 * _MARGIN) * _scale(placing, width)) if placing else 0

    def sizeHint(self) -> QSize:
        """As small as its words can be read."""
        return QSize(_LEAST_WIDE, self.heightForWidth(_LEAST_WIDE))

    def minimumSizeHint(self) -> QSize:
        """No smaller."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Cap, wall, label, and the part that stays free with what stands in it."""
        layout, palette = self._layout, worn()
        if layout is None or layout.placing is None:
            return
        placing, painter = layout.placing, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = _scale(placing, self.width())
        painter.scale(scale, scale)
        painter.translate(_MARGIN, _MARGIN)
        font = painter.font()
        font.setPointSizeF(_LETTERS / scale)
        painter.setFont(font)
        wall = QRectF(_CAP, 0, placing.length, placing.round)
        self._line(painter, palette.muted, 0.6)
        painter.drawRoundedRect(QRectF(0, 2, _CAP, placing.round - 4), 2, 2)
        painter.drawRoundedRect(wall, 3, 3)
        painter.setPen(QColor(palette.muted))
        painter.drawText(QRectF(0, 0, _CAP, placing.round), Qt.AlignmentFlag.AlignCenter, said.CAP)
        self._label(painter, palette, layout, placing)
        self._free(painter, palette, layout, placing)
        painter.end()

    def _label(self, painter: QPainter, palette: Palette, layout: LabelLayout, placing: Placing) -> None:
        label = QRectF(_CAP + placing.down, 0, layout.width, layout.height)
        painter.setBrush(QColor(palette.selected))
        self._line(painter, palette.action, 0.8)
        painter.drawRect(label)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(palette.text))
        words = f"{said.OUR_LABEL}\n{layout.width:g} by {layout.height:g} mm"
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)
        down = QRectF(_CAP, 0, placing.down, layout.height)
        painter.drawText(down, Qt.AlignmentFlag.AlignCenter, f"{placing.down:g}\nmm")

    def _free(self, painter: QPainter, palette: Palette, layout: LabelLayout, placing: Placing) -> None:
        """The sender's label with its lines, and the fill line across it."""
        free = QRectF(_CAP, layout.height, placing.length, placing.round - layout.height)
        self._line(painter, palette.muted, 0.4, Qt.PenStyle.DashLine)
        painter.drawLine(free.topLeft(), free.topRight())
        painter.setPen(QColor(palette.text))
        words = f"{said.STAYS_FREE}, {placing.beside:g} mm: {placing.keeps}"
        painter.drawText(free.adjusted(2, 1, -2, 0), Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, words)
        self._line(painter, palette.muted, 0.4)
        for place in (0.62, 0.82):
            y = free.top() + free.height() * place
            painter.drawLine(QPointF(free.left() + 12, y), QPointF(free.right() - 14, y))

    def _line(self, painter: QPainter, colour: str, wide: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
        painter.setPen(QPen(QColor(colour), wide, style))


def _scale(placing: Placing | None, width: int) -> float:
    return width / (_CAP + placing.length + 2 * _MARGIN) if placing else 1.0
