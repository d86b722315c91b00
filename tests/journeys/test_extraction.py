"""At Extract: specimens into a batch, the batch through its instrument, each eluate out, its DNA into a tube."""

from __future__ import annotations

from bench_top import WAIT_S, BenchTop

from devices.values import Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind

SINGLE, ANOTHER = "Q26-118901-1", "Q26-118902-1"
KIT = "0109506000134352" + "17271231" + "1012AB"
TUBE, SECOND_TUBE = "FD20024619", "FD20024620"


def scans(bench: BenchTop, code: str, symbology: str | None = None, screen: str = "extract") -> Verdict:
    bench.clock.forward(5)
    said = Scan(code.encode(), code, symbology, bench.clock.now(), "Scanner")
    return bench.bench.scan(said, screen).result(WAIT_S).verdict


def begun(bench: BenchTop, *numbers: str) -> str:
    """A batch with these specimens, a blank and a kit, begun by the first scan; its number."""
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


def test_a_specimen_is_extracted_its_eluate_numbered_and_bound_into_a_tube(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    batch = ended(bench, number)
    eluate = labelled(bench, number)
    said = scans(bench, eluate)
    assert (said.kind, said.title) == (VerdictKind.MATCHES, "On its tube")
    assert f"DNA of {number}, batch {batch} A01" in said.sentence
    assert scans(bench, eluate, screen="racks").title == "Now the tube"
    assert scans(bench, TUBE, screen="racks").title == "Bound"
    [tube] = bench.rows("SELECT * FROM fluidx_tube")
    assert tube["source_sort"] == "eluate"
    assert bench.proved().clean
