"""The rail: the jobs of this bench with their keys, and a badge where something waits."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QSpacerItem, QVBoxLayout, QWidget

from gms_desktop.domain.commands import Command
from ui import words
from ui.actions import ACTS, COMMANDS, JOBS, Binding, Place, ScreenAct
from ui.payloads import Given, ScreenWanted
from ui.theme.icons import paint_icon
from ui.theme.tokens import RAIL_WIDTH, Palette, Points, Space
from ui.theme.wear import worn
from ui.widgets.press import press_by_key

_TALL, _LOW = 40, 26
# In a window as low as it may be: 24 is the least that is hit without aiming (WCAG 2.2, 2.5.8).
_LEAST = 24
_MARGIN = 10
_RESTING = 0.5


class RailItem(QAbstractButton):
    """One line: icon, words, badge, key. Filled when it is the screen in view; low at the foot of the rail."""

    def __init__(self, title: str, binding: Binding, *, low: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.binding = binding
        self.waiting = 0
        self.is_low = low
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fit(_LOW if low else _TALL)
        self._shortcut = QShortcut(QKeySequence(binding.key), self, self.click)
        self._shortcut.setAutoRepeat(False)
        self.badge(0)

    def fit(self, height: int) -> None:
        """Take less height where the window is low."""
        self.setFixedHeight(height)

    def badge(self, waiting: int) -> None:
        """Say how many things wait here. Each scan says it again: a line whose number stays is not drawn anew."""
        if waiting == self.waiting and self.accessibleName():
            return
        self.waiting = waiting
        more = f", {waiting} waiting" if waiting else ""
        self.setAccessibleName(f"{self.title}{more}")
        self.setAccessibleDescription(f"Key: {self.binding.shown}")
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
        return QSize(RAIL_WIDTH, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        palette = worn()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else _RESTING)
        colour, key_colour = self._ground(painter, palette)
        if not self.is_low:
            paint_icon(painter, self.binding.icon, colour, QRectF(18, (self.height() - 20) / 2, 20, 20))
        painter.setFont(self._face(bold=self.isChecked(), large=not self.is_low))
        painter.setPen(QColor(colour))
        words_at = QRectF(18 if self.is_low else 50, 0, self.width(), self.height())
        painter.drawText(words_at, Qt.AlignmentFlag.AlignVCenter, self.title)
        begun = words_at.x() + painter.fontMetrics().horizontalAdvance(self.title)
        painter.setFont(self._face())
        painter.setPen(QColor(key_colour))
        above = self._stacked(painter, begun)
        side = Qt.AlignmentFlag.AlignBottom if above else Qt.AlignmentFlag.AlignVCenter
        key_at = QRectF(0, 0, self.width() - _MARGIN, self.height() - 1)
        painter.drawText(key_at, side | Qt.AlignmentFlag.AlignRight, self.binding.shown)
        if self.waiting and self.isEnabled():
            self._badge(painter, palette, above=above)
        painter.end()

    def _stacked(self, painter: QPainter, begun: float) -> bool:
        """Whether badge and key stand one above the other, since they would cover the words side by side."""
        room = self.width() - _MARGIN - painter.fontMetrics().horizontalAdvance(self.binding.shown) - begun
        return bool(self.waiting) and self.isEnabled() and not self.is_low and room < self._pill(painter) + _MARGIN

    def _pill(self, painter: QPainter) -> float:
        return max(24, painter.fontMetrics().horizontalAdvance(str(self.waiting)) + 14)

    def _face(self, *, bold: bool = False, large: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPointSize(Points.WORDS if large else Points.SMALL)
        font.setBold(bold)
        return font

    def _ground(self, painter: QPainter, palette: Palette) -> tuple[str, str]:
        if self.hasFocus():
            painter.fillRect(self.rect(), QColor(palette.focus))
            painter.setPen(QPen(QColor(palette.on_focus), 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
            return palette.on_focus, palette.on_focus
        if self.isChecked():
            painter.fillRect(self.rect(), QColor(palette.rail_here))
            painter.fillRect(QRectF(0, 0, 6, self.height()), QColor(palette.marker))
            return palette.on_rail_here, palette.muted
        if self.underMouse() and self.isEnabled():
            painter.fillRect(QRectF(0, 0, 3, self.height()), QColor(palette.on_rail))
        return palette.on_rail, palette.rail_key

    def _badge(self, painter: QPainter, palette: Palette, *, above: bool) -> None:
        painter.setFont(self._face())
        beside = 0 if above else painter.fontMetrics().horizontalAdvance(self.binding.shown) + 4
        wide, text = self._pill(painter), str(self.waiting)
        painter.setFont(self._face(bold=True))
        tall, top = (20, 2) if above else (22, (self.height() - 22) / 2)
        pill = QRectF(self.width() - _MARGIN - beside - wide, top, wide, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.marker))
        painter.drawRoundedRect(pill, 11, 11)
        painter.setPen(QColor(palette.on_marker))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QWidget):
    """The jobs that exist, and below them what belongs to the bench itself.

    Signals:
        wanted(ScreenWanted): a person asked for a screen.
        given(Given): lock or sign out.
        keys_wanted(): the list of keys.
        typing_wanted(): a code is to be typed.
    """

    wanted = Signal(object)
    given = Signal(object)
    keys_wanted = Signal()
    typing_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(RAIL_WIDTH)
        self.items = {job.place: RailItem(job.title, job.binding, low=job.at_foot) for job in JOBS}
        self.type_code = RailItem(words.TYPE_A_CODE, ACTS[ScreenAct.TYPE_A_CODE], low=True)
        self.keys = RailItem(words.KEYS, ACTS[ScreenAct.SHOW_KEYS], low=True)
        self.lock = RailItem(words.LOCK, COMMANDS[Command.LOCK], low=True)
        self.sign_out = RailItem(words.SIGN_OUT, COMMANDS[Command.SIGN_OUT], low=True)
        self._house = QLabel(words.HOUSE)
        self._build()
        self._connect()

    def here(self, place: Place | None) -> None:
        """Mark the screen in view."""
        for each, item in self.items.items():
            item.setChecked(each is place)
            item.update()

    def badges(self, waiting: Mapping[str, int]) -> None:
        """Show how many things wait at each screen, by the screen's name."""
        for place, item in self.items.items():
            item.badge(waiting.get(place.value, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every line stands whole, in the lowest window too."""
        super().resizeEvent(event)
        lines = self.findChildren(RailItem)
        tall = [line for line in lines if not line.is_low]
        free = event.size().height() - self._house.sizeHint().height() - 2 * Space.GAP
        if len(lines) * _LEAST > free:
            free = event.size().height()
        self._cramp(cramped=free == event.size().height())
        fits = len(tall) * _TALL + (len(lines) - len(tall)) * _LOW <= free
        low = _LOW if fits else _LEAST
        room = (free - (len(lines) - len(tall)) * low) // max(1, len(tall))
        for line in lines:
            line.fit(low if line.is_low else max(_LEAST, min(_TALL, room)))

    def _cramp(self, *, cramped: bool) -> None:
        """In the lowest window the lines need the room of the house's name and of every gap."""
        self._house.setVisible(not cramped)
        self._gap.changeSize(0, 0 if cramped else Space.GAP)
        self._column.setContentsMargins(0, 0, 0, 0 if cramped else Space.TIGHT)

    def _build(self) -> None:
        self._column = column = QVBoxLayout(self)
        self._gap = QSpacerItem(0, Space.GAP)
        column.setContentsMargins(0, 0, 0, Space.TIGHT)
        column.setSpacing(0)
        self._house.setObjectName("house")
        column.addWidget(self._house)
        for job in JOBS:
            if not job.at_foot:
                column.addWidget(self.items[job.place])
        column.addStretch(1)
        for job in JOBS:
            if job.at_foot:
                column.addWidget(self.items[job.place])
        column.addItem(self._gap)
        for tool in (self.type_code, self.keys, self.lock, self.sign_out):
            column.addWidget(tool)

    def _connect(self) -> None:
        for item in self.items.values():
            item.clicked.connect(self._go)
        self.type_code.clicked.connect(self.typing_wanted)
        self.keys.clicked.connect(self.keys_wanted)
        self.lock.clicked.connect(self._lock)
        self.sign_out.clicked.connect(self._sign_out)

    @Slot()
    def _go(self) -> None:
        place = next((place for place, item in self.items.items() if item is self.sender()), None)
        if place is not None:
            self.wanted.emit(ScreenWanted(place))

    @Slot()
    def _lock(self) -> None:
        self.given.emit(Given(Command.LOCK))

    @Slot()
    def _sign_out(self) -> None:
        self.given.emit(Given(Command.SIGN_OUT))
