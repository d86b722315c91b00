"""When somebody is on duty at a laboratory, and when the next shift begins. Pure rules, by the clock on the wall."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# A roster may be closed for a whole year's holidays and still have a next shift.
_LOOK_AHEAD = 400
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class StaffedHours:
    """A shift of the week.

    Attributes:
        words: what it is called.
        weekday: the day on which it begins, Monday 0.
        begins: local time.
        ends: local time; at or before ``begins`` it is on the day after.
    """

    words: str
    weekday: int
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Shifts:
    """The shifts of a week, and the days on which none begins."""

    hours: tuple[StaffedHours, ...]
    closed: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift on one day, by the clock on the wall (naive)."""

    words: str
    begins: datetime
    ends: datetime


def shifts_of(shifts: Shifts, day: date) -> tuple[Shift, ...]:
    """The shifts that begin on a day, the earliest first."""
    if day in shifts.closed:
        return ()
    made = (_on(hours, day) for hours in shifts.hours if hours.weekday == day.weekday())
    return tuple(sorted(made, key=lambda one: (one.begins, one.ends)))


def next_staffed(shifts: Shifts, now: datetime) -> Shift | None:
    """The next shift that begins after now; None where the roster knows of none within 400 days.

    Args:
        shifts: the laboratory's.
        now: the time as the laboratory's clock on the wall shows it, naive.

    Raises:
        ValueError: for an aware time.
    """
    _check_wall(now)
    days = (now.date() + timedelta(days=ahead) for ahead in range(_LOOK_AHEAD))
    return next((one for day in days for one in shifts_of(shifts, day) if one.begins > now), None)


def on_duty(shifts: Shifts, now: datetime) -> Shift | None:
    """The shift that is on now, the one that began last where several are; None where nobody is on duty.

    Raises:
        ValueError: for an aware time.
    """
    _check_wall(now)
    today = now.date()
    begun = [one for day in (today - timedelta(days=1), today) for one in shifts_of(shifts, day)]
    return next((one for one in reversed(begun) if one.begins <= now < one.ends), None)


def read_shifts(text: str) -> Shifts:
    """The laboratory's shifts.

    Args:
        text: TOML as in ``resources/rules/shifts.toml``.

    Raises:
        ValueError: when there is no shift, a day is none of the week, or a time is not written as ``08:00``.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    hours = []
    for one in said["shift"]:
        begins, ends = _time(one["begins"]), _time(one["ends"])
        hours += [StaffedHours(str(one["words"]), WEEKDAYS.index(day), begins, ends) for day in one["days"]]
    if not hours:
        raise ValueError("a laboratory has at least one shift")
    return Shifts(tuple(hours), frozenset(date.fromisoformat(day) for day in said.get("closed", ())))


def _time(text: str) -> time:
    if not _TIME.fullmatch(text):
        raise ValueError(f"{text} is no time of day such as 08:00")
    return time.fromisoformat(text)


def _on(hours: StaffedHours, day: date) -> Shift:
    begins, ends = datetime.combine(day, hours.begins), datetime.combine(day, hours.ends)
    return Shift(hours.words, begins, ends if ends > begins else ends + timedelta(days=1))


def _check_wall(now: datetime) -> None:
    if now.tzinfo is not None:
        raise ValueError("a time on the wall has no zone of its own")
