"""From the last byte of a rack's reply until the reconciled rack is there to be painted, on a bench of the corpus."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bench_of_size import sign_in
from figures import Spread, report

from devices.rack_readers import fluidx_answer
from devices.rack_readers.assembling import Source
from devices.rack_readers.cells import RackProfile
from devices.simulators.fluidx_reader import FluidxFaults, data_of
from devices.simulators.rack import SimulatedRack
from devices.values import RACK_96, RackScan
from gms_desktop import settings as settings_file
from gms_desktop.bench import Bench
from gms_desktop.journal.database import text_statement
from gms_desktop.rack_desk import RackDesk
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services.at_rack import AtRack
from gms_desktop.services.rack_views import RackView
from gms_desktop.starting import start_bench

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

RUNS, MOST_MS, WAIT_S = 40, 100, 60
RACK = "SA00000017"
_some = text_statement("SELECT id FROM specimen ORDER BY id LIMIT 96")


def filled(ledger: Ledger) -> str:
    """A registered rack with 96 bound tubes, each in its well; the rack."""
    rack = ledger.identity()
    body = {"rack": rack, "code": RACK, "rows": 8, "columns": 12, "bench": ledger.head.writer}
    ledger.append([Draft("rack.registered", body)], None)
    for place, row in enumerate(ledger.db.all(_some)):
        tube, specimen = ledger.identity(), row["id"]
        said = {"tube": tube, "code": code(place), "specimen": specimen, "volume": None, "bench": ledger.head.writer}
        bound = Draft("tube.bound", said | {"source": {"sort": "specimen", "id": specimen}})
        where = {"tube": tube, "rack": rack, "well": RACK_96.positions_by_column[place], "former": None}
        moved = Draft("tube.moved", where | {"how": "scan", "follows": [], "bench": ledger.head.writer})
        ledger.append([bound, moved], None)
    return rack


def code(place: int) -> str:
    """The code of a tube, by its place."""
    return f"FD{20_030_000 + place}"


def reply() -> bytes:
    """All 96, two of them changed places."""
    codes = {well: code(place) for place, well in enumerate(RACK_96.positions_by_column)}
    codes["A01"], codes["B01"] = codes["B01"], codes["A01"]
    return data_of(SimulatedRack(codes, RACK), FluidxFaults())


def understood(raw: bytes) -> RackScan:
    answer = fluidx_answer.parse(raw)
    source = Source("Rack reader", "fluidx remote", datetime.now(UTC), raw, tells_empty=False, own_time="")
    return fluidx_answer.scan_of(answer.lines, source, RackProfile(RACK_96))


def test_a_reply_becomes_a_reconciled_rack(bench_folder: Path) -> None:
    settings = settings_file.read(bench_folder)
    assert settings is not None
    bench = start_bench(bench_folder, settings)
    try:
        bench.load_rest().result(WAIT_S)
        sign_in(bench)
        with tidied_as_in_the_window():
            report_of(bench)
    finally:
        bench.close()


@contextmanager
def tidied_as_in_the_window() -> Iterator[None]:
    """Python's garbage as the window has it collected (``ui/tidying``): by a timer, and never within a reading."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()


def report_of(bench: Bench) -> None:
    desk = RackDesk(bench)
    bench.desk.rack = AtRack(rack=bench.recorder.write(filled).result(WAIT_S))
    raw, times = reply(), []
    for _ in range(RUNS):
        began = time.perf_counter()
        desk.take(understood(raw)).result(WAIT_S)
        shown = desk.view().result(WAIT_S)
        times.append((time.perf_counter() - began) * 1e6)
        assert swapped(shown)
        gc.collect(1)
    spread = Spread(tuple(times))
    report(
        "last byte to reconciled rack",
        str(spread),
        spread.p99 / 1000 / MOST_MS,
        f"{MOST_MS} ms",
        spread.p99 / 1000 <= MOST_MS,
    )


def swapped(shown: RackView) -> bool:
    return [one.well for one in shown.wells if one.look == "swapped"] == ["A01", "B01"]
