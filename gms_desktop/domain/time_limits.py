"""Limits from collection: how long is left for a step, as exactly as the collection time is stated. Pure.

A time that is not stated is unknown, never in time; a day without an hour is in time only when its first minute is,
and past only when its last one is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from gms_desktop.domain import dates
from gms_desktop.domain.dates import Precision, Which
from gms_desktop.domain.specimen_types import SpecimenType

STEPS = ("separate plasma", "stabilise RNA", "set up culture", "extract")


@dataclass(frozen=True, slots=True)
class Limit:
    """How long after collection a step may begin.

    Attributes:
        step: one of :data:`STEPS`.
        types: codes of specimen types; empty: every type.
        containers: in words, as the types name them; empty: every container.
        tests: Test Directory codes, ``M84`` for all of M84.1, M84.2 …; empty: every test.
        hours: from collection; None where the laboratory has laid down none.
        example: whether it is a published figure of somebody else, to be replaced by the laboratory's own.
        source: who says so.
    """

    step: str
    types: frozenset[str]
    containers: frozenset[str]
    tests: tuple[str, ...]
    hours: Decimal | None
    example: bool
    source: str

    @property
    def duration(self) -> timedelta | None:
        """The hours as a duration."""
        return timedelta(seconds=int(self.hours * 3600)) if self.hours is not None else None


@dataclass(frozen=True, slots=True)
class Collected:
    """When a specimen was collected: between these two moments (aware UTC); both None when it is not known."""

    earliest: datetime | None = None
    latest: datetime | None = None


class Standing(StrEnum):
    """How a specimen stands to a limit."""

    UNKNOWN = "unknown"
    IN_TIME = "in time"
    MAY_BE_PAST = "may be past"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How long is left: to the earliest moment at which the limit can end; ``left`` is below zero once that is over."""

    standing: Standing
    deadline: datetime | None = None
    left: timedelta | None = None


def read_limits(text: str) -> tuple[Limit, ...]:
    """A laboratory's limits.

    Args:
        text: TOML as in ``resources/rules/time-limits.toml``.

    Raises:
        ValueError: when a step is none of the known ones, hours are not above zero, or hours have no source.
        KeyError, TypeError, ArithmeticError: when a field is missing or of the wrong kind.
    """
    return tuple(_limit(one) for one in tomllib.loads(text)["limit"])


def _limit(said: dict[str, Any]) -> Limit:
    hours = Decimal(said["hours"]) if said["hours"] else None
    if said["step"] not in STEPS:
        raise ValueError(f"{said['step']} is no step; known are {', '.join(STEPS)}")
    if hours is not None and not 0 < hours <= 24 * 366:
        raise ValueError(f"{said['step']}: hours are above 0, and at most a year")
    if hours is not None and not said.get("source"):
        raise ValueError(f"{said['step']}: {hours} hours, and no source says so")
    return Limit(
        step=str(said["step"]),
        types=frozenset(str(one) for one in said.get("types", ())),
        containers=frozenset(str(one) for one in said.get("containers", ())),
        tests=tuple(str(one) for one in said.get("tests", ())),
        hours=hours,
        example=said.get("example", False) is True,
        source=str(said.get("source", "")),
    )


def limits_of(limits: Sequence[Limit], kind: SpecimenType | None, tests: Sequence[str]) -> tuple[Limit, ...]:
    """The limits with hours that apply to a specimen of a type for its tests: of several for one step, the shortest."""
    found: dict[str, Limit] = {}
    codes = {code for test in tests for code in _above(test)}
    for limit in limits:
        if limit.hours is None or not _applies(limit, kind, codes):
            continue
        known = found.get(limit.step)
        if known is None or (known.hours is not None and limit.hours < known.hours):
            found[limit.step] = limit
    return tuple(found.values())


def _applies(limit: Limit, kind: SpecimenType | None, codes: set[str]) -> bool:
    if limit.types and (kind is None or kind.code not in limit.types):
        return False
    if limit.containers and (kind is None or kind.container not in limit.containers):
        return False
    return not limit.tests or not codes.isdisjoint(limit.tests)


def _above(test: str) -> Iterator[str]:
    """A Test Directory code and what it is of: M84.2 and M84, never M8."""
    parts = test.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def is_of(test: str, wanted: str) -> bool:
    """Whether a Test Directory code is the one wanted, or below it: M84.2 is of M84, M841 is not."""
    return wanted in _above(test)


@lru_cache(maxsize=32_768)
def collected(words: str, zone: str) -> Collected:
    """When a specimen was collected, from the words of its request: from when to when, in UTC.

    A day is the whole of it; an hour that October repeats is both of them; words that cannot be read are not known.

    Args:
        words: as written.
        zone: the laboratory's time zone.
    """
    # Whether it lies ahead is judged against the moment that is asked about, not here.
    read = dates.collection_time(words, date.max)
    if read.on is None:
        return Collected()
    if read.precision is Precision.MINUTE:
        moments = [dates.instant(read, zone, which).utc for which in Which]
        return Collected(moments[0], moments[1])
    midnight = datetime.combine(read.on, clock_time())
    first = dates.to_utc(midnight, zone, Which.BEFORE).utc
    last = dates.to_utc(midnight.replace(hour=23, minute=59), zone, Which.AFTER).utc
    return Collected(first, last)


def time_left(taken: Collected, limit: timedelta, now: datetime) -> TimeLeft:
    """How a specimen stands to a limit now.

    Args:
        taken: when it was collected, as exactly as it is stated.
        limit: from collection.
        now: aware UTC. A collection stated to lie after it is a mistake, so nothing is known by it.
    """
    if taken.earliest is None or taken.latest is None or taken.earliest > now:
        return TimeLeft(Standing.UNKNOWN)
    deadline = taken.earliest + limit
    left = deadline - now
    if left >= timedelta():
        return TimeLeft(Standing.IN_TIME, deadline, left)
    # Of a day that has not ended yet, no later minute than this one can be meant.
    last = min(taken.latest, now) + limit
    return TimeLeft(Standing.PAST if last < now else Standing.MAY_BE_PAST, deadline, left)
