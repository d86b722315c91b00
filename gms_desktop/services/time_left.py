"""How long is left for each step of a specimen, by the laboratory's limits: on Receive, on Find, as a list of Today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from heapq import nsmallest
from itertools import groupby
from math import inf
from operator import attrgetter
from typing import NamedTuple

from gms_desktop import examination_words
from gms_desktop.domain import dates
from gms_desktop.domain.minting import instant
from gms_desktop.domain.specimen_types import SpecimenType
from gms_desktop.domain.time_limits import Limit, Standing, TimeLeft, collected, limits_of, time_left
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import examination_look_up, look_up
from gms_desktop.register.examination_look_up import Waiting
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import examined, specimen_lists
from gms_desktop.services.people_words import person
from gms_desktop.services.views import WorkItem, WorkList

_MOST = 50
# What is past its limit by more than this stands in Find and in the register only.
_BEHIND = timedelta(days=31)
_ORDER = {Standing.PAST: 0, Standing.MAY_BE_PAST: 0, Standing.UNKNOWN: 1, Standing.IN_TIME: 2}
KINDS = {
    Standing.PAST: VerdictKind.ATTENTION,
    Standing.MAY_BE_PAST: VerdictKind.ATTENTION,
    Standing.UNKNOWN: VerdictKind.ATTENTION,
    Standing.IN_TIME: VerdictKind.MATCHES,
}


@dataclass(frozen=True)
class Left:
    """A limit that runs for a specimen, and how it stands."""

    limit: Limit
    left: TimeLeft

    def words(self, zone: str) -> str:
        """How long is left, in words."""
        until = dates.display_minute(dates.to_local(self.left.deadline, zone)) if self.left.deadline else ""
        gone = duration_words(abs(self.left.left)) if self.left.left is not None else ""
        hours, example = f"{self.limit.hours} h", self.limit.example
        return examination_words.left(self.left.standing.value, gone, until, hours, example=example)


def duration_words(duration: timedelta) -> str:
    """A duration to the minute, or to the hour from two days on."""
    minutes = int(duration.total_seconds()) // 60
    if minutes >= 48 * 60:
        return f"{minutes // (24 * 60)} d {minutes // 60 % 24} h"
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"


def running(ledger: Ledger, specimen: Row, zone: str) -> tuple[Left, ...]:
    """The limits that run for a specimen, the earliest end first; of steps that are done none."""
    db = ledger.db
    tests = [row["test"] for row in look_up.requests_of_specimen(db, specimen["id"]) if row["test"]]
    done = examination_look_up.steps_done(db, specimen["id"])
    found = _left(
        limits_of(specimen_lists.limits(db), examined.type_of(db, specimen), tests),
        specimen["collected"],
        ledger.clock.now(),
        zone,
    )
    return tuple(sorted((one for one in found if one.limit.step not in done), key=_earliest))


def _left(limits: Iterable[Limit], words: str | None, now: datetime, zone: str) -> list[Left]:
    taken = collected(words or "", zone)
    return [Left(one, time_left(taken, one.duration, now)) for one in limits if one.duration is not None]


def _earliest(one: Left) -> tuple[int, str, str]:
    deadline = one.left.deadline
    return _ORDER[one.left.standing], deadline.isoformat() if deadline else "", one.limit.step


def worklist(ledger: Ledger, zone: str) -> WorkList:
    """Specimens for which a step with a limit waits: what is past first, then the unknown, then the oldest deadline."""
    now = ledger.clock.now()
    waiting = _waiting(ledger, now, zone)
    shown = nsmallest(_MOST, waiting, key=lambda one: one.rank)
    items = tuple(_item(ledger.db, one, now, zone) for one in shown)
    return WorkList(examination_words.LIMITS_TITLE, items, examination_words.NO_LIMIT_RUNS, len(waiting))


class _Waits(NamedTuple):
    """A step that waits for a specimen, and where it stands on the list."""

    rank: tuple[int, float, str, str]
    specimen: Waiting
    limit: Limit


def _waiting(ledger: Ledger, now: datetime, zone: str) -> list[_Waits]:
    db = ledger.db
    limits = [limit for limit in specimen_lists.limits(db) if limit.hours is not None]
    if not limits:
        return []
    longest = max(limit.duration or timedelta() for limit in limits)
    rows = examination_look_up.may_have_limits(db, instant(now - longest - _BEHIND), _indications(limits))
    apply, found, moment = _Applying(db, limits), list[_Waits](), now.timestamp()
    for row, tests in _with_tests(rows):
        limits_here = apply.to(row.type_found or row.type or "", tests)
        for limit, taken, deadline in _deadlines(limits_here, row.collected or "", zone) if limits_here else ():
            unknown = taken > moment
            order = 1 if unknown else 2 if deadline >= moment else 0
            rank = (order, 0.0 if unknown else deadline, row.received_at, row.id)
            found.append(_Waits(rank, row, limit))
    done = examination_look_up.steps_of(db, {one.specimen.id for one in found})
    return [one for one in found if (one.specimen.id, one.limit.step) not in done] if done else found


@lru_cache(maxsize=32_768)
def _deadlines(limits: tuple[Limit, ...], words: str, zone: str) -> tuple[tuple[Limit, float, float], ...]:
    """Each limit with the moment of collection and that at which it ends; what is not stated lies for ever ahead."""
    first = collected(words, zone).earliest
    taken = first.timestamp() if first is not None else inf
    return tuple((one, taken, taken + one.duration.total_seconds()) for one in limits if one.duration is not None)


def _indications(limits: Sequence[Limit]) -> set[str] | None:
    """What stands before the point of the tests that limits name; None when one of them is for every test."""
    if any(not limit.tests for limit in limits):
        return None
    return {test.partition(".")[0] for limit in limits for test in limit.tests}


def _with_tests(rows: Sequence[Waiting]) -> Iterator[tuple[Waiting, tuple[str, ...]]]:
    """Each specimen once, with the tests of all its requests: rows of one stand together."""
    for _, of_one in groupby(rows, key=attrgetter("id")):
        first, *more = of_one
        yield first, tuple(row.test for row in (first, *more) if row.test)


class _Applying:
    """Which limits apply, worked out once for each type and set of tests: thousands of specimens share a few."""

    def __init__(self, db: Database, limits: Sequence[Limit]) -> None:
        self._types, self._limits = specimen_lists.types(db), limits
        self._known: dict[tuple[str, tuple[str, ...]], tuple[Limit, ...]] = {}
        self._kinds: dict[str, SpecimenType | None] = {}

    def to(self, written: str, tests: tuple[str, ...]) -> tuple[Limit, ...]:
        """The limits of a type for tests."""
        key = written, tests
        if key not in self._known:
            if written not in self._kinds:
                self._kinds[written] = self._types.find(written)
            self._known[key] = limits_of(self._limits, self._kinds[written], tests)
        return self._known[key]


def _item(db: Database, one: _Waits, now: datetime, zone: str) -> WorkItem:
    row = one.specimen
    [left] = _left([one.limit], row.collected, now, zone)
    return WorkItem(
        f"{row.accession}  {person(db, row.patient).name}",
        f"{one.limit.step}: {left.words(zone)}",
        KINDS[left.left.standing],
        "find",
        row.accession,
    )
