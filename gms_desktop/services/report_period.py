"""The period of a report: the days that a person typed, as moments of the laboratory's own day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gms_desktop.domain import dates

_FIRST = "Enter the first day as day, month in letters, year: 01-Nov-2026."
_LAST = "Enter the last day as day, month in letters, year: 30-Nov-2026."
_ORDER = "The first day is after the last. Exchange them."


@dataclass(frozen=True)
class Period:
    """From the day ``first`` to the day ``last``, both included; ``since`` and ``until`` are UTC text."""

    first: date
    last: date
    since: str
    until: str


def period(start: str, end: str, today: date, time_zone: str) -> Period | tuple[str, ...]:
    """The period of what was typed (nothing: this month so far), or why there is none."""
    if not start and not end:
        return _whole(today.replace(day=1), today, time_zone)
    first, last = (dates.birth_date(text, date.max).on if text else None for text in (start, end))
    if first and last and first <= last:
        return _whole(first, last, time_zone)
    missing = [said for day, said in ((first, _FIRST), (last, _LAST)) if day is None]
    return tuple(missing) or (_ORDER,)


def _whole(first: date, last: date, time_zone: str) -> Period:
    return Period(first, last, utc(first, time_zone), utc(last + timedelta(days=1), time_zone))


def utc(day: date, time_zone: str) -> str:
    """When a day begins on the laboratory's wall clock, as UTC text."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (the laboratory's wall clock)
    moment = dates.to_utc(midnight, time_zone).utc or datetime(day.year, day.month, day.day, tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
