"""Joins the Extract screen to the bench: what is in view, and the position files of a robot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from ui import extract_words as words
from ui.actions import Place
from ui.exports_folder import proposed, save
from ui.fault_words import pass_on, sentence
from ui.payloads import FileGiven, ScreenWanted

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.extract_view import ExtractView
    from ui.aside import Aside
    from ui.main_window import MainWindow

Run = Callable[..., None]


class ExtractDesk(QObject):
    """The batch in view."""

    def __init__(
        self, window: MainWindow, bench: Bench, run: Run, aside: Aside, answered: Callable[[Any], None]
    ) -> None:
        """Listen to the window.

        Args:
            window: where the screen is.
            bench: asked for it.
            run: hands what a future brings to a method on this thread.
            aside: where files are read and written.
            answered: told what opening a batch came to.
        """
        super().__init__(window)
        from gms_desktop.extract_desk import ExtractDesk as Desk

        self._window, self._bench, self._run, self._aside, self._answered = window, bench, run, aside, answered
        self._desk = Desk(bench)
        self._view: ExtractView | None = None
        window.screen_wanted.connect(self._open)
        window.positions_wanted.connect(self._write)
        window.positions_given.connect(self._compare)
        window.batch_sheet_wanted.connect(self._sheet)

    def show(self, verdict: Verdict | None = None) -> None:
        """Show the batch that is open."""
        self._run(self._desk.view(verdict), self._paint)

    def not_saved(self, verdict: Verdict) -> None:
        """Say on what is in view that an act was not saved."""
        if self._view is not None:
            self._paint(replace(self._view, verdict=verdict))

    @Slot(object)
    def _open(self, wanted: ScreenWanted) -> None:
        if wanted.place is Place.EXTRACT and wanted.code:
            self._run(self._bench.command(Command.OPEN_BATCH, None, wanted.code), self._answered)

    @Slot()
    def _write(self) -> None:
        name = f"positions-{self._view.number}.csv" if self._view else "positions.csv"
        path, _ = QFileDialog.getSaveFileName(self._window, words.SAVE_AS, proposed(name), words.FILES)
        if path:
            made, to = self._desk.position_file(), Path(path)
            written = self._aside.run(lambda: save(to, made.result(), "position-file"), "writing a position file")
            self._run(written, lambda _saved: self.show(self._desk.written()), self._failed)

    @Slot()
    def _sheet(self) -> None:
        name = f"batch-{self._view.number}.pdf" if self._view else "batch.pdf"
        path, _ = QFileDialog.getSaveFileName(self._window, words.SAVE_SHEET, proposed(name), words.SHEETS)
        if path:
            made = self._desk.sheet()
            written = self._aside.run(lambda: save(Path(path), made.result(), "batch-sheet"), "writing a batch sheet")
            self._run(written, lambda _saved: self.show(self._desk.written()), self._failed)

    @Slot(object)
    def _compare(self, given: FileGiven) -> None:
        def compared() -> Verdict:
            return self._desk.compare(Path(given.path).read_bytes()).result()

        self._run(self._aside.run(compared, "reading a position file"), self.show, self._failed)

    def _failed(self, fault: BaseException) -> None:
        self.show(Verdict(VerdictKind.REFUSED, words.NOT_READ, sentence(fault)))
        pass_on(fault)

    def _paint(self, view: ExtractView) -> None:
        self._view = view
        self._window.extract.paint(view)
