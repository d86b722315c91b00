"""What every screen has: the order in the largest words, and a name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.tokens import Space
from ui.widgets.text import Words


class Screen(QWidget):
    """A column that begins with the heading, which says what is awaited."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self.heading = Words("heading")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.EDGE, Space.GAP, Space.EDGE, Space.GAP)
        self.body.setSpacing(Space.GAP)
        self.body.addWidget(self.heading)

    def order(self, heading: str) -> None:
        """Show what is awaited."""
        self.heading.say(heading)
