"""Coded reasons and options as toggle buttons: seen all at once, and changed by no letter that a scanner types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from gms_desktop.services.views import Choice
from ui.theme.tokens import SECONDARY_TARGET, Space
from ui.widgets.flow import Flow
from ui.widgets.press import Press
from ui.widgets.text import Words


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
        under = f"{self.choice.under}: " if self.choice.under else ""
        self.setAccessibleName(f"{under}{self.choice.label}, {state}")

    def excludes(self, other: _Toggle) -> bool:
        """Whether the other cannot be so once this one is chosen."""
        return other is not self and self.choice.one_of and other.choice.under == self.choice.under

    def sizeHint(self) -> QSize:
        """As high as a finger needs."""
        return super().sizeHint().expandedTo(QSize(0, SECONDARY_TARGET))


class Choices(QWidget):
    """Several of them, or one; those that stand under words of their own have a line of their own.

    Signals:
        changed(): the choice is another.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._many, self._kept = True, False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.TIGHT)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[Words, QWidget]] = []
        self._toggles: list[_Toggle] = []

    def offer(self, choices: Sequence[Choice], *, many: bool, kept: bool = False) -> None:
        """Offer these, none of them chosen; ``kept``: the one chosen is not taken back by pressing it again."""
        self._many, self._kept = many, kept
        self._clear()
        self._toggles = [_Toggle(choice) for choice in choices]
        for under in dict.fromkeys(choice.under for choice in choices):
            self._line(under, [one for one in self._toggles if one.choice.under == under])
        self.setVisible(bool(choices))

    def _clear(self) -> None:
        for line in self._lines:
            for old in line:
                old.hide()
                self._grid.removeWidget(old)
                old.deleteLater()
        self._lines = []

    def _line(self, under: str, toggles: Sequence[_Toggle]) -> None:
        words, beside = Words("strong", under, wrap=False, parent=self), QWidget(self)
        flow, place = Flow(beside), len(self._lines)
        for toggle in toggles:
            toggle.clicked.connect(self._clicked)
            flow.addWidget(toggle)
        words.setVisible(bool(under))
        self._grid.addWidget(words, place, 0)
        # What stands under no words has the line to itself.
        self._grid.addWidget(beside, place, 1 if under else 0, 1, 1 if under else 2)
        self._lines.append((words, beside))

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
            if toggle is not pressed and (
                not self._many or (isinstance(pressed, _Toggle) and pressed.excludes(toggle))
            ):
                toggle.setChecked(False)
            elif self._kept:
                toggle.setChecked(True)
            toggle.mark()
        self.changed.emit()
