"""A table with a filter, sorting by header, and a way out for its data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui import clipboard, words
from ui.exports_folder import Saving, proposed
from ui.theme.tokens import Space
from ui.widgets.field import LineEdit
from ui.widgets.press import Press
from ui.widgets.table_model import Column, Index, TableFilter, TableModel
from ui.widgets.text import Words

RowT = TypeVar("RowT")
_LEAST_WIDE, _LOOK_MS = 260, 20
_PADDING = 24
"""More than the style sheet's padding of a cell, left and right, with its border and grid line."""


class _View(QTableView):
    """Says when it has other room.

    Signals:
        resized(): its size has changed.
    """

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell."""
        super().resizeEvent(event)
        self.resized.emit()

    def keyboardSearch(self, _search: str) -> None:
        """Letters choose nothing: scanners type them."""


class _Wrapped(QStyledItemDelegate):
    """A cell whose sentence is never cut: its height is that of the width which the style's padding leaves it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the whole text."""
        narrow = QStyleOptionViewItem(option)
        narrow.rect.setWidth(max(1, option.rect.width() - _PADDING))
        return super().sizeHint(narrow, index)


class Table(QWidget, Generic[RowT]):
    """Rows of one kind; empty, it says how something gets there.

    Signals:
        ended(str): a file was saved; or why it was not.
    """

    ended = Signal(str)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[RowT]],
        empty: str,
        *,
        titled: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = Words("title", name, wrap=False)
        self.model: TableModel[RowT] = TableModel(columns, self)
        self.shown = TableFilter(self)
        self.shown.setSourceModel(self.model)
        self.view = _View()
        self._wrapped = _Wrapped(self.view)
        self.view.setAccessibleName(name)
        self.view.setModel(self.shown)
        self.filter = LineEdit(f"{name}: {words.TABLE_FILTER}")
        self.filter.setPlaceholderText(words.TABLE_FILTER)
        self._name = name
        self._saving: list[Saving] = []
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._count = Words("small", wrap=False)
        self._copy = Press(words.TABLE_COPY)
        self._export = Press(words.TABLE_EXPORT)
        self._empty = Words("muted", empty)
        self._fault = Words("strong")
        self._fault.hide()
        self._dress()
        self._build(titled=titled)
        self._connect()
        self.paint(())

    def paint(self, rows: Sequence[RowT]) -> None:
        """Show rows; what was typed into the filter still holds."""
        self.model.paint(rows)
        for each in (self.view, self.filter, self._copy, self._export, self._count):
            each.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._recount()

    def when_empty(self, said: str) -> None:
        """Say otherwise than at first why there is no row."""
        self._empty.setText(said)

    def chosen(self) -> RowT | None:
        """The row that is chosen, or None; the only one is."""
        index = self.view.currentIndex()
        if index.isValid():
            return self.model.rows[self.shown.mapToSource(index).row()]
        return self.model.rows[0] if len(self.model.rows) == 1 else None

    def _dress(self) -> None:
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setTabKeyNavigation(False)
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.view.setWordWrap(True)
        self.view.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.view.verticalHeader().setMinimumSectionSize(36)
        across = self.view.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across.setStretchLastSection(not any(column.wide for column in self.model.columns))
        for place, column in enumerate(self.model.columns):
            if column.wide:
                self.view.setItemDelegateForColumn(place, self._wrapped)
                across.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
        across.setHighlightSections(False)
        self.view.setMinimumHeight(160)

    def _build(self, *, titled: bool) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(Space.TIGHT)
        if titled:
            bar.addWidget(self.title)
        bar.addWidget(self.filter, 1)
        bar.addStretch(0)
        bar.addWidget(self._count)
        bar.addWidget(self._copy)
        bar.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TIGHT)
        column.addLayout(bar)
        column.addWidget(self._fault)
        column.addWidget(self._empty)
        column.addWidget(self.view, 100)
        column.addStretch(1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._narrow)
        self.view.horizontalHeader().sectionResized.connect(self._refit)
        self.view.resized.connect(self._fit)
        self._copy.clicked.connect(self._copy_all)
        self._export.clicked.connect(self._ask_and_export)
        self._look.timeout.connect(self._look_whether_saved)

    def _recount(self) -> None:
        self._count.say(words.TABLE_ROWS.format(shown=self.shown.rowCount(), total=self.model.rowCount()))

    @Slot(int, int, int)
    def _refit(self, place: int, _before: int, _after: int) -> None:
        """A wrapped cell in a narrower column needs a higher row; other columns leave it other room."""
        if self.model.columns[place].wide:
            self.view.resizeRowsToContents()
        else:
            self._fit()

    @Slot()
    def _fit(self) -> None:
        """Give wide columns the room that the others leave, never so little that a sentence cannot be read."""
        across = self.view.horizontalHeader()
        wide = [place for place, column in enumerate(self.model.columns) if column.wide]
        taken = sum(across.sectionSize(place) for place in range(across.count()) if place not in wide)
        for place in wide:
            room = (self.view.viewport().width() - taken) // len(wide)
            across.resizeSection(place, max(_LEAST_WIDE, room))

    @Slot(str)
    def _narrow(self, typed: str) -> None:
        self.shown.narrow(typed)
        self._recount()

    @Slot()
    def _copy_all(self) -> None:
        clipboard.put(self.model.as_text("\t"))

    @Slot()
    def _ask_and_export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, words.TABLE_EXPORT, proposed(f"{self._name}.csv"), "CSV (*.csv)")
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Save the whole table as CSV in UTF-8 with a byte order mark, as spreadsheets expect; it is noted first.

        Beside the main thread, which would wait for the note: ``ended`` says what became of it.
        """
        content = self.model.as_text(",").encode("utf-8-sig")
        self._saving.append(Saving(path, content))
        self._look.start()

    @Slot()
    def _look_whether_saved(self) -> None:
        for one in [one for one in self._saving if not one.is_alive()]:
            self._saving.remove(one)
            self._tell(one.why)
            self.ended.emit(one.why)
        if not self._saving:
            self._look.stop()

    def _tell(self, why: str) -> None:
        self._fault.say(why, "refused" if why else "")
        self._fault.setVisible(bool(why))
