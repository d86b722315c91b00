"""Joins the Storage screen to the bench."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.services.views import Question
from ui.actions import Place
from ui.label_files import save_label

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.storage_view import StorageView
    from ui.aside import Aside
    from ui.main_window import MainWindow

Run = Callable[..., None]
Over = Callable[["StorageView"], "StorageView"]


class StorageDesk(QObject):
    """The place in view."""

    def __init__(self, window: MainWindow, bench: Bench, run: Run, aside: Aside, over: Over) -> None:
        """Listen to the window.

        Args:
            window: where the screen is.
            bench: asked for it.
            run: hands what a future brings to a method on this thread.
            aside: where files are written.
            over: lays the question for a second person over what is shown.
        """
        super().__init__(window)
        self._window, self._run, self._bench = window, run, bench
        self._aside, self._over = aside, over
        self._view: StorageView | None = None
        window.label_wanted.connect(self._label)

    def show(self, verdict: Verdict | None = None) -> None:
        """Show the place that is open."""
        from gms_desktop.storage_desk import StorageDesk as Asked

        self._run(Asked(self._bench).view(verdict), self._paint)

    def not_saved(self, verdict: Verdict) -> None:
        """Say on what is in view that an act was not saved."""
        if self._view is None:
            self.show(verdict)
        else:
            self._paint(replace(self._view, verdict=verdict))

    @property
    def question(self) -> Question | None:
        """What stands open on the screen."""
        return self._view.question if self._view else None

    @Slot()
    def _label(self) -> None:
        if self._window.place is Place.STORAGE:
            from gms_desktop.storage_desk import StorageDesk as Asked

            save_label(self._window, self._aside, self._run, Asked(self._bench).label, self.show)

    def _paint(self, view: StorageView) -> None:
        self._view = view
        self._window.storage.paint(self._over(view))
