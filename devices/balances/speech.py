"""What a balance's language has to say: the bytes of each command, and what a line of an answer means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from devices.instruments.units import unit_of
from devices.measured import Analyte
from devices.values import Weighing, Weight

_NUMBER = re.compile(r"([+-]?) *(\d{1,9}(?:\.\d{0,7})?)", re.ASCII)


@dataclass(frozen=True)
class Speech:
    """One maker's language.

    Attributes:
        name: in the settings and on the command line.
        weigh: asks for the weight as it is now.
        weight_of: what a line of the answer says, without its end.
        identify: asks for the serial number.
        serial_of: the serial number in a line; None for any other line.
        baud, data_bits, parity: the line as the maker delivers it.
        tare: asks it to count from what lies on it now.
        tared: what the line that answers this says: what it was tared by; none where nothing answers.
    """

    name: str
    weigh: bytes
    weight_of: Callable[[str], Weight]
    identify: bytes
    serial_of: Callable[[str], str | None]
    baud: int
    data_bits: int
    parity: str
    tare: bytes
    tared: Callable[[str], Weight] | None


def weight(number: str, unit: str, raw: str, at_rest: bool) -> Weight:
    """A weight as a number and a unit say it. Without a unit it has not come to rest, whatever else is said.

    A unit that is none of mass gives no weight at all: pieces, per cent, carats.
    """
    read = _NUMBER.fullmatch(number.strip(" "))
    if read is None:
        return Weight(Weighing.NOT_UNDERSTOOD, raw)
    value = Decimal(read[1] + read[2])
    unit = unit.strip(" ")
    if not unit:
        return Weight(Weighing.MOVING, raw, value)
    mass = unit_of(Analyte.MASS, unit) if unit.isascii() and unit.isalpha() else None
    if mass is None:
        return Weight(Weighing.UNIT_UNKNOWN, raw, detail=unit)
    state = Weighing.AT_REST if at_rest else Weighing.MOVING
    return Weight(state, raw, value * mass.factor, mass.name, unit)
