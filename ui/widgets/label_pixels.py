"""A label as the printer draws it, each dot so many whole pixels, with the fields that can be moved in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PIL import Image
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from gms_desktop import layout_words as said
from gms_desktop.documents import label_editing
from gms_desktop.documents.label_form import LabelField, LabelLayout
from ui.theme.wear import worn

MOST_ZOOM = 8
_EDGE = 12
_GRIP = 12.0
_STEP, _LEAP = label_editing.GRAIN, 1.0
_WAYS: Mapping[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class LabelPixels(QWidget):
    """Paints one label; what a person does to a field goes up, and comes back as another picture.

    Signals:
        chosen(str): a field.
        moved(float, float): the chosen field is to go so many millimetres right and down.
        sized(float, float): it is to become so many millimetres wider and taller.
        turned(int): the next field, or the one before.
    """

    chosen = Signal(str)
    moved = Signal(float, float)
    sized = Signal(float, float)
    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: LabelLayout | None = None
        self._picture = QPixmap()
        self._image = QImage()
        self._dots, self.zoom = 1, 1
        self._chosen = ""
        self._wrong: frozenset[str] = frozenset()
        self._from: QPointF | None = None
        self._drag: Callable[[float, float], None] = self.moved.emit
        self.setAccessibleName(said.PIXELS)
        self.setAccessibleDescription(said.KEYS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paint(self, picture: Image.Image, layout: LabelLayout, dots: int, chosen: str, wrong: frozenset[str]) -> None:
        """Show a label.

        Args:
            picture: one pixel a dot.
            layout: what it was drawn from.
            dots: the printer's dots a millimetre.
            chosen: the field that is moved and sized; empty when none is.
            wrong: fields for which the layout may not be used yet.
        """
        grey = picture.convert("L")
        image = QImage(grey.tobytes(), grey.width, grey.height, grey.width, QImage.Format.Format_Grayscale8)
        self._image = image.copy()
        self._layout, self._dots, self._chosen, self._wrong = layout, dots, chosen, wrong
        self._enlarge()

    def enlarge(self, zoom: int) -> None:
        """Show each dot as so many pixels of the screen."""
        self.zoom = min(max(zoom, 1), MOST_ZOOM)
        self._enlarge()

    def _enlarge(self) -> None:
        if self._image.isNull():
            return
        size = QSize(self._image.width() * self.zoom, self._image.height() * self.zoom)
        self._picture = QPixmap.fromImage(self._image.scaled(size, mode=Qt.TransformationMode.FastTransformation))
        # The screen's own pixels: at 150 % a dot is as many of them as at 100 %, and never a part of one.
        self._picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.updateGeometry()
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """The label with room round it for the focus."""
        shown = self._picture.deviceIndependentSize()
        return QSize(round(shown.width()) + 2 * _EDGE, round(shown.height()) + 2 * _EDGE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dots as they are, then the fields."""
        painter, palette = QPainter(self), worn()
        painter.drawPixmap(QPointF(_EDGE, _EDGE), self._picture)
        for field in self._layout.fields if self._layout else ():
            if field.name in self._wrong and field.name != self._chosen:
                painter.setPen(QPen(QColor(palette.bad), 2, Qt.PenStyle.DashLine))
                painter.drawRect(self._box(field))
        mine = self._field()
        if mine is not None:
            wrong = mine.name in self._wrong
            colour = QColor(palette.bad if wrong else palette.action)
            painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine if wrong else Qt.PenStyle.SolidLine))
            painter.drawRect(self._box(mine))
            painter.fillRect(self._grip(mine), colour)
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.focus_edge), 4))
            painter.drawRect(QRectF(self.rect()).adjusted(3, 3, -3, -3))
            painter.setPen(QPen(QColor(palette.focus), 3))
            painter.drawRect(QRectF(self.rect()).adjusted(6, 6, -6, -6))
        painter.end()

    def _field(self) -> LabelField | None:
        return (
            next((field for field in self._layout.fields if field.name == self._chosen), None) if self._layout else None
        )

    def middle(self) -> QPointF | None:
        """Where the chosen field stands here."""
        field = self._field()
        return self._box(field).center() if field is not None else None

    @property
    def _scale(self) -> float:
        """Pixels of the window's own measure to a millimetre."""
        return self._dots * self.zoom / self.devicePixelRatioF()

    def _box(self, field: LabelField) -> QRectF:
        scale = self._scale
        return QRectF(_EDGE + field.x * scale, _EDGE + field.y * scale, field.width * scale, field.tall * scale)

    def _grip(self, field: LabelField) -> QRectF:
        corner = self._box(field).bottomRight()
        return QRectF(corner.x() - _GRIP / 2, corner.y() - _GRIP / 2, _GRIP, _GRIP)

    # By keyboard: keys that a scanner types go by

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, size, or choose another field."""
        key, held = event.key(), event.modifiers()
        if key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in _WAYS:
            step = _LEAP if held & Qt.KeyboardModifier.ShiftModifier else _STEP
            right, down = (way * step for way in _WAYS[key])
            (self.sized if held & Qt.KeyboardModifier.ControlModifier else self.moved).emit(right, down)
        else:
            event.ignore()
            return
        event.accept()

    # By mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a field, or of the corner of the chosen one."""
        at, mine = event.position(), self._field()
        self.setFocus()
        if event.button() is not Qt.MouseButton.LeftButton or self._layout is None:
            return
        self._from = at
        self._drag = self.moved.emit
        if mine is not None and self._grip(mine).adjusted(-4, -4, 4, 4).contains(at):
            self._drag = self.sized.emit
            return
        found = label_editing.field_at(self._layout, (at.x() - _EDGE) / self._scale, (at.y() - _EDGE) / self._scale)
        if found:
            self.chosen.emit(found)
        else:
            self._from = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag by whole steps of 0.1 mm: what is left over goes into the next."""
        if self._from is None:
            return
        gone = event.position() - self._from
        right, down = (round(length / self._scale / _STEP) * _STEP for length in (gone.x(), gone.y()))
        if right or down:
            self._from = self._from + QPointF(right * self._scale, down * self._scale)
            self._drag(right, down)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._from = None
