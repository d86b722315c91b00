"""A simulated label printer in a terminal: faults are typed, and each label that comes is drawn and read."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TextIO

from devices.simulators.file_drop import SimulatedFileDrop
from devices.simulators.serial_zpl_printer import SimulatedSerialZplPrinter
from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop.documents.label_form import DOTS_PER_MM
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.rehearsal.printed_labels import PrintedLabels
from gms_desktop.rehearsal.printer_faults import DROP, GARBAGE, HEX, NUMBERS, TCP, USUAL, ZPL
from gms_desktop.rehearsal.typed_lines import TypedLines

Say = Callable[[str], None]
_LOOK_S = 0.1
_USUAL = "so from the start: typed, it holds no more"
_PLUGGED = {"unplug": "Its cable is out.", "replug": "Its cable is in again."}
Faults = Mapping[str, tuple[str, str]]
Numbers = Mapping[str, tuple[str, str, str]]


@dataclass(frozen=True)
class Made:
    """Which printer is simulated.

    Attributes:
        over: ``tcp``, ``pty`` or ``drop``.
        port: for ``tcp``; 0 for any free one.
        folder: for ``drop``, the folder that is watched; it must be there.
        dpi: the resolution that it says it has.
        baud: for ``pty``, the speed that it is set to.
    """

    over: str = "tcp"
    port: int = 0
    folder: Path | None = None
    dpi: int = 300
    baud: int = 9600


class _Simulated(Protocol):
    """What all three can do."""

    def suffer(self, **faults: Any) -> None: ...

    def close(self) -> None: ...


def run(made: Made, out: Path, typed: TextIO, say: Say) -> int:
    """Print what comes, until the input ends.

    Args:
        made: which printer.
        out: the folder for what it prints.
        typed: the input.
        say: prints a line.

    Raises:
        Refused: there is no such printer.
        Unavailable: its port or folder cannot be used.
    """
    if made.dpi not in DOTS_PER_MM:
        raise Refused(f"A printer has one of {', '.join(map(str, DOTS_PER_MM))} dots per inch, not {made.dpi}.")
    printed = PrintedLabels(out, made.dpi)
    with tempfile.TemporaryDirectory(prefix="gms-desktop-printer-") as folder:
        console = _console(made, Path(folder), printed, say)
        lines = TypedLines(typed)
        try:
            while (line := lines.next(_LOOK_S)) is not None:
                console.look()
                if line:
                    console.do(line)
            console.look()
        finally:
            console.printer.close()
    return 0


def _console(made: Made, folder: Path, printed: PrintedLabels, say: Say) -> _Console:
    match made.over:
        case "tcp":
            return _over_tcp(made, printed, say)
        case "pty":
            return _over_pty(made, folder, printed, say)
        case "drop":
            return _by_folder(made, printed, say)
    raise Refused(f"A printer here is reached over tcp, pty or drop, not {made.over}.")


def _over_tcp(made: Made, printed: PrintedLabels, say: Say) -> _Console:
    try:
        tcp = SimulatedZplPrinter(made.port)
    except OSError as fault:
        raise Unavailable(
            f"Port {made.port} cannot be had ({fault.strerror}). Leave --port out for a free one."
        ) from fault
    tcp.mind.dots_per_mm = DOTS_PER_MM[made.dpi]
    say(f"A printer of {made.dpi} dpi on the network; !help lists its faults.")
    say(f"Address {tcp.host}, port {tcp.port}; or as a serial port:")
    say(f"socket://{tcp.host}:{tcp.port}")  # alone on its line: a stop behind it is copied with it
    return _Console(tcp, lambda: tcp.labels, printed, say, TCP, NUMBERS)


def _over_pty(made: Made, folder: Path, printed: PrintedLabels, say: Say) -> _Console:
    try:
        serial = SimulatedSerialZplPrinter(folder, made.baud)
    except OSError as fault:
        raise Refused(f"{fault}. Simulate it over tcp: it has an address for a serial port too.") from fault
    serial.mind.dots_per_mm = DOTS_PER_MM[made.dpi]
    say(f"A printer of {made.dpi} dpi on a serial line of {made.baud} baud. !help lists its faults. Its port:")
    say(serial.url)
    plug = {"unplug": serial.unplug, "replug": serial.replug}
    return _Console(serial, lambda: serial.mind.labels, printed, say, ZPL, NUMBERS, plug)


def _by_folder(made: Made, printed: PrintedLabels, say: Say) -> _Console:
    if made.folder is None or not made.folder.is_dir():
        raise Refused(f"{made.folder or 'Its folder'} is not there. Make it, and name it: --folder DIR.")
    drop = SimulatedFileDrop(made.folder, "*")
    say(f"A printer whose program watches the folder {made.folder} each second. !help lists its faults.")
    return _Console(drop, lambda: drop.printed, printed, say, DROP, {})


@dataclass
class _Console:
    """One printer and what is typed to it."""

    printer: _Simulated
    labels: Callable[[], Sequence[bytes]]
    printed: PrintedLabels
    say: Say
    faults: Faults
    numbers: Numbers
    plug: dict[str, Callable[[], None]] = field(default_factory=dict)
    _seen: int = 0
    _wrong: dict[str, Any] = field(default_factory=dict)

    def look(self) -> None:
        """Draw and read the labels that have come."""
        for label in self.labels()[self._seen :]:
            self._seen += 1
            self.say(f"label {self._seen}: {self.printed.keep(label)}")

    def do(self, line: str) -> None:
        """Obey a typed word."""
        word, _, rest = line.removeprefix("!").partition(" ")
        if not line.startswith("!") or not self._obeyed(word, rest.strip()):
            if word != "help":
                self.say(f"{line} is no fault of this printer.")
            self._help()

    def _obeyed(self, word: str, value: str) -> bool:
        if word in self.faults:
            self._turn(word)
        elif word in self.plug:
            self.plug[word]()
            self.say(_PLUGGED[word])
        elif word == "garbage" and self.numbers:
            self._suffer(word, "garbage", b"" if self._wrong.get(word) else GARBAGE)
        elif word == "well":
            self._all_well()
        else:
            return self._number(word, value)
        return True

    def _turn(self, word: str) -> None:
        """A fault that is there is put right, another begins."""
        name, meaning = self.faults[word]
        usual = word in USUAL
        now = not self._wrong.get(word, usual)
        self.printer.suffer(**{name: now})
        self._wrong[word] = now
        self.say(f"{word}: {meaning}." if now else f"{word}: not any more.")

    def _number(self, word: str, value: str) -> bool:
        try:
            name, sort, _ = self.numbers[word]
            number = int(value or "0", 16) if sort is HEX else float(value or "0")
        except (KeyError, ValueError):
            return False
        given: float | int | None = int(number) if word == "drops-after" else number
        self._suffer(word, name, None if word == "drops-after" and not value else given)
        return True

    def _suffer(self, word: str, name: str, value: Any) -> None:
        self.printer.suffer(**{name: value})
        self._wrong[word] = value
        self.say(f"{word}: {'it is so now' if value else 'not any more'}.")

    def _all_well(self) -> None:
        self.printer.suffer(**{self.faults[word][0]: word in USUAL for word in self.faults})
        if self.numbers:
            self.printer.suffer(drops_after=None, slow_s=0.0, errors=0, warnings=0, garbage=b"")
        self._wrong.clear()
        self.say("Everything is put right.")

    def _help(self) -> None:
        self.say("Type a fault; typed again, it is put right. !well puts everything right, !end ends.")
        for word, (_, meaning) in self.faults.items():
            usual = f"; {_USUAL}" if word in USUAL else ""
            self.say(f"  !{word:<18}{meaning}{usual}")
        for word, (_, sort, meaning) in self.numbers.items():
            self.say(f"  !{f'{word} N':<18}{meaning} (N: {sort})")
        if self.numbers:
            self.say(f"  !{'garbage':<18}bytes that are no answer")
        if self.plug:
            self.say(f"  !{'unplug, !replug':<18}its cable")
