"""How long a specimen took to each stage of its work, counted from its actual receipt. Pure rules.

Three calendars bear on it: the days of the week on which a laboratory is open, the cover of weekends (days on which a
shift begins all the same), and bank holidays. Nothing is counted over a day that no loaded calendar answers for.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from gms_desktop.domain.calendars import Calendar
from gms_desktop.domain.shifts import Shifts

STAGES = ("accepted", "extracted", "measured", "plated", "sent")
_LONGEST = 400


class Counted(StrEnum):
    """Which days are counted."""

    CALENDAR = "calendar days"
    OPENING = "opening days"
    COVER = "opening days and weekend cover"


@dataclass(frozen=True, slots=True)
class Category:
    """A row of the rule set.

    Attributes:
        words: what it is called.
        days: the last day that is in time; the day of receipt is day 0.
        counted: which days are counted.
        effective: from which day of receipt on it holds.
        source: where it comes from.
        tests: codes of the tests that it is for.
    """

    words: str
    days: int
    counted: Counted
    effective: date
    source: str
    tests: tuple[str, ...] = ()

    def holds_for(self, test: str) -> bool:
        """Whether a test is one of this category: ``M84`` stands for each ``M84.1``."""
        return any(test == code or test.startswith(f"{code}.") for code in self.tests)


@dataclass(frozen=True, slots=True)
class Days:
    """Counts days by the three calendars."""

    opening: Calendar
    cover: Calendar

    def between(self, counted: Counted, received: date, reached: date) -> int:
        """How many days after the day of receipt something happened.

        Raises:
            CalendarNotLoaded: when either day is one that the calendar does not answer for.
            ValueError: when it happened before the receipt.
        """
        if counted is Counted.CALENDAR:
            if reached < received:
                raise ValueError("day 0 is after the day that is counted to")
            return (reached - received).days
        calendar = self.opening if counted is Counted.OPENING else self.cover
        return calendar.working_days_after(received, reached)


def days_of(opening: Calendar, shifts: Shifts) -> Days:
    """The calendars of a laboratory: weekend cover adds the days on which a shift begins, less those it is closed."""
    worked = opening.worked | {hours.weekday for hours in shifts.hours}
    closed = {day for day in shifts.closed if opening.since <= day <= opening.until and day.weekday() in worked}
    return Days(opening, replace(opening, worked=worked, holidays=tuple(sorted({*opening.holidays, *closed}))))


def category_of(categories: Iterable[Category], test: str | None, received: date) -> Category | None:
    """The category of a test on a day of receipt: of several that are in effect the one that began last."""
    found = [one for one in categories if test and one.effective <= received and one.holds_for(test)]
    return max(found, key=lambda one: one.effective, default=None)


@dataclass(frozen=True, slots=True)
class Took:
    """One stage in figures.

    Attributes:
        stage: of :data:`STAGES`.
        reached: how many specimens reached it.
        median: days from receipt that half of them took at most; None where none reached it.
        longest: the most days.
        within: for each limit, how many reached the stage within so many days.
    """

    stage: str
    reached: int
    median: int | None
    longest: int | None
    within: tuple[int, ...]


def by_stage(days: Mapping[str, Sequence[int]], limits: Sequence[int]) -> tuple[Took, ...]:
    """Each stage in figures, in the order of the work.

    Args:
        days: for each stage, the days that each specimen took to it.
        limits: the limits in days.
    """
    return tuple(_took(stage, sorted(days.get(stage, ())), limits) for stage in STAGES)


def _took(stage: str, days: Sequence[int], limits: Sequence[int]) -> Took:
    within = tuple(bisect_right(days, limit) for limit in limits)
    if not days:
        return Took(stage, 0, None, None, within)
    return Took(stage, len(days), days[(len(days) - 1) // 2], days[-1], within)


def read_turnaround(text: str) -> tuple[Category, ...]:
    """The categories of a laboratory.

    Args:
        text: TOML as in ``resources/rules/turnaround.toml``.

    Raises:
        ValueError: when there is no category, days are none, a day cannot be read, or two rows say the same.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    found = tuple(_category(one) for one in tomllib.loads(text)["category"])
    if not found or len({(one.words, one.effective) for one in found}) != len(found):
        raise ValueError("there is at least one category, and each stands once for each day from which it holds")
    return found


def _category(said: Mapping[str, object]) -> Category:
    days, tests = said["days"], said.get("tests", [])
    if not isinstance(days, int) or not isinstance(tests, list):
        raise TypeError("days are a whole number, tests a list of codes")
    if isinstance(days, bool) or not 1 <= days <= _LONGEST:
        raise ValueError(f"days are from 1 to {_LONGEST}")
    words, source = str(said["words"]).strip(), str(said["source"]).strip()
    if not words or not source:
        raise ValueError("each category has its name and says where it comes from")
    effective = date.fromisoformat(str(said["effective"]))
    return Category(words, days, Counted(str(said["counted"])), effective, source, tuple(map(str, tests)))
