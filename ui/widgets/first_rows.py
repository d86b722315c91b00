"""The first rows of a table as they stand in its file, with what each column is said to be below its heading."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from gms_desktop.services.measure_views import FirstRows
from ui.theme.wear import mono_family

_MOST_ROWS, _ROW, _WIDEST, _MARK = 5, 30, 320, 12


class FirstRowsTable(QTableWidget):
    """Cells letter by letter; nothing can be changed in it, and keys walk through it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectColumns)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMaximumSectionSize(_WIDEST)

    def paint(self, shown: FirstRows) -> None:
        """Show other rows."""
        rows = shown.rows[:_MOST_ROWS]
        self.setColumnCount(len(shown.headings))
        self.setRowCount(len(rows))
        both = zip(shown.headings, shown.meanings, strict=True)
        self.setHorizontalHeaderLabels([f"{heading.strip() or '(no heading)'}\n{meaning}" for heading, meaning in both])
        for place, row in enumerate(rows):
            for column in range(len(shown.headings)):
                cell = QTableWidgetItem(row[column] if column < len(row) else "")
                cell.setFont(QFont(mono_family()))
                cell.setToolTip(cell.text())
                self.setItem(place, column, cell)
        self.setCurrentCell(0, shown.current)
        self.resizeColumnsToContents()
        for column in range(self.columnCount()):
            # The mark of the cell in focus takes room too.
            self.setColumnWidth(column, self.columnWidth(column) + _MARK)
        high = self.horizontalHeader().sizeHint().height() + _ROW * len(rows)
        self.setFixedHeight(high + self.horizontalScrollBar().sizeHint().height() + 4)

    def keyboardSearch(self, _search: str) -> None:
        """Letters choose nothing: scanners type them."""
