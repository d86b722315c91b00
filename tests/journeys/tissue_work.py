"""Work at tissue, as its journeys do it."""

from __future__ import annotations

from bench_top import WAIT_S, BenchTop

from devices.values import Entered, Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.services.tissue_view import TissueView
from gms_desktop.tissue_desk import TissueDesk

SINGLE = "Q26-118901-1"


def scans(bench: BenchTop, code: str, entered: Entered = Entered.SCANNED) -> Verdict:
    """Scan on the Tissue screen."""
    bench.clock.forward(5)
    said = Scan(code.encode(), code, None, bench.clock.now(), "Scanner", entered=entered)
    return bench.bench.scan(said, "tissue").result(WAIT_S).verdict


def view(bench: BenchTop) -> TissueView:
    return TissueDesk(bench.bench).view().result(WAIT_S)


def in_a_case(bench: BenchTop, number: str = "", histology: str = "H26/12345") -> str:
    """A specimen is received and taken into a case of its own; its number."""
    number = number or bench.receives(SINGLE)
    assert scans(bench, number).title in {"Not in a case", "Not in this case"}
    assert bench.says(Command.TISSUE_CASE, "urgent", histology=histology, hospital="R0A").title == "Case opened"
    scans(bench, number)
    bench.says(Command.TISSUE_JOIN, "block", outside=f"{histology} A1")
    return number


def cuts(bench: BenchTop, *choices: str, pieces: str = "3", thickness: str = "5", sections: str = "1") -> Verdict:
    return bench.says(Command.TISSUE_CUT, *choices, pieces=pieces, thickness=thickness, sections=sections)


def numbers(bench: BenchTop) -> list[str]:
    rows = bench.rows("SELECT number FROM piece WHERE parent IS NOT NULL ORDER BY first_section")
    return [row["number"] for row in rows]


def suits(bench: BenchTop) -> list[str]:
    """As many slides as the EXAMPLE receiver of tissue asks for, of a block with enough tumour."""
    every = slides(bench, 10)
    bench.says(Command.TISSUE_ASSESS, "method microscope", neoplastic="40", by="Dr Eye", on="23/11/2026")
    return every


def goes_as_it_is(bench: BenchTop) -> Verdict:
    """A pathologist agreed that less than the receiver asks for is sent of the piece in hand."""
    why = "sends less than its receiver asks for"
    return bench.says(Command.TISSUE_AGREED, why, by="Dr Histology", on="23/11/2026", how="telephone")


def slides(bench: BenchTop, count: int = 3) -> list[str]:
    in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "slide", pieces=str(count))
    return numbers(bench)
