"""The button that tries a device as it stands in a form, and below it what came back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.actions import Binding
from ui.payloads import TrialView
from ui.theme.tokens import Space
from ui.widgets.press import BenchButton
from ui.widgets.text import Words


class Trial(QWidget):
    """One device's trial.

    Args:
        name: what the button says.
        binding: its key.
        parent: the widget around it.
    """

    def __init__(self, name: str, binding: Binding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.press = BenchButton()
        self.press.bind(binding)
        self.press.label(name)
        self._heading = Words("strong")
        self._lines = Words("sentence")
        said = QVBoxLayout()
        said.setSpacing(Space.STEP)
        said.addWidget(self._heading)
        said.addWidget(self._lines)
        said.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(self.press, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(said, 1)
        self._lines.hide()

    def paint(self, view: TrialView) -> None:
        """Say what came back; a sign before the words says it without colour."""
        sign, tone = {None: ("", ""), True: ("✓  ", "finished"), False: ("!  ", "attention")}[view.well]
        self._heading.say(f"{sign}{view.heading}" if view.heading else "", tone)
        self._lines.say("\n".join(view.lines))
        self._lines.setVisible(bool(view.lines))
        self.press.setAccessibleDescription("\n".join((view.heading, *view.lines)))
