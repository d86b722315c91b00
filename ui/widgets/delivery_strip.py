"""The delivery that is being booked, how far, and its commands, in one strip."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gms_desktop.services.views import DeliveryLine
from ui.theme.tokens import Space
from ui.widgets.card import Card
from ui.widgets.offer_bar import OfferBar
from ui.widgets.text import Words


class DeliveryStrip(Card):
    """Paints a ``DeliveryLine``; hidden where nothing is to be said.

    Signals:
        given(Given): one of its commands.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title = Words("name")
        self._detail = Words("body")
        self.offers = OfferBar()
        self.offers.given.connect(self.given)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        row = QHBoxLayout()
        row.setSpacing(Space.GAP)
        row.addLayout(words, 2)
        row.addWidget(self.offers, 3, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.hide()

    def paint(self, line: DeliveryLine | None) -> None:
        """Show it."""
        self.setVisible(line is not None)
        if line is not None:
            self._title.say(line.title)
            self._detail.say(line.detail)
            self.offers.paint(line.offers)
