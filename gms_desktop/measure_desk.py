"""Measurements as one bench sees them: the screen, and files that come in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from devices.values import Tare, Weighing, Weight
from gms_desktop import folder_words, weight_words
from gms_desktop import settings as settings_file
from gms_desktop.balances import Asked, ask, tare
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused
from gms_desktop.instrument_folder import InstrumentFolders, Looked
from gms_desktop.measure_files import RunFile, Written, read_run_file, sort_of, written
from gms_desktop.register import reading_look_up
from gms_desktop.run_saving import pass_on
from gms_desktop.services import measure_taking, measure_view
from gms_desktop.services.answers import Answered
from gms_desktop.services.at_measure import is_large
from gms_desktop.services.measure_matching import Steps
from gms_desktop.services.measure_views import MeasureView
from gms_desktop.settings import InstrumentSettings, Settings

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.dropped_file import Dropped
    from gms_desktop.instrument_tables import TableFile
    from gms_desktop.register.ledger import Ledger
    from gms_desktop.services.at_measure import AtMeasure


def written_of(said: InstrumentSettings) -> dict[str, Written]:
    """How each instrument writes, as the settings have it; what means nothing is left out."""
    answers: dict[str, list[str]] = {}
    for one in said.dates:
        name, _, answer = one.rpartition(": ")
        if name and sort_of(answer):
            answers.setdefault(name, []).append(answer)
    return {name: written(*of) for name, of in answers.items()}


def keep_dates(folder: Path, settings: Settings, instrument: str, answer: str) -> Settings:
    """The settings with how one instrument writes its dates, numbers or units, written to the bench's file of them."""
    told = [(*one.rpartition(": ")[::2], one) for one in settings.instruments.dates]
    others = tuple(one for name, said, one in told if name != instrument or sort_of(said) != sort_of(answer))
    said = replace(settings.instruments, dates=(*others, f"{instrument}: {answer}"))
    made = replace(settings, instruments=said)
    settings_file.write(folder, made)
    return made


