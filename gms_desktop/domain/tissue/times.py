"""Times of a piece of tissue: acquired, into formalin, out of formalin; hours in it, and the days since acquisition.

Histopathology and genomics together are due 7 days (urgent), 14 (routine) or 28 (future decision) after the sample was
acquired (service specification line 909): from acquisition, not from receipt. A time that is stated to the day only
gives hours from and to; a time that is not stated gives none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import combinations


class Urgency(StrEnum):
    """How soon the result is needed."""

    URGENT = "urgent"
    ROUTINE = "routine"
    FUTURE = "future decision"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened: between two moments in aware UTC, the same where it is known to the minute."""

    earliest: datetime
    latest: datetime

    def __post_init__(self) -> None:
        """See that both are aware and in order.

        Raises:
            ValueError: otherwise.
        """
        if self.earliest.tzinfo is None or self.latest.tzinfo is None or self.latest < self.earliest:
            raise ValueError("a moment is aware, and does not end before it begins")


@dataclass(frozen=True, slots=True)
class Times:
    """What is known of a piece; None for what nobody stated."""

    acquired: Moment | None = None
    into_formalin: Moment | None = None
    out_of_formalin: Moment | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """A length of time that is known to lie between two, in hours to one place."""

    least: Decimal
    most: Decimal

    @property
    def words(self) -> str:
        """As a screen says it."""
        return f"{self.least} h" if self.least == self.most else f"{self.least} to {self.most} h"


class Standing(StrEnum):
    """How hours stand to a range."""

    UNKNOWN = "not stated"
    NO_RULE = "no rule"
    WITHIN = "within"
    BELOW = "shorter"
    ABOVE = "longer"
    PERHAPS = "perhaps outside"


class OutOfOrder(ValueError):
    """Times that cannot both be true: the later named first. The text says which two."""


_HOUR = Decimal(3600)
_TENTH = Decimal("0.1")


def check_order(times: Times) -> None:
    """See that acquisition, into and out of formalin could have come one after the other.

    Raises:
        OutOfOrder: one is certainly before what it follows.
    """
    told = (
        ("it was taken from the patient", times.acquired),
        ("into formalin", times.into_formalin),
        ("out of formalin", times.out_of_formalin),
    )
    known = [(words, moment) for words, moment in told if moment is not None]
    for (first, one), (second, other) in combinations(known, 2):
        if other.latest < one.earliest:
            raise OutOfOrder(f"{second} is before {first}")


def between(start: Moment | None, end: Moment | None) -> Hours | None:
    """Hours from one moment to another; None where either is not stated. Never less than nothing."""
    if start is None or end is None:
        return None
    return Hours(_hours(end.earliest - start.latest), _hours(end.latest - start.earliest))


def fixation(times: Times) -> Hours | None:
    """Hours in formalin."""
    return between(times.into_formalin, times.out_of_formalin)


def before_formalin(times: Times) -> Hours | None:
    """Hours from acquisition until it went into formalin, in which nucleic acids decay at their quickest."""
    return between(times.acquired, times.into_formalin)


def standing(hours: Hours | None, least: Decimal | None, most: Decimal | None) -> Standing:
    """How hours stand to a laboratory's range; a range with no end is no rule."""
    if least is None and most is None:
        return Standing.NO_RULE
    if hours is None:
        return Standing.UNKNOWN
    if least is not None and hours.most < least:
        return Standing.BELOW
    if most is not None and hours.least > most:
        return Standing.ABOVE
    outside = (least is not None and hours.least < least) or (most is not None and hours.most > most)
    return Standing.PERHAPS if outside else Standing.WITHIN


def due(acquired: date | None, days: int) -> date | None:
    """The day on which histopathology and genomics together are due; None where acquisition is not stated."""
    return acquired + timedelta(days=days) if acquired else None


def _hours(length: timedelta) -> Decimal:
    seconds = Decimal(max(0, int(length.total_seconds())))
    return (seconds / _HOUR).quantize(_TENTH, ROUND_HALF_UP)
