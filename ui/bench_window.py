"""Joins the window to a bench: signals down as jobs, results up as paint. No rule and no SQL is decided here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from devices.values import Entered, Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.services.views import FindView, ReceiveView
from ui import words
from ui.actions import Place
from ui.chime import Chime
from ui.payloads import (
    FileGiven,
    FindWanted,
    FormGiven,
    FormView,
    Given,
    PinGiven,
    ReportWanted,
    ScreenWanted,
    SignInView,
    SubjectWanted,
)

if TYPE_CHECKING:
    from gms_desktop.bench import Answered, Bench, SignedIn
    from gms_desktop.settings import Settings
    from ui.main_window import MainWindow

ResultT = TypeVar("ResultT")


class BenchWindow(QObject):
    """One bench seen through one window."""

    _arrived = Signal(object)
    _changed = Signal()
    _scanned = Signal(object)

    def __init__(self, window: MainWindow, bench: Bench, chime: Chime) -> None:
        super().__init__(window)
        self.window = window
        self.bench = bench
        self.chime = chime
        self._find = FindView("")
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._changed.connect(self._repaint, Qt.ConnectionType.QueuedConnection)
        self._scanned.connect(self.scanned, Qt.ConnectionType.QueuedConnection)
        bench.changed = self._changed.emit
        self._connect()
        self._rest()
        self._repaint()
        self._ask_sign_in()

    def scan_from_device(self, said: Scan) -> None:
        """Take a scan from a device's own thread."""
        self._scanned.emit(said)

    @Slot(object)
    def scanned(self, said: Scan) -> None:
        """Hand a scan to the bench; paint and sound its answer when it is on disk."""
        self._rest()
        place = self.window.place.value if not self.window.locked else "receive"
        self._run(self.bench.scan(said, place), self._answered_scan)

    def close(self) -> None:
        """Stop painting; the bench is closed by whoever opened it."""
        self._idle.stop()
        self.bench.changed = lambda: None

    def _connect(self) -> None:
        window = self.window
        window.command_given.connect(self._command)
        window.screen_wanted.connect(self._screen)
        window.typed.connect(self._typed)
        window.find_wanted.connect(self._find_wanted)
        window.subject_wanted.connect(self._subject)
        window.file_given.connect(self._file)
        window.report_wanted.connect(self._report)
        window.test_wanted.connect(self._repaint)
        window.settings_saved.connect(self._save_settings)
        window.pin_given.connect(self._pin)
        self._idle.timeout.connect(self._idle_lock)

    # From the window

    @Slot(object)
    def _command(self, given: Given) -> None:
        self._rest()
        if self.window.locked:
            self._ask_sign_in()
            return
        argument = given.argument
        if self.window.place is Place.EXPECTED and given.command is Command.UNDO:
            argument = "import"
        elif self.window.place is Place.FIND:
            argument = argument or self._find.chosen.partition(":")[2]
        if given.command is Command.SIGN_OUT:
            self._run(self.bench.sign_out(), lambda _made: self._repaint())
            return
        if self.window.place is Place.FIND and given.command is Command.CANCEL:
            self._paint_find(replace(self._find, question=None))
            return
        self._run(self.bench.command(given.command, given.answer, argument), self._answered_command)

    @Slot(object)
    def _screen(self, wanted: ScreenWanted) -> None:
        self._rest()
        self.window.go(wanted.place)
        if wanted.place is Place.FIND and wanted.code:
            self._run(self.bench.find(wanted.code), self._paint_find)
        self._repaint()

    @Slot(object)
    def _typed(self, said: Scan) -> None:
        self.scanned(replace(said, entered=Entered.TYPED))

    @Slot(object)
    def _find_wanted(self, wanted: FindWanted) -> None:
        self._rest()
        self._run(self.bench.find(wanted.query), self._paint_find)

    @Slot(object)
    def _subject(self, wanted: SubjectWanted) -> None:
        self._run(self.bench.find(self._find.query, wanted.subject), self._paint_find)

    @Slot(object)
    def _file(self, given: FileGiven) -> None:
        self._rest()
        path = Path(given.path)
        try:
            content = path.read_bytes()
        except OSError as fault:
            self._tell(Verdict(VerdictKind.REFUSED, "Not read", f"{path.name}: {fault.strerror}. Choose it again."))
            return
        from ui.mappings import mapping_for

        done = self.bench.take_in(path.name, content, mapping_for(self.bench.data_folder, content))
        self._run(done, lambda made: self._tell(self.bench.take_in_words(made)))

    @Slot(object)
    def _report(self, wanted: ReportWanted) -> None:
        self._rest()
        if wanted.form == "screen":
            self._run(self.bench.report(wanted.start, wanted.end), self.window.reports.paint)
            return
        from ui.report_file import save_report

        save_report(self.window, self.bench, wanted, self._run)

    @Slot(object)
    def _save_settings(self, given: FormGiven) -> None:
        from ui.settings_form import changed_settings, settings_view

        settings, problems = changed_settings(self.bench.settings, given)
        if problems:
            self.window.settings.paint(FormView(problems=problems))
            return
        from gms_desktop import settings as settings_file

        settings_file.write(self.bench.data_folder, settings)
        self._wear(settings)
        self.window.settings.paint(settings_view(settings, saved=words.SETTINGS_SAVED))

    @Slot(object)
    def _pin(self, given: PinGiven) -> None:
        self._rest()
        self._run(self.bench.pin(given.pin), self._pin_told)

    @Slot()
    def _idle_lock(self) -> None:
        if not self.bench.session.locked:
            self._run(self.bench.lock("locked after idle time"), self._answered_command)
            self._rest()

    # To the window

    def _answered_scan(self, answered: Answered) -> None:
        if answered.find is not None and not self.window.locked:
            self._paint_find(answered.find)
        elif self.window.place is not Place.RECEIVE and not answered.sign_in and not self.window.locked:
            self.window.go(Place.RECEIVE)
        self._answered_command(answered)
        if answered.sign_in:
            self._ask_sign_in()
        elif self.window.locked:
            self._ask_sign_in(answered.verdict)

    def _answered_command(self, answered: Answered) -> None:
        self.chime.play(answered.verdict.kind)
        self._paint_receive(answered.receive)
        if self.window.place is Place.FIND:
            self._after_find_command(answered)
        elif self.window.place is Place.EXPECTED:
            self._run(self.bench.expected(answered.verdict), self.window.expected.paint)
        self.window.paint_strip(self.bench.strip())
        if self.bench.session.locked and not answered.sign_in:
            self._ask_sign_in()

    def _after_find_command(self, answered: Answered) -> None:
        if answered.find is not None:
            return
        if answered.question is not None:
            self._paint_find(replace(self._find, question=answered.question, verdict=answered.verdict))
            return
        again = self.bench.find(self._find.query, self._find.chosen)
        self._run(again, lambda view: self._paint_find(replace(view, verdict=answered.verdict)))

    def _pin_told(self, told: SignedIn) -> None:
        if told.ok:
            self.window.paint_strip(self.bench.strip())
            self._repaint()
            return
        self.chime.play(VerdictKind.REFUSED)
        self._ask_sign_in(wrong=told.words)

    def _ask_sign_in(self, verdict: Verdict | None = None, wrong: str = "") -> None:
        who = self.bench.session.awaiting
        if who is not None and (not self.bench.session.locked):
            # Another badge at an open bench: the batch stays, only the person changes.
            self.bench.session.locked = True
            self.window.paint_strip(self.bench.strip())
        if who is None:
            hint = words.REHEARSAL_HINT if self.bench.settings.rehearsal else ""
            sentence = verdict.sentence if verdict else hint
            view = SignInView(words.SIGN_IN_FIRST, sentence, wrong=verdict is not None)
        else:
            view = SignInView(f"{who.name}, enter your PIN", wrong, who.name, wrong=bool(wrong))
        self.window.paint_sign_in(view)

    @Slot()
    def _repaint(self) -> None:
        self.window.paint_strip(self.bench.strip())
        self.window.devices.paint(self.bench.devices())
        place = self.window.place
        if place is Place.RECEIVE:
            self._run(self.bench.receive_view(), self._paint_receive)
        elif place is Place.TODAY:
            self._run(self.bench.today(), self.window.today.paint)
        elif place is Place.EXPECTED:
            self._run(self.bench.expected(), self.window.expected.paint)
        elif place is Place.REPORTS:
            self._run(self.bench.report(), self.window.reports.paint)
        elif place is Place.FIND:
            self._paint_find(self._find if self._find.heading else FindView(words.FIND_FIRST))
        elif place is Place.SETTINGS:
            from ui.settings_form import settings_view

            self.window.settings.paint(settings_view(self.bench.settings))

    def _paint_receive(self, view: ReceiveView) -> None:
        self.window.receive.paint(view)

    def _paint_find(self, view: FindView) -> None:
        self._find = view
        self.window.find_screen.paint(view)

    def _tell(self, verdict: Verdict) -> None:
        self.chime.play(verdict.kind)
        if self.window.place is Place.EXPECTED:
            self._run(self.bench.expected(verdict), self.window.expected.paint)

    def _wear(self, settings: Settings) -> None:
        from ui.theme.tokens import ThemeName
        from ui.theme.wear import wear

        self.bench.settings = settings
        self.chime.set_volume(settings.sound)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            wear(app, ThemeName(settings.theme))
        self._rest()
        self._repaint()

    def _rest(self) -> None:
        self._idle.start(self.bench.settings.idle_minutes * 60_000)

    # Results

    def _run(self, future: Future[ResultT], then: Callable[[ResultT], None]) -> None:
        future.add_done_callback(lambda done: self._arrived.emit((done, then)))

    @Slot(object)
    def _deliver(self, arrival: tuple[Future[ResultT], Callable[[ResultT], None]]) -> None:
        done, then = arrival
        fault = done.exception()
        if fault is None:
            then(done.result())
        elif isinstance(fault, (Refused, Unavailable)):
            self._broken(str(fault))
        else:
            raise fault

    def _broken(self, sentence: str) -> None:
        self.bench.file.notices.append(sentence)
        self.chime.play(VerdictKind.REFUSED)
        self.window.paint_strip(self.bench.strip())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Any key or touch is a sign that someone works here."""
        if event.type() in {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin}:
            self._rest()
        return False
