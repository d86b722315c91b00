"""The simulated scanner and printer of a rehearsal with a window, and the things that lie on its made-up bench top."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from devices.simulators.scanner import SimulatedScanner
from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop import card_words
from gms_desktop.domain.identifiers import command_card
from gms_desktop.domain.identifiers.command_card import Card
from gms_desktop.rehearsal import made_up
from gms_desktop.settings import Settings


@dataclass(frozen=True)
class Thing:
    """Something on the bench top that can be scanned."""

    group: str
    words: str
    code: str


@dataclass
class DeskDevices:
    """A scanner on a line and a printer on TCP, both simulated, for one rehearsal."""

    folder: Path
    scanner: SimulatedScanner = field(init=False)
    printer: SimulatedZplPrinter = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.scanner = SimulatedScanner(self.folder)
        self.printer = SimulatedZplPrinter()

    def settings(self) -> Settings:
        """Settings that name these devices."""
        return made_up.settings(self.scanner.url, self.printer.host, self.printer.port)

    def close(self) -> None:
        """Stop both."""
        self.scanner.close()
        self.printer.close()


def bench_top() -> tuple[Thing, ...]:
    """Badges, forms, tubes and odd things of the made-up morning."""
    people = [Thing("Badges", f"{person.name}, PIN {made_up.SHORT_PIN}", person.badge) for person in made_up.PEOPLE]
    text = files("resources").joinpath("rehearsal", "expected.csv").read_text("utf-8")
    tubes = []
    for row in csv.DictReader(io.StringIO(text)):
        who = f"{row['Surname']}, {row['First name']}".strip(", ")
        if row["NGIS referral"] and row["Relationship"] == "proband":
            tubes.append(Thing("Forms", f"Form of {who}", row["NGIS referral"]))
        code = row["Tube barcode"] or row["Order number"]
        tubes.append(Thing("Tubes", who, code))
    odd = [
        Thing("Other things", "A reagent box", "5012345678900"),
        Thing("Other things", "A tube nobody announced", "H7-22190"),
        Thing("Other things", "A FluidX tube", "FD20024619"),
        # The article that GS1 uses as its example, with a made-up lot.
        Thing("Other things", "A reagent kit with its lot", "010950600013435217271231" + "1012AB"),
    ]
    cards = [Thing("Command cards", card_words.TITLES[card], command_card.code(card)) for card in Card]
    return (*people, *tubes, *odd, *cards)
