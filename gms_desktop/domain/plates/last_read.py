"""Before a plate gets its code: every rack that it is filled from is read once more, and agrees as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gms_desktop.domain.plates.contents import Plate
from gms_desktop.domain.racks.saving import Saving


class Why(StrEnum):
    """Why a plate does not get its code yet."""

    NOWHERE = "in no rack"
    NOT_READ_AGAIN = "rack not read again"
    DISAGREES = "rack does not agree"
    ELSEWHERE = "tube elsewhere"


@dataclass(frozen=True, slots=True)
class Stop:
    """What is in the way.

    Attributes:
        why: the reason.
        rack: the rack it is about; empty for tubes that stand in none.
        codes: the plate's tubes that it is about.
    """

    why: Why
    rack: str
    codes: tuple[str, ...]


def before_code(
    plate: Plate, planned: Mapping[str, tuple[str, str]], read_again: Mapping[str, Saving]
) -> tuple[Stop, ...]:
    """What is in the way of giving the plate its code; nothing where its tubes are where the plan took them to be.

    Args:
        plate: the plate as planned.
        planned: the rack and well of each tube, as the plan took them.
        read_again: of each rack that was read since, what may be saved of it for plating.
    """
    of_rack: dict[str, list[str]] = defaultdict(list)
    for tube in plate.tubes.values():
        of_rack[planned[tube.code][0] if tube.code in planned else ""].append(tube.code)
    stops = []
    for rack, codes in of_rack.items():
        why, about = _why(rack, codes, planned, read_again.get(rack))
        if why is not None:
            stops.append(Stop(why, rack, tuple(about)))
    return tuple(stops)


def _why(
    rack: str, codes: list[str], planned: Mapping[str, tuple[str, str]], read: Saving | None
) -> tuple[Why | None, list[str]]:
    if not rack:
        return Why.NOWHERE, codes
    if read is None:
        return Why.NOT_READ_AGAIN, codes
    if read.in_the_way:
        return Why.DISAGREES, codes
    elsewhere = [code for code in codes if read.tubes.get(planned[code][1]) != code]
    return (Why.ELSEWHERE if elsewhere else None), elsewhere
