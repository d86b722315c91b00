"""Dates of birth and collection times as people and files write them: the words, what they say, how exactly, in UTC.

Taken: ISO 8601 (``1971-03-05``, ``2026-11-20T09:30``), day first as in Britain (``05/03/1971``), and the month by name
(``5-Mar-1971``). Month first and years of two digits are refused with a finding: they would be guesses.

A wall time is placed in UTC by the pinned ``tzdata`` package, never by the machine's own tables. October's repeated
hour has two answers, so it is asked; March's missing hour has none, so it is a finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from gms_desktop.domain.findings import WARN_ONLY, Finding, SeverityProfile

UNREADABLE = "date-unreadable"
INCOMPLETE = "date-incomplete"
MONTH_FIRST = "date-month-first"
TWO_DIGIT_YEAR = "date-two-digit-year"
SPREADSHEET = "date-spreadsheet-number"
NO_SUCH_DAY = "date-no-such-day"
NO_SUCH_TIME = "time-no-such-time"
FUTURE = "date-in-future"
BIRTH_TIME = "date-birth-time"
REPEATED_HOUR = "time-repeated-hour"
MISSING_HOUR = "time-missing-hour"
OUT_OF_RANGE = "time-out-of-range"
CODES = frozenset(
    {UNREADABLE, INCOMPLETE, MONTH_FIRST, TWO_DIGIT_YEAR, SPREADSHEET, NO_SUCH_DAY, NO_SUCH_TIME, FUTURE}
    | {BIRTH_TIME, REPEATED_HOUR, MISSING_HOUR, OUT_OF_RANGE}
)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NOT_STATED = frozenset({"", "unknown", "not known", "not stated", "nk"})

_TIME = r"(?:(?:T|,? +)(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})" + _TIME)
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})([/.-])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4})" + _TIME)
_NAMED = re.compile(r"(?P<day>[0-9]{1,2})[ -](?P<month>[A-Za-z]{3,9})[ -](?P<year>[0-9]{4})" + _TIME)
_REFUSED = (
    (SPREADSHEET, re.compile(r"[0-9]{4,5}\.[0-9]+|[0-9]{5}")),
    (INCOMPLETE, re.compile(r"[0-9]{4}|[0-9]{4}-[0-9]{2}|[0-9]{1,2}/[0-9]{4}|[A-Za-z]{3,9}[ -][0-9]{4}")),
    (MONTH_FIRST, re.compile(r"[A-Za-z]{3,9}[ -][0-9]{1,2},?[ -][0-9]{4}.*", re.DOTALL)),
    (TWO_DIGIT_YEAR, re.compile(r"[0-9]{1,2}([/. -])([0-9]{1,2}|[A-Za-z]{3,9})\1[0-9]{2}([T ,].*)?", re.DOTALL)),
)

_ZONE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z][A-Za-z0-9_+-]*)*")


class Precision(StrEnum):
    """How exactly a time is stated."""

    DAY = "day"
    MINUTE = "minute"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class WrittenDate:
    """A date or time as it was written. It may be a birth date, so it never shows in a ``repr``.

    Attributes:
        words: the text as it came.
        precision: ``unknown`` when nothing, or nothing usable, is stated.
        on: the day, or ``None`` when unknown or refused.
        at: the local wall time, when one is stated.
        offset: the offset from UTC, when the text states one (``Z``, ``+01:00``).
        findings: what is odd; a refused text has ``on`` of ``None`` and says here why.
    """

    words: str = field(repr=False)
    precision: Precision = Precision.UNKNOWN
    on: date | None = field(default=None, repr=False)
    at: time | None = field(default=None, repr=False)
    offset: timedelta | None = None
    findings: tuple[Finding, ...] = ()


def birth_date(words: str, today: date, profile: SeverityProfile = WARN_ONLY) -> WrittenDate:
    """Read a date of birth. A birth date is a date: a midnight that a spreadsheet added is left off.

    Any other time, or an offset, is a finding: a date that a program moved into UTC can be a day early.

    Args:
        words: the text as written; "unknown" and an empty text are unknown without a finding.
        today: the laboratory's local date, against which a future date is found.
        profile: severities.
    """
    read = collection_time(words, today, profile)
    if read.on is None:
        return read
    midnight = read.at in (None, time()) and read.offset is None
    odd = () if midnight else (profile.find(BIRTH_TIME, words),)
    return replace(read, precision=Precision.DAY, at=None, offset=None, findings=(*read.findings, *odd))


def collection_time(words: str, today: date, profile: SeverityProfile = WARN_ONLY) -> WrittenDate:
    """Read a day with or without a time of day; arguments as for ``birth_date``."""
    text = words.strip()
    if text.lower() in _NOT_STATED:
        return WrittenDate(words)
    for form in (_ISO, _DAY_FIRST, _NAMED):
        match = form.fullmatch(text)
        if match:
            return _read(words, match, today, profile)
    code = next((code for code, form in _REFUSED if form.fullmatch(text)), UNREADABLE)
    return _refused(words, code, profile)


def read_day(words: str) -> date | None:
    """A day that a person entered, as ``31/12/2026``, ``31-Dec-2026`` or ``2026-12-31``; None when it is none."""
    for form in ("%d/%m/%Y", "%d-%b-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(words.strip(), form).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    return None


def display(day: date) -> str:
    """Return the day as screens and documents show it: ``05-Mar-1971``."""
    return f"{day.day:02}-{MONTHS[day.month - 1]}-{day.year:04}"


def display_minute(moment: datetime) -> str:
    """Return a local day and time to the minute: ``05-Mar-1971 14:05``."""
    return f"{display(moment.date())} {moment.hour:02}:{moment.minute:02}"


def _refused(words: str, code: str, profile: SeverityProfile, detail: str = "") -> WrittenDate:
    return WrittenDate(words, findings=(profile.find(code, words, detail),))


def _read(words: str, match: re.Match[str], today: date, profile: SeverityProfile) -> WrittenDate:
    month = _month(match["month"])
    if month is None:
        return _refused(words, UNREADABLE, profile)
    if match.re is _DAY_FIRST and month > 12 and int(match["day"]) <= 12:
        return _refused(words, MONTH_FIRST, profile)
    try:
        day = date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return _refused(words, NO_SUCH_DAY, profile)
    future = (profile.find(FUTURE, words),) if day > today else ()
    return _with_time(WrittenDate(words, Precision.DAY, day, findings=future), match, profile)


def _with_time(read: WrittenDate, match: re.Match[str], profile: SeverityProfile) -> WrittenDate:
    if match["clock"] is None:
        return read
    try:
        hour, minute, second = (int(part) for part in f"{match['clock'].partition('.')[0]}:0".split(":")[:3])
        at, offset = time(hour, minute, second), _offset(match["zone"])
    except ValueError:
        return replace(read, findings=(*read.findings, profile.find(NO_SUCH_TIME, read.words)))
    return replace(read, precision=Precision.MINUTE, at=at, offset=offset)


def _offset(zone: str | None) -> timedelta | None:
    if zone is None:
        return None
    if zone == "Z":
        return timedelta(0)
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if minutes > 59:
        raise ValueError("an offset has at most 59 minutes")
    size = timedelta(hours=hours, minutes=minutes)
    return timezone(-size if zone[0] == "-" else size).utcoffset(None)


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    name = "sep" if text.lower() == "sept" else text.lower()
    return next((i for i, long in enumerate(_LONG_MONTHS, 1) if name in (long, long[:3])), None)


class Which(StrEnum):
    """Which of October's two hours is meant: the one before the clocks go back, or the one after."""

    BEFORE = "before the clocks went back"
    AFTER = "after the clocks went back"


