"""A bench, composed from its settings: file, recorder, devices and services. Screens, command line and tests use it.

Everything that decides runs on the recorder's thread; every method here returns a future and never waits. What neither
the start nor most scans need is loaded where it is used, or by ``load_rest`` once there is time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from devices.printers.printer import LabelPrinter
from devices.values import DeviceReport, Scan
from gms_desktop import words
from gms_desktop.bench_file import BenchFile
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.hub_link import HubLink
from gms_desktop.journal.entry import Entry
from gms_desktop.recorder import Recorder
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger, PremiseFailed
from gms_desktop.services import receive, receive_view, sign_in, today
from gms_desktop.services.answers import Answered, Session, SignedIn
from gms_desktop.services.arrive import Place
from gms_desktop.services.device_words import device_lines
from gms_desktop.services.label_press import LabelPress, unfinished
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Resolved, resolve
from gms_desktop.services.scan_checks import unfit
from gms_desktop.services.scan_log import scan_draft
from gms_desktop.services.sign_in import Operator
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
from gms_desktop.settings import Settings

if TYPE_CHECKING:
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
        self._desk = Desk(Place("", "", printer.name, settings.printer.layout))
        self._time_zone = "Europe/London"
        self._saved: datetime | None = None
        self.last_find = ("", "")
        self.in_review = 0
        self._verdict: Verdict | None = None
        self._printer = printer
        self._scanner: DeviceReport | None = None
        self._ledger: Ledger | None = None
        self.recorder = Recorder(lambda: self._open(begin), file.free_room, self._when_idle)
        self._press: LabelPress | None = None
        self._press_lock = threading.Lock()
        self._pin_turn = threading.Lock()
        self.hub = HubLink(self.recorder, file, self._repaint)

    def _open(self, begin: Callable[[Ledger], None] | None) -> Ledger:
        ledger = self.file.open(begin)
        laboratory = look_up.laboratory(ledger.db)
        if laboratory is None:
            raise RuntimeError("a laboratory is set up with its first writer")
        self._time_zone = laboratory["time_zone"]
        self._desk.place = replace(self._desk.place, bench=ledger.head.writer, letter=laboratory["letter"])
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
        with self._press_lock:
            printing = self.settings.printer
            self._press = LabelPress(self.recorder, self._printer, printing.dpi, printing.layout, self._repaint)
        self.hub.begin(self.settings.hub, self._time_zone)

    def load_rest(self) -> Future[None]:
        """Load the code that the start went without, between scans: whoever asks for it first need not wait."""

        def load(_ledger: Ledger) -> None:
            import gms_desktop.services.rest  # noqa: F401

        return self.recorder.read(load, urgent=False)

    def close(self) -> None:
        """End the threads in order: labels, the sync, then records; then let the file go."""
        if self._press is not None:
            self._press.close()
        if self._ledger is not None:
            ended = self.session.operator is not None and not self.session.locked
            if ended:
                self.recorder.write(lambda ledger: self._change_session(ledger, None, "signed out")).exception()
            self.recorder.write(self.file.renew).exception()
        self.file.end_backups()
        self.hub.close()
        self.recorder.close()
        self.file.release()

    # What comes in

    def scan(self, said: Scan, screen: str = "receive") -> Future[Answered]:
        """Answer one scan; in the future once it is on disk."""
        return self._doing(lambda ledger: self._scan(ledger, said, screen), said)

    def command(self, given: Command, answer: Answer | None = None, argument: str = "") -> Future[Answered]:
        """Carry out a command."""
        return self._doing(lambda ledger: self._command(ledger, given, answer, argument))

    def report_scanner(self, report: DeviceReport) -> None:
        """A scanner came or went."""
        self._scanner = report
        self.changed()

    # What is painted

    def receive_view(self) -> Future[ReceiveView]:
        """The Receive screen."""
        return self.recorder.read(self._receive_view)

    def waiting_labels(self) -> Future[list[str]]:
        """Numbers whose labels are not on their tubes, newest first: what lies printed on the bench."""
        return self.recorder.read(
            lambda ledger: [
                row["accession"]
                for state in look_up.UNSETTLED
                for row in look_up.labels_at_bench(ledger.db, ledger.head.writer, state)
            ][::-1]
        )

    def today(self) -> Future[TodayView]:
        """The Today screen."""
        return self.recorder.read(lambda ledger: today.view(ledger, self._time_zone))

    def review(self, chosen: str = "", verdict: Verdict | None = None) -> Future[ReviewView]:
        """The Review screen with the case that was chosen, else the oldest."""
        from gms_desktop.services.review import view

        return self.recorder.read(lambda ledger: view(ledger, chosen, verdict, self._desk.question, self._time_zone))

    def find(self, query: str, chosen: str = "") -> Future[FindView]:
        """The Find screen for what was typed or chosen."""
        from gms_desktop.services.find import find

        self.last_find = (query, chosen)
        return self.recorder.read(lambda by: find(by, query, chosen, self._time_zone, None, self.file.kept_file))

    def expected(self, verdict: Verdict | None = None) -> Future[ExpectedView]:
        """The Expected screen."""
        from gms_desktop.services.expected_view import view

        return self.recorder.read(lambda ledger: view(ledger, verdict, self._time_zone, self.file.kept_file))

    def report(self, start: str = "", end: str = "") -> Future[ReportView]:
        """The report of unacceptable specimens."""
        from gms_desktop.services.unacceptable_report import report

        return self.recorder.read(lambda ledger: report(ledger, start, end, self._time_zone))

    def report_bytes(self, start: str, end: str, form: str) -> bytes:
        """The report as ``pdf`` or ``xlsx``; takes a second, so never on the main thread."""
        from gms_desktop.services import report_files

        view = self.report(start, end).result()
        return report_files.issue(self.recorder, view, self.session.operator, form)

    def downtime(self, verdict: Verdict | None = None) -> Future[DowntimeView]:
        """The Downtime screen."""
        from gms_desktop.services.downtime_view import view

        return self.recorder.read(lambda ledger: view(ledger, self._desk, verdict, self._time_zone))

    def devices(self) -> tuple[DeviceLine, ...]:
        """Scanner, printer and hub in words."""
        hub = self.hub.line()
        return (*self._machines(), hub) if hub else self._machines()

    def _machines(self) -> tuple[DeviceLine, ...]:
        status = self._press.status if self._press else None
        return device_lines(self.settings, self._scanner, status, self._printer.name)

    def strip(self) -> StripView:
        """Ribbon and foot strip."""
        who = self.session.operator
        saved = receive_view.local_time(self._saved.isoformat(), self._time_zone)[:5] if self._saved else ""
        return StripView(
            ribbon=words.REHEARSAL if self.settings.rehearsal else "",
            operator=who.name if who else "Nobody is signed in",
            role=who.role if who else "",
            bench=self.settings.bench,
            saved=self.hub.saved(saved),
            sharing_stopped=self.hub.needs_somebody,
            devices=self._machines(),
            locked=self.session.locked,
            notices=tuple(self.file.notices),
            badges=(("review", self.in_review),),
        )

    # Files

    def take_in(self, name: str, content: bytes, mapping: dict[str, Any] | None = None) -> Future[expect.Plan]:
        """Take a file of expected requests in: read and kept here, planned in slices, written as one act.

        Raises:
            Refused, Unavailable: when the file cannot be kept as it came: nothing of it is taken in.
        """
        from gms_desktop.services import expect, kept_files, site_rules

        begun = self.recorder.read(
            lambda ledger: (site_rules.severities(ledger.db), ledger.identity(), kept_files.now(ledger))
        )
        profile, act, at = begun.result()
        reading = expect.read_file(name, content, mapping, profile)
        kept_files.keep_import(self.file.files, reading, content, act, at)
        return self.recorder.write_in_slices(lambda ledger: expect.plan(ledger, reading, act), self._land)

    def _land(self, ledger: Ledger, made: expect.Plan) -> Generator[None, None, expect.Plan]:
        if made.refused:
            return made
        from gms_desktop.services.expect import land

        landed = yield from land(ledger, made, self._operator_id())
        self._note_saved()
        return landed

    def take_in_words(self, made: expect.Plan) -> Verdict:
        """What a file came to, in words."""
        if made.refused:
            from gms_desktop.exchange.problem_words import file_sentence

            return words.refused("Not imported", " ".join(file_sentence(problem) for problem in made.refused))
        waiting = len({problem.row for problem in made.waiting})
        return words.imported(len(made.landed), waiting, len(made.already))

    def join_hub(self, code: str, certificate: str = "") -> str:
        """Join the hub that a code names, as :meth:`HubLink.join` does; waits for it, so never on the main thread."""
        joined = self.hub.join(code, certificate, self.settings)
        self.settings = joined.settings
        return joined.words

    # People

    def pin(self, pin: str) -> Future[SignedIn]:
        """Check the PIN of the person whose badge was read, off the recorder's thread."""
        done: Future[SignedIn] = Future()
        threading.Thread(target=self._check_pin, args=(pin, done), name="pin check", daemon=True).start()
        return done

    def lock(self, how: str = "locked") -> Future[Answered]:
        """Lock the screen; refused while a printed label waits for its tube."""
        return self._doing(lambda ledger: self._lock(ledger, how))

    def sign_out(self) -> Future[Answered]:
        """End the session; refused while a printed label waits for its tube."""
        return self._doing(self._sign_out)

    def cancel_sign_in(self) -> Future[Answered]:
        """Whoever tapped a badge does not sign in after all; a screen that was open before opens again."""
        return self._doing(self._cancel_sign_in)

    # On the recorder's thread

    def _doing(self, job: Callable[[Ledger], Answered], said: Scan | None = None) -> Future[Answered]:
        """Do a job in one transaction. What is not on disk was not done: nothing of it is remembered or printed."""
        answered: Future[Answered] = Future()
        before: list[_Memory] = []

        def once(ledger: Ledger) -> Answered:
            # After a full disk the job is done once more, on what was so before its first try.
            for memory in before:
                self._recall(memory)
            before.append(_Memory(replace(self._desk), replace(self.session), self._verdict))
            return job(ledger)

        self.recorder.write(once).add_done_callback(lambda done: self._settle(done, answered, before, said))
        return answered

    def _settle(
        self, done: Future[Answered], answered: Future[Answered], before: list[_Memory], said: Scan | None
    ) -> None:
        fault = done.exception()
        if fault is None:
            for label in done.result().print_labels:
                self._press_soon(label)
            answered.set_result(done.result())
            return
        for memory in before[:1]:
            self._recall(memory)
        if isinstance(fault, PremiseFailed):
            changed = Outcome(words.changed_meanwhile())
            retold = self.recorder.write(lambda ledger: self._answer(ledger, changed, said, private=True))
            retold.add_done_callback(lambda done: _pass_on(done, answered))
        else:
            answered.set_exception(fault)

    def _recall(self, memory: _Memory) -> None:
        self._desk, self.session, self._verdict = replace(memory.desk), replace(memory.session), memory.verdict

    def _scan(self, ledger: Ledger, said: Scan, screen: str) -> Answered:
        badge = None if said.faults else sign_in.by_badge(ledger, said.text, self.file.pepper)
        if badge:
            return self._badge(ledger, said, badge)
        if self.session.locked:
            code = None if said.faults else resolve(ledger.db, said.text, said.symbology)
            return self._answer(ledger, Outcome(words.locked_scan()), said, private=code is None or code.private)
        wrong = unfit(said)
        if wrong:
            return self._answer(ledger, Outcome(wrong), said, private=True)
        code = resolve(ledger.db, said.text, said.symbology)
        if screen == "find":
            from gms_desktop.services.find import find

            found = find(ledger, said.text, "", self._time_zone, said.symbology, self.file.kept_file)
            verdict = found.verdict or words.found_it(found.heading)
            answered = self._answer(ledger, Outcome(verdict, place="find"), said, private=code.private)
            return replace(answered, find=found)
        return self._received(ledger, code, said)

    def _received(self, ledger: Ledger, code: Resolved, said: Scan) -> Answered:
        outcome = receive.scan(ledger, self._desk, code, said)
        return self._answer(ledger, outcome, said, private=code.private)

    def _answer(
        self, ledger: Ledger, outcome: Outcome, said: Scan | None, *, private: bool = False, secret: bool = False
    ) -> Answered:
        drafts = list(outcome.drafts)
        if said is not None:
            place = len(drafts) + 1
            drafts.append(
                scan_draft(ledger, self._desk.place.bench, said, outcome.verdict, place, private=private, secret=secret)
            )
        if drafts:
            ledger.append(drafts, self._operator_id())
            self._note_saved()
        self._verdict = outcome.verdict if outcome.place in {"", "receive"} else None
        view, asked, labels = self._receive_view(ledger), outcome.question, outcome.print_labels
        return Answered(outcome.verdict, view, question=asked, print_labels=labels, place=outcome.place)

    def _press_soon(self, label: str) -> None:
        with self._press_lock:
            if self._press is not None:
                self._press.press(label)

    def _receive_view(self, ledger: Ledger) -> ReceiveView:
        return receive_view.view(ledger, self._desk, self._verdict, self._time_zone)

    def _command(self, ledger: Ledger, given: Command, answer: Answer | None, argument: str) -> Answered:
        if self.session.locked:
            return self._answer(ledger, Outcome(words.locked_scan()), None)
        if given is Command.LOCK:
            return self._lock(ledger, "locked")
        if given is Command.SIGN_OUT:
            return self._sign_out(ledger)
        return self._answer(ledger, self._carry_out(ledger, given, answer, argument), None)

    def _carry_out(self, ledger: Ledger, given: Command, answer: Answer | None, argument: str) -> Outcome:
        from gms_desktop.services.carry_out import carry_out

        return carry_out(ledger, self._desk, given, answer, argument)

    def _badge(self, ledger: Ledger, said: Scan, who: Operator) -> Answered:
        mine = self.session.operator is not None and who.id == self.session.operator.id
        if mine and not self.session.locked:
            locked = self._lock(ledger, "locked by badge")
            return self._answer(ledger, Outcome(locked.verdict), said, secret=True)
        if not self.session.locked:
            # Another person takes the bench over with the work as it lies: whoever scans the label vouches for it.
            self._change_session(ledger, self._operator_id(), "locked by another badge")
            self.session.locked, self.session.was_open = True, True
        self.session.awaiting = who
        answered = self._answer(ledger, Outcome(words.pin_wanted(who.name)), said, secret=True)
        return replace(answered, sign_in=True)

    def _lock(self, ledger: Ledger, how: str) -> Answered:
        if self._label_waits(ledger):
            return self._answer(ledger, Outcome(words.lock_waits()), None)
        if not self.session.locked:
            self._change_session(ledger, self._operator_id(), how)
            self.session.locked = True
        return self._answer(ledger, Outcome(words.now_locked()), None)

    def _sign_out(self, ledger: Ledger) -> Answered:
        if not self.session.locked and self._label_waits(ledger):
            return self._answer(ledger, Outcome(words.lock_waits()), None)
        self._change_session(ledger, None, "signed out")
        self.session = Session()
        return self._answer(ledger, Outcome(words.now_locked()), None)

    def _cancel_sign_in(self, ledger: Ledger) -> Answered:
        self.session.awaiting = None
        if self.session.was_open and self.session.operator is not None:
            self.session.locked, self.session.was_open = False, False
            self._change_session(ledger, self.session.operator.id, "unlocked")
        return self._answer(ledger, Outcome(words.cancelled()), None)

    def _label_waits(self, ledger: Ledger) -> bool:
        return any(tube.current for tube in self._receive_view(ledger).tubes)

    def _check_pin(self, pin: str, done: Future[SignedIn]) -> None:
        from gms_desktop.pin_check import checked

        try:
            # One after the other: PINs tried all at once must not outrun the wait.
            with self._pin_turn:
                who, bench = self.session.awaiting, self._desk.place.bench
                told, session = checked(self.recorder, self.file, who, pin, bench)
                if session is not None:
                    # Only now, that it is on disk.
                    self.session, self._verdict = session, None
                    self._note_saved()
                done.set_result(told)
        except BaseException as fault:
            done.set_exception(fault)

    def _change_session(self, ledger: Ledger, operator_id: str | None, how: str) -> list[Entry]:
        draft: Draft = sign_in.session_draft(self._desk.place.bench, self.session.identity, operator_id, how)
        made = ledger.append([draft], self._operator_id())
        self._note_saved()
        return made

    def _operator_id(self) -> str | None:
        # What is scanned at a locked screen is nobody's.
        return self.session.operator.id if self.session.operator and not self.session.locked else None

    def _note_saved(self) -> None:
        self._saved = datetime.now(UTC)

    def _when_idle(self, ledger: Ledger) -> bool:
        self.hub.recorded(ledger)
        return self.file.when_idle(ledger)

    def _repaint(self, _label: str = "") -> None:
        self.changed()

    @property
    def data_folder(self) -> Path:
        """The bench's data folder."""
        return self.file.folder
