"""The morning's delivery on the made-up bench top: each thing with what it is, what to do and what to expect."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from gms_desktop.rehearsal.van_steps import VAN, VanStep

_NOTE = "The morning's delivery. Go from top to bottom: each thing says what it is, what to do and what to expect."


class VanPage(QWidget):
    """The steps of the van, one below the other."""

    def __init__(self, scan: Callable[[str], None], taken: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = [_StepCard(number, step, scan) for number, step in enumerate(VAN, start=1)]
        column = QVBoxLayout(self)
        column.addWidget(_wrapped(_NOTE))
        for card in self.steps:
            column.addWidget(card)
            if card.step.code in taken:
                card.mark()
        column.addStretch(1)


class _StepCard(QFrame):
    """One step."""

    def __init__(self, number: int, step: VanStep, scan: Callable[[str], None]) -> None:
        super().__init__()
        self.step = step
        self.setFrameShape(QFrame.Shape.StyledPanel)
        column = QVBoxLayout(self)
        column.setSpacing(2)
        title = _wrapped(f"{number}  {step.title}")
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        column.addWidget(title)
        self.button = QPushButton(f"Scan {step.code}")
        self.button.setStyleSheet("font-weight: normal; text-align: left; padding: 2px 8px;")
        self.button.setMinimumHeight(36)
        self.button.setAccessibleName(f"Scan {step.title}")
        self.button.setVisible(bool(step.code))
        self.button.clicked.connect(partial(self._clicked, scan))
        column.addWidget(self.button)
        for words in (step.todo, f"Expect: {step.expect}"):
            if words:
                column.addWidget(_wrapped(words))

    def mark(self) -> None:
        """Show that it was scanned, by a sign and a word."""
        self.button.setText(f"✓ scanned  {self.step.code}")
        self.button.setAccessibleName(f"Scan {self.step.title}, scanned before")

    def _clicked(self, scan: Callable[[str], None]) -> None:
        scan(self.step.code)
        self.mark()


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
