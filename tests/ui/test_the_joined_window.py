"""The window joined to a real bench: real file, simulated scanner on its line, simulated printer on TCP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gms_desktop.domain.commands import Command
from gms_desktop.journal import store
from gms_desktop.rehearsal.labels_read import number_on
from gms_desktop.services.views import Answer
from ui.actions import Place
from ui.app import make_window
from ui.payloads import FindWanted, FormGiven, Given, PinGiven, ScreenWanted
from ui.run import Application
from ui.scan_filter import ScanFilter

pytestmark = [
    pytest.mark.timeout(90),
]


class AtTheBench:
    """A person at the bench: scans, presses, and sees."""

    def __init__(self, app: QApplication, application: Application) -> None:
        self.app = app
        self.application = application
        self.window = application.window

    @property
    def bench(self):
        assert self.application.bench is not None
        return self.application.bench

    @property
    def desk(self):
        assert self.application._desk is not None
        return self.application._desk

    def until(self, holds: Callable[[], bool], seconds: float = 20) -> None:
        deadline = QDeadlineTimer(int(seconds * 1000))
        while not holds():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            assert not deadline.hasExpired(), "waited in vain"

    def scans(self, code: str) -> str:
        before = self.entries()
        self.desk.scanner.scan(code)
        self.until(lambda: self.entries() > before)
        self.settle()
        verdict = self.bench.receive_view().result().verdict
        return verdict.title if verdict else ""

    def settle(self) -> None:
        self.bench.recorder.read(lambda _ledger: None).result()
        for _ in range(6):
            self.app.processEvents()

    def gives(self, command: Command, answer: Answer | None = None) -> None:
        self.window.command_given.emit(Given(command, answer))
        self.settle()
        self.settle()

    def entries(self) -> int:
        return self.bench.recorder.read(lambda ledger: store.count(ledger.db)).result()

    def signs_in(self) -> None:
        self.scans("BADGE-OKAFOR")
        self.until(lambda: self.bench.session.awaiting is not None)
        self.window.pin_given.emit(PinGiven("2468"))
        self.until(lambda: not self.window.locked)

    def goes_to(self, place: Place) -> None:
        self.window.screen_wanted.emit(ScreenWanted(place))
        self.settle()
        self.settle()

    def printed(self, count: int) -> str:
        self.until(lambda: len(self.desk.printer.labels) >= count)
        return number_on(self.desk.printer.labels[-1])[0]


@pytest.fixture
def rehearsal(app: QApplication, tmp_path: Path) -> Iterator[AtTheBench]:
    yield from _application(app, tmp_path, rehearsal=True)


@pytest.fixture
def first_start(app: QApplication, tmp_path: Path) -> Iterator[AtTheBench]:
    yield from _application(app, tmp_path, rehearsal=False)


def _application(app: QApplication, folder: Path, *, rehearsal: bool) -> Iterator[AtTheBench]:
    window = make_window(motion=False)
    window.resize(1440, 900)
    window.show()
    application = Application(window, ScanFilter(app), folder)
    person = AtTheBench(app, application)
    application.start(None, rehearsal=rehearsal)
    if rehearsal:
        person.until(lambda: application.joined is not None)
    yield person
    application.close()
    window.close()
    window.deleteLater()
    for _ in range(3):
        app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_specimen_goes_from_badge_to_accepted_and_stands_in_find_with_its_history(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    assert rehearsal.scans("r30000000001") == "Found"
    assert rehearsal.window.place is Place.RECEIVE
    assert rehearsal.scans("Q26-118834-1") == "Matches"
    number = rehearsal.printed(1)
    rehearsal.until(lambda: "scan the label" in rehearsal.window.receive.heading.text())
    assert rehearsal.scans(number) == "Accepted"
    rehearsal.goes_to(Place.FIND)
    rehearsal.desk.scanner.scan(number)
    rehearsal.until(lambda: rehearsal.window.find_screen.heading.text() == number)


def test_a_name_is_found_by_its_beginning(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.goes_to(Place.FIND)
    rehearsal.window.find_wanted.emit(FindWanted("oyel"))
    rehearsal.until(lambda: "3 things found" in rehearsal.window.find_screen.heading.text())


def test_a_scan_at_a_locked_screen_is_recorded_and_does_nothing(rehearsal: AtTheBench) -> None:
    assert rehearsal.scans("Q26-118834-1") == "Locked"
    assert rehearsal.window.locked
    assert rehearsal.bench.receive_view().result().tubes == ()


def test_hold_asks_in_the_work_area_and_cancel_changes_nothing(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.scans("Q26-118901-1")
    rehearsal.printed(1)
    rehearsal.gives(Command.HOLD)
    assert "held" in rehearsal.window.receive.heading.text()
    before = rehearsal.entries()
    rehearsal.gives(Command.CANCEL)
    assert rehearsal.entries() == before


BURSTS = ("Q26-118834-1\r", "26-118834-1\t", " \r\r", "r30000000001\r")


def test_a_leaked_scan_typed_as_plain_keys_saves_nothing_on_any_screen(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.scans("Q26-118901-1")
    rehearsal.printed(1)
    rehearsal.until(lambda: _label_settled(rehearsal))
    rehearsal.application._scan_filter.stop()
    for place in Place:
        rehearsal.goes_to(place)
        before = rehearsal.entries()
        for burst in BURSTS:
            for char in burst:
                key = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, " ": Qt.Key.Key_Space}.get(char, char)
                QTest.keyClick(rehearsal.window.windowHandle(), key)
        rehearsal.settle()
        assert rehearsal.entries() == before, place


def _label_settled(person: AtTheBench) -> bool:
    view = person.bench.receive_view().result()
    return any(tube.state == "label awaited" for tube in view.tubes)


def test_the_first_start_says_what_is_missing_and_then_opens_a_bench(first_start: AtTheBench) -> None:
    window = first_start.window
    assert window.screen_in_view is window.set_up
    said = {name: "" for name, _ in window.set_up.entered().fields}
    said |= {"scanner_mode": "keyboard", "printer_port": "9100"}
    window.set_up_given.emit(FormGiven(tuple(said.items())))
    assert first_start.application.bench is None
    said |= {
        "laboratory": "Genomic Laboratory", "ods_code": "R0A", "letter": "K", "bench_name": "Bench 7",
        "administrator": "A. Admin", "badge": "B-1", "pin": "135790", "pin_again": "135790",
    }  # fmt: skip
    window.set_up_given.emit(FormGiven(tuple(said.items())))
    first_start.until(lambda: first_start.application.joined is not None)
    assert first_start.bench.strip().ribbon == ""
    assert first_start.bench.settings.bench == "Bench 7"
