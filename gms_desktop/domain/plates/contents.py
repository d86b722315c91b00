"""A plate and what its wells hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gms_desktop.domain.racks.wells import Shape

PLATE_96 = Shape(8, 12)
A01 = "A01"


@dataclass(frozen=True, slots=True)
class Tube:
    """A tube that is to be plated, as far as the rules ask.

    Attributes:
        code: its own.
        participant: whose material it is; empty while nobody knows.
        family: the referral or family it belongs to; empty while nobody knows.
        type: the rack type it goes on, as the rule pack names it.
        delivery: how it was announced, as the rule pack names it (``tumour-first``); empty for as usual.
        repeat: whether it repeats one that went before: its partners have gone.
    """

    code: str
    participant: str
    family: str
    type: str
    delivery: str = ""
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """A control in a well, with the lot it came from, and that lot's identity where the register has it."""

    name: str
    lot: str
    lot_id: str = ""


@dataclass(frozen=True, slots=True)
class Buffer:
    """Buffer in a well, with its lot, and that lot's identity where the register has it."""

    lot: str
    lot_id: str = ""


Content = Tube | Control | Buffer


@dataclass(frozen=True, slots=True)
class Template:
    """What every plate of a plan has in common.

    Attributes:
        buffer: what goes into a gap.
        controls: the wells that are kept for controls.
        shape: the plate's rows and columns.
    """

    buffer: Buffer
    controls: Mapping[str, Control] = field(default_factory=dict)
    shape: Shape = PLATE_96

    def __post_init__(self) -> None:
        outside = [well for well in self.controls if not self.shape.holds(well)]
        if outside:
            raise ValueError(f"the plate has no well {outside[0]}")

    @property
    def free(self) -> tuple[str, ...]:
        """The wells for tubes, in the order of filling."""
        return tuple(well for well in self.shape.wells if well not in self.controls)


@dataclass(frozen=True, slots=True)
class Plate:
    """One plate of a plan.

    Attributes:
        number: its place in the plan, from 1. Its own code comes with the last reading of the rack.
        type: the rack type of its tubes; empty where the laboratory does not keep them apart.
        wells: what each well holds; a well that is not here is left empty.
        consignment: what it goes away with.
        shape: its rows and columns.
    """

    number: int
    type: str
    wells: Mapping[str, Content]
    consignment: str = ""
    shape: Shape = PLATE_96

    @property
    def tubes(self) -> dict[str, Tube]:
        """The wells that hold a tube, in the order of filling."""
        held = [(well, one) for well, one in self.wells.items() if isinstance(one, Tube)]
        inside = [(well, one) for well, one in held if self.shape.holds(well)]
        outside = [(well, one) for well, one in held if not self.shape.holds(well)]
        return dict(sorted(inside, key=lambda one: self.shape.order(one[0])) + outside)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Wells that hold nothing and stand before the last that holds a tube."""
        last = max((self.shape.order(well) for well in self.tubes if self.shape.holds(well)), default=-1)
        return tuple(well for well in self.shape.wells[: last + 1] if well not in self.wells)


def with_buffer(plate: Plate, buffer: Buffer) -> Plate:
    """The plate with buffer in its gaps, and in no well after the last tube."""
    held = {well: one for well, one in plate.wells.items() if not isinstance(one, Buffer)}
    bare = Plate(plate.number, plate.type, held, plate.consignment, plate.shape)
    kept = {well: plate.wells.get(well, buffer) for well in bare.gaps}
    return Plate(plate.number, plate.type, held | kept, plate.consignment, plate.shape)
