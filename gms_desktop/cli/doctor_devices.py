"""The doctor's look at the devices: does the scanner's port open, what does the printer say of itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from devices.faults import DeviceAway
from devices.scanners.ssi import NOT_SSI
from devices.transports.serial_line import SerialSettings, open_serial
from devices.values import DeviceReport, DeviceState
from gms_desktop.cli.doctor_lines import Line, to_do, well
from gms_desktop.device_trial import heard, identity_of
from gms_desktop.services.device_words import device_lines, identity_words, resolution_to_do
from gms_desktop.services.views import DeviceLine
from gms_desktop.settings import ScannerSettings, Settings
from gms_desktop.starting import printer_named, printer_of

# Three times of half a second each, and the connecting.
_ZEBRA_S = 3.0


def devices(said: Settings, data: Path, *, in_use: bool) -> Iterator[Line]:
    """A line for the scanner and one for the printer.

    Args:
        said: the bench's settings.
        data: its data folder.
        in_use: a window has the bench open, and with it the scanner's port.
    """
    printer = printer_of(said, data)
    report = None if said.scanner.mode == "keyboard" or in_use else _scanner(said)
    status = printer.status()
    scanner, label_printer = device_lines(said, report, status, printer.name)[:2]
    if said.scanner.mode != "keyboard" and in_use:
        yield well("Scanner", f"{said.scanner.port}: the open window has it; look at its Devices screen")
    else:
        yield _line(scanner, "Check its cable and the port's name in the settings.")
    if not label_printer.ready and label_printer.place == "folder":
        yield to_do("Label printer", f"the folder {data / 'labels'} is not there, or may not be written. Make it.")
    else:
        yield _line(label_printer, "")
    found = identity_of(printer, status)
    if found is not None:
        yield well("Printer model", identity_words(found))
        # Another printer may stand at the address: its labels would be cut off or too small to scan.
        different = resolution_to_do(found, said.printer.dpi)
        if different:
            yield to_do("Resolution", different)
    for name, one in said.printers.items():
        yield _further(replace(said, printer=one), name, data)


def _further(said: Settings, name: str, data: Path) -> Line:
    """A printer beside the first one: how it is, and whether labels are made for it."""
    printer = printer_named(said.printer, name, data)
    status = printer.status()
    found = identity_of(printer, status)
    different = resolution_to_do(found, said.printer.dpi) if found is not None else ""
    [line] = device_lines(said, None, status, name)[1:2]
    return to_do(name, different) if different else _line(line, "")


def _scanner(said: Settings) -> DeviceReport:
    """Whether its port opens; a Zebra is asked who it is as well, since only then is its protocol known."""
    if said.scanner.protocol == "ssi":
        return _zebra(said.scanner)
    now = datetime.now(UTC)
    try:
        open_serial(SerialSettings(said.scanner.port, baud=said.scanner.baud)).close()
    except DeviceAway as away:
        return DeviceReport("Scanner", DeviceState.AWAY, away.detail, now)
    return DeviceReport("Scanner", DeviceState.READY, "its port opens", now)


def _zebra(scanner: ScannerSettings) -> DeviceReport:
    newest = DeviceReport("Scanner", DeviceState.FAULT, NOT_SSI, datetime.now(UTC))
    with closing(heard(scanner, _ZEBRA_S)) as coming:
        for came in coming:
            if isinstance(came, DeviceReport):
                # Ready at first says only that the port is open.
                newest = came if came.state is not DeviceState.READY or ", " in came.detail else newest
                if newest is came:
                    break
    return newest


def _line(said: DeviceLine, to_see_to: str) -> Line:
    make = well if said.ready else to_do
    words = (f"{said.place}: {said.state}.", said.detail, "" if said.ready else to_see_to, said.without)
    return make(said.name, " ".join(part for part in words if part))
