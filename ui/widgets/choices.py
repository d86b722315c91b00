"""Coded reasons and options as toggle buttons: seen all at once, and changed by no letter that a scanner types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QWidget

from gms_desktop.services.views import Choice
from ui.theme.tokens import SECONDARY_TARGET
from ui.widgets.flow import Flow
from ui.widgets.press import Press


class _Toggle(Press):
    """A button that stays down; a tick says so without colour."""

    def __init__(self, choice: Choice) -> None:
        super().__init__("")
        self.choice = choice
        self.setCheckable(True)
        self.mark()

    def mark(self) -> None:
        """Show whether it is chosen."""
        self.say(f"{'✓' if self.isChecked() else '○'}  {self.choice.label}")
        state = "chosen" if self.isChecked() else "not chosen"
        self.setAccessibleName(f"{self.choice.label}, {state}")

    def sizeHint(self) -> QSize:
        """As high as a finger needs."""
        return super().sizeHint().expandedTo(QSize(0, SECONDARY_TARGET))


class Choices(QWidget):
    """Several of them, or one.

    Signals:
        changed(): the choice is another.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._many, self._kept = True, False
        self._flow = Flow(self)
        self._toggles: list[_Toggle] = []

    def offer(self, choices: Sequence[Choice], *, many: bool, kept: bool = False) -> None:
        """Offer these, none of them chosen; ``kept``: the one chosen is not taken back by pressing it again."""
        self._many, self._kept = many, kept
        for old in self._toggles:
            old.hide()
            self._flow.removeWidget(old)
            old.deleteLater()
        self._toggles = [_Toggle(choice) for choice in choices]
        for toggle in self._toggles:
            toggle.clicked.connect(self._clicked)
            self._flow.addWidget(toggle)
        self.setVisible(bool(choices))

    def chosen(self) -> tuple[str, ...]:
        """The codes chosen, in the order offered."""
        return tuple(toggle.choice.code for toggle in self._toggles if toggle.isChecked())

    def choose(self, *codes: str) -> None:
        """Choose by code."""
        for toggle in self._toggles:
            toggle.setChecked(toggle.choice.code in codes)
            toggle.mark()

    def toggle(self, code: str) -> Press:
        """The button of a code.

        Raises:
            StopIteration: no such choice is offered.
        """
        return next(toggle for toggle in self._toggles if toggle.choice.code == code)

    def take_focus(self) -> None:
        """Put the focus on the first."""
        if self._toggles:
            self._toggles[0].setFocus()

    @Slot()
    def _clicked(self) -> None:
        pressed = self.sender()
        for toggle in self._toggles:
            if not self._many and toggle is not pressed:
                toggle.setChecked(False)
            elif self._kept:
                toggle.setChecked(True)
            toggle.mark()
        self.changed.emit()
