"""The made-up laboratory: its people with badges and PINs, and the requests it expects. No person here is real."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from gms_desktop.bench import Bench
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import people
from gms_desktop.services.set_up import FirstStart, set_up
from gms_desktop.services.sign_in import make_verifier
from gms_desktop.settings import PrinterSettings, ScannerSettings, Settings

SHORT_PIN = "2468"


@dataclass(frozen=True)
class MadeUpPerson:
    """A person of the rehearsal with the badge that is scanned and the PIN that is entered."""

    name: str
    badge: str
    role: str


PEOPLE = (
    MadeUpPerson("R. Okafor", "BADGE-OKAFOR", "biomedical scientist"),
    MadeUpPerson("M. Silva", "BADGE-SILVA", "technician"),
)


FIRST = FirstStart(
    laboratory="Rehearsal Genomic Laboratory Hub",
    ods="ZZ999",
    letter="Z",
    bench="Rehearsal bench",
    administrator=PEOPLE[0].name,
    badge=PEOPLE[0].badge,
    pin=SHORT_PIN,
    rehearsal=True,
    roles=("administrator", PEOPLE[0].role),
)
"""How the made-up laboratory begins."""


def begin(ledger: Ledger, pepper: bytes) -> None:
    """Set the made-up laboratory up in a fresh file."""
    add_the_others(ledger, pepper, set_up(ledger, FIRST, pepper))


def add_the_others(ledger: Ledger, pepper: bytes, administrator: str) -> None:
    """Add the people beside the first."""
    for person in PEOPLE[1:]:
        verifier = make_verifier(SHORT_PIN, pepper, cost=1)
        people.add(ledger, person.name, person.badge, verifier, pepper, (person.role,), administrator)


def settings(scanner_url: str, printer_host: str, printer_port: int) -> Settings:
    """Settings of the rehearsal bench: a scanner on a simulated line, a printer on a simulated port."""
    return Settings(
        bench="Rehearsal bench",
        rehearsal=True,
        scanner=ScannerSettings(mode="serial", port=scanner_url),
        printer=PrinterSettings(host=printer_host, port=printer_port),
    )


def expected_file() -> tuple[str, bytes, dict[str, Any]]:
    """The file of expected requests with its column mapping; one row of it waits in the fix-it list."""
    return _file("expected-requests.csv", "expected.csv")


def van_file() -> tuple[str, bytes, dict[str, Any]]:
    """The requests of what the morning's van brings, as :func:`expected_file`."""
    return _file("morning-van.csv", "morning.csv")


def tissue_file() -> tuple[str, bytes, dict[str, Any]]:
    """The requests of two blocks of tissue, as :func:`expected_file`."""
    return _file("tissue-requests.csv", "tissue.csv")


def _file(name: str, resource: str) -> tuple[str, bytes, dict[str, Any]]:
    folder = files("resources").joinpath("rehearsal")
    mapping = tomllib.loads(folder.joinpath("mapping.toml").read_text("utf-8"))
    return name, folder.joinpath(resource).read_bytes(), mapping


def take_in_once(bench: Bench) -> None:
    """Import the expected requests when the rehearsal's file is new."""
    if not bench.expected().result().imports:
        bench.take_in(*expected_file()).result()


def expect_the_van(bench: Bench) -> int:
    """Import the requests of the morning's van where nobody has; how many landed."""
    name, content, mapping = van_file()
    if any(line.file == name for line in bench.expected().result().imports):
        return 0
    return len(bench.take_in(name, content, mapping).result().landed)


def rehearsal_folder(data: Path) -> Path:
    """Where the rehearsal keeps its own file and its own keys, apart from any real one."""
    folder = data / "rehearsal"
    (folder / "secrets").mkdir(parents=True, exist_ok=True)
    return folder
