"""NIPT of a month on the Reports screen: figures worked out by hand, findings in words, and the files of the month."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bench_top import BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.nipt_desk import NiptDesk
from gms_desktop.services.nipt_views import MeasureLine, NiptReportView

FORM = {"weight": "68.5 kg", "fetuses": "1", "conditions": "3", "chance": "120", "offered": "yes", "sequence": "1"}
LOWER = {"result T21": "2", "result T18": "2", "result T13": "2"}


@dataclass(frozen=True)
class Told:
    """One made-up sample: days of October 2026."""

    name: str
    drawn: str
    came: str
    reported: str
    pathway: str = "FASP"


# October 2026: Thursday 1, Friday 2, Monday 5, Tuesday 6, Wednesday 7. No bank holiday. All of them are booked in on
# Wednesday 7 October; "came" is what the delivery says. Day 0 is the day of the draw (S02), of receipt (S03).
#
#  sample  drawn    came     S02 physical          S02 booked          reported  S03 physical   S03 booked
#  A       Mon 5    Wed 7    Tue, Wed = 2  in      Wed 7 = 2  in       Mon 12    day 5  in      day 5  in
#  B       Fri 2    Tue 6    Mon, Tue = 2  in      Wed 7 = 3  late     Mon 12    day 6  late    day 5  in
#  C       Thu 1    Wed 7    Fri..Wed = 4  late    Wed 7 = 4  late     Tue 13    day 6  late    day 6  late
#  D       Fri 2    Mon 5    Mon = 1       in      Wed 7 = 3  late     Sat 10    day 5  in      day 3  in
#  R       Thu 1    Wed 7    R445: kept apart, in neither
#
#  S02 physical 3 of 4 = 75.0 %          S02 booked 1 of 4 = 25.0 %
#  S03 physical 2 of 4 = 50.0 %          S03 booked 3 of 4 = 75.0 %
SAMPLES = (
    Told("A", "05/10/2026", "07/10/2026 08:00", "12/10/2026"),
    Told("B", "02/10/2026", "06/10/2026 16:00", "12/10/2026"),
    Told("C", "01/10/2026", "07/10/2026 08:00", "13/10/2026"),
    Told("D", "02/10/2026", "05/10/2026 11:00", "10/10/2026"),
    Told("R", "01/10/2026", "07/10/2026 08:00", "12/10/2026", "R445"),
)

# QF-PCR of villus samples, booked in on Wednesday 7 October, in quarter 3 of 2026-27 (October to December).
#
#  sample  indication          came     reported   S06 physical    S06 booked
#  V       higher chance NIPT  Wed 7    Sat 10     day 3  in       day 3  in
#  W       no result NIPT      Tue 6    Sat 10     day 4  late     day 3  in
#  X       other               Wed 7    Sun 11     not counted
#
#  S06 physical 1 of 2 = 50.0 %          S06 booked 2 of 2 = 100.0 %
VILLI = (
    ("V", "higher chance NIPT", "07/10/2026 08:00", "10/10/2026"),
    ("W", "no result NIPT", "06/10/2026 16:00", "10/10/2026"),
    ("X", "other", "07/10/2026 08:00", "11/10/2026"),
)


@dataclass
class October:
    """A bench in October 2026 with the samples above: our number by their name."""

    bench: BenchTop
    numbers: dict[str, str]

    def view(self, month: str = "2026-10") -> NiptReportView:
        return NiptDesk(self.bench.bench).view(month)

    def figures(self, month: str = "2026-10") -> dict[tuple[str, str], tuple[str, str]]:
        """Figure and percentage by measure and clock."""
        return {(line.name[:3], _clock(line)): (line.figure, line.percent) for line in self.view(month).measures}


def _clock(line: MeasureLine) -> str:
    return line.clock.removeprefix("counted from ")


def received(bench: BenchTop, name: str, kind: str, came: str) -> tuple[str, str]:
    """A tube of a delivery of its own: its specimen and our number."""
    # No two of them share surname and date of birth.
    bench.expects(Person(f"MARSH{name}", f"Q-{name}", f"TUBE-{name}", type=kind), name=f"{name}.csv")
    bench.says(Command.NEW_DELIVERY, "in-order", carrier="DX", arrived=came, stated="1")
    number = bench.receives(f"TUBE-{name}")
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)
    return row["id"], number


def worked(bench: BenchTop, told: Told) -> str:
    specimen, number = received(bench, told.name, "Blood in NIPT tube", told.came)
    form = FORM | {"sampled": told.drawn, "due": "30/04/2027", "pathway": told.pathway}
    assert bench.says(Command.NIPT_FORM, argument=specimen, **form).title == "Form recorded"
    assert bench.says(Command.NIPT_JUDGE, "5", argument=specimen).title == "Judged"
    return number


def reports(bench: BenchTop, told: Told, number: str) -> None:
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)
    said = bench.says(Command.NIPT_RESULT, argument=f"{row['id']}|2", reported=told.reported, runs="1", **LOWER)
    assert said.title == "Outcome recorded", said


@pytest.fixture
def october(closed_bench: BenchTop) -> October:
    closed_bench.clock.at = datetime(2026, 10, 7, 17, 0, tzinfo=UTC)
    bench = closed_bench.open()
    bench.clock.at = datetime(2026, 10, 7, 17, 0, tzinfo=UTC)
    assert bench.signs_in()
    numbers = {told.name: worked(bench, told) for told in SAMPLES}
    villi = {name: received(bench, name, "Chorionic villus sample", came) for name, _, came, _ in VILLI}
    bench.clock.at = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    for told in SAMPLES:
        reports(bench, told, numbers[told.name])
    for name, why, _, reported in VILLI:
        assert bench.says(Command.QF_PCR, why, argument=villi[name][0], reported=reported).title == "QF-PCR recorded"
    return October(bench, numbers | {name: number for name, (_, number) in villi.items()})


def test_the_figures_of_the_month_and_its_quarter_are_those_worked_out_by_hand(october: October) -> None:
    assert october.figures() == {
        ("S02", "physical receipt"): ("3 of 4", "75.0 %"),
        ("S02", "booking in"): ("1 of 4", "25.0 %"),
        ("S03", "physical receipt"): ("2 of 4", "50.0 %"),
        ("S03", "booking in"): ("3 of 4", "75.0 %"),
        ("S06", "physical receipt"): ("1 of 2", "50.0 %"),
        ("S06", "booking in"): ("2 of 2", "100.0 %"),
    }
    view = october.view()
    late = {(line.where, line.sample) for line in view.lines if line.severity == "not in time"}
    number = october.numbers
    assert late == {
        ("S02, physically received", number["C"]),
        ("S02, booked in", number["B"]),
        ("S02, booked in", number["C"]),
        ("S02, booked in", number["D"]),
        ("S03, physically received", number["B"]),
        ("S03, physically received", number["C"]),
        ("S03, booked in", number["C"]),
        ("S06, physically received", number["W"]),
    }
    assert [line.level for line in view.measures if line.name.startswith("S06")] == ["below acceptable", "achievable"]


def test_each_finding_is_told_in_words_with_its_row_and_the_files_are_written_once(
    empty_bench: BenchTop, tmp_path: Path
) -> None:
    # Booked in today, on 23 November: by booking in, no sample of October came.
    for told in (SAMPLES[0], SAMPLES[-1]):
        reports(empty_bench, told, worked(empty_bench, told))
    desk, folder = NiptDesk(empty_bench.bench), tmp_path / "ncardrs"
    view = desk.view("2026-10")
    assert view.heading == "2 rows to put right before Oct 2026 is submitted"
    assert view.totals == "Screening file: 1 sample     R445 file: 1 sample"
    assert view.notes[0] == "R445 is kept apart: 1 sample of it not counted by S02 and S03."
    hub = [line for line in view.lines if line.item == "HUB ID"]
    assert [(line.where, line.first) for line in hub] == [("Screening file, row 1", True), ("R445 file, row 1", True)]
    assert hub[0].words == "HUB ID is empty, and the table makes it mandatory."
    assert [line.first for line in view.lines] == sorted((line.first for line in view.lines), reverse=True)
    folder.mkdir()
    assert "2 to put right before they are submitted" in desk.write("2026-10", folder)
    names = ("fasp-2026-10.csv", "r445-2026-10.csv", "findings-2026-10.csv", "measures-2026-10.csv")
    assert {one.name for one in folder.iterdir()} == {"nipt-about-2026-10.txt", *(f"nipt-{name}" for name in names)}
    with (folder / "nipt-measures-2026-10.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["COUNTED"]]
    told_of = [f"{row['MEASURE']} {row['IN TIME']} of {row['COUNTED']}" for row in rows]
    assert told_of == ["S02 1 of 1", "S02 0 of 0", "S03 1 of 1", "S03 0 of 0", "S06 0 of 0"]
    assert "nipt-measures-2026-10.csv" in (folder / "nipt-about-2026-10.txt").read_text("utf-8")
    with pytest.raises(Refused, match="nothing is overwritten"):
        desk.write("2026-10", folder)
    # One for each file that holds a sample: it may have to be recalled.
    assert empty_bench.count("document.issued") == 2


def test_without_a_month_the_newest_that_is_over_is_shown_and_its_neighbours_are_named(empty_bench: BenchTop) -> None:
    desk = NiptDesk(empty_bench.bench)
    view = desk.view()
    assert (view.month, view.before, view.after) == ("2026-10", "2026-09", "2026-11")
    assert desk.view("2026-11").after == ""
    assert desk.view("2026-09").heading == "No NIPT sample stands in the file of Sep 2026"
    assert {line.level for line in view.measures} == {"no sample came"}
    for month, said in (("October", "2026-10"), ("2026-13", "2026-10"), ("2026-12", "has not begun")):
        refused = desk.view(month)
        assert (refused.month, refused.measures) == (month, ())
        assert said in refused.problems[0]


def test_a_month_beyond_the_calendar_is_refused_and_says_which_years_it_covers(empty_bench: BenchTop) -> None:
    empty_bench.clock.at = datetime(2028, 2, 1, 9, tzinfo=UTC)
    view = NiptDesk(empty_bench.bench).view()
    refused, s03, _ = view.measures
    assert (refused.name[:3], refused.level, refused.figure) == ("S02", "not computed", "")
    assert "it covers the years 2024 to 2027 (01-Jan-2024 to 31-Dec-2027)" in refused.remark
    assert (s03.name[:3], s03.remark) == ("S03", "")
    assert any("www.gov.uk/bank-holidays" in note for note in view.notes)


def test_a_folder_that_is_gone_is_told(empty_bench: BenchTop, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be written to"):
        NiptDesk(empty_bench.bench).write("2026-10", tmp_path / "gone")
