"""A table of the laboratory's own in a joined window: opened, its columns walked through and said by key, proposed."""

from pathlib import Path

import pytest
from at_the_bench import application
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_measure_in_the_window import comes_to, drops, shown

from gms_desktop.domain.commands import Command
from ui.actions import Place

pytestmark = pytest.mark.timeout(120)


def says(person, choice: str, then: str) -> None:
    screen = person.window.measure
    person.until(lambda: shown(person).question is not None)
    before = shown(person).question
    screen.question.choices.choose(choice)
    screen.question.confirm.click()
    person.until(lambda: shown(person).question != before)
    comes_to(person, then)


def test_a_tables_columns_are_walked_through_and_said_by_key_and_it_is_proposed(
    app: QApplication, tmp_path: Path
) -> None:
    path = tmp_path / "ours.csv"
    path.write_text("Tube,Conc (ng/ul),Who\nFD20024619,12.5,A. Person\n", encoding="utf-8")
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        person.goes_to(Place.MEASURE)
        person.until(lambda: shown(person).heading == "Choose an instrument's file")
        person.gives(Command.SHOW_TABLES)
        comes_to(person, "Own tables")
        screen = person.window.measure
        assert screen.choose.isVisible()
        drops(person, path)
        comes_to(person, "Point at it")
        rows = screen.first_rows
        assert rows.isVisible()
        assert [rows.item(0, column).text() for column in range(3)] == ["FD20024619", "12.5", "A. Person"]
        person.gives(Command.TABLE_COLUMN)
        says(person, "sample", "Said")
        assert rows.horizontalHeaderItem(0).text() == "Tube\nsample"
        assert rows.currentColumn() == 1
        QTest.keyClick(rows, Qt.Key.Key_Right)
        assert rows.currentColumn() == 2
        QTest.keyClick(rows, Qt.Key.Key_Left)
        person.gives(Command.TABLE_COLUMN)
        says(person, "value", "Say what it is")
        says(person, "of:concentration", "Said")
        assert rows.horizontalHeaderItem(1).text() == "Conc (ng/ul)\nconcentration, in ng/ul"
        person.gives(Command.PROPOSE_TABLE)
        comes_to(person, "Name it")
        for name, text in (("name", "Our sheet"), ("instrument", "Plate reader")):
            screen.question.fields[name].put(text)
        screen.question.confirm.click()
        comes_to(person, "Proposed")
        assert shown(person).heading == "Approve this table?"
