"""A bench, composed from its settings: file, recorder, devices and services. Screens, command line and tests use it.

Everything that decides runs on the recorder's thread; every method here returns a future and never waits. What neither
the start nor most scans need is loaded where it is used, or by ``load_rest`` once there is time.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from devices.printers.printer import LabelPrinter
from devices.values import DeviceReport, Scan
from gms_desktop import scan_answers, words
from gms_desktop.bench_file import BenchFile
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.exports import Exports
from gms_desktop.fhir_outbox import FhirOutbox
from gms_desktop.further_printers import FurtherPrinters
from gms_desktop.hub_link import HubLink
from gms_desktop.label_routes import every_printer, printed_by, routes
from gms_desktop.recorder import Recorder
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger, PremiseFailed
from gms_desktop.scanners import Scanners
from gms_desktop.services import receive_view, sign_in, today
from gms_desktop.services.answers import Answered, Session, SignedIn
from gms_desktop.services.arrive import Place
from gms_desktop.services.at_measure import look_on
from gms_desktop.services.device_words import LastAsked, device_lines
from gms_desktop.services.label_press import LabelPress
from gms_desktop.services.label_queue import unfinished, waiting
from gms_desktop.services.layout_at_printer import LayoutAtPrinter
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import resolve
from gms_desktop.services.scan_checks import unfit
from gms_desktop.services.scan_log import scan_draft
from gms_desktop.services.views import (
    Answer,
    DeviceLine,
    DowntimeView,
    ExpectedView,
    FindView,
    ReceiveView,
    ReportView,
    StripView,
    TodayView,
)
from gms_desktop.sessions import Sessions
from gms_desktop.settings import FIRST_PRINTER, Settings

if TYPE_CHECKING:
    from gms_desktop.people_desk import PeopleDesk
    from gms_desktop.services import expect
    from gms_desktop.services.review_views import ReviewView

T = TypeVar("T")


@dataclass(frozen=True)
class _Memory:
    """What the bench remembers beside its file."""

    desk: Desk
    session: Session
    verdict: Verdict | None


def _pass_on(done: Future[Answered], answered: Future[Answered]) -> None:
    fault = done.exception()
    if fault is None:
        answered.set_result(done.result())
    else:
        answered.set_exception(fault)


class Bench:
    """One bench at work."""

    def __init__(
        self,
        file: BenchFile,
        settings: Settings,
        printer: LabelPrinter,
        begin: Callable[[Ledger], None] | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Open the bench; ``opened`` of the recorder says how that went.

        Args:
            file: the bench's file, already taken.
            settings: the bench's settings.
            printer: where labels go.
            begin: sets a fresh database up.
            changed: told, from any thread, that a screen should be painted again.
        """
        self.file = file
        self.settings = settings
        self.session = Session()
        self.changed = changed
        place = Place("", "", printer.name, settings.printer.layout, routes(settings))
        self.desk = Desk(
            place,
            files=lambda: file.files,
            lanes=lambda: self.further.lanes(self.settings, self.press.status),
            hub=lambda: self.hub.agreed,
            secret=lambda: file.pepper,
        )
        self.time_zone = "Europe/London"
        self._saved: datetime | None = None
        self.last_find = ("", "")
        self.waiting = {"review": 0, "confirm": 0}
        self._verdict: Verdict | None = None
        self._printer = printer
        self.asked = LastAsked()
        self.scanners = Scanners()
        self._ledger: Ledger | None = None
        self.recorder = Recorder(lambda: self._open(begin), file.free_room, self._when_idle)
        self.layouts = LayoutAtPrinter(self.recorder, printer, settings.printer, printed_by(settings, FIRST_PRINTER))
        self.press = LabelPress(self.recorder, printer, self.layouts, self._repaint, secret=self.desk.secret)
        self.further = FurtherPrinters(self.recorder, settings, file.folder, self._repaint, secret=self.desk.secret)
        self.sessions = Sessions(self)
        self.hub = HubLink(self.recorder, file, self._repaint)
        self.exports = Exports(self.recorder, file.folder, settings.exports, self.operator_id)
        self.outbox = FhirOutbox(self.recorder, file.folder, settings.fhir.folder, self._repaint)

    def _open(self, begin: Callable[[Ledger], None] | None) -> Ledger:
        ledger = self.file.open(begin)
        laboratory = look_up.laboratory(ledger.db)
        if laboratory is None:
            raise RuntimeError("a laboratory is set up with its first writer")
        self.time_zone = self.desk.time_zone = laboratory["time_zone"]
        self.desk.place = replace(self.desk.place, bench=ledger.head.writer, letter=laboratory["letter"])
        with ledger.db.write():
            unfinished(ledger)
        self._ledger = ledger
        return ledger

    def start(self) -> None:
        """Wait until the file is open, then start the label press.

        Raises:
            Refused, Unavailable: what opening the file came to.
        """
        self.recorder.opened.result()
        self.press.start()
        self.further.start()
        self.hub.begin(self.settings.hub, self.time_zone)
        self.outbox.begin()

    def load_rest(self) -> Future[None]:
        """Load the code that the start went without, between scans: whoever asks for it first need not wait."""

        def load(ledger: Ledger) -> None:
            from gms_desktop.services import rest

            rest.read_rules(ledger.db)

        return self.recorder.read(load, urgent=False)

    def close(self) -> None:
        """End the threads in order: labels, the sync, then records; then let the file go."""
        self.press.close()
        self.further.close()
        if self._ledger is not None:
            ended = self.session.operator is not None and not self.session.locked
            if ended:
                self.recorder.write(lambda ledger: self.sessions.change(ledger, None, "signed out")).exception()
            self.recorder.write(self.file.renew).exception()
        self.file.end_backups()
        self.exports.close()
        self.outbox.close()
        self.hub.close()
        self.recorder.close()
        self.file.release()

    # What comes in

    def scan(self, said: Scan, screen: str = "receive") -> Future[Answered]:
        """Answer one scan; in the future once it is on disk."""
        return self.scanners.answered(said, self.doing(lambda ledger: self._scan(ledger, said, screen), said))

    def command(self, given: Command, answer: Answer | None = None, argument: str = "") -> Future[Answered]:
        """Carry out a command."""
        if given is Command.SAVE_RUN and self.desk.measure.is_large and not self.session.locked:
            from gms_desktop import run_saving

            return run_saving.save(self)
        return self.command_at_once(given, answer, argument)

    def command_at_once(self, given: Command, answer: Answer | None = None, argument: str = "") -> Future[Answered]:
        """Carry out a command in one transaction."""
        return self.doing(lambda ledger: self._command(ledger, given, answer, argument))

    def report_scanner(self, report: DeviceReport) -> None:
        """A scanner came or went."""
        self.scanners.report(report)
        self.changed()

    # What is painted

    def receive_view(self) -> Future[ReceiveView]:
        """The Receive screen."""
        return self.recorder.read(self.view_of)

    def waiting_labels(self) -> Future[list[str]]:
        """Numbers whose labels are not on their tubes, newest first: what lies printed on the bench."""
        return self.recorder.read(waiting)

    def today(self) -> Future[TodayView]:
        """The Today screen."""
        return self.recorder.read(lambda ledger: today.view(ledger, self.time_zone, self.asked.looked, self.desk))

    def review(self, chosen: str = "", verdict: Verdict | None = None) -> Future[ReviewView]:
        """The Review screen with the case that was chosen, else the oldest."""
        from gms_desktop.services.review import view

        return self.recorder.read(lambda ledger: view(ledger, chosen, verdict, self.desk.question, self.time_zone))

    def find(self, query: str, chosen: str = "") -> Future[FindView]:
        """The Find screen for what was typed or chosen."""
        from gms_desktop.services.find import find

        self.last_find = (query, chosen)
        return self.recorder.read(lambda by: find(by, query, chosen, self.time_zone, None, self.file.kept_file))

    def expected(self, verdict: Verdict | None = None) -> Future[ExpectedView]:
        """The Expected screen."""
        from gms_desktop.services.expected_view import view

        return self.recorder.read(lambda ledger: view(ledger, verdict, self.time_zone, self.file.kept_file))

    def report(self, start: str = "", end: str = "") -> Future[ReportView]:
        """The report of unacceptable specimens."""
        from gms_desktop.services.unacceptable_report import report

        return self.recorder.read(lambda ledger: report(ledger, start, end, self.time_zone))

    def downtime(self, verdict: Verdict | None = None) -> Future[DowntimeView]:
        """The Downtime screen."""
        from gms_desktop.services.downtime_view import view

        return self.recorder.read(lambda ledger: view(ledger, self.desk, verdict, self.time_zone))

    def devices(self) -> tuple[DeviceLine, ...]:
        """Scanner, printer, hub and the integration engine's folder in words."""
        return (*self._machines(), *filter(None, (self.hub.line(), self.outbox.line())))

    def _machines(self) -> tuple[DeviceLine, ...]:
        said = self.settings, self.scanners.newest, self.press.status, self._printer.name
        return device_lines(*said, self.layouts.unreleased, self.asked, self.further.told())

    def strip(self) -> StripView:
        """Ribbon and foot strip."""
        who = self.session.operator
        saved = receive_view.local_time(self._saved.isoformat(), self.time_zone)[:5] if self._saved else ""
        return StripView(
            ribbon=words.REHEARSAL if self.settings.rehearsal else "",
            operator=who.name if who else "Nobody is signed in",
            role=who.role if who else "",
            bench=self.settings.bench,
            saved=self.hub.saved(saved),
            sharing_stopped=self.hub.needs_somebody,
            devices=(*self._machines(), *(one for one in (self.outbox.line(),) if one and not one.ready)),
            locked=self.session.locked,
            notices=tuple(self.file.notices),
            badges=tuple(self.waiting.items()),
            without_pin=self.session.break_glass,
        )

    # Files

    def take_in(self, name: str, content: bytes, mapping: dict[str, Any] | None = None) -> Future[expect.Plan]:
        """Take a file of expected requests in: read and kept here, planned in slices, written as one act.

        Raises:
            Refused, Unavailable: when the file cannot be kept as it came: nothing of it is taken in.
            NotAllowed: when whoever is signed in may not take files in.
        """
        from gms_desktop import expected_in

        return expected_in.take_in(self, name, content, mapping)

    def join_hub(self, code: str, certificate: str = "") -> str:
        """Join the hub that a code names, as :meth:`HubLink.join` does; waits for it, so never on the main thread."""
        joined = self.hub.join(code, certificate, self.settings)
        self.settings = joined.settings
        return joined.words

    # People

    def pin(self, pin: str) -> Future[SignedIn]:
        """Check the PIN of the person whose badge was read, off the recorder's thread."""
        return self.sessions.pin(pin)

    def lock(self, how: str = "locked") -> Future[Answered]:
        """Lock the screen; refused while a printed label waits for its tube."""
        return self.doing(lambda ledger: self.sessions.lock(ledger, how))

    def sign_out(self) -> Future[Answered]:
        """End the session; refused while a printed label waits for its tube."""
        return self.doing(self.sessions.sign_out)

    def cancel_sign_in(self) -> Future[Answered]:
        """Whoever tapped a badge does not sign in after all; a screen that was open before opens again."""
        return self.doing(self.sessions.cancel)

    @property
    def people(self) -> PeopleDesk:
        """People as this bench sees and changes them."""
        from gms_desktop.people_desk import PeopleDesk

        return PeopleDesk(self)

    # On the recorder's thread

    def doing(self, job: Callable[[Ledger], Answered], said: Scan | None = None) -> Future[Answered]:
        """Do a job in one transaction. What is not on disk was not done: nothing of it is remembered or printed."""
        answered: Future[Answered] = Future()
        before: list[_Memory] = []

        def once(ledger: Ledger) -> Answered:
            # After a full disk the job is done once more, on what was so before its first try.
            for memory in before:
                self._recall(memory)
            before.append(_Memory(replace(self.desk), replace(self.session), self._verdict))
            return job(ledger)

        self.recorder.write(once).add_done_callback(lambda done: self._settle(done, answered, before, said, job))
        return answered

    def _settle(
        self,
        done: Future[Answered],
        answered: Future[Answered],
        before: list[_Memory],
        said: Scan | None,
        job: Callable[[Ledger], Answered],
    ) -> None:
        fault = done.exception()
        if fault is None:
            if done.result().print_labels or self.press.behind or self.further.behind:
                self.press.look()
                self.further.look()
            answered.set_result(done.result())
            return
        for memory in before[:1]:
            self._recall(memory)
        told = self._told(fault, job)
        if told is not None:
            retold = self.recorder.write(lambda ledger: self.answer(ledger, told, said, private=True))
            retold.add_done_callback(lambda done: _pass_on(done, answered))
        else:
            answered.set_exception(fault)

    def _told(self, fault: BaseException, job: Callable[[Ledger], Answered]) -> Outcome | None:
        """What a person is told of an act that was not done; None for a fault that is nobody's to put right."""
        if isinstance(fault, PremiseFailed):
            return Outcome(words.changed_meanwhile())
        from gms_desktop.services import gate
        from gms_desktop.services.rights import NotAllowed
        from gms_desktop.services.second_person import SecondWanted

        if isinstance(fault, NotAllowed):
            return Outcome(fault.verdict)
        if not isinstance(fault, SecondWanted):
            return None
        return self.sessions.wants_second(gate.Pending(fault, fault.begun or job))

    def _recall(self, memory: _Memory) -> None:
        self.desk, self.session, self._verdict = replace(memory.desk), replace(memory.session), memory.verdict

    def _scan(self, ledger: Ledger, said: Scan, screen: str) -> Answered:
        badge = None if said.faults else sign_in.by_badge(ledger, said.text, self.file.pepper)
        if badge:
            return self.sessions.badge(ledger, said, badge)
        self.sessions.forget_second()
        said = self.scanners.put_right(said, self.file.notices, self.settings.scanner.separator)
        if self.session.locked:
            code = None if said.faults else resolve(ledger.db, said.text, said.symbology)
            return self.answer(ledger, Outcome(words.locked_scan()), said, private=code is None or code.private)
        wrong = unfit(said)
        if wrong:
            return self.answer(ledger, Outcome(wrong), said, private=True)
        code = resolve(ledger.db, said.text, said.symbology)
        return scan_answers.answered(self, ledger, code, said, screen)

    def answer(
        self, ledger: Ledger, outcome: Outcome, said: Scan | None, *, private: bool = False, secret: bool = False
    ) -> Answered:
        """Record an outcome in one act, with the scan that led to it, and say it."""
        drafts, witness = self.gated(ledger, outcome)
        if said is not None:
            kept, bench = {"private": private, "secret": secret}, self.desk.place.bench
            drafts.append(scan_draft(ledger, bench, said, outcome.verdict, len(drafts) + 1, **kept))
        if drafts:
            ledger.append(drafts, self.operator_id(), witness)
            self.note_saved()
        self._verdict = outcome.verdict if outcome.place in {"", "receive"} else None
        view, asked, labels = self.view_of(ledger), outcome.question, outcome.print_labels
        return Answered(outcome.verdict, view, question=asked, print_labels=labels, place=outcome.place)

    def gated(self, ledger: Ledger, outcome: Outcome) -> tuple[list[Draft], str | None]:
        """What a person does goes through the gate of rights and second persons."""
        if not outcome.drafts:
            return [], None
        from gms_desktop.services import gate, rights

        actor = self.sessions.actor()
        if actor is None:
            raise rights.NotAllowed(words.locked_scan())
        beside = self.sessions.beside or gate.Beside()
        return gate.passed(ledger, outcome, actor, self.time_zone, self.desk.place.bench, beside)

    def view_of(self, ledger: Ledger) -> ReceiveView:
        """The Receive screen, on the recorder's thread."""
        return receive_view.view(ledger, self.desk, self._verdict, self.time_zone)

    def _command(self, ledger: Ledger, given: Command, answer: Answer | None, argument: str) -> Answered:
        if self.session.locked:
            return self.answer(ledger, Outcome(words.locked_scan()), None)
        if given is Command.LOCK:
            return self.sessions.lock(ledger, "locked")
        if given is Command.SIGN_OUT:
            return self.sessions.sign_out(ledger)
        if given is Command.SECOND_PERSON:
            return self.sessions.alone(ledger, answer)
        self.sessions.forget_second()
        return self.answer(ledger, self._carry_out(ledger, given, answer, argument), None)

    def _carry_out(self, ledger: Ledger, given: Command, answer: Answer | None, argument: str) -> Outcome:
        from gms_desktop.services.carry_out import carry_out

        return carry_out(ledger, self.desk, given, answer, argument, self.time_zone)

    def begin_session(self, session: Session) -> None:
        """Somebody is signed in, and it is on disk."""
        self.session, self._verdict = session, None
        self.desk.rack, self.desk.measure = self.desk.rack.out_of_hand(), self.desk.measure.out_of_hand()
        self.desk.send = self.desk.send.out_of_hand()
        self.note_saved()

    def operator_id(self) -> str | None:
        """Who is signed in; nobody while the screen is locked."""
        # What is scanned at a locked screen is nobody's.
        return self.session.operator.id if self.session.operator and not self.session.locked else None

    def note_saved(self) -> None:
        """Something was put on disk just now."""
        self._saved = datetime.now(UTC)

    def _when_idle(self, ledger: Ledger) -> bool:
        from gms_desktop.services import rights

        self.hub.recorded(ledger)
        self.outbox.look(ledger)
        rights.note_day(ledger, self.time_zone)
        self.sessions.see_to_rights(ledger)
        return self.file.when_idle(ledger) or look_on(self.desk.measure, ledger, self.changed)

    def wear(self, settings: Settings) -> None:
        """Other settings stand from now on; another printer gets the labels at once, also those that wait already."""
        was, self.settings = self.settings, settings
        self.outbox.wear(settings.fhir.folder)
        if every_printer(settings) == every_printer(was) and settings.labels == was.labels:
            return
        from gms_desktop.starting import printer_of

        if settings.printer != was.printer:
            self._printer = printer_of(settings, self.file.folder)
        printer, sorts = self._printer, printed_by(settings, FIRST_PRINTER)
        self.layouts = LayoutAtPrinter(self.recorder, printer, settings.printer, sorts)
        self.press.change(printer, self.layouts)
        self.further.wear(settings)
        named: Any = {"printer": printer.name, "layout": settings.printer.layout, "routes": routes(settings)}
        self.recorder.read(lambda _ledger: setattr(self.desk, "place", replace(self.desk.place, **named)))

    def _repaint(self, _label: str = "") -> None:
        self.changed()
