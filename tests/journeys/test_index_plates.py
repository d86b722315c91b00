"""At index plates and pools: a set from the laboratory's file, a plate of it, indexes, a pool, its sheet, Find."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bench_top import WAIT_S, BenchTop
from plate_work import PLATE, made, scans, two_tubes

from gms_desktop.domain.commands import Command
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.exchange.worklists import sample_sheet
from gms_desktop.plate_desk import PlateDesk
from gms_desktop.services.plate_views import PlateView

INDEXES, POOL = "IX-000045", "POOL-0007"


def bases(seed: str) -> str:
    """A made-up index of ten bases, the same for the same seed."""
    return "".join("ACGT"[byte % 4] for byte in hashlib.sha256(seed.encode()).digest()[:10])


def file_of(prefix: str = "UDX", *, heading: str = "i5 forward", lines: dict[str, str] | None = None) -> bytes:
    """A laboratory's own file of 96 made-up pairs."""
    said = {
        well: f"{well},{prefix}{n:04},{bases(f'{prefix} i7 {n}')},{bases(f'{prefix} i5 {n}')}"
        for n, well in enumerate(Shape(8, 12).wells, 1)
    }
    return "\n".join([f"Well,Name,i7,{heading}", *(said | (lines or {})).values(), ""]).encode()


def view(bench: BenchTop) -> PlateView:
    return PlateDesk(bench.bench).view().result(WAIT_S)


def gives_file(bench: BenchTop, content: bytes, name: str = "indexes.csv") -> Verdict:
    return PlateDesk(bench.bench).take_indexes(name, content).result(WAIT_S).verdict


def set_known(bench: BenchTop, content: bytes | None = None, name: str = "Set A") -> None:
    assert gives_file(bench, content or file_of()).title == "Which set"
    assert bench.says(Command.INDEX_SET, name=name).title == "Set taken in"


def index_plate_known(bench: BenchTop, code: str = INDEXES, expiry: str = "31-Jan-2099", name: str = "Set A") -> None:
    assert scans(bench, code).title == "New index plate"
    [row] = bench.rows("SELECT id FROM index_set WHERE name = :name", name=name)
    said = bench.says(Command.INDEX_REGISTER, row["id"], argument=code, lot="L-88", expiry=expiry)
    assert said.title == "Index plate", said


def indexed(bench: BenchTop) -> None:
    """A plate of two tubes with the indexes of its own wells."""
    two_tubes(bench)
    made(bench)
    bench.asks_for(Command.INDEX_WORK)
    set_known(bench)
    index_plate_known(bench)
    assert scans(bench, PLATE).title == "Look, then keep"
    assert bench.asks_for(Command.INDEX_KEEP).title == "Indexes kept"


def pooled(bench: BenchTop) -> None:
    indexed(bench)
    assert bench.asks_for(Command.POOL_BEGIN).title == "New pool"
    assert scans(bench, PLATE).title == "In the pool"
    assert scans(bench, POOL).title == "Pool made"


def looks(bench: BenchTop) -> dict[str, str]:
    return {one.well: one.look for one in view(bench).wells if one.look not in {"empty", "free", "no index"}}


def test_a_plate_is_indexed_pooled_and_its_sample_sheet_saved_where_it_is_wanted(
    bench: BenchTop, tmp_path: Path
) -> None:
    pooled(bench)
    assert (bench.count("index_set.taken_in"), bench.count("plate.indexed"), bench.count("pool.made")) == (1, 1, 1)
    assert bench.says(Command.POOL_SHEET, run="a run", lane="").title == "Name is wanted"
    said = bench.says(Command.POOL_SHEET, run="RUN_0042", lane="3")
    assert (said.kind, said.title) == (VerdictKind.FINISHED, "Sheet written")
    assert view(bench).sheet == f"{POOL}_SampleSheet.csv"
    saved = PlateDesk(bench.bench).save_sheet(tmp_path / view(bench).sheet)
    assert saved.title == "Sheet saved"
    sheet = sample_sheet.read((tmp_path / f"{POOL}_SampleSheet.csv").read_bytes())
    assert sheet.sections["Header"]["RunName"] == "RUN_0042"
    assert sheet.sections["Header"]["IndexOrientation"] == "Forward"
    assert [(one["Lane"], one["Sample_ID"], one["Index"], one["Index2"]) for one in sheet.data] == [
        ("3", f"{PLATE}_A01", bases("UDX i7 1"), bases("UDX i5 1")),
        ("3", f"{PLATE}_B01", bases("UDX i7 2"), bases("UDX i5 2")),
    ]
    assert {one["BarcodeMismatchesIndex1"] for one in sheet.data} == {"1"}
