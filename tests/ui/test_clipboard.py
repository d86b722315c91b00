"""What is copied from the application does not stay on the clipboard."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui import clipboard
from ui.clipboard import Clearing

NAME = "FEATHERSTONEHAUGH\tWilhelmina\t999 000 0018"


@pytest.fixture
def in_front(qtbot: QtBot) -> QLineEdit:
    """A window of ours that is in front, with a name in its field."""
    field = QLineEdit(NAME)
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive)
    return field


@pytest.fixture
def clearing(in_front: QLineEdit) -> Iterator[Clearing]:
    keeper = QObject()
    made = Clearing(keeper, 60)
    yield made
    made.end()


def copied() -> str:
    return QGuiApplication.clipboard().text()


def test_what_a_table_copied_is_cleared_when_its_time_is_over(clearing: Clearing) -> None:
    clipboard.put(NAME)
    assert copied() == NAME
    assert clearing.timer.isActive()
    assert clearing.timer.interval() == 60_000
    clearing.timer.timeout.emit()
    assert copied() == ""


def test_what_was_copied_from_a_field_is_cleared_too(clearing: Clearing, in_front: QLineEdit) -> None:
    in_front.selectAll()
    in_front.copy()
    assert clearing.timer.isActive()
    clearing.timer.timeout.emit()
    assert copied() == ""


def test_each_copy_is_left_its_whole_time(clearing: Clearing) -> None:
    clipboard.put(NAME)
    clearing.timer.setInterval(1_000_000)
    clipboard.put("R208.1")
    assert clearing.timer.remainingTime() > 60_000


def test_it_is_cleared_when_the_application_ends(in_front: QLineEdit) -> None:
    keeper = QObject()
    made = Clearing(keeper, 60)
    clipboard.put(NAME)
    made.end()
    assert copied() == ""


def test_what_another_program_put_there_meanwhile_is_not_touched(
    clearing: Clearing, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard.put(NAME)
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationInactive)
    QGuiApplication.clipboard().setText("a letter of another program")
    clearing.timer.timeout.emit()
    assert copied() == "a letter of another program"


def test_programs_that_keep_a_history_are_asked_to_leave_it_out(in_front: QLineEdit) -> None:
    clipboard.put(NAME)
    said = QGuiApplication.clipboard().mimeData().formats()
    assert any("ExcludeClipboardContentFromMonitorProcessing" in one for one in said)
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("then", ["", "; App.clipboard().clear()"], ids=["there still", "emptied meanwhile"])
def test_a_process_that_ends_with_its_text_on_the_clipboard_or_off_it_ends_without_a_word(then: str) -> None:
    ends = (
        "from PySide6.QtGui import QGuiApplication as App; app = App([]); from ui import clipboard; clipboard.put('x')"
    )
    done = subprocess.run([sys.executable, "-c", ends + then], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
