"""The course of what was measured, week by week: by who extracted, by kit, and by who measured. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import NamedTuple


class By(StrEnum):
    """Whose or which course it is."""

    EXTRACTED = "who extracted"
    KIT = "kit"
    MEASURED = "who took the run in"


class Key(NamedTuple):
    """One line of a trend: by what, whose, and of which quantity by which sort of instrument."""

    by: By
    whose: str
    quantity: str


class Value(NamedTuple):
    """One plain number that was measured of one tube.

    Attributes:
        day: the laboratory's day on which its run was taken in.
        quantity: with the sort of instrument: absorbance and fluorescence are two courses.
        value: in ``unit``.
        failed: whether a rule said that it fails; none where no rule said anything.
    """

    day: date
    quantity: str
    value: Decimal
    unit: str
    failed: bool | None


@dataclass
class Week:
    """What was measured in one week: every value counts, also of a tube that was measured again."""

    values: list[Decimal] = field(default_factory=list)
    judged: int = 0
    failed: int = 0

    @property
    def median(self) -> Decimal:
        """The value in the middle; of an even number the mean of the two."""
        return Decimal(median(self.values))


class Trends:
    """What is counted while the readings go by."""

    def __init__(self) -> None:
        self.weeks: dict[Key, dict[date, Week]] = {}
        self.units: dict[str, str] = {}
        self.many = 0

    def add(self, one: Value, whose: Iterable[tuple[By, str]]) -> None:
        """Count a value once under each of whom or what it is of."""
        self.many += 1
        self.units[one.quantity] = one.unit
        for by, name in whose:
            weeks = self.weeks.setdefault(Key(by, name, one.quantity), {})
            week = weeks.setdefault(one.day - timedelta(days=one.day.weekday()), Week())
            week.values.append(one.value)
            week.judged += one.failed is not None
            week.failed += one.failed is True
