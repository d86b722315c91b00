"""Scanner and printer in words: how they are, what to do, and what still works without them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from devices.printers.identity import PrinterIdentity
from devices.values import (
    DeviceReport,
    DeviceState,
    PrinterCondition,
    PrinterStatus,
    PrinterWarning,
    RackReaderState,
    RackReading,
    Scan,
    Weighing,
    Weight,
)
from gms_desktop.domain.identifiers import symbology
from gms_desktop.instrument_folder import NOTHING_SEEN, Looked
from gms_desktop.services.views import DeviceLine
from gms_desktop.settings import (
    FIRST_PRINTER,
    BalanceSettings,
    NamedFolder,
    PrinterSettings,
    ScannerSettings,
    Settings,
)

_AWAY = {
    "drop": "Make the folder, or name another: this bench and the printer's program must both reach it.",
    "queue": "See that this computer's print system (CUPS, spooler) is installed and runs.",
}
"""What to do where no cable leads from the bench to the printer."""
_TO_DO = {
    PrinterCondition.READY: "",
    PrinterCondition.PAUSED: "Press Pause on the printer.",
    PrinterCondition.PAPER_OUT: "Put labels in.",
    PrinterCondition.RIBBON_OUT: "Put a ribbon in.",
    PrinterCondition.HEAD_OPEN: "Close the printer's head.",
    PrinterCondition.BUFFER_FULL: "Wait until it has printed what it holds.",
    PrinterCondition.JAM: "Open it and take out what is stuck.",
    PrinterCondition.CUTTER: "Open it and clear the cutter.",
    PrinterCondition.TOO_HOT: "Let it cool; it goes on by itself.",
    PrinterCondition.TOO_COLD: "Let it warm up in the room.",
    PrinterCondition.PRINT_HEAD: "Its print head has a fault: use another printer and call for service.",
    PrinterCondition.CORRUPT_RAM: "It has lost its settings: switch it off and on; if it stays so, set it up again.",
    PrinterCondition.DIAGNOSTIC: "It prints what it is sent as numbers: switch it off and on.",
    PrinterCondition.HALF_REPLY: "Its answer broke off: check its cable; switch it off and on.",
    PrinterCondition.GARBLED: "Its answer cannot be read: on a serial cable set the same speed at printer and bench;"
    " on a network check that this address is the printer's.",
    PrinterCondition.NOT_TAKEN: "A label lies in its folder untaken: see that the printer and its program are running.",
    PrinterCondition.NO_ROOM: "Its folder's disk is full: tell IT.",
    PrinterCondition.READ_ONLY: "Its folder may not be written by this account: tell IT.",
    PrinterCondition.NO_QUEUE: "This computer has no printer of that name: check the name of its queue.",
    PrinterCondition.REFUSING: "Its queue is stopped or takes no jobs: start it in the system's printer settings.",
    PrinterCondition.FAULT: "Read the printer's own display.",
    PrinterCondition.SILENT: "It does not answer: look for labels, ribbon or an open head;"
    " on a serial cable set the same speed at printer and bench.",
    PrinterCondition.UNREACHABLE: "Switch it on and check its cable and address.",
    PrinterCondition.NOT_RELEASED: "Scan the label that came out, on its tube: it is the first of its layout here. Then"
    " the next comes.",
    PrinterCondition.OTHER_RESOLUTION: "No label is printed on it.",
}
PROTOCOLS = {"plain": "codes alone", "ssi": "Zebra SSI", "host-ack": "Honeywell Host ACK"}
NOTHING_SCANNED = "nothing was scanned within {:g} s. Try again, and scan at once; check its cable, port and speed."
NOTHING_CAME = (
    "Is this the scanner's port? gms-desktop device list names them all. Is the scanner set to it, not to typing like "
    "a keyboard? Open a text editor and scan: what appears there was typed. Codes that came torn mean another speed: "
    "--baud."
)
_NOT_SAID = "it did not say who it is"
_CANNOT_SAY = "it cannot be asked who it is: print a label on it and compare"
_NEVER_SAY = frozenset({"queue", "drop"})
_UNTOLD = "It does not say when a label is out: labels stay “sent” until each is scanned on its tube."
_RACK_READER = "Rack reader"
NOT_ASKED = "not asked yet"
_ASKED_WITH_A_RACK = "It is asked when a rack is read: Ctrl Shift R on Racks."
_WITHOUT_READER = "Racks can be filled by scan, and a file that the reader wrote can be chosen on Racks: Ctrl Shift O."
_BALANCE = "Balance"
_ASKED_TO_WEIGH = "It is asked when something is weighed: Ctrl F9 on Measure."
_WITHOUT_BALANCE = "All else goes on; nothing is weighed here until it answers."
_BALANCE_UNWELL = frozenset({Weighing.AWAY, Weighing.SILENT, Weighing.ERROR, Weighing.NOT_UNDERSTOOD})
_LOOKED_AT_ON_MEASURE = "It is looked at while Measure is open."
_WITHOUT_FOLDER = "Files can be chosen by hand or dropped on Measure: Ctrl Shift O."
_READER_WELL = frozenset(
    {RackReaderState.READ, RackReaderState.CANCELLED, RackReaderState.RACK_REVERSED, RackReaderState.NOTHING_SCANNED}
)
_READER_AWAY = frozenset({RackReaderState.UNREACHABLE, RackReaderState.SILENT, RackReaderState.SCANNER_AWAY})
_WITHOUT_PRINTER = "Tubes can be received; labels wait and come out once it is ready, or put them off."
_WITHOUT_SCANNER = "Codes can be typed: Ctrl Shift T. Put labels off: only a scan shows that one is on its tube."


_SOON = {
    PrinterWarning.CALIBRATE: "Calibrate its labels soon.",
    PrinterWarning.CLEAN_HEAD: "Clean its print head soon.",
    PrinterWarning.REPLACE_HEAD: "Its print head needs replacing soon.",
    PrinterWarning.PAPER_LOW: "Its labels run out soon.",
    PrinterWarning.RIBBON_LOW: "Its ribbon runs out soon.",
}


@dataclass
class LastAsked:
    """How those devices were that are asked only when they are used.

    Attributes:
        rack_reading: how the rack reader's last reading ended.
        weight: what the balance said last.
        away: why each instrument's folder that was looked at cannot be seen, by its name; empty for one that can.
        looked: what lay in the instruments' folders when they were looked at last.
    """

    rack_reading: RackReading | None = None
    weight: Weight | None = None
    away: dict[str, str] = field(default_factory=dict)
    looked: Looked = NOTHING_SEEN


def device_lines(
    settings: Settings,
    scanner: DeviceReport | None,
    printer: PrinterStatus | None,
    printer_name: str,
    layout: str = "",
    asked: LastAsked | None = None,
    further: Mapping[str, tuple[PrinterStatus | None, str]] = MappingProxyType({}),
) -> tuple[DeviceLine, ...]:
    """The devices of a bench as the foot strip and the Devices screen show them.

    Args:
        settings: the bench's.
        scanner: what its scanner said last.
        printer: what its printer said last.
        printer_name: what the printer is called.
        layout: what its layout awaits there.
        asked: how those ended that are asked only when they are used.
        further: the same of its further printers, by their names.
    """
    lines = [_scanner(settings, scanner), _printer(settings, printer, printer_name, layout)]
    for name, (status, waits) in further.items():
        lines.append(_printer(replace(settings, printer=settings.printers[name]), status, name, waits))
    asked = asked or LastAsked()
    if settings.rack_reader.protocol != "none":
        lines.append(_rack_reader(settings, asked.rack_reading))
    if settings.balance.protocol != "none":
        lines.append(_balance(settings.balance, asked.weight))
    return (*lines, *(_folder(one, asked.away.get(one.name)) for one in settings.instruments.folders))


def _balance(said: BalanceSettings, weight: Weight | None) -> DeviceLine:
    """A balance is asked only when something is weighed: other programs may use it meanwhile."""
    speed = f", {said.baud} baud" if said.baud else ""
    place = f"{said.port}, {said.protocol}{speed}"
    if weight is None:
        return DeviceLine(_BALANCE, "balance", place, NOT_ASKED, _ASKED_TO_WEIGH, ready=True)
    if weight.state not in _BALANCE_UNWELL:
        return DeviceLine(_BALANCE, "balance", place, "ready", "", ready=True)
    from gms_desktop.balance_words import weighed

    state = "away" if weight.state is Weighing.AWAY else weight.state.value
    return DeviceLine(_BALANCE, "balance", place, state, weighed(weight), ready=False, without=_WITHOUT_BALANCE)


def _folder(said: NamedFolder, away: str | None) -> DeviceLine:
    """A folder that an instrument's program exports to; it is looked at while Measure is open."""
    if away is None:
        return DeviceLine(said.name, "folder", said.path, NOT_ASKED, _LOOKED_AT_ON_MEASURE, ready=True)
    if not away:
        return DeviceLine(said.name, "folder", said.path, "ready", "", ready=True)
    return DeviceLine(said.name, "folder", said.path, "away", away, ready=False, without=_WITHOUT_FOLDER)


