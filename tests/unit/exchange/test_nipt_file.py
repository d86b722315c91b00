"""The monthly NIPT file: its header, every rule of the table, the table's own defects, and no row dropped."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.findings import Severity, read_profile
from gms_desktop.domain.nipt import findings, periods, record, rules
from gms_desktop.domain.nipt import table_one as t
from gms_desktop.domain.nipt.codes import Acceptance, Outcome, Pathway, Sequence
from gms_desktop.domain.nipt.defects import DEFECTS
from gms_desktop.domain.nipt.form import Form, Weight
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.domain.nipt.record import Mother, Places, Record, Standing
from gms_desktop.domain.nipt.result import Result, Then
from gms_desktop.exchange import ncardrs

TEXT = files("resources").joinpath("rules", "nipt-table-1.toml").read_text("utf-8")
PROFILE = read_profile(TEXT)
DRAWN = date(2026, 10, 5)
WHOLE = Record(
    id="ZK7Q3ZD0001X",
    mother=Mother("9449305552", "Oyelaran", "Amara", "1991-03-05", "BS10 5NB"),
    places=Places("699X0", "R0A", "RR8"),
    form=Form(
        sampled=DRAWN,
        weight=Weight(Decimal("68.5"), "kg"),
        due=date(2027, 4, 1),
        fetuses=2,
        chorionicity="1",
        ivf="2",
        ethnicity="99",
        conditions="3",
        sequence=Sequence.FIRST,
    ),
    judged=Judgement(Acceptance.ACCEPTED),
    judged_on=DRAWN + timedelta(2),
    result=Result(
        Outcome.RESULT,
        results={"T21": "2", "T18": "2", "T13": "1"},
        scores={"Z SCORE-T21": "-0.43", "LR -T21": "0.0001", "POST - T21": "0.00002"},
        fetal_fraction="0.085",
        fraction_unit="1",
        runs=1,
        authorised=DRAWN + timedelta(5),
        reported=DRAWN + timedelta(6),
    ),
    received=DRAWN + timedelta(2),
)
ROW = record.row(WHOLE)


def test_a_whole_row_has_nothing_odd_about_it() -> None:
    assert rules.check(ROW, PROFILE) == ()
    assert rules.combinations_of(ROW) == {"a", "b"}


def test_the_header_is_that_of_the_table_in_its_order() -> None:
    made = ncardrs.write([ROW], PROFILE)
    lines = made.content.decode().split("\r\n")
    assert lines[0].split(",") == list(t.COLUMNS)
    assert len(t.COLUMNS) == 41
    assert lines[0].startswith("SAMPLE ID,HUB ID,LAB ID,REQUESTING HOSPITAL ID,NHS NUMBER,SURNAME,FORENAME,BIRTH DATE")
    assert lines[0].endswith("LR -T13,POST - T21,POST - T18,POST - T13,FETAL FRACTION")


def test_a_row_tells_what_was_stated_and_nothing_else() -> None:
    said = {name: value for name, value in ROW.items() if value}
    assert said == {
        "SAMPLE ID": "ZK7Q3ZD0001X", "HUB ID": "699X0", "LAB ID": "R0A", "REQUESTING HOSPITAL ID": "RR8",
        "NHS NUMBER": "9449305552", "SURNAME": "Oyelaran", "FORENAME": "Amara", "BIRTH DATE": "1991-03-05",
        "POSTCODE": "BS10 5NB", "ETHNICITY": "99", "WEIGHT": "68.5", "EXPECTED DELIVERY DATE": "2027-04-01",
        "FETUSES": "2", "CHORIONICITY": "1", "IVF": "2", "SAMPLE DATE": "2026-10-05", "RECEIVED DATE": "2026-10-07",
        "SAMPLE SEQUENCE": "1", "RUNS": "1", "SAMPLE ACCEPTANCE": "5", "CONDITION TESTED FOR": "3",
        "TEST OUTCOME": "2", "AUTHORISED DATE": "2026-10-10", "REPORTED DATE": "2026-10-11",
        "RESULT REPORTED - T21": "2", "RESULT REPORTED - T18": "2", "RESULT REPORTED - T13": "1",
        "Z SCORE-T21": "-0.43", "LR -T21": "0.0001", "POST - T21": "0.00002", "FETAL FRACTION": "8.5",
    }  # fmt: skip


@pytest.mark.parametrize(
    "item", [item for item in t.ITEMS if item.need is t.Need.MANDATORY], ids=lambda item: item.name
)
def test_a_mandatory_item_that_is_absent_is_found(item: t.Item) -> None:
    assert (item.name, findings.ABSENT) in [(one.item, one.code) for one in rules.check(ROW | {item.name: ""}, PROFILE)]


@pytest.mark.parametrize(
    "name",
    ["REQUESTING HOSPITAL ID", "ETHNICITY", "WEIGHT", "EXPECTED DELIVERY DATE", "FETUSES", "IVF", "RUNS",
     "CONDITION TESTED FOR", "AUTHORISED DATE", "CHORIONICITY", "RESULT REPORTED - T21", "RESULT REPORTED - T18",
     "RESULT REPORTED - T13"],
)  # fmt: skip
def test_a_required_item_that_is_absent_is_found(name: str) -> None:
    assert (name, findings.BLANK) in [(one.item, one.code) for one in rules.check(ROW | {name: ""}, PROFILE)]


@pytest.mark.parametrize("name", [*t.Z_SCORE.values(), *t.LIKELIHOOD.values(), *t.POSTERIOR.values(), "FETAL FRACTION"])
def test_what_is_asked_for_where_available_may_be_absent_but_is_a_decimal(name: str) -> None:
    assert rules.check(ROW | {name: ""}, PROFILE) == ()
    assert [one.code for one in rules.check(ROW | {name: "1e-4"}, PROFILE)] == [findings.DECIMAL]


@pytest.mark.parametrize("item", [item for item in t.ITEMS if item.codes], ids=lambda item: item.name)
def test_a_code_that_the_table_does_not_have_is_found(item: t.Item) -> None:
    for wrong in ("0", "13", "01", "I", "a"):
        said = [(one.item, one.code) for one in rules.check(ROW | {item.name: wrong}, PROFILE)]
        assert (item.name, findings.CODE) in said, wrong


@pytest.mark.parametrize("item", [item for item in t.ITEMS if item.form is t.Form.DATE], ids=lambda item: item.name)
def test_a_date_is_written_century_first_and_exists(item: t.Item) -> None:
    for wrong in ("05/10/2026", "2026-02-30", "2026-1-5", "20261005", "unknown"):
        said = [(one.item, one.code) for one in rules.check(ROW | {item.name: wrong}, PROFILE)]
        assert (item.name, findings.DATE) in said, wrong


@pytest.mark.parametrize(
    ("change", "name", "code"),
    [
        ({"NHS NUMBER": "9449305553"}, "NHS NUMBER", findings.NHS),
        ({"NHS NUMBER": "944 930 5552"}, "NHS NUMBER", findings.NHS),
        ({"POSTCODE": "BS10  5NBX"}, "POSTCODE", findings.POSTCODE),
        ({"HUB ID": "699X00"}, "HUB ID", findings.ODS),
        ({"LAB ID": "r0a"}, "LAB ID", findings.ODS),
        ({"WEIGHT": "68,5"}, "WEIGHT", findings.DECIMAL),
        ({"RUNS": "1.5"}, "RUNS", findings.WHOLE),
        ({"FETUSES": "1"}, "CHORIONICITY", findings.NOT_ASKED),
        ({"REPEAT REASON": "1"}, "REPEAT REASON", findings.NOT_ASKED),
        ({"SAMPLE SEQUENCE": "2"}, "REPEAT REASON", findings.BLANK),
        ({"INELIGIBLE REASON": "1"}, "INELIGIBLE REASON", findings.NOT_ASKED),
        ({"REJECTION REASON": "1"}, "REJECTION REASON", findings.NOT_ASKED),
        ({"NO RESULT REASON": "1"}, "NO RESULT REASON", findings.NOT_ASKED),
        ({"SAMPLE ACCEPTANCE": "1"}, "INELIGIBLE REASON", findings.BLANK),
        ({"SAMPLE ACCEPTANCE": "2"}, "REJECTION REASON", findings.BLANK),
        ({"SAMPLE ACCEPTANCE": "2"}, "TEST OUTCOME", findings.TESTED_UNACCEPTED),
        ({"TEST OUTCOME": "1"}, "TEST OUTCOME", findings.ACCEPTED_UNTESTED),
        ({"TEST OUTCOME": "3"}, "NO RESULT REASON", findings.BLANK),
        ({"TEST OUTCOME": "3"}, "RESULT REPORTED - T21", findings.NOT_ASKED),
        ({"CONDITION TESTED FOR": "1"}, "RESULT REPORTED - T18", findings.CONDITION_NOT_CHOSEN),
        ({"SAMPLE DATE": "2026-10-08"}, "SAMPLE DATE", findings.SAMPLE_AFTER_RECEIPT),
        ({"RECEIVED DATE": "2026-10-12"}, "RECEIVED DATE", findings.RECEIVED_AFTER_REPORT),
        ({"AUTHORISED DATE": "2026-10-12"}, "AUTHORISED DATE", findings.AUTHORISED_AFTER_REPORT),
        ({"BIRTH DATE": "2026-10-06"}, "BIRTH DATE", findings.BORN_AFTER_SAMPLE),
    ],
)
def test_each_rule_of_the_table(change: dict[str, str], name: str, code: str) -> None:
    assert (name, code) in [(one.item, one.code) for one in rules.check(ROW | change, PROFILE)]


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        (("NHS NUMBER",), {"b"}),
        (("POSTCODE",), {"a"}),
        (("SURNAME", "FORENAME", "POSTCODE"), {"a"}),
        (("NHS NUMBER", "POSTCODE"), set()),
        (("BIRTH DATE",), set()),
        (("NHS NUMBER", "FORENAME"), set()),
    ],
)
def test_the_mother_is_identified_by_one_of_two_combinations(gone: tuple[str, ...], left: set[str]) -> None:
    row = ROW | dict.fromkeys(gone, "")
    assert rules.combinations_of(row) == left
    said = [one for one in rules.check(row, PROFILE) if one.code == findings.NO_IDENTITY]
    assert bool(said) != bool(left)
    assert all(one.severity is Severity.BLOCK for one in said)


def test_the_codes_with_two_characters_are_written_whole() -> None:
    sick = {"SAMPLE ACCEPTANCE": "1", "INELIGIBLE REASON": "10", "TEST OUTCOME": "1", "RUNS": "", "AUTHORISED DATE": ""}
    row = ROW | sick | dict.fromkeys(t.RESULT.values(), "")
    assert rules.check(row, PROFILE) == ()
    assert ncardrs.read(ncardrs.write([row], PROFILE).content)[0]["INELIGIBLE REASON"] == "10"
    assert ncardrs.read(ncardrs.write([row], PROFILE).content)[0]["ETHNICITY"] == "99"


REJECTED = replace(
    WHOLE,
    judged=Judgement(Acceptance.REJECTED, rejection=("2", "5"), repeat_asked=True),
    result=Result(Outcome.NOT_TESTED, reported=DRAWN + timedelta(3)),
)


@pytest.mark.parametrize("reason", ["2", "7"])
def test_the_two_codes_for_the_wrong_tube_are_noted(reason: str) -> None:
    row = record.row(REJECTED) | {"REJECTION REASON": reason}
    said = rules.check(row, PROFILE)
    assert [(one.item, one.code, one.severity) for one in said] == [
        ("REJECTION REASON", findings.WRONG_TUBE, Severity.NOTE)
    ]


def test_a_sample_that_was_not_received_has_no_received_date_and_its_row_is_noted() -> None:
    never = replace(REJECTED, judged=Judgement(Acceptance.REJECTED, rejection=("1",), repeat_asked=True), received=None)
    row = record.row(never)
    said = [(one.item, one.code, one.severity) for one in rules.check(row, PROFILE)]
    assert said == [("RECEIVED DATE", findings.NOT_RECEIVED, Severity.NOTE)]
    odd = rules.check(row | {"RECEIVED DATE": "2026-10-07"}, PROFILE)
    assert [one.code for one in odd] == [findings.RECEIVED_AFTER_ALL]


def test_results_of_t18_and_t13_are_asked_for_where_they_were_tested_for() -> None:
    only = ROW | {"CONDITION TESTED FOR": "1", "RESULT REPORTED - T18": "", "RESULT REPORTED - T13": ""}
    assert rules.check(only, PROFILE) == ()
    pair = ROW | {"CONDITION TESTED FOR": "2", "RESULT REPORTED - T21": "", "RESULT REPORTED - T13": ""}
    assert [(one.item, one.code) for one in rules.check(pair, PROFILE)] == [("RESULT REPORTED - T13", findings.BLANK)]


def test_triplets_have_no_code_and_their_row_is_listed() -> None:
    three = replace(WHOLE, form=replace(WHOLE.form, fetuses=3, chorionicity=""))  # type: ignore[type-var]
    assert record.row(three)["FETUSES"] == ""


def test_a_sample_number_that_stands_twice_is_found_in_both_rows() -> None:
    made = ncardrs.write([ROW, ROW, ROW | {"SAMPLE ID": "Z2"}], PROFILE)
    assert [(one.place, one.found[0].code) for one in made.listed] == [(1, findings.DUPLICATE), (2, findings.DUPLICATE)]
    assert made.blocked == 2


def test_no_row_is_dropped_however_odd() -> None:
    odd = [{}, ROW, {"SAMPLE ID": "x", "SAMPLE DATE": "yesterday"}]
    made = ncardrs.write(odd, PROFILE)
    assert made.rows == 3
    assert len(ncardrs.read(made.content)) == 3
    assert [one.place for one in made.listed] == [1, 3]
    assert made.blocked == 2


def test_a_column_that_the_table_does_not_have_is_a_fault() -> None:
    with pytest.raises(KeyError, match="SEX"):
        ncardrs.write([{"SEX": "female"}], PROFILE)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(t.COLUMNS), st.text(st.characters(codec="utf-8", exclude_characters="\r\0")))
    )
)
def test_whatever_stands_in_a_row_comes_back_as_it_was(rows: list[dict[str, str]]) -> None:
    made = ncardrs.write(rows, PROFILE)
    assert made.rows == len(rows)
    assert ncardrs.read(made.content) == [dict.fromkeys(t.COLUMNS, "") | row for row in rows]


@given(st.dictionaries(st.sampled_from(t.COLUMNS), st.text()))
def test_every_row_can_be_checked_and_every_finding_is_known(row: dict[str, str]) -> None:
    for one in rules.check(row, PROFILE):
        assert one.code in findings.CODES
        assert one.item in t.COLUMNS


def test_the_product_profile_names_every_finding_with_its_source() -> None:
    said = tomllib.loads(TEXT)["codes"]
    assert said.keys() == findings.CODES
    assert all(one["source"] for one in said.values())


def test_a_file_of_something_else_is_not_read() -> None:
    with pytest.raises(ValueError, match="header"):
        ncardrs.read(b"a,b\r\n1,2\r\n")


def test_what_goes_with_the_file_claims_nothing_and_tells_each_defect() -> None:
    said = ncardrs.about(["nipt-fasp-2026-10.csv"])
    assert "July 2026" in said
    assert "No conformance with NCARDRS is claimed" in said
    assert all(one.what in said for one in DEFECTS)


OCTOBER = periods.month("2026-10")


@pytest.mark.parametrize(
    ("one", "where"),
    [
        (WHOLE, Standing.RESULT),
        (REJECTED, Standing.REJECTED),
        (replace(REJECTED, judged=Judgement(Acceptance.REJECTED, rejection=("5",))), Standing.NO_REPEAT),
        (replace(REJECTED, judged=Judgement(Acceptance.INELIGIBLE, ineligible=("6",))), Standing.INELIGIBLE),
        (replace(WHOLE, judged=None), Standing.OPEN),
        (replace(WHOLE, result=None), Standing.OPEN),
        (replace(REJECTED, result=None), Standing.REJECTED),
        (replace(WHOLE, result=Result(Outcome.NO_RESULT, reported=DRAWN)), Standing.NOTHING_SAID),
        (replace(WHOLE, result=Result(Outcome.NO_RESULT, reported=DRAWN, then=Then.AFTER_TWO)), Standing.NO_RESULT),
        (replace(WHOLE, result=Result(Outcome.NO_RESULT, reported=DRAWN, then=Then.REPEAT_ASKED)), Standing.NO_RESULT),
        (replace(WHOLE, result=Result(Outcome.RESULT, reported=date(2026, 11, 1))), Standing.OTHER_MONTH),
        (replace(WHOLE, result=Result(Outcome.NOT_TESTED, reported=DRAWN)), Standing.OPEN),
    ],
)
def test_which_samples_stand_in_the_file_of_a_month(one: Record, where: Standing) -> None:
    assert record.standing(one, OCTOBER) is where


def test_a_repeat_requested_with_the_report_counts_as_requested() -> None:
    told = replace(
        REJECTED,
        judged=Judgement(Acceptance.REJECTED, rejection=("5",)),
        result=Result(Outcome.NOT_TESTED, reported=DRAWN, then=Then.REPEAT_ASKED),
    )
    assert record.standing(told, OCTOBER) is Standing.REJECTED


def test_the_clarified_choice_stands_in_the_row() -> None:
    said = Judgement(Acceptance.CLARIFIED, conditions="1", clarified_with="Midwife Adams")
    assert record.row(replace(WHOLE, judged=said))["CONDITION TESTED FOR"] == "1"


def test_r445_is_kept_apart_and_no_name_shows_in_a_trace() -> None:
    assert replace(WHOLE, form=Form(Pathway.R445)).pathway is Pathway.R445
    assert replace(WHOLE, form=None).pathway is Pathway.FASP
    assert "Oyelaran" not in repr(WHOLE)


def test_the_file_is_read_by_any_reader_of_csv() -> None:
    comma = ROW | {"SURNAME": 'O"Neil, Smith'}
    read = list(csv.DictReader(io.StringIO(ncardrs.write([comma], PROFILE).content.decode())))
    assert read[0]["SURNAME"] == 'O"Neil, Smith'
