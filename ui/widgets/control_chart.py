"""Levey-Jennings of a control: its values in the order of time, and in words which of Westgard's rules they break."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gms_desktop.documents.qc_report import ControlPicture
from ui.theme.wear import worn
from ui.widgets.text import Words

_LEFT, _EDGE, _HIGH = 44.0, 12.0, 130
# The dashed lines at 2 are named in the words below: their names would stand on each other's.
_LINES = ((0, "mean"), (2, ""), (-2, ""), (3, "+3 SD"), (-3, "-3 SD"))


class ControlChart(QWidget):
    """One control: title, chart, words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._title, self._drawn, self._how = Words("title"), _Drawn(), Words("small")
        for part in (self._title, self._drawn, self._how):
            column.addWidget(part)

    def paint(self, control: ControlPicture) -> None:
        """Show a control."""
        self._title.say(control.title)
        self._how.say(control.how)
        self._drawn.paint(control)


class _Drawn(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._control = ControlPicture("", "", None, None, ())
        self.setMinimumHeight(_HIGH)

    def paint(self, control: ControlPicture) -> None:
        self._control = control
        self.setAccessibleName(f"{control.title}. {control.how}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        points, control = self._control.points, self._control
        if not points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(painter.font())
        font.setPixelSize(11)
        painter.setFont(font)
        low, high = control.span
        room = self.height() - 2 * _EDGE

        def down(value: float) -> float:
            return _EDGE + (high - value) / (high - low) * room

        for steps, name in _LINES if control.mean is not None and control.sd is not None else ():
            y = down(control.at(steps))
            style = Qt.PenStyle.SolidLine if not steps else Qt.PenStyle.DashLine
            painter.setPen(QPen(QColor(worn().muted), 1, style if abs(steps) < 3 else Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(_LEFT, y), QPointF(self.width(), y))
            painter.drawText(QRectF(0, y - 8, _LEFT - 4, 16), Qt.AlignmentFlag.AlignRight, name)
        step = (self.width() - _LEFT) / (len(points) + 1)
        places = [QPointF(_LEFT + step * at, down(one.value)) for at, one in enumerate(points, start=1)]
        painter.setPen(QPen(QColor(worn().text), 1.2))
        painter.drawPolyline(places)
        painter.setBrush(QColor(worn().text))
        for place, one in zip(places, points, strict=True):
            if one.broken:
                painter.drawRect(QRectF(place.x() - 5, place.y() - 5, 10, 10))
            else:
                painter.drawEllipse(place, 3, 3)
        painter.end()