def _rack_reader(settings: Settings, reading: RackReading | None) -> DeviceLine:
    """A rack reader is asked only when a rack is read: some take one caller at a time."""
    said = settings.rack_reader
    place = f"{said.at or said.folder}, {said.protocol}"
    if reading is None:
        return DeviceLine(_RACK_READER, "rack reader", place, NOT_ASKED, _ASKED_WITH_A_RACK, ready=True)
    if reading.state in _READER_WELL:
        return DeviceLine(_RACK_READER, "rack reader", place, "ready", "", ready=True)
    from gms_desktop.rack_reader_words import reading as ended

    state = "away" if reading.state in _READER_AWAY else "did not read"
    return DeviceLine(_RACK_READER, "rack reader", place, state, ended(reading), ready=False, without=_WITHOUT_READER)


def _scanner(settings: Settings, report: DeviceReport | None) -> DeviceLine:
    if settings.scanner.mode == "keyboard":
        prefix = settings.scanner.prefix
        how = f"types its codes after {prefix!r}" if prefix else "types its codes; set a prefix so that none is missed"
        return DeviceLine("Scanner", "scanner", "keyboard", "ready", f"It {how}.{_taught(settings)}", ready=True)
    place = scanner_place(settings.scanner)
    if report is None:
        return DeviceLine("Scanner", "scanner", place, "starting", "", ready=False, without=_WITHOUT_SCANNER)
    ready = report.state is DeviceState.READY
    detail = "" if ready and report.detail == settings.scanner.port else report.detail
    return DeviceLine("Scanner", "scanner", place, report.state.value, detail, ready, "" if ready else _WITHOUT_SCANNER)


