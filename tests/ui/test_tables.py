import csv
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication

from ui.widgets.table import Table
from ui.widgets.table_model import Column, TableFilter, TableModel


@dataclass(frozen=True)
class Volume:
    tube: str
    microlitres: float
    note: str = ""


COLUMNS: tuple[Column[Volume], ...] = (
    Column("Tube", lambda row: row.tube, code=True),
    Column("Volume (µl)", lambda row: f"{row.microlitres:g}", number=lambda row: row.microlitres),
    Column("Note", lambda row: row.note, wide=True),
)
ROWS = (Volume("0012345", 9.5), Volume("0012346", 100), Volume("0000007", 20, "clotted, =SUM(A1)"))


@pytest.fixture
def table(app: QApplication):
    made: Table[Volume] = Table("Volumes", COLUMNS, "Measure a rack: its volumes stand here.")
    made.paint(ROWS)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def cells(table: Table[Volume], column: int) -> list[str]:
    return [table.shown.index(row, column).data() for row in range(table.shown.rowCount())]


def test_the_model_keeps_the_contract_of_qt_while_rows_come_and_go(app: QApplication):
    model: TableModel[Volume] = TableModel(COLUMNS)
    shown = TableFilter()
    shown.setSourceModel(model)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, fatal), QAbstractItemModelTester(shown, fatal)]
    for rows in (ROWS, ROWS[:1], (), ROWS):
        model.paint(rows)
        shown.narrow("0012")
        shown.sort(1)
    assert [shown.index(row, 0).data() for row in range(shown.rowCount())] == ["0012345", "0012346"]
    assert len(testers) == 2


def test_numbers_are_sorted_as_numbers_and_codes_keep_their_zeros(table):
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert cells(table, 0) == ["0012345", "0000007", "0012346"]
    table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert cells(table, 1) == ["100", "20", "9.5"]


def test_numbers_stand_to_the_right_with_their_unit_in_the_header(table):
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    assert table.shown.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) == right
    assert table.shown.headerData(1, Qt.Orientation.Horizontal) == "Volume (µl)"


def test_typing_narrows_the_list_to_rows_with_every_word(table):
    table.filter.setText("00000 CLOT")
    assert cells(table, 0) == ["0000007"]
    table.filter.setText("nothing of the sort")
    assert cells(table, 0) == []


def test_copy_takes_the_whole_table_whatever_the_filter_shows(table, app):
    table.filter.setText("clotted")
    table._copy.click()
    lines = app.clipboard().text().splitlines()
    assert lines[0] == "Tube\tVolume (µl)\tNote"
    assert len(lines) == 4


def saved(table, path):
    """Save the table there, and wait until it is said what became of it."""
    ended = QSignalSpy(table.ended)
    table.export_to(path)
    assert ended.count() or ended.wait(10_000)


def test_the_csv_holds_every_row_and_runs_no_formula(table, tmp_path):
    table.paint((*ROWS, Volume("=1+1", -3, "-2 is a number, @home is not")))
    path = tmp_path / "volumes.csv"
    saved(table, path)
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 5
    assert rows[1] == ["0012345", "9.5", ""]
    assert rows[4] == ["'=1+1", "-3", "-2 is a number, @home is not"]


def test_a_sentence_is_never_cut_whatever_its_length(table, app):
    said = (
        "The birth date is in the future. Ask the sender for the right one, and take the file in again. " * 2
    ).split()
    table.resize(720, 400)
    table.paint([Volume("0012345", 1, " ".join(said[:count])) for count in range(1, len(said))])
    app.processEvents()
    view = table.view
    metrics, width = QFontMetrics(view.font()), view.columnWidth(2) - 20
    for row in range(table.shown.rowCount()):
        text = table.shown.index(row, 2).data()
        needed = metrics.boundingRect(QRect(0, 0, width, 9999), Qt.TextFlag.TextWordWrap, text).height()
        assert view.rowHeight(row) >= needed, text


def test_a_sentence_keeps_room_to_be_read_beside_long_codes(table, app):
    table.resize(420, 400)
    table.paint([Volume("0" * 60, 1, "The birth date is in the future. Ask the sender for the right one.")])
    app.processEvents()
    assert table.view.columnWidth(2) >= 260
    table.resize(1600, 400)
    app.processEvents()
    across = table.view.horizontalHeader()
    assert sum(across.sectionSize(place) for place in range(3)) == table.view.viewport().width()


def test_a_table_that_cannot_be_saved_says_why(table, tmp_path):
    (tmp_path / "volumes.csv").mkdir()
    saved(table, tmp_path / "volumes.csv")
    assert "volumes.csv cannot be saved" in table._fault.text()
    assert table._fault.isVisible()


def test_an_empty_table_says_how_something_gets_there(table):
    table.paint(())
    assert not table.view.isVisible()
    assert table._empty.isVisible()
