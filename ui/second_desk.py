"""An act that waits for its second person: where it was begun, whose PIN is awaited, and how it is left."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import FindView, Question, ReceiveView
from ui import people_words as said
from ui.actions import Place
from ui.payloads import SignInView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.answers import Answered, SignedIn
    from gms_desktop.services.plate_views import PlateView
    from gms_desktop.services.review_views import ReviewView
    from gms_desktop.services.storage_view import StorageView
    from ui.main_window import MainWindow

Run = Callable[[Future[Any], Callable[[Any], None], "Failed | None"], None]
Heard = Callable[["Answered"], None]
Failed = Callable[[BaseException], None]
ViewT = TypeVar("ViewT", "FindView", "ReceiveView", "ReviewView", "PlateView", "StorageView")
_PLACES = frozenset({Place.FIND, Place.REVIEW, Place.RECEIVE, Place.LABELS, Place.PLATES, Place.STORAGE})


class SecondDesk(QObject):
    """The question stands where the act was begun; the PIN is asked for over that screen, and says whose work it is.

    Signals:
        refused(): the PIN was not the one.
    """

    refused = Signal()

    def __init__(self, window: MainWindow, bench: Bench, run: Run, heard: Heard, shown: Heard, failed: Failed) -> None:
        """Listen to the window.

        Args:
            window: where it is asked.
            bench: where the act waits.
            run: hands what a future brings to a method on this thread.
            heard: takes an answer that is shown by its sound and the strip.
            shown: shows an answer on the screen in view.
            failed: shows that an act was not saved.
        """
        super().__init__(window)
        self._window, self._bench, self._run = window, bench, run
        self._heard, self._shown, self._failed = heard, shown, failed
        self._place = Place.RECEIVE
        for other_work in (window.screen_wanted, window.find_wanted, window.subject_wanted, window.case_wanted):
            other_work.connect(self._left)

    @property
    def waits(self) -> bool:
        """Whether an act waits for its second person."""
        return self._bench.sessions.pending is not None

    def begun(self, answered: Answered) -> bool:
        """Whether an answer asks for a second person; where the act was begun is where it is asked."""
        asked = answered.question is not None and answered.question.command is Command.SECOND_PERSON
        if asked:
            self._place = self._window.place if self._window.place in _PLACES else Place.RECEIVE
            if self._window.place is not self._place:
                self._window.go(self._place)
        return asked

    def over(self, place: Place, view: ViewT) -> ViewT:
        """A view with the question, where the act was begun there."""
        question = self._question(place)
        if question is None or view.question == question:
            return view
        return replace(view, question=question)

    def _question(self, place: Place) -> Question | None:
        pending = self._bench.sessions.pending
        return pending.question if pending is not None and place is self._place else None

    def ask_pin(self, wrong: str = "") -> None:
        """Ask the second person for their PIN, beside whose work it is and what they sign."""
        pending, second, first = self._bench.sessions.pending, self._bench.sessions.second, self._bench.session.operator
        if pending is None or second is None or first is None:
            self.end()
            return
        whose = said.SECOND_SIGNS.format(name=first.name)
        signs = (*((whose,) if wrong else ()), *pending.wanted.shown.words.split("\n"))
        sentence = wrong or whose
        view = SignInView(said.SECOND_PIN.format(name=second.name), sentence, second.name, bool(wrong), signs)
        self._window.activateWindow()
        self._window.ask_second(view)

    def end(self) -> None:
        """Show the screen again where the work stands."""
        if self._window.asking_second:
            self._window.go(self._window.place)

    def answered(self, answered: Answered) -> None:
        """What came of an act that waits for its second person, on the screen where it was begun."""
        if answered.sign_in:
            self._heard(answered)
            self.ask_pin()
        else:
            self.end()
            self._shown(answered)

    def pin(self, pin: str) -> None:
        """Check the PIN of the second person; a right one lets the act happen."""
        self._run(self._bench.pin(pin), self._told, self._not_saved)

    def cancel(self) -> None:
        """Give the act up and show where it was begun."""
        self._run(self._bench.command(Command.CANCEL), self.answered, self._not_saved)

    def _told(self, told: SignedIn) -> None:
        if told.answered is not None:
            self.answered(told.answered)
        else:
            self.refused.emit()
            self.ask_pin(told.words)

    def _not_saved(self, fault: BaseException) -> None:
        self.end()
        self._failed(fault)

    @Slot()
    def _left(self) -> None:
        """Other work was begun: what waited is given up."""
        if self.waits:
            self._run(self._bench.command(Command.CANCEL), self._heard, self._not_saved)
