"""Tries a device as settings name it, before a bench relies on it: what it says of itself, and what to do about it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue

from devices.clock import Deadline
from devices.printers.identity import PrinterIdentity
from devices.printers.printer import LabelPrinter
from devices.printers.zpl_printer import ZplPrinter
from devices.scanners.serial_scanner import SerialScanner
from devices.transports.serial_line import SerialSettings, open_serial
from devices.values import DeviceReport, Judged, PrinterCondition, PrinterStatus, Scan, Weighing
from gms_desktop.services import device_words as words
from gms_desktop.settings import FIRST_PRINTER, BalanceSettings, ScannerSettings, Settings
from gms_desktop.starting import dialogue_of, printer_named

# One that cannot be talked to need not be asked who it is: that costs its time-out once more.
_MUTE = frozenset(
    {PrinterCondition.UNREACHABLE, PrinterCondition.SILENT, PrinterCondition.GARBLED, PrinterCondition.HALF_REPLY}
)


@dataclass(frozen=True)
class Tried:
    """What trying a device came to.

    Attributes:
        well: whether it can be worked with as it is now.
        lines: what was asked and what came of it, in words.
    """

    well: bool
    lines: tuple[tuple[str, str], ...]


def try_printers(settings: Settings, folder: Path) -> Tried:
    """Ask each label printer of a bench, one after the other."""
    first = try_printer(settings, folder)
    tried = {
        name: try_printer(replace(settings, printer=said), folder, name) for name, said in settings.printers.items()
    }
    return Tried(
        first.well and all(one.well for one in tried.values()),
        (*first.lines, *(line for one in tried.values() for line in one.lines)),
    )


def try_printer(settings: Settings, folder: Path, name: str = FIRST_PRINTER, *, dpi_known: bool = True) -> Tried:
    """Ask a label printer who it is and how it is. Nothing is printed.

    Args:
        settings: their first printer is the one that is asked.
        folder: the bench's data folder, for a printer that is a folder there.
        name: what it is called.
        dpi_known: whether the settings' resolution was chosen by anybody.
    """
    printer = printer_named(settings.printer, name, folder)
    status = printer.status()
    identity = identity_of(printer, status)
    resolution = words.resolution_to_do(identity, settings.printer.dpi) if identity and dpi_known else ""
    return Tried(
        status.condition is PrinterCondition.READY and not resolution,
        words.printer_tried(
            settings, status, identity, name, asked=isinstance(printer, ZplPrinter), resolution=resolution
        ),
    )


def try_balance(said: BalanceSettings) -> Tried:
    """Ask a balance who it is and what lies on it. Nothing is tared. A pan that moves or is empty shows that it works.

    Raises:
        Refused: when none is named.
    """
    from gms_desktop import balance_words
    from gms_desktop.balances import ask, line_of

    line, asked = line_of(said), ask(said, 2.0)
    weight = asked.weight
    lines = (
        ("Balance", f"{line.url}, {line.baud} baud, {line.data_bits}{line.parity}1, {said.protocol}"),
        ("Serial number", asked.serial or "it does not say"),
        ("It sent", " ".join(weight.raw.split()) or "nothing"),
        ("Weight", balance_words.weighed(weight)),
    )
    return Tried(weight.stable or weight.state is Weighing.MOVING, lines)


def identity_of(printer: LabelPrinter, status: PrinterStatus) -> PrinterIdentity | None:
    """What stands there; None where that cannot be asked, or it does not say."""
    return printer.identify() if isinstance(printer, ZplPrinter) and status.condition not in _MUTE else None


def heard(scanner: ScannerSettings, seconds: float) -> Generator[Scan | DeviceReport, None, None]:
    """What comes from a scanner's port for so long; each code is answered: right when it came whole, else wrong."""
    came: SimpleQueue[Scan | DeviceReport] = SimpleQueue()
    line = SerialSettings(scanner.port, baud=scanner.baud)
    reader = SerialScanner("Scanner", lambda: open_serial(line), dialogue_of(scanner, "Scanner"), came.put, came.put)
    with reader:
        deadline = Deadline(seconds)
        while not deadline.passed():
            try:
                one = came.get(timeout=deadline.left())
            except Empty:
                return
            if isinstance(one, Scan):
                reader.tell(one, Judged.WRONG if one.faults else Judged.RIGHT)
            yield one


def try_scanner(scanner: ScannerSettings, seconds: float) -> Tried:
    """Listen at a scanner's port until one code has come, or the time is up."""
    lines = [("Scanner", words.scanner_place(scanner))]
    with closing(heard(scanner, seconds)) as coming:
        for came in coming:
            lines.append(words.scanner_words(came))
            if isinstance(came, Scan):
                return Tried(not came.faults, tuple(lines))
    return Tried(False, (*lines, ("code", words.NOTHING_SCANNED.format(seconds))))
