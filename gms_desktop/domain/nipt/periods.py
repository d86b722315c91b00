"""Months, and quarters of the NHS year, which begins in April: their first and last days, and how they are written."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"([0-9]{4})[-/]([0-9]{2})[- ]?Q([1-4])")


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period.

    Attributes:
        sort: ``month`` or ``quarter``.
        name: ``2026-10`` or ``2026-27 Q3``.
        first: its first day.
        last: its last day.
        number: of the quarter in the NHS year, 1 to 4; of the month in the calendar year, 1 to 12.
    """

    sort: str
    name: str
    first: date
    last: date
    number: int

    def holds(self, day: date | None) -> bool:
        """Whether a day is in the period; an unknown day is not."""
        return day is not None and self.first <= day <= self.last


def month(text: str) -> Period:
    """A month written as ``2026-10``.

    Raises:
        ValueError: when it is written in another way.
    """
    match = _MONTH.fullmatch(text.strip())
    if match is None or not int(match[1]):
        raise ValueError("a month is written as 2026-10")
    year, number = int(match[1]), int(match[2])
    last = calendar.monthrange(year, number)[1]
    return Period("month", f"{year:04}-{number:02}", date(year, number, 1), date(year, number, last), number)


def quarter(text: str) -> Period:
    """A quarter of the NHS year written as ``2026-27 Q3``: October to December 2026.

    Raises:
        ValueError: when it is written in another way, or the two years do not follow each other.
    """
    match = _QUARTER.fullmatch(text.strip().upper())
    if match is None or not int(match[1]) or int(match[1]) > 9990 or (int(match[1]) + 1) % 100 != int(match[2]):
        raise ValueError("a quarter is written as 2026-27 Q3")
    number = int(match[3])
    year, begins = (int(match[1]), 3 * number + 1) if number < 4 else (int(match[1]) + 1, 1)
    last = calendar.monthrange(year, begins + 2)[1]
    name = f"{match[1]}-{match[2]} Q{number}"
    return Period("quarter", name, date(year, begins, 1), date(year, begins + 2, last), number)


def month_before(day: date) -> Period:
    """The month before the one that a day is in: the newest one that is over."""
    return step(month(f"{day.year:04}-{day.month:02}"), -1)


def step(period: Period, months: int) -> Period:
    """A month so many months later, or earlier."""
    year, before = divmod(12 * period.first.year + period.first.month - 1 + months, 12)
    return month(f"{year:04}-{before + 1:02}")


def quarter_of(day: date) -> Period:
    """The quarter of the NHS year that a day is in."""
    number = (day.month - 1) // 3 or 4
    begins = day.year if day.month > 3 else day.year - 1
    return quarter(f"{begins:04}-{(begins + 1) % 100:02} Q{number}")
