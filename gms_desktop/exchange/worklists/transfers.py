"""What a robot is to do: one transfer a well, and the proof that a written worklist says exactly that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gms_desktop.domain.plates.contents import Plate
from gms_desktop.domain.racks.wells import Shape, read_well

PLATE_96 = Shape(8, 12)
_NUMBER = re.compile(r"|[0-9]+(\.[0-9]+)?", re.ASCII)
Told = Mapping[str, str]
"""One transfer as a worklist tells it: its fields as text, a field that the format does not carry left out."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One transfer.

    Attributes:
        source: the rack or plate it comes from.
        source_well: the well there.
        code: the tube.
        target: the plate it goes to.
        target_well: the well there.
        volume_ul: how much.
        diluent_ul: how much is put to it.
        source_type: what sort of labware the source is, as the robot names it.
        target_type: what sort the target is.
    """

    source: str
    source_well: str
    code: str
    target: str
    target_well: str
    volume_ul: Decimal | None = None
    diluent_ul: Decimal | None = None
    source_type: str = ""
    target_type: str = ""

    def field(self, name: str) -> str:
        """A field as text: a volume without needless zeros, empty where none is known."""
        value = getattr(self, name)
        return shown(value) if isinstance(value, Decimal) else str(value or "")


class WorklistError(ValueError):
    """A worklist that is not handed out: what is wrong with the plan, or where the text differs from it."""

    def __init__(self, differences: Iterable[str]) -> None:
        self.differences = tuple(differences)
        super().__init__("; ".join(self.differences))


def shown(volume: Decimal) -> str:
    """A volume as text: ``10``, ``2.5``."""
    text = f"{volume:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def transfers_of(
    plate: Plate, code: str, sources: Mapping[str, tuple[str, str]], volume_ul: Decimal | None, types: tuple[str, str]
) -> tuple[Transfer, ...]:
    """The transfers that fill a plate, in the order of filling.

    Args:
        plate: the plate as planned.
        code: its own code.
        sources: the rack and well of each tube, as last read.
        volume_ul: how much of each.
        types: what sort of labware the racks and the plate are, as the robot names them.

    Raises:
        WorklistError: when nobody knows where a tube is.
    """
    homeless = [tube.code for tube in plate.tubes.values() if tube.code not in sources]
    lost = [f"tube {tube} stands in no rack that was read" for tube in homeless]
    if lost:
        raise WorklistError(lost)
    return tuple(
        Transfer(*sources[tube.code], tube.code, code, well, volume_ul, None, *types)
        for well, tube in plate.tubes.items()
    )


def check_plan(transfers: Sequence[Transfer], shape: Shape = PLATE_96, *, with_volume: bool = True) -> None:
    """Refuse a plan that no worklist may be made of.

    Raises:
        WorklistError: when nothing is to be done, a well does not exist or is filled twice, or a volume is not known.
    """
    wrong = [] if transfers else ["nothing is to be transferred"]
    filled: set[tuple[str, str]] = set()
    for one in transfers:
        if not (shape.holds(one.source_well) and shape.holds(one.target_well)):
            wrong.append(f"{one.code}: no well {one.source_well} or {one.target_well}")
        if (one.target, one.target_well) in filled:
            wrong.append(f"{one.code}: {one.target} {one.target_well} is filled twice")
        if with_volume and (one.volume_ul is None or one.volume_ul <= 0):
            wrong.append(f"{one.code}: no volume")
        filled.add((one.target, one.target_well))
    if wrong:
        raise WorklistError(wrong)


def proved(
    content: bytes, read: Callable[[bytes], Sequence[Told]], transfers: Sequence[Transfer], fields: Iterable[str]
) -> bytes:
    """The text, after it was read back and found to say what the plan says, in the plan's order.

    Args:
        content: what was written.
        read: reads such a text, by itself.
        transfers: the plan.
        fields: the fields that the format carries.

    Raises:
        WorklistError: naming each difference.
    """
    back, carried = read(content), tuple(fields)
    differ = [] if len(back) == len(transfers) else [f"{len(transfers)} transfers planned, {len(back)} written"]
    for one, told in zip(transfers, back, strict=False):
        wrong = [name for name in carried if not _same(name, one.field(name), told.get(name, ""))]
        differ += [f"{one.code}: {name} planned {one.field(name)!r}, written {told.get(name, '')!r}" for name in wrong]
    if differ:
        raise WorklistError(differ)
    return content


def _same(name: str, planned: str, told: str) -> bool:
    if name.endswith("_well"):
        return read_well(told) == planned
    if name.endswith("_ul"):
        return _number(planned) == _number(told)
    return planned == told


def _number(text: str) -> Decimal | None:
    # A worklist that leaves a volume out and one that says 0 ask the same of the robot.
    return Decimal(text or "0") if _NUMBER.fullmatch(text) else None
