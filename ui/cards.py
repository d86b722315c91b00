"""Command cards: a card presses the button that its key would press, where that button is in view, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import timedelta
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton

from devices.values import Entered, Scan
from gms_desktop import card_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import command_card
from gms_desktop.domain.identifiers.command_card import Card
from gms_desktop.domain.verdicts import Verdict
from ui.actions import ACTS, COMMANDS, Binding, ScreenAct

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.answers import Answered
    from ui.main_window import MainWindow

_TWICE = timedelta(milliseconds=1500)

PRESSES: Mapping[Card, Binding] = MappingProxyType(
    {
        Card.CONFIRM: ACTS[ScreenAct.CONFIRM],
        Card.GO_BACK: COMMANDS[Command.CANCEL],
        Card.UNDO: COMMANDS[Command.UNDO],
        Card.HOLD: COMMANDS[Command.HOLD],
        Card.REJECT: COMMANDS[Command.REJECT],
        Card.PRINT_AGAIN: COMMANDS[Command.PRINT_AGAIN],
        Card.FINISH: COMMANDS[Command.FINISH],
        Card.NEXT_RACK: COMMANDS[Command.RACK_ASIDE],
        Card.SIGN_OUT: COMMANDS[Command.SIGN_OUT],
    }
)
"""What each card presses. The same binding, not the same key: on two screens one key can do two things."""


def keys() -> dict[Card, str]:
    """The key that does the same as each card, as it stands on a button."""
    return {card: binding.shown for card, binding in PRESSES.items()}


def button_of(window: MainWindow, card: Card) -> QAbstractButton | None:
    """The button that a card presses, when it could be pressed by hand now."""
    wanted = PRESSES[card]
    for button in window.findChildren(QAbstractButton):
        if getattr(button, "binding", None) is wanted and button.isVisible() and button.isEnabled():
            return button
    return None


class CardDesk(QObject):
    """The command cards of one bench."""

    def __init__(
        self,
        window: MainWindow,
        bench: Bench,
        run: Callable[[Future[Any], Callable[[Any], None]], None],
        not_done: Callable[[Answered], None],
    ) -> None:
        """Know the window.

        Args:
            window: where the buttons are.
            bench: records every scan of a card.
            run: hands what a future brings to a method on this thread.
            not_done: shows why a card did nothing.
        """
        super().__init__(window)
        self._window, self._bench, self._run, self._not_done = window, bench, run, not_done
        self._last: tuple[Card, Scan] | None = None

    def takes(self, said: Scan) -> bool:
        """Whether a scan is that of a card; then it is answered once everything scanned before it is in view."""
        if said.faults or not command_card.looks_like(said.text):
            return False
        from gms_desktop.card_scans import awaited

        self._run(awaited(self._bench, said), partial(self._answer, said))
        return True

    def _answer(self, said: Scan, printed: str) -> None:
        from gms_desktop.card_scans import note

        card = command_card.read(said.text)
        button = button_of(self._window, card) if card is not None and not self._window.locked else None
        if card is not None and printed:
            # What came out of the printer is read once before it acts; the scanner may look at it for long.
            self._last = card, said
            scanned_back = note(self._bench, said, card_words.reads_well(card), self._window.place.value, printed)
            self._run(scanned_back, self._not_done)
            return
        verdict = self._verdict(card, said, button)
        noted = note(self._bench, said, verdict, self._window.place.value)
        if button is None or card is None or verdict != card_words.done(card):
            self._run(noted, self._not_done)
            return
        self._run(noted, lambda _answered: None)
        button.click()

    def _verdict(self, card: Card | None, said: Scan, button: QAbstractButton | None) -> Verdict:
        if card is None:
            return card_words.damaged()
        if self._is_again(card, said):
            self._last = card, said
            return card_words.twice(card)
        if button is None:
            asked = button_of(self._window, Card.GO_BACK) is not None
            return card_words.not_open(card, keys()[card], asked=asked)
        self._last = card, said
        return card_words.done(card)

    def _is_again(self, card: Card, said: Scan) -> bool:
        """A scanner that looks at a card for long reads it again: a second "yes" must be meant."""
        if self._last is None or said.entered is Entered.TYPED:
            return False
        before, last = self._last
        return before is card and last.source == said.source and timedelta(0) <= said.at - last.at < _TWICE
