"""Joins the Review screen to the bench: which case is in view, and what an act on it came to."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.services.review_views import ReviewView
from ui.actions import Place

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from ui.main_window import MainWindow

Run = Callable[[Future[Any], Callable[[Any], None]], None]
Over = Callable[[ReviewView], ReviewView]


class ReviewDesk(QObject):
    """The case in view."""

    def __init__(self, window: MainWindow, bench: Bench, run: Run, painted: Callable[[], None], over: Over) -> None:
        """Listen to the window.

        Args:
            window: where the screen is.
            bench: asked for it.
            run: hands what a future brings to a method on this thread.
            painted: told when the screen was painted: how much waits may have changed.
            over: puts the question over a view that waits for a second person.
        """
        super().__init__(window)
        self._window, self._bench, self._run, self._painted, self._over = window, bench, run, painted, over
        self._view = ReviewView("")
        window.case_wanted.connect(self.show)

    @Slot(str)
    def show(self, chosen: str = "", verdict: Verdict | None = None) -> None:
        """Show a case; without a name that which is in view, or the oldest."""
        self._run(self._bench.review(chosen or self._view.chosen, verdict), self._paint)

    def count(self) -> None:
        """Say in the rail how much waits: another bench may have brought a case."""
        from gms_desktop.services.case_list import waiting

        self._run(self._bench.recorder.read(lambda ledger: waiting(ledger.db), urgent=False), self._counted)

    def _counted(self, waiting: int) -> None:
        self._bench.waiting["review"] = waiting
        if self._window.place is Place.REVIEW and self._view.question is None:
            # Another bench may have settled what is in view; whoever gives a reason is left alone.
            self.show(verdict=self._view.verdict)
        else:
            self._painted()

    def choose(self, chosen: str) -> None:
        """The case that is shown the next time."""
        self._view = replace(self._view, chosen=chosen)

    def not_saved(self, verdict: Verdict) -> None:
        """Say on what is in view that an act was not saved."""
        self._paint(replace(self._view, verdict=verdict))

    def _paint(self, view: ReviewView) -> None:
        self._view = view
        self._window.review.paint(self._over(view))
        self._painted()
