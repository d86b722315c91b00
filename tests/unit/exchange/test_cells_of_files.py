"""A number that a spreadsheet took hold of is never guessed back; a date is only read when it leaves no doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.exchange.birth_dates import DateDoubtError, DateOrder, iso_birth_date
from gms_desktop.exchange.cells import clean, identifier_fault, text_fault


@pytest.mark.parametrize(("cell", "reason"), [
    ("1.7E+09", "number-shortened"),
    ("1,70E+09", "number-shortened"),
    ("1.700009505E9", "number-shortened"),
    ("2e+11", "number-shortened"),
    ("1700009505.0", "number-with-decimals"),
    ("1700009505,00", "number-with-decimals"),
    ("3040001000004100", "number-rounded"),
    ("123456789012345600", "number-rounded"),
    ("#REF!", "spreadsheet-error"),
    ("########", "spreadsheet-error"),
    ("M\ufffdller", "letters-lost"),
    ("1700\n009505", "control-character"),
    ("1700\u00ad009505", "control-character"),
])  # fmt: skip
def test_an_identifier_that_a_spreadsheet_took_hold_of_is_refused(cell, reason):
    fault = identifier_fault(clean(cell))
    assert fault is not None
    assert (fault.reason_code, fault.blocks) == (reason, True)


@pytest.mark.parametrize(
    "cell",
    [
        "1700009505",
        "0000000001",
        "r30000000001",
        "H123/25",
        "20E12345",
        "8E834",
        "M1234",
        "944 930 5552",
        "HZ970705811GB",
        "RACK-2026-01",
        "1.2.3",
        "123456789012345",
    ],
)
def test_an_identifier_as_laboratories_write_them_stands(cell):
    assert identifier_fault(clean(cell)) is None


def test_sixteen_digits_that_end_in_one_zero_are_doubtful_and_not_refused():
    fault = identifier_fault("1234567890123450")
    assert fault is not None
    assert not fault.blocks


@given(st.text(st.sampled_from("0123456789"), min_size=1, max_size=15))
def test_up_to_fifteen_plain_digits_are_never_refused(digits):
    assert identifier_fault(digits) is None


@given(st.integers(min_value=10**10, max_value=10**25))
def test_every_number_written_in_scientific_form_is_refused(number):
    for written in (f"{number:.2E}", f"{number:.2e}", f"{number:.2E}".replace(".", ",")):
        assert identifier_fault(written) is not None


def test_outer_spaces_of_every_kind_and_the_text_formula_go():
    assert clean(" \u00a0\u200b1700009505\ufeff\t ") == "1700009505"
    assert clean(' ="0012345" ') == "0012345"
    assert clean("O’Neill  Smith") == "O’Neill  Smith"


def test_a_spreadsheet_error_among_words_is_told_and_never_keeps_a_row_back():
    fault = text_fault("#N/A")
    assert fault is not None
    assert not fault.blocks
    assert text_fault("1.7E+09") is None


@pytest.mark.parametrize(("written", "order", "iso"), [
    ("1978-01-17", DateOrder.UNSTATED, "1978-01-17"),
    ("1978-01-17T00:00:00", DateOrder.UNSTATED, "1978-01-17"),
    ("19780117", DateOrder.UNSTATED, "1978-01-17"),
    ("17/01/1978", DateOrder.UNSTATED, "1978-01-17"),
    ("01/17/1978", DateOrder.UNSTATED, "1978-01-17"),
    ("03/03/1978", DateOrder.UNSTATED, "1978-03-03"),
    ("17 Jan 1978", DateOrder.UNSTATED, "1978-01-17"),
    ("7-SEPT-1978", DateOrder.UNSTATED, "1978-09-07"),
    ("03/04/1978", DateOrder.DAY_FIRST, "1978-04-03"),
    ("03/04/1978", DateOrder.MONTH_FIRST, "1978-03-04"),
])  # fmt: skip
def test_a_birth_date_that_leaves_no_doubt_is_read(written, order, iso):
    assert iso_birth_date(written, order) == iso


@pytest.mark.parametrize(("written", "reason"), [
    ("03/04/1978", "date-order-open"),
    ("17/01/78", "date-unclear"),
    ("28507", "date-unclear"),
    ("1978-01-17T23:00:00Z", "date-unclear"),
    ("January 1978", "date-unclear"),
    ("1978-02-30", "date-not-real"),
    ("31/02/1990", "date-not-real"),
    ("13/13/1990", "date-not-real"),
])  # fmt: skip
def test_a_birth_date_with_any_doubt_stays_as_written(written, reason):
    with pytest.raises(DateDoubtError) as doubt:
        iso_birth_date(written)
    assert doubt.value.reason_code == reason


@given(st.dates())
def test_a_birth_date_read_back_in_either_order_is_never_another_day(day):
    assert iso_birth_date(day.isoformat()) == day.isoformat()
    written = f"{day.day:02}/{day.month:02}/{day.year:04}"
    assert iso_birth_date(written, DateOrder.DAY_FIRST) == day.isoformat()
    if day.day <= 12 and day.day != day.month:
        with pytest.raises(DateDoubtError, match="date-order-open"):
            iso_birth_date(written)
    else:
        assert iso_birth_date(written) == day.isoformat()


def test_a_cell_as_long_as_a_letter_is_no_code() -> None:
    assert identifier_fault("A" * 200) is None
    fault = identifier_fault("A" * 201)
    assert fault is not None
    assert (fault.reason_code, fault.blocks) == ("identifier-too-long", True)
