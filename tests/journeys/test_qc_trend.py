"""The course of what was measured stands on the report: by who extracted, by kit, by who took the run in."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from bench_top import BenchTop
from extract_work import SINGLE, ended, labelled
from measure_work import approves, line, opens, qubit_file

from gms_desktop.documents.period_report import PeriodReport
from gms_desktop.domain.commands import Command
from gms_desktop.period_desk import PeriodDesk
from gms_desktop.reports.qc_trend import By, Key, Trends, Value

D = Decimal
WEEK = 7 * 24 * 3600


def rows_of(told: PeriodReport, title: str) -> list[tuple[str | int, ...]]:
    return [row for table in told.tables if table.title == title for row in table.rows]


def test_each_value_counts_in_its_week_under_all_of_whom_it_is() -> None:
    trends = Trends()
    for day, value, failed in (("2026-11-23", 10, False), ("2026-11-29", 30, None), ("2026-11-30", 4, True)):
        one = Value(date.fromisoformat(day), "concentration, Qubit", D(value), "ng/uL", failed)
        trends.add(one, [(By.KIT, "lot 1"), (By.KIT, "lot 2")])
    for kit in ("lot 1", "lot 2"):
        weeks = trends.weeks[Key(By.KIT, kit, "concentration, Qubit")]
        assert [(str(day), len(one.values), one.median) for day, one in sorted(weeks.items())] == [
            ("2026-11-23", 2, D(20)),
            ("2026-11-30", 1, D(4)),
        ]
        assert [(one.judged, one.failed) for _, one in sorted(weeks.items())] == [(1, 0), (1, 1)]
    assert trends.many == 3


@pytest.fixture
def measured(bench: BenchTop, tmp_path: Path) -> BenchTop:
    """An eluate of a batch is measured in two weeks: 50 and 7 ng/uL, of at least 10."""
    approves(bench)
    number = bench.receives(SINGLE)
    ended(bench, number)
    eluate = labelled(bench, number)
    for value in ("50", "7"):
        opens(bench, qubit_file(tmp_path, line(eluate, value), name=f"{value}.csv"))
        assert bench.asks_for(Command.SAVE_RUN).title == "Saved"
        bench.clock.forward(WEEK)
    return bench


def test_a_yield_stands_under_its_kit_and_its_people_week_by_week(measured: BenchTop) -> None:
    desk = PeriodDesk(measured.bench)
    told = desk.view("qc-trend", "23-Nov-2026", "31-Dec-2026")
    assert told.heading == "2 values measured"
    [(kit, quantity, week, *first), (_, _, later, *second)] = rows_of(told, "By kit")
    assert str(kit).startswith("Extraction kit, lot ")
    assert (quantity, week, later) == ("concentration, Qubit", "23-Nov-2026", "30-Nov-2026")
    assert first == [1, "50 ng/µL", "50 ng/µL", "50 ng/µL", "0 of 1, 0.0 %"]
    assert second == [1, "7 ng/µL", "7 ng/µL", "7 ng/µL", "1 of 1, 100.0 %"]
    people = {row[0] for title in ("By who extracted", "By who took the run in") for row in rows_of(told, title)}
    assert people == {measured.bench.session.operator.name}  # type: ignore[union-attr]
    whose = {people.pop(), str(kit)}
    assert {one.title for one in told.pictures} == {f"{one}: concentration, Qubit, ng/µL" for one in whose}
    assert [[point.value for point in one.points] for one in told.pictures] == [[50, 7], [50, 7]]
    [before] = [desk.view("qc-trend", "01-Jan-2026", "31-Jan-2026")]
    assert before.heading == "Nothing was measured in this period"


def test_the_course_is_drawn_on_paper_and_kept_as_it_was(measured: BenchTop) -> None:
    desk = PeriodDesk(measured.bench)
    code, paper = desk.issue("qc-trend", "23-Nov-2026", "31-Dec-2026", "pdf")
    read = pypdfium2.PdfDocument(io.BytesIO(paper))
    said = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in read)
    for part in ("Measurements by operator and kit", "The median of each week.", "lot ", "30-Nov-2026", code):
        assert part in said
    assert desk.again(code) == paper


def test_a_measured_eluate_reached_its_stage_in_the_turnaround(measured: BenchTop) -> None:
    told = PeriodDesk(measured.bench).view("turnaround", "23-Nov-2026", "31-Dec-2026")
    stages = {row[0]: row[1] for row in told.tables[0].rows}
    assert stages["Measured"] == 1
