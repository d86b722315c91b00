"""What was saved from the benches in a period, on paper: who saved what and when, and what became of it.

The names of the files are left out: a person may have named one after a patient, and the paper is kept.
"""

from __future__ import annotations

from gms_desktop import protection_words as words
from gms_desktop.documents.period_report import PeriodReport, ReportTable
from gms_desktop.domain import dates
from gms_desktop.domain.exports import Export, Place, Standing, months_between
from gms_desktop.domain.minting import instant
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import exported, sign_in
from gms_desktop.services.report_period import Period, period

SORT = "exports"
_OF_HASH = 16


def report(ledger: Ledger, start: str, end: str, time_zone: str) -> PeriodReport:
    """The list from one day to another, both included (empty: this month so far), the newest first."""
    today = dates.to_local(ledger.clock.now(), time_zone).date()
    chosen = period(start, end, today, time_zone)
    if not isinstance(chosen, Period):
        return PeriodReport(SORT, words.LIST, words.LIST_CHOOSE, start, end, problems=chosen)
    every = exported.listed(ledger, months_between(chosen.first.replace(day=1), chosen.last))
    within = [one for one in every if chosen.since <= instant(one.saved_at) < chosen.until]
    rows = tuple(_row(ledger, one, time_zone) for one in within)
    table = ReportTable(words.LIST, words.LIST_COLUMNS, rows, words.LIST_HOW)
    first, last = chosen.first.isoformat(), chosen.last.isoformat()
    return PeriodReport(SORT, words.LIST, words.listed(len(rows)), first, last, (table,))


def _row(ledger: Ledger, one: Export, time_zone: str) -> tuple[str, ...]:
    person = sign_in.operator(ledger, one.operator) if one.operator else None
    return (
        dates.display_minute(dates.to_local(one.saved_at, time_zone)),
        person.name if person else words.NOBODY,
        one.bench,
        words.sort_of(one.sort),
        f"{one.size:,}",
        one.sha256[:_OF_HASH],
        words.standing(one, _standing(one), time_zone),
    )


def _standing(one: Export) -> Standing:
    if one.removed:
        return Standing.REMOVED
    return Standing.HERE if one.place is Place.OURS else Standing.ELSEWHERE
