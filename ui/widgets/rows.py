"""A column of like rows that is painted again and again without being built again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.tokens import Space

ShownT = TypeVar("ShownT")
RowT = TypeVar("RowT", bound=QWidget)


class Rows(QWidget, Generic[ShownT, RowT]):
    """Rows made by a factory, kept, and hidden when there are fewer items than before."""

    def __init__(
        self,
        make: Callable[[], RowT],
        paint: Callable[[RowT, ShownT], None],
        parent: QWidget | None = None,
        *,
        gap: int = Space.TIGHT,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._paint = paint
        self.rows: list[RowT] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap)

    def paint(self, items: Sequence[ShownT]) -> None:
        """Show the items, one a row."""
        while len(self.rows) < len(items):
            row = self._make()
            self.rows.append(row)
            self._column.addWidget(row)
        for row, item in zip(self.rows, items, strict=False):
            self._paint(row, item)
            row.show()
        for row in self.rows[len(items) :]:
            row.hide()
        self.setVisible(bool(items))
