"""Joins the Racks screen to the bench: what is in view, and files that a reader wrote."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from devices.values import RackReading
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.rack_views import RackView
from ui import rack_words as words
from ui.aside import Aside
from ui.fault_words import pass_on, sentence
from ui.payloads import FileGiven

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.answers import Answered
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
        self._under_way = False
        # What a reading came to while the screen was locked: said to whoever signs in.
        self._unsaid: Verdict | None = None
        # A reading takes up to two minutes: files that others give are not kept waiting by it.
        self._reading = Aside()
        window.closing.connect(self._end)
        window.rack_file_given.connect(self._take)
        window.rack_wanted.connect(self._read)

    def show(self, verdict: Verdict | None = None, *, not_read: bool = False) -> None:
        """Show the rack that is open; ``not_read``: a reading was begun and did not come."""
        if self._window.locked:
            self._unsaid = verdict or self._unsaid
        else:
            verdict, self._unsaid = verdict or self._unsaid, None
        self._run(self._desk.view(verdict, not_read=not_read), self._paint)

    def not_saved(self, verdict: Verdict) -> None:
        """Say on what is in view that an act was not saved."""
        self._paint(replace(self._view, verdict=verdict))

    @Slot(object)
    def _take(self, given: FileGiven) -> None:
        from gms_desktop.rack_files import read_rack_file

        reading: Future[Any] = self._aside.run(lambda: read_rack_file(Path(given.path)), "reading a rack file")
        self._run(reading, lambda scan: self._run(self._desk.take(scan), self._taken), self._not_read)

    @Slot()
    def _read(self) -> None:
        """Read the rack in the reader; pressed again while it reads, the reading ends."""
        if self._under_way:
            self._desk.cancel()
            return
        self._under_way = True
        told = Verdict(VerdictKind.FOUND, words.READING, words.READING_MORE)
        self._paint(replace(self._view, verdict=told))
        self._run(self._reading.run(self._desk.read, "reading a rack"), self._came, self._failed)

    @Slot()
    def _end(self) -> None:
        self._reading.end(self._desk.cancel)

    def _came(self, reading: RackReading) -> None:
        self._under_way = False
        if reading.scan is not None:
            self._run(self._desk.take(reading.scan, read_here=True), self._taken)
            return
        from gms_desktop.rack_reader_words import reading as ended

        self.show(Verdict(VerdictKind.REFUSED, words.NOT_READ, ended(reading)), not_read=True)

    def _taken(self, answered: Answered) -> None:
        self._unsaid = answered.verdict if self._window.locked else None
        self._answered(answered)

    def _failed(self, fault: BaseException) -> None:
        self._under_way = False
        self._not_read(fault, not_read=True)

    def _not_read(self, fault: BaseException, *, not_read: bool = False) -> None:
        """A file that cannot be read says nothing of the rack in the reader."""
        self.show(Verdict(VerdictKind.REFUSED, words.NOT_READ, sentence(fault)), not_read=not_read)
        pass_on(fault)

    def again(self) -> None:
        """Show the open rack as it is now, with what was said of it last: another bench may have moved its tubes."""
        # The verdict that is in view when this arrives: a newer one may have been painted meanwhile.
        self._run(self._desk.view(), lambda view: self._paint(replace(view, verdict=self._view.verdict)))

    def _paint(self, view: RackView) -> None:
        self._view = view
        self._window.racks.paint(view)
