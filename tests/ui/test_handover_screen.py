"""Handover: the sheet that is signed is the one in view, notes are acknowledged by name, and nothing is cut short."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fixtures_handover as views
import pytest
from pictures import colours
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from gms_desktop.documents.handover import read_sheet
from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Answer
from ui.payloads import Given
from ui.screens.handover import HandoverScreen
from ui.theme.contrast import luminance
from ui.theme.tokens import SECONDARY_TARGET
from ui.widgets.press import BenchButton, Press
from ui.widgets.text import Words

HERE = Path(__file__).parent
EVERY = pytest.mark.parametrize("name", list(views.EVERY))
SIZES = pytest.mark.parametrize("size", [(1244, 830), (1084, 640)], ids=["1440x900", "1280x720"])
_DRAWS = """
import sys
sys.path.insert(0, sys.argv[1])
from fixtures_handover import EVERY
from ui.app import make_application
from ui.screens.handover import HandoverScreen
from ui.theme.tokens import ThemeName
app = make_application(["render"], ThemeName(sys.argv[3]), "DejaVu Sans")
screen = HandoverScreen()
screen.resize(int(sys.argv[4]), int(sys.argv[5]))
screen.show()
for name, view in EVERY.items():
    screen.paint(view)
    for _ in range(3):
        app.processEvents()
    screen.grab().save(f"{sys.argv[2]}/{name}.png")
