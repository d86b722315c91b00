"""Settings as the form shows them, and back, with problems in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gms_desktop import layout_words, port_words, rack_reader_options
from gms_desktop.errors import Refused
from gms_desktop.settings import PrinterSettings, RackReaderSettings, ScannerSettings, Settings
from ui.payloads import FormGiven, FormView, Problem
from ui.settings_of_measuring import balance_settings, fhir_settings, instrument_settings
from ui.settings_of_measuring import balance_values as _balance_values
from ui.settings_of_measuring import instrument_values as _instrument_values
from ui.settings_of_saving import saving_settings, saving_values

if TYPE_CHECKING:
    from gms_desktop.services.site_layouts import Laid


def settings_view(settings: Settings, saved: str = "") -> FormView:
    """The settings as form values."""
    from ui.settings_of_printers import printers_offered, printers_values

    values = (
        ("bench_name", settings.bench),
        ("idle_minutes", str(settings.idle_minutes)),
        ("theme", settings.theme),
        ("volume", str(_nearest_volume(settings.sound))),
        ("scanner_mode", settings.scanner.mode),
        ("scanner_prefix", settings.scanner.prefix),
        ("scanner_port", settings.scanner.port),
        ("scanner_baud", str(settings.scanner.baud)),
        ("scanner_protocol", settings.scanner.protocol),
        *printer_values(settings.printer),
        *printers_values(settings),
        ("rack_reader", settings.rack_reader.protocol),
        ("rack_reader_at", settings.rack_reader.at),
        ("rack_reader_profile", settings.rack_reader.profile),
        ("rack_reader_folder", settings.rack_reader.folder),
        ("rack_reader_ways", settings.rack_reader.ways),
        *_instrument_values(settings.instruments),
        *_balance_values(settings.balance),
        ("hub_code", ""),
        ("hub_certificate", ""),
        ("fhir_folder", settings.fhir.folder),
        *saving_values(settings),
    )
    return FormView(values, saved=saved, options=printers_offered(settings))


def layouts_offered(layouts: Sequence[Laid], named: str) -> FormView:
    """The layouts that a printer can be set to; the one in the settings stands among them also where it is not here."""
    # Those for the side of a tube first: most printers have these in.
    ordered = sorted(layouts, key=lambda laid: laid.layout.placing is None)
    offered = [(laid.layout.name, _layout_words(laid)) for laid in ordered]
    if named not in dict(offered):
        offered.append((named, layout_words.not_here(named)))
    return FormView((("printer_layout", named),), options=(("printer_layout", tuple(offered)),))


def _layout_words(laid: Laid) -> str:
    layout = laid.layout
    measures = layout_words.size(layout.width, layout.height, is_round=layout.round)
    return layout_words.in_settings(layout.title, measures, layout.name, layout.version if laid.of_site else "")


def printer_values(said: PrinterSettings) -> tuple[tuple[str, str], ...]:
    """A printer's fields; one place stands in the field of its own way."""
    places = {"serial": "printer_serial", "queue": "printer_queue", "drop": "printer_folder"}
    return (
        ("printer_mode", _mode_of(said)),
        ("printer_host", said.host),
        ("printer_port", str(said.port)),
        *((name, said.place if said.mode == mode else "") for mode, name in places.items()),
        ("printer_baud", str(said.baud)),
        ("printer_files", said.files),
        ("printer_dpi", str(said.dpi)),
        ("printer_layout", said.layout),
        ("printer_model", said.model),
    )


def _mode_of(said: PrinterSettings) -> str:
    """How it is connected. A network printer without an address is none: labels are kept as files."""
    return "folder" if said.mode == "zpl" and not said.host else said.mode


def _nearest_volume(volume: int) -> int:
    return min((0, 30, 70, 100), key=lambda offered: abs(offered - volume))


