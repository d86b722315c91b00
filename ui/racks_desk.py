"""Joins the Racks screen to the bench: what is in view, and files that a reader wrote."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.services.rack_view import RackView
from ui.payloads import FileGiven

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from ui.aside import Aside
    from ui.main_window import MainWindow

Run = Callable[..., None]


class RacksDesk(QObject):
    """The rack in view."""

    def __init__(
        self, window: MainWindow, bench: Bench, run: Run, aside: Aside, answered: Callable[[Any], None]
    ) -> None:
        """Listen to the window.

        Args:
            window: where the screen is.
            bench: asked for it.
            run: hands what a future brings to a method on this thread.
            aside: where files are read.
            answered: told what a reading came to, as the answer of a command.
        """
        super().__init__(window)
        from gms_desktop.rack_desk import RackDesk

        self._window, self._run, self._aside, self._answered = window, run, aside, answered
        self._desk = RackDesk(bench)
        self._view = RackView("")
        window.rack_file_given.connect(self._take)

    def show(self, verdict: Verdict | None = None) -> None:
        """Show the rack that is open."""
        self._run(self._desk.view(verdict), self._paint)

    def not_saved(self, verdict: Verdict) -> None:
        """Say on what is in view that an act was not saved."""
        self._paint(replace(self._view, verdict=verdict))

    @Slot(object)
    def _take(self, given: FileGiven) -> None:
        from gms_desktop.rack_files import read_rack_file

        reading: Future[Any] = self._aside.run(lambda: read_rack_file(Path(given.path)), "reading a rack file")
        self._run(reading, lambda scan: self._run(self._desk.take(scan), self._answered))

    def _paint(self, view: RackView) -> None:
        self._view = view
        self._window.racks.paint(view)
