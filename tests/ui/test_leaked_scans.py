"""A wedge scanner whose prefix is lost types into whatever has the focus. Nothing may come of it."""

from collections import Counter

import pytest
from painted import SCREENS, paint
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.main_window import MainWindow

SIGNALS = (
    "command_given",
    "screen_wanted",
    "typed",
    "find_wanted",
    "subject_wanted",
    "file_given",
    "report_wanted",
    "test_wanted",
    "settings_saved",
    "set_up_given",
    "rehearsal_wanted",
    "pin_given",
)

BURSTS = {
    "prefix lost, CR": "26K7Q0042X\r",
    "first character eaten, Tab": "6k7q0042x\t",
    "digits, CR LF": "5012345678900\r\n",
    "spaces within": "R 14.1 Y N  \r",
}


def record(window: MainWindow) -> list[tuple[str, object]]:
    """Everything that the window sends up from now on."""
    heard: list[tuple[str, object]] = []
    for name in SIGNALS:
        getattr(window, name).connect(lambda *given, name=name: heard.append((name, given)))
    return heard


def focusable(window: MainWindow) -> list[QWidget]:
    """Every widget in view that Tab reaches."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def type_keys(window: MainWindow, keys: str) -> None:
    """Keys as the window system delivers them: shortcuts first, then the widget with the focus."""
    special = {"\r": Qt.Key.Key_Return, "\n": Qt.Key.Key_Enter, "\t": Qt.Key.Key_Tab, " ": Qt.Key.Key_Space}
    for key in keys:
        if key in special:
            QTest.keyClick(window.windowHandle(), special[key])
        else:
            QTest.keyClick(window.windowHandle(), key)


@pytest.mark.parametrize("name", list(SCREENS))
def test_a_leaked_scan_saves_sends_and_presses_nothing_wherever_the_focus_is(
    window: MainWindow, app: QApplication, name
):
    paint(window, name)
    app.processEvents()
    heard = record(window)
    place, widgets = window.screen_in_view, focusable(window)
    assert widgets or name == "locked"
    bursts, seen = list(BURSTS.values()), Counter[type]()
    for widget in widgets:
        # The first of a kind hears every burst; the others take turns, each with one.
        turn = seen[type(widget)]
        seen[type(widget)] += 1
        for burst in bursts if not turn else [bursts[turn % len(bursts)]]:
            if widget.isVisible():
                widget.setFocus()
                type_keys(window, burst)
    assert heard == []
    assert window.screen_in_view is place


def test_reasons_are_neither_chosen_nor_taken_back_by_a_leaked_scan(window: MainWindow, app: QApplication):
    paint(window, "receive_question")
    question = window.receive.question
    question.choices.choose("clotted")
    for toggle in ("clotted", "volume"):
        question.choices.toggle(toggle).setFocus()
        type_keys(window, "26K7Q0042X \r")
    assert question.answer().choices == ("clotted",)


def test_ctrl_enter_presses_the_button_with_the_focus_and_enter_does_not(window: MainWindow, app: QApplication):
    paint(window, "receive")
    heard = record(window)
    window.receive.offers.button("hold").setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space)
    assert heard == []
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [given[0].command.value for _, given in heard] == ["hold"]


def test_a_command_key_works_wherever_the_focus_is(window: MainWindow, app: QApplication):
    paint(window, "receive")
    heard = record(window)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_H, both)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F12)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F9)
    assert [name for name, _ in heard] == ["command_given"] * 3 + ["screen_wanted"]


def test_a_command_that_is_not_offered_has_no_key(window: MainWindow, app: QApplication):
    paint(window, "receive_empty")
    heard = record(window)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for key in (Qt.Key.Key_H, Qt.Key.Key_R, Qt.Key.Key_L):
        QTest.keyClick(window.windowHandle(), key, both)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert heard == []