def changed_settings(former: Settings, given: FormGiven) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings as entered, or the former ones and what is wrong."""
    said = dict(given.fields)
    problems = []
    if not said["bench_name"].strip():
        problems.append(Problem("bench_name", "Enter the bench's name."))
    idle = _whole(said["idle_minutes"], 1, 240)
    if idle is None:
        problems.append(Problem("idle_minutes", "Enter a number of minutes from 1 to 240."))
    scanner, scanner_problems = scanner_settings(said, former.scanner)
    from ui.settings_of_printers import further_settings

    printer, printer_problems = printer_settings(said, former.printer)
    printers, labels, wrong = further_settings(said, former)
    reader, reader_problems = rack_reader_settings(said, former.rack_reader)
    instruments, folder_problems = instrument_settings(said, former.instruments)
    balance, balance_problems = balance_settings(said, former.balance)
    fhir, fhir_problems = fhir_settings(said, former.fhir)
    problems += [*scanner_problems, *printer_problems, *wrong, *reader_problems, *folder_problems, *balance_problems]
    exports, clipboard, saving_problems = saving_settings(said, former)
    problems += [*fhir_problems, *saving_problems]
    if problems:
        return former, tuple(problems)
    update: dict[str, Any] = {
        "bench": said["bench_name"].strip(),
        "idle_minutes": idle,
        "theme": said["theme"],
        "sound": int(said["volume"]),
        "scanner": scanner,
        "printer": printer,
        "printers": printers,
        "labels": labels,
        "rack_reader": reader,
        "instruments": instruments,
        "balance": balance,
        "fhir": fhir,
        "exports": exports,
        "clipboard_seconds": clipboard,
    }
    return replace(former, **update), ()


def scanner_settings(said: dict[str, str], former: ScannerSettings) -> tuple[ScannerSettings, list[Problem]]:
    """The scanner as entered."""
    mode, port = said["scanner_mode"], said["scanner_port"].strip()
    problems = []
    if mode == "serial" and not port:
        problems.append(Problem("scanner_port", "Enter the scanner's port, such as COM3, or choose the keyboard."))
    elif mode == "serial" and (wrong := port_words.place_wrong(port)):
        problems.append(Problem("scanner_port", wrong))
    baud = _whole(said.get("scanner_baud") or "9600", *port_words.SPEEDS)
    if mode == "serial" and baud is None:
        problems.append(Problem("scanner_baud", "Enter the speed as the scanner's guide has it, such as 9600."))
    update: dict[str, Any] = {
        "mode": mode,
        "port": port,
        "baud": baud or former.baud,
        "prefix": said["scanner_prefix"].strip(),
        "protocol": said.get("scanner_protocol") or former.protocol,
    }
    return replace(former, **update), problems


def rack_reader_settings(said: dict[str, str], former: RackReaderSettings) -> tuple[RackReaderSettings, list[Problem]]:
    """The rack reader as entered."""
    protocol: Any = said.get("rack_reader") or former.protocol
    at, folder = said.get("rack_reader_at", "").strip(), said.get("rack_reader_folder", "").strip()
    problems = []
    host, _, port = at.rpartition(":")
    if protocol not in {"none", "folder"} and not (host and _whole(port, 1, 65_535)):
        problems.append(Problem("rack_reader_at", "Enter its address and port, such as 10.1.1.9:201."))
    if protocol in {"intellicode", "folder"} and not Path(folder).is_dir():
        problems.append(Problem("rack_reader_folder", "Enter the folder that its program writes to."))
    profile, ways = said.get("rack_reader_profile", "").strip(), said.get("rack_reader_ways", "").strip()
    # What is left over of another reader is not shown, and asks nobody anything.
    ways = ways if any(protocol in known for known in rack_reader_options.OF.values()) else ""
    try:
        rack_reader_options.read(ways, protocol)
    except Refused as fault:
        problems.append(Problem("rack_reader_ways", str(fault)))
    return (former, problems) if problems else (RackReaderSettings(protocol, at, profile, folder, ways), [])


def printer_settings(said: dict[str, str], former: PrinterSettings) -> tuple[PrinterSettings, list[Problem]]:
    """The printer as entered. Only what belongs to the way it is connected is looked at; the rest stays."""
    mode = said.get("printer_mode") or _mode_of(former)
    update: dict[str, Any] = {
        "mode": mode,
        "dpi": int(said.get("printer_dpi") or former.dpi),
        "layout": said.get("printer_layout") or former.layout,
        "model": said.get("printer_model", former.model).strip(),
    }
    found = _OF_PRINTERS[mode](said) if mode in _OF_PRINTERS else {}
    problems = [Problem(name, _WANTED[name]) for name, value in found.items() if not value]
    if problems:
        return former, problems
    return replace(former, **update, **{_FIELD_OF[name]: value for name, value in found.items()}), []


def _on_the_network(said: dict[str, str]) -> dict[str, Any]:
    port = _whole(said.get("printer_port") or "9100", *port_words.PORTS)
    host, behind = port_words.host_and_port(said.get("printer_host", "").strip())
    if behind is not None:
        # It was entered twice, and the second has a field of its own.
        port = _whole(str(behind), *port_words.PORTS)
    return {"printer_host": host, "printer_port": port}


def _on_a_cable(said: dict[str, str]) -> dict[str, Any]:
    baud, place = _whole(said.get("printer_baud") or "9600", *port_words.SPEEDS), said.get("printer_serial", "").strip()
    return {"printer_serial": "" if port_words.place_wrong(place) else place, "printer_baud": baud}


def _in_a_queue(said: dict[str, str]) -> dict[str, Any]:
    return {"printer_queue": said.get("printer_queue", "").strip()}


def _by_a_folder(said: dict[str, str]) -> dict[str, Any]:
    folder, files = said.get("printer_folder", "").strip(), said.get("printer_files", "").strip() or "*.zpl"
    is_a_name = files.removeprefix("*") and not set(files.removeprefix("*")) & set('*/\\:?"<>|')
    return {"printer_folder": folder if Path(folder).is_dir() else "", "printer_files": files if is_a_name else ""}


_OF_PRINTERS = {"zpl": _on_the_network, "serial": _on_a_cable, "queue": _in_a_queue, "drop": _by_a_folder}
_FIELD_OF = {
    "printer_host": "host",
    "printer_port": "port",
    "printer_serial": "place",
    "printer_baud": "baud",
    "printer_queue": "place",
    "printer_folder": "place",
    "printer_files": "files",
}
_WANTED = {
    "printer_host": "Enter the printer's address, as its own test label has it, or choose another way.",
    "printer_port": "Enter a port number from 1 to 65535; most printers have 9100.",
    "printer_serial": "Enter the printer's port, such as COM4 (gms-desktop device list names them), or its server's "
    "address with a port from 1 to 65535: rfc2217://10.1.1.9:4001.",
    "printer_baud": "Enter the speed as it is set on the printer, such as 9600.",
    "printer_queue": "Enter the queue's name as the computer's printer settings show it.",
    "printer_folder": "Enter a folder that is there, with its whole path. Make it first, or check its share.",
    "printer_files": "Enter one name, such as labels.txt, or an ending for all, such as *.zpl.",
}


def _whole(text: str, low: int, high: int) -> int | None:
    number = int(text) if text.isascii() and text.strip().isdigit() else None
    return number if number is not None and low <= number <= high else None
