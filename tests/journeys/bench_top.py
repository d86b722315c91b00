"""A bench to work at in tests: the real Bench on its own file, a scanner on a simulated line, a printer on a port."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from threading import Condition
from typing import Any, Literal, TypeVar

from devices.printers.printer import LabelPrinter
from devices.printers.zpl_printer import ZplPrinter, ZplTimes
from devices.scanners.keyboard_burst import keyed_scan
from devices.scanners.serial_scanner import Patience, SerialScanner
from devices.simulators.scanner import SimulatedScanner
from devices.simulators.zpl_printer import SimulatedZplPrinter
from devices.transports.serial_line import SerialSettings, open_serial
from devices.values import Entered, Keyed, Scan
from gms_desktop.bench import Bench
from gms_desktop.bench_file import BenchFile
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal import ballast, lease, secret_store, sqlite_file
from gms_desktop.journal.database import text_statement
from gms_desktop.register import verify
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal import made_up
from gms_desktop.services.answers import Answered
from gms_desktop.services.expect import Plan
from gms_desktop.services.views import Answer, ReceiveView, TubeLine
from gms_desktop.settings import ScannerSettings
from gms_desktop.starting import SystemChance, dialogue_of

WAIT_S = 45.0
NINE_O_CLOCK = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KEYED = Keyed(keys=12, median_ms=5, longest_ms=9, prefixed=False)
QUICK = ZplTimes(connect_s=1.0, answer_s=0.25, write_s=1.0, close_s=1.0)
T = TypeVar("T")

OKAFOR, SILVA = made_up.PEOPLE
PIN = made_up.SHORT_PIN


@dataclass
class BenchClock:
    """The computer's clock, which a test may set. It goes on a little at each look."""

    at: datetime = NINE_O_CLOCK

    def now(self) -> datetime:
        self.at += timedelta(microseconds=100)
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Person:
    """A made-up patient with one request and one tube, as a row of the made-up hospital's file."""

    surname: str
    order: str
    tube: str = ""
    forename: str = "Test"
    nhs: str = ""
    hospital: str = ""
    referral: str = ""
    role: str = "proband"
    born: str = "07/06/1978"
    test: str = "R208.1"
    requestor: str = "Dr S. Whitfield"
    location: str = "Breast clinic"
    type: str = "EDTA blood"
    priority: str = "Routine"
    collected: str = ""
    category: str = "clinical"
    risk: str = "no"

    def line(self) -> str:
        cells = (self.referral, self.test, self.role, "", self.surname, self.forename, self.born, self.nhs)
        cells += (self.hospital, "RR8", self.requestor, self.location, self.order, self.tube, self.type)
        return ",".join((*cells, self.priority, self.collected, self.category, self.risk))


def file_of(*people: Person) -> bytes:
    """The made-up hospital's file for these people."""
    heading = made_up.expected_file()[1].decode().splitlines()[0]
    return "\n".join([heading, *(person.line() for person in people), ""]).encode()


