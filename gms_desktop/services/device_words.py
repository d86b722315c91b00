"""Scanner and printer in words: how they are, what to do, and what still works without them."""

from __future__ import annotations

from devices.values import DeviceReport, DeviceState, PrinterCondition, PrinterStatus
from gms_desktop.services.views import DeviceLine
from gms_desktop.settings import Settings

_TO_DO = {
    PrinterCondition.READY: "",
    PrinterCondition.PAUSED: "Press Pause on the printer.",
    PrinterCondition.PAPER_OUT: "Put labels in.",
    PrinterCondition.RIBBON_OUT: "Put a ribbon in.",
    PrinterCondition.HEAD_OPEN: "Close the printer's head.",
    PrinterCondition.BUFFER_FULL: "Wait until it has printed what it holds.",
    PrinterCondition.FAULT: "Read the printer's own display.",
    PrinterCondition.SILENT: "It does not answer: look for labels, ribbon or an open head.",
    PrinterCondition.UNREACHABLE: "Switch it on and check its cable and address.",
}
PROTOCOLS = {"plain": "codes alone", "ssi": "Zebra SSI", "host-ack": "Honeywell Host ACK"}
_WITHOUT_PRINTER = "Tubes can be received; put their labels off and print them later."
_WITHOUT_SCANNER = "Codes can be typed: Ctrl Shift T. Put labels off: only a scan shows that one is on its tube."


def device_lines(
    settings: Settings, scanner: DeviceReport | None, printer: PrinterStatus | None, printer_name: str
) -> tuple[DeviceLine, ...]:
    """The devices of a bench as the foot strip and the Devices screen show them."""
    return (_scanner(settings, scanner), _printer(settings, printer, printer_name))


def _scanner(settings: Settings, report: DeviceReport | None) -> DeviceLine:
    if settings.scanner.mode == "keyboard":
        prefix = settings.scanner.prefix
        how = f"types its codes after {prefix!r}" if prefix else "types its codes; set a prefix so that none is missed"
        return DeviceLine("Scanner", "scanner", "keyboard", "ready", f"It {how}.", ready=True)
    said = settings.scanner
    spoken = "" if said.protocol == "plain" else f", {PROTOCOLS[said.protocol]}"
    place = f"{said.port}{spoken}, {said.baud} baud"
    if report is None:
        return DeviceLine("Scanner", "scanner", place, "starting", "", ready=False, without=_WITHOUT_SCANNER)
    ready = report.state is DeviceState.READY
    return DeviceLine(
        "Scanner", "scanner", place, report.state.value, report.detail, ready, "" if ready else _WITHOUT_SCANNER
    )


def _printer(settings: Settings, status: PrinterStatus | None, name: str) -> DeviceLine:
    printing = settings.printer
    place = f"{printing.host}:{printing.port}, {printing.dpi} dpi" if printing.mode == "zpl" else "folder"
    if status is None:
        return DeviceLine(name, "printer", place, "starting", "", ready=False, without=_WITHOUT_PRINTER)
    ready = status.condition is PrinterCondition.READY
    state = "away" if status.condition is PrinterCondition.UNREACHABLE else status.condition.value
    return DeviceLine(name, "printer", place, state, _TO_DO[status.condition], ready, "" if ready else _WITHOUT_PRINTER)
