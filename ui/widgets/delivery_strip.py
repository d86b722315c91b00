"""The delivery that is being booked and how far, on one line, and under it its commands when there are any."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gms_desktop.services.views import DeliveryLine
from ui.theme.tokens import Space
from ui.widgets.offer_bar import OfferBar
from ui.widgets.text import Words


class DeliveryStrip(QWidget):
    """Paints a ``DeliveryLine``; hidden where nothing is to be said.

    Signals:
        given(Given): one of its commands.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Words("name", wrap=False)
        self._detail = Words("body")
        self.offers = OfferBar()
        self.offers.given.connect(self.given)
        line = QHBoxLayout()
        line.setSpacing(Space.GAP)
        line.addWidget(self._title)
        line.addWidget(self._detail, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.CARD, 0, 0, 0)
        column.setSpacing(Space.TIGHT)
        column.addLayout(line)
        column.addWidget(self.offers)
        self.hide()

    def paint(self, line: DeliveryLine | None) -> None:
        """Show it."""
        self.setVisible(line is not None)
        if line is not None:
            self._title.say(line.title)
            self._detail.say(line.detail, line.kind.value if line.kind else "")
            self.offers.paint(line.offers)
