"""A row that leads somewhere: shape, title, detail."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from gms_desktop.domain.verdicts import VerdictKind
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.press import pressed_on_purpose
from ui.widgets.shapes import Shape
from ui.widgets.text import Words

_EDGE = 3


class LinkRow(QFrame):
    """Opened by mouse, by touch, or by Ctrl+Enter while it has the focus.

    Signals:
        opened(str): the key that it was painted with.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("row")
        self.setMinimumHeight(48)
        self._key = ""
        self._chosen = False
        self._shape = Shape(16)
        self._title = Words("strong")
        self._detail = Words("muted")
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(Space.GAP, Space.TIGHT, Space.GAP, Space.TIGHT)
        grid.setHorizontalSpacing(Space.GAP)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._shape, 0, 0, 2, 1)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._detail, 1, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(0, 1)

    def show_line(
        self, key: str, title: str, detail: str, *, kind: VerdictKind | None = None, chosen: bool = False
    ) -> None:
        """Show a line. One with an empty key leads nowhere."""
        self._key = key
        self._chosen = chosen
        self._shape.show_kind(kind)
        self._shape.setVisible(kind is not None)
        self._title.say(title)
        self._detail.say(detail)
        self._detail.setVisible(bool(detail))
        # One line alone stands in the middle of its row.
        self._grid.setRowStretch(1, int(bool(detail)))
        self.setCursor(Qt.CursorShape.PointingHandCursor if key else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"{title}. {detail}" if detail else title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if key else Qt.FocusPolicy.NoFocus)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens it."""
        inside = self.rect().contains(event.position().toPoint())
        if self._key and inside and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(self._key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only Ctrl+Enter opens it."""
        if self._key and pressed_on_purpose(event):
            self.opened.emit(self._key)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is gone."""
        super().focusOutEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is here."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show that it is gone."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw focus, pointer and choice."""
        super().paintEvent(event)
        palette = worn()
        painter = QPainter(self)
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.focus_edge), _EDGE))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
            painter.fillRect(_EDGE, _EDGE, 8, self.height() - 2 * _EDGE, QColor(palette.focus))
        elif self._chosen or (self._key and self.underMouse()):
            painter.setPen(QPen(QColor(palette.action), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
