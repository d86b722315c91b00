"""Words on a screen: labels by face, never cut short."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a property that has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Words(QLabel):
    """Plain text in one face of the type scale, wrapped rather than cut."""

    def __init__(self, face: str, text: str = "", *, wrap: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("face", face)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        """A line; how many lines are needed follows from the width, or a page would scroll for nothing."""
        hint = super().minimumSizeHint()
        if not self.wordWrap():
            return hint
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in self.text().split()), default=0)
        return QSize(min(hint.width(), longest), self.fontMetrics().height())

    def say(self, text: str, tone: str = "") -> None:
        """Show a text, in the colour of a verdict when a tone is named."""
        if text != self.text():
            self.setText(text)
        if tone != (self.property("tone") or ""):
            self.setProperty("tone", tone)
            repolish(self)

    def face(self, face: str) -> None:
        """Change the face."""
        if face != self.property("face"):
            self.setProperty("face", face)
            repolish(self)


class Whole(Words):
    """A value that likes to stand in one line, and wraps when the line is too short for it."""

    def __init__(self, face: str, text: str = "") -> None:
        super().__init__(face, text)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, super().minimumSizeHint().height())
