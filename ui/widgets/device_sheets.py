"""What can be done about the scanner beside trying it: teach it to the bench, print its sheets."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gms_desktop import card_words, self_test_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.label_sorts import ASKED
from ui.actions import ACTS, ScreenAct
from ui.payloads import Given, SheetWanted
from ui.scanner_sheets import CARDS, SELF_TEST
from ui.theme.icons import icon
from ui.theme.wear import worn
from ui.widgets.flow import Flow
from ui.widgets.press import BenchButton

_LABELS = {
    ScreenAct.TEACH_SCANNER: self_test_words.OPEN,
    ScreenAct.SELF_TEST_SHEET: self_test_words.MAKE_SHEET,
    ScreenAct.COMMAND_CARDS: card_words.MAKE_SHEET,
}


class DeviceSheets(QWidget):
    """Three buttons.

    Signals:
        teach_wanted(): the self-test.
        sheet_wanted(SheetWanted): a PDF.
        given(Given): command cards come out of the printer that is named for them.
    """

    teach_wanted = Signal()
    sheet_wanted = Signal(object)
    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._printed = False
        flow = Flow(self)
        self.buttons = {act: BenchButton() for act in _LABELS}
        for act, button in self.buttons.items():
            button.bind(ACTS[act])
            button.label(_LABELS[act], icon=icon(ACTS[act].icon, worn().action))
            flow.addWidget(button)
        self.buttons[ScreenAct.TEACH_SCANNER].clicked.connect(self._teach)
        self.buttons[ScreenAct.SELF_TEST_SHEET].clicked.connect(self._self_test)
        self.buttons[ScreenAct.COMMAND_CARDS].clicked.connect(self._cards)

    def offer_cards(self, *, printed: bool) -> None:
        """Command cards come out of a printer, or are a sheet to print and cut."""
        self._printed = printed
        button = self.buttons[ScreenAct.COMMAND_CARDS]
        words = card_words.PRINT if printed else card_words.MAKE_SHEET
        button.label(words, icon=icon(ACTS[ScreenAct.COMMAND_CARDS].icon, worn().action))

    def paint(self) -> None:
        """Wear the theme."""
        for act, button in self.buttons.items():
            button.setIcon(icon(ACTS[act].icon, worn().action))

    @Slot()
    def _teach(self) -> None:
        self.teach_wanted.emit()

    @Slot()
    def _self_test(self) -> None:
        self.sheet_wanted.emit(SheetWanted(SELF_TEST))

    @Slot()
    def _cards(self) -> None:
        if self._printed:
            self.given.emit(Given(Command.THING_LABEL, None, ASKED))
        else:
            self.sheet_wanted.emit(SheetWanted(CARDS))
