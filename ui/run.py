"""Runs the application with a window: first the window, then the bench behind it, then the scanner."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from devices.folder_reasons import of_folder
from gms_desktop.errors import Refused, Unavailable
from ui import exports_folder, words
from ui.app import plain_application
from ui.main_window import MainWindow
from ui.no_features import read_no_sources
from ui.theme.tokens import ThemeName
from ui.theme.wear import tint

# Everything else is loaded where it is used: after the window's first paint.
if TYPE_CHECKING:
    import threading
    from tempfile import TemporaryDirectory

    from devices.scanners.serial_scanner import SerialScanner
    from devices.values import Scan
    from gms_desktop.bench import Bench
    from gms_desktop.register.ledger import Ledger
    from gms_desktop.rehearsal.desk_devices import DeskDevices
    from gms_desktop.settings import ScannerSettings, Settings
    from ui.bench_top import BenchTop
    from ui.bench_window import BenchWindow
    from ui.clipboard import Clearing
    from ui.joining import Joins
    from ui.payloads import FormGiven
    from ui.scan_filter import ScanFilter

Begin = Callable[["Ledger", bytes], None]

_SWITCH_S = 0.0005
_MORE_AFTER_MS, _MORE_EVERY_MS = 400, 40


class Application(QObject):
    """The window, and the bench once it is open.

    Signals:
        opened(): the bench is open and can be scanned at.
        failed(str): it could not be opened; the sentence says why and what to do.
    """

    opened = Signal()
    failed = Signal(str)
    _ready = Signal(object)
    _joining_told = Signal(str)
    _opening_told = Signal(str)
    _not_joined = Signal(str)

    def __init__(self, window: MainWindow, scan_filter: ScanFilter, folder: Path) -> None:
        from PySide6.QtCore import Qt

        super().__init__(window)
        # Painting takes and gives the interpreter's lock a thousand times. A thread that computes (a label proved)
        # would keep it for 5 ms each time.
        sys.setswitchinterval(_SWITCH_S)
        from ui.tidying import Tidying

        self._tidying = Tidying(self)
        self.window = window
        self.folder = folder
        self.joined: BenchWindow | None = None
        self.bench: Bench | None = None
        self.bench_top: BenchTop | None = None
        self._scan_filter = scan_filter
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.timeout.connect(self._load_more)
        self._desk: DeskDevices | None = None
        self._desk_folder: TemporaryDirectory[str] | None = None
        self._scanner: SerialScanner | None = None
        self._listened: ScannerSettings | None = None
        self._opening: threading.Thread | None = None
        self._clearing: Clearing | None = None
        self._ready.connect(self._join, Qt.ConnectionType.QueuedConnection)
        self.failed.connect(self._say_failed, Qt.ConnectionType.QueuedConnection)
        self._joining_told.connect(self._say_joining, Qt.ConnectionType.QueuedConnection)
        self._opening_told.connect(self._say_opening, Qt.ConnectionType.QueuedConnection)
        self._not_joined.connect(self._say_not_joined, Qt.ConnectionType.QueuedConnection)
        scan_filter.scanned.connect(self._keyed)
        window.set_up_given.connect(self._set_up)
        window.rehearsal_wanted.connect(self.rehearse)

    def start(self, settings: Settings | None, *, rehearsal: bool) -> None:
        """Open the bench, the rehearsal, or the first set-up."""
        if rehearsal:
            self.rehearse()
        elif settings is None:
            from ui.payloads import FormView

            self.window.set_up.paint(FormView())
            self.window.show_set_up()
        else:
            self._open(self.folder, settings, None)

    @Slot()
    def rehearse(self) -> None:
        """The made-up laboratory with simulated devices, in a folder of its own."""
        from tempfile import TemporaryDirectory

        from gms_desktop.rehearsal import made_up
        from gms_desktop.rehearsal.desk_devices import DeskDevices

        try:
            folder = made_up.rehearsal_folder(self.folder)
            # A line of its own for each window: a second one must not meet the scanner of the first.
            self._desk_folder = TemporaryDirectory(prefix="gms-desktop-rehearsal-")
            self._desk = DeskDevices(Path(self._desk_folder.name))
        except OSError as fault:
            self.failed.emit(words.CANNOT_WRITE.format(path=self.folder, why=of_folder(fault)))
            return
        self._open(folder, _with_hub(self._desk.settings(), folder), made_up.begin)

    def close(self) -> None:
        """End everything in order; what is saved is on disk already."""
        self._more.stop()
        if self._opening is not None:
            self._opening.join()
        if self.bench_top is not None:
            self.bench_top.end()
        if self._scanner is not None:
            self._scanner.close()
        if self.joined is not None:
            self.joined.close()
        if self._clearing is not None:
            self._clearing.end()
        exports_folder.end()
        if self.bench is not None:
            self.bench.close()
        if self._desk is not None:
            self._desk.close()
        if self._desk_folder is not None:
            self._desk_folder.cleanup()
        self._scan_filter.stop()
        self._tidying.end()

    def _open(
        self, folder: Path, settings: Settings, begin: Begin | None, *, first: bool = False, joins: Joins | None = None
    ) -> None:
        import threading

        from ui.payloads import SignInView

        heading = (words.JOINING, words.JOINING_MORE) if joins else (words.OPENING, words.OPENING_MORE)
        self.window.show_not_open(SignInView(*heading))
        self._opening = threading.Thread(
            target=self._open_bench, args=(folder, settings, begin, first, joins), name="opening", daemon=True
        )
        self._opening.start()

    def _open_bench(
        self, folder: Path, settings: Settings, begin: Begin | None, first: bool, joins: Joins | None
    ) -> None:
        notice = ""
        if joins is not None:
            try:
                settings, notice = joins(settings, self._joining_told.emit)
            except (Refused, Unavailable) as fault:
                self._not_joined.emit(str(fault))
                return
            except BaseException:
                self._not_joined.emit(words.FAULT)
                raise
        try:
            self.bench = self._opened_bench(folder, settings, begin, first=first)
            if notice:
                self.bench.file.notices.append(notice)
        except (Refused, Unavailable) as fault:
            self.failed.emit(str(fault))
        except BaseException:
            self.failed.emit(words.FAULT)
            raise
        else:
            self._ready.emit(self.bench)

    def _opened_bench(self, folder: Path, settings: Settings, begin: Begin | None, *, first: bool) -> Bench:
        # Imported here so that the window is painted before any database is loaded.
        from gms_desktop.starting import start_bench

        began: list[bool] = []

        def begin_once(ledger: Ledger, pepper: bytes) -> None:
            began.append(True)
            if begin is not None:
                begin(ledger, pepper)

        tell = self._opening_told.emit
        bench = start_bench(folder, settings, begin_once if begin is not None else None, tell=tell)
        try:
            if first:
                # Only now: a first start that was cut short begins with the set-up again.
                _write_settings(folder, settings)
                if not began:
                    bench.file.notices.append(words.SET_UP_BEFORE)
            if self._desk is not None:
                from gms_desktop.rehearsal.made_up import expect_the_van, take_in_once

                take_in_once(bench)
                expect_the_van(bench)
        except BaseException:
            bench.close()
            raise
        return bench

    @Slot(object)
    def _join(self, bench: Bench) -> None:
        from ui.bench_window import BenchWindow
        from ui.chime import Chime
        from ui.clipboard import Clearing

        self.joined = BenchWindow(self.window, bench, Chime(bench.settings.sound))
        exports_folder.begin(bench.exports)
        self.joined.settings_changed.connect(self._listen)
        self._clearing = Clearing(self, bench.settings.clipboard_seconds)
        self._listen(bench.settings)
        if self._desk is not None:
            from gms_desktop.rehearsal.van_steps import taken
            from ui.bench_top import BenchTop

            waiting, scanned = bench.waiting_labels().result(), bench.recorder.read(taken).result()
            self.bench_top = BenchTop(self._desk, self.window, waiting, scanned)
            self.bench_top.show()
        self._more.start(_MORE_AFTER_MS)
        self.opened.emit()

    @Slot()
    def _load_more(self) -> None:
        """What the start went without, a screen at a time: a scan in between waits for one of them at most."""
        if self.window.furnish_more():
            self._more.start(_MORE_EVERY_MS)
        elif self.bench is not None:
            self.bench.load_rest()

    @Slot(object)
    def _listen(self, settings: Settings) -> None:
        """Take what a keyboard scanner types as these settings say, and listen at the port that they name."""
        from ui.scan_filter import burst_settings

        self._listen_at_port(settings)
        try:
            self._scan_filter.set_up(burst_settings(settings.scanner))
        except ValueError:
            self._scan_filter.set_up(burst_settings(replace(settings.scanner, prefix="")))
            if self.joined is not None:
                self.joined.notify(words.PREFIX_UNFIT)

    def _listen_at_port(self, settings: Settings) -> None:
        from gms_desktop.starting import scanner_of

        if self.bench is None or self.joined is None or settings.scanner == self._listened:
            return
        if self._scanner is not None:
            self._scanner.close()
        self._listened = settings.scanner
        self._scanner = scanner_of(settings, self.bench, self.joined.scan_from_device)

    @Slot(str)
    def _say_joining(self, sentence: str) -> None:
        self._say_how_far(words.JOINING, sentence)

    @Slot(str)
    def _say_opening(self, sentence: str) -> None:
        self._say_how_far(words.OPENING, sentence)

    def _say_how_far(self, heading: str, sentence: str) -> None:
        from ui.payloads import SignInView

        if self.joined is None:
            self.window.show_not_open(SignInView(heading, sentence))

    @Slot(str)
    def _say_not_joined(self, sentence: str) -> None:
        from ui.joining import field_of
        from ui.payloads import FormView, Problem

        self.window.show_set_up()
        self.window.set_up.paint(FormView(problems=(Problem(field_of(sentence), sentence),)))

    @Slot(str)
    def _say_failed(self, sentence: str) -> None:
        from ui.payloads import SignInView

        self.window.show_not_open(SignInView(words.CANNOT_OPEN, sentence, wrong=True))

    @Slot(object)
    def _keyed(self, said: Scan) -> None:
        if self.joined is not None:
            self.joined.scanned(said)
        elif self.window.being_set_up:
            self.window.set_up.badge_read(said.text)

    @Slot(object)
    def _set_up(self, given: FormGiven) -> None:
        from ui.first_start import first_start
        from ui.payloads import FormView, Problem

        settings, said, problems = first_start(given)
        code = dict(given.fields).get("hub_code", "")
        if problems or settings is None or (said is None and not code):
            self.window.set_up.paint(FormView(problems=tuple(Problem(name, text) for name, text in problems)))
            return
        if code:
            from ui.joining import joins

            self._open(self.folder, settings, None, joins=joins(self.folder, code, given["hub_certificate"], said))
            return
        from gms_desktop.services.set_up import set_up

        begins_with = said
        self._open(
            self.folder, settings, lambda ledger, pepper: _begin(set_up, ledger, begins_with, pepper), first=True
        )


def _with_hub(settings: Settings, folder: Path) -> Settings:
    """The rehearsal's settings, with the hub that this folder has joined, if any."""
    from gms_desktop import settings as settings_file

    own = settings_file.read(folder)
    return replace(settings, hub=own.hub, bench=own.bench) if own is not None and own.hub.host else settings


