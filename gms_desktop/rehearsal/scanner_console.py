"""A simulated scanner in a terminal: every line typed is scanned, and what the scanner hears is printed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO, get_args

from devices.scanners.ssi_packet import Beep
from devices.simulators.host_ack_scanner import SimulatedHostAckScanner
from devices.simulators.scanner import Over, SimulatedScanner
from devices.simulators.ssi_scanner import SimulatedSsiScanner
from gms_desktop.errors import Refused
from gms_desktop.rehearsal.typed_lines import TypedLines

Say = Callable[[str], None]
Scanner = SimulatedScanner | SimulatedSsiScanner

_MAKES: dict[str, Callable[..., Scanner]] = {
    "plain": SimulatedScanner,
    "ssi": SimulatedSsiScanner,
    "host-ack": SimulatedHostAckScanner,
}
_BEEPS = {Beep.ONE_SHORT_HIGH: "a high beep", Beep.FOUR_SHORT_LOW: "four low beeps", Beep.LOW_HIGH: "low, then high"}
_GS, GROUP_SEPARATOR = "<GS>", "\x1d"
_HELP = (
    "A code may begin with its AIM identifier, such as ]d2; <GS> in it is the group separator of GS1. "
    "!unplug, !replug, !garbage: bytes that are no code, !half CODE: a code cut short, !damage: the next packet is "
    "damaged (ssi), !deaf: the next answer is lost (ssi), !end"
)


def run(protocol: str, over: str, typed: TextIO, say: Say) -> int:
    """Scan what is typed until the input ends.

    Args:
        protocol: ``plain``, ``ssi`` or ``host-ack``.
        over: ``pty``, ``socket`` or ``rfc2217``.
        typed: the input.
        say: prints a line.

    Raises:
        Refused: an unknown protocol or line.
    """
    if protocol not in _MAKES or over not in get_args(Over):
        raise Refused(f"A scanner speaks one of {', '.join(_MAKES)}, over one of {', '.join(get_args(Over))}.")
    with tempfile.TemporaryDirectory(prefix="gms-desktop-scanner-") as folder:
        scanner = _MAKES[protocol](Path(folder), over=over)
        with scanner:
            say(f"A {protocol} scanner. Type a code and Enter; !help lists its faults. Its port:")
            say(scanner.url)  # alone on its line: a stop behind it is copied with it
            lines = TypedLines(typed)
            while (line := _next(scanner, lines)) is not None:
                try:
                    _do(scanner, line, say)
                except (ConnectionError, TimeoutError) as fault:
                    say(f"{fault}.")
    return 0


def _next(scanner: Scanner, lines: TypedLines) -> str | None:
    """The next line; a Zebra answers its host meanwhile."""
    while (line := lines.next(0.05)) == "":
        if isinstance(scanner, SimulatedSsiScanner):
            scanner.attend(0.01)
    return line


def _do(scanner: Scanner, line: str, say: Say) -> None:
    word, _, rest = line.partition(" ")
    if not word.startswith("!"):
        say(f"{line}: {_scanned(scanner, line.replace(_GS, GROUP_SEPARATOR))}")
        return
    fault = _faults(scanner).get(word)
    if fault is None:
        say(_HELP if word == "!help" else f"{word} is no fault of this scanner. {_HELP}")
    else:
        fault(rest or "FD20024619")
        say(f"{word}: done.")


def _faults(scanner: Scanner) -> dict[str, Callable[[str], Any]]:
    made: dict[str, Callable[[str], Any]] = {
        "!unplug": lambda _: scanner.unplug(),
        "!replug": lambda _: scanner.replug(),
        "!garbage": lambda _: scanner.garbage(b"\xff\xfe\x00\x81\r"),
    }
    if isinstance(scanner, SimulatedSsiScanner):
        made["!half"] = scanner.half
        made["!damage"] = lambda _: setattr(scanner, "damages", 1)
        made["!deaf"] = lambda _: setattr(scanner, "deaf", 1)
    else:
        made["!half"] = lambda code: scanner.cut(code, len(code) // 2)
    return made


def _scanned(scanner: Scanner, code: str) -> str:
    if isinstance(scanner, SimulatedSsiScanner):
        scanner.beeps.clear()
        if not scanner.scan(code):
            return "not acknowledged: four low beeps of its own"
        beep = scanner.hear()
        return _BEEPS.get(Beep(beep), f"beep {beep}") if beep in set(Beep) else "acknowledged, no beep"
    if isinstance(scanner, SimulatedHostAckScanner):
        return ", ".join(scanner.scan_and_hear(code))
    scanner.scan(code)
    return "sent"
