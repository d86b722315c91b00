"""A laboratory's own table: its form is said in a text, and read by it with the raw cells kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from instrument_files import cell, defects, made, said, sample

from devices.files.given import GivenFile
from devices.instruments import run_files
from devices.instruments.cells import Mark
from devices.instruments.headed import Form, Known, ValueColumn
from devices.instruments.mapped import previews
from devices.instruments.mapped import runs_by as told_by
from devices.instruments.mapped.profile import (
    Profile,
    ProfileDefect,
    ProfileProblem,
    profile_text,
    read_profile,
)
from devices.measured import Analyte, DateOrder, InstrumentRun, RunDefect, Says
from gms_desktop import instrument_words

QUANT = (Path(__file__).parents[2] / "resources/instrument_profiles/quant_csv.toml").read_text(encoding="utf-8")


def runs_by(profile: Profile, file: GivenFile) -> list[InstrumentRun]:
    runs = [run for run in told_by(profile, file) if isinstance(run, InstrumentRun)]
    assert len(runs) == len(told_by(profile, file))
    return runs


def quant(text: str = QUANT) -> Profile:
    read = read_profile(text)
    assert isinstance(read, Profile), read
    return read


def wrong(text: str) -> list[ProfileDefect]:
    read = read_profile(text)
    assert isinstance(read, tuple)
    assert all(instrument_words.profile_problem(each) for each in read)
    return [each.defect for each in read]


def test_a_laboratorys_own_table_is_read_by_its_form() -> None:
    (run,) = runs_by(quant(), sample("quant_test.csv"))
    assert (run.instrument, run.dialect) == ("Plate reader", "Quant CSV")
    first, second, third, fourth, fifth, sixth = run.measured
    assert (first.plate, first.well, said(first)) == ("999991", "A01", ("35", "", "35"))
    assert (cell(second).raw, cell(second).says) == ("56 ng/ml", Says.NOT_READABLE)
    assert said(third) == ("89", "", "89")
    assert (cell(fourth).says, cell(fifth).says, cell(fifth).raw) == (Says.BLANK, Says.BLANK, " ")
    assert (cell(sixth).raw, cell(sixth).says) == ("five", Says.NOT_READABLE)
    assert defects(run) == [RunDefect.UNIT_NOT_KNOWN, RunDefect.CELL_NOT_READABLE]
    assert run.unread == ("My Rin (Ignored because I dont recognize this header)",)


def test_a_form_reads_only_what_no_instrument_knows() -> None:
    qubit_like = (
        QUANT.replace('well = "Well Location"', 'sample = "Sample Name"')
        .replace('heading = "Concentration"', 'heading = "A260"')
        .replace('analyte = "concentration"', 'analyte = "A260"')
        .replace('unit = "ng/uL"', "")
    )
    mapped = (run_files.Instrument("Quant", partial(told_by, quant(qubit_like))),)
    (run,) = run_files.runs_in(sample("nanodrop_one_dsDNA.csv"), mapped)
    assert run.dialect == "NanoDrop One CSV"
    mapped = (run_files.Instrument("Quant", partial(told_by, quant())),)
    (run,) = run_files.runs_in(sample("quant_test.csv"), mapped)
    assert run.dialect == "Quant CSV"


def test_a_file_without_one_of_the_headings_is_anothers() -> None:
    assert runs_by(quant(), made("Well Location,Conc\nA1,5\n")) == []


def test_a_form_may_name_the_order_of_dates_the_decimal_mark_and_a_column_of_units() -> None:
    text = (
        QUANT.replace('unit = "ng/uL"', 'unit_column = "Unit"').replace(
            'well = "Well Location"', 'sample = "Tube"\ndate = "Day"'
        )
        + '\n[reads]\ndates = "day first"\ndecimal = ","\neach_well_once = false\n'
    )
    (run,) = runs_by(quant(text), made("Tube;Day;Concentration;Unit\nT1;04/11/2023;1,234;ng/ml\n"))
    assert said(run.measured[0]) == ("1,234", "ng/ml", "0.001234")
    at = run.measured[0].at
    assert at is not None
    assert (str(at.local), at.order, at.decided_by) == (
        "2023-11-04 00:00:00", DateOrder.DAY_FIRST, "what this instrument is known to write",
    )  # fmt: skip


def test_a_preview_finds_the_headings_and_shows_the_first_rows() -> None:
    (shown,) = previews(sample("quant_test.csv"))
    assert (shown.line, shown.headings[:2]) == (4, ("Well Location", "Concentration"))
    assert shown.rows[1] == ("A2", "56 ng/ml", "8.1")
    assert shown.above[0][:2] == ("Assay Plate Barcode", " 999991")


def test_a_person_may_point_at_another_line_as_the_headings() -> None:
    (shown,) = previews(sample("quant_test.csv"), 3)
    assert shown.headings == ("Headers", "", "")


def test_a_workbook_is_shown_sheet_by_sheet() -> None:
    (shown,) = previews(sample("qubit4_example_2.xlsx"))
    assert shown.headings[:2] == ("Run ID", "Assay Name")


@pytest.mark.parametrize(
    ("text", "defect"),
    [
        ("format = ", ProfileDefect.NOT_TOML),
        ("", ProfileDefect.OTHER_FORMAT),
        (QUANT.replace("format = 1", "format = 2"), ProfileDefect.OTHER_FORMAT),
        (QUANT.replace('name = "Quant CSV"', ""), ProfileDefect.KEY_MISSING),
        (QUANT.replace('name = "Quant CSV"', 'name = " "'), ProfileDefect.NOT_TEXT),
        (QUANT.replace('well = "Well Location"', "well = 5"), ProfileDefect.NOT_TEXT),
        (QUANT.replace('well = "', 'wel = "'), ProfileDefect.KEY_UNKNOWN),
        (QUANT.replace('well = "', 'column_of_well = "'), ProfileDefect.HALF_A_WELL),
        (QUANT.replace('well = "', 'plate = "'), ProfileDefect.NO_NAME),
        (QUANT.replace('"concentration"', '"strength"'), ProfileDefect.ANALYTE_UNKNOWN),
        (QUANT.replace('"ng/uL"', '"bp"'), ProfileDefect.UNIT_UNKNOWN),
        (QUANT.replace('unit = "ng/uL"', ""), ProfileDefect.UNIT_MISSING),
        (QUANT.replace('"Concentration"', '"well location"'), ProfileDefect.HEADING_TWICE),
        (QUANT.split("[[value]]")[0], ProfileDefect.NO_VALUE),
        ('value = "x"\n' + QUANT.split("[[value]]")[0], ProfileDefect.NO_VALUE),
        (QUANT + '[reads]\ndates = "either"\n', ProfileDefect.CHOICE_UNKNOWN),
        (QUANT + "[reads]\neach_well_once = 1\n", ProfileDefect.CHOICE_UNKNOWN),
    ],
)
def test_what_is_wrong_with_a_form_is_said(text: str, defect: ProfileDefect) -> None:
    assert defect in wrong(text)


def test_a_wrong_analyte_is_told_with_those_that_are_known() -> None:
    problem = ProfileProblem(ProfileDefect.ANALYTE_UNKNOWN, "value 1.analyte", "strength", ("DIN", "RIN"))
    assert instrument_words.profile_problem(problem) == "value 1.analyte: “strength” is not known. Known are DIN, RIN."


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)


@given(words, words, st.sampled_from([None, Mark.COMMA]), st.booleans())
def test_a_form_comes_back_from_its_text(name: str, heading: str, mark: Mark | None, once: bool) -> None:
    form = Form(
        (ValueColumn(Analyte.DIN, (f"{heading} value",), unit_anywhere=True),),
        sample=(f"{heading} of sample",),
        lines_apart=once,
    )
    profile = Profile(name.strip(), "X", form, (("plate", heading),), Known(DateOrder.DAY_FIRST, mark))
    assert read_profile(profile_text(profile)) == profile


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["heading", "analyte", "unit", "sample", "x"]), inner, max_size=3)
        ),
        max_leaves=6,
    ),
    st.sampled_from(["columns", "above", "value", "reads", "name"]),
)
def test_no_text_breaks_the_reading_of_a_form(told: object, key: str) -> None:
    from devices.instruments.mapped import profile

    text = {"format": 1, "name": "n", "instrument": "i", key: told}
    assert list(profile._problems(text))


@given(st.text(max_size=60))
def test_no_words_break_the_reading_of_a_form(text: str) -> None:
    assert isinstance(read_profile(text), tuple)


def test_two_runs_in_a_laboratorys_table_are_told_apart_by_its_own_column() -> None:
    text = QUANT.replace('well = "Well Location"', 'well = "Well Location"\nrun_id = "Run"')
    file: GivenFile = made("Run,Well Location,Concentration\nR1,A1,5.0\nR2,A1,7.0\n")
    one, two = runs_by(quant(text), file)
    assert [(run.run_id, said(run.measured[0])[0], defects(run)) for run in (one, two)] == [
        ("R1", "5.0", []), ("R2", "7.0", []),
    ]  # fmt: skip


def test_two_values_may_share_one_column_of_units_that_stands_before_them() -> None:
    text = QUANT.replace('unit = "ng/uL"', 'unit_column = "Unit"')
    text += '\n[[value]]\nheading = "Conc. 2"\nanalyte = "concentration"\nunit_column = "Unit"\npart = "2"\n'
    (run,) = runs_by(quant(text), made("Well Location,Unit,Concentration,Conc. 2\nA1,ng/ml,5000,7000\n"))
    assert [(str(each.value), each.raw_unit, each.part) for each in run.measured[0].quantities] == [
        ("5.000", "ng/ml", ""), ("7.000", "ng/ml", "2"),
    ]  # fmt: skip