def scanner_place(said: ScannerSettings) -> str:
    """Where a scanner on a port is, and how it talks there."""
    spoken = "" if said.protocol == "plain" else f", {PROTOCOLS[said.protocol]}"
    return f"{said.port}{spoken}, {said.baud} baud"


def _taught(settings: Settings) -> str:
    """What its self-test found that a person should know; that it was never taught is one of these."""
    said = settings.scanner
    if not said.separator:
        return " Its self-test was not made: Ctrl F6."
    odd = []
    if said.layout not in {"", "same"}:
        odd.append(f"layouts differ ({said.layout})")
    if said.separator == "dropped":
        odd.append("the group separator is dropped")
    return f" Its self-test found: {', '.join(odd)}." if odd else " Its self-test found nothing odd."


def _printer(settings: Settings, status: PrinterStatus | None, name: str, layout: str) -> DeviceLine:
    printing = settings.printer
    place = _place(printing)
    if status is None:
        return DeviceLine(name, "printer", place, "starting", "", ready=False, without=_WITHOUT_PRINTER)
    ready, state = status.condition is PrinterCondition.READY, printer_state(status)
    untold = _UNTOLD if ready and printing.mode in _NEVER_SAY else ""
    to_do = " ".join(filter(None, (_to_do(settings, status), untold, layout if ready else "")))
    return DeviceLine(name, "printer", place, state, to_do, ready, "" if ready else _WITHOUT_PRINTER)


