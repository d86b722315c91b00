from collections.abc import Iterator

import pytest
from fixtures_views import EXPECTED
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gms_desktop.services.views import ImportLine
from ui import words
from ui.screens.expected import ExpectedScreen


@pytest.fixture
def screen(app: QApplication) -> Iterator[ExpectedScreen]:
    made = ExpectedScreen()
    made.paint(EXPECTED)
    made.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def wanted(screen: ExpectedScreen) -> list[ImportLine]:
    found: list[ImportLine] = []
    screen.copy_wanted.connect(found.append)
    return found


def press(screen: ExpectedScreen) -> None:
    QTest.mouseClick(screen.save_copy, Qt.MouseButton.LeftButton)


def test_a_copy_is_wanted_of_the_chosen_line(screen: ExpectedScreen, wanted: list[ImportLine]) -> None:
    screen.imports.view.selectRow(1)
    press(screen)
    assert wanted == [EXPECTED.imports[1]]


def test_with_no_line_chosen_the_screen_says_what_to_do(screen: ExpectedScreen, wanted: list[ImportLine]) -> None:
    press(screen)
    assert wanted == []
    assert screen.drop.waiting.text() == words.EXPECTED_CHOOSE_LINE


def test_a_chosen_line_is_the_one_seen_however_the_table_is_sorted(
    screen: ExpectedScreen, wanted: list[ImportLine]
) -> None:
    screen.imports.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    screen.imports.view.selectRow(0)
    press(screen)
    assert wanted[0].file == max(line.file for line in EXPECTED.imports)
