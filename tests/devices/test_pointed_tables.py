"""A person points at the columns of a table: the profile that follows, and what cannot be said so."""

from __future__ import annotations

import io
from typing import Any

import pytest
from instrument_files import cell, made, said

from devices.files.given import GivenFile
from devices.instruments.cells import Mark
from devices.instruments.mapped import preview, runs_by, runs_in_rows
from devices.instruments.mapped.pointing import UNIT, Meaning, Pointed, first_rows, profile_of
from devices.instruments.mapped.profile import Profile, ProfileDefect
from devices.measured import Analyte, DateOrder, InstrumentRun, RefusedRun, RunDefect, RunRefusal, Says

CONCENTRATION = Meaning(analyte=Analyte.CONCENTRATION)


def pointed(*headings: str, **meant: Meaning) -> Pointed:
    found = Pointed(headings)
    for column, meaning in meant.items():
        found = found.means(int(column.removeprefix("c")), meaning)
    return found


def profile(of: Pointed) -> Profile:
    found = profile_of(of, "Our sheet", "Plate reader")
    assert isinstance(found, Profile), found
    return found


def defects(of: Pointed) -> list[ProfileDefect]:
    found = profile_of(of, "Our sheet", "Plate reader")
    assert isinstance(found, tuple)
    return [one.defect for one in found]


def workbook(*rows: tuple[object, ...]) -> GivenFile:
    from openpyxl import Workbook

    book, kept = Workbook(), io.BytesIO()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    book.save(kept)
    return GivenFile("ours.xlsx", kept.getvalue(), made("").written)


def test_a_table_is_read_as_its_columns_were_pointed_at_and_the_others_are_listed() -> None:
    file = made("Tube;When;Conc;Unit;Who\nFD20024619;03/04/2026 09:30;12,5;ng/ml;A. Person\n")
    of = pointed("Tube", "When", "Conc", "Unit", "Who", c0=Meaning("sample"), c1=Meaning("date"), c2=CONCENTRATION)
    of = of.means(3, Meaning(UNIT))
    shown = preview(first_rows(file)[0])
    assert shown is not None
    assert shown.headings == of.headings
    (run,) = runs_in_rows(profile(of), first_rows(file))
    assert isinstance(run, InstrumentRun)
    assert said(run.measured[0]) == ("12,5", "ng/ml", "0.0125")
    assert (run.measured[0].sample, run.unread) == ("FD20024619", ("Who",))
    assert [found.defect for found in run.findings] == [RunDefect.DATE_UNDECIDED]
    answered = Pointed(of.headings, of.meanings, DateOrder.DAY_FIRST, Mark.COMMA)
    (run,) = runs_by(profile(answered), file)
    assert isinstance(run, InstrumentRun)
    at = run.measured[0].at
    assert at is not None
    assert (str(at.local), run.findings) == ("2026-04-03 09:30:00", ())


def test_a_unit_is_of_the_value_that_names_none_itself() -> None:
    of = pointed("S", "Unit", "A (ng/ul)", "B", c1=Meaning(UNIT), c2=CONCENTRATION, c3=CONCENTRATION)
    assert [of.unit_column(at) for at in (2, 3)] == [-1, 1]
    assert of.means(3, Meaning(analyte=Analyte.CONCENTRATION, unit="ng/ul")).unit_column(3) == -1
    assert pointed("R", "U", c0=Meaning(analyte=Analyte.A260_280), c1=Meaning(UNIT)).unit_column(0) == -1


@pytest.mark.parametrize(
    ("of", "defect"),
    [
        (pointed("S", "C", c0=Meaning("sample")), ProfileDefect.NO_VALUE),
        (pointed("S", "DIN", c1=Meaning(analyte=Analyte.DIN)), ProfileDefect.NO_NAME),
        (pointed("S", "C", c0=Meaning("sample"), c1=CONCENTRATION), ProfileDefect.UNIT_MISSING),
        (pointed("S", "D", "D", c0=Meaning("sample"), c1=Meaning(analyte=Analyte.DIN)), ProfileDefect.HEADING_TWICE),
        (pointed("S", "", c0=Meaning("sample"), c1=Meaning(analyte=Analyte.DIN)), ProfileDefect.NO_HEADING),
        (pointed("S", "T", "D", c0=Meaning("sample"), c1=Meaning("sample")), ProfileDefect.PLACE_TWICE),
    ],
)
def test_what_cannot_be_read_by_its_headings_is_said_while_pointing(of: Pointed, defect: ProfileDefect) -> None:
    assert defect in defects(of)


def test_a_file_with_two_columns_of_one_name_is_refused_where_one_of_them_is_meant() -> None:
    of = profile(pointed("S", "D", c0=Meaning("sample"), c1=Meaning(analyte=Analyte.DIN)))
    (run,) = runs_by(of, made("S,D,D\nT1,7.1,3.3\n"))
    assert isinstance(run, RefusedRun)
    assert (run.why, run.detail) == (RunRefusal.HEADING_TWICE, "D")


def test_a_formula_in_a_workbook_is_text_and_what_it_came_to_is_not_taken() -> None:
    of = profile(pointed("S", "DIN", c0=Meaning("sample"), c1=Meaning(analyte=Analyte.DIN)))
    (run,) = runs_by(of, workbook(("S", "DIN"), ("=cmd|' /C calc'!A0", 7.1), ("T2", "=B2*2")))
    assert isinstance(run, InstrumentRun)
    first, second = run.measured
    assert (first.sample, cell(first, Analyte.DIN).raw) == ("=cmd|' /C calc'!A0", "7.1")
    assert (cell(second, Analyte.DIN).raw, cell(second, Analyte.DIN).says) == ("=B2*2", Says.NOT_READABLE)


def test_formulas_stand_where_they_are_in_a_sheet_that_begins_further_down() -> None:
    of = profile(pointed("S", "DIN", c0=Meaning("sample"), c1=Meaning(analyte=Analyte.DIN)))
    (run,) = runs_by(of, workbook((), (), (None, "S", "DIN"), (None, "T1", "=1+1"), (None, "T2", 6.5)))
    assert isinstance(run, InstrumentRun)
    assert [(one.sample, cell(one, Analyte.DIN).raw) for one in run.measured] == [("T1", "=1+1"), ("T2", "6.5")]
    assert [one.line for one in run.measured] == [4, 5]


def test_a_line_of_a_workbook_is_counted_as_the_workbook_counts_it() -> None:
    of = profile(pointed("S", "DIN", c0=Meaning("sample"), c1=Meaning(analyte=Analyte.DIN)))
    (run,) = runs_by(of, workbook((), ("S", "DIN"), (), ("T1", "x"), (), ("T2", 6.5)))
    assert isinstance(run, InstrumentRun)
    assert [one.line for one in run.measured] == [4, 6]
    assert [found.lines for found in run.findings] == [(4,)]
