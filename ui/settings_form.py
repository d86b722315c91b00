"""Settings as the form shows them, and back, with problems in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gms_desktop.settings import PrinterSettings, ScannerSettings, Settings
from ui.payloads import FormGiven, FormView, Problem


def settings_view(settings: Settings, saved: str = "") -> FormView:
    """The settings as form values."""
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
        ("printer_host", settings.printer.host),
        ("printer_port", str(settings.printer.port)),
        ("printer_model", settings.printer.model),
        ("hub_code", ""),
        ("hub_certificate", ""),
    )
    return FormView(values, saved=saved)


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
    printer, printer_problems = printer_settings(said, former.printer)
    problems += [*scanner_problems, *printer_problems]
    if problems:
        return former, tuple(problems)
    update: dict[str, Any] = {
        "bench": said["bench_name"].strip(),
        "idle_minutes": idle,
        "theme": said["theme"],
        "sound": int(said["volume"]),
        "scanner": scanner,
        "printer": printer,
    }
    return replace(former, **update), ()


def scanner_settings(said: dict[str, str], former: ScannerSettings) -> tuple[ScannerSettings, list[Problem]]:
    """The scanner as entered."""
    mode, port = said["scanner_mode"], said["scanner_port"].strip()
    problems = []
    if mode == "serial" and not port:
        problems.append(Problem("scanner_port", "Enter the scanner's port, such as COM3, or choose the keyboard."))
    baud = _whole(said.get("scanner_baud") or "9600", 300, 4_000_000)
    if baud is None:
        problems.append(Problem("scanner_baud", "Enter the speed as the scanner's guide has it, such as 9600."))
    update: dict[str, Any] = {
        "mode": mode,
        "port": port,
        "baud": baud or former.baud,
        "prefix": said["scanner_prefix"].strip(),
        "protocol": said.get("scanner_protocol") or former.protocol,
    }
    return replace(former, **update), problems


def printer_settings(said: dict[str, str], former: PrinterSettings) -> tuple[PrinterSettings, list[Problem]]:
    """The printer as entered."""
    port = _whole(said["printer_port"] or "9100", 1, 65535)
    if port is None:
        return former, [Problem("printer_port", "Enter a port number from 1 to 65535; most printers have 9100.")]
    host = said["printer_host"].strip()
    # A serial line or a queue is named in the file, and stays until a network address takes its place.
    without = former.mode if former.mode in {"serial", "queue"} else "folder"
    model = said.get("printer_model", former.model).strip()
    return replace(former, host=host, port=port, mode="zpl" if host else without, model=model), []


def _whole(text: str, low: int, high: int) -> int | None:
    number = int(text) if text.strip().isdigit() else None
    return number if number is not None and low <= number <= high else None
