"""The doctor's look at the devices: does the scanner's port open, what does the printer say of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from devices.faults import DeviceAway
from devices.printers.zpl_printer import ZplPrinter
from devices.transports.serial_line import SerialSettings, open_serial
from devices.values import DeviceReport, DeviceState
from gms_desktop.cli.doctor_lines import Line, to_do, well
from gms_desktop.services.device_words import device_lines
from gms_desktop.services.views import DeviceLine
from gms_desktop.settings import Settings
from gms_desktop.starting import printer_of


def devices(said: Settings, data: Path, *, in_use: bool) -> Iterator[Line]:
    """A line for the scanner and one for the printer.

    Args:
        said: the bench's settings.
        data: its data folder.
        in_use: a window has the bench open, and with it the scanner's port.
    """
    printer = printer_of(said, data)
    report = None if said.scanner.mode == "keyboard" or in_use else _scanner(said)
    scanner, label_printer = device_lines(said, report, printer.status(), printer.name)
    if said.scanner.mode != "keyboard" and in_use:
        yield well("Scanner", f"{said.scanner.port}: the open window has it; look at its Devices screen")
    else:
        yield _line(scanner, "Check its cable and the port's name in the settings.")
    if not label_printer.ready and label_printer.place == "folder":
        yield to_do("Label printer", f"the folder {data / 'labels'} is not there, or may not be written. Make it.")
    else:
        yield _line(label_printer, "")
    if label_printer.ready and isinstance(printer, ZplPrinter):
        yield from _resolution(printer, said)


def _resolution(printer: ZplPrinter, said: Settings) -> Iterator[Line]:
    """Another printer may stand at the address: its labels would be cut off or too small to scan."""
    found = printer.identify()
    if found is not None and found.dpi not in {None, said.printer.dpi}:
        words = f"it is a {found.model} of {found.dpi} dpi, and the settings say {said.printer.dpi} dpi."
        yield to_do("Resolution", f"{words} Set dpi = {found.dpi} in settings.toml, or put the former printer back.")


def _scanner(said: Settings) -> DeviceReport:
    now = datetime.now(UTC)
    try:
        open_serial(SerialSettings(said.scanner.port, baud=said.scanner.baud)).close()
    except DeviceAway as away:
        return DeviceReport("Scanner", DeviceState.AWAY, away.detail, now)
    return DeviceReport("Scanner", DeviceState.READY, "its port opens", now)


def _line(said: DeviceLine, to_see_to: str) -> Line:
    make = well if said.ready else to_do
    words = (f"{said.place}: {said.state}.", said.detail, "" if said.ready else to_see_to, said.without)
    return make(said.name, " ".join(part for part in words if part))
