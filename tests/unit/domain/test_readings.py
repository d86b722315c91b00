"""What is measured: judged only where it is certain, matched by code before place, and the last complete run stands."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from devices.measured import Analyte, InstrumentRun, Measured, Quantity, Role, Says
from gms_desktop.domain.readings.controls import controls_read, with_controls
from gms_desktop.domain.readings.judging import Volume, Word, judge, judged, worst
from gms_desktop.domain.readings.limits import Limit, Rule, read_qc_limits
from gms_desktop.domain.readings.matching import How, Item, Known, Match, Why, matched, twice
from gms_desktop.domain.readings.standing import Candidate, spread, standing

CONC = Analyte.CONCENTRATION


def cell(value: str | None, says: Says = Says.NUMBER, analyte: Analyte = CONC, unit: str = "ng/uL") -> Quantity:
    return Quantity(analyte, says, None if value is None else Decimal(value), unit, value or "", unit, "Conc.")


def limit(low: str | None, high: str | None, **more: str) -> Limit:
    number = {"minimum": low, "maximum": high}
    made = {name: None if one is None else Decimal(one) for name, one in number.items()}
    return Limit(CONC, unit="ng/uL", **made, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "says", "low", "high", "word"),
    [
        ("10", Says.NUMBER, "10", "200", Word.MEETS),
        ("9.99", Says.NUMBER, "10", None, Word.BELOW),
        ("200.01", Says.NUMBER, None, "200", Word.ABOVE),
        ("0.5", Says.BELOW, "10", None, Word.BELOW),
        ("10", Says.BELOW, "10", None, Word.BELOW),
        ("20", Says.BELOW, "10", None, Word.NOT_READABLE),
        ("20", Says.BELOW, None, "20", Word.MEETS),
        ("20", Says.BELOW, None, "15", Word.NOT_READABLE),
        ("10", Says.ABOVE, "10", None, Word.MEETS),
        ("5", Says.ABOVE, "10", None, Word.NOT_READABLE),
        ("300", Says.ABOVE, None, "200", Word.ABOVE),
        ("100", Says.ABOVE, "10", "200", Word.NOT_READABLE),
        (None, Says.BELOW, "10", None, Word.NOT_READABLE),
        (None, Says.OUT_OF_RANGE, "10", None, Word.NOT_READABLE),
        (None, Says.UNDETERMINED, "10", None, Word.NOT_READABLE),
        (None, Says.NOT_READABLE, "10", None, Word.NOT_READABLE),
        (None, Says.BLANK, "10", None, Word.NOT_MEASURED),
        (None, Says.NOT_AVAILABLE, "10", None, Word.NOT_MEASURED),
    ],
)
def test_a_cell_beside_a_limit(value: str | None, says: Says, low: str | None, high: str | None, word: Word) -> None:
    assert judge(limit(low, high), cell(value, says)) is word


def test_a_value_in_another_unit_is_not_judged() -> None:
    assert judge(limit("10", None), cell("50", unit="nmol/L")) is Word.NOT_READABLE


numbers = st.decimals(0, 1000, places=2)


@given(st.none() | numbers, st.none() | numbers, numbers, numbers, st.sampled_from([Says.BELOW, Says.ABOVE]))
def test_what_is_open_is_judged_only_as_every_value_it_leaves_open_would_be(
    low: Decimal | None, high: Decimal | None, edge: Decimal, other: Decimal, says: Says
) -> None:
    assume(low is None or high is None or low <= high)
    assume(other < edge if says is Says.BELOW else other > edge)
    bound = Limit(CONC, low, high, "ng/uL")
    word = judge(bound, Quantity(CONC, says, edge, "ng/uL", "", "", ""))
    if word is not Word.NOT_READABLE:
        assert judge(bound, Quantity(CONC, Says.NUMBER, other, "ng/uL", "", "", "")) is word


def test_a_total_is_concentration_times_volume_with_both_in_its_raw_text() -> None:
    rule = Rule("eluate", "3", (Limit(Analyte.TOTAL, Decimal(500), None, "ng"),))
    one = Measured(2, "x", (cell("12.5"),))
    [said] = judged([rule], one, ("Qubit",), Volume(Decimal("48.5"), "48.5"))
    assert said.word is Word.MEETS
    assert said.cell is not None
    assert (said.cell.value, said.cell.raw) == (Decimal("606.25"), "12.5 ng/uL x 48.5 uL")
    [unknown] = judged([rule], one, ("Qubit",), None)
    assert unknown.word is Word.NOT_MEASURED


def test_a_limit_for_one_method_says_nothing_of_another() -> None:
    rule = Rule("eluate", "3", (limit("10", None, method="Qubit"),))
    one = Measured(2, "x", (cell("5"),))
    assert judged([rule], one, ("NanoDrop One", ""), None) == ()
    assert [said.word for said in judged([rule], one, ("Qubit Flex", ""), None)] == [Word.BELOW]


def test_one_that_fails_is_never_hidden_by_one_that_meets() -> None:
    assert worst([Word.MEETS, Word.NOT_MEASURED, Word.BELOW]) is Word.BELOW
    assert worst([]) is Word.NO_RULE


# Matching


def item(code: str) -> Item:
    return Item("tube", f"t-{code}", code, "s1")


def sample(name: str, well: str = "", **more: str) -> Measured:
    return Measured(2, name, (cell("5"),), well=well, **more)  # type: ignore[arg-type]


A, B = item("FD20024619"), item("FD20024620")
BY_CODE: Mapping[str, Item] = {A.code: A, B.code: B}


def of(one: Measured, known: Known, by_hand: Mapping[int, Item] | None = None) -> Match:
    return matched([one], known, by_hand or {})[0]


def test_a_code_in_the_name_or_beside_it_is_the_tube() -> None:
    known = Known(BY_CODE)
    assert of(sample(" fd20024619 "), known) == Match(A, How.TUBE_CODE)
    assert of(sample("second elution", sample_id=B.code), known) == Match(B, How.TUBE_CODE)
    assert of(sample("second elution"), known) == Match(why=Why.NOT_KNOWN)
    assert of(sample(""), known) == Match(why=Why.NO_NAME)


def test_names_that_lead_to_two_tubes_lead_to_none_until_one_is_scanned() -> None:
    both = sample(A.code, sample_id=B.code)
    assert of(both, Known(BY_CODE)) == Match(why=Why.TWO_TUBES)
    assert of(both, Known(BY_CODE), {0: B}) == Match(B, How.SCANNED)


def test_a_patients_number_is_never_taken_for_a_tubes() -> None:
    number = "9990000042"
    known = Known({number: item(number)}, frozenset({number}))
    assert of(sample(number), known) == Match(why=Why.PATIENTS_NUMBER)


def test_a_well_speaks_for_a_name_that_is_no_code_and_never_against_one() -> None:
    known = Known(BY_CODE, wells={"A01": A}, place=How.RACK_AND_WELL)
    assert of(sample("Sample 1", "A01"), known) == Match(A, How.RACK_AND_WELL)
    assert of(sample(A.code, "A01"), known) == Match(A, How.TUBE_CODE)
    assert of(sample(B.code, "A01"), known) == Match(why=Why.TWO_TUBES)
    assert of(sample("Sample 2", "B01"), known) == Match(why=Why.NO_TUBE_IN_WELL)


def test_the_order_of_a_run_passes_over_blanks_and_is_contradicted_by_a_code() -> None:
    known = Known(BY_CODE, place=How.RUN_ORDER, in_order=(A, B))
    run = [sample("Blank", role=Role.BLANK), sample("1"), sample("2"), sample("3")]
    assert [one.item for one in matched(run, known, {})] == [None, A, B, None]
    assert matched(run, known, {})[3].why is Why.NO_TUBE_LEFT
    assert matched([sample(B.code)], known, {}) == (Match(why=Why.TWO_TUBES),)


def test_tubes_that_were_measured_several_times_are_counted() -> None:
    matches = matched([sample(A.code), sample(A.code), sample(B.code)], Known(BY_CODE), {})
    assert twice(matches) == {A.subject: 2}


# Which stands


def test_the_last_complete_run_stands_with_all_of_its_readings_and_never_one_that_is_held() -> None:
    readings = [
        Candidate("best", "r1", "2026-11-01"),
        Candidate("one", "r2", "2026-11-02"),
        Candidate("two", "r2", "2026-11-02"),
        Candidate("cut", "r3", "2026-11-03", complete=False),
        Candidate("held", "r4", "2026-11-04", held=True),
    ]
    assert standing(readings) == ("one", "two")
    assert standing(readings, "best") == ("best",)
    assert standing(readings[3:]) == ()


def test_replicates_keep_the_value_that_lies_away() -> None:
    made = spread([Decimal(10), Decimal(11), Decimal(18)])
    assert made is not None
    assert (made.many, made.mean) == (3, Decimal(13))
    assert made.cv is not None
    assert round(made.cv, 2) == Decimal("33.53")
    assert made.furthest is not None
    assert (made.furthest[0], round(made.furthest[1], 2)) == (2, Decimal("38.46"))
    assert spread([Decimal(5)]) is None
    nothing = spread([Decimal(0), Decimal(0)])
    assert nothing is not None
    assert nothing.cv is None


# Controls and the rule set

TEXT = """
version = "2"
[[control]]
name = "QC1"
lot = "L77"
of = "concentration"
min = "9"
max = "11"
unit = "ng/uL"
"""


@pytest.mark.parametrize(("value", "failed"), [("10", False), ("14", True), (None, True)])
def test_a_control_outside_the_range_of_its_lot_fails_and_so_does_one_without_a_value(
    value: str | None, failed: bool
) -> None:
    limits = read_qc_limits(TEXT)
    measured = cell(value, Says.NUMBER if value else Says.NOT_AVAILABLE)
    run = with_controls(InstrumentRun("Qubit", "Qubit 4", (Measured(2, "qc1 ", (measured,)),)), limits)
    assert run.measured[0].role is Role.CONTROL
    [read] = controls_read(run, limits)
    assert read.failed is failed


@pytest.mark.parametrize(
    "broken",
    [
        'min = "9"\nmax = "8"',
        "min = 9.5",
        'min = "many"',
        'min = "NaN"',
        "",
    ],
)
def test_limits_that_cannot_be_meant_are_not_approved(broken: str) -> None:
    text = TEXT.replace('min = "9"\nmax = "11"', broken)
    with pytest.raises((ValueError, TypeError, ArithmeticError)):
        read_qc_limits(text)


def test_a_control_has_one_lot_in_use() -> None:
    other = TEXT.partition("[[control]]")[2].replace("L77", "L78")
    with pytest.raises(ValueError, match="one lot"):
        read_qc_limits(f"{TEXT}[[control]]{other}")


def test_a_rule_is_for_its_types_and_tests() -> None:
    rule = Rule("eluate", "1", (limit("1", None),), types=("EDTA blood",), tests=("R208.1",))
    assert rule.is_for("EDTA blood", ["R208.1", "R1.1"])
    assert not rule.is_for("Saliva", ["R208.1"])
    assert not rule.is_for("EDTA blood", [])