@dataclass(frozen=True)
class Instant:
    """A wall time placed in UTC, or the finding that says why it is not.

    Attributes:
        utc: aware UTC, or ``None``.
        findings: ``time-repeated-hour`` asks which; ``time-missing-hour`` did not happen.
    """

    utc: datetime | None
    findings: tuple[Finding, ...] = ()


@lru_cache(maxsize=8)
def zone(tz_name: str) -> ZoneInfo:
    """Return the time zone from the ``tzdata`` package.

    Args:
        tz_name: an IANA name, ``Europe/London``.

    Raises:
        ValueError: the package holds no zone of that name.
    """
    path = files("tzdata").joinpath("zoneinfo", *tz_name.split("/"))
    if not _ZONE_NAME.fullmatch(tz_name) or not path.is_file():
        raise ValueError(f"no time zone {tz_name!r} in tzdata")
    with path.open("rb") as stream:
        return ZoneInfo.from_file(stream, key=tz_name)


def to_utc(wall: datetime, tz_name: str, which: Which | None = None, profile: SeverityProfile = WARN_ONLY) -> Instant:
    """Place a naive wall time of the laboratory in UTC.

    Args:
        wall: the time as a clock on the wall shows it, naive.
        tz_name: the laboratory's zone.
        which: the answer when the hour is repeated; without effect on any other time.
        profile: severities.

    Raises:
        ValueError: ``wall`` is aware, or the zone is unknown.
    """
    if wall.tzinfo is not None:
        raise ValueError("a wall time has no zone of its own")
    words = wall.isoformat(" ", "minutes")
    before, after = _offsets(wall.replace(tzinfo=zone(tz_name)))
    if before < after:
        return Instant(None, (profile.find(MISSING_HOUR, words),))
    if before > after and which is None:
        return Instant(None, (profile.find(REPEATED_HOUR, words),))
    return _shifted(wall, after if which is Which.AFTER else before, words, profile)


def to_local(utc: datetime, tz_name: str) -> datetime:
    """Return an aware time on the laboratory's wall clock, aware.

    Raises:
        ValueError: ``utc`` is naive, or the zone is unknown.
    """
    if utc.tzinfo is None:
        raise ValueError("a stored time is aware")
    return utc.astimezone(zone(tz_name))


def instant(
    read: WrittenDate, tz_name: str, which: Which | None = None, profile: SeverityProfile = WARN_ONLY
) -> Instant:
    """Place a written time in UTC; one without a time of day has no instant, and that is no finding."""
    if read.on is None or read.precision is not Precision.MINUTE:
        return Instant(None)
    wall = datetime.combine(read.on, read.at or time())
    if read.offset is not None:
        return _shifted(wall, read.offset, read.words, profile)
    return to_utc(wall, tz_name, which, profile)


def _offsets(local: datetime) -> tuple[timedelta, timedelta]:
    first, second = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    return first or timedelta(0), second or timedelta(0)


def _shifted(wall: datetime, offset: timedelta, words: str, profile: SeverityProfile) -> Instant:
    try:
        return Instant((wall.replace(fold=0) - offset).replace(tzinfo=UTC))
    except OverflowError:
        return Instant(None, (profile.find(OUT_OF_RANGE, words),))