def printer_state(status: PrinterStatus) -> str:
    """How a printer is, in a word or two."""
    return "away" if status.condition is PrinterCondition.UNREACHABLE else status.condition.value


def _place(said: PrinterSettings) -> str:
    return said.mode if said.mode == "folder" else f"{_where(said)}, {said.dpi} dpi"


def _where(said: PrinterSettings) -> str:
    where = {
        "zpl": f"{said.host}:{said.port}",
        "serial": f"{said.place}, {said.baud} baud",
        "queue": f"queue {said.place}",
        "drop": f"watched folder {said.place}",
    }
    return where.get(said.mode, said.mode)


def printer_to_do(status: PrinterStatus) -> str:
    """What to do about a printer, the first thing first; empty when nothing is to be done.

    A printer that stands for another reason says that it is paused as well, and goes on once that reason is gone.
    """
    more = [condition for condition in status.also if condition is not PrinterCondition.PAUSED]
    said = [_TO_DO[condition] for condition in (status.condition, *more)] + [_SOON[one] for one in status.warnings]
    if status.condition is PrinterCondition.OTHER_RESOLUTION:
        said.append(f"{status.detail[:1].upper()}{status.detail[1:]}")
    return " ".join(text for text in said if text)


def _to_do(settings: Settings, status: PrinterStatus) -> str:
    if status.condition is PrinterCondition.UNREACHABLE and settings.printer.mode in _AWAY:
        return _AWAY[settings.printer.mode]
    return printer_to_do(status)


def identity_words(found: PrinterIdentity) -> str:
    """What stands at an address, as it names itself."""
    dots = f"{found.dpi} dpi" if found.dpi else f"{found.dots_per_mm} dots a millimetre"
    firmware = f"firmware {found.firmware}" if found.firmware else ""
    serial = f"serial number {found.serial}" if found.serial else ""
    return ", ".join(filter(None, (found.model, firmware, dots, serial)))


def resolution_to_do(found: PrinterIdentity, dpi: int) -> str:
    """What to do about a printer of another resolution than the settings': its labels would be cut off or too small."""
    if found.dpi in {None, dpi}:
        return ""
    return (
        f"it is a {found.model} of {found.dpi} dpi, and the settings say {dpi} dpi. "
        f"Set {found.dpi} dpi in Settings, or put the former printer back."
    )


def printer_tried(
    settings: Settings,
    status: PrinterStatus,
    identity: PrinterIdentity | None,
    name: str = FIRST_PRINTER,
    *,
    asked: bool,
    resolution: str,
) -> tuple[tuple[str, str], ...]:
    """What a printer said when it was tried, line by line.

    Args:
        settings: they name the printer.
        status: how it is.
        identity: who it says it is.
        name: what it is called.
        asked: whether one of its sort can be asked who it is.
        resolution: what to do about its resolution.
    """
    unnamed = _NOT_SAID if asked else _CANNOT_SAY
    lines = (
        (name, _where(settings.printer)),
        ("Identity", identity_words(identity) if identity else unnamed),
        ("State", printer_state(status)),
        ("To do", _to_do(settings, status)),
        ("Resolution", resolution),
        ("In its queue", f"{status.remaining} still to print" if status.remaining else ""),
        ("Reason", status.detail),
    )
    return tuple((what, said) for what, said in lines if said)


def scanner_words(came: Scan | DeviceReport) -> tuple[str, str]:
    """What came from a scanner: a change of its state, or a code with its kind and its bytes."""
    if isinstance(came, DeviceReport):
        return ("ready" if came.state is DeviceState.READY else came.state.value), came.detail
    kind = symbology.meaning(came.symbology) if came.symbology else "its kind was not sent"
    fault = f" Not clean: {', '.join(came.faults)}." if came.faults else ""
    return "code", f"{came.text!r}, {kind}, {len(came.raw)} bytes {came.raw.hex(' ')}.{fault}"
