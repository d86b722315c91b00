"""A rack seen from above: each well drawn by a look of its own that prints in black and white, A1 boxed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gms_desktop.services.rack_views import Sign, WellView
from ui.theme.wear import worn
from ui.widgets.press import pressed_on_purpose

_MARGIN = 26.0
_STEPS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
_ZOOM = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
_ROOM_FOR_CODES = 64.0
"""Of a well, in pixels: so large, its code stands in it."""
_LEAST_TYPE = 10
_LETTERS = {
    Sign.NO_CODE: "–",
    Sign.DASHED: "?",
    Sign.ARROWS: "↔",
    Sign.PLUS: "+",
    Sign.CROSS: "✕",
    Sign.CONTROL: "C",
    Sign.BUFFER: "B",
}


class RackMap(QWidget):
    """Arrow keys go from well to well; a click or Ctrl+Enter chooses one; a drag chooses where it begins and ends.

    Signals:
        looked_at(str): the well under the cursor changed.
        chosen(str): a well was chosen.
        zoom_wanted(int): Ctrl with plus, minus or nought, or with the wheel: larger, smaller, or as it fits.
    """

    looked_at = Signal(str)
    chosen = Signal(str)
    zoom_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, what: str = "Rack") -> None:
        super().__init__(parent)
        self._what = what
        self._rows, self._columns = 8, 12
        self._wells: Mapping[str, WellView] = {}
        self._marked: frozenset[str] = frozenset()
        self._cursor = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(330, 206)

    def paint(self, rows: int, columns: int, wells: tuple[WellView, ...], marked: tuple[str, ...]) -> None:
        """Show the wells; ``marked`` are boxed: those that a finding names, or the next to fill."""
        self._rows, self._columns = rows or 8, columns or 12
        self._wells = {one.well: one for one in wells}
        self._marked = frozenset(marked)
        self._cursor = (min(self._cursor[0], self._rows - 1), min(self._cursor[1], self._columns - 1))
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        """As large as it may be."""
        return QSize(720, 500)

    @property
    def well(self) -> str:
        """The well under the cursor."""
        return _name_of(*self._cursor)

    def words_of(self, well: str) -> str:
        """A well in words: its look, its tube, whose."""
        one = self._wells.get(well)
        return ", ".join(part for part in (well, one.look, one.code, one.holds) if part) if one else well

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from well to well."""
        step, zoom = _STEPS.get(Qt.Key(event.key())), _ZOOM.get(Qt.Key(event.key()))
        if zoom is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_wanted.emit(zoom)
        elif step is not None:
            self._go(self._cursor[0] + step[0], self._cursor[1] + step[1])
        elif pressed_on_purpose(event):
            self.chosen.emit(self.well)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl held; otherwise whatever is around the map moves."""
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned:
            self.zoom_wanted.emit(1 if turned > 0 else -1)
        else:
            event.ignore()

    def place_of(self, well: str) -> QRectF:
        """Where a well is drawn."""
        side, left, top = self._grid()
        return QRectF(left + (int(well[1:]) - 1) * side, top + (ord(well[0]) - ord("A")) * side, side, side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the well under the pointer."""
        if self._point(event):
            self.chosen.emit(self.well)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose another well to which the pointer was dragged."""
        before = self.well
        if self._point(event) and self.well != before:
            self.chosen.emit(self.well)

    def _point(self, event: QMouseEvent) -> bool:
        """Go to the well under the pointer; False where there is none."""
        side, left, top = self._grid()
        column, row = int((event.position().x() - left) // side), int((event.position().y() - top) // side)
        there = 0 <= row < self._rows and 0 <= column < self._columns
        if there:
            self._go(row, column)
        return there

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, left, top = self._grid()
        own = painter.font()
        for row in range(self._rows):
            for column in range(self._columns):
                place = QRectF(left + column * side, top + row * side, side, side)
                self._well(painter, _name_of(row, column), place)
        painter.setFont(own)
        self._headings(painter, side, left, top)
        painter.end()

    def _headings(self, painter: QPainter, side: float, left: float, top: float) -> None:
        """Letters and figures stay at the edge of what is in view: of a part of a rack, too, each well has its name."""
        seen = self.visibleRegion().boundingRect()
        pinned_top, pinned_left = max(0, seen.top()), max(0, seen.left())
        for pinned in (
            QRectF(pinned_left, pinned_top, self.width(), _MARGIN) if pinned_top else QRectF(),
            QRectF(pinned_left, pinned_top, _MARGIN, self.height()) if pinned_left else QRectF(),
        ):
            painter.fillRect(pinned, QColor(worn().card))
        top, left = top + pinned_top, left + pinned_left
        self._columns_named(painter, side, left - pinned_left, top, pinned_left + _MARGIN)
        self._rows_named(painter, side, left, top - pinned_top, pinned_top + _MARGIN)

    def _columns_named(self, painter: QPainter, side: float, left: float, top: float, least: float) -> None:
        painter.setPen(QColor(worn().muted))
        for column in range(self._columns):
            where = QRectF(left + column * side, top - _MARGIN, side, _MARGIN)
            if where.center().x() > least:
                painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(column + 1))

    def _rows_named(self, painter: QPainter, side: float, left: float, top: float, least: float) -> None:
        painter.setPen(QColor(worn().muted))
        for row in range(self._rows):
            where = QRectF(left - _MARGIN, top + row * side, _MARGIN, side)
            if where.center().y() > least:
                painter.drawText(where, Qt.AlignmentFlag.AlignCenter, chr(ord("A") + row))

    def _well(self, painter: QPainter, name: str, place: QRectF) -> None:
        palette = worn()
        one = self._wells.get(name)
        gap = place.width() * 0.08
        if name == "A01" or name in self._marked:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(palette.attention if name in self._marked else palette.text), 2.5))
            painter.drawRoundedRect(place.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        if self.hasFocus() and name == self.well:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.focus))
            painter.drawRoundedRect(place.adjusted(2.5, 2.5, -2.5, -2.5), 4, 4)
        drawn = place.adjusted(gap + 1, gap + 1, -gap - 1, -gap - 1)
        if one is not None and one.code and place.width() >= _ROOM_FOR_CODES:
            drawn = _with_code(painter, one, drawn)
        _draw(painter, one.sign if one else Sign.RING, drawn)

    def _grid(self) -> tuple[float, float, float]:
        """Side of a well, and where the first begins."""
        side = min((self.width() - _MARGIN - 4) / self._columns, (self.height() - _MARGIN - 4) / self._rows)
        return side, _MARGIN, _MARGIN

    def _go(self, row: int, column: int) -> None:
        if 0 <= row < self._rows and 0 <= column < self._columns:
            self._cursor = (row, column)
            self._name()
            self.update()
            self.looked_at.emit(self.well)

    def _name(self) -> None:
        self.setAccessibleName(f"{self._what}. {self.words_of(self.well)}")


def _name_of(row: int, column: int) -> str:
    return f"{chr(ord('A') + row)}{column + 1:02d}"


def _fits(font: QFont, lines: tuple[str, ...], place: QRectF) -> bool:
    """Whether lines stand whole in a well; the font is then the largest with which they do."""
    for pixels in range(max(_LEAST_TYPE, round(place.height() * 0.18)), _LEAST_TYPE - 1, -1):
        font.setPixelSize(pixels)
        if all(QFontMetricsF(font).horizontalAdvance(line) <= place.width() + 4 for line in lines):
            return True
    return False


def _with_code(painter: QPainter, one: WellView, place: QRectF) -> QRectF:
    """The code under its look, whole; what is left for the look. Where it does not fit, it is not shown at all."""
    font = QFont(painter.font())
    both = tuple(line for line in (one.code, one.holds) if line)
    lines = next((said for said in (both, (one.code,)) if _fits(font, said, place)), ())
    if not lines:
        return place
    high = QFontMetricsF(font).height() * len(lines)
    before = painter.font()
    painter.setFont(font)
    painter.setPen(QColor(worn().text))
    below = QRectF(place.left() - 3, place.bottom() - high, place.width() + 6, high)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))
    painter.setFont(before)
    side = place.height() - high - 2
    return QRectF(place.center().x() - side / 2, place.top(), side, side)


def _draw(painter: QPainter, sign: Sign, place: QRectF) -> None:
    palette = worn()
    ground, edge, letter = {
        Sign.DISC: (palette.action, palette.action, palette.on_action),
        Sign.RING: ("", palette.muted, palette.muted),
        Sign.NO_CODE: ("", palette.muted, palette.text),
        Sign.DASHED: ("", palette.attention, palette.attention),
        Sign.ARROWS: (palette.marker, palette.text, palette.on_marker),
        Sign.PLUS: (palette.marker, palette.text, palette.on_marker),
        Sign.CROSS: (palette.bad, palette.text, palette.on_bad),
        Sign.CONTROL: (palette.marker, palette.text, palette.on_marker),
        Sign.BUFFER: ("", palette.text, palette.text),
    }[sign]
    pen = QPen(QColor(edge), 2.5 if sign is Sign.DASHED else 1.5)
    if sign is Sign.DASHED:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
    if sign is Sign.CROSS:
        painter.drawRect(place)
    else:
        painter.drawEllipse(place)
    if sign in _LETTERS:
        font = QFont(painter.font())
        font.setBold(True)
        font.setPixelSize(max(9, round(place.height() * 0.5)))
        painter.setFont(font)
        painter.setPen(QColor(letter))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _LETTERS[sign])


class Sample(QWidget):
    """One look, small, for the legend."""

    def __init__(self, sign: Sign) -> None:
        super().__init__()
        self._sign = sign
        self.setFixedSize(18, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(9, 9)
        _draw(painter, self._sign, QRectF(centre.x() - 7, centre.y() - 7, 14, 14))
        painter.end()
