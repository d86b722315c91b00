"""A reader that only leaves files: what it left is put away once its rack is on disk, and never before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Thread

from bench_top import WAIT_S, BenchTop
from rack_work import ANOTHER, FIRST, RACK, SINGLE, bound, rack_open, view

from devices.values import RackReading
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.rack_desk import RackDesk
from gms_desktop.settings import RackReaderSettings


def reads_a_file(bench: BenchTop, folder: Path, name: str, content: bytes) -> Verdict:
    """The rack is asked for, and the reader's program writes its file."""
    bench.bench.settings = replace(bench.bench.settings, rack_reader=RackReaderSettings("folder", folder=str(folder)))
    desk, came = RackDesk(bench.bench), list[RackReading]()
    waits = Thread(target=lambda: came.append(desk.read()))
    waits.start()
    while waits.is_alive():
        # Written anew until it is seen: one that lay there before the asking is never taken.
        (folder / name).write_bytes(content)
        waits.join(3)
    [reading] = came
    assert reading.scan is not None
    return desk.take(reading.scan, read_here=True).result(WAIT_S).verdict


def test_a_file_is_put_away_once_its_rack_is_recorded_and_stays_where_nothing_was(
    bench: BenchTop, tmp_path: Path
) -> None:
    number = bench.receives(SINGLE)
    bench.receives(ANOTHER)
    rack_open(bench)
    bound(bench, number, FIRST)
    folder = tmp_path / "reader"
    folder.mkdir()
    said = reads_a_file(bench, folder, "SA99999999.csv", f"A1, {FIRST}\nA2, NO READ\n".encode())
    assert said.kind is VerdictKind.REFUSED
    assert (bench.count("rack.read"), (folder / "SA99999999.csv").exists()) == (0, True)
    said = reads_a_file(bench, folder, f"{RACK}.csv", f"A1, {FIRST}\nA2, NO READ\n".encode())
    assert bench.count("rack.read") == 1, said
    bench.wait_until((folder / "processed" / f"{RACK}.csv").exists, "its file put away")
    bench.wait_until(lambda: not (folder / f"{RACK}.csv").exists(), "its file gone from where it lay")
    assert view(bench).rack == RACK
