"""The simulated devices of a rehearsal with a window, and the things that lie on its made-up bench top."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path

from devices.simulators.balance import SimulatedBalance
from devices.simulators.fluidx_reader import SimulatedFluidxReader
from devices.simulators.rack import SimulatedRack
from devices.simulators.scanner import SimulatedScanner
from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop import card_words
from gms_desktop.domain.identifiers import command_card
from gms_desktop.domain.identifiers.command_card import Card
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.shift import measuring
from gms_desktop.settings import RackReaderSettings, Settings

_TUBES = tuple(f"FD200246{number}" for number in range(19, 25))
# What stands in the reader, filled in the order of the wells. The code of the fifth cannot be read.
RACK = SimulatedRack(
    {
        well: code if well != "E01" else ""
        for well, code in zip(("A01", "B01", "C01", "D01", "E01", "F01"), _TUBES, strict=True)
    },
    "SA00826894",
)


# What is done to the pan, by the words of its button; a weight is laid on it, one with a sign is put beside what lies
# there and keeps the tare, a state is suffered.
ON_THE_PAN: tuple[tuple[str, dict[str, bool] | str], ...] = (
    ("Lay 1.2345 g", "1.2345"),
    ("Lay 0.0230 g", "0.0230"),
    ("Put 0.0213 g into it", "+0.0213"),
    ("Empty the pan", "0.0000"),
    ("Let it swing", {"moving": True}),
    ("Lay too much", {"overload": True}),
)


@dataclass(frozen=True)
class Thing:
    """Something on the bench top that can be scanned."""

    group: str
    words: str
    code: str


@dataclass
class DeskDevices:
    """Scanner and balance on lines, a printer and a rack reader on TCP, all simulated, for one rehearsal."""

    folder: Path
    scanner: SimulatedScanner = field(init=False)
    printer: SimulatedZplPrinter = field(init=False)
    rack_reader: SimulatedFluidxReader = field(init=False)
    balance: SimulatedBalance = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.scanner = SimulatedScanner(self.folder)
        self.printer = SimulatedZplPrinter()
        self.rack_reader = SimulatedFluidxReader(RACK)
        self.balance = SimulatedBalance(self.folder)

    def settings(self) -> Settings:
        """Settings that name these devices."""
        made = made_up.settings(self.scanner.url, self.printer.host, self.printer.port)
        made = replace(made, rack_reader=RackReaderSettings("fluidx", f"127.0.0.1:{self.rack_reader.port}"))
        return measuring(made, self.folder, self.balance)

    def lay(self, done: dict[str, bool] | str) -> None:
        """Do one of :data:`ON_THE_PAN`."""
        if isinstance(done, str):
            (self.balance.fill if done.startswith("+") else self.balance.lay)(done)
        else:
            self.balance.suffer(**done)

    def close(self) -> None:
        """Stop them."""
        for device in (self.scanner, self.printer, self.rack_reader, self.balance):
            device.close()


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
        # The article that GS1 uses as its example, with a made-up lot.
        Thing("Other things", "A reagent kit with its lot", "010950600013435217271231" + "1012AB"),
    ]
    cards = [Thing("Command cards", card_words.TITLES[card], command_card.code(card)) for card in Card]
    racks = [Thing("FluidX rack", "The rack itself", RACK.rack_id)]
    racks += [Thing("FluidX rack", f"Tube in {well}", code) for well, code in zip(RACK.tubes, _TUBES, strict=True)]
    return (*people, *tubes, *racks, *odd, *cards)
