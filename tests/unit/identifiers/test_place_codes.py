"""Codes of places: ours, checked, and never one that a specimen could have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.identifiers import accession, barcode, downtime, fluidx, ngis, nhs_number, ods, place_code
from gms_desktop.domain.identifiers.barcode import Kind

OTHERS = (
    *(accession.looks_like, downtime.looks_like, fluidx.is_fluidx, ods.is_ods, nhs_number.check_digit_agrees),
    *(ngis.is_lab_sample, ngis.is_referral, ngis.is_participant),
)
numbers = st.builds(
    accession.mint,
    st.sampled_from(accession.LETTERS),
    st.text(accession.ALPHABET, min_size=3, max_size=3),
    st.integers(0, accession.COUNTER_END - 1),
)
positions = st.builds(lambda row, column: f"{row}{column:02}", st.sampled_from("ABCDEFGHJI"), st.integers(1, 24))


@given(numbers, positions)
def test_a_code_of_a_place_or_position_is_read_back_and_is_nothing_else(number: str, position: str) -> None:
    code = place_code.of_number(number)
    assert place_code.parts(code) == (code, "")
    assert place_code.parts(f"{code}.{position}") == (code, position)
    for text in (code, f"{code}.{position}"):
        assert [one.kind for one in barcode.recognise(text)] == [Kind.PLACE]
        assert barcode.proves_itself(text)
        assert not any(looks(text) for looks in OTHERS)


@given(numbers)
def test_no_number_of_a_specimen_is_a_place(number: str) -> None:
    assert not place_code.looks_like(number)
    assert [one.kind for one in barcode.recognise(number) if one.kind is Kind.PLACE] == []


@given(st.text(max_size=30))
def test_any_text_is_a_place_or_is_not_and_its_normal_form_is_one(text: str) -> None:
    found = place_code.parts(text)
    if found is not None:
        assert place_code.parts(place_code.normalise(text)) == found


@given(numbers, st.integers(0, 8), st.sampled_from(accession.ALPHABET))
def test_one_wrong_character_is_noticed(number: str, place: int, other: str) -> None:
    wrong = number[:place] + other + number[place + 1 :]
    assert place_code.looks_like(place_code.of_number(wrong)) == (wrong == number)


def test_what_is_typed_in_small_letters_and_groups_counts() -> None:
    number = accession.mint("S", "A1B", 7)
    code = place_code.of_number(number)
    assert place_code.parts(f" {code.lower()}.b03 ") == (code, "B03")


@pytest.mark.parametrize("text", ["", "L/", "L/.A01", "L/K7Q", "A01", "L/SA1B00070.1A", "L.SA1B0007"])
def test_what_is_no_code_of_a_place_has_no_normal_form(text: str) -> None:
    with pytest.raises(ValueError, match="no code of a place"):
        place_code.normalise(text)
