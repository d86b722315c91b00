"""Joins the Plates screen to the bench: the plan or plate in view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.plate_views import PlateView
from ui import plate_words as words
from ui.actions import Place
from ui.fault_words import pass_on, sentence
from ui.label_files import save_label
from ui.payloads import FileGiven

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from ui.aside import Aside
    from ui.main_window import MainWindow


class PlatesDesk(QObject):
    """The plate in view."""

    def __init__(
        self,
        window: MainWindow,
        bench: Bench,
        run: Callable[..., None],
        aside: Aside,
        answered: Callable[[Any], None],
        over: Callable[[PlateView], PlateView],
    ) -> None:
        """Know the window.

        Args:
            window: where the screen is.
            bench: asked for it.
            run: hands what a future brings to a method on this thread.
            aside: where files are read and written.
            answered: told what a file of indexes came to, as the answer of a command.
            over: lays the question for a second person over what is shown.
        """
        super().__init__(window)
        from gms_desktop.plate_desk import PlateDesk

        self._window, self._run, self._aside, self._answered, self._over = window, run, aside, answered, over
        self._desk = PlateDesk(bench)
        self._view = PlateView("")
        window.index_file_given.connect(self._take)
        window.sample_sheet_wanted.connect(self._save)
        window.label_wanted.connect(self._label)

    def show(self, verdict: Verdict | None = None) -> None:
        """Show the plan or plate that is open."""
        self._run(self._desk.view(verdict), self._paint)

    def not_saved(self, verdict: Verdict) -> None:
        """Say on what is in view that an act was not saved."""
        self._paint(replace(self._view, verdict=verdict))

    @Slot(object)
    def _take(self, given: FileGiven) -> None:
        path = Path(given.path)
        reading = self._aside.run(path.read_bytes, "reading a file of indexes")
        self._run(
            reading, lambda read: self._run(self._desk.take_indexes(path.name, read), self._answered), self._failed
        )

    @Slot(object)
    def _save(self, given: FileGiven) -> None:
        saved = self._aside.run(lambda: self._desk.save_sheet(Path(given.path)), "saving a sample sheet")
        self._run(saved, self.show, self._failed)

    def _failed(self, fault: BaseException) -> None:
        self.show(Verdict(VerdictKind.REFUSED, words.NOT_READ, sentence(fault)))
        pass_on(fault)

    @Slot()
    def _label(self) -> None:
        if self._window.place is Place.PLATES:
            save_label(self._window, self._aside, self._run, self._desk.label, self.show)

    def _paint(self, view: PlateView) -> None:
        self._view = view
        self._window.plates.paint(self._over(view))
