"""Joins the People, Confirm and Handover screens, and a session without PIN, to the bench."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from devices.values import Entered, Scan
from gms_desktop import handover_words
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from ui import people_words as said
from ui.actions import Place
from ui.payloads import FormGiven

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.handover_desk import HandoverDesk
    from gms_desktop.services.answers import SignedIn
    from gms_desktop.services.handover_view import HandoverView
    from gms_desktop.services.people_view import ConfirmView, PeopleView
    from gms_desktop.services.views import Question
    from ui.aside import Aside
    from ui.main_window import MainWindow
    from ui.screens.people import PersonAdded, PinChanged

Run = Callable[[Future[Any], Callable[[Any], None]], None]
PLACES = frozenset({Place.PEOPLE, Place.CONFIRM, Place.HANDOVER})


class PeopleDesk(QObject):
    """Who is in view, whose badge is awaited, and which sheet is on screen."""

    def __init__(
        self,
        window: MainWindow,
        bench: Bench,
        run: Run,
        signed_in: Callable[[SignedIn], None],
        made: Callable[[Future[Any]], None],
        painted: Callable[[], None],
        aside: Aside,
    ) -> None:
        """Listen to the window.

        Args:
            window: where the screens are.
            bench: asked for them.
            run: hands what a future brings to a method on this thread.
            signed_in: told how a session without PIN was begun.
            made: told of a file that is being made.
            painted: told when how much waits may have changed.
            aside: makes files.
        """
        super().__init__(window)
        self._window, self._bench, self._run, self._aside = window, bench, run, aside
        self._signed_in, self._made, self._painted = signed_in, made, painted
        self._chosen = {Place.PEOPLE: "", Place.CONFIRM: ""}
        self._awaited: str | None = None
        self._badge = ""
        self._sheet: HandoverView | None = None
        self._joined = False
        window.without_pin_wanted.connect(self._without_pin)
        window.without_pin_given.connect(self._open_without_pin)

    # What is shown

    def show(self, verdict: Verdict | None = None, question: Question | None = None, *, fresh: bool = False) -> None:
        """Paint the screen of these that is in view."""
        self._join()
        place = self._window.place
        if place is Place.PEOPLE:
            self._run(
                self._bench.people.view(self._chosen[place], verdict), partial(self._paint_people, question=question)
            )
        elif place is Place.CONFIRM:
            self._run(
                self._bench.people.confirm_view(self._chosen[place], verdict),
                partial(self._paint_confirm, question=question),
            )
        elif place is Place.HANDOVER:
            self._run(self._desk.view(verdict, fresh=fresh), self._paint_handover)

    def choose(self, place: Place, chosen: str) -> None:
        """What is shown there the next time; a badge that was awaited is so no more."""
        self._forget_badge()
        if place in self._chosen and (chosen or place is Place.PEOPLE):
            self._chosen[place] = chosen

    def begin_anew(self) -> None:
        """Somebody signed in: what the one before them entered or saw is theirs."""
        if self._joined:
            self._forget_badge()
            self._window.people.done()
        self._chosen[Place.PEOPLE] = ""
        if self._window.place in PLACES:
            self.show()

    def count(self) -> None:
        """Say in the rail how much waits to be confirmed or reviewed."""
        from gms_desktop.services.people_today import waiting

        zone = self._bench.time_zone
        self._run(self._bench.recorder.read(lambda ledger: waiting(ledger, zone), urgent=False), self._counted)

    def _counted(self, waiting: int) -> None:
        if self._bench.waiting["confirm"] != waiting:
            self._bench.waiting["confirm"] = waiting
            self._painted()

    def _paint_people(self, view: PeopleView, question: Question | None) -> None:
        self._chosen[Place.PEOPLE] = view.chosen
        self._window.people.ask(question)
        self._window.people.paint(view)

    def _paint_confirm(self, view: ConfirmView, question: Question | None) -> None:
        self._chosen[Place.CONFIRM] = view.chosen
        self._window.confirm.paint(view)
        self._window.confirm.ask(question)
        self.count()

    def _paint_handover(self, view: HandoverView) -> None:
        self._sheet = view
        self._window.handover.paint(view)
        if view.verdict == handover_words.note_written():
            self._window.handover.note_taken()

    @property
    def _desk(self) -> HandoverDesk:
        from gms_desktop.handover_desk import HandoverDesk

        return HandoverDesk(self._bench)

    def _join(self) -> None:
        """Listen to the screens, once they are made: none of them is made for a bench that is only opened."""
        if self._joined:
            return
        self._joined = True
        people, handover = self._window.people, self._window.handover
        people.person_wanted.connect(self._person)
        people.badge_wanted.connect(self._badge_wanted)
        people.added.connect(self._add)
        people.pin_changed.connect(self._change_pin)
        self._window.confirm.line_wanted.connect(self._line)
        handover.fresh_wanted.connect(self._fresh)
        handover.print_wanted.connect(self._print)

    # People

    @Slot(str)
    def _person(self, chosen: str) -> None:
        self.choose(Place.PEOPLE, chosen)
        self.show()

    @Slot(str)
    def _line(self, chosen: str) -> None:
        self.choose(Place.CONFIRM, chosen)
        self.show()

    def takes(self, scan: Scan) -> bool:
        """Whether a scan is the badge that the People screen waits for: it goes nowhere else and is recorded nowhere.

        A badge that is typed is none.
        """
        if self._awaited is None or self._window.locked or self._window.place is not Place.PEOPLE:
            return False
        if scan.entered is Entered.TYPED:
            self._window.people.say_badge(said.BADGE_TYPED)
        elif scan.faults or not scan.text.strip():
            self._window.people.say_badge(said.BADGE_UNREAD)
        elif self._awaited:
            operator, self._awaited = self._awaited, None
            self._window.people.say_badge("")
            self._run(self._bench.people.give_badge(operator, scan), self._told)
        else:
            self._badge, self._awaited = scan.text, None
            self._window.people.say_badge(said.BADGE_READ)
        return True

    @Slot(str)
    def _badge_wanted(self, operator: str) -> None:
        if self._awaited == operator:
            self._forget_badge()
            self._window.people.say_badge(said.BADGE_LEFT)
        else:
            self._awaited, self._badge = operator, ""
            self._window.people.say_badge(said.BADGE_AWAITED)

    def _forget_badge(self) -> None:
        self._awaited, self._badge = None, ""
        if self._joined:
            self._window.people.say_badge("")

    @Slot(object)
    def _add(self, given: PersonAdded) -> None:
        if not self._badge and not self._window.people.prints_badges:
            self._window.people.say_badge(said.BADGE_MISSING)
            return
        roles = (given.role,) if given.role else ()
        self._run(self._bench.people.add(given.name, self._badge, roles, given.pin), self._told)

    @Slot(object)
    def _change_pin(self, given: PinChanged) -> None:
        if given.present is None:
            self._run(self._bench.people.set_pin(given.operator, given.pin), self._told)
        else:
            self._run(self._bench.people.change_own_pin(given.present, given.pin), self._told)

    def _told(self, verdict: Verdict) -> None:
        """What was entered is done and forgotten, or stays to be put right."""
        if verdict.kind is VerdictKind.MATCHES:
            self._forget_badge()
            self._window.people.done()
        self._painted()
        if self._window.place is Place.PEOPLE and not self._window.locked:
            self.show(verdict)

    # Handover

    @Slot()
    def _fresh(self) -> None:
        self.show(fresh=True)

    @Slot()
    def _print(self) -> None:
        from ui.downtime_file import save_as

        if self._sheet is None:
            return
        job = save_as(self._window, said.SAVE_SHEET, "handover.pdf", partial(self._desk.pdf, self._sheet))
        if job is not None:
            self._made(self._aside.run(job, "handover sheet"))

    # Without PIN

    @Slot()
    def _without_pin(self) -> None:
        self._run(self._bench.people.without_pin(), self._window.sign_in.ask_without_pin)

    @Slot(object)
    def _open_without_pin(self, given: FormGiven) -> None:
        from gms_desktop.sessions import OpenedWithoutPin

        opened = OpenedWithoutPin(given["operator"], given["reason"], given["comment"])
        self._run(self._bench.sessions.open_without_pin(opened), self._opened)

    def _opened(self, told: SignedIn) -> None:
        if told.ok:
            self._signed_in(told)
        else:
            self._window.sign_in.without_pin.refuse(told.words)
