"""The four fields in which the national plating laboratory tells its robot what a plate holds.

``A1,1700009505, 2d_rackid_1,SA12345678``, row by row, wells without a nought, and ``NO READ`` for every well that holds
no sample: the dialect of a FluidX reader (copy of WMRGL/PlaterPlotter, 2024-11-13).
"""

from __future__ import annotations

from collections.abc import Mapping

from gms_desktop.domain.plates.contents import Plate
from gms_desktop.domain.racks.wells import Shape, read_well, well_at
from gms_desktop.exchange.worklists.tables import unpadded
from gms_desktop.exchange.worklists.transfers import PLATE_96, WorklistError

NO_TUBE = "NO READ"
_SOURCE = "2d_rackid_1"


def write(plate: Plate, rack: str) -> bytes:
    """The plot of a plate or holding rack, read back and compared with the plan.

    Raises:
        WorklistError: when the text would say something else.
    """
    planned = {well: tube.code for well, tube in plate.tubes.items()}
    shape = plate.shape
    wells = [well_at(row, column) for row in range(shape.rows) for column in range(shape.columns)]
    lines = [_line(well, planned.get(well), rack) for well in wells]
    content = "".join(lines).encode("utf-8", "backslashreplace")
    said, told = read(content, shape)
    if (said, told) != (rack, planned):
        wrong = sorted(well for well in {*planned, *told} if planned.get(well) != told.get(well))
        raise WorklistError([f"{well}: the text differs from the plan" for well in wrong] or [f"rack {said}"])
    return content


def read(content: bytes, shape: Shape = PLATE_96) -> tuple[str, Mapping[str, str]]:
    """The rack and its tubes.

    Raises:
        WorklistError: when a line has not four fields, a well stands twice or is missing, or racks differ.
    """
    told: dict[str, str] = {}
    racks: set[str] = set()
    for line in content.decode().splitlines():
        cells = [cell.strip() for cell in line.split(",")]
        well = read_well(cells[0])
        if len(cells) != 4 or well is None or not shape.holds(well) or well in told:
            raise WorklistError([f"not understood: {line}"])
        told[well] = "" if cells[1] == NO_TUBE else cells[1]
        racks.add(cells[3])
    if len(told) != shape.size or len(racks) != 1:
        raise WorklistError([f"{len(told)} wells of {len(racks)} racks"])
    return racks.pop(), {well: code for well, code in told.items() if code}


def _line(well: str, code: str | None, rack: str) -> str:
    held = code or f" {NO_TUBE}"
    return f"{unpadded(well)},{held}, {_SOURCE},{rack}\r\n"
