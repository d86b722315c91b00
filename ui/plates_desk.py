"""Joins the Plates screen to the bench: the plan or plate in view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.services.plate_views import PlateView
from ui.actions import Place
from ui.label_files import save_label

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from ui.aside import Aside
    from ui.main_window import MainWindow


class PlatesDesk(QObject):
    """The plate in view."""

    def __init__(self, window: MainWindow, bench: Bench, run: Callable[..., None], aside: Aside) -> None:
        """Know the window.

        Args:
            window: where the screen is.
            bench: asked for it.
            run: hands what a future brings to a method on this thread.
            aside: where files are written.
        """
        super().__init__(window)
        from gms_desktop.plate_desk import PlateDesk

        self._window, self._run, self._aside = window, run, aside
        self._desk = PlateDesk(bench)
        self._view = PlateView("")
        window.label_wanted.connect(self._label)

    def show(self, verdict: Verdict | None = None) -> None:
        """Show the plan or plate that is open."""
        self._run(self._desk.view(verdict), self._paint)

    def not_saved(self, verdict: Verdict) -> None:
        """Say on what is in view that an act was not saved."""
        self._paint(replace(self._view, verdict=verdict))

    @Slot()
    def _label(self) -> None:
        if self._window.place is Place.PLATES:
            save_label(self._window, self._aside, self._run, self._desk.label, self.show)

    def _paint(self, view: PlateView) -> None:
        self._view = view
        self._window.plates.paint(view)
