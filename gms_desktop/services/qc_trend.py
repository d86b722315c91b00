"""Measurements week by week, by who extracted, by kit and by who took the run in: the report over a period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache

from devices.measured import Analyte, Quantity, Says
from gms_desktop import measure_words
from gms_desktop import trend_words as words
from gms_desktop.documents.period_report import PeriodReport, ReportTable
from gms_desktop.documents.qc_report import ControlPicture, ControlPoint
from gms_desktop.domain import dates
from gms_desktop.domain.readings.judging import FAILS, Word
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import extraction_look_up, lots, trend_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.reports.qc_rates import share
from gms_desktop.reports.qc_trend import By, Key, Trends, Value, Week
from gms_desktop.services import item_readings, measured_runs
from gms_desktop.services.people import name_of
from gms_desktop.services.report_period import Period, period

SORT = "qc-trend"
_OF = frozenset(
    {
        Analyte.CONCENTRATION,
        Analyte.A260_280,
        Analyte.A260_230,
        Analyte.DIN,
        Analyte.RIN,
        Analyte.GQN,
        Analyte.RQN,
        Analyte.DV200,
    }
)
_MOST_DRAWN = 12
"""Courses that are drawn: those with the most values. Each stands in the tables."""


def report(ledger: Ledger, start: str, end: str, time_zone: str) -> PeriodReport:
    """The report from one day to another, both included (empty: this month so far)."""
    today = dates.to_local(ledger.clock.now(), time_zone).date()
    chosen = period(start, end, today, time_zone)
    if not isinstance(chosen, Period):
        return PeriodReport(SORT, words.TITLE, words.CHOOSE, start, end, problems=chosen)
    trends = Trends()
    for value, whose in _values(ledger.db, chosen, time_zone):
        trends.add(value, whose)
    first, last = chosen.first.isoformat(), chosen.last.isoformat()
    return PeriodReport(
        SORT,
        words.TITLE,
        words.heading(trends.many),
        first,
        last,
        tuple(_table(trends, by) for by in By),
        (words.HOW, words.NOT_COUNTED, words.NOT_EXTRACTED),
        pictures=tuple(_pictures(trends)),
    )


def _values(db: Database, chosen: Period, zone: str) -> Iterator[tuple[Value, list[tuple[By, str]]]]:
    """Each number that counts, with whose it is."""
    named = cache(lambda operator: name_of(db, operator))
    extracted = cache(lambda batch: _extracted(db, batch))
    for run in trend_look_up.runs(db, chosen.since, chosen.until):
        rows = trend_look_up.readings(db, run["id"])
        batches = trend_look_up.batches(db, [row["item"] for row in rows])
        said = trend_look_up.judgements(db, run["id"])
        day = dates.to_local(datetime.fromisoformat(run["at"]), zone).date()
        for row in rows:
            whose = [(By.MEASURED, named(row["operator"]))]
            whose += extracted(batches[row["item"]]) if row["item"] in batches else []
            for value in _of_row(row, run["instrument"], day, said.get(row["id"], [])):
                yield value, whose


def _of_row(row: Row, instrument: str, day: date, said: list[Row]) -> Iterator[Value]:
    newest = item_readings.newest(tuple(said))
    for cell in measured_runs.read_back(row["quantities"]):
        if cell.analyte in _OF and not cell.part and cell.says is Says.NUMBER and cell.value is not None:
            name = item_readings.key_of(cell, instrument)
            yield Value(day, name, cell.value, cell.unit, _failed(newest, cell))


def _failed(newest: tuple[Row, ...], cell: Quantity) -> bool | None:
    said = {Word(one["word"]) for one in newest if item_readings.is_about(one, cell)}
    return bool(said & FAILS) if said & (FAILS | {Word.MEETS}) else None


def _extracted(db: Database, batch: str) -> list[tuple[By, str]]:
    """Who extracted a batch, and with which kits."""
    row = extraction_look_up.batch(db, batch)
    if row is None:
        return []
    used = [lots.lot(db, one["lot"]) for one in extraction_look_up.lots(db, batch) if one["part"] != "Control"]
    kits = dict.fromkeys(words.kit(one["words"] or "", one["number"]) for one in used if one is not None)
    return [(By.EXTRACTED, name_of(db, row["operator"])), *((By.KIT, one) for one in kits or [words.NO_KIT])]


def _table(trends: Trends, by: By) -> ReportTable:
    rows = tuple(
        (key.whose, key.quantity, *_week(day, week, trends.units[key.quantity]))
        for key, weeks in sorted(trends.weeks.items())
        if key.by is by
        for day, week in sorted(weeks.items())
    )
    return ReportTable(words.TABLES[by], (words.FIRST[by], *words.COLUMNS), rows)


def _week(day: date, week: Week, unit: str) -> tuple[str | int, ...]:
    numbers = (week.median, min(week.values), max(week.values))
    shown = (f"{measure_words.number(one)} {measure_words.unit(unit)}".strip() for one in numbers)
    return (words.week(day), len(week.values), *shown, share(week.failed, week.judged))


def _pictures(trends: Trends) -> Iterator[ControlPicture]:
    """The courses of more than one week, those with the most values."""
    courses = [(key, weeks) for key, weeks in trends.weeks.items() if len(weeks) > 1 and key.by is not By.MEASURED]
    courses.sort(key=lambda one: (-sum(len(week.values) for week in one[1].values()), one[0]))
    for key, weeks in sorted(courses[:_MOST_DRAWN]):
        points = tuple(ControlPoint(words.week(day), float(week.median), "") for day, week in sorted(weeks.items()))
        yield ControlPicture(_title(key, trends), words.MEDIANS, None, None, points)


def _title(key: Key, trends: Trends) -> str:
    return words.course(key.whose, key.quantity, measure_words.unit(trends.units[key.quantity]))
