"""Our own number: every single slip of hand or ear is caught."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.identifiers import accession

characters = st.sampled_from(accession.ALPHABET)
short_codes = st.text(accession.ALPHABET, min_size=3, max_size=3) | st.integers(0, 2**30 - 1).map(
    accession.short_code_from_bits
)
numbers = st.builds(
    accession.mint, st.sampled_from(accession.LETTERS), short_codes, st.integers(0, accession.COUNTER_END - 1)
)


@given(numbers)
def test_a_minted_number_passes_its_own_check(number: str) -> None:
    assert accession.check(number)
    assert accession.looks_like(number)
    assert len(number) in (9, 12)


@given(numbers, st.data())
def test_every_single_wrong_character_is_caught(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(number) - 1))
    wrong = data.draw(characters.filter(lambda character: character != number[place]))
    assert not accession.check(number[:place] + wrong + number[place + 1 :])


@given(numbers)
def test_every_exchange_of_two_neighbours_is_caught(number: str) -> None:
    for place in range(len(number) - 1):
        left, right = number[place], number[place + 1]
        swapped = number[:place] + right + left + number[place + 2 :]
        assert accession.check(swapped) == (left == right)


@given(numbers, st.data())
def test_every_exchange_of_two_characters_however_far_apart_is_caught(number: str, data: st.DataObject) -> None:
    first, second = sorted(data.draw(st.sets(st.integers(0, len(number) - 1), min_size=2, max_size=2)))
    swapped = list(number)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    assert accession.check("".join(swapped)) == (number[first] == number[second])


def test_all_single_errors_of_one_number_are_caught_without_exception() -> None:
    number = accession.mint("Z", "K7Q3ZD", 66)
    wrong = [
        number[:place] + character + number[place + 1 :]
        for place in range(len(number))
        for character in accession.ALPHABET
        if character != number[place]
    ]
    assert len(wrong) == 12 * 31
    assert not any(accession.check(text) for text in wrong)


@given(numbers)
def test_a_lost_or_doubled_character_is_caught(number: str) -> None:
    assert not any(accession.check(number[:place] + number[place + 1 :]) for place in range(len(number)))
    assert not any(accession.check(number[:place] + number[place] + number[place:]) for place in range(len(number)))


@given(numbers)
def test_what_a_person_types_is_read_as_what_we_printed(number: str) -> None:
    typed = " " + accession.spoken(number).lower().replace("0", "o").replace("1", "l").replace(" ", "-")
    assert accession.normalise(typed) == number
    assert accession.looks_like(typed)
    assert accession.looks_like(number.replace("0", "O").replace("1", "I"))


def test_the_number_is_fixed_for_ever() -> None:
    assert accession.mint("Z", "K7Q3ZD", 66) == "ZK7Q3ZD00229"
    assert accession.mint("A", "7K2", 0) == "A7K20000V"


def test_a_number_is_read_aloud_in_groups_of_four() -> None:
    assert accession.spoken("zk7q3zd00229") == "ZK7Q 3ZD0 0229"
    assert accession.spoken("FD20024619") == "FD20024619"


def test_the_first_letter_tells_a_rehearsal() -> None:
    assert accession.is_rehearsal(accession.mint("Z", "K7Q3ZD", 1))
    assert not accession.is_rehearsal(accession.mint("A", "K7Q3ZD", 1))
    assert not accession.is_rehearsal("ZEBRA")


@given(st.from_regex(r"\A([rRpP][0-9]{11}|NA[0-9]{10}|[0-9]{9}|[0-9]{12})\Z"))
def test_a_referral_a_participant_an_na_tube_or_bare_digits_are_never_taken_for_ours(code: str) -> None:
    assert not accession.looks_like(code)


@given(st.integers(0, 2**30 - 1), st.integers(0, 2**30 - 1))
def test_different_bits_give_different_short_codes(one: int, other: int) -> None:
    codes = accession.short_code_from_bits(one), accession.short_code_from_bits(other)
    assert (codes[0] == codes[1]) == (one == other)
    assert len(codes[0]) == 6


@given(
    st.sampled_from(accession.LETTERS),
    short_codes,
    st.sets(st.integers(0, accession.COUNTER_END - 1), min_size=2, max_size=2),
)
def test_two_counts_of_one_writer_are_two_numbers(letter: str, short_code: str, counters: set[int]) -> None:
    assert len({accession.mint(letter, short_code, counter) for counter in counters}) == 2


@pytest.mark.parametrize(
    ("letter", "short_code", "counter"),
    [
        ("R", "7K2", 0), ("P", "7K2", 0), ("N", "7K2", 0), ("a", "7K2", 0), ("", "7K2", 0), ("AB", "7K2", 0),
        ("7", "7K2", 0), ("A", "7K", 0), ("A", "7K2Q", 0), ("A", "7kU", 0), ("A", "7K2", -1), ("A", "7K2", 32**4),
    ],
)  # fmt: skip
def test_a_number_outside_its_range_is_not_minted(letter: str, short_code: str, counter: int) -> None:
    with pytest.raises(ValueError, match=r"letter|short code|counter"):
        accession.mint(letter, short_code, counter)


@pytest.mark.parametrize("bits", [-1, 2**30])
def test_a_short_code_is_made_of_30_bits(bits: int) -> None:
    with pytest.raises(ValueError, match="30 bits"):
        accession.short_code_from_bits(bits)


@given(st.text(max_size=20))
def test_any_text_may_be_asked_about(text: str) -> None:
    assert accession.looks_like(text) <= accession.check(text)
    assert accession.normalise(accession.normalise(text)) == accession.normalise(text)
    accession.spoken(text)
