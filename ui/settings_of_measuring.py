"""The folders of instruments and of the integration engine, and the balance, as the Settings form has them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from gms_desktop import port_words
from gms_desktop.settings import BalanceSettings, FhirSettings, InstrumentSettings, NamedFolder
from ui.payloads import Problem
from ui.screens.bench_fields import FOLDERS


def instrument_values(said: InstrumentSettings) -> tuple[tuple[str, str], ...]:
    """The fields of the folders; those that are not used stand empty."""
    places = [*said.folders, *(NamedFolder("", "") for _ in range(FOLDERS))][:FOLDERS]
    pairs = [
        ((f"instruments_name_{place}", one.name), (f"instruments_folder_{place}", one.path))
        for place, one in enumerate(places, start=1)
    ]
    return (("instruments_many", str(min(len(said.folders), FOLDERS))), *(one for pair in pairs for one in pair))


def instrument_settings(said: dict[str, str], former: InstrumentSettings) -> tuple[InstrumentSettings, list[Problem]]:
    """The folders as entered: each is there, and has a name of its own."""
    many = said.get("instruments_many")
    if many is None:
        return former, []
    problems, folders = [], list[NamedFolder]()
    for place in range(1, int(many) + 1):
        name = said.get(f"instruments_name_{place}", "").strip()
        path = said.get(f"instruments_folder_{place}", "").strip()
        if not name or name.casefold() in {one.name.casefold() for one in folders}:
            problems.append(Problem(f"instruments_name_{place}", "Enter a name that no other folder here has."))
        if not path or not Path(path).is_dir():
            problems.append(
                Problem(f"instruments_folder_{place}", "Enter a folder that is there, with its whole path.")
            )
        folders.append(NamedFolder(name, path))
    return (former, problems) if problems else (replace(former, folders=tuple(folders)), [])


def balance_values(said: BalanceSettings) -> tuple[tuple[str, str], ...]:
    """The balance's fields."""
    return (
        ("balance", said.protocol),
        ("balance_port", said.port),
        ("balance_baud", str(said.baud) if said.baud else ""),
        ("balance_parity", said.parity),
    )


def balance_settings(said: dict[str, str], former: BalanceSettings) -> tuple[BalanceSettings, list[Problem]]:
    """The balance as entered."""
    protocol: Any = said.get("balance") or former.protocol
    if protocol == "none":
        return replace(former, protocol="none"), []
    port, speed = said.get("balance_port", "").strip(), said.get("balance_baud", "").strip()
    problems = []
    if not port:
        problems.append(Problem("balance_port", "Enter the balance's port, such as COM5: gms-desktop device list."))
    elif wrong := port_words.place_wrong(port):
        problems.append(Problem("balance_port", wrong))
    low, high = port_words.SPEEDS
    baud = int(speed) if speed.isascii() and speed.isdigit() else 0
    if speed and not low <= baud <= high:
        problems.append(Problem("balance_baud", "Enter the speed as the balance's menu has it, such as 9600."))
    parity: Any = said.get("balance_parity", former.parity)
    return (former, problems) if problems else (BalanceSettings(protocol, port, baud, parity), [])


def fhir_settings(said: dict[str, str], former: FhirSettings) -> tuple[FhirSettings, list[Problem]]:
    """The integration engine's folder as entered: it is there, or none is named."""
    folder = said.get("fhir_folder", former.folder).strip()
    if folder and not Path(folder).is_dir():
        return former, [Problem("fhir_folder", "Enter a folder that is there, with its whole path, or leave it empty.")]
    return FhirSettings(folder), []
