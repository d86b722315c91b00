"""Tecan worklists (GWL): aspirate, dispense, wash; positions 1 to 96 down the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import count

from gms_desktop.domain.racks.wells import Shape
from gms_desktop.exchange.worklists.settings import Diluent, Tecan
from gms_desktop.exchange.worklists.transfers import PLATE_96, Told, Transfer, WorklistError, check_plan, proved

CARRIED = ("source", "source_well", "source_type", "code", "target", "target_well", "target_type", "volume_ul")
NO_DILUENT = "the rule set worklists does not say where diluent stands for a Tecan"
_TOLD = ("B", "C", "W", "WD", "F", "S")
"""Lines that move no liquid from one well to another."""


def write(transfers: Sequence[Transfer], how: Tecan, shape: Shape = PLATE_96, said: Sequence[str] = ()) -> bytes:
    """A worklist, read back and compared with the plan. Diluent goes into a well before what it dilutes.

    Args:
        transfers: the plan.
        how: what the laboratory's Tecan wants.
        shape: of racks and plates.
        said: what a person who opens it should read, a comment each.

    Raises:
        WorklistError: when the plan cannot be written, or the text would say something else.
    """
    check_plan(transfers, shape)
    diluted = [one for one in transfers if one.diluent_ul]
    if diluted and how.diluent is None:
        raise WorklistError([NO_DILUENT])
    if how.diluent is not None and any(one.source == how.diluent.label for one in transfers):
        raise WorklistError([f"a rack is called {how.diluent.label}, as the diluent is"])
    lines = [f"C;{' '.join(one.replace(';', ',').split())}" for one in said]
    turn = count()
    lines += [line for one in transfers for line in _lines(one, how, shape, turn)]
    content = "".join(f"{line}\r\n" for line in lines).encode("ascii", "backslashreplace")
    fields = (*CARRIED, "diluent_ul") if diluted else CARRIED
    return proved(content, partial(read, shape=shape, diluent=how.diluent), transfers, fields)


def read(content: bytes, shape: Shape = PLATE_96, diluent: Diluent | None = None) -> list[Told]:
    """The transfers of a worklist: each aspiration with the dispense that follows it.

    Args:
        content: the worklist.
        shape: of racks and plates.
        diluent: where diluent stands: what is taken from there belongs to the next transfer into that well.

    Raises:
        WorklistError: when a line is not understood, liquid is taken up and not put down, or diluent is put into a well
            that nothing is put into next.
    """
    told: list[Told] = []
    taken: list[str] | None = None
    before: Told | None = None
    for number, line in enumerate(content.decode("ascii").splitlines(), start=1):
        kind, *cells = line.split(";")
        if kind == "A" and taken is None:
            taken = cells
        elif kind == "D" and taken is not None:
            if diluent is not None and taken[0] == diluent.label:
                before = _once(number, before, _told(number, [*taken[:3], "1", *taken[4:]], cells, shape))
            else:
                told.append(_with(number, before, _told(number, taken, cells, shape)))
                before = None
            taken = None
        elif kind not in _TOLD and line:
            raise WorklistError([f"line {number} is not understood: {line}"])
    if taken is not None or before is not None:
        raise WorklistError(["liquid is taken up and not put down"])
    return told


def _once(number: int, before: Told | None, now: Told) -> Told:
    if before is not None:
        raise WorklistError([f"line {number}: diluent twice"])
    return now


def _with(number: int, before: Told | None, now: Told) -> Told:
    """A transfer with the diluent that was put into its well before it."""
    if before is None:
        return now
    if (before["target"], before["target_well"]) != (now["target"], now["target_well"]):
        raise WorklistError([f"line {number}: diluent is put into another well"])
    return {**now, "diluent_ul": before["volume_ul"]}


def _lines(one: Transfer, how: Tecan, shape: Shape, turn: Iterator[int]) -> Iterator[str]:
    target = (one.target, one.target_type, shape.order(one.target_well) + 1, "")
    if one.diluent_ul and how.diluent is not None:
        of = how.diluent
        yield _step("A", of.label, of.type, next(turn) % of.positions + 1, "", _volume(one.diluent_ul), of.liquid_class)
        yield _step("D", *target, _volume(one.diluent_ul), of.liquid_class)
        if how.wash:
            yield "W;"
    volume = _volume(one.volume_ul or Decimal(0))
    yield _step("A", one.source, one.source_type, shape.order(one.source_well) + 1, one.code, volume, how.liquid_class)
    yield _step("D", *target, volume, how.liquid_class)
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