@dataclass
class BenchTop:
    """What a person at the bench can do and see. ``open`` starts the application, ``close`` ends it."""

    folder: Path
    scanner: SimulatedScanner
    printer: SimulatedZplPrinter
    clock: BenchClock
    make_file: Callable[..., BenchFile] = BenchFile
    make_printer: Callable[[], LabelPrinter] | None = None
    begin: Callable[[Ledger, bytes], None] | None = made_up.begin
    verdict: Verdict | None = None
    protocol: Literal["plain", "ssi", "host-ack"] = "plain"

    def __post_init__(self) -> None:
        self.answers: Queue[Future[Answered]] = Queue()
        self.something_changed = Condition()
        self._bench: Bench | None = None
        self._reader: SerialScanner | None = None

    # Start and end

    def open(self) -> BenchTop:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / "ballast").exists():
            with (self.folder / "ballast").open("wb") as out:
                out.truncate(ballast.SIZE)
        file = self.make_file(self.folder, self.clock, SystemChance(), "test")
        file.take()
        begin = self.begin
        first = (lambda ledger: begin(ledger, file.pepper)) if begin else None
        settings = made_up.settings(self.scanner.url, self.printer.host, self.printer.port)
        printer = self.make_printer() if self.make_printer else self._printer()
        bench = Bench(file, settings, printer, first, self._changed)
        try:
            bench.start()
        except BaseException:
            bench.recorder.close()
            file.release()
            raise
        self._bench = bench
        line = SerialSettings(self.scanner.url)
        self._reader = SerialScanner(
            "Scanner",
            lambda: open_serial(line),
            dialogue_of(ScannerSettings(protocol=self.protocol), "Scanner"),
            self._scanned,
            bench.report_scanner,
            self.clock.now,
            Patience(first_retry_s=0.02, slice_s=0.02, idle_s=0.1),
        )
        bench.scanners.add(self._reader)
        self._reader.start()
        # What is scanned before the line is open is lost, as with any scanner.
        self.wait_until(lambda: bench.devices()[0].ready, "the scanner")
        return self

    def _printer(self) -> LabelPrinter:
        return ZplPrinter("Label printer", self.printer.host, self.printer.port, times=QUICK)

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
        if self._bench is not None:
            self._bench.close()
        self._reader = self._bench = None

    def restart(self) -> BenchTop:
        self.close()
        return self.open()

    @property
    def bench(self) -> Bench:
        assert self._bench is not None, "the application is not open"
        return self._bench

    def _scanned(self, said: Scan) -> None:
        self.answers.put(self.bench.scan(said))

    def _changed(self) -> None:
        with self.something_changed:
            self.something_changed.notify_all()

    # Doing

    def scans(self, code: str | bytes, symbology: str = "") -> Verdict:
        """Scan a code some seconds after whatever came before."""
        self.clock.forward(5)
        return self.scans_at_once(code, symbology)

    def scans_at_once(self, code: str | bytes, symbology: str = "") -> Verdict:
        self.scanner.scan(code, symbology)
        return self.answered()

    def answered(self) -> Verdict:
        """Wait for the answer to a scan that was sent."""
        self.verdict = self.answers.get(timeout=WAIT_S).result(WAIT_S).verdict
        return self.verdict

    def keys(self, code: str, keyed: Keyed = KEYED) -> Verdict:
        """Scan with a scanner that types."""
        self.clock.forward(5)
        said = keyed_scan(code, self.clock.now(), "keyboard scanner", (), keyed)
        self.verdict = self.bench.scan(said).result(WAIT_S).verdict
        return self.verdict

    def types(self, code: str) -> Verdict:
        self.clock.forward(5)
        said = Scan(code.encode(), code, None, self.clock.now(), "keyboard", Entered.TYPED)
        self.verdict = self.bench.scan(said).result(WAIT_S).verdict
        return self.verdict

    def looks_up(self, code: str) -> Answered:
        """Scan on the Find screen."""
        said = Scan(code.encode(), code, None, self.clock.now(), "Scanner")
        answered = self.bench.scan(said, "find").result(WAIT_S)
        self.verdict = answered.verdict
        return answered

    def asks_for(self, given: Command, argument: str = "") -> Verdict:
        """Give a command without an answer."""
        self.clock.forward(1)
        self.verdict = self.bench.command(given, None, argument).result(WAIT_S).verdict
        return self.verdict

    def says(self, given: Command, *choices: str, comment: str = "", argument: str = "", **fields: str) -> Verdict:
        """Give a command together with its answer, as confirming its question does."""
        self.clock.forward(1)
        asked = self.view.question
        subject = asked.subject if asked is not None and asked.command is given else ""
        answer = Answer(choices, comment, tuple(fields.items()), subject)
        self.verdict = self.bench.command(given, answer, argument).result(WAIT_S).verdict
        return self.verdict

    def undoes(self, what: str = "") -> Verdict:
        return self.asks_for(Command.UNDO, what)

    def signs_in(self, person: made_up.MadeUpPerson = OKAFOR, pin: str = PIN) -> bool:
        self.scans_at_once(person.badge)
        signed = self.bench.pin(pin).result(WAIT_S)
        self.words = signed.words
        return signed.ok

    def expects(self, *people: Person, name: str = "expected.csv") -> Plan:
        """Take in a file with these people."""
        return self.takes_in(name, file_of(*people), made_up.expected_file()[2])

    def takes_in(self, name: str, content: bytes, mapping: dict[str, Any] | None = None) -> Plan:
        return self.bench.take_in(name, content, mapping).result(WAIT_S)

    # Seeing

    @property
    def view(self) -> ReceiveView:
        return self.bench.receive_view().result(WAIT_S)

    @property
    def heading(self) -> str:
        return self.view.heading

    @property
    def in_hand(self) -> TubeLine:
        return next(tube for tube in self.view.tubes if tube.current)

    @property
    def nothing_in_hand(self) -> bool:
        return not any(tube.current for tube in self.view.tubes)

    def states(self) -> dict[int, str]:
        return {tube.number: tube.state for tube in self.view.tubes}

    def offered(self) -> list[Command]:
        return [offer.command for offer in self.view.offers]

    def label(self, state: str = "label awaited") -> str:
        """Wait until the label in hand has come out and is recorded; its number."""
        self.wait_until(lambda: any(tube.current and state in tube.state for tube in self.view.tubes), state)
        return self.in_hand.accession

    def wait_until(self, so: Callable[[], bool], what: str) -> None:
        with self.something_changed:
            if not self.something_changed.wait_for(so, WAIT_S):
                raise TimeoutError(f"{what} did not come: {self.states()}")

    def receives(self, code: str) -> str:
        """Scan a tube, wait for its label, scan the label: an accepted specimen."""
        assert self.scans(code).title == "Matches", self.verdict
        number = self.label()
        assert self.scans(number).title == "Accepted", self.verdict
        return number

    def read(self, job: Callable[[Ledger], T]) -> T:
        return self.bench.recorder.read(job).result(WAIT_S)

    def write(self, job: Callable[[Ledger], T]) -> T:
        return self.bench.recorder.write(job).result(WAIT_S)

    def rows(self, sql: str, **params: Any) -> list[dict[str, Any]]:
        return self.read(lambda ledger: ledger.db.all(text_statement(sql), params))

    def entries(self) -> list[bytes]:
        """The stored bytes of every entry, oldest first."""
        return [bytes(row["bytes"]) for row in self.rows("SELECT bytes FROM entry ORDER BY n")]

    def count(self, kind: str) -> int:
        return sum(f'"kind":"{kind}"'.encode() in content for content in self.entries())

    def proved(self) -> verify.Verification:
        return proved(self.folder / "bench.db")


