"""The table of a temperature logger: whatever its maker calls the columns, one with the time and one in °C.

Lines before the table (serial number, start, alarm limits) are passed over. Day and month are told apart by evidence in
the file, as with instruments; where nothing tells them apart, a time stands as the file writes it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal

from devices.instruments.dates import Order, order_of, own_time
from gms_desktop.domain import dates
from gms_desktop.domain.consignments.on_the_way import Reading
from gms_desktop.exchange.decoding import decode

MOST_BYTES = 20_000_000
_LOOK = 80
_TEMPERATURE = re.compile(r"temp|°\s*c\b|\bcelsius\b|\bdeg\.?\s*c\b|\(c\)", re.IGNORECASE)
_OTHER_UNIT = re.compile(r"°\s*f\b|fahrenheit|\(f\)|\bkelvin\b", re.IGNORECASE)
_TIME = re.compile(r"\bdate\b|\btime\b|datetime|timestamp|recorded at", re.IGNORECASE)
_NO_TIME = re.compile(r"elapsed|alarm", re.IGNORECASE)
_NO_READING = re.compile(r"alarm|limit|set.?point|dew|average|mean kinetic", re.IGNORECASE)
_NUMBER = re.compile(r"([+\-\u2212]?[0-9]+(?:[.,][0-9]+)?)\s*(?:°?\s*[Cc])?")


class NotALog(ValueError):
    """The file is no table of a temperature logger.

    Attributes:
        why: ``not-text``, ``no-table``, ``unit`` or ``empty``.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read(content: bytes) -> tuple[Reading, ...]:
    """Every reading, in the order of the file; of several channels each is one.

    Raises:
        NotALog: for anything else.
    """
    decoded = decode(content, MOST_BYTES)
    if any(problem.blocks for problem in decoded.problems):
        raise NotALog("not-text")
    rows = _rows(decoded.text)
    at, times, channels = _table(rows)
    below = [row for row in rows[at + 1 :] if any(cell.strip() for cell in row)]
    written = [_when(row, times) for row in below]
    order = order_of(written)
    readings = tuple(
        Reading(_shown(when, order), _value(row, channel))
        for row, when in zip(below, written, strict=True)
        for channel in channels
        if when
    )
    if not readings:
        raise NotALog("empty")
    return readings


def _rows(text: str) -> list[list[str]]:
    lines = text.splitlines()
    delimiter = max(",;\t", key=lambda one: sum(line.count(one) for line in lines[:_LOOK]))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as fault:
        raise NotALog("no-table") from fault


def _table(rows: Sequence[Sequence[str]]) -> tuple[int, list[int], list[int]]:
    """Where the headings stand, the columns that make a time, and those with a temperature."""
    for place, row in enumerate(rows[:_LOOK]):
        times = [at for at, cell in enumerate(row) if _TIME.search(cell) and not _NO_TIME.search(cell)]
        named = [at for at, cell in enumerate(row) if _TEMPERATURE.search(cell) and at not in times]
        channels = [at for at in named if not _NO_READING.search(row[at])]
        if times and channels:
            if any(_OTHER_UNIT.search(row[at]) for at in channels):
                raise NotALog("unit")
            return place, times, channels
        if times and any(_OTHER_UNIT.search(cell) for cell in row):
            raise NotALog("unit")
    raise NotALog("no-table")


def _when(row: Sequence[str], times: Sequence[int]) -> str:
    return " ".join(row[at].strip() for at in times if at < len(row)).strip()


def _shown(written: str, order: Order) -> str:
    found = own_time(written, order)
    return dates.display_minute(found.local) if found is not None and found.local is not None else written


def _value(row: Sequence[str], channel: int) -> Decimal | None:
    found = _NUMBER.fullmatch(row[channel].strip()) if channel < len(row) else None
    return Decimal(found[1].replace(",", ".").replace("\u2212", "-")) if found else None
