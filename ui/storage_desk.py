"""Joins the Storage screen to the bench."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.services.views import Question

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.storage_view import StorageView
    from ui.main_window import MainWindow

Run = Callable[..., None]


class StorageDesk(QObject):
    """The place in view."""

    def __init__(self, window: MainWindow, bench: Bench, run: Run) -> None:
        """Listen to the window.

        Args:
            window: where the screen is.
            bench: asked for it.
            run: hands what a future brings to a method on this thread.
        """
        super().__init__(window)
        self._window, self._run, self._bench = window, run, bench
        self._view: StorageView | None = None

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

    def _paint(self, view: StorageView) -> None:
        self._view = view
        self._window.storage.paint(view)
