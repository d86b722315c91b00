"""Index plates at the Plates screen of a joined window: a file taken in, its set named, a plate of it registered."""

from pathlib import Path

import pytest
from at_the_bench import AtTheBench, application
from PySide6.QtWidgets import QApplication, QFileDialog

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Answer
from ui.actions import Place
from ui.payloads import Given

pytestmark = pytest.mark.timeout(120)
FILE = "Well,Name,i7,i5 forward\nA01,UDX0001,ACGTACGTAC,TGCATGCATG\nB01,UDX0002,CCGTTCGTAA,TTCAAGCAAG\n"


def shown(person: AtTheBench):
    return person.window.plates._view


def title(person: AtTheBench, expected: str) -> None:
    person.until(lambda: shown(person).verdict is not None and shown(person).verdict.title == expected)
    assert person.window.place is Place.PLATES


def test_a_set_is_taken_in_from_its_file_and_a_plate_of_it_registered_by_its_code(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ud-set-a.csv").write_text(FILE, encoding="ascii")
    chosen = str(tmp_path / "ud-set-a.csv"), ""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_: chosen))
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        person.goes_to(Place.PLATES)
        person.gives(Command.INDEX_WORK)
        title(person, "Index plates")
        screen = person.window.plates
        person.until(screen.file.isVisible)
        screen.file.click()
        title(person, "Which set")
        assert shown(person).question.values == (("name", "ud-set-a"),)
        answer = Answer(fields=(("name", "UD set A"),))
        person.window.command_given.emit(Given(Command.INDEX_SET, answer, ""))
        title(person, "Set taken in")
        person.desk.scanner.scan("IX-000045")
        title(person, "New index plate")
        person.gives(Command.INDEX_REGISTER)
        person.until(lambda: shown(person).question is not None)
        choices = (shown(person).question.choices[0].code,)
        answer = Answer(choices, fields=(("lot", ""), ("expiry", "")), subject=shown(person).question.subject)
        person.window.command_given.emit(Given(Command.INDEX_REGISTER, answer, ""))
        title(person, "Index plate")
        assert {one.look for one in shown(person).wells} == {"free", "no index"}
        assert not screen.file.isVisible()
