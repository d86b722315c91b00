"""``device probe printer``: who the label printer is, how it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args, get_type_hints

from gms_desktop import port_words
from gms_desktop import settings as settings_file
from gms_desktop.device_trial import try_printer
from gms_desktop.errors import Refused
from gms_desktop.label_routes import every_printer
from gms_desktop.settings import FIRST_PRINTER, PrinterSettings, Settings

Say = Callable[[str], None]
READY, TO_SEE_TO = 0, 1
_MODES: tuple[str, ...] = get_args(get_type_hints(PrinterSettings)["mode"])
_OF_A_PLACE = frozenset({"serial", "queue", "drop"})


@dataclass(frozen=True)
class Named:
    """The printer as a command line names it; what is empty or 0 is as in the settings."""

    mode: str = ""
    host: str = ""
    port: int = 0
    place: str = ""
    baud: int = 0
    printer: str = ""


def probe(data: Path, named: Named, say: Say) -> int:
    """Ask a label printer.

    Args:
        data: the bench's data folder, whose settings count for whatever is not named.
        named: the printer, or part of it.
        say: prints a line.

    Returns:
        0 when it is ready, 1 when a person should see to something.

    Raises:
        Refused: neither a printer nor settings that name one.
    """
    said = settings_file.read(data)
    if said is None and named == Named():
        raise Refused("No printer is named, and this bench is not set up. Give --host 10.1.1.9, or --mode and --place.")
    settings = said or Settings()
    name = named.printer or FIRST_PRINTER
    printers = every_printer(settings)
    if name not in printers:
        raise Refused(f"This bench has no printer {name}. It has {', '.join(printers)}.")
    meant = _meant(printers[name], replace(named, printer=""))
    tried = try_printer(replace(settings, printer=meant), data, name, dpi_known=said is not None)
    for what, words in tried.lines:
        say(f"{what:<14}{words}")
    say("Ready." if tried.well else "Not ready.")
    return READY if tried.well else TO_SEE_TO


def _meant(said: PrinterSettings, named: Named) -> PrinterSettings:
    mode = named.mode or _mode_by(named, said)
    if mode not in _MODES:
        raise Refused(f"{mode} is no way to a printer here. It is one of {', '.join(_MODES)}.")
    host, port = _address(named)
    meant = replace(
        said,
        mode=mode,  # type: ignore[arg-type]
        host=host or said.host,
        port=port or said.port,
        place=named.place or (said.place if mode == said.mode else ""),
        baud=named.baud or said.baud,
    )
    if mode == "zpl" and not meant.host and named != Named():
        raise Refused("A printer on the network has an address. Give --host 10.1.1.9, as its own label names it.")
    if mode in _OF_A_PLACE and not meant.place:
        raise Refused("Say which port, queue or folder it is: --place COM4, for example.")
    wrong = port_words.port_wrong(meant.port) or port_words.speed_wrong(meant.baud)
    wrong = wrong or (port_words.place_wrong(meant.place) if mode == "serial" else "")
    if wrong:
        raise Refused(wrong)
    return meant


def _address(named: Named) -> tuple[str, int]:
    """Host and port; a port behind the host counts as if it had been given by itself."""
    host, port = port_words.host_and_port(named.host)
    if port is not None and named.port not in {0, port}:
        raise Refused(f"Two ports are given: {named.host} and --port {named.port}. Give one.")
    return host, named.port if port is None else port or -1


def _mode_by(named: Named, said: PrinterSettings) -> str:
    """A host is one on the network; a place is a serial port where the settings do not say otherwise."""
    if named.host:
        return "zpl"
    return "serial" if named.place and said.mode not in _OF_A_PLACE else said.mode
