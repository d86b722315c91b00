"""Downtime numbers: marked so that nobody and nothing takes one for an accession, or an accession for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.identifiers import accession, barcode, downtime, fluidx
from gms_desktop.domain.identifiers.barcode import Kind

letters = st.sampled_from(accession.LETTERS)
codes = st.one_of(st.text(accession.ALPHABET, min_size=n, max_size=n) for n in (3, 6))
counters = st.integers(0, downtime.COUNTER_END - 1)
numbers = st.builds(downtime.mint, letters, codes, counters)


@given(numbers)
def test_a_downtime_number_is_read_as_one_and_as_nothing_else(number: str) -> None:
    assert {one.kind for one in barcode.recognise(number)} == {Kind.DOWNTIME}
    assert not accession.check(number)
    assert not fluidx.is_fluidx(number)


@given(st.builds(accession.mint, letters, codes, st.integers(0, accession.COUNTER_END - 1)))
def test_an_accession_is_never_read_as_a_downtime_number(number: str) -> None:
    assert not downtime.check(number)


@given(numbers, st.data())
def test_one_wrong_character_makes_it_neither_a_downtime_number_nor_an_accession(
    number: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from(sorted(set(accession.ALPHABET + downtime.MARK) - {number[place]})))
    wrong = number[:place] + other + number[place + 1 :]
    assert not downtime.looks_like(wrong)
    assert not accession.looks_like(wrong)


@given(numbers, st.data())
def test_two_characters_exchanged_make_it_neither(number: str, data: st.DataObject) -> None:
    one, other = sorted(data.draw(st.lists(st.integers(0, len(number) - 1), min_size=2, max_size=2, unique=True)))
    swapped = [*number]
    swapped[one], swapped[other] = swapped[other], swapped[one]
    wrong = "".join(swapped)
    assert wrong == number or not (downtime.looks_like(wrong) or accession.looks_like(wrong))


@given(numbers)
def test_its_mark_lost_or_put_before_an_accession_makes_it_neither(number: str) -> None:
    assert not accession.looks_like(number[1:])
    assert not downtime.looks_like(number[1:])
    assert not downtime.looks_like(downtime.MARK + number)


@given(numbers)
def test_it_is_read_as_people_type_it(number: str) -> None:
    typed = f"{number[:4]}-{number[4:8]} {number[8:]}".lower().replace("0", "o").replace("1", "l")
    assert downtime.looks_like(typed)
    assert downtime.normalise(typed) == number


@given(letters, codes, counters, counters)
def test_every_count_of_a_writer_gives_another_number_of_the_same_width(
    letter: str, code: str, one: int, other: int
) -> None:
    first, second = downtime.mint(letter, code, one), downtime.mint(letter, code, other)
    assert (first == second) == (one == other)
    assert len(first) == len(second) == (9 if len(code) == 3 else 12)


@given(numbers)
def test_its_second_letter_says_whose_it_is(number: str) -> None:
    assert downtime.letter_of(number) == number[1]


@given(st.text(max_size=20))
def test_any_text_is_looked_at_without_a_fault(text: str) -> None:
    assert downtime.letter_of(text) == "" or downtime.looks_like(text)


@pytest.mark.parametrize(("letter", "code", "counter"), [("N", "K7Q", 1), ("K", "K7", 1), ("K", "K7Q", 32_768)])
def test_no_number_is_minted_outside_its_range(letter: str, code: str, counter: int) -> None:
    with pytest.raises(ValueError):
        downtime.mint(letter, code, counter)
