"""Workload by hour of the laboratory's day: how often each thing was done, as entries say."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from gms_desktop import turnaround_words as words
from gms_desktop.documents.period_report import PeriodReport, ReportTable
from gms_desktop.domain import dates
from gms_desktop.register import turnaround_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services.report_period import Period, period

SORT = "workload"


def report(ledger: Ledger, start: str, end: str, time_zone: str) -> PeriodReport:
    """The report from one day to another, both included (empty: this month so far)."""
    today = dates.to_local(ledger.clock.now(), time_zone).date()
    chosen = period(start, end, today, time_zone)
    if not isinstance(chosen, Period):
        return PeriodReport(SORT, words.WORKLOAD, words.CHOOSE, start, end, problems=chosen)
    done: Counter[tuple[str, int]] = Counter()
    for act in turnaround_look_up.ACTS:
        for hour, number in turnaround_look_up.by_hour(ledger.db, act, chosen.since, chosen.until):
            done[act, dates.to_local(datetime.fromisoformat(f"{hour}:00:00+00:00"), time_zone).hour] += number
    hours = {hour: sum(done[act, hour] for act in words.ACT) for hour in range(24)}
    rows: tuple[tuple[str | int, ...], ...] = tuple(
        (_hour(hour), *(done[act, hour] for act in words.ACT)) for hour in range(24) if hours[hour]
    )
    busiest = max(hours, key=lambda hour: (hours[hour], -hour))
    table = ReportTable(words.WORKLOAD, (words.HOUR, *words.ACT.values()), rows, words.WORKLOAD_HOW)
    heading = words.workload_heading(sum(hours.values()), _hour(busiest))
    first, last = chosen.first.isoformat(), chosen.last.isoformat()
    return PeriodReport(SORT, words.WORKLOAD, heading, first, last, (table,))


def _hour(hour: int) -> str:
    return f"{hour:02}:00–{hour:02}:59"
