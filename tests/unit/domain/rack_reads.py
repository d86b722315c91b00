"""Rack readings as a reader hands them over, for the tests of racks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from devices.values import RACK_96, RackFinding, RackId, RackIdState, RackScan, RackShape, Well, WellState
from gms_desktop.domain.racks.profile import RackProfile
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
