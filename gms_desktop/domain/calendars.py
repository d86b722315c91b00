"""Working days: the days of the week that are worked, less the bank holidays that are loaded. Pure rules.

The service specification counts in working days (line 2059) and does not say what one is. A calendar answers for the
days it was made for and for no other: an answer about a year whose holidays nobody knows yet would be a guess.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gms_desktop.domain.shifts import WEEKDAYS

_ONE_DAY = timedelta(days=1)


class CalendarNotLoaded(LookupError):
    """A day that no loaded calendar answers for.

    Attributes:
        day: the day that was asked for.
        since: the first day that is loaded.
        until: the last one.
    """

    def __init__(self, day: date, since: date, until: date) -> None:
        super().__init__(f"calendar not loaded for {day.isoformat()}: it goes from {since} to {until}")
        self.day, self.since, self.until = day, since, until


@dataclass(frozen=True, slots=True)
class Calendar:
    """A laboratory's working days.

    Attributes:
        version: of the list of holidays.
        since: the first day that the list is complete for.
        until: the last one.
        worked: days of the week that are worked, Monday 0.
        holidays: days on which nobody works although the day of the week is worked, in order.
        source: where the list comes from.
    """

    version: str
    since: date
    until: date
    worked: frozenset[int]
    holidays: tuple[date, ...]
    source: str = ""

    def check(self, day: date) -> None:
        """See that a day is one that this calendar answers for.

        Raises:
            CalendarNotLoaded: for any other day.
        """
        if not self.since <= day <= self.until:
            raise CalendarNotLoaded(day, self.since, self.until)

    def is_working_day(self, day: date) -> bool:
        """Whether a day is worked.

        Raises:
            CalendarNotLoaded: for a day before the calendar begins or after it ends.
        """
        self.check(day)
        return day.weekday() in self.worked and not self._holidays_between(day, day)

    def working_days_after(self, start: date, end: date) -> int:
        """How many working days there are after ``start``, which is day 0, up to and including ``end``.

        Raises:
            CalendarNotLoaded: when either day is one that the calendar does not answer for.
            ValueError: when ``end`` is before ``start``.
        """
        self.check(start)
        self.check(end)
        if end < start:
            raise ValueError("day 0 is after the day that is counted to")
        weeks, rest = divmod((end - start).days, 7)
        odd = sum((start + _ONE_DAY * ahead).weekday() in self.worked for ahead in range(1, rest + 1))
        return weeks * len(self.worked) + odd - self._holidays_between(start + _ONE_DAY, end)

    def working_days(self, start: date, end: date) -> Iterator[date]:
        """The working days from ``start`` to ``end``, both included.

        Raises:
            CalendarNotLoaded: at the first day that the calendar does not answer for.
        """
        days = (start + _ONE_DAY * ahead for ahead in range((end - start).days + 1))
        return (day for day in days if self.is_working_day(day))

    def _holidays_between(self, first: date, last: date) -> int:
        return bisect_right(self.holidays, last) - bisect_left(self.holidays, first)


def read_calendar(text: str) -> Calendar:
    """The working days of a laboratory.

    Args:
        text: TOML as in ``resources/reference/bank-holidays.toml``.

    Raises:
        ValueError: when a day cannot be read, stands outside the span or twice, or no day of the week is worked.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    since, until = (date.fromisoformat(str(said[name])) for name in ("since", "until"))
    worked = frozenset(WEEKDAYS.index(day) for day in said["worked"])
    days = sorted(date.fromisoformat(str(one["day"])) for one in said["holiday"])
    if not worked or until < since:
        raise ValueError("a calendar has at least one day of the week that is worked, and ends after it begins")
    if len(set(days)) != len(days) or any(not since <= day <= until for day in days):
        raise ValueError("a holiday stands once, from the first day of the calendar to its last")
    counted = tuple(day for day in days if day.weekday() in worked)
    return Calendar(str(said["version"]), since, until, worked, counted, str(said.get("source", "")))
