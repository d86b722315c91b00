"""What a limit says of a cell that an instrument wrote: only what is certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from devices.measured import Analyte, Measured, Quantity, Says
from gms_desktop.domain.readings.limits import Limit, Rule


class Word(StrEnum):
    """What is said of a value beside a limit."""

    MEETS = "meets"
    BELOW = "below minimum"
    ABOVE = "above maximum"
    NOT_MEASURED = "not measured"
    NOT_READABLE = "not readable"
    NO_RULE = "no rule"


FAILS = frozenset({Word.BELOW, Word.ABOVE})
_NOTHING = frozenset({Says.BLANK, Says.NOT_AVAILABLE})
_WORST = (Word.BELOW, Word.ABOVE, Word.NOT_READABLE, Word.NOT_MEASURED, Word.MEETS, Word.NO_RULE)


@dataclass(frozen=True)
class Volume:
    """How much there is of it, in uL."""

    value: Decimal
    raw: str


@dataclass(frozen=True)
class Judged:
    """One limit of one rule beside one cell."""

    rule: Rule
    limit: Limit
    word: Word
    cell: Quantity | None = None


def judge(limit: Limit, cell: Quantity | None) -> Word:
    """What a limit says of a cell. ``<`` and ``>`` are judged only where every value they leave open is alike."""
    if cell is None or cell.says in _NOTHING:
        return Word.NOT_MEASURED
    if cell.value is None or cell.unit != limit.unit:
        return Word.NOT_READABLE
    low, high, value = limit.minimum, limit.maximum, cell.value
    if cell.says is Says.BELOW:
        if low is not None:
            return Word.BELOW if value <= low else Word.NOT_READABLE
        return Word.MEETS if high is None or value <= high else Word.NOT_READABLE
    if cell.says is Says.ABOVE:
        if high is not None:
            return Word.ABOVE if value >= high else Word.NOT_READABLE
        return Word.MEETS if low is None or value >= low else Word.NOT_READABLE
    if low is not None and value < low:
        return Word.BELOW
    return Word.ABOVE if high is not None and value > high else Word.MEETS


def judged(rules: Iterable[Rule], one: Measured, names: tuple[str, ...], volume: Volume | None) -> tuple[Judged, ...]:
    """What the rules say of what was measured of one position: the limits whose quantity it has a cell for.

    Args:
        rules: those that are for the specimen.
        one: what was measured.
        names: the instrument and the assay: a limit is for one method or for any.
        volume: how much there is in the tube, for a limit of the total.
    """
    return tuple(
        Judged(rule, limit, judge(limit, cell), cell)
        for rule in rules
        for limit in rule.limits
        if limit.meant_by(*names)
        for cell in _cells(limit, one, volume)
    )


def worst(words: Iterable[Word]) -> Word:
    """The word that stands for all of them: one that fails is never hidden by one that meets."""
    return min(words, key=_WORST.index, default=Word.NO_RULE)


def _cells(limit: Limit, one: Measured, volume: Volume | None) -> Iterator[Quantity]:
    found = [each for each in one.quantities if each.analyte is limit.of and _same(each.part, limit.part)]
    if not found and limit.of is Analyte.TOTAL:
        found = [_total(each, volume) for each in one.quantities if each.analyte is Analyte.CONCENTRATION]
    yield from found


def _same(part: str, wanted: str) -> bool:
    return " ".join(part.split()).casefold() == " ".join(wanted.split()).casefold()


def _total(concentration: Quantity, volume: Volume | None) -> Quantity:
    """Concentration times volume; as open as the concentration is, and not measured without a volume."""
    parts = {"analyte": Analyte.TOTAL, "unit": "ng", "raw_unit": "", "column": "concentration x volume"}
    if volume is None:
        return Quantity(says=Says.NOT_AVAILABLE, value=None, raw="", **parts)  # type: ignore[arg-type]
    raw = f"{concentration.raw} {concentration.raw_unit} x {volume.raw} uL"
    value = None if concentration.value is None else concentration.value * volume.value
    return Quantity(says=concentration.says, value=value, raw=raw, **parts)  # type: ignore[arg-type]
