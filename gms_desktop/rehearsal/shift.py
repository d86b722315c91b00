"""One scripted shift without a screen: every scan goes through the simulated scanner's real bytes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from devices.simulators.balance import SimulatedBalance
from devices.simulators.fluidx_reader import SimulatedFluidxReader
from devices.simulators.rack import SimulatedRack
from devices.simulators.scanner import SimulatedScanner
from devices.simulators.zpl_printer import SimulatedZplPrinter
from devices.values import Scan
from gms_desktop.bench import Bench
from gms_desktop.domain.commands import Command
from gms_desktop.rehearsal import made_up
from gms_desktop.services.answers import Answered
from gms_desktop.services.views import Answer, Question, ReceiveView
from gms_desktop.settings import BalanceSettings, InstrumentSettings, NamedFolder, RackReaderSettings, Settings
from gms_desktop.starting import scanner_of, start_bench

WAIT_S = 20.0
EXPORTS = "qubit-exports"
Tell = Callable[[str], None]


@dataclass
class Shift:
    """A bench with simulated devices, a way to say each step, and the count of scans and touches so far.

    ``screen`` is the one in view: it answers what is scanned.
    """

    bench: Bench
    scanner: SimulatedScanner
    printer: SimulatedZplPrinter
    tell: Tell
    rack_reader: SimulatedFluidxReader | None = None
    balance: SimulatedBalance | None = None
    painted: Callable[[str], None] = lambda _name: None
    numbers: list[str] = field(default_factory=list)
    screen: str = "receive"
    scans: int = 0
    touches: int = 0
    _answers: list[Future[Answered]] = field(default_factory=list)
    _arrived: threading.Condition = field(default_factory=threading.Condition)

    def on_scan(self, said: Scan) -> None:
        """The scanner's thread hands a scan over."""
        with self._arrived:
            self._answers.append(self.bench.scan(said, self.screen))
            self._arrived.notify_all()

    def scan(self, code: str, what: str, symbology: str = "") -> Answered:
        """Scan a code and say what was answered."""
        self.scans += 1
        return self._answer_to(lambda: self.scanner.scan(code, symbology), f"{what}: {code}")

    def garbage(self, junk: bytes, what: str) -> Answered:
        """Have the scanner send bytes that are no code."""
        return self._answer_to(lambda: self.scanner.garbage(junk), what)

    def _answer_to(self, send: Callable[[], None], what: str) -> Answered:
        before = len(self._answers)
        send()
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self._answers) > before, WAIT_S):
                raise TimeoutError(f"the scan did not arrive: {what}")
        answered = self._answers[before].result(WAIT_S)
        self.tell(f"{what}\n    {answered.verdict.title}. {answered.verdict.sentence}")
        return answered

    def ask(self, given: Command, what: str) -> Question:
        """Give a command that asks something first, and give what it asks."""
        answered = self.command(given, what)
        assert answered.question is not None, answered.verdict
        return answered.question

    def command(self, given: Command, what: str, answer: Answer | None = None, argument: str = "") -> Answered:
        """Give a command and say what was answered; each thing chosen or entered and the confirming is a touch."""
        self.touches += 1 if answer is None else len(answer.choices) + len(answer.fields) + 1
        answered = self.bench.command(given, answer, argument).result(WAIT_S)
        self.tell(f"{what}\n    {answered.verdict.title}. {answered.verdict.sentence}")
        return answered

    def sign_in(self, person: made_up.MadeUpPerson) -> None:
        """Tap a badge and enter the PIN."""
        self.scan(person.badge, f"{person.name} taps the badge")
        told = self.bench.pin(made_up.SHORT_PIN).result(WAIT_S)
        self.tell(f"PIN entered\n    {told.words}")

    def wait_for_label(self, count: int) -> str:
        """Wait until ``count`` labels are printed, and give the number in hand."""
        if not self.printer.wait_for_labels(count, WAIT_S):
            raise TimeoutError(f"label {count} was not printed")
        number = self._label_in_hand()
        self.numbers.append(number)
        return number

    def next_label(self) -> str:
        """Wait for the label after those that were waited for, and give the number in hand."""
        return self.wait_for_label(len(self.numbers) + 1)

    def _label_in_hand(self) -> str:
        view: ReceiveView = self.bench.receive_view().result(WAIT_S)
        return next(tube.accession for tube in view.tubes if tube.current)