"""

Show = Callable[..., HandoverScreen]


@pytest.fixture
def show(app: QApplication) -> Iterator[Show]:
    screens: list[HandoverScreen] = []

    def shown(name: str, size: tuple[int, int] = (1244, 830)) -> HandoverScreen:
        screen = HandoverScreen()
        screens.append(screen)
        screen.resize(*size)
        screen.show()
        screen.paint(views.EVERY[name])
        screen.activateWindow()
        assert QTest.qWaitForWindowActive(screen)
        for _ in range(3):
            app.processEvents()
        return screen

    yield shown
    for screen in screens:
        screen.close()
        screen.deleteLater()
    app.processEvents()


def heard_of(signal: Any) -> list[Any]:
    heard: list[Any] = []
    signal.connect(lambda *said: heard.append(said[0] if said else None))
    return heard


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def seen(screen: QWidget, kind: type[QWidget]) -> list[Any]:
    return [one for one in screen.findChildren(kind) if one.isVisible()]


def test_every_section_is_there_with_what_to_do_next_or_that_nothing_is(show: Show) -> None:
    screen = show("handover")
    shown = said(screen)
    for section in views.SHEET.sections:
        assert section.title in shown
        assert section.lines or section.empty in shown
        for line in section.lines:
            assert line.what in shown
            assert f"Next: {line.action}" in shown
    assert "URGENT  26K7Q0047C" in shown
    assert views.SHEET.as_of in shown


def test_what_goes_up_to_be_signed_is_the_whole_sheet_that_was_in_view(show: Show) -> None:
    screen = show("handover")
    heard = heard_of(screen.given)
    screen.hand_over.click()
    (given,) = heard
    assert given.command is Command.HAND_OVER
    assert read_sheet(given.answer.comment) == views.SHEET
    assert not screen.take_over.isVisible()


def test_whoever_comes_takes_over_what_was_signed_and_may_make_a_new_sheet(show: Show) -> None:
    screen = show("handover_waits")
    heard, fresh, printed = heard_of(screen.given), heard_of(screen.fresh_wanted), heard_of(screen.print_wanted)
    for button in (screen.take_over, screen.fresh, screen.print_sheet):
        button.click()
    assert heard == [Given(Command.TAKE_OVER, None, "s1")]
    assert len(fresh) == len(printed) == 1
    assert "Handed over by: R. Okafor, senior, 22-Nov-2026 19:57" in said(screen)
    assert "Taken over by: not signed yet" in said(screen)
    assert not screen.hand_over.isVisible()


def test_whoever_handed_over_is_told_that_somebody_else_takes_over(show: Show) -> None:
    screen = show("handover_own")
    assert "Nobody takes over from themselves" in said(screen)
    assert not screen.take_over.isVisible()
    assert not screen.hand_over.isVisible()


def test_whoever_may_not_sign_may_read_and_print(show: Show) -> None:
    screen = show("handover_read")
    assert set(seen(screen, BenchButton)) == {screen.print_sheet}
    assert seen(screen, Press) == [screen.print_sheet]
    assert "It is signed by whoever may hand a shift over" in said(screen)


def test_a_note_is_written_and_stays_in_the_field_until_it_is_saved(show: Show) -> None:
    screen = show("handover")
    heard = heard_of(screen.given)
    screen.note.edit.setText("The taxi comes at 8")
    QTest.keyClick(screen.note.edit, Qt.Key.Key_Return)
    assert heard == []
    QTest.keyClick(screen.note.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == [Given(Command.WRITE_NOTE, Answer(comment="The taxi comes at 8"))]
    screen.paint(views.HANDOVER_DONE)
    assert screen.note.text == "The taxi comes at 8"
    screen.note_taken()
    assert screen.note.text == ""


def test_an_empty_note_is_asked_for_beside_its_field(show: Show) -> None:
    screen = show("handover")
    heard = heard_of(screen.given)
    screen.add_note.click()
    assert heard == []
    assert "Enter the note." in said(screen.note)
    assert screen.note.edit.hasFocus()


def test_each_note_is_acknowledged_by_its_own_button(show: Show) -> None:
    screen = show("handover")
    heard = heard_of(screen.given)
    buttons = [row.acknowledge for row in screen.notes.rows]
    buttons[1].setFocus()
    QTest.keyClick(buttons[1], Qt.Key.Key_Space)
    QTest.keyClick(buttons[1], Qt.Key.Key_Return)
    assert heard == []
    QTest.keyClick(buttons[1], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    buttons[0].click()
    assert heard == [Given(Command.ACKNOWLEDGE_NOTE, None, "n2"), Given(Command.ACKNOWLEDGE_NOTE, None, "n1")]


def test_nothing_open_is_said_in_words(show: Show) -> None:
    shown = said(show("handover_empty"))
    assert "Nothing is open, and no note was left" in shown
    assert "No specimen is on hold." in shown
    assert "No note waits to be acknowledged." in shown


def test_a_key_that_a_scanner_types_signs_nothing(show: Show) -> None:
    screen = show("handover")
    heard = heard_of(screen.given)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_H, Qt.Key.Key_1):
        QTest.keyClick(screen.windowHandle(), key)
    assert heard == []


@EVERY
def test_no_key_means_two_things_and_each_stands_on_its_button(show: Show, name: str) -> None:
    screen = show(name)
    keys = [one.key().toString() for one in screen.findChildren(QShortcut) if one.parent().isVisible()]
    assert len(keys) == len(set(keys))
    for button in seen(screen, BenchButton):
        assert button.text().splitlines()[-1].strip() == button.key.replace("+", " ")
    assert sum(bool(button.property("usual")) for button in seen(screen, BenchButton)) <= 1


@EVERY
@SIZES
def test_no_word_and_no_button_is_cut_short(show: Show, name: str, size: tuple[int, int]) -> None:
    screen = show(name, size)
    for label in seen(screen, Words):
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        assert label.height() >= needed - 1, label.text()
    for control in [*seen(screen, QAbstractButton), *seen(screen, QLineEdit)]:
        assert control.height() >= SECONDARY_TARGET, control.accessibleName()
        assert control.parentWidget().rect().contains(control.geometry()), control.accessibleName()


@EVERY
def test_tab_reaches_every_control_each_with_a_name(show: Show, name: str) -> None:
    screen = show(name)
    wanted = {
        one
        for one in screen.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    assert [one for one in wanted if not one.accessibleName().strip()] == []
    reached = {screen.focusWidget()}
    for _ in range(len(wanted) + 1):
        screen.focusNextChild()
        reached.add(screen.focusWidget())
    assert wanted <= reached


@pytest.mark.parametrize(("theme", "scale", "width", "height"), [("light", "1.5", 1084, 640), ("dark", "1", 1244, 830)])
def test_every_view_is_drawn_whole(tmp_path: Path, theme: str, scale: str, width: int, height: int) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
    order = [sys.executable, "-c", _DRAWS, str(HERE), str(tmp_path), theme, str(width), str(height)]
    subprocess.run(order, env=environment, check=True, capture_output=True, timeout=170)
    for name in views.EVERY:
        image = QImage(str(tmp_path / f"{name}.png"))
        assert (image.width(), image.height()) == (round(width * float(scale)), round(height * float(scale)))
        assert len(colours(image)) > 8, f"{name} is blank"
        corner = luminance(image.pixelColor(image.width() - 4, image.height() // 2).name())
        assert (corner > 0.5) == (theme == "light")
