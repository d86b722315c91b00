"""Turnaround by stage: read in slices from the register, counted by the laboratory's calendars, put into words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from gms_desktop import turnaround_words as words
from gms_desktop.documents.period_report import MISSING, Cell, PeriodReport, ReportTable
from gms_desktop.domain import dates
from gms_desktop.domain.calendars import CalendarNotLoaded
from gms_desktop.domain.turnaround import (
    Category,
    Counted,
    Days,
    by_stage,
    category_of,
    days_of,
    read_turnaround,
)
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import turnaround_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.reports.unacceptable import OUTSIDE_THE_RATES
from gms_desktop.services import site_rules
from gms_desktop.services.report_period import Period, period

SORT = "turnaround"
_ACCEPTED = "accepted"
_REMEMBERED = 1 << 16
_MINUTE = len("2026-11-23T07:51")
_RULES = ("turnaround", "bank-holidays", "shifts")


@dataclass
class _Figures:
    """What is counted while the slices go by."""

    categories: tuple[Category, ...]
    calendars: Days
    time_zone: str
    received: int = 0
    took: dict[Counted, dict[str, list[int]]] = field(
        default_factory=lambda: {counted: defaultdict(list) for counted in Counted}
    )
    whose: Counter[Category] = field(default_factory=Counter)
    sent: Counter[Category] = field(default_factory=Counter)
    in_time: Counter[Category] = field(default_factory=Counter)

    def add(self, row: Row, stages: dict[str, str], test: str | None) -> None:
        self.received += 1
        day = self._day(row["received_at"])
        for stage, at in stages.items():
            for counted in Counted:
                self.took[counted][stage].append(self._days(counted, day, at))
        category = category_of(self.categories, test, day)
        if category is None:
            return
        self.whose[category] += 1
        if "sent" in stages:
            self.sent[category] += 1
            self.in_time[category] += self._days(category.counted, day, stages["sent"]) <= category.days

    def __post_init__(self) -> None:
        # A year has few days beside its specimens: each pair of days is counted once, each minute's day found once.
        self._between = lru_cache(_REMEMBERED)(self.calendars.between)
        self._day_of = lru_cache(_REMEMBERED)(self._day_of_minute)

    def _days(self, counted: Counted, received: date, at: str) -> int:
        # A bench whose clock stood behind may have done a step before the receipt: that is the day of receipt.
        return self._between(counted, received, max(received, self._day(at)))

    def _day(self, at: str) -> date:
        return self._day_of(at[:_MINUTE])

    def _day_of_minute(self, minute: str) -> date:
        return dates.to_local(datetime.fromisoformat(f"{minute}:00+00:00"), self.time_zone).date()


def report(
    ledger: Ledger, start: str, end: str, time_zone: str, told: Callable[[int], object] = lambda _done: None
) -> PeriodReport:
    """The report on specimens received from one day to another, both included (empty: this month so far).

    Args:
        ledger: the bench's, read only.
        start: the first day, as typed.
        end: the last.
        time_zone: of the laboratory.
        told: how many specimens are counted, after each slice; what it raises ends the report.
    """
    db, today = ledger.db, dates.to_local(ledger.clock.now(), time_zone).date()
    chosen = period(start, end, today, time_zone)
    if not isinstance(chosen, Period):
        return PeriodReport(SORT, words.TURNAROUND, words.CHOOSE, start, end, problems=chosen)
    first, last = chosen.first.isoformat(), chosen.last.isoformat()
    calendars = days_of(site_rules.working_days(db), site_rules.shifts(db))
    figures = _Figures(read_turnaround(site_rules.rule_text(db, "turnaround").text), calendars, time_zone)
    try:
        calendars.opening.check(chosen.first)
        calendars.opening.check(chosen.last)
        for row, stages, test in specimens(db, chosen):
            figures.add(row, stages, test)
            if figures.received % turnaround_look_up.SLICE == 0:
                told(figures.received)
    except CalendarNotLoaded as fault:
        why = words.calendar_ends(fault.day, fault.since, fault.until)
        return PeriodReport(SORT, words.TURNAROUND, words.CHOOSE, first, last, problems=(why,))
    told(figures.received)
    sent = len(figures.took[Counted.CALENDAR]["sent"])
    heading = words.turnaround_heading(figures.received, sent)
    return PeriodReport(SORT, words.TURNAROUND, heading, first, last, tuple(_tables(figures)), _notes(db, figures))


def specimens(db: Database, chosen: Period) -> Iterator[tuple[Row, dict[str, str], str | None]]:
    """Each specimen of a period, when it reached each stage (UTC text), and its test where one is asked."""
    for rows in turnaround_look_up.slices(db, chosen.since, chosen.until):
        counted = [row for row in rows if row["category"] not in OUTSIDE_THE_RATES]
        ids = [row["id"] for row in counted]
        reached, tests = turnaround_look_up.reached(db, ids), turnaround_look_up.tests(db, ids)
        for row in counted:
            stages = {stage: first[row["id"]] for stage, first in reached.items() if row["id"] in first}
            if row["decided_at"] and str(row["outcome"]).startswith(_ACCEPTED):
                stages["accepted"] = row["decided_at"]
            yield row, stages, tests.get(row["id"])


def _tables(figures: _Figures) -> Iterator[ReportTable]:
    limits = tuple(sorted({one.days for one in figures.categories}))
    columns = ("Stage", "Reached", "Median", "Longest", *words.limits(limits))
    for counted in Counted:
        rows = tuple(
            (words.STAGE[one.stage], one.reached, _shown(one.median), _shown(one.longest), *one.within)
            for one in by_stage(figures.took[counted], limits)
        )
        yield ReportTable(words.by_stage(counted), columns, rows)
    if figures.whose:
        rows = tuple(_category(figures, one) for one in figures.categories if figures.whose[one])
        yield ReportTable(words.BY_CATEGORY, words.CATEGORY_COLUMNS, rows, words.BY_CATEGORY_HOW)


def _category(figures: _Figures, one: Category) -> tuple[Cell, ...]:
    counts = figures.whose[one], figures.sent[one], figures.in_time[one]
    return one.words, one.days, one.counted.value, dates.display(one.effective), *counts, one.source


def _shown(days: int | None) -> Cell:
    return MISSING if days is None else days


def _notes(db: Database, figures: _Figures) -> tuple[str, ...]:
    texts = (site_rules.rule_text(db, name) for name in _RULES)
    told = tuple(words.rests_on(one.name, one.version, approved=one.approved) for one in texts)
    unsaid = () if any(one.tests for one in figures.categories) else (words.NO_TESTS,)
    return words.CLOCK, words.NOT_COUNTED, *told, *unsaid
