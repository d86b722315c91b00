"""A birth date from its writing, only when the writing leaves no doubt."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_COMPACT = re.compile(r"((?:18|19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?: 00:00(?::00)?)?", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})[ /-]([A-Za-z]{3,9})[ /-](\d{4})", re.ASCII)
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


class DateOrder(StrEnum):
    """Which number comes first in ``03/04/1978``. Unstated: such a date stays as written."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNSTATED = "unstated"


class DateDoubtError(ValueError):
    """The writing is no certain date. ``reason_code`` is one of ``problem_words``."""

    def __init__(self, reason_code: str) -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code


def iso_birth_date(text: str, order: DateOrder = DateOrder.UNSTATED) -> str:
    """Read a birth date.

    Args:
        text: the date as written, outer spaces removed.
        order: what the file is known to mean by two numbers in front of a year.

    Returns:
        ``YYYY-MM-DD``.

    Raises:
        DateDoubtError: the order of day and month is open, there is no such day, or it is not a date in full.
    """
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _real(int(found[1]), int(found[2]), int(found[3]))
    if found := _WORDS.fullmatch(text):
        return _real(int(found[3]), _month(found[2]), int(found[1]))
    if found := _NUMBERS.fullmatch(text):
        return _ordered(int(found[1]), int(found[3]), int(found[4]), order)
    raise DateDoubtError("date-unclear")


def _real(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise DateDoubtError("date-not-real") from None


def _month(word: str) -> int:
    numbers = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(word.lower())]
    if len(numbers) != 1:
        raise DateDoubtError("date-unclear")
    return numbers[0]


def _ordered(first: int, second: int, year: int, order: DateOrder) -> str:
    if order is DateOrder.MONTH_FIRST:
        return _real(year, first, second)
    if order is DateOrder.DAY_FIRST or first > 12 or first == second:
        return _real(year, second, first)
    if second > 12:
        return _real(year, first, second)
    raise DateDoubtError("date-order-open")
