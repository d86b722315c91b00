"""Clocks that end while nobody is on duty: a small table of questions, each telling when what ends, about whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from gms_desktop import handover_words, hold_words
from gms_desktop.domain import dates
from gms_desktop.domain.minting import instant
from gms_desktop.domain.rights import Alone
from gms_desktop.domain.shifts import Shift, next_staffed
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.register import decision_look_up, handover_look_up, people_look_up
from gms_desktop.services import rights, site_rules
from gms_desktop.services.people import name_of

# Without a roster every clock of the coming time is shown.
_WITHOUT_ROSTER = timedelta(days=400)
_MOST = 500


@dataclass(frozen=True)
class Clock:
    """Something that ends at a time.

    Attributes:
        when: by the laboratory's clock on the wall, naive; of a day its end.
        what: what ends.
        about: whom or what it is about, and what is to be done.
        whole_day: whether it ends with the day before ``when``.
    """

    when: datetime
    what: str
    about: str
    whole_day: bool = False

    @property
    def shown(self) -> str:
        """When, in words."""
        if self.whole_day:
            return f"with {dates.display((self.when - timedelta(days=1)).date())}"
        return dates.display_minute(self.when)


@dataclass(frozen=True)
class Span:
    """From now until the next shift begins, by the laboratory's clock on the wall (naive).

    Attributes:
        db: the register that is asked.
        now: the time of the question.
        until: when the next shift begins.
        shift: the next shift; None where the roster names none.
        time_zone: the laboratory's.
        instant: now as it stands in entries, UTC.
    """

    db: Database
    now: datetime
    until: datetime
    shift: Shift | None
    time_zone: str
    instant: str

    def wall(self, moment: datetime) -> datetime:
        """A moment by the laboratory's clock on the wall."""
        return dates.to_local(moment, self.time_zone).replace(tzinfo=None)


def span(db: Database, now: datetime, time_zone: str) -> Span:
    """The time until the next shift begins.

    Args:
        db: the register, which has the laboratory's roster.
        now: aware UTC.
        time_zone: the laboratory's.
    """
    wall = dates.to_local(now, time_zone).replace(tzinfo=None)
    shift = next_staffed(site_rules.shifts(db), wall)
    return Span(db, wall, shift.begins if shift else wall + _WITHOUT_ROSTER, shift, time_zone, instant(now))


def ending(span: Span) -> tuple[Clock, ...]:
    """Every clock that ends before the next shift begins, the soonest first; what ended undone stands too."""
    found = [clock for question in QUESTIONS for clock in question(span) if clock.when <= span.until]
    return tuple(sorted(found, key=lambda clock: (clock.when, clock.what, clock.about)))


def _countersignatures(span: Span) -> Iterator[Clock]:
    """Countersignatures that are due by then, or were."""
    table = rights.table(span.db)
    for row in people_look_up.seconds(span.db, "asked"):
        if row["alone"] == Alone.COUNTERSIGN:
            job = table[row["job"]].words if row["job"] in table else row["job"]
            yield Clock(_wall(row["due"], span), f"Countersignature: {job}", f"asked by {name_of(span.db, row['by'])}")


def _competences(span: Span) -> Iterator[Clock]:
    """Competences whose last day is over by then."""
    table = rights.table(span.db)
    first, day = span.now.date().isoformat(), span.until.date().isoformat()
    for row in handover_look_up.competences_ending(span.db, first, day, _MOST):
        job = table[row["job"]].words if row["job"] in table else row["job"]
        after = datetime.combine(date.fromisoformat(row["until"]) + timedelta(days=1), time())
        about = f"{name_of(span.db, row['operator'])}. {handover_words.RENEW_ACTION}"
        yield Clock(after, f"Competence: {job}", about, whole_day=True)


def _chases(span: Span) -> Iterator[Clock]:
    """Holds that somebody must be chased for by then, or should have been."""
    for row in decision_look_up.holds(span.db, _MOST):
        if row["state"] == "open" and row["chase_by"]:
            after = datetime.combine(date.fromisoformat(row["chase_by"]) + timedelta(days=1), time())
            known = store.private_values(span.db, [f"specimen:{row['specimen']}"])
            whom = known.get(row["whom_private"] or "") or ""
            about = f"chase {whom or hold_words.SENDER}"
            yield Clock(after, f"Hold of {row['accession']}", about, whole_day=True)


def _wall(at: str, span: Span) -> datetime:
    moment = datetime.fromisoformat(at)
    return span.wall(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


# Each job whose work has a clock adds its question here.
QUESTIONS: tuple[Callable[[Span], Iterator[Clock]], ...] = (_countersignatures, _competences, _chases)
