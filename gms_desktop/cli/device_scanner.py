"""``device list`` and ``device probe scanner``: what is here, and what a scanner sends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from devices.transports.ports_here import ports_here
from devices.values import Scan
from gms_desktop import port_words
from gms_desktop import settings as settings_file
from gms_desktop.device_trial import heard
from gms_desktop.errors import Refused
from gms_desktop.services import device_words
from gms_desktop.services.device_words import PROTOCOLS, device_lines, scanner_words
from gms_desktop.settings import ScannerSettings, Settings

Say = Callable[[str], None]
_LONGEST_S = 3600
DONE, TO_SEE_TO = 0, 1


def tell_devices(data: Path, say: Say) -> None:
    """A line for each device of the settings, and one for each port."""
    said = settings_file.read(data)
    if said is None:
        say("Settings      this bench is not set up")
    else:
        for line in device_lines(said, None, None, "Label printer", further=dict.fromkeys(said.printers, (None, ""))):
            say(f"{line.name:<14}{line.place}")
    ports = ports_here()
    for port in ports:
        say(f"Port          {', '.join(part for part in (port.address, port.what, port.usb) if part)}")
    if not ports:
        say("Port          this computer has no serial port; a scanner that types like a keyboard needs none")


def probe(data: Path, port: str, protocol: str, baud: int, seconds: float, say: Say) -> int:
    """Listen at a scanner's port.

    Args:
        data: the bench's data folder, whose settings count for whatever is not said.
        port: the port; the settings' when empty.
        protocol: what it speaks; likewise.
        baud: its speed; likewise for 0.
        seconds: how long.
        say: prints a line.

    Returns:
        0 when a clean code came, 1 when none did.

    Raises:
        Refused: neither a port nor settings that name one, or an unknown protocol.
    """
    if not 0 < seconds <= _LONGEST_S:
        raise Refused(f"--seconds says how long to listen: more than 0, at most {_LONGEST_S}.")
    scanner = _meant((settings_file.read(data) or Settings()).scanner, port, protocol, baud)
    say(f"Listening at {scanner.port}, {scanner.baud} baud, {PROTOCOLS[scanner.protocol]}. Scan something.")
    clean = 0
    for came in heard(scanner, seconds):
        clean += isinstance(came, Scan) and not came.faults
        what, words = scanner_words(came)
        say(f"{what:<14}{words}")
    say(f"{clean} {'code' if clean == 1 else 'codes'} came whole.")
    if not clean:
        say(device_words.NOTHING_CAME)
    return DONE if clean else TO_SEE_TO


def _meant(said: ScannerSettings, port: str, protocol: str, baud: int) -> ScannerSettings:
    port = port or (said.port if said.mode == "serial" else "")
    if not port and said.mode == "keyboard" and said != ScannerSettings():
        raise Refused(
            "This bench's scanner types like a keyboard: there is no port to listen at. Scan a code on Receive, and "
            "compare what stands there. For a scanner on a port give --port COM3."
        )
    if not port:
        raise Refused("No port is named. Give --port COM3, or set the scanner up first: gms-desktop device list.")
    spoken = protocol or said.protocol
    if spoken not in PROTOCOLS:
        raise Refused(f"{spoken} is no protocol of a scanner here. It is one of {', '.join(PROTOCOLS)}.")
    wrong = port_words.place_wrong(port) or port_words.speed_wrong(baud or said.baud)
    if wrong:
        raise Refused(wrong)
    return replace(said, mode="serial", port=port, protocol=spoken, baud=baud or said.baud)  # type: ignore[arg-type]
