"""A typed table of frozen rows, described by its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QFont

from ui.theme.wear import mono_family

RowT = TypeVar("RowT")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
SORT_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Column(Generic[RowT]):
    """One column.

    Attributes:
        title: with the unit in it.
        text: the cell's words.
        number: the cell's value when the column holds numbers: sorted as such and aligned right.
        code: whether it holds identifiers, which stand in the monospaced face.
        wide: whether it takes the room that the others leave, and wraps.
    """

    title: str
    text: Callable[[RowT], str]
    number: Callable[[RowT], float] | None = None
    code: bool = False
    wide: bool = False


class TableModel(QAbstractTableModel, Generic[RowT]):
    """The rows of one table."""

    def __init__(self, columns: Sequence[Column[RowT]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[RowT, ...] = ()

    def paint(self, rows: Sequence[RowT]) -> None:
        """Show other rows."""
        if tuple(rows) == self.rows:
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, its alignment, or what it is sorted by."""
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return column.text(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column.number is not None)
            case Qt.ItemDataRole.FontRole:
                return QFont(mono_family()) if column.code else None
            case _ if role == SORT_ROLE:
                return column.number(row) if column.number else column.text(row).casefold()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' titles."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section].number is not None)
        return None

    def as_text(self, delimiter: str) -> str:
        """The whole table with its titles, whatever the filter shows.

        A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
        """
        sheet = io.StringIO()
        writer = csv.writer(sheet, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow([column.title for column in self.columns])
        writer.writerows([_harmless(column.text(row)) for column in self.columns] for row in self.rows)
        return sheet.getvalue()


class TableFilter(QSortFilterProxyModel):
    """Rows in which every typed word occurs in some cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setSortRole(SORT_ROLE)

    def narrow(self, typed: str) -> None:
        """Show only what holds these words."""
        self.beginFilterChange()
        self._words = tuple(typed.casefold().split())
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Whether a row holds them all."""
        model = self.sourceModel()
        cells = [str(model.index(row, column, parent).data()) for column in range(model.columnCount(parent))]
        text = "\n".join(cells).casefold()
        return all(word in text for word in self._words)


def _alignment(number: bool) -> int:
    side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _harmless(cell: str) -> str:
    risky = cell.startswith(("=", "+", "@", "\t")) or (cell.startswith("-") and not cell[1:2].isdigit())
    return f"'{cell}" if risky else cell
