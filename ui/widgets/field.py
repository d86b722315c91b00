"""Text fields: each with its label, its problem in words beside it, and deaf to Enter."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.theme.tokens import SECONDARY_TARGET, Space
from ui.theme.wear import worn
from ui.widgets.press import pressed_on_purpose
from ui.widgets.text import Words, repolish


class LineEdit(QLineEdit):
    """A line of text. Enter does nothing; Ctrl+Enter says that the person is done.

    Signals:
        done(): Ctrl+Enter was pressed.
    """

    done = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumHeight(SECONDARY_TARGET)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a black line within the yellow one: together they stand out on light and dark (NHS focus style)."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(QColor(worn().on_focus), 2))
            painter.drawRect(self.rect().adjusted(5, 5, -5, -5))
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take typing; let Enter go by."""
        if pressed_on_purpose(event):
            self.done.emit()
            event.accept()
        elif event.text() in {"\r", "\n"}:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Field(QWidget):
    """A label, a line of text, and what is wrong with it."""

    def __init__(self, name: str, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.edit = LineEdit(label)
        self.label = Words("strong", label)
        self.label.setBuddy(self.edit)
        self._hint = Words("small", hint)
        self._problem = Words("strong")
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.STEP)
        for each in (self.label, self._hint, self._problem, self.edit):
            column.addWidget(each)
        # Only now: what has no parent yet would be shown as a window of its own.
        self._hint.setVisible(bool(hint))

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.edit.text()

    def put(self, text: str) -> None:
        """Replace what stands in the field, without moving the cursor of one who types."""
        if text != self.edit.text():
            self.edit.setText(text)

    def problem(self, words: str) -> None:
        """Show what is wrong and how to put it right, or that all is well."""
        self._problem.say(words, "refused" if words else "")
        self._problem.setVisible(bool(words))
        self.edit.setAccessibleDescription(words)
        self.edit.setProperty("wrong", bool(words))
        repolish(self.edit)
