"""Tries devices as they stand in the form, before they are saved, and says in the form what came back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from ui import words
from ui.aside import Aside
from ui.payloads import FormView, TrialView, TrialWanted

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.device_trial import Tried
    from gms_desktop.settings import ScannerSettings
    from ui.main_window import MainWindow

LISTEN_S = 10.0
Run = Callable[[Future[Any], Callable[[Any], None], Callable[[BaseException], None] | None], None]


class Trials(QObject):
    """One trial at a time; the bench goes on meanwhile, with the devices that it has."""

    def __init__(self, window: MainWindow, bench: Bench, run: Run) -> None:
        super().__init__(window)
        self._window, self._bench, self._run = window, bench, run
        # Of its own, and never waited for: closing the window must not wait for somebody to scan.
        self._aside = Aside()
        self._tried = ""

    @Slot(object)
    def begin(self, wanted: TrialWanted) -> None:
        """Try a device, unless one is being tried."""
        if self._tried:
            return
        tries = {"scanner": self._scanner, "printer": self._printer, "balance": self._balance}
        tries[wanted.device](dict(wanted.given.fields))

    def _scanner(self, said: dict[str, str]) -> None:
        from gms_desktop.device_trial import Tried, try_scanner
        from ui.settings_form import scanner_settings

        scanner, problems = scanner_settings(said, self._bench.settings.scanner)
        self._window.settings.paint(FormView(problems=tuple(problems)))
        if problems:
            return
        if scanner.mode == "keyboard":
            self._window.settings.tell(TrialView("scanner", words.TRIED_TYPES, (words.TRIED_TYPES_MORE,)))
            return
        if self._is_ours(scanner):
            ours = self._bench.devices()[0]
            self._tell("scanner", Tried(ours.ready, (("Scanner", ours.place), ("State", ours.state))), words.TRIED_OURS)
            return
        doing = words.TRYING_SCANNER.format(seconds=LISTEN_S)
        self._do("scanner", doing, partial(try_scanner, scanner, LISTEN_S))

    def _is_ours(self, scanner: ScannerSettings) -> bool:
        own = self._bench.settings.scanner
        return scanner.mode == own.mode == "serial" and scanner.port == own.port

    def _printer(self, said: dict[str, str]) -> None:
        from gms_desktop.device_trial import try_printers
        from ui.settings_form import printer_settings
        from ui.settings_of_printers import further_settings

        printer, problems = printer_settings(said, self._bench.settings.printer)
        printers, _, wrong = further_settings(said, self._bench.settings)
        self._window.settings.paint(FormView(problems=(*problems, *wrong)))
        if not problems and not wrong:
            settings = replace(self._bench.settings, printer=printer, printers=printers)
            self._do("printer", words.TRYING_PRINTER, partial(try_printers, settings, self._bench.file.folder))

    def _balance(self, said: dict[str, str]) -> None:
        from gms_desktop.device_trial import try_balance
        from ui.settings_of_measuring import balance_settings

        balance, problems = balance_settings(said, self._bench.settings.balance)
        self._window.settings.paint(FormView(problems=tuple(problems)))
        if balance.protocol == "none" and not problems:
            self._window.settings.tell(TrialView("balance", words.TRIED_NO_BALANCE))
        elif not problems:
            self._do("balance", words.TRYING_BALANCE, partial(try_balance, balance))

    def _do(self, device: str, doing: str, job: Callable[[], Tried]) -> None:
        self._tried = device
        self._window.settings.tell(TrialView(device, doing))
        self._run(self._aside.run(job, f"trial of the {device}"), partial(self._done, device), self._failed)

    def _done(self, device: str, tried: Tried) -> None:
        self._tried = ""
        self._tell(device, tried)

    def _tell(self, device: str, tried: Tried, more: str = "") -> None:
        lines = [f"{what}: {said}" for what, said in tried.lines] + ([more] if more else [])
        heading = words.TRIED_WELL if tried.well else words.TRIED_NOT
        self._window.settings.tell(TrialView(device, heading, tuple(lines), well=tried.well))

    def _failed(self, fault: BaseException) -> None:
        device, self._tried = self._tried, ""
        self._window.settings.tell(TrialView(device, words.TRIED_NOT, (words.FAULT,), well=False))
        raise fault