def _write_settings(folder: Path, settings: Settings) -> None:
    from gms_desktop import settings as settings_file
    from ui.report_file import cannot_save

    try:
        settings_file.write(folder, settings)
    except OSError as fault:
        raise cannot_save(folder / "settings.toml", fault) from fault


def _begin(set_up: Callable[..., str], ledger: Ledger, said: object, pepper: bytes) -> None:
    set_up(ledger, said, pepper)


def run(folder: Path, *, rehearsal: bool = False) -> int:
    """Run until the window is closed, with logs and crash reports kept from its first paint on.

    Args:
        folder: the bench's data folder.
        rehearsal: the made-up laboratory instead of the bench's own.

    Returns:
        The exit code.
    """
    read_no_sources()
    app = plain_application()
    tint(app, _theme(folder))
    window = MainWindow()
    window.showMaximized()
    app.processEvents()
    with ends_when_told(window), logs_kept(folder):
        application = furnished(window, folder, rehearsal=rehearsal)
        try:
            return int(app.exec())
        finally:
            application.close()


@contextmanager
def ends_when_told(window: MainWindow) -> Iterator[None]:
    """Close the window when the system tells the process to end; loaded after the first paint."""
    from ui.goodbye import end_when_told

    goodbye = end_when_told(window.close, window)
    try:
        yield
    finally:
        if goodbye is not None:
            goodbye.leave()


