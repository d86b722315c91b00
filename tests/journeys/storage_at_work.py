"""What a person does at storage: defines places, scans, takes out and asks Find."""

from __future__ import annotations

from bench_top import WAIT_S, BenchTop

from devices.values import Entered, Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import text_statement
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import site_rules
from gms_desktop.services.storage_view import StorageView
from gms_desktop.services.views import Answer
from gms_desktop.storage_desk import StorageDesk

SINGLE, ANOTHER, TUBE, RACK = "Q26-118901-1", "Q26-118902-1", "FD20024619", "SA00000017"


def scans(bench: BenchTop, code: str, screen: str = "storage", entered: Entered = Entered.SCANNED) -> Verdict:
    bench.clock.forward(5)
    said = Scan(code.encode(), code, None, bench.clock.now(), "Scanner", entered)
    return bench.bench.scan(said, screen).result(WAIT_S).verdict


def says(bench: BenchTop, given: Command, answer: Answer, argument: str = "") -> Verdict:
    bench.clock.forward(5)
    bench.bench.command(given, None, argument).result(WAIT_S)
    return bench.bench.command(given, answer, argument).result(WAIT_S).verdict


def view(bench: BenchTop) -> StorageView:
    return StorageDesk(bench.bench).view().result(WAIT_S)


def code_of(bench: BenchTop, name: str) -> str:
    [row] = [row for row in bench.rows("SELECT code, name FROM place") if row["name"] == name]
    return str(row["code"])


def new_place(bench: BenchTop, sort: str, name: str, within: str = "") -> str:
    bench.asks_for(Command.PLACE_ASIDE)
    if within:
        scans(bench, within)
    said = says(bench, Command.REGISTER_PLACE, Answer((sort,), fields=(("name", name),)))
    assert said.title == "New place", said
    return code_of(bench, name)


def laboratory(bench: BenchTop) -> dict[str, str]:
    """A room with two freezers, a shelf and a box in the first."""
    codes = {"room": new_place(bench, "room", "Room 4")}
    codes["cold"] = new_place(bench, "freezer", "Freezer A", codes["room"])
    codes["other"] = new_place(bench, "freezer", "Freezer B", codes["room"])
    codes["shelf"] = new_place(bench, "shelf", "Shelf 1", codes["cold"])
    codes["box"] = new_place(bench, "box 9x9", "Box 12", codes["shelf"])
    bench.asks_for(Command.PLACE_ASIDE)
    return codes


def takes_out(bench: BenchTop, *choices: str, due: str = "") -> Verdict:
    return says(bench, Command.TAKE_OUT, Answer(choices, fields=(("due", due),)))


def find(bench: BenchTop, query: str) -> dict[str, str]:
    return dict(bench.bench.find(query).result(WAIT_S).facts)


def keeps_dna_a_week(bench: BenchTop) -> None:
    """The laboratory lays down how long it keeps DNA, and no more."""

    def approve(ledger: Ledger) -> None:
        held = ledger.db.all(text_statement("SELECT id FROM operator_role WHERE role = 'administrator'"))
        who = held[0]["id"].partition("/")[0]
        blank = site_rules.rule_text(ledger.db, "retention").text
        text = blank.replace(
            'words = "DNA"\nkept = ""\nsource = ""', 'words = "DNA"\nkept = "7 days"\nsource = "QM 12"'
        )
        ledger.append([site_rules.approval(text.replace("EXAMPLE-1", "OWN-1"), "retention", who)], who)

    bench.write(approve)
