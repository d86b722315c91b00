"""What a person does with lots: their boxes are scanned, and they are released for use, or used no more."""

from __future__ import annotations

from bench_top import WAIT_S, BenchTop

from devices.values import Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.services.views import Answer, FindView

GTIN = "09506000134352"
KIT = f"01{GTIN}17271231" + "1012AB"
BUFFER = f"01{GTIN}17271231" + "10B-7"


def scans(bench: BenchTop, code: str, screen: str, symbology: str | None = "]d2") -> Verdict:
    bench.clock.forward(5)
    said = Scan(code.encode(), code, symbology, bench.clock.now(), "Scanner")
    return bench.bench.scan(said, screen).result(WAIT_S).verdict


def lot_of(bench: BenchTop, number: str) -> str:
    [row] = bench.rows("SELECT id FROM lot WHERE number = :number", number=number)
    return str(row["id"])


def entered(bench: BenchTop, code: str = KIT) -> str:
    """The box of a lot is scanned; the lot's identity."""
    scans(bench, code, "today")
    return lot_of(bench, {KIT: "12AB", BUFFER: "B-7"}[code])


def says(bench: BenchTop, given: Command, lot: str, *choices: str, comment: str = "", **fields: str) -> Verdict:
    bench.clock.forward(1)
    answer = Answer(choices, comment, tuple(fields.items()), lot)
    return bench.bench.command(given, answer, lot).result(WAIT_S).verdict


def released(bench: BenchTop, code: str = KIT, words: str = "Extraction kit") -> str:
    """A lot whose box was scanned and which was released for use, unless it was before; its identity."""
    lot = entered(bench, code)
    [row] = bench.rows("SELECT state FROM lot WHERE id = :id", id=lot)
    if row["state"] != "released":
        said = says(bench, Command.RELEASE_LOT, lot, comment="Ten samples beside the lot before: the same", words=words)
        assert said.title == "Lot released", said
    return lot


def found(bench: BenchTop, query: str) -> FindView:
    return bench.bench.find(query).result(WAIT_S)
