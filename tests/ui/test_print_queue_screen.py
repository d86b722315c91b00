"""The print queue on Devices: why labels wait, in the largest words; and nothing on a key that a scanner types."""

from __future__ import annotations

from typing import Any

import fixtures_queue as views
import pytest
from at_the_bench import AtTheBench
from painted import paint
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Answer
from ui.actions import COMMANDS, Place
from ui.main_window import MainWindow
from ui.payloads import Given
from ui.widgets.link_row import LinkRow

SINGLE = "Q26-118901-1"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def heard_of(signal: Any) -> list[Any]:
    heard: list[Any] = []
    signal.connect(heard.append)
    return heard


def lines(window: MainWindow) -> list[LinkRow]:
    return [row for row in window.devices.queue.findChildren(LinkRow) if row.isVisible()]


def test_the_largest_words_say_how_many_labels_wait_and_why(window: MainWindow, app: QApplication):
    paint(window, "devices_queue")
    assert window.devices.heading.text() == "12 labels wait: the printer has no labels in"
    assert len(lines(window)) == len(views.WAITING)
    paint(window, "devices")
    assert window.devices.heading.text() == "Rack reader needs you"
    assert lines(window) == []


def test_a_label_of_the_list_is_chosen_by_touch_and_by_key(window: MainWindow, app: QApplication):
    paint(window, "devices_queue")
    heard = heard_of(window.devices.queue.line_wanted)
    rows = lines(window)
    QTest.mouseClick(rows[1], Qt.MouseButton.LeftButton)
    rows[2].setFocus()
    QTest.keyClick(rows[2], Qt.Key.Key_Return, CONTROL)
    assert heard == [views.WAITING[1].key, views.WAITING[2].key]


def test_each_thing_done_about_a_label_has_its_key_and_names_the_label(window: MainWindow, app: QApplication):
    paint(window, "devices_queue_unknown")
    app.processEvents()
    heard = heard_of(window.command_given)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_L, Qt.Key.Key_1):
        QTest.keyClick(window.windowHandle(), key)
    assert heard == []
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F4, SHIFT)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F5, SHIFT)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_P, CONTROL | SHIFT)
    named = f"label:{views.UNKNOWN.key}"
    assert heard == [
        Given(Command.LABEL_CAME_OUT, None, named),
        Given(Command.LABEL_NOT_OUT, None, named),
        Given(Command.PRINT_AGAIN, None, named),
    ]


def test_a_reason_goes_up_with_the_label_it_is_about(window: MainWindow, app: QApplication):
    paint(window, "devices_queue_question")
    assert window.devices.heading.text() == "Why is label 26K00417 printed again?"
    heard = heard_of(window.command_given)
    question = window.devices.queue.question
    assert not window.devices.queue.offers.isVisible()
    question.choices.toggle("lost").click()
    question.confirm.click()
    assert heard == [Given(Command.PRINT_AGAIN, Answer(("lost",), "", (), f"label:{views.UNKNOWN.key}"))]


@pytest.fixture
def without_paper(rehearsal: AtTheBench) -> AtTheBench:
    """A tube was received while the printer had no labels in."""
    at_work = rehearsal
    at_work.signs_in()
    at_work.desk.printer.suffer(paper_out=True)
    at_work.scans(SINGLE)
    at_work.until(lambda: not at_work.bench.devices()[1].ready)
    at_work.settle()
    return at_work


def test_the_queue_is_reached_by_its_key_and_runs_once_the_printer_has_labels(without_paper: AtTheBench):
    bench, devices = without_paper, without_paper.window.devices
    bench.goes_to(Place.DEVICES)
    bench.until(lambda: devices.heading.text() == "1 label waits: the printer has no labels in")
    assert COMMANDS[Command.RUN_QUEUE].key == "Shift+F8"
    bench.desk.printer.recover()
    devices.queue.offers.button(Command.RUN_QUEUE.value).click()
    bench.until(lambda: len(bench.desk.printer.labels) == 1)
    bench.until(lambda: devices.heading.text() == "Devices of this bench")
    assert devices.verdict.isVisible()
    assert bench.window.place is Place.DEVICES


def test_a_label_put_off_on_devices_is_asked_why_there(without_paper: AtTheBench):
    bench, queue = without_paper, without_paper.window.devices.queue
    bench.goes_to(Place.DEVICES)
    bench.until(lambda: len(lines(bench.window)) == 1)
    queue.offers.button(Command.PUT_LABEL_OFF.value).click()
    bench.until(queue.question.isVisible)
    queue.question.choices.toggle("stock-out").click()
    queue.question.confirm.click()
    bench.until(lambda: not queue.question.isVisible())
    bench.until(lambda: "put off" in lines(bench.window)[0].accessibleName())
    bench.desk.printer.recover()
    bench.bench.press.look()
    bench.settle()
    assert bench.desk.printer.labels == []


def test_going_back_from_the_question_changes_nothing(without_paper: AtTheBench):
    bench, queue = without_paper, without_paper.window.devices.queue
    bench.goes_to(Place.DEVICES)
    bench.until(lambda: len(lines(bench.window)) == 1)
    queue.offers.button(Command.PUT_LABEL_OFF.value).click()
    bench.until(queue.question.isVisible)
    before = bench.entries()
    queue.question.cancel.click()
    bench.until(lambda: not queue.question.isVisible())
    assert bench.entries() == before
