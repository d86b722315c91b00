"""The commands that may be given now, as large buttons with their keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gms_desktop.services.views import Offer
from ui.actions import COMMANDS
from ui.payloads import Given
from ui.theme.icons import icon
from ui.theme.wear import worn
from ui.widgets.flow import Flow
from ui.widgets.press import BenchButton


class OfferButton(BenchButton):
    """One offer."""

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self.offer = offer

    def paint(self, offer: Offer, *, keyed: bool) -> None:
        """Show the offer; when two offers give one command, only the first has the key."""
        if offer.argument != self.offer.argument:
            # It acts on another thing now: whoever had chosen it had chosen the former one.
            self.clearFocus()
        self.offer = offer
        binding = COMMANDS.get(offer.command)
        self.bind(binding if keyed else None)
        tokens = worn()
        colour = tokens.on_action if offer.usual else tokens.action
        shown = icon(binding.icon, colour) if binding else None
        self.label(offer.label, usual=offer.usual, icon=shown)


class OfferBar(QWidget):
    """Buttons side by side; those that stay keep their focus.

    Signals:
        given(Given): one was pressed.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self)
        self._buttons: list[OfferButton] = []
        self._last: QWidget | None = None

    def paint(self, offers: Sequence[Offer]) -> None:
        """Show the offers. What stands behind them stays without them."""
        # A new button costs 7 ms of style and layout: while things are scanned in, only what one acts on changes.
        if [button.offer.command for button in self._buttons] != [offer.command for offer in offers]:
            self._rebuild(offers)
        keyed: set[str] = set()
        for button, offer in zip(self._buttons, offers, strict=True):
            button.paint(offer, keyed=offer.command.value not in keyed)
            keyed.add(offer.command.value)
            # The layout would show a new one only later: a card may be answered before.
            button.show()
        self.setVisible(bool(offers) or self._last is not None)

    def end_with(self, last: QWidget | None) -> None:
        """Have a widget stand behind the last offer, or no more."""
        if self._last is not None:
            self._flow.removeWidget(self._last)
        self._last = last
        if last is not None:
            self._flow.addWidget(last)

    def button(self, command: str) -> OfferButton:
        """The first button of a command.

        Raises:
            StopIteration: the command is not offered.
        """
        return next(button for button in self._buttons if button.offer.command.value == command)

    def _rebuild(self, offers: Sequence[Offer]) -> None:
        for old in self._buttons:
            old.hide()
            old.bind(None)
            self._flow.removeWidget(old)
            old.deleteLater()
        self._buttons = [OfferButton(offer) for offer in offers]
        for button in self._buttons:
            button.clicked.connect(self._clicked)
            self._flow.addWidget(button)
        self.end_with(self._last)

    @Slot()
    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, OfferButton):
            self.given.emit(Given(button.offer.command, None, button.offer.argument))
