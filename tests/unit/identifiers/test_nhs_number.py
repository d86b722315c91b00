"""NHS numbers as they stand on request forms and in spreadsheets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.findings import Severity, SeverityProfile
from gms_desktop.domain.identifiers import nhs_number

ten_digits = st.text("0123456789", min_size=10, max_size=10)
PUBLIC_TEST_NUMBERS = [
    "9449305552", "9449307555", "9737383222", "9737873971", "9999999603", "9999999581", "9999999514",
]  # fmt: skip
FAILING_IN_PUBLIC_EXAMPLES = [
    "8449303541", "9449307246", "7449306524", "8449303649", "8449303650", "9449307559", "8449303444", "8449303452",
]  # fmt: skip


def codes(text: str) -> list[str]:
    return [finding.code for finding in nhs_number.findings(text)]


@pytest.mark.parametrize("number", PUBLIC_TEST_NUMBERS)
def test_a_public_test_number_has_a_right_check_digit_and_is_reported_as_synthetic(number: str) -> None:
    assert nhs_number.check_digit_agrees(number)
    assert codes(number) == ["nhs-synthetic"]


@pytest.mark.parametrize("number", FAILING_IN_PUBLIC_EXAMPLES)
def test_a_number_from_the_public_examples_that_fails_modulus_11_warns_and_is_kept(number: str) -> None:
    finding = nhs_number.findings(number)[0]
    assert (finding.code, finding.severity, finding.value) == ("nhs-check-digit", Severity.WARN, number)


def test_a_number_of_nine_digits_is_reported_by_its_length() -> None:
    assert codes("944930555") == ["nhs-length"]


def test_a_number_with_a_letter_for_a_digit_is_reported() -> None:
    assert codes("944930555O") == ["nhs-not-digits"]


def test_digits_of_another_script_are_no_digits() -> None:
    assert codes("٩٤٤٩٣٠٥٥٥٢") == ["nhs-not-digits"]


def test_nothing_written_is_reported() -> None:
    assert codes("") == ["nhs-not-digits", "nhs-length"]


@pytest.mark.parametrize("cell", ["1.7E+09", "9.44931E+09", "9449305552.0", " 9449305552.00 ", "9e9"])
def test_a_number_that_a_spreadsheet_has_mangled_says_only_that(cell: str) -> None:
    assert codes(cell) == ["nhs-spreadsheet"]


@pytest.mark.parametrize("written", ["944 930 5552", "944-930-5552", " 9449305552 ", "944\u00a0930\u20115552"])
def test_spaces_and_hyphens_make_no_difference(written: str) -> None:
    assert nhs_number.normalise(written) == "9449305552"
    assert nhs_number.display(written) == "944 930 5552"


def test_a_text_that_is_no_number_is_shown_as_it_came() -> None:
    assert nhs_number.display(" not known ") == " not known "


def test_a_number_from_a_range_that_is_never_issued_is_reported() -> None:
    assert codes("0000000051") == ["nhs-not-issued"]


def test_a_laboratory_may_raise_a_wrong_check_digit_to_a_block() -> None:
    profile = SeverityProfile("ours", severities={"nhs-check-digit": Severity.BLOCK})
    assert nhs_number.findings("7449306524", profile)[0].severity is Severity.BLOCK


@given(ten_digits)
def test_the_check_digit_is_the_published_sum(number: str) -> None:
    remainder = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False)) % 11
    check = {11: "0", 10: "never"}.get(11 - remainder, str(11 - remainder))
    assert nhs_number.check_digit_agrees(number) == (check == number[9])
    assert ("nhs-check-digit" in codes(number)) == (check != number[9])


@given(ten_digits, st.integers(0, 9), st.sampled_from("0123456789"))
def test_one_wrong_digit_never_passes(number: str, place: int, digit: str) -> None:
    wrong = number[:place] + digit + number[place + 1 :]
    assert wrong == number or not (nhs_number.check_digit_agrees(number) and nhs_number.check_digit_agrees(wrong))


@given(st.text())
def test_any_text_gets_findings_of_known_codes_and_keeps_its_words(text: str) -> None:
    found = nhs_number.findings(text)
    assert {finding.code for finding in found} <= nhs_number.CODES
    assert all(finding.value == text for finding in found)
    assert nhs_number.normalise(nhs_number.display(text)) == nhs_number.normalise(text)
