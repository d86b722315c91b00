"""Joins the Measure screen to the bench: files that are chosen or dropped, and what is in view."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from gms_desktop import weight_words
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.measure_views import MeasureView
from ui import measure_words as words
from ui.actions import Place
from ui.aside import Aside
from ui.fault_words import pass_on, sentence
from ui.payloads import FileGiven

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.dropped_file import Dropped
    from gms_desktop.instrument_folder import Looked
    from gms_desktop.measure_desk import MeasureDesk as Asked
    from ui.main_window import MainWindow

Run = Callable[..., None]
_LOOK_EVERY_MS = 1500
# While another screen is open: what came is told on Today within half a minute.
_LOOK_BESIDE_MS = 30_000
_LOOK_ON_MS = 300
"""While files wait that were not read yet."""
_SHARE_S = 5.0


class MeasureDesk(QObject):
    """The run in view."""

    def __init__(
        self, window: MainWindow, bench: Bench, run: Run, aside: Aside, answered: Callable[[Any], None]
    ) -> None:
        """Know the window; arguments as for :class:`RacksDesk`."""
        super().__init__(window)
        self._window, self._bench, self._run, self._aside, self._answered = window, bench, run, aside, answered
        self._view = MeasureView("")
        self._joined = False
        self._asked_of: Asked | None = None
        # A share may answer late: files that others give are not kept waiting by it.
        self._folder, self._looking = Aside(), False
        self._balance, self._weighing = Aside(), False
        self._looks = QTimer(self, interval=_LOOK_BESIDE_MS)
        self._looks.timeout.connect(self._look)
        self._looks.start()
        window.closing.connect(self._end)

    def show(self, verdict: Verdict | None = None) -> None:
        """Show the file that is open, or what waits."""
        self._run(self._asked().view(verdict), self._paint)
        if self._looks.interval() != _LOOK_EVERY_MS or not self._looks.isActive():
            self._looks.start(_LOOK_EVERY_MS)
            self._look()

    def again(self) -> None:
        """Paint again whom a change of the limits affects; what a person types in is left alone."""
        if self._view.looks_on and self._view.question is None:
            self.show()

    def not_saved(self, verdict: Verdict) -> None:
        """Say on what is in view that an act was not saved."""
        self._paint(replace(self._view, verdict=verdict))

    def _asked(self) -> Asked:
        # What reads and judges runs is loaded with the first look at the screen.
        from gms_desktop.measure_desk import MeasureDesk as Asked

        self._asked_of = self._asked_of or Asked(self._bench)
        return self._asked_of

    @Slot()
    def _look(self) -> None:
        """See what came in the instruments' folders: often while this screen is open, now and then while another is."""
        self._looks.setInterval(_LOOK_EVERY_MS if self._window.place is Place.MEASURE else _LOOK_BESIDE_MS)
        if self._bench.settings.instruments.folders and not self._looking:
            self._looking = True
            self._run(
                self._folder.run(self._asked().came, "looking for instruments' files"), self._came, self._not_seen
            )

    @Slot()
    def _end(self) -> None:
        self._looks.stop()
        # A share that hangs keeps nobody's window open: what looks at it only reads.
        self._folder.close(_SHARE_S)
        self._balance.close()

    def _came(self, looked: Looked) -> None:
        self._looking = False
        self._window.measure.paint_came(looked)
        if looked.more:
            self._looks.setInterval(_LOOK_ON_MS)

    def _not_seen(self, fault: BaseException) -> None:
        self._looking = False
        self._looks.stop()
        self._not_read(fault)

    def sort_of(self, path: Path) -> Dropped:
        """What wrote a file that was dropped; reads it, so never on the main thread; raises what its reading does."""
        return self._asked().sort_of(path)

    @Slot(object)
    def take(self, given: FileGiven) -> None:
        """Read a file aside, and open it."""
        asked = self._asked()
        of_table = self._view.takes_table
        read, take = (asked.read_table, asked.take_table) if of_table else (asked.read, asked.take)
        reading: Future[Any] = self._aside.run(lambda: read(Path(given.path)), "reading an instrument's file")
        self._run(reading, lambda file: self._run(take(file), self._answered), self._not_read)

    @Slot()
    def _weigh(self) -> None:
        """Ask the balance beside the other work; pressed again meanwhile, nothing is asked twice."""
        if self._weighing:
            return
        self._weighing = True
        told = Verdict(VerdictKind.FOUND, weight_words.WEIGHING, weight_words.WEIGHING_MORE)
        self._paint(replace(self._view, verdict=told))
        asking = self._balance.run(self._asked().ask_balance, "asking the balance")
        self._run(asking, self._weighed, self._not_weighed)

    @Slot()
    def _tare(self) -> None:
        """Tare the balance beside the other work; while it is asked already, nothing is asked twice."""
        if self._weighing:
            return
        self._weighing = True
        told = Verdict(VerdictKind.FOUND, weight_words.TARING, weight_words.TARING_MORE)
        self._paint(replace(self._view, verdict=told))
        asking = self._balance.run(self._asked().ask_tare, "taring the balance")
        self._run(asking, self._tared, self._not_weighed)

    def _tared(self, said: tuple[str, Any]) -> None:
        self._weighing = False
        self._run(self._asked().tare(*said), self._answered)

    def _weighed(self, said: tuple[str, Any]) -> None:
        self._weighing = False
        self._run(self._asked().weigh(*said), self._answered)

    def _not_weighed(self, fault: BaseException) -> None:
        self._weighing = False
        self.show(weight_words.nothing_recorded(sentence(fault)))
        pass_on(fault)

    def _not_read(self, fault: BaseException) -> None:
        self.show(Verdict(VerdictKind.REFUSED, words.NOT_READ, sentence(fault)))
        pass_on(fault)

    def _paint(self, view: MeasureView) -> None:
        self._view = view
        if not self._joined:
            self._window.measure.file_given.connect(self.take)
            self._window.measure.weigh_wanted.connect(self._weigh)
            self._window.measure.tare_wanted.connect(self._tare)
            self._joined = True
        self._window.measure.paint(view)
