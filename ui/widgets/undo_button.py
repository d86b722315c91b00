"""Undo, always in view, naming what it will undo."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gms_desktop.domain.commands import Command
from ui import words
from ui.actions import COMMANDS
from ui.payloads import Given
from ui.theme.icons import icon
from ui.theme.wear import worn
from ui.widgets.press import BenchButton


class UndoButton(BenchButton):
    """Gives ``Command.UNDO``.

    Signals:
        given(Given): it was pressed.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bind(COMMANDS[Command.UNDO])
        self.clicked.connect(self._give)
        self.paint("")

    def paint(self, what: str) -> None:
        """Say what it undoes; there may be nothing."""
        palette = worn()
        colour = palette.action if what else palette.muted
        self.label(what or words.NOTHING_TO_UNDO, icon=icon(COMMANDS[Command.UNDO].icon, colour))
        self.setEnabled(bool(what))

    @Slot()
    def _give(self) -> None:
        self.given.emit(Given(Command.UNDO))
