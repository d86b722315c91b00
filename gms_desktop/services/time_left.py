"""How long is left for each step of a specimen, by the laboratory's limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from gms_desktop import examination_words
from gms_desktop.domain import dates
from gms_desktop.domain.time_limits import Limit, Standing, TimeLeft, collected, limits_of, time_left
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Row
from gms_desktop.register import examination_look_up, look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import examined, specimen_lists

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
    found = standing(
        limits_of(specimen_lists.limits(db), examined.type_of(db, specimen), tests),
        specimen["collected"],
        ledger.clock.now(),
        zone,
    )
    return tuple(sorted((one for one in found if one.limit.step not in done), key=_earliest))


def standing(limits: Iterable[Limit], words: str | None, now: datetime, zone: str) -> list[Left]:
    """How a specimen collected as its request says stands to each limit that has hours."""
    taken = collected(words or "", zone)
    return [Left(one, time_left(taken, one.duration, now)) for one in limits if one.duration is not None]


def _earliest(one: Left) -> tuple[int, str, str]:
    deadline = one.left.deadline
    return _ORDER[one.left.standing], deadline.isoformat() if deadline else "", one.limit.step
