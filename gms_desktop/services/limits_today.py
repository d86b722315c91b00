"""Today's list of steps with a limit from collection, however many wait: what is due first, and how many in all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from heapq import nsmallest
from operator import attrgetter
from typing import Any, NamedTuple

from gms_desktop import examination_words
from gms_desktop.domain.minting import instant
from gms_desktop.domain.time_limits import Limit, limits_of
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Database
from gms_desktop.register import clock_look_up, look_up
from gms_desktop.register.clock_look_up import Clock
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import specimen_lists, time_left
from gms_desktop.services.site_rules import rule_text
from gms_desktop.services.today_items import MOST, of_specimen
from gms_desktop.services.views import WorkItem, WorkList

# What was collected longer ago than the longest limit and this stands in Find and in the register only.
_BEHIND = timedelta(days=31)


def worklist(ledger: Ledger, zone: str) -> WorkList:
    """Steps with a limit that wait: of urgent specimens first; the past, then the unknown, then the oldest deadline."""
    now, waiting = ledger.clock.now(), Waiting.of(ledger)
    items = tuple(_item(ledger.db, one, now, zone) for one in waiting.first(MOST)) if waiting else ()
    total = waiting.total if waiting else 0
    return WorkList(examination_words.LIMITS_TITLE, items, examination_words.NO_LIMIT_RUNS, total)


class _Sort(NamedTuple):
    """Specimens that share type, tests, steps done and priority: the limits that run for them."""

    urgent: bool
    limits: tuple[Limit, ...]


@lru_cache(maxsize=2)
def _known(_limits: str, _types: str) -> dict[str, _Sort]:
    """What was worked out of each sort by two rule texts: Today is asked for again and again."""
    return {}


class Waits(NamedTuple):
    """A step that waits for a specimen: where it stands on the list, and until when; None where nobody knows."""

    rank: tuple[bool, int, float, str]
    specimen: str
    limit: Limit
    deadline: datetime | None


class Waiting:
    """What waits, by sort: thousands of specimens are of a few sorts, so few are looked at one by one.

    Attributes:
        total: how many steps wait.
    """

    def __init__(self, ledger: Ledger, limits: Sequence[Limit]) -> None:
        now = ledger.clock.now()
        longest = max(limit.duration or timedelta() for limit in limits)
        self._db, self._limits, self._now = ledger.db, limits, now
        self._types = specimen_lists.types(self._db)
        self._oldest, self._moment = instant(now - longest - _BEHIND), instant(now)
        counts = clock_look_up.counts(self._db, self._oldest)
        known = _known(*(rule_text(self._db, name).text for name in ("time-limits", "specimen-types")))
        known |= {what: self._sort(json.loads(what)) for what in counts if what not in known}
        self._sorts = {what: known[what] for what in counts}
        self._own = self._amended()
        self.total = sum(many * len(self._sorts[what].limits) for what, many in counts.items())
        self.total += sum(len(own.limits) - len(self._sorts[one.what].limits) for one, own in self._own.values())

    @classmethod
    def of(cls, ledger: Ledger) -> Waiting | None:
        """What waits here; None where the laboratory has laid down no limit."""
        limits = [limit for limit in specimen_lists.limits(ledger.db) if limit.hours is not None]
        return cls(ledger, limits) if limits else None

    def first(self, most: int, wanted: Callable[[Waits], bool] = lambda _: True) -> list[Waits]:
        """Those that stand first, of those that are wanted."""
        own = [one for clock, sort in self._own.values() for one in self._of(clock, sort)]
        found: list[Waits] = []
        for urgent in (True, False):
            if len(found) < most:
                sorts = {what: sort for what, sort in self._sorts.items() if sort.urgent is urgent and sort.limits}
                found += filter(wanted, (*self._with_deadline(sorts, most), *self._unknown(sorts, most)))
        return nsmallest(most, [*found, *filter(wanted, own)], key=attrgetter("rank"))

    def _with_deadline(self, sorts: dict[str, _Sort], most: int) -> Iterator[Waits]:
        """Of limits of the same length the order of collection is that of the deadlines."""
        for duration in {limit.duration for sort in sorts.values() for limit in sort.limits if limit.duration}:
            of_it = [what for what, sort in sorts.items() if any(one.duration == duration for one in sort.limits)]
            for clock in clock_look_up.longest(self._db, self._oldest, self._moment, of_it, most + len(self._own)):
                if clock.id not in self._own:
                    every = self._of(clock, sorts[clock.what])
                    yield from (one for one in every if one.limit.duration == duration)

    def _unknown(self, sorts: dict[str, _Sort], most: int) -> Iterator[Waits]:
        rows = clock_look_up.unknown(self._db, self._oldest, self._moment, list(sorts), most + len(self._own))
        for clock in rows:
            if clock.id not in self._own:
                yield from self._of(clock, sorts[clock.what])

    def _of(self, clock: Clock, sort: _Sort) -> Iterator[Waits]:
        """Every step that waits for one specimen."""
        taken = datetime.fromisoformat(clock.since)
        unknown = clock.known != "yes" or taken > self._now
        for limit in sort.limits:
            deadline = taken + (limit.duration or timedelta())
            order = 1 if unknown else 2 if deadline >= self._now else 0
            rank = (not sort.urgent, order, taken.timestamp() if unknown else deadline.timestamp(), clock.id)
            yield Waits(rank, clock.id, limit, None if unknown else deadline)

    def _sort(self, said: dict[str, Any]) -> _Sort:
        known = limits_of(self._limits, self._types.find(said["type"]), said["tests"])
        return _Sort(said["urgent"], tuple(one for one in known if one.step not in said["done"]))

    def _amended(self) -> dict[str, tuple[Clock, _Sort]]:
        """Specimens for which other limits run than when they came, because a test of theirs was amended."""
        found = {}
        for clock in clock_look_up.amended(self._db, self._oldest):
            tests = [row["test"] for row in look_up.requests_of_specimen(self._db, clock.id) if row["test"]]
            sort = self._sort(json.loads(clock.what) | {"tests": tests})
            if sort != self._sorts[clock.what]:
                found[clock.id] = (clock, sort)
        return found


def _item(db: Database, one: Waits, now: datetime, zone: str) -> WorkItem:
    row = look_up.row(db, "specimen", one.specimen)
    if row is None:
        return WorkItem("A specimen that is not known here", one.limit.step, VerdictKind.ATTENTION)
    [left] = time_left.standing([one.limit], row["collected"], now, zone)
    return of_specimen(db, row, f"{one.limit.step}: {left.words(zone)}", time_left.KINDS[left.left.standing])
