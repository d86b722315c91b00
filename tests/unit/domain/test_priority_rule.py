"""The site's list of what is urgent, and the step and clock of each line."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.priority_rule import Due, read_priorities

EXAMPLE = files("resources").joinpath("rules", "priorities.toml").read_text("utf-8")
RULE = read_priorities(EXAMPLE)


def words(test: str | None, *types: str) -> str:
    line = RULE.line(test, types)
    return line.words if line else ""


@pytest.mark.parametrize("test", ["R14", "R14.1", "r14.1", " R14.2 "])
def test_an_indication_stands_for_every_test_of_it(test: str) -> None:
    assert words(test) == "R14 acutely unwell child"


@pytest.mark.parametrize("test", [None, "", "R140", "R140.1", "R1", "R208.1"])
def test_a_test_whose_code_only_begins_alike_is_not_urgent(test: str | None) -> None:
    assert words(test, "EDTA blood") == ""


def test_a_prenatal_specimen_is_urgent_whatever_the_test() -> None:
    assert words("R208.1", "chorionic villus SAMPLE") == "Prenatal"


def test_a_line_without_tests_or_types_makes_nothing_urgent() -> None:
    line = next(one for one in RULE.urgent if one.words == "Rapid haemato-oncology")
    assert (line.tests, line.types) == ((), frozenset())


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 400))
def test_the_day_of_the_start_is_day_nought(day: date, days: int) -> None:
    on = Due("Report", days, "received").on(day)
    assert on is not None
    assert (on - day).days == days


def test_a_clock_whose_start_is_not_known_has_no_day() -> None:
    assert Due("Report", 3, "collected").on(None) is None


@pytest.mark.parametrize(
    ("was", "now"), [("days = 14", "days = -1"), ('from = "received" } # exeter', 'from = "booked" } #')]
)
def test_a_clock_that_cannot_be_counted_is_not_read(was: str, now: str) -> None:
    with pytest.raises(ValueError, match="clock"):
        read_priorities(EXAMPLE.replace(was, now))
