"""When it really happened, as a paper form says it: the words, how exactly, and where that stands in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from gms_desktop import downtime_words
from gms_desktop.domain import dates
from gms_desktop.domain.dates import Precision, Which, WrittenDate
from gms_desktop.domain.minting import instant
from gms_desktop.services.finding_words import sentence

_WHICH = {"before": Which.BEFORE, "after": Which.AFTER}


@dataclass(frozen=True)
class Happened:
    """A time of the outage.

    Attributes:
        words: as the form has it; empty or "unknown" where nobody wrote it down.
        precision: ``minute``, ``day`` or ``unknown``.
        at: UTC text for a minute, the ISO day for a day, else None.
        problem: why it cannot be taken, in words; empty when it can.
        ask_hour: the hour came twice: which one is meant must be said.
    """

    words: str
    precision: str
    at: str | None = None
    problem: str = ""
    ask_hour: bool = False


def happened(said: str, which: str, now: datetime, printed: datetime, time_zone: str) -> Happened:
    """Read when something really happened.

    Args:
        said: the words of the form; only a day, a day with a time, or "unknown".
        which: ``before`` or ``after`` the clocks went back, for October's repeated hour; else empty.
        now: the moment of entry: nothing happened later.
        printed: when the number was printed: nothing happened under it earlier.
        time_zone: the laboratory's.
    """
    words = said.strip()
    today = dates.to_local(now, time_zone).date()
    read = dates.collection_time(words, today)
    if read.findings:
        return Happened(words, Precision.UNKNOWN.value, problem=sentence(read.findings[0]))
    if read.on is None:
        return Happened(words, Precision.UNKNOWN.value)
    if read.precision is Precision.DAY:
        return _day(words, read.on, printed, time_zone)
    return _minute(words, read, _WHICH.get(which), now, printed, time_zone)


def _day(words: str, on: date, printed: datetime, time_zone: str) -> Happened:
    local = dates.to_local(printed, time_zone)
    if on < local.date():
        return Happened(words, Precision.DAY.value, problem=_before(local))
    return Happened(words, Precision.DAY.value, on.isoformat())


def _minute(
    words: str, read: WrittenDate, which: Which | None, now: datetime, printed: datetime, time_zone: str
) -> Happened:
    placed = dates.instant(read, time_zone, which)
    repeated = read.offset is None and any(
        one.code == dates.REPEATED_HOUR for one in dates.instant(read, time_zone).findings
    )
    if placed.utc is None:
        return Happened(words, Precision.MINUTE.value, problem=sentence(placed.findings[0]), ask_hour=repeated)
    at = placed.utc.astimezone(UTC)
    problem = ""
    if at > now:
        problem = downtime_words.LATER_THAN_NOW
    elif at < printed.replace(second=0, microsecond=0):
        problem = _before(dates.to_local(printed, time_zone))
    return Happened(words, Precision.MINUTE.value, instant(at), problem, repeated)


def _before(printed: datetime) -> str:
    return downtime_words.before_printing(dates.display_minute(printed))


def shown(precision: str | None, at: str | None, time_zone: str) -> str:
    """A stored time of the outage as screens and reports show it."""
    if not at:
        return "unknown"
    if precision == Precision.DAY:
        return dates.display(date.fromisoformat(at))
    return dates.display_minute(dates.to_local(datetime.fromisoformat(at), time_zone))
