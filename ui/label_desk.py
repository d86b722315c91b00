"""Joins the Devices screen to the bench: its devices, and the labels that wait or lie printed here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.domain.verdicts import Verdict
    from gms_desktop.services.label_queue_view import QueueView
    from gms_desktop.services.views import Question
    from ui.main_window import MainWindow

Run = Callable[[Future[Any], Callable[[Any], None]], None]


class LabelDesk(QObject):
    """Which label is in view, and what the last act on one came to."""

    def __init__(self, window: MainWindow, bench: Bench, run: Run) -> None:
        """Listen to the window.

        Args:
            window: where the screen is.
            bench: asked for the queue.
            run: hands what a future brings to a method on this thread.
        """
        super().__init__(window)
        self._window, self._bench, self._run = window, bench, run
        self._chosen, self._joined = "", False
        self._verdict: Verdict | None = None
        self._question: Question | None = None
        window.screen_wanted.connect(self._begin_anew)

    def told(self, verdict: Verdict, question: Question | None) -> None:
        """What an act came to, and what it asks."""
        self._verdict, self._question = verdict, question
        self.show()

    def show(self) -> None:
        """Paint devices and queue as they are now; what was said last, and a question that stands open, stay."""
        from gms_desktop.services.label_queue_view import view

        self._join()
        self._window.devices.paint(self._bench.devices())
        bench, about = self._bench, (self._chosen, self._verdict, self._question)
        queue = bench.recorder.read(lambda ledger: view(ledger, bench.desk.lanes(), bench.time_zone, *about))
        self._run(queue, self._paint)

    def _paint(self, view: QueueView) -> None:
        self._chosen = view.chosen
        self._window.devices.paint_queue(view)

    def _join(self) -> None:
        """Listen to the screen, once it is made: it is not made for a bench that is only opened."""
        if not self._joined:
            self._joined = True
            self._window.devices.queue.line_wanted.connect(self._line)

    @Slot(str)
    def _line(self, chosen: str) -> None:
        self._chosen, self._verdict, self._question = chosen, None, None
        self.show()

    @Slot()
    def _begin_anew(self) -> None:
        self._chosen, self._verdict, self._question = "", None, None
