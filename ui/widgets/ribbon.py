"""States that must never be missed (REHEARSAL, DOWNTIME, update needed), and notices that wait for a person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from ui.widgets.rows import Rows


class Ribbon(QLabel):
    """A full-width strip; not there when all is ordinary."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ribbon")
        self.setWordWrap(True)
        self.hide()

    def paint(self, text: str) -> None:
        """Show the state."""
        self.setText(text)
        self.setVisible(bool(text))


class _Notice(QLabel):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setWordWrap(True)


class Notices(Rows[str, _Notice]):
    """What a person must be told at once, such as an entry whose verdict has flipped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_Notice, _say, parent)
        self.hide()

    def paint(self, items: Sequence[str]) -> None:
        """Show the notices."""
        super().paint(items)


def _say(notice: _Notice, text: str) -> None:
    notice.setText(f"!  {text}")
