"""Whatever order tubes are bound, moved, read, saved and discarded in: no well holds two without a finding."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import count

from bench_top import WAIT_S, BenchTop
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_racks import SINGLE, scans, view

from devices.values import RackId, RackIdState, RackScan, RackShape, Well, WellState
from gms_desktop.domain.commands import Command
from gms_desktop.rack_desk import RackDesk
from gms_desktop.register import rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import rack_scans

SHAPE = RackShape(2, 2)
WELLS = SHAPE.positions
_codes = count(1)
tubes, racks = st.integers(0, 2), st.integers(0, 1)
steps = st.one_of(
    st.tuples(st.just("bind"), tubes),
    st.tuples(st.just("open"), racks),
    st.tuples(st.just("scan"), tubes),
    st.tuples(st.just("take out"), tubes),
    st.tuples(st.just("read"), st.dictionaries(st.sampled_from(WELLS), tubes, max_size=4)),
    st.tuples(st.just("name"), st.sampled_from(WELLS)),
    st.tuples(st.sampled_from([Command.SAVE_RACK, Command.SAVE_AS_READ, Command.WELLS_EMPTY, Command.RACK_ASIDE])),
    st.tuples(st.just("discard"), tubes),
    st.tuples(st.just("elsewhere"), tubes, racks, st.sampled_from(WELLS)),
)


class AtTheRack:
    """Three tubes and two racks of four wells at one bench, and another bench that puts tubes where it likes."""

    def __init__(self, top: BenchTop, number: str) -> None:
        self.top, self.number = top, number
        self.tubes = [f"FD{next(_codes):08}" for _ in range(3)]
        self.racks = [f"SA{next(_codes):08}" for _ in range(2)]
        for code in self.racks:
            top.write(lambda ledger, code=code: ledger.append([self._rack(ledger, code)], None))
        self.other_bench = False

    def _rack(self, ledger: Ledger, code: str) -> Draft:
        body = {"rack": ledger.identity(), "code": code, "rows": 2, "columns": 2, "bench": "Bench"}
        return Draft("rack.registered", body)

    def does(self, what: str | Command, *said: object) -> None:
        if isinstance(what, Command):
            self.top.asks_for(what)
            return
        getattr(self, f"_{what.replace(' ', '_')}")(*said)

    def _bind(self, tube: int) -> None:
        scans(self.top, self.number)
        scans(self.top, self.tubes[tube])

    def _open(self, rack: int) -> None:
        scans(self.top, self.racks[rack])

    def _scan(self, tube: int) -> None:
        scans(self.top, self.tubes[tube])

    def _name(self, well: str) -> None:
        self.top.asks_for(Command.NAME_WELL, well)

    def _take_out(self, tube: int) -> None:
        if row := self._tube(tube):
            self.top.asks_for(Command.TAKE_OUT_TUBE, row["id"])

    def _discard(self, tube: int) -> None:
        if (row := self._tube(tube)) and row["state"] == "bound":
            gone = {"sort": "tube", "item": row["id"], "reason": "spilled", "route": "incineration", "bench": "Bench"}
            self.top.write(lambda ledger: ledger.append([Draft("material.discarded", gone)], None))

    def _elsewhere(self, tube: int, rack: int, well: str) -> None:
        row = self._tube(tube)
        if row is None or row["state"] != "bound":
            return
        self.other_bench = True
        desk = self.top.bench.desk

        def put(ledger: Ledger) -> object:
            into = rack_look_up.rack_by_code(ledger.db, self.racks[rack])
            assert into is not None
            return ledger.append([rack_scans._moved(ledger, desk, row["id"], into["id"], well, row["rack"])], None)

        self.top.write(put)

    def _read(self, seen: dict[str, int]) -> None:
        wells = tuple(
            Well(one, WellState.TUBE, self.tubes[seen[one]]) if one in seen else Well(one, WellState.NO_READ)
            for one in WELLS
        )
        code = view(self.top).rack or self.racks[0]
        named = RackId(RackIdState.READ, code, "header", code)
        reading = RackScan("Reader", "D1", datetime(2026, 11, 23, tzinfo=UTC), SHAPE, wells, named, False, b"raw")
        RackDesk(self.top.bench).take(reading).result(WAIT_S)
        self.top.asks_for(Command.CORNER_SEEN)

    def _tube(self, tube: int) -> dict[str, str] | None:
        found = self.top.rows("SELECT * FROM fluidx_tube WHERE code = :code", code=self.tubes[tube])
        return found[0] if found else None

    def check(self) -> Counter[tuple[str, str]]:
        """Two in one well only where another bench put them, and said so on screen; a discarded tube stands nowhere."""
        rows = [row for one in range(3) if (row := self._tube(one))]
        now = Counter((row["rack"], row["well"]) for row in rows if row["rack"])
        assert all(row["rack"] is None and row["well"] is None for row in rows if row["state"] == "discarded")
        doubled = {place for place, many in now.items() if many > 1}
        assert self.other_bench or not doubled
        shown = view(self.top)
        for rack, well in doubled:
            if self.top.bench.desk.rack.rack == rack:
                looks = {one.well: one.look for one in shown.wells}
                named = any(well in line.wells and "two tubes recorded" in line.title for line in shown.findings)
                assert named or looks[well] == "two tubes"
        return now


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(done=st.lists(steps, min_size=3, max_size=10))
def test_no_order_of_work_leaves_two_tubes_in_one_well_without_a_finding(
    bench: BenchTop, done: list[tuple[object, ...]]
) -> None:
    here = AtTheRack(bench, _number(bench))
    bench.asks_for(Command.RACK_ASIDE)
    scans(bench, here.racks[0])
    places = Counter[tuple[str, str]]()
    for what, *said in done:
        here.does(what, *said)  # type: ignore[arg-type]
        doubled = {place for place, many in places.items() if many > 1}
        places = here.check()
        if what != "elsewhere":
            assert {place for place, many in places.items() if many > 1} <= doubled


def _number(bench: BenchTop) -> str:
    known = bench.rows("SELECT accession FROM specimen")
    return str(known[0]["accession"]) if known else bench.receives(SINGLE)
