"""The scripted shift at two benches and a hub: the hub stops, a cable is pulled, both work on, and all of it arrives.

One conflict is planted: the same tube is received at both benches while neither hears of the other, and of one specimen
that is on hold each bench decides otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from devices.simulators.scanner import SimulatedScanner
from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop.bench import Bench
from gms_desktop.domain.commands import Command
from gms_desktop.register import look_up
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.hub_rehearsal import HubRehearsal
from gms_desktop.rehearsal.shift import WAIT_S, Shift, Tell
from gms_desktop.services.views import Answer
from gms_desktop.starting import scanner_of

HELD = "Q26-118901-1"
BOTH = "Q26-118902-1"
ALONE = "Q26-118834-1"
ALONE_FORM = "r30000000001"


@dataclass
class TwoBenches:
    """Two benches with simulated devices at one hub."""

    hub: HubRehearsal
    shifts: tuple[Shift, ...]
    tell: Tell
    painted: Callable[[str, Bench], object] = lambda _name, _bench: None
    held: str = field(default="")

    def level(self) -> None:
        """Wait until both benches have all that the hub has, and the hub all that they have."""

        def all_level() -> bool:
            states = [shift.bench.hub.state for shift in self.shifts]
            heads = {state.position for state in states if state is not None}
            return all(shift.bench.hub.is_level for shift in self.shifts) and len(heads) == 1

        self.hub.wait(all_level, "both benches to be level")

    def say_strips(self) -> None:
        """Tell what the foot strip of each bench says."""
        for shift in self.shifts:
            self.tell(f"    {shift.bench.settings.bench}: {shift.bench.strip().saved}")

    def digests(self) -> list[dict[str, str]]:
        """What each bench's register amounts to, table by table."""
        return [
            shift.bench.recorder.read(lambda ledger: dict(ledger.driver.digests.as_text())).result(WAIT_S)
            for shift in self.shifts
        ]


@contextmanager
def open_benches(hub: HubRehearsal, tell: Tell) -> Iterator[TwoBenches]:
    """Both benches of a prepared rehearsal, each with a scanner on a line and a printer on TCP."""
    with ExitStack() as ends:
        shifts = []
        for number in range(1, len(hub.cables) + 1):
            scanner = ends.enter_context(SimulatedScanner(hub.data(number)))
            printer = ends.enter_context(SimulatedZplPrinter())
            settings = made_up.settings(scanner.url, printer.host, printer.port)
            bench = hub.open(number, settings)
            ends.callback(bench.close)
            shift = Shift(bench, scanner, printer, _prefixed(tell, bench.settings.bench))
            reader = scanner_of(settings, bench, shift.on_scan)
            if reader is not None:
                ends.callback(reader.close)
            shifts.append(shift)
        yield TwoBenches(hub, tuple(shifts), tell)


def play(benches: TwoBenches) -> None:
    """The whole of it, told step by step."""
    tell, (one, two) = benches.tell, benches.shifts
    one.sign_in(made_up.PEOPLE[0])
    two.sign_in(made_up.PEOPLE[0])
    _shared(benches)
    tell("\nThe cable of bench 1 is pulled")
    benches.hub.cables[0].pull()
    _alone(benches)
    tell("\nThe hub stops. Both benches decide about the same specimen, and the same tube is received at both")
    benches.hub.stop_hub()
    _conflict(benches)
    benches.say_strips()
    benches.painted("devices-bench-1-alone", one.bench)
    benches.painted("devices-bench-2-alone", two.bench)
    tell("\nThe hub is started and the cable plugged in again")
    benches.hub.start_hub()
    benches.hub.cables[0].plug()
    benches.level()
    _arrived(benches)


def _shared(benches: TwoBenches) -> None:
    one, two = benches.shifts
    one.scan(HELD, "A tube is scanned")
    number = one.wait_for_label(1)
    one.command(Command.HOLD, "Its form is missing: hold")
    one.command(Command.HOLD, "Reason chosen", Answer(("missing-paperwork",)))
    one.scan(number, "Its label is scanned on the tube")
    benches.level()
    found = two.bench.find(number).result(WAIT_S)
    two.tell(f"Finds {number}\n    {found.heading}")
    benches.held = number
    benches.say_strips()


def _alone(benches: TwoBenches) -> None:
    one = benches.shifts[0]
    one.scan(ALONE_FORM, "The referral on a form is scanned")
    one.scan(ALONE, "The proband's tube is scanned")
    one.scan(one.wait_for_label(2), "Its label is scanned on the tube")
    state = one.bench.hub
    benches.hub.wait(lambda: state.state is not None and state.state.waiting > 0, "bench 1 to have something waiting")
    benches.say_strips()


def _conflict(benches: TwoBenches) -> None:
    one, two = benches.shifts
    _decide(one, benches.held, Command.ACCEPT_WITH_COMMENT, Answer((), "Form found"), "The form was found: accept")
    _decide(two, benches.held, Command.REJECT, Answer(("identifiers-differ",), "Another name on it"), "Reject")
    for count, shift in ((3, one), (1, two)):
        shift.scan(BOTH, "The same tube is scanned at this bench")
        shift.scan(shift.wait_for_label(count), "Its label is scanned on the tube")


def _decide(shift: Shift, number: str, given: Command, answer: Answer, what: str) -> None:
    specimen = shift.bench.recorder.read(lambda ledger: look_up.specimen_by_accession(ledger.db, number)).result()
    assert specimen is not None
    answered = shift.bench.command(given, answer, specimen["id"]).result(WAIT_S)
    shift.tell(f"{what} {number}\n    {answered.verdict.title}. {answered.verdict.sentence}")


def _arrived(benches: TwoBenches) -> None:
    tell = benches.tell
    benches.say_strips()
    for shift in benches.shifts:
        for notice in shift.bench.strip().notices:
            shift.tell(f"Notice: {notice}")
    one, two = benches.digests()
    tell(f"    The registers of both benches are {'equal' if one == two else 'NOT equal'} ({len(one)} tables)")
    for place, shift in enumerate(benches.shifts, start=1):
        for screen in ("devices", "review", "find"):
            benches.painted(f"{screen}-bench-{place}-level", shift.bench)


def _prefixed(tell: Tell, name: str) -> Tell:
    return lambda words: tell(f"[{name.removeprefix('Rehearsal ')}] {words}")
