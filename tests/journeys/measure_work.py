"""What a person does at the Measure screen: files of instruments, scans, and rules of the laboratory."""

from __future__ import annotations

from pathlib import Path

from bench_top import WAIT_S, BenchTop
from rack_work import FIRST, SECOND, SINGLE, bound

from devices.values import Scan
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused
from gms_desktop.measure_desk import MeasureDesk
from gms_desktop.rehearsal import made_up
from gms_desktop.services import site_rules
from gms_desktop.services.measure_views import MeasureView

HEADINGS = (
    "Run ID,Assay Name,Test Name,Test Date,Qubit® tube conc.,Units,Original sample conc.,Units,Sample Volume (µL),"
    "Dilution Factor,Std 1 RFU,Std 2 RFU,Std 3 RFU,Excitation,Emission,Green RFU,Far Red RFU"
)
RULE = """
name = "qc-limits"
version = "1"
effective = "2026-11-22"
[[rule]]
name = "eluate"
version = "3"
[[rule.limit]]
of = "concentration"
min = "10"
max = "200"
unit = "ng/uL"
method = "Qubit"
[[control]]
name = "QC1"
lot = "L77"
of = "concentration"
min = "9"
max = "11"
unit = "ng/uL"
"""


def line(sample: str, concentration: str, run: str = "2026-11-23", at: str = "11/23/2026 9:40:54 AM") -> str:
    """One row of a Qubit 4's file."""
    measured = f"30.4,ng/mL,{concentration},ng/µL,1,200"
    return f"{run},1x dsDNA High Sensitivity,{sample},{at},{measured},49.43,21133.11,,Blue,Green,1303.11,"


def qubit_file(folder: Path, *lines: str, name: str = "run.csv") -> Path:
    """A file as a Qubit 4 writes it."""
    path = folder / name
    path.write_text("\n".join((HEADINGS, *lines)) + "\n", encoding="utf-8")
    return path


def opens(bench: BenchTop, path: Path) -> Verdict:
    """The person chooses a file."""
    bench.clock.forward(5)
    desk = MeasureDesk(bench.bench)
    return desk.take(desk.read(path)).result(WAIT_S).verdict


def refused(bench: BenchTop, path: Path) -> str:
    """The sentence with which a file is refused before it is opened."""
    try:
        MeasureDesk(bench.bench).read(path)
    except Refused as fault:
        return str(fault)
    raise AssertionError(f"{path.name} was taken")


def scans(bench: BenchTop, code: str) -> Verdict:
    """Scan on the Measure screen."""
    bench.clock.forward(5)
    said = Scan(code.encode(), code, None, bench.clock.now(), "Scanner")
    return bench.bench.scan(said, "measure").result(WAIT_S).verdict


def view(bench: BenchTop) -> MeasureView:
    return MeasureDesk(bench.bench).view().result(WAIT_S)


def approves(bench: BenchTop, text: str = RULE) -> None:
    """The laboratory approves its own limits."""

    def approved(ledger) -> None:  # type: ignore[no-untyped-def]
        operator = bench.bench.operator_id()
        ledger.append([site_rules.approval(text, "qc-limits", operator)], operator)

    bench.write(approved)


def tube(bench: BenchTop, code: str = FIRST, source: str = SINGLE) -> str:
    """A specimen is accepted and its DNA bound to a tube; the specimen's number."""
    number = bench.receives(source)
    assert bound(bench, number, code).title == "Bound"
    return number


__all__ = ["FIRST", "SECOND", "made_up"]
