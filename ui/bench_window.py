"""Joins the window to a bench: signals down as jobs, results up as paint. No rule and no SQL is decided here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from devices.values import Entered, Judged, Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import DowntimeView, ExpectedView, FindView, Question, ReceiveView
from ui import words
from ui.actions import Place
from ui.aside import Aside
from ui.cards import CardDesk
from ui.chime import Chime
from ui.fault_words import pass_on, sentence
from ui.files_desk import FilesDesk
from ui.idle import IdleWatch
from ui.job_desks import JobDesk, job_desks
from ui.label_desk import LabelDesk
from ui.layout_desk import LayoutDesk
from ui.lock_view import lock_view
from ui.measure_desk import MeasureDesk
from ui.payloads import (
    DeviceTest,
    FindWanted,
    Given,
    PinGiven,
    ScreenWanted,
    SignInView,
    SubjectWanted,
)
from ui.people_desk import PLACES as OF_PEOPLE
from ui.people_desk import PeopleDesk
from ui.racks_desk import RacksDesk
from ui.review_desk import ReviewDesk
from ui.second_desk import SecondDesk
from ui.settings_desk import SettingsDesk

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.answers import Answered, SignedIn
    from gms_desktop.settings import Settings
    from ui.main_window import MainWindow

ResultT = TypeVar("ResultT")


class BenchWindow(QObject):
    """One bench seen through one window.

    Signals:
        settings_changed(Settings): other settings have been saved.
    """

    settings_changed = Signal(object)
    _arrived = Signal(object)
    _changed = Signal()
    _scanned = Signal(object)
    _alerted = Signal()

    def __init__(self, window: MainWindow, bench: Bench, chime: Chime) -> None:
        super().__init__(window)
        self.window, self.bench, self.chime = window, bench, chime
        self._find, self._expected = FindView(""), ExpectedView("")
        self._receive = ReceiveView(words.NOTHING_SCANNED, None, None)
        self._downtime: DowntimeView | None = None
        self._not_saved: Verdict | None = None
        self._aside, self._closed = Aside(), False
        self._second = SecondDesk(
            window, bench, self._run, self._answered, self._show_answer, partial(self._act_failed, scan=False)
        )
        self._review = ReviewDesk(window, bench, self._run, self._paint_strip, partial(self._second.over, Place.REVIEW))
        self._second.refused.connect(partial(chime.play, VerdictKind.REFUSED))
        self._files = FilesDesk(window, bench, self._aside, self._run, self._tell, self._made)
        self._people = PeopleDesk(
            window, bench, self._run, self._pin_told, self._files.made, self._paint_strip, self._aside
        )
        self._idle = IdleWatch(lambda: bench.settings.idle_minutes, self)
        self._rest = self._idle.rest
        self._labels = LabelDesk(window, bench, self._run)
        self._desks: dict[Place, JobDesk] = {Place.REVIEW: self._review}
        self._desks |= job_desks(window, bench, self._run, self._aside, self._answered_command)
        self._asking: dict[Place, PeopleDesk | LayoutDesk] = dict.fromkeys(OF_PEOPLE, self._people)
        self._asking[Place.LABELS] = LayoutDesk(window, bench, self._run, self._aside, lambda to: chime.play(to.kind))
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._changed.connect(self._refresh, Qt.ConnectionType.QueuedConnection)
        self._scanned.connect(self.scanned, Qt.ConnectionType.QueuedConnection)
        self._alerted.connect(self._alert, Qt.ConnectionType.QueuedConnection)
        bench.changed = self._changed.emit
        bench.hub.alerted = self._alerted.emit
        self._connect()
        self._rest()
        self._refresh()
        self._ask_sign_in()

    def scan_from_device(self, said: Scan) -> None:
        """Take a scan from a device's own thread."""
        self._scanned.emit(said)

    @Slot(object)
    def scanned(self, said: Scan) -> None:
        """Hand a scan to the bench; paint and sound its answer when it is on disk."""
        if self._closed:
            return
        self._rest()
        if self._settings.takes(said, self._ask_sign_in, self._enter) or self._people.takes(said):
            self.bench.scanners.tell(said, Judged.WRONG if said.faults else Judged.RIGHT)
            return
        if self._cards.takes(said):
            return
        place = self.window.place if not self.window.locked else Place.RECEIVE
        self._act(lambda: self.bench.scan(said, place.value), self._answered_scan, scan=True)

    def notify(self, sentence: str) -> None:
        """Show a notice that waits for a person, once."""
        if sentence not in self.bench.file.notices:
            self.bench.file.notices.append(sentence)
        self._paint_strip()

    def close(self) -> None:
        """Stop painting, and wait for files under way; the bench is closed by whoever opened it."""
        self._closed = True
        self._idle.end()
        self.bench.changed = self.bench.hub.alerted = lambda: None
        self._aside.close()

    def _connect(self) -> None:
        window = self.window
        window.command_given.connect(self._command)
        window.screen_wanted.connect(self._screen)
        window.typed.connect(self._typed)
        window.find_wanted.connect(self._find_wanted)
        window.subject_wanted.connect(self._subject)
        window.test_wanted.connect(self._test)
        self._settings = SettingsDesk(self.window, self.bench, self._aside, self._run)
        self._settings.worn.connect(self._worn)
        self._settings.told.connect(self.notify)
        self._settings.refused.connect(partial(self.chime.play, VerdictKind.REFUSED))
        self._settings.judged.connect(self.chime.play)
        window.settings_saved.connect(self._settings.save)
        window.teach_wanted.connect(self._settings.teach)
        self._cards = CardDesk(window, self.bench, self._run, self._card_refused)
        window.pin_given.connect(self._pin)
        window.notice_put_away.connect(self._put_away)
        self._idle.timeout.connect(self._idle_lock)

    # From the window

    @Slot(object)
    def _command(self, given: Given) -> None:
        self._rest()
        if self.window.locked:
            self._command_locked(given.command)
        elif given.command is Command.SIGN_OUT:
            self._act(self.bench.sign_out, self._answered_command)
        elif given.command is Command.CANCEL and self._second.waits:
            self._second.cancel()
        elif self.window.place is Place.FIND and given.command is Command.CANCEL:
            self._paint_find(replace(self._find, question=None))
        elif self.window.place is Place.FIND and given.command is not Command.REOPEN_CASE:
            self._command_on_find(given)
        else:
            of_import = (self.window.place, given.command) == (Place.EXPECTED, Command.UNDO)
            about = given.answer, "import" if of_import else given.argument
            self._act(lambda: self.bench.command(given.command, *about), self._answered_command)

    def _command_locked(self, given: Command) -> None:
        if given is Command.CANCEL:
            self._act(self.bench.cancel_sign_in, self._sign_in_cancelled)
        else:
            self._ask_sign_in()

    def _command_on_find(self, given: Given) -> None:
        """An answer meets what was asked about, whatever has been found since."""
        asked_about = given.answer.subject if given.answer else ""
        subject = asked_about or given.argument or self._find.chosen.partition(":")[2]
        self._act(
            lambda: self.bench.command(given.command, given.answer, subject),
            lambda answered: self._answered_on_find(answered, subject),
        )

    @Slot(object)
    def _screen(self, wanted: ScreenWanted) -> None:
        self._rest()
        self.window.go(wanted.place)
        self._people.choose(wanted.place, wanted.code)
        if wanted.place is Place.FIND and wanted.code:
            self._run(self.bench.find(wanted.code), self._paint_find)
        elif wanted.code and wanted.place is Place.REVIEW:
            self._review.choose(wanted.code)
        self._enter()

    @Slot(object)
    def _typed(self, said: Scan) -> None:
        self.scanned(replace(said, entered=Entered.TYPED))

    @Slot(object)
    def _find_wanted(self, wanted: FindWanted) -> None:
        self._rest()
        self._run(self.bench.find(wanted.query), self._paint_find)

    @Slot(object)
    def _subject(self, wanted: SubjectWanted) -> None:
        self._run(self.bench.find(self._find.query, wanted.subject), self._paint_find)

    def _made(self, said: str) -> None:
        self.notify(said)
        if self.window.place in {Place.DOWNTIME, Place.EXPECTED}:
            self._enter()

    @Slot(object)
    def _test(self, wanted: DeviceTest) -> None:
        if wanted.device == "Hub":
            self.bench.hub.try_now()
        self._refresh()

    @Slot()
    def _alert(self) -> None:
        self.chime.play(VerdictKind.ATTENTION)
        self._paint_strip()

    @Slot(object)
    def _pin(self, given: PinGiven) -> None:
        self._rest()
        if self.window.asking_second:
            self._second.pin(given.pin)
        else:
            self._run(self.bench.pin(given.pin), self._pin_told)

    @Slot()
    def _idle_lock(self) -> None:
        if not self.bench.strip().locked or self.bench.session.was_open:
            self._act(lambda: self.bench.lock("locked after idle time"), self._answered_command)
            self._rest()

    @Slot(str)
    def _put_away(self, notice: str) -> None:
        self.bench.file.notices[:] = [one for one in self.bench.file.notices if one != notice]
        self._paint_strip()

    # To the window

    def _answered_scan(self, answered: Answered) -> None:
        if self._second.begun(answered):
            self._second.answered(answered)
            return
        self._second.end()
        if not self.window.locked:
            self._go_on(answered)
        self._answered(answered)
        if self.window.place in {Place.DOWNTIME, Place.LABELS, *self._desks} - {Place.REVIEW}:
            self._show_on_place(answered.verdict)
        if answered.sign_in or self.window.locked:
            self._ask_sign_in(None if answered.sign_in else answered.verdict)

    def _go_on(self, answered: Answered) -> None:
        """Show the screen that the work goes on with: a scan of which none was said belongs to Receive."""
        if answered.find is not None:
            if self.window.place is not Place.FIND:
                self.window.go(Place.FIND)
            self._paint_find(answered.find)
        elif answered.place or (self.window.place is not Place.RECEIVE and not answered.sign_in):
            self.window.go(Place(answered.place or Place.RECEIVE))

    def _card_refused(self, answered: Answered) -> None:
        """Said where the person looks: a card that does nothing leaves the screen and what is typed there."""
        self._answered(answered)
        if self.window.locked:
            self._ask_sign_in(answered.verdict)
        elif self.window.place in {Place.FIND, Place.EXPECTED, Place.DOWNTIME, *self._desks}:
            self._show_not_saved(answered.verdict, scan=False)
        elif self.window.place is not Place.RECEIVE:
            self.notify(f"{answered.verdict.title}. {answered.verdict.sentence}")

    def _answered_command(self, answered: Answered) -> None:
        if answered.place and not self.window.locked:
            self.window.go(Place(answered.place))
        self._answered(answered)
        self._show_on_place(answered.verdict, answered.question)
        if self.window.locked:
            self._ask_sign_in()

    def _answered_on_find(self, answered: Answered, subject: str) -> None:
        """A question, the second of two ("ID|answer") too, stands with what it is about; not once another was found."""
        self._answered(answered)
        if self.window.locked:
            self._ask_sign_in()
        elif answered.question is None or self._find.chosen.partition(":")[2] != subject.partition("|")[0]:
            self._show_on_place(answered.verdict)
        else:
            question = replace(answered.question, subject=answered.question.subject or subject)
            self._paint_find(replace(self._find, question=question, verdict=answered.verdict))

    def _show_answer(self, answered: Answered) -> None:
        if self.window.place is Place.FIND:
            self._answered_on_find(answered, self._find.chosen.partition(":")[2])
        else:
            self._answered_command(answered)

    def _answered(self, answered: Answered) -> None:
        self._second.begun(answered)
        self.chime.play(answered.verdict.kind)
        self._not_saved = None
        self._paint_receive(answered.receive)
        self._paint_strip()

    def _show_on_place(self, verdict: Verdict, question: Question | None = None) -> None:
        """The screens beside Receive that say what an act came to."""
        self._people.count()
        if self.window.locked:
            return
        if self.window.place is Place.FIND:
            again = self.bench.find(self._find.query, self._find.chosen)
            self._run(again, lambda view: self._paint_find(replace(view, verdict=verdict)))
        elif self.window.place is Place.EXPECTED:
            self._run(self.bench.expected(verdict), self._paint_expected)
        elif self.window.place is Place.DOWNTIME:
            self._run(self.bench.downtime(verdict), self._paint_downtime)
        elif self.window.place in self._desks:
            self._desks[self.window.place].show(verdict=verdict)
        elif self.window.place in self._asking:
            self._asking[self.window.place].show(verdict, question)
        elif self.window.place is Place.DEVICES:
            self._labels.told(verdict, question)

    def _sign_in_cancelled(self, answered: Answered) -> None:
        self._paint_receive(answered.receive)
        self._refresh()
        if self.window.locked:
            self._ask_sign_in()

    def _pin_told(self, told: SignedIn) -> None:
        if told.ok:
            self._not_saved = None
            self._refresh()
            self._people.begin_anew()
            self._run(self.bench.receive_view(), self._back_to_the_tube)
        elif not told.given_up:
            self.chime.play(VerdictKind.REFUSED)
            self._ask_sign_in(wrong=told.words)

    def _back_to_the_tube(self, view: ReceiveView) -> None:
        """Whoever signs in while a tube is in hand sees that tube first."""
        if any(tube.current for tube in view.tubes) and not self.window.locked:
            self.window.go(Place.RECEIVE)
            self._paint_receive(view)

    def _ask_sign_in(self, verdict: Verdict | None = None, wrong: str = "") -> None:
        view = lock_view(self.bench, verdict, wrong)
        if view.who:
            # The PIN is typed: its keys must come here, whatever window was clicked last.
            self.window.activateWindow()
        self.window.paint_sign_in(view)

    @Slot()
    def _refresh(self) -> None:
        """What devices and labels change. The other screens hold what a person types, and are left alone."""
        if self._closed:
            return
        self._paint_strip()
        if self.window.locked:  # asked for when it is seen: whoever signs in comes through here
            return
        if self.window.place is Place.DEVICES:
            self._labels.show()
        elif isinstance(desk := self._desks.get(self.window.place), RacksDesk | MeasureDesk):
            desk.again()
        elif self.window.place is Place.RECEIVE:
            self._run(self.bench.receive_view(), self._paint_receive)
        elif self.window.place is Place.TODAY:
            self._run(self.bench.today(), self.window.today.paint)
        self._review.count()
        self._people.count()

    def _enter(self) -> None:
        """Paint the screen that a person went to."""
        self._refresh()
        place = self.window.place
        if place is Place.EXPECTED:
            self._run(self.bench.expected(), self._paint_expected)
        elif place is Place.REPORTS:
            self._files.show_reports()
        elif place is Place.DOWNTIME:
            self._run(self.bench.downtime(), self._paint_downtime)
        elif place in self._desks:
            self._desks[place].show()
        elif place in self._asking:
            self._asking[place].show()
        elif place is Place.FIND:
            self._paint_find(self._find if self._find.heading else FindView(words.FIND_FIRST))
        elif place is Place.SETTINGS:
            self._settings.show()

    def _paint_strip(self) -> None:
        was_locked = self.window.locked
        self.window.paint_strip(self.bench.strip())
        if self.window.locked and not was_locked:
            self._ask_sign_in()

    def _paint_receive(self, view: ReceiveView) -> None:
        self._receive = view
        shown = self._second.over(Place.RECEIVE, view)
        self.window.receive.paint(replace(shown, verdict=self._not_saved) if self._not_saved else shown)

    def _paint_find(self, view: FindView) -> None:
        self._find = view
        self.window.find_screen.paint(self._second.over(Place.FIND, view))

    def _paint_expected(self, view: ExpectedView) -> None:
        self._expected = view
        self.window.expected.paint(view)

    def _paint_downtime(self, view: DowntimeView) -> None:
        self._downtime = view
        self.window.downtime.paint(view)

    def _tell(self, verdict: Verdict) -> None:
        self.chime.play(verdict.kind)
        if self.window.place is Place.EXPECTED:
            self._run(self.bench.expected(verdict), self._paint_expected)
        else:
            self.notify(f"{verdict.title}. {verdict.sentence}")

    @Slot(object)
    def _worn(self, settings: Settings) -> None:
        self.chime.set_volume(settings.sound)
        self._rest()
        self._refresh()
        self.settings_changed.emit(settings)

    # Results

    def _act(
        self, begin: Callable[[], Future[Answered]], then: Callable[[Answered], None], *, scan: bool = False
    ) -> None:
        """Begin what saves something: when it fails, the verdict in view is replaced by one that says so."""
        failed = partial(self._act_failed, scan=scan)
        try:
            future = begin()
        except Exception as fault:
            failed(fault)
        else:
            self._run(future, then, failed)

    def _run(
        self,
        future: Future[ResultT],
        then: Callable[[ResultT], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        future.add_done_callback(lambda done: self._arrived.emit((done, then, failed or self._failed)))

    @Slot(object)
    def _deliver(
        self, arrival: tuple[Future[ResultT], Callable[[ResultT], None], Callable[[BaseException], None]]
    ) -> None:
        if self._closed:
            return
        done, then, failed = arrival
        fault = done.exception()
        if fault is None:
            then(done.result())
        else:
            failed(fault)

    def _failed(self, fault: BaseException) -> None:
        self.chime.play(VerdictKind.REFUSED)
        self.notify(sentence(fault))
        pass_on(fault)

    def _act_failed(self, fault: BaseException, *, scan: bool) -> None:
        verdict = Verdict(VerdictKind.REFUSED, words.NOT_SAVED, words.NOT_SAVED_MORE.format(why=sentence(fault)))
        self._not_saved = verdict
        self.chime.play(verdict.kind)
        self._paint_receive(self._receive)
        self._paint_strip()
        self._show_not_saved(verdict, scan=scan)
        pass_on(fault)

    def _show_not_saved(self, verdict: Verdict, *, scan: bool) -> None:
        # From what is in view already: the bench may not be able to answer anything now.
        if self.window.locked:
            self.window.paint_sign_in(SignInView(words.NOT_SAVED, verdict.sentence, wrong=True))
        elif self.window.place is Place.FIND:
            self._paint_find(replace(self._find, verdict=verdict))
        elif self.window.place is Place.EXPECTED and not scan:
            self._paint_expected(replace(self._expected, verdict=verdict))
        elif self.window.place is Place.DOWNTIME and self._downtime is not None:
            self._paint_downtime(replace(self._downtime, verdict=verdict))
        elif self.window.place in self._desks and not (scan and self.window.place is Place.REVIEW):
            self._desks[self.window.place].not_saved(verdict)
        elif self.window.place is not Place.RECEIVE:
            self.window.go(Place.RECEIVE)
