"""What a person does at Extract: a batch begun, run to its end, an eluate labelled."""

from __future__ import annotations

from bench_top import WAIT_S, BenchTop
from lot_work import KIT, released

from devices.values import Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict

SINGLE, ANOTHER = "Q26-118901-1", "Q26-118902-1"


def scans(bench: BenchTop, code: str, symbology: str | None = None, screen: str = "extract") -> Verdict:
    bench.clock.forward(5)
    said = Scan(code.encode(), code, symbology, bench.clock.now(), "Scanner")
    return bench.bench.scan(said, screen).result(WAIT_S).verdict


def begun(bench: BenchTop, *numbers: str) -> str:
    """A batch with these specimens, a blank and a kit, begun by the first scan; its number."""
    released(bench)
    assert scans(bench, numbers[0]).title == "Begin a batch"
    said = bench.says(Command.BEGIN_BATCH, "dna-blood", instrument="Robot 1", input="200 µl")
    assert said.title == "Batch begun", said
    for place, number in enumerate(numbers[1:], start=1):
        assert scans(bench, number).title == f"Into {'ABCDEFGH'[place]}01"
    assert bench.asks_for(Command.PLACE_BLANK).title.startswith("Into ")
    assert scans(bench, KIT, "]d2").title == "Lot recorded"
    [row] = bench.rows("SELECT number FROM extraction ORDER BY at DESC LIMIT 1")
    return str(row["number"])


def ended(bench: BenchTop, *numbers: str) -> str:
    number = begun(bench, *numbers)
    assert bench.asks_for(Command.START_BATCH).title == "Batch started"
    assert bench.asks_for(Command.END_BATCH).title == "Batch ended"
    return number


def labelled(bench: BenchTop, source: str) -> str:
    """The eluate of a source in a tube with our label; its number."""
    assert scans(bench, source).title == "Now its tube"
    assert bench.asks_for(Command.ELUATE_LABEL).title == "Label prints"
    [row] = bench.rows("SELECT accession FROM eluate ORDER BY at DESC LIMIT 1")
    return str(row["accession"])
