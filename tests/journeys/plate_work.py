"""What a person does at the Plates screen: scans, plans, reads the source rack once more, gives the plate its code."""

from __future__ import annotations

from bench_top import WAIT_S, BenchTop
from rack_work import ANOTHER, FIRST, RACK, SECOND, SINGLE, bound, rack_open, reads

from devices.values import Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.plate_desk import PlateDesk
from gms_desktop.register.ledger import Draft
from gms_desktop.services.plate_views import PlateView

PLATE = "PL-000123"


def scans(bench: BenchTop, code: str) -> Verdict:
    """Scan on the Plates screen."""
    bench.clock.forward(5)
    said = Scan(code.encode(), code, None, bench.clock.now(), "Scanner")
    return bench.bench.scan(said, "plates").result(WAIT_S).verdict


def view(bench: BenchTop) -> PlateView:
    return PlateDesk(bench.bench).view().result(WAIT_S)


def two_tubes(bench: BenchTop) -> list[str]:
    numbers = [bench.receives(SINGLE), bench.receives(ANOTHER)]
    rack_open(bench)
    for number, tube in zip(numbers, (FIRST, SECOND), strict=True):
        bound(bench, number, tube)
    return numbers


def kept(bench: BenchTop) -> None:
    assert scans(bench, RACK).title == "Planned"
    assert bench.asks_for(Command.PLATE_KEEP).title == "Plan kept"


def read_again(bench: BenchTop) -> None:
    assert bench.asks_for(Command.PLATE_RESCAN).title == "Read this rack"
    reads(bench, {"A01": FIRST, "B01": SECOND})
    bench.asks_for(Command.WELLS_EMPTY)
    assert bench.asks_for(Command.SAVE_RACK).title == "Saved"


def made(bench: BenchTop) -> None:
    kept(bench)
    read_again(bench)
    assert scans(bench, PLATE).title == "Plate made"


def states_volume(bench: BenchTop, code: str, volume: str) -> None:
    """Somebody states how much there is in a tube."""
    [row] = bench.rows("SELECT id FROM fluidx_tube WHERE code = :code", code=code)

    def stated(ledger) -> None:  # type: ignore[no-untyped-def]
        said = {"value": volume, "unit": "uL", "raw": volume, "how": "stated"}
        body = {"tube": row["id"], "volume": said, "reason": "stated"}
        body |= {"bench": bench.bench.desk.place.bench}
        ledger.append([Draft("tube.volume_stated", body)], bench.bench.operator_id())

    bench.write(stated)
