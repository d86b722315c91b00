"""Racks for the tests of rack readers: what stands in them, and what a reading must then say."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from devices.simulators.rack import SimulatedRack
from devices.values import RACK_24, RACK_48, RACK_96, RackScan, RackShape, WellState

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
EXTRACTED = {"A01": "FD20024619", "A02": "FD20024698", "A03": "FD20024711", "H12": "FD20024800"}


def racks(shapes: tuple[RackShape, ...] = (RACK_96, RACK_48, RACK_24)) -> st.SearchStrategy[SimulatedRack]:
    """Any rack: tubes with codes of the usual forms, some of which cannot be read."""
    codes = st.builds("{}{:08d}".format, st.sampled_from(["FD", "00", "10"]), st.integers(0, 99_999_999)) | st.just("")
    return st.sampled_from(shapes).flatmap(
        lambda shape: st.builds(
            SimulatedRack,
            st.dictionaries(st.sampled_from(shape.positions), codes, max_size=12),
            st.sampled_from(["SA00826894", "SA12345678"]),
            st.just(shape),
        )
    )


def states(scan: RackScan) -> dict[WellState, int]:
    """How many wells there are of each state, of those there are any of."""
    found = [well.state for well in scan.wells]
    return {state: found.count(state) for state in WellState if state in found}


def readable(rack: SimulatedRack) -> dict[str, str]:
    """The tubes of a rack whose codes can be read."""
    return {position: code for position, code in sorted(rack.tubes.items()) if code}