def opened(top: BenchTop, made: Path) -> BenchTop:
    """Put a bench made before in this one's place, so that it is the file that ran here, and sign in."""
    shutil.copytree(made, top.folder, ignore=shutil.ignore_patterns("ballast", "bench.lock"))
    place = top.folder / "lease.json"
    known = lease.read(place)
    assert known is not None
    lease.write(place, replace(known, file=lease.file_identity(top.folder / "bench.db")))
    top.open()
    assert top.signs_in()
    assert top.bench.strip().notices == ()
    return top


def proved(path: Path) -> verify.Verification:
    """Prove a bench's file as the command line does."""
    key = secret_store.key_of(secret_store.secrets_of(path.parent))
    assert key is not None
    db, scratch = sqlite_file.open_for_reading(path, key), verify.scratch_database()
    try:
        return verify.verify(db, scratch)
    finally:
        db.close()
        scratch.close()


def with_rule(text: str, **changed: str) -> str:
    """A rule set's text with some of its values changed."""
    lines = text.splitlines()
    for name, value in changed.items():
        lines = [f"{name} = {value}" if line.startswith(f"{name} =") else line for line in lines]
    tomllib.loads("\n".join(lines))
    return "\n".join(lines)


def moved(said: Scan, at: datetime) -> Scan:
    return replace(said, at=at)
