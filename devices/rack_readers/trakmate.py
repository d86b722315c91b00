"""D6, the text file of a Thermo TrakMate: a time, a rack, and ``A01;    1034998087`` for each well."""

from __future__ import annotations

import re

from devices.files.table import Table
from devices.rack_readers.assembling import Said
from devices.rack_readers.cells import RackProfile, bare, cell_of, place_of
from devices.rack_readers.told import Told, cut_if_half, not_understood

_TIME = re.compile(r"date\s*&\s*time of trace\s*=\s*(?P<said>.*)", re.IGNORECASE)
_RACK = re.compile(r"rack base name\s*:\s*(?P<said>.*)", re.IGNORECASE)


def told_by(table: Table, profile: RackProfile) -> Told | None:
    """What the file tells; None when its first lines are not a TrakMate's."""
    heads = [bare(",".join(row)) for row in table.rows[:5]]
    times = [found["said"] for head in heads if (found := _TIME.fullmatch(head))]
    racks = [found["said"] for head in heads if (found := _RACK.fullmatch(head))]
    if not times or not racks:
        return None
    data = [row for row in table.rows if place_of(row[0]) is not None and len(row) > 1]
    others = [row for row in table.rows if row not in data and not _is_head(row)]
    said = [Said(row[0], row[1], cell_of(row[1], profile)) for row in data]
    if said and table.ends_open:
        said = list(cut_if_half(said, profile))
    heading = tuple(("header", rack) for rack in racks)
    return Told("D6", tuple(said), heading, findings=not_understood(others), own_time=times[0])


def _is_head(row: tuple[str, ...]) -> bool:
    text = bare(",".join(row))
    return bool(_TIME.fullmatch(text) or _RACK.fullmatch(text))
