"""Tecan worklists (GWL): aspirate, dispense, wash; positions 1 to 96 down the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from gms_desktop.domain.racks.wells import Shape
from gms_desktop.exchange.worklists.settings import Tecan
from gms_desktop.exchange.worklists.transfers import PLATE_96, Told, Transfer, WorklistError, check_plan, proved

CARRIED = ("source", "source_well", "source_type", "code", "target", "target_well", "target_type", "volume_ul")
_TOLD = ("B", "C", "W", "WD", "F", "S")
"""Lines that move no liquid from one well to another."""


def write(transfers: Sequence[Transfer], how: Tecan, shape: Shape = PLATE_96) -> bytes:
    """A worklist, read back and compared with the plan.

    Raises:
        WorklistError: when the plan cannot be written, or the text would say something else.
    """
    check_plan(transfers, shape)
    wrong = [f"{one.code}: diluent is pipetted by a worklist of its own" for one in transfers if one.diluent_ul]
    if wrong:
        raise WorklistError(wrong)
    lines = [line for one in transfers for line in _lines(one, how, shape)]
    content = "".join(f"{line}\r\n" for line in lines).encode("ascii", "backslashreplace")
    return proved(content, partial(read, shape=shape), transfers, CARRIED)


def read(content: bytes, shape: Shape = PLATE_96) -> list[Told]:
    """The transfers of a worklist: each aspiration with the dispense that follows it.

    Raises:
        WorklistError: when a line is not understood, or liquid is taken up and not put down.
    """
    told: list[Told] = []
    taken: list[str] | None = None
    for number, line in enumerate(content.decode("ascii").splitlines(), start=1):
        kind, *cells = line.split(";")
        if kind == "A" and taken is None:
            taken = cells
        elif kind == "D" and taken is not None:
            told.append(_told(number, taken, cells, shape))
            taken = None
        elif kind not in _TOLD and line:
            raise WorklistError([f"line {number} is not understood: {line}"])
    if taken is not None:
        raise WorklistError(["liquid is taken up and not put down"])
    return told


def _lines(one: Transfer, how: Tecan, shape: Shape) -> Iterator[str]:
    volume = _volume(one.volume_ul or Decimal(0))
    yield _step("A", one.source, one.source_type, shape.order(one.source_well) + 1, one.code, volume, how.liquid_class)
    yield _step("D", one.target, one.target_type, shape.order(one.target_well) + 1, "", volume, how.liquid_class)
    if how.wash:
        yield "W;"


def _step(kind: str, label: str, type_: str, position: int, tube: str, volume: str, liquid: str) -> str:
    said = f"{kind};{label};;{type_};{position};{tube};{volume}"
    return f"{said};{liquid};;" if liquid else said


def _volume(volume: Decimal) -> str:
    text = f"{volume:f}"
    return text if "." in text else f"{text}.0"


def _told(number: int, taken: Sequence[str], put: Sequence[str], shape: Shape) -> Told:
    if min(len(taken), len(put)) < 6 or taken[5] != put[5]:
        raise WorklistError([f"line {number}: what is put down is not what was taken up"])
    return {
        "source": taken[0],
        "source_type": taken[2],
        "source_well": _well(taken[3], shape),
        "code": taken[4],
        "target": put[0],
        "target_type": put[2],
        "target_well": _well(put[3], shape),
        "volume_ul": put[5],
    }


def _well(position: str, shape: Shape) -> str:
    if not (position.isascii() and position.isdigit() and 1 <= int(position) <= shape.size):
        raise WorklistError([f"there is no position {position}"])
    return shape.wells[int(position) - 1]
