"""What the code of a request means in a Test Directory, and what is told where it means nothing or too much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.test_directory import (
    Directory,
    Edition,
    Indication,
    Odd,
    Section,
    Test,
    check,
    is_code,
    look_up,
    normalised,
    section_of,
)

ACUTE = Indication("R14", "Acutely unwell children", (Test("R14.1", "R14", method="WGS"),))
FETAL = Indication(
    "R21",
    "Fetal anomalies",
    tuple(Test(f"R21.{number}", "R21", method=f"Method {number}") for number in range(1, 11)),
)
EMPTY = Indication("R445", "NIPT")
DIRECTORY = Directory(Edition(Section.RARE, "Title", "v5.1", "June 2023"), (ACUTE, FETAL, EMPTY))


@pytest.mark.parametrize("code", ["R14.1", "r14.1", " R14 . 1 "])
def test_a_tests_code_is_completed_with_indication_and_test(code: str) -> None:
    said = look_up(DIRECTORY, code)
    assert (said.indication, said.test) == (ACUTE, ACUTE.tests[0])
    assert said.words == "R14.1 Acutely unwell children: WGS"
    assert check(said, DIRECTORY.edition) is None


def test_an_indication_with_one_test_means_that_test() -> None:
    said = look_up(DIRECTORY, "R14")
    assert said.words == "R14 Acutely unwell children: WGS"
    assert check(said, DIRECTORY.edition) is None


def test_an_indication_with_several_tests_is_to_be_chosen_from() -> None:
    said = look_up(DIRECTORY, "R21")
    assert (said.words, said.test, len(said.choices)) == ("R21 Fetal anomalies", None, 10)
    found = check(said, DIRECTORY.edition)
    assert found is not None
    assert found.odd is Odd.CHOOSE
    assert found.sentence == (
        "R21 has 10 tests, choose: R21.1, R21.2, R21.3, R21.4, R21.5, R21.6, R21.7, R21.8 and 2 more."
    )


@pytest.mark.parametrize(
    ("code", "odd", "sentence"),
    [
        ("R14.9", Odd.NO_TEST, "R14.9 is not in the directory of June 2023. R14 has R14.1."),
        (
            "R999.1",
            Odd.NO_INDICATION,
            "R999.1 is not known: there is no indication R999 in the directory of June 2023.",
        ),
        ("R1", Odd.NO_INDICATION, "R1 is not known: there is no indication R1 in the directory of June 2023."),
        ("R445", Odd.NO_TESTS, "R445 has no test in the directory of June 2023."),
        ("R445.1", Odd.NO_TEST, "R445.1 is not in the directory of June 2023."),
    ],
)
def test_what_the_directory_does_not_have_is_told(code: str, odd: Odd, sentence: str) -> None:
    said = look_up(DIRECTORY, code)
    assert said.test is None
    found = check(said, DIRECTORY.edition)
    assert found is not None
    assert (found.odd, found.sentence) == (odd, sentence)


def test_a_code_that_begins_like_another_is_not_that_one() -> None:
    assert look_up(DIRECTORY, "R2").indication is None
    assert look_up(DIRECTORY, "R21.100").test is None


def test_an_edition_without_date_goes_by_its_version_or_is_the_one_in_force() -> None:
    assert Edition(Section.CANCER, version="2020/2021", draft=True).words == "the draft directory of 2020/2021"
    assert Edition(Section.RARE).words == "the directory in force"


def test_the_letter_says_in_which_directory_a_code_stands() -> None:
    assert [section_of(code) for code in ("R14.1", "m1", "X1", "")] == [
        Section.RARE, Section.CANCER, Section.OTHER, Section.OTHER,
    ]  # fmt: skip


@given(st.text(max_size=12))
def test_what_is_no_code_stays_as_it_is(text: str) -> None:
    made = normalised(text)
    assert is_code(made) or made == text.strip()
    assert look_up(DIRECTORY, text).code == made
