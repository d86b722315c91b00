"""At the Tissue screen of a joined window: a block is taken into a case, cut, and its slide opened by keys."""

from dataclasses import replace
from pathlib import Path

import fixtures_tissue
import pytest
from at_the_bench import AtTheBench, application
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QScrollArea

from gms_desktop import tissue_words
from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Answer
from ui.actions import Place, ScreenAct
from ui.app import make_window
from ui.payloads import Given
from ui.screens.preview import PreviewScreen
from ui.widgets.press import BenchButton

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
        person.signs_in()
        person.scans("Q26-118901-1")
        number = person.printed(1)
        assert person.scans(number) == "Accepted"
        person.goes_to(Place.TISSUE)
        person.desk.scanner.scan(number)
        comes_to(person, "Not in a case")
        answers(person, Command.TISSUE_CASE, "urgent", histology="H26/12345")
        comes_to(person, "Case opened")
        person.desk.scanner.scan(number)
        comes_to(person, "Not in this case")
        answers(person, Command.TISSUE_JOIN, "block")
        comes_to(person, "In the case")
        person.gives(Command.TISSUE_BLADE)
        comes_to(person, "Fresh blade")
        answers(person, Command.TISSUE_CUT, "slide", pieces="1", sections="1", thickness="5")
        comes_to(person, "Cut")
        slide = shown(person).pieces[1]
        person.window.command_given.emit(Given(Command.TISSUE_CASE, None, slide.key))
        comes_to(person, "In hand")
        assert shown(person).heading.startswith(slide.title)
        path = tmp_path / "notes.png"
        path.write_bytes(b"no picture")
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_O, both)
        comes_to(person, "No picture")
        Image.new("RGB", (400, 300), "white").save(path)
        QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_O, both)
        comes_to(person, "Picture kept")
        looks_at_the_picture(person)


def looks_at_the_picture(person: AtTheBench) -> None:
    """The picture that was kept is there small, and is looked at by its key, larger and back."""
    screen = person.window.tissue
    person.until(lambda: bool(screen.view.pictures))
    small = screen.thumbnails.findChildren(QLabel)
    person.until(lambda: bool(small) and not small[0].pixmap().isNull())
    screen.look.click()
    person.until(lambda: bool(person.window.findChildren(PreviewScreen)))
    [preview] = person.window.findChildren(PreviewScreen)
    person.until(lambda: not preview.page.pixmap().isNull())
    fits = preview.page.pixmap().width()
    preview.buttons[ScreenAct.PAGE_LARGER].click()
    person.until(lambda: preview.page.pixmap().width() > fits)
    preview.buttons[ScreenAct.PREVIEW_CLOSE].click()
    person.until(screen.isVisible)


def test_a_question_that_follows_another_is_shown_from_its_top_and_with_all_the_room(app: QApplication) -> None:
    window = make_window(motion=False)
    window.resize(1024, 700)
    window.show()
    window.go(Place.TISSUE)
    screen = window.tissue
    screen.paint(fixtures_tissue.CORRECTED)
    app.processEvents()
    [scroll] = [one for one in screen.findChildren(QScrollArea) if one.isAncestorOf(screen.question)]
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    screen.paint(fixtures_tissue.ASKED)
    app.processEvents()
    assert scroll.verticalScrollBar().value() == 0
    assert scroll.width() > 600
    first, second = (screen.question.fields[name].width() for name in ("pieces", "sections"))
    assert abs(first - second) <= 1
    screen.paint(fixtures_tissue.BLOCK)
    app.processEvents()
    assert screen.pieces.isVisible()
    window.close()


def test_on_the_smallest_window_no_button_is_cut_off_and_what_is_kept_stands_with_what_fits(app: QApplication) -> None:
    window = make_window(motion=False)
    window.resize(1024, 640)
    window.show()
    window.go(Place.TISSUE)
    screen = window.tissue
    long = replace(fixtures_tissue.BLOCK, verdict=tissue_words.needs_agreement("ZK7Q00303", "would exhaust the block"))
    screen.paint(long)
    app.processEvents()
    for button in screen.offers.findChildren(BenchButton):
        if button.isVisible():
            assert screen.rect().contains(button.geometry().translated(button.parentWidget().mapTo(screen, QPoint())))
    assert screen.kept.isVisible()
    assert not screen.thumbnails.isVisible()
    window.resize(1440, 900)
    app.processEvents()
    assert screen.thumbnails.isVisible()
    window.close()
