"""A person at a window that is joined to a real bench."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QObject
from PySide6.QtWidgets import QApplication

from gms_desktop.domain.commands import Command
from gms_desktop.journal import ballast, lease, store
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.labels_read import number_on
from gms_desktop.services.answers import Answered
from gms_desktop.services.views import Answer
from gms_desktop.settings import Settings
from ui.actions import Place
from ui.app import make_window
from ui.payloads import Given, PinGiven, ScreenWanted
from ui.run import Application
from ui.scan_filter import ScanFilter


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

    def until(self, holds: Callable[[], bool], seconds: float = 60) -> None:
        deadline, pause = QDeadlineTimer(int(seconds * 1000)), Event()
        self.app.processEvents()
        while not holds():
            assert not deadline.hasExpired(), "waited in vain"
            # What is waited for is done by other threads: they need the processor more than this loop.
            pause.wait(0.002)
            self.app.processEvents()

    def scans(self, code: str) -> str:
        self.until(lambda: self.application.joined is not None)
        before, answered = self.entries(), Event()
        # A label that is noted as printed is an entry too: only the scan's own answer says that it was heard.
        heard = self.application.joined._arrived.connect(lambda arrival: _note_answer(arrival[0], answered))
        self.desk.scanner.scan(code)
        self.until(lambda: answered.is_set() and self.entries() > before)
        QObject.disconnect(heard)
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


def _note_answer(done: Future[object], answered: Event) -> None:
    if done.exception() is not None or isinstance(done.result(), Answered):
        answered.set()


def _lay_ballast(folder: Path) -> None:
    # A file with a hole is as long and costs no disk: what the ballast is for is tested elsewhere.
    folder.mkdir(exist_ok=True)
    if not (folder / "ballast").exists():
        with (folder / "ballast").open("wb") as reserve:
            reserve.truncate(ballast.SIZE)


def _copy(made: Path, folder: Path) -> None:
    """Put a bench made before in this one's place, so that it is the file that ran here."""
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("ballast", "bench.lock"), dirs_exist_ok=True)
    place = folder / "lease.json"
    known = lease.read(place)
    assert known is not None
    lease.write(place, replace(known, file=lease.file_identity(folder / "bench.db")))


@contextmanager
def application(
    app: QApplication,
    folder: Path,
    *,
    rehearsal: bool = False,
    settings: Settings | None = None,
    loads_rest: bool = False,
    like: Path | None = None,
) -> Iterator[AtTheBench]:
    """A window with its application, closed in good order. Screens that nobody asks for are made if said so.

    A rehearsal may begin as a copy of one that was begun before (``like``).
    """
    if like is not None:
        _copy(like, made_up.rehearsal_folder(folder))
    if folder.is_dir():
        _lay_ballast(made_up.rehearsal_folder(folder) if rehearsal else folder)
    window = make_window(motion=False)
    window.resize(1440, 900)
    window.show()
    running = Application(window, ScanFilter(app), folder)
    if not loads_rest:
        running._more.timeout.disconnect(running._load_more)
    running.start(settings, rehearsal=rehearsal)
    try:
        yield AtTheBench(app, running)
    finally:
        running.close()
        window.close()
        window.deleteLater()
        for _ in range(3):
            app.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
