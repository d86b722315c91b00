"""Levey-Jennings: the values of one control, by instrument and lot, against the mean and spread that were set for it.

The rules are Westgard's (Westgard JO and others, Clin Chem 1981;27:493-501). Which of them hold a run is site data;
here they are only told. Mean and standard deviation are set by a person from enough values; they are never taken from
the values that they judge.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise


class Westgard(StrEnum):
    """A rule that a value breaks, by its usual name."""

    ONE_2S = "1-2s"
    ONE_3S = "1-3s"
    TWO_2S = "2-2s"
    RANGE_4S = "R-4s"
    FOUR_1S = "4-1s"
    TEN_X = "10-x"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a control of one lot is expected to give: mean and standard deviation in ``unit``, and who says so."""

    mean: Decimal
    sd: Decimal
    unit: str
    source: str

    def __post_init__(self) -> None:
        if self.sd <= 0:
            raise ValueError("a control's values have a spread")


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a control.

    Attributes:
        at: when it was measured, aware UTC.
        value: the value, in the unit of what is expected.
        run: the run it stands in.
        z: how many standard deviations it lies from the mean.
        broken: the rules that it breaks, together with those before it.
    """

    at: datetime
    value: Decimal
    run: str
    z: Decimal
    broken: tuple[Westgard, ...]


def chart(values: Sequence[tuple[datetime, Decimal, str]], expected: Expected) -> tuple[Point, ...]:
    """The points of one control in the order of time: when, what and in which run each was measured."""
    ordered = sorted(values, key=lambda each: each[0])
    scores = [(value - expected.mean) / expected.sd for _, value, _ in ordered]
    return tuple(
        Point(at, value, run, scores[index], _broken(scores[: index + 1]))
        for index, (at, value, run) in enumerate(ordered)
    )


def _broken(scores: Sequence[Decimal]) -> tuple[Westgard, ...]:
    """The rules that the last of some scores breaks."""
    return tuple(rule for rule, breaks in _RULES.items() if breaks(scores))


def _beyond(scores: Sequence[Decimal], count: int, limit: int) -> bool:
    """Whether the last so many all lie beyond a limit, on one side."""
    last = scores[-count:]
    return len(last) == count and (all(z > limit for z in last) or all(z < -limit for z in last))


def _range_of_four(scores: Sequence[Decimal]) -> bool:
    return any(abs(last - before) > 4 and abs(last) > 2 and abs(before) > 2 for before, last in pairwise(scores[-2:]))


_RULES: dict[Westgard, Callable[[Sequence[Decimal]], bool]] = {
    Westgard.ONE_2S: lambda scores: abs(scores[-1]) > 2,
    Westgard.ONE_3S: lambda scores: abs(scores[-1]) > 3,
    Westgard.TWO_2S: lambda scores: _beyond(scores, 2, 2),
    Westgard.RANGE_4S: _range_of_four,
    Westgard.FOUR_1S: lambda scores: _beyond(scores, 4, 1),
    Westgard.TEN_X: lambda scores: _beyond(scores, 10, 0),
}