class MeasureDesk:
    """The work at measurements at one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._folders = InstrumentFolders()
        self._read_by: tuple[tuple[str, str], ...] = ()
        bench.desk.keep_dates = self._keep_dates

    def _keep_dates(self, instrument: str, order: str) -> None:
        self._bench.settings = keep_dates(self._bench.file.folder, self._bench.settings, instrument, order)

    def view(self, verdict: Verdict | None = None) -> Future[MeasureView]:
        """The Measure screen."""
        has_balance = self._bench.settings.balance.protocol != "none"

        def seen(ledger: Ledger) -> MeasureView:
            return furnished(measure_view.view(ledger, self._bench.desk, verdict))

        def seen_in_steps(ledger: Ledger) -> Steps[MeasureView]:
            return furnished((yield from measure_view.view_in_steps(ledger, self._bench.desk, verdict)))

        def furnished(shown: MeasureView) -> MeasureView:
            at = weight_words.lay_it_on(shown.on_pan) if has_balance and shown.on_pan else shown.heading
            return replace(shown, has_balance=has_balance, heading=at)

        if self._bench.desk.measure.is_large:
            return self._bench.recorder.read_in_slices(seen_in_steps)
        return self._bench.recorder.read(seen)

    def read(self, path: Path) -> RunFile:
        """Read a file as this bench was told its instruments write; takes seconds, so never on the main thread.

        Raises:
            Refused, Unavailable: when it is no run, or cannot be read.
        """
        from gms_desktop import told_by_folder

        file = read_run_file(path, self.written, self._tables())
        return told_by_folder.named(file, path, self._bench.settings.instruments.folders)

    def sort_of(self, path: Path) -> Dropped:
        """What wrote a file that was dropped; reads it, so never on the main thread.

        Raises:
            Refused, Unavailable: when nothing here reads it, or it cannot be read.
        """
        from gms_desktop import dropped_file

        return dropped_file.sort_of(path, self._tables())

    def read_table(self, path: Path) -> TableFile:
        """Read a file to point at its columns; takes seconds, so never on the main thread; raises as :meth:`read`."""
        from gms_desktop import instrument_tables

        return instrument_tables.read_table(path, self._tables())

    def _tables(self) -> tuple[tuple[str, str], ...]:
        def texts(ledger: Ledger) -> tuple[tuple[str, str], ...]:
            from gms_desktop.services import site_tables

            return site_tables.texts(ledger.db)

        return self._bench.recorder.read(texts).result()

    @property
    def written(self) -> Mapping[str, Written]:
        """How each instrument of this bench writes, where it was asked."""
        return written_of(self._bench.settings.instruments)

    def came(self) -> Looked:
        """What lies in the instruments' folders and was not taken in; reads them, so never on the main thread."""

        def taken(hashes: Collection[str]) -> set[str]:
            found: set[str] = self._bench.recorder.read(lambda by: reading_look_up.taken_in(by.db, hashes)).result()
            return found

        tables, folders = self._tables(), self._bench.settings.instruments.folders
        if tables != self._read_by:
            self._read_by = tables
            self._folders.read_again()
        looked = self._folders.look(folders, taken, self._odd)
        seen = {one.name: next((why for why in looked.away if why.startswith(f"{one.name}: ")), "") for one in folders}
        if seen != self._bench.asked.away:
            self._bench.asked.away = seen
            self._bench.changed()
        if looked != self._bench.asked.looked:
            self._bench.asked.looked = looked
            self._bench.changed()
        return looked

    def _odd(self, path: Path) -> str:
        """Why a file in a folder is no whole run; empty for one that is."""
        from devices.measured import RunDefect

        try:
            file = self.read(path)
        except Refused as why:
            return str(why)
        cut = any(found.defect is RunDefect.CUT for run in file.runs for found in run.findings)
        return folder_words.cut(path.name) if cut else ""

    def ask_balance(self) -> tuple[str, Asked]:
        """What was scanned last, and what the balance says now; takes seconds, so never on the main thread.

        Raises:
            Refused: when the settings name no balance.
        """
        pan = self._bench.desk.measure.pan
        if pan is None:
            return "", Asked(Weight(Weighing.SILENT))
        asked = ask(self._bench.settings.balance)
        self._bench.asked.weight = asked.weight
        self._bench.changed()
        return pan.subject, asked

    def ask_tare(self) -> tuple[str, Tare]:
        """What was scanned last, and what came of taring the balance; takes seconds, so never on the main thread.

        Raises:
            Refused: when the settings name no balance.
        """
        pan = self._bench.desk.measure.pan
        if pan is None:
            return "", Tare(tared=False, container=Weight(Weighing.SILENT))
        tared = tare(self._bench.settings.balance)
        self._bench.asked.weight = tared.after or tared.container
        self._bench.changed()
        return pan.subject, tared

    def tare(self, of: str, tared: Tare) -> Future[Answered]:
        """Say what came of taring it for what was scanned."""

        def said(ledger: Ledger) -> Answered:
            from gms_desktop.services import weighing

            return self._bench.answer(ledger, weighing.tared(self._bench.desk, tared, of), None)

        return self._bench.doing(said)

    def weigh(self, of: str, asked: Asked) -> Future[Answered]:
        """Record what the balance said of what was scanned."""

        def weighed(ledger: Ledger) -> Answered:
            from gms_desktop.services import weighing

            bench, protocol = self._bench, self._bench.settings.balance.protocol
            outcome = weighing.take(ledger, bench.desk, asked.weight, of, asked.serial, protocol)
            return bench.answer(ledger, outcome, None)

        return self._bench.doing(weighed)

    def take_table(self, file: TableFile) -> Future[Answered]:
        """Open a file to point at its columns."""

        def taken(ledger: Ledger) -> Answered:
            from gms_desktop.services import table_commands

            return self._bench.answer(ledger, table_commands.take(ledger, self._bench.desk, file), None)

        return self._bench.doing(taken)

    def take(self, file: RunFile) -> Future[Answered]:
        """Open a file for a look at both sides."""
        bench = self._bench

        def taken(ledger: Ledger) -> Answered:
            return bench.answer(ledger, measure_taking.take(ledger, bench.desk, file), None)

        return self._take_large(file) if is_large(file.runs) else bench.doing(taken)

    def _take_large(self, file: RunFile) -> Future[Answered]:
        """A file with many positions is worked out in slices, so that no scan waits for it."""
        bench, answered = self._bench, Future[Answered]()

        def opened(done: Future[tuple[AtMeasure | None, Verdict]]) -> None:
            if (fault := done.exception()) is not None:
                answered.set_exception(fault)
                return
            made = done.result()
            said = bench.doing(lambda ledger: bench.answer(ledger, measure_taking.opened(bench.desk, made), None))
            said.add_done_callback(partial(pass_on, answered))

        steps = bench.recorder.read_in_slices(
            lambda ledger: measure_taking.take_in_steps(ledger, bench.time_zone, file)
        )
        steps.add_done_callback(opened)
        return answered
