"""At the Send away screen of a joined window: a consignment is opened, packed, closed and handed over by keys."""

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
from ui.screens.preview import PreviewScreen

pytestmark = pytest.mark.timeout(120)
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def shown(person: AtTheBench):
    return person.window.send_away.view


def comes_to(person: AtTheBench, title: str) -> None:
    person.until(lambda: shown(person).verdict is not None and shown(person).verdict.title == title)
    assert person.window.place is Place.SEND_AWAY


def answers(person: AtTheBench, given: Command, *choices: str, **fields: str) -> None:
    person.gives(given)
    person.until(lambda: shown(person).question is not None)
    person.window.command_given.emit(Given(given, Answer(choices, fields=tuple(fields.items())), ""))


def looks_at_its_papers(person: AtTheBench, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Its PDFs are paged through by keys, made larger, printed where there is a printer, saved, and put away."""

    def presses(key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        QTest.keyClick(person.window.windowHandle(), key, held)

    presses(Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: isinstance(person.window.screen_in_view, PreviewScreen))
    view = person.window.screen_in_view
    assert isinstance(view, PreviewScreen)
    person.until(lambda: view.where.text() == "Paper 1 of 2     Page 1 of 1")
    assert view.heading.text().endswith("-letter.pdf")
    letter = view.page.accessibleDescription()
    assert "J. Rider" not in letter
    assert "EXAMPLE pathology laboratory" in letter
    fits = view.page.pixmap().width()
    assert view.view.verticalScrollBar().maximum() == 0
    presses(Qt.Key.Key_F7, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: view.page.pixmap().width() > fits)
    presses(Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: view.page.pixmap().width() == fits)
    presses(Qt.Key.Key_F12, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: view.where.text().startswith("Paper 2 of 2     Page 1 of "))
    assert view.heading.text().endswith("-packing-list.pdf")
    monkeypatch.setenv("PATH", "")
    presses(Qt.Key.Key_P, BOTH)
    person.until(view.verdict.isVisible)
    monkeypatch.undo()
    copy = folder / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(copy), ""))
    presses(Qt.Key.Key_S, BOTH)
    person.until(copy.is_file)
    [kept] = folder.glob("*-packing-list.pdf")
    person.until(lambda: copy.read_bytes() == kept.read_bytes())
    presses(Qt.Key.Key_F11, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: person.window.screen_in_view is person.window.send_away)
    assert view.page.pixmap().isNull()


def test_a_specimen_is_packed_closed_and_handed_over_without_leaving_the_screen(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        person.scans("Q26-118901-1")
        number = person.printed(1)
        assert person.scans(number) == "Accepted"
        person.goes_to(Place.SEND_AWAY)
        answers(person, Command.SEND_OPEN, "blocks")
        comes_to(person, "Consignment open")
        person.desk.scanner.scan(number)
        comes_to(person, "Packed")
        assert [one.title for one in shown(person).items] == [f"specimen {number}"]
        person.gives(Command.SEND_CLOSE)
        comes_to(person, "Closed")
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
        QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_W, BOTH)
        comes_to(person, "Papers saved")
        assert len(list(tmp_path.glob("*-letter.pdf"))) == 1
        looks_at_its_papers(person, monkeypatch, tmp_path)
        label = tmp_path / "label.pdf"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(label), ""))
        QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_P, BOTH)
        comes_to(person, "Label written")
        assert label.read_bytes().startswith(b"%PDF")
        said = {"courier": "EXAMPLE courier", "reference": "", "signed": "J. Rider", "at": ""}
        answers(person, Command.SEND_HAND_OVER, **said)
        person.until(lambda: shown(person).state.startswith("Handed over"))
