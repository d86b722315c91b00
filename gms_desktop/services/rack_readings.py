"""A reading of a rack as an entry holds it, and back: every well that the reader spoke of, as it spoke.

A well is written as its name and its tube's code, or the reader's state where no code was read; the file holds the raw
bytes. What a bench reads back is what was handed over, so that a comparison is the same after a restart.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from devices.values import RackDefect, RackFinding, RackId, RackIdState, RackScan, RackShape, Well, WellState

_STATES = frozenset(state.value for state in WellState)


def written(scan: RackScan) -> dict[str, Any]:
    """The reading as it stands in an entry; a well that was left out is left out here too."""
    rack_id = scan.rack_id
    return {
        "reader": scan.reader,
        "dialect": scan.dialect,
        "shape": [scan.shape.rows, scan.shape.columns],
        "tells_empty": scan.tells_empty,
        "own_time": scan.own_time,
        "rack_id": [rack_id.state.value, rack_id.code, rack_id.source, rack_id.raw],
        "wells": [_written(well) for well in scan.wells if well.state is not WellState.NOT_SAID],
        "findings": [[one.defect.value, list(one.positions), one.detail] for one in scan.findings],
    }


def read_back(said: dict[str, Any], at: datetime) -> RackScan:
    """The reading that was written.

    Args:
        said: what :func:`written` made.
        at: when it was recorded.
    """
    shape = RackShape(*said["shape"])
    wells = {one[0]: _well(*one) for one in said["wells"]}
    state, code, source, raw = said["rack_id"]
    return RackScan(
        reader=said["reader"],
        dialect=said["dialect"],
        at=at,
        shape=shape,
        wells=tuple(wells.get(name) or Well(name, WellState.NOT_SAID) for name in shape.positions),
        rack_id=RackId(RackIdState(state), code, source, raw),
        tells_empty=said["tells_empty"],
        raw=b"",
        findings=tuple(RackFinding(RackDefect(defect), tuple(on), more) for defect, on, more in said["findings"]),
        own_time=said["own_time"],
    )


def _written(well: Well) -> list[str]:
    said = [well.position, well.code or well.state.value]
    # A code that reads like a state, and a state with words of the reader's own, are told apart by a third part.
    return [*said, well.state.value] if (well.code in _STATES) else said


def _well(position: str, said: str, state: str = "") -> Well:
    if state:
        return Well(position, WellState(state), said)
    return Well(position, WellState(said)) if said in _STATES else Well(position, WellState.TUBE, said)