@contextmanager
def open_shift(folder: Path, tell: Tell) -> Iterator[Shift]:
    """A rehearsal bench in ``folder``: scanner and balance on lines, printer and rack reader on TCP, all simulated."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        SimulatedScanner(folder) as scanner,
        SimulatedZplPrinter() as printer,
        SimulatedFluidxReader(SimulatedRack()) as rack_reader,
        SimulatedBalance(folder) as balance,
    ):
        at = RackReaderSettings("fluidx", f"{rack_reader.host}:{rack_reader.port}")
        settings = replace(made_up.settings(scanner.url, printer.host, printer.port), rack_reader=at)
        settings = measuring(settings, folder, balance)
        bench = start_bench(folder, settings, made_up.begin)
        shift = Shift(bench, scanner, printer, tell, rack_reader, balance)
        reader = scanner_of(settings, bench, shift.on_scan)
        try:
            made_up.take_in_once(bench)
            yield shift
        finally:
            if reader is not None:
                reader.close()
            bench.close()


def measuring(settings: Settings, folder: Path, balance: SimulatedBalance) -> Settings:
    """The settings with a folder that a made-up Qubit exports to, and the simulated balance."""
    exports = folder / EXPORTS
    exports.mkdir(exist_ok=True)
    folders = InstrumentSettings((NamedFolder("Qubit", str(exports)),))
    # A pty knows no parity.
    return replace(settings, instruments=folders, balance=BalanceSettings("mt-sics", balance.url, parity="N"))


def play(shift: Shift) -> None:
    """The shift: sign in, a good tube, a held one, a rejected one, a wrong scan, an undo, and the history."""
    shift.sign_in(made_up.PEOPLE[0])
    shift.painted("today")
    _accepted(shift)
    _held(shift)
    _rejected(shift)
    _wrong_scans(shift)
    _undone(shift)


def _accepted(shift: Shift) -> None:
    shift.scan("r30000000001", "The referral on the form is scanned")
    shift.scan("Q26-118834-1", "The proband's tube is scanned")
    number = shift.wait_for_label(1)
    shift.painted("receive-compare")
    shift.scan("Q26-118835-1", "The mother's tube is scanned too early")
    shift.scan(number, "The label is scanned on its tube")
    shift.painted("receive-accepted")


def _held(shift: Shift) -> None:
    shift.scan("Q26-118901-1", "Another patient's tube is scanned")
    number = shift.wait_for_label(2)
    shift.command(Command.HOLD, "The form is missing: hold")
    shift.painted("receive-hold")
    shift.command(Command.HOLD, "Reason chosen", Answer(("missing-paperwork",)))
    shift.scan(number, "Its label is scanned on the tube")


def _rejected(shift: Shift) -> None:
    shift.scan("Q26-118902-1", "The next tube is scanned")
    number = shift.wait_for_label(3)
    shift.command(Command.SOMETHING_DIFFERS, "The name on the tube differs")
    shift.command(Command.SOMETHING_DIFFERS, "Name marked as different", Answer(("surname",)))
    shift.scan(number, "The label is scanned before a decision")
    shift.command(Command.REJECT, "Reject")
    shift.command(Command.REJECT, "Reason chosen", Answer(("identifiers-differ",), "Tube says O'BRIAN"))
    shift.scan(number, "Its label is scanned on the tube")
    shift.painted("receive-rejected")


def _wrong_scans(shift: Shift) -> None:
    shift.scan("5012345678900", "A reagent box is scanned")
    shift.scan("NOT-KNOWN-1", "A code that nobody announced is scanned")
    shift.garbage(b"\x00\xff\x01junk\r", "A torn code is scanned")
    shift.scan(shift.numbers[0], "A label from this morning is scanned")
    shift.painted("receive-refused")


def _undone(shift: Shift) -> None:
    shift.command(Command.UNDO, "Undo the newest act")
    shift.command(Command.REJECT, "Reject again")
    shift.command(Command.REJECT, "Reason chosen", Answer(("identifiers-differ",), "Tube says O'BRIAN"))
    found = shift.bench.find(shift.numbers[0]).result(WAIT_S)
    shift.tell(f"History of {shift.numbers[0]}")
    for line in found.timeline:
        shift.tell(f"    {line.at}  {line.who}: {line.words}")
    for screen in ("find", "expected", "reports", "devices"):
        shift.painted(screen)
