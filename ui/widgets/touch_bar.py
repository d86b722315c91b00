"""What one touch says of the tube in hand, as small toggles: a tick says without colour that it is said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QWidget

from gms_desktop.services.views import Touch
from ui.payloads import Given
from ui.theme.tokens import SECONDARY_TARGET
from ui.widgets.flow import Flow
from ui.widgets.press import Press


class TouchButton(Press):
    """One thing that is seen, or not."""

    def __init__(self, touch: Touch) -> None:
        super().__init__("")
        self.touch = touch

    def paint(self, touch: Touch) -> None:
        """Show whether it is said."""
        self.touch = touch
        self.say(f"{'✓' if touch.seen else '○'}  {touch.label}")
        self.setAccessibleName(f"{touch.label}, {'seen' if touch.seen else 'not seen'}")

    def sizeHint(self) -> QSize:
        """As high as a finger needs."""
        return super().sizeHint().expandedTo(QSize(0, SECONDARY_TARGET))


class TouchBar(QWidget):
    """Toggles side by side; those that stay keep their focus.

    Signals:
        given(Given): one was touched.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self)
        self.buttons: list[TouchButton] = []

    def paint(self, touches: Sequence[Touch]) -> None:
        """Show the toggles."""
        if [button.touch.argument for button in self.buttons] != [touch.argument for touch in touches]:
            self._rebuild(touches)
        for button, touch in zip(self.buttons, touches, strict=True):
            button.paint(touch)
        self.setVisible(bool(touches))

    def _rebuild(self, touches: Sequence[Touch]) -> None:
        for old in self.buttons:
            old.hide()
            self._flow.removeWidget(old)
            old.deleteLater()
        self.buttons = [TouchButton(touch) for touch in touches]
        for button in self.buttons:
            button.clicked.connect(self._clicked)
            self._flow.addWidget(button)

    @Slot()
    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, TouchButton):
            self.given.emit(Given(button.touch.command, None, button.touch.argument))
