"""A file that is dropped anywhere on the window goes to the screen that its content belongs to, and that says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from ui import measure_words as words
from ui.actions import Place
from ui.aside import Aside
from ui.fault_words import pass_on, sentence
from ui.payloads import FileGiven, ScreenWanted

if TYPE_CHECKING:
    from gms_desktop.dropped_file import Dropped
    from ui.main_window import MainWindow
    from ui.measure_desk import MeasureDesk


class DroppedFiles(QObject):
    """What no screen takes itself where it was dropped. While the screen is locked nothing is taken."""

    def __init__(self, window: MainWindow, measure: MeasureDesk, run: Callable[..., None], aside: Aside) -> None:
        """Know the window.

        Args:
            window: the frame.
            measure: where runs are opened.
            run: hands what a future brings to a method on this thread.
            aside: where files are read.
        """
        super().__init__(window)
        self._window, self._measure, self._run, self._aside = window, measure, run, aside
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Welcome one file of this machine, and take it where it is dropped."""
        if event.type() not in {QEvent.Type.DragEnter, QEvent.Type.Drop} or not isinstance(event, QDropEvent):
            return False
        urls = event.mimeData().urls()
        if self._window.locked or len(urls) != 1 or not urls[0].isLocalFile():
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self._take(FileGiven(urls[0].toLocalFile()))
        return True

    def _take(self, given: FileGiven) -> None:
        if self._window.place is Place.EXPECTED:
            self._window.file_given.emit(given)
            return
        looked = self._aside.run(lambda: self._measure.sort_of(Path(given.path)), "looking at a dropped file")
        self._run(looked, lambda sort: self._belongs(given, sort), self._to_nobody)

    def _belongs(self, given: FileGiven, sort: Dropped) -> None:
        from gms_desktop.dropped_file import Dropped

        # It is on this machine still: whoever signs in drops it again.
        if self._window.locked:
            return
        if sort is Dropped.RACK:
            self._window.screen_wanted.emit(ScreenWanted(Place.RACKS))
            self._window.rack_file_given.emit(given)
            return
        self._window.screen_wanted.emit(ScreenWanted(Place.MEASURE))
        name = Path(given.path).name
        self._measure.show(Verdict(VerdictKind.FOUND, words.OPENS_HERE, words.OPENS_HERE_MORE.format(name=name)))
        self._measure.take(given)

    def _to_nobody(self, fault: BaseException) -> None:
        if not self._window.locked:
            self._window.screen_wanted.emit(ScreenWanted(Place.MEASURE))
            self._measure.show(Verdict(VerdictKind.REFUSED, words.NOT_READ, sentence(fault)))
        pass_on(fault)
