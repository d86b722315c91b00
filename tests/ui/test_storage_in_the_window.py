"""At the Storage screen of a joined window: a place is defined, a tube put away, found again and taken out by keys."""

from dataclasses import replace
from pathlib import Path

import pytest
from at_the_bench import AtTheBench, application
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Answer
from gms_desktop.settings import LabelSettings
from ui.actions import Place
from ui.payloads import Given

pytestmark = pytest.mark.timeout(120)


def shown(person: AtTheBench):
    return person.window.storage.view


def comes_to(person: AtTheBench, title: str) -> None:
    person.until(lambda: shown(person).verdict is not None and shown(person).verdict.title == title)
    assert person.window.place is Place.STORAGE


def new_place(person: AtTheBench, sort: str, name: str) -> None:
    person.gives(Command.REGISTER_PLACE)
    person.until(lambda: shown(person).question is not None)
    answer = Answer((sort,), fields=(("name", name),))
    person.window.command_given.emit(Given(Command.REGISTER_PLACE, answer, ""))
    person.until(lambda: shown(person).heading == name)


def test_a_tube_is_put_away_and_taken_out_without_leaving_the_screen(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        person.scans("Q26-118901-1")
        number = person.printed(1)
        assert person.scans(number) == "Accepted"
        person.goes_to(Place.STORAGE)
        for sort, name in (("room", "Room 4"), ("freezer", "Freezer A"), ("box 9x9", "Box 12")):
            new_place(person, sort, name)
        assert len(shown(person).positions) == 81
        label = tmp_path / "label.pdf"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(label), ""))
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_P, both)
        comes_to(person, "Label written")
        assert label.read_bytes().startswith(b"%PDF")
        person.desk.scanner.scan(number)
        comes_to(person, "Put away")
        assert shown(person).positions[0].code == number
        person.desk.scanner.scan(number)
        comes_to(person, "Stands there")
        person.gives(Command.TAKE_OUT)
        person.until(lambda: shown(person).question is not None)
        answer = Answer(("work",), fields=(("due", ""),), subject=shown(person).question.subject)
        person.window.command_given.emit(Given(Command.TAKE_OUT, answer, ""))
        comes_to(person, "Taken out")
        assert shown(person).listed[0].title == number


def test_the_label_of_a_place_is_printed_by_its_key_and_again_for_a_reason_where_a_printer_is_named(
    app: QApplication, tmp_path: Path
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        person.bench.wear(replace(person.bench.settings, labels={"place": LabelSettings("Label printer")}))
        person.goes_to(Place.STORAGE)
        new_place(person, "room", "Room 4")
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_P, both)
        comes_to(person, "Label prints")
        code = person.printed(1)
        assert code.startswith("L/")
        person.until(lambda: shown(person).question is None)
        QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_P, both)
        person.until(lambda: shown(person).question is not None)
        asked = shown(person).question
        assert asked.title == f"Why is label {code} printed again?"
        answer = Answer((asked.choices[0].code,), subject=asked.subject)
        person.window.command_given.emit(Given(Command.THING_LABEL, answer, ""))
        comes_to(person, "Printing again")
        person.printed(2)
