"""What a person does at the Racks screen: scans, reads, and DNA bound to tubes."""

from __future__ import annotations

from datetime import UTC, datetime

from bench_top import WAIT_S, BenchTop

from devices.values import RACK_96, RackId, RackIdState, RackScan, RackShape, Scan, Well, WellState
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.rack_desk import RackDesk
from gms_desktop.services.rack_views import RackView

RACK, FIRST, SECOND, THIRD = "SA00000017", "FD20024619", "FD20024620", "FD20024621"
SINGLE, ANOTHER = "Q26-118901-1", "Q26-118902-1"


def scans(bench: BenchTop, code: str) -> Verdict:
    """Scan on the Racks screen."""
    bench.clock.forward(5)
    said = Scan(code.encode(), code, None, bench.clock.now(), "Scanner")
    return bench.bench.scan(said, "racks").result(WAIT_S).verdict


def view(bench: BenchTop) -> RackView:
    return RackDesk(bench.bench).view().result(WAIT_S)


def reads(bench: BenchTop, tubes: dict[str, str], rack: str = RACK, shape: RackShape = RACK_96) -> Verdict:
    """The reader sends what it saw; a well without a tube is NO READ."""
    wells = tuple(
        Well(one, WellState.TUBE, tubes[one]) if one in tubes else Well(one, WellState.NO_READ)
        for one in shape.positions
    )
    named = (
        RackId(RackIdState.READ, rack, "header", rack) if rack else RackId(RackIdState.NO_READ, "", "header", "NO READ")
    )
    reading = RackScan("Reader", "D1", datetime(2026, 11, 23, tzinfo=UTC), shape, wells, named, False, b"raw")
    bench.clock.forward(5)
    return RackDesk(bench.bench).take(reading).result(WAIT_S).verdict


def rack_open(bench: BenchTop) -> None:
    assert scans(bench, RACK).title == "Not known here"
    assert bench.asks_for(Command.REGISTER_RACK, RACK).title == "New rack"


def bound(bench: BenchTop, number: str, tube: str) -> Verdict:
    assert scans(bench, number).title == "Now the tube"
    return scans(bench, tube)
