"""What every screen has: the order in the largest words, and a name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.theme.tokens import Space
from ui.widgets.text import Words

_SMALL_WIDE, _SMALL_HIGH = 960, 720


class Screen(QWidget):
    """A column that begins with the heading, which says what is awaited."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._small = False
        self.setObjectName("screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self.heading = Words("heading")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.EDGE, Space.GAP, Space.EDGE, Space.GAP)
        self.body.setSpacing(Space.GAP)
        self.body.addWidget(self.heading)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the largest words are smaller, so that the work below them is not pushed out of view."""
        super().resizeEvent(event)
        small = event.size().width() < _SMALL_WIDE or event.size().height() < _SMALL_HIGH
        if small != self._small:
            self._small = small
            self.heading.face("heading small" if small else "heading")
            self.shrink(small=small)

    def shrink(self, *, small: bool) -> None:
        """What else gives way on a small screen."""

    def leave_focus(self, before: QWidget | None, *, asked: bool) -> None:
        """Leave to nobody the focus of a control that went: on the next button it would look like the next step.

        Args:
            before: what had the focus before the screen was painted anew.
            asked: whether a question stands open, which takes the focus itself.
        """
        now = QApplication.focusWidget()
        if not asked and now is not None and now is not before and self.window().isAncestorOf(now):
            self.window().setFocus()

    def order(self, heading: str) -> None:
        """Show what is awaited."""
        self.heading.say(heading)