@contextmanager
def logs_kept(folder: Path) -> Iterator[None]:
    """Keep logs and crash reports, loaded after the first paint."""
    from gms_desktop.logs import kept

    with ExitStack() as while_it_runs:
        # A folder that cannot be written is told in the window, in words; logs are not worth more than that.
        with suppress(OSError):
            while_it_runs.enter_context(kept(folder))
        yield


def furnished(window: MainWindow, folder: Path, *, rehearsal: bool) -> Application:
    """Furnish a window that is painted already, and open its bench."""
    from gms_desktop import settings as settings_file
    from ui.lasting_none import make_none_last
    from ui.motion import system_moves
    from ui.scan_filter import ScanFilter
    from ui.theme.icons import application_icon
    from ui.theme.wear import wear

    make_none_last()
    app, fault, settings = plain_application(), "", None
    try:
        settings = settings_file.read(folder)
    except Refused as refusal:
        fault = str(refusal)
    window.furnish(motion=system_moves())
    # The style sheet last: each widget is dressed once, and not again whenever it is put into another.
    wear(app, ThemeName(settings.theme if settings else "light"))
    app.setWindowIcon(application_icon())
    application = Application(window, ScanFilter(app), folder)
    if fault:
        application.failed.emit(fault)
    else:
        application.start(settings, rehearsal=rehearsal)
    return application


def _theme(folder: Path) -> ThemeName:
    """The theme as the settings' file says, read without the code that checks that file."""
    try:
        said = (folder / "settings.toml").read_text("utf-8")
    except (OSError, ValueError):
        return ThemeName.LIGHT
    return ThemeName.DARK if 'theme = "dark"' in said else ThemeName.LIGHT
