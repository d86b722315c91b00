"""What a person sees when something is not saved, and that nothing they type is lost to a device's report."""

import sys
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from at_the_bench import AtTheBench
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from gms_desktop.domain.commands import Command
from gms_desktop.errors import Unavailable
from gms_desktop.services.views import Answer
from gms_desktop.settings import ScannerSettings
from ui import words
from ui.actions import Place
from ui.payloads import FileGiven, Given, ReportWanted

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def broken(fault: BaseException) -> Future[Any]:
    done: Future[Any] = Future()
    done.set_exception(fault)
    return done


def breaks_off(person: AtTheBench, monkeypatch: pytest.MonkeyPatch, name: str, fault: BaseException) -> None:
    """The bench's disk, or its program, fails from now on."""
    monkeypatch.setattr(person.bench, name, lambda *_given, **_named: broken(fault))


def test_a_scan_that_is_not_saved_says_so_in_place_of_the_last_verdict(
    rehearsal: AtTheBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearsal.signs_in()
    assert rehearsal.scans("r30000000001") == "Found"
    breaks_off(rehearsal, monkeypatch, "scan", Unavailable("The disk is away.", still_works="Nothing was changed."))
    rehearsal.desk.scanner.scan("Q26-118834-1")
    rehearsal.until(lambda: words.NOT_SAVED in said(rehearsal.window.receive.verdict))
    shown = said(rehearsal.window.receive.verdict)
    assert "This was not saved: The disk is away. Nothing was changed. Scan again." in shown
    rehearsal.bench.changed()
    rehearsal.settle()
    assert words.NOT_SAVED in said(rehearsal.window.receive.verdict)
    monkeypatch.undo()
    assert rehearsal.scans("Q26-118834-1") == "Matches"
    assert words.NOT_SAVED not in said(rehearsal.window.receive.verdict)


def test_a_command_that_meets_a_bug_says_so_and_leaves_a_crash_report(
    rehearsal: AtTheBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type[BaseException]] = []
    rehearsal.signs_in()
    rehearsal.goes_to(Place.RECEIVE)
    breaks_off(rehearsal, monkeypatch, "command", ZeroDivisionError())
    monkeypatch.setattr(sys, "excepthook", lambda kind, _fault, _at: told.append(kind))
    rehearsal.window.command_given.emit(Given(Command.FINISH))
    rehearsal.until(lambda: words.FAULT in said(rehearsal.window.receive.verdict))
    assert told == [ZeroDivisionError]


def test_a_failed_scan_at_a_locked_screen_is_told_there(rehearsal: AtTheBench, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks_off(rehearsal, monkeypatch, "scan", Unavailable("The disk is away."))
    rehearsal.desk.scanner.scan("Q26-118834-1")
    rehearsal.until(lambda: "This was not saved: The disk is away." in said(rehearsal.window.sign_in))


def test_a_notice_stands_once_and_goes_by_its_key(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    joined = rehearsal.application.joined
    assert joined is not None
    for _ in range(3):
        joined.notify("The printer's lid is open.")
    joined.notify("The disk is nearly full.")
    assert "nearly full" in said(rehearsal.window.notices)
    assert "1 more" in said(rehearsal.window.notices)
    rehearsal.window.activateWindow()
    assert QTest.qWaitForWindowActive(rehearsal.window)
    QTest.keyClick(rehearsal.window.windowHandle(), Qt.Key.Key_M, BOTH)
    assert "lid is open" in said(rehearsal.window.notices)
    assert "more" not in said(rehearsal.window.notices)
    rehearsal.window.notices.rows[0]._away.click()
    assert not rehearsal.window.notices.isVisible()


def test_someone_else_leaves_the_pin_and_the_bench_opens_as_it_was(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.scans("BADGE-SILVA")
    rehearsal.until(lambda: "M. Silva" in said(rehearsal.window.sign_in))
    rehearsal.window.sign_in.other.click()
    rehearsal.until(lambda: not rehearsal.window.locked)
    assert rehearsal.bench.strip().operator == "R. Okafor"


def test_someone_else_at_a_locked_bench_is_asked_for_a_badge(rehearsal: AtTheBench) -> None:
    rehearsal.scans("BADGE-SILVA")
    rehearsal.until(lambda: "M. Silva" in said(rehearsal.window.sign_in))
    rehearsal.window.sign_in.other.click()
    rehearsal.until(lambda: words.SIGN_IN_FIRST in said(rehearsal.window.sign_in))
    assert rehearsal.window.locked


def test_what_a_person_types_stays_while_devices_come_and_go(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    window = rehearsal.window
    rehearsal.goes_to(Place.SETTINGS)
    window.settings.form.fields["bench_name"].edit.setText("Bench K9")
    rehearsal.bench.changed()
    rehearsal.settle()
    assert window.settings.form.fields["bench_name"].text == "Bench K9"
    rehearsal.goes_to(Place.FIND)
    window.find_screen.field.edit.setText("oyel")
    rehearsal.bench.changed()
    rehearsal.settle()
    assert window.find_screen.field.text == "oyel"


def test_the_report_keeps_its_period(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.goes_to(Place.REPORTS)
    rehearsal.window.report_wanted.emit(ReportWanted("2026-01-01", "2026-01-31"))
    rehearsal.until(lambda: rehearsal.window.reports.start.text == "2026-01-01")
    rehearsal.goes_to(Place.TODAY)
    rehearsal.goes_to(Place.REPORTS)
    assert rehearsal.window.reports.start.text == "2026-01-01"
    assert rehearsal.window.reports.end.text == "2026-01-31"


def test_a_key_counts_as_work(rehearsal: AtTheBench) -> None:
    joined = rehearsal.application.joined
    assert joined is not None
    joined._idle.start(3_600_000)
    QTest.keyClick(rehearsal.window.windowHandle(), Qt.Key.Key_Shift)
    assert joined._idle.interval() == rehearsal.bench.settings.idle_minutes * 60_000


def test_a_keyboard_scanners_prefix_is_taken_from_the_settings_wherever_the_focus_is(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.goes_to(Place.FIND)
    rehearsal.window.find_screen.field.edit.setFocus()
    joined = rehearsal.application.joined
    assert joined is not None
    scanner = ScannerSettings(mode="keyboard", prefix="~")
    joined.settings_changed.emit(replace(rehearsal.bench.settings, scanner=scanner))
    before = rehearsal.entries()
    for place, char in enumerate("~Q26-118834-1\r"):
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key.Key_unknown
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, char)
        event.setTimestamp(10_000 + place * 10)
        rehearsal.app.sendEvent(rehearsal.window.windowHandle(), event)
    rehearsal.until(lambda: rehearsal.entries() > before)
    rehearsal.settle()
    last = rehearsal.bench.receive_view().result().scans[0]
    assert last.code == "Q26-118834-1"
    assert "~" not in rehearsal.window.find_screen.field.text


def test_settings_that_cannot_be_written_say_so_and_stay_as_typed(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.goes_to(Place.SETTINGS)
    (rehearsal.bench.file.folder / "settings.new").mkdir()
    form = rehearsal.window.settings.form
    form.fields["bench_name"].edit.setText("Bench K9")
    rehearsal.window.settings_saved.emit(form.entered())
    assert "settings.toml cannot be saved" in said(form.problems)
    assert form.fields["bench_name"].text == "Bench K9"
    assert rehearsal.bench.settings.bench != "Bench K9"


def test_a_report_that_cannot_be_written_leaves_a_notice(
    rehearsal: AtTheBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearsal.signs_in()
    taken = tmp_path / "report.pdf"
    taken.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(taken), ""))
    rehearsal.window.report_wanted.emit(ReportWanted("2026-01-01", "2026-01-31", "pdf"))
    rehearsal.until(lambda: "report.pdf cannot be saved" in said(rehearsal.window.notices))


def test_a_broken_mapping_is_told_on_expected(rehearsal: AtTheBench, tmp_path: Path) -> None:
    rehearsal.signs_in()
    rehearsal.goes_to(Place.EXPECTED)
    (rehearsal.bench.file.folder / "mappings").mkdir()
    (rehearsal.bench.file.folder / "mappings" / "ward.toml").write_text("columns = [")
    file = tmp_path / "requests.csv"
    file.write_text("Order number,Surname\nQ26-1,OYELARAN\n")
    rehearsal.window.file_given.emit(FileGiven(str(file)))
    rehearsal.until(lambda: "ward.toml cannot be used" in said(rehearsal.window.expected.verdict))


def test_an_answer_meets_what_was_asked_about_whatever_has_been_found_since(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.goes_to(Place.FIND)
    given: list[str] = []
    command = rehearsal.bench.command
    rehearsal.bench.command = lambda one, answer=None, argument="": given.append(argument) or command(one)  # type: ignore[method-assign]
    rehearsal.gives(Command.HOLD, Answer(("clotted",), subject="0193-the-tube-asked-about"))
    assert given == ["0193-the-tube-asked-about"]
