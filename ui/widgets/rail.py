"""The rail: the jobs of this bench with their keys, and a badge where something waits."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QVBoxLayout, QWidget

from ui import words
from ui.actions import JOBS, Job, Place
from ui.payloads import ScreenWanted
from ui.theme.icons import paint_icon
from ui.theme.tokens import RAIL_WIDTH, Palette, Points
from ui.theme.wear import worn
from ui.widgets.press import press_by_key


class RailItem(QAbstractButton):
    """One job: icon, name, badge, key. Filled when it is the screen in view."""

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self.waiting = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(48)
        self._shortcut = QShortcut(QKeySequence(job.binding.key), self, self.click)
        self._shortcut.setAutoRepeat(False)
        self.badge(0)

    def badge(self, waiting: int) -> None:
        """Say how many things wait here."""
        self.waiting = waiting
        more = f", {waiting} waiting" if waiting else ""
        self.setAccessibleName(f"{self.job.title}{more}")
        self.setAccessibleDescription(f"Key: {self.job.binding.shown}")
        self.update()

    def nextCheckState(self) -> None:
        """Being here is said by the window, not by the press."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only Ctrl+Enter presses it."""
        press_by_key(self, event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Nothing is released that was not pressed."""
        event.ignore()

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(RAIL_WIDTH, 48)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        palette = worn()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here, key = self._ground(painter, palette)
        paint_icon(painter, self.job.binding.icon, here, QRectF(18, (self.height() - 20) / 2, 20, 20))
        self._words(painter, here, key)
        if self.waiting:
            self._badge(painter, palette)
        painter.end()

    def _ground(self, painter: QPainter, palette: Palette) -> tuple[str, str]:
        if self.hasFocus():
            painter.fillRect(self.rect(), QColor(palette.focus))
            painter.setPen(QPen(QColor("#000000"), 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
            return palette.on_focus, palette.on_focus
        if self.isChecked():
            painter.fillRect(self.rect(), QColor(palette.rail_here))
            painter.fillRect(QRectF(0, 0, 6, self.height()), QColor(palette.marker))
            return palette.on_rail_here, palette.muted
        if self.underMouse() and self.isEnabled():
            painter.fillRect(QRectF(0, 0, 3, self.height()), QColor(palette.on_rail))
        return (palette.on_rail, palette.rail_key) if self.isEnabled() else (palette.rail_key, palette.rail_key)

    def _words(self, painter: QPainter, colour: str, key_colour: str) -> None:
        font = QFont(self.font())
        font.setPointSize(Points.WORDS)
        font.setBold(self.isChecked())
        small = QFont(self.font())
        small.setPointSize(Points.SMALL)
        tall = self.job.at_foot
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(48, 3 if tall else 0, RAIL_WIDTH - 60, 24 if tall else 48), middle, self.job.title)
        painter.setFont(small)
        painter.setPen(QColor(key_colour))
        if tall:
            painter.drawText(QRectF(48, 24, RAIL_WIDTH - 60, 20), middle, self.job.binding.shown)
        else:
            right = middle | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(RAIL_WIDTH - 60, 0, 48, 48), right, self.job.binding.shown)

    def _badge(self, painter: QPainter, palette: Palette) -> None:
        font = QFont(self.font())
        font.setPointSize(Points.SMALL)
        font.setBold(True)
        painter.setFont(font)
        text = str(self.waiting)
        wide = max(24, painter.fontMetrics().horizontalAdvance(text) + 14)
        top = 5 if self.job.at_foot else 13
        pill = QRectF(RAIL_WIDTH - (12 if self.job.at_foot else 44) - wide, top, wide, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.marker))
        painter.drawRoundedRect(pill, 11, 11)
        painter.setPen(QColor(palette.on_marker))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QWidget):
    """Only the jobs that exist.

    Signals:
        wanted(ScreenWanted): a person asked for a screen.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(RAIL_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(0)
        house = QLabel(words.HOUSE)
        house.setObjectName("house")
        column.addWidget(house)
        self.items = {job.place: RailItem(job) for job in JOBS}
        for job in JOBS:
            if job.at_foot and not JOBS[JOBS.index(job) - 1].at_foot:
                column.addStretch(1)
            column.addWidget(self.items[job.place])
            self.items[job.place].clicked.connect(self._clicked)

    def here(self, place: Place | None) -> None:
        """Mark the screen in view."""
        for each, item in self.items.items():
            item.setChecked(each is place)
            item.update()

    def badges(self, waiting: Mapping[str, int]) -> None:
        """Show how many things wait at each screen, by the screen's name."""
        for place, item in self.items.items():
            item.badge(waiting.get(place.value, 0))

    @Slot()
    def _clicked(self) -> None:
        item = self.sender()
        if isinstance(item, RailItem):
            self.wanted.emit(ScreenWanted(item.job.place))
