"""A Test Directory given on the Expected screen, and what it says of the tests of the tubes that come."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_top import BenchTop, Person, file_of

from gms_desktop.directory_desk import DirectoryDesk
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.exchange.test_directory import WorkbookSource
from gms_desktop.rehearsal import made_up
from gms_desktop.services.views import Banner, ExpectedView
from ui.taking_in import take_in

RARE = Path(__file__).parents[1] / "data" / "test-directory" / "rare-and-inherited-disease-v5.1.xlsx"


def given(top: BenchTop, path: Path = RARE) -> Verdict:
    return take_in(top.bench, path)


def expected_screen(top: BenchTop) -> ExpectedView:
    return top.bench.expected().result()


def banner(top: BenchTop) -> Banner:
    shown = top.view.banner
    assert shown is not None
    return shown


@pytest.fixture
def people() -> tuple[Person, ...]:
    return (
        Person("OYELARAN", "Q26-1", "Q26-1-1", test="R14.1", nhs="9990000018"),
        Person("AHMED", "Q26-2", "Q26-2-1", test="R208.99", nhs="9990000026"),
        Person("BELL", "Q26-3", "Q26-3-1", test="R21", nhs="9990000034"),
        Person("FERNANDES", "Q26-4", "Q26-4-1", test="M1.1", nhs="9990000042"),
    )


def test_a_directory_given_on_the_expected_screen_is_in_force_and_stands_there(empty_bench: BenchTop) -> None:
    assert expected_screen(empty_bench).directories == ()
    said = given(empty_bench)
    assert (said.kind, said.title) == (VerdictKind.FINISHED, "Test Directory in force")
    assert "372 indications, 619 tests." in said.sentence
    assert "A second person countersigns it" in said.sentence
    assert expected_screen(empty_bench).directories == (
        "rare and inherited disease v5.1, June 2023: 372 indications, 619 tests",
    )
    assert given(empty_bench).kind is VerdictKind.ALREADY


def test_the_banner_says_the_test_in_full_and_what_is_odd_about_it(
    empty_bench: BenchTop, people: tuple[Person, ...]
) -> None:
    empty_bench.takes_in("requests.csv", file_of(*people), made_up.expected_file()[2])
    empty_bench.scans("Q26-1-1")
    assert (banner(empty_bench).test, banner(empty_bench).test_odd) == ("R14.1", "")
    given(empty_bench)
    assert banner(empty_bench).test == "R14.1 Acutely unwell children with a likely monogenic disorder: WGS"
    assert banner(empty_bench).test_odd == ""


@pytest.mark.parametrize(
    ("place", "test", "odd"),
    [
        (1, "R208.99 Inherited breast cancer and ovarian cancer", "R208.99 is not in the directory of June 2023."),
        (2, "R21 Fetal anomalies with a likely genetic cause", "R21 has 4 tests, choose: R21.1, R21.2, R21.3, R21.4."),
        (3, "M1.1", ""),
    ],
)
def test_a_tube_whose_test_is_unknown_or_to_be_chosen_says_so(
    empty_bench: BenchTop, people: tuple[Person, ...], place: int, test: str, odd: str
) -> None:
    given(empty_bench)
    empty_bench.takes_in("requests.csv", file_of(*people), made_up.expected_file()[2])
    empty_bench.scans(people[place].tube)
    assert banner(empty_bench).test == test
    assert banner(empty_bench).test_odd.startswith(odd)


def test_the_expected_screen_lists_tests_that_the_directory_does_not_have(
    empty_bench: BenchTop, people: tuple[Person, ...]
) -> None:
    given(empty_bench)
    empty_bench.takes_in(
        "requests.csv", file_of(*people, Person("BELL", "Q26-5", "Q26-5-1", test="R208.99")), made_up.expected_file()[2]
    )
    (line,) = expected_screen(empty_bench).tests_odd
    assert line.startswith("R208.99 is not in the directory of June 2023.")
    assert line.endswith("2 expected requests name it.")


def test_a_technician_is_told_who_may_and_nothing_is_taken_in(empty_bench: BenchTop) -> None:
    empty_bench.signs_in(made_up.PEOPLE[1])
    said = given(empty_bench)
    assert said.kind is VerdictKind.REFUSED
    assert "ask an administrator" in said.sentence
    assert expected_screen(empty_bench).directories == ()


def test_a_damaged_file_is_told_and_nothing_is_taken_in(empty_bench: BenchTop) -> None:
    said = DirectoryDesk(empty_bench.bench).take_in(WorkbookSource("half.xlsx", RARE.read_bytes()[:30_000]))
    assert said.kind is VerdictKind.REFUSED
    assert "damaged" in said.sentence
    assert expected_screen(empty_bench).directories == ()
