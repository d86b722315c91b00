"""One cell of an instrument's file: a number is a number, and nothing else ever becomes one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.instruments.cells import Mark, mark_of, quantity, told
from devices.instruments.dates import IN_CONFLICT, Order, day_in, order_of, own_time
from devices.measured import Analyte, DateOrder, Says

UNDECIDED = Order(DateOrder.UNDECIDED, "nothing in the file")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("", Says.BLANK),
        ("  ", Says.BLANK),
        ("Out of range", Says.OUT_OF_RANGE),
        ("N/A", Says.NOT_AVAILABLE),
        ("NaN", Says.NOT_AVAILABLE),
        ("-", Says.NOT_AVAILABLE),
        ("Undetermined", Says.UNDETERMINED),
        ("Too high", Says.ABOVE),
        ("12 apples and 3", Says.NOT_READABLE),
        ("=cmd|' /C calc'!A0", Says.NOT_READABLE),
        ("1.2.3", Says.NOT_READABLE),
        ("١٢", Says.NOT_READABLE),
        ("inf", Says.NOT_READABLE),
    ],
)
def test_words_in_a_cell_stay_what_they_are_and_are_never_nought(cell: str, says: Says) -> None:
    assert (told(cell).says, told(cell).value) == (says, None)


def test_a_limit_is_kept_as_a_limit() -> None:
    assert (told("<0.50").says, told("<0.50").value) == (Says.BELOW, Decimal("0.50"))
    assert (told("> 1,200.5").says, told("> 1,200.5").value) == (Says.ABOVE, Decimal("1200.5"))


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [("30.4", "ng/mL", "0.0304"), ("6.08", "ng/µL", "6.08"), ("6.08", "ng/Âµl", "6.08"), ("250", "pg/µl", "0.250")],
)
def test_a_concentration_is_told_in_nanograms_a_microlitre_with_its_own_unit_kept(
    cell: str, unit: str, value: str
) -> None:
    read = quantity(Analyte.CONCENTRATION, cell, "Conc.", unit)
    assert (read.value, read.unit, read.raw, read.raw_unit) == (Decimal(value), "ng/uL", cell, unit)


def test_a_unit_inside_the_cell_that_is_not_the_columns_makes_it_unreadable() -> None:
    assert quantity(Analyte.CONCENTRATION, "56 ng/ml", "Concentration", "ng/uL").says is Says.NOT_READABLE
    assert quantity(Analyte.CONCENTRATION, "56 ng/ml", "Concentration").value == Decimal("0.056")


def test_a_concentration_without_any_unit_is_not_readable() -> None:
    assert quantity(Analyte.CONCENTRATION, "56", "Concentration").says is Says.NOT_READABLE


def test_a_lone_thousand_or_one_and_a_bit_is_left_open() -> None:
    assert mark_of(["1,234", "56"]) is None
    assert told("1,234", None).says is Says.NOT_READABLE
    assert mark_of(["1,234", "0,5"]) is Mark.COMMA
    assert told("1,234", Mark.COMMA).value == Decimal("1.234")
    assert mark_of(["1,234", "1,234.5"]) is Mark.POINT
    assert told("1,234", Mark.POINT).value == Decimal(1234)


def test_marks_that_contradict_each_other_decide_nothing() -> None:
    assert mark_of(["0,5", "0.5"]) is None


@given(st.text(max_size=20), st.sampled_from([Mark.POINT, Mark.COMMA, None]))
def test_no_text_ever_breaks_the_reading_of_a_cell(cell: str, mark: Mark | None) -> None:
    read = told(cell, mark)
    assert (read.value is not None) == (read.says is Says.NUMBER) or read.says in {Says.BELOW, Says.ABOVE}
    assert read.value is None or read.value.is_finite()


@given(st.decimals(min_value=-9999, max_value=9999, places=3))
def test_a_number_comes_back_as_it_was_written(number: Decimal) -> None:
    assert told(f"{number:f}").value == number
    assert told(f"{number:f}".replace(".", ","), Mark.COMMA).value == number


def test_a_day_above_twelve_decides_for_the_whole_file() -> None:
    order = order_of(["04/11/2023 01:06:59", "13/11/2023 02:00:00"])
    assert order.order is DateOrder.DAY_FIRST
    at = own_time("04/11/2023 01:06:59", order)
    assert at is not None
    assert at.local is not None
    assert at.local.isoformat() == "2023-11-04T01:06:59"


def test_the_run_id_decides_an_ambiguous_date() -> None:
    order = order_of(["04/11/2023 01:06:59"], [day for day in [day_in("2023-11-04")] if day])
    assert order == Order(DateOrder.DAY_FIRST, "the date 2023-11-04 elsewhere in this file")


def test_an_ambiguous_date_is_never_guessed() -> None:
    at = own_time("04/11/2023 01:06:59", order_of(["04/11/2023 01:06:59"]))
    assert at is not None
    assert (at.local, at.order) == (None, DateOrder.UNDECIDED)


def test_what_was_said_of_the_instrument_counts_only_where_the_file_leaves_it_open() -> None:
    assert order_of(["04/11/2023"], profile=DateOrder.MONTH_FIRST).order is DateOrder.MONTH_FIRST
    assert order_of(["13/11/2023"], profile=DateOrder.MONTH_FIRST).order is DateOrder.DAY_FIRST


def test_dates_of_both_orders_decide_nothing() -> None:
    assert order_of(["13/11/2023", "11/13/2023"]) == Order(DateOrder.UNDECIDED, IN_CONFLICT)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("13:13:29 PM BST", 13), ("3:27:29 PM", 15), ("12:05:00 AM", 0), ("12:05:00 PM", 12), ("04:41:09 PM", 16)],
)
def test_clocks_of_twelve_and_of_twenty_four_hours(text: str, hour: int) -> None:
    at = own_time(f"2023-07-19 {text}", UNDECIDED)
    assert at is not None
    assert at.local is not None
    assert at.local.hour == hour


@given(st.text(max_size=40))
def test_no_text_ever_breaks_the_reading_of_a_time(text: str) -> None:
    own_time(text, order_of([text]))
