"""The rack that stands in a simulated reader."""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.values import RACK_96, RackShape

NO_READ, NO_TUBE = "NO READ", "NO TUBE"


@dataclass(frozen=True)
class SimulatedRack:
    """What stands in the reader.

    Attributes:
        tubes: the code in each well that has a tube, by ``A01``; empty for a tube whose code cannot be read.
        rack_id: the rack's code; empty when it cannot be read.
        shape: its size.
    """

    tubes: dict[str, str] = field(default_factory=dict)
    rack_id: str = "SA00826894"
    shape: RackShape = RACK_96

    def word(self, position: str, *, tells_empty: bool) -> str:
        """What a reader says of a well: most cannot tell an empty one from a tube that they cannot read."""
        if position in self.tubes:
            return self.tubes[position] or NO_READ
        return NO_TUBE if tells_empty else NO_READ


def unpadded(position: str) -> str:
    """``A1`` for ``A01``."""
    return f"{position[0]}{int(position[1:])}"


def turned(position: str, shape: RackShape) -> str:
    """Where a well comes to stand when the rack is put in the other way round."""
    row, column = ord(position[0]) - ord("A"), int(position[1:]) - 1
    return shape.position(shape.rows - 1 - row, shape.columns - 1 - column)
