"""Rack readings as a reader hands them over, for the tests of racks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from hypothesis import strategies as st

from devices.values import RACK_96, RackFinding, RackId, RackIdState, RackScan, RackShape, Well, WellState
from gms_desktop.domain.racks.findings import Whereabouts
from gms_desktop.domain.racks.profile import RackProfile
from gms_desktop.domain.racks.reads import ByHand
from gms_desktop.domain.racks.wells import Shape

AT = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
RACK = "SA00826894"
FLUIDX = RackProfile("fluidx-96", "96 rack", Shape(8, 12), tells_empty=False)
CAMERA = RackProfile("camera-96", "96 rack", Shape(8, 12), tells_empty=True)
SHAPE = FLUIDX.shape


def tube(number: int) -> str:
    return f"FD{number:08}"


def full(size: int = 96) -> dict[str, str]:
    """A rack filled column by column."""
    return {well: tube(place) for place, well in enumerate(SHAPE.wells[:size])}


def scan(
    tubes: Mapping[str, str],
    *,
    unread: Iterable[str] = (),
    not_said: Iterable[str] = (),
    rack: str | None = RACK,
    tells_empty: bool = True,
    shape: RackShape = RACK_96,
    findings: tuple[RackFinding, ...] = (),
) -> RackScan:
    """A reading in which every other well is empty; a reader that cannot tell says ``no read`` of it."""
    unread, not_said = set(unread), set(not_said)

    def well(position: str) -> Well:
        if position in not_said:
            return Well(position, WellState.NOT_SAID)
        if position in tubes and position not in unread:
            return Well(position, WellState.TUBE, tubes[position])
        state = WellState.EMPTY if tells_empty and position not in unread else WellState.NO_READ
        return Well(position, state)

    rack_id = RackId(RackIdState.READ, rack) if rack else RackId(RackIdState.NO_READ)
    wells = tuple(well(position) for position in shape.positions)
    return RackScan("reader", "D1", AT, shape, wells, rack_id, tells_empty, b"", findings)


# In a small rack tubes meet more often: what holds of any six wells holds of 96.
SIX, SIX_READ = RackProfile("6", "6 wells", Shape(2, 3), tells_empty=True), RackShape(2, 3)
wells = st.sampled_from(SIX.shape.wells)
codes = st.integers(0, 6).map(tube)
held = st.lists(wells, unique=True, min_size=1).map(lambda held: {well: tube(n) for n, well in enumerate(held)})
# One list in a few expects a tube in two wells.
arrangements = held | held | st.dictionaries(wells, codes, max_size=4)
known = st.dictionaries(codes, st.sampled_from([Whereabouts(), Whereabouts("SA00795810", "B02", "R14")]))
hands = st.builds(
    lambda scans, empty, lifted: (
        ByHand(lifted=lifted, corner_seen=True) if not scans else by_hand_scans(scans).found_empty(empty)
    ),
    st.lists(st.tuples(wells, codes), max_size=1),
    st.sets(wells, max_size=2),
    st.booleans(),
)


def by_hand_scans(scans: list[tuple[str, str]]) -> ByHand:
    by_hand = ByHand(corner_seen=True)
    for well, code in scans:
        by_hand = by_hand.scanned(well, code)
    return by_hand


@st.composite
def racks(draw: st.DrawFn) -> tuple[dict[str, str], RackScan]:
    """What is expected, and a reading of it after some tubes were moved, taken, added or doubled."""
    expected = draw(arrangements)
    there = dict(expected)
    for well, other, what in draw(st.lists(st.tuples(wells, wells, st.sampled_from("mstd") | codes), max_size=4)):
        _disturb(there, well, other, what)
    reading = scan(
        there,
        unread=draw(st.sets(wells, max_size=2)),
        not_said=draw(st.sets(wells, max_size=1)),
        rack=draw(st.sampled_from([RACK, RACK, RACK, RACK, None, "SA00795810"])),
        tells_empty=draw(st.booleans()),
        shape=SIX_READ,
    )
    return expected, reading


def _disturb(there: dict[str, str], well: str, other: str, what: str) -> None:
    """Move (m), swap (s) or take (t) a tube, read it twice (d), or put the tube ``what`` there."""
    one, second = there.get(well), there.get(other)
    if len(what) > 1:
        there[well] = what
    elif what == "t":
        there.pop(well, None)
    elif what == "d" and one:
        there[other] = one
    elif one:
        there[other] = there.pop(well)
        if what == "s" and second:
            there[well] = second
