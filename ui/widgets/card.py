"""The card that work stands on, and the page that scrolls when it must."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.theme.tokens import Space
from ui.widgets.text import Words


class Card(QFrame):
    """A white sheet with a title."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.CARD, Space.GAP, Space.CARD, Space.GAP)
        self.body.setSpacing(Space.TIGHT)
        self.title = Words("title", title)
        self.body.addWidget(self.title)
        self.title.setVisible(bool(title))

    def entitle(self, title: str) -> None:
        """Show a title."""
        self.title.say(title)
        self.title.setVisible(bool(title))


class Scroll(QScrollArea):
    """A page that scrolls up and down; Tab reaches it only while there is something to scroll."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setObjectName("page")
        self.body = QVBoxLayout(page)
        self.body.setContentsMargins(0, 0, Space.STEP, 0)
        self.body.setSpacing(Space.TIGHT)
        self.setWidget(page)
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)

    @Slot(int, int)
    def _range_changed(self, low: int, high: int) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if high > low else Qt.FocusPolicy.NoFocus)
