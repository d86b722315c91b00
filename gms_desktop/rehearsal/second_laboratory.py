"""Two made-up laboratories that share no system: two copies of the application, on one clock that goes on at will."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from threading import Event

from devices.simulators.scanner import SimulatedScanner
from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.shift import WAIT_S, Shift, Tell
from gms_desktop.services import send_signed, site_rules
from gms_desktop.services.set_up import FirstStart, set_up
from gms_desktop.starting import SystemClock, scanner_of, start_bench

SENDER = made_up.FIRST
RECEIVER = replace(
    SENDER, laboratory="Second Genomic Laboratory Hub", ods="ZZ888", letter="Y", bench="Second laboratory's bench"
)
_SENT_TO = ("tissue", "blocks")


@dataclass
class RehearsalClock:
    """The computer's clock, so much later: nobody waits a month for a block."""

    later: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        """The time now, aware UTC."""
        return SystemClock().now() + self.later


@contextmanager
def open_laboratory(folder: Path, first: FirstStart, clock: RehearsalClock, tell: Tell) -> Iterator[Shift]:
    """A laboratory at work: its own folder, keys, scanner and printer; its administrator signed in."""
    (folder / "secrets").mkdir(parents=True)

    def begin(ledger: Ledger, pepper: bytes) -> None:
        made_up.add_the_others(ledger, pepper, set_up(ledger, first, pepper))

    with SimulatedScanner(folder) as scanner, SimulatedZplPrinter() as printer:
        settings = made_up.settings(scanner.url, printer.host, printer.port)
        bench = start_bench(folder, settings, begin, clock=clock)
        shift = Shift(bench, scanner, printer, lambda said: tell(f"{first.laboratory}: {said}"))
        reader = scanner_of(settings, bench, shift.on_scan)
        try:
            _wait_for_scanner(shift)
            shift.sign_in(made_up.PEOPLE[0])
            yield shift
        finally:
            if reader is not None:
                reader.close()
            bench.close()


def _wait_for_scanner(shift: Shift) -> None:
    """What is scanned before the line is open is lost, as with any scanner."""
    until = time.monotonic() + WAIT_S
    while not shift.bench.devices()[0].ready:
        if time.monotonic() > until:
            raise TimeoutError("the scanner did not come")
        Event().wait(0.02)


def compare_keys(sender: Shift, receiver: Shift) -> None:
    """Each reads its key to the other on the telephone; the sender's profiles name the receiver."""
    sender.tell(f"The key of its signed files is read out\n    {send_signed.fingerprint(sender.bench.desk)}")
    _knows(sender, RECEIVER, receiver)
    _knows(receiver, SENDER, sender)
    text = _rule("destinations").replace("EXAMPLE-1", "REHEARSAL-1")
    for code in _SENT_TO:
        text = text.replace(f'code = "{code}"\n', f'code = "{code}"\nods = "{RECEIVER.ods}"\n')
    _approve(sender, "destinations", text)


def _knows(shift: Shift, other: FirstStart, its: Shift) -> None:
    named = (
        f'[[sender]]\nods = "{other.ods}"\nname = "{other.laboratory}"\n'
        f'fingerprints = ["{send_signed.fingerprint(its.bench.desk)}"]\n'
    )
    _approve(shift, "senders", _rule("senders").replace("sender = []\n", named).replace("BLANK-1", "REHEARSAL-1"))


def _rule(name: str) -> str:
    return files("resources").joinpath("rules", f"{name}.toml").read_text("utf-8")


def _approve(shift: Shift, name: str, text: str) -> None:
    def approved(ledger: Ledger) -> None:
        session = look_up.session(ledger.db, shift.bench.desk.place.bench)
        who = str(session["operator"]) if session else ""
        ledger.append([site_rules.approval(text, name, who)], who)

    shift.bench.recorder.write(approved).result(WAIT_S)
