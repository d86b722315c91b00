"""Dates as instruments write them: day and month are told apart by evidence, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from devices.measured import DateOrder, OwnTime

BY_FORM = "the year stands first"
BY_MONTH_NAME = "the month is a word"
BY_PROFILE = "what this instrument is known to write"
BY_NOTHING = "nothing in the file"
IN_CONFLICT = "the file's dates contradict each other"
NOT_READABLE = "not a date that is known here"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERED = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b", re.ASCII)
_YEAR_FIRST = re.compile(r"\b(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)", re.ASCII)
_WORDED = re.compile(
    r"\b(\d{1,2})[ ./-]+([A-Za-z]{3,9})\.?[ ,./-]+(\d{4})\b|\b([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})\b", re.ASCII
)
_TIME = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([AaPp])?\.?(?:[Mm]\.?)?(?![\d:])", re.ASCII)
_CENTURY = 2000


@dataclass(frozen=True)
class Order:
    """In which order a file writes its dates, and what decided it."""

    order: DateOrder
    decided_by: str


def order_of(texts: Iterable[str], known: Sequence[date] = (), profile: DateOrder | None = None) -> Order:
    """In which order the dates of one file are written.

    A number above 12 decides; so does a date that the file gives a second time in a form that leaves no doubt (its
    run id). Only then what a person said of this instrument counts. Evidence that contradicts itself decides nothing.

    Args:
        texts: every cell with a date.
        known: days that are certain from elsewhere in the file, or from its name.
        profile: what a person said once of this instrument, where one did.
    """
    pairs = [(int(found[1]), int(found[2]), found[3]) for text in texts if (found := _NUMBERED.search(text))]
    evidence = {each: why for pair in pairs for each, why in _shown(pair, known).items()}
    if len(evidence) == 1:
        return Order(*next(iter(evidence.items())))
    if evidence:
        return Order(DateOrder.UNDECIDED, IN_CONFLICT)
    return Order(profile, BY_PROFILE) if profile else Order(DateOrder.UNDECIDED, BY_NOTHING)


def _shown(pair: tuple[int, int, str], known: Sequence[date]) -> dict[DateOrder, str]:
    first, second, year = pair
    if first > 12 >= second:
        return {DateOrder.DAY_FIRST: "a day above 12 in this file"}
    if second > 12 >= first:
        return {DateOrder.MONTH_FIRST: "a day above 12 in this file"}
    if first == second:
        return {}
    for day in known:
        if _year(year) == day.year and {first, second} == {day.day, day.month}:
            order = DateOrder.DAY_FIRST if first == day.day else DateOrder.MONTH_FIRST
            return {order: f"the date {day.isoformat()} elsewhere in this file"}
    return {}


def _year(text: str) -> int:
    return int(text) + (_CENTURY if len(text) == 2 else 0)


def day_in(text: str) -> date | None:
    """A day written without doubt: the year first, or the month as a word. None for everything else."""
    if found := _YEAR_FIRST.search(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _WORDED.search(text):
        day, word, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        month = _MONTHS.index(word[:3].casefold()) + 1 if word[:3].casefold() in _MONTHS else 0
        return _day(int(year), month, int(day))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def own_time(text: str, order: Order) -> OwnTime | None:
    """A time as written, understood by the file's order of dates; None for an empty cell.

    Never a guess: without an order, or with a clock that makes no sense, ``local`` is None and the text is kept.
    """
    raw = text.strip()
    if not raw:
        return None
    if (day := day_in(raw)) is not None:
        by = BY_FORM if _YEAR_FIRST.search(raw) else BY_MONTH_NAME
        found = DateOrder.YEAR_FIRST if by == BY_FORM else DateOrder.DAY_FIRST
        return OwnTime(raw, _moment(day, raw), found, by)
    numbered = _NUMBERED.search(raw)
    if numbered is None:
        return OwnTime(raw, None, DateOrder.UNDECIDED, NOT_READABLE)
    first, second, year = int(numbered[1]), int(numbered[2]), _year(numbered[3])
    if order.order is DateOrder.UNDECIDED and first == second and (both := _day(year, first, second)):
        return OwnTime(raw, _moment(both, raw), DateOrder.DAY_FIRST, "day and month are the same number")
    if order.order is DateOrder.UNDECIDED:
        return OwnTime(raw, None, DateOrder.UNDECIDED, order.decided_by)
    in_order = _day(year, second, first) if order.order is DateOrder.DAY_FIRST else _day(year, first, second)
    return OwnTime(raw, _moment(in_order, raw) if in_order else None, order.order, order.decided_by)


def _moment(day: date, text: str) -> datetime | None:
    clock = _clock(text)
    return datetime.combine(day, clock) if clock is not None else None


def _clock(text: str) -> time | None:
    """The time of day; midnight where none is written. ``13:13:29 PM`` is thirteen minutes past one."""
    found = _TIME.search(text)
    if found is None:
        return time() if ":" not in text else None
    hour, half = int(found[1]), (found[4] or "").casefold()
    if half == "p" and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    try:
        return time(hour, int(found[2]), int(found[3] or 0))
    except ValueError:
        return None
