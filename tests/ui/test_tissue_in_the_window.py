"""At the Tissue screen of a joined window: a block is taken into a case, cut, and its slide opened by keys."""

from pathlib import Path

import pytest
from at_the_bench import AtTheBench, application
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Answer
from ui.actions import Place
from ui.payloads import Given

pytestmark = pytest.mark.timeout(120)


def shown(person: AtTheBench):
    return person.window.tissue.view


def comes_to(person: AtTheBench, title: str) -> None:
    person.until(lambda: shown(person).verdict is not None and shown(person).verdict.title == title)
    assert person.window.place is Place.TISSUE


def answers(person: AtTheBench, command: Command, *choices: str, **fields: str) -> None:
    person.gives(command)
    person.until(lambda: shown(person).question is not None)
    subject = shown(person).question.subject
    answer = Answer(choices, fields=tuple(fields.items()), subject=subject)
    person.window.command_given.emit(Given(command, answer, ""))


def test_a_block_is_cut_and_its_slide_opened_without_leaving_the_screen(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
