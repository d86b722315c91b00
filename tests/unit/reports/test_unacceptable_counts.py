"""Rates and thresholds of unacceptable specimens, worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.reports.unacceptable import OUTSIDE_THE_RATES, Received, RequestorCount, count


def received(unacceptable: bool = False, category: str = "clinical", reasons: tuple[str, ...] = ()) -> Received:
    return Received("Dr A", "Ward 1", category, unacceptable, reasons)


@pytest.mark.parametrize(
    ("bad", "of", "shown"),
    [(1, 6, "16.7"), (1, 8, "12.5"), (1, 800, "0.1"), (1, 16, "6.3"), (0, 0, "0.0"), (3, 3, "100.0")],
)
def test_a_rate_has_one_decimal_place_with_halves_rounded_up(bad: int, of: int, shown: str) -> None:
    assert str(RequestorCount(of, bad).percent) == shown


@pytest.mark.parametrize(
    ("bad", "of", "high"),
    [(1, 10, False), (101, 1000, True), (100, 1000, False), (2, 4, False), (1, 5, True), (2, 19, True), (2, 20, False)],
)
def test_a_rate_is_high_only_strictly_above_the_threshold_and_with_enough_specimens(
    bad: int, of: int, high: bool
) -> None:
    assert RequestorCount(of, bad).is_high(Decimal(10), at_least=5) is high


def test_a_rate_that_only_rounds_to_the_threshold_is_judged_before_rounding() -> None:
    # 1004 of 10000 is 10.04 %, shown as 10.0 %.
    made = RequestorCount(10_000, 1_004)
    assert str(made.percent) == "10.0"
    assert made.is_high(Decimal(10), 5)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(("clinical", *OUTSIDE_THE_RATES)))))
def test_every_specimen_is_counted_once_inside_or_outside_the_rates(arrived: list[tuple[bool, str]]) -> None:
    made = count(received(bad, category) for bad, category in arrived)
    assert made.received + sum(made.outside.values()) == len(arrived)
    assert made.unacceptable == sum(bad and category == "clinical" for bad, category in arrived)


def test_reasons_of_an_acceptable_specimen_are_not_counted_against_anyone() -> None:
    made = count([received(False, reasons=("clotted",)), received(True, reasons=("clotted", "leaking"))])
    assert dict(made.rows["Dr A", "Ward 1"].reasons) == {"clotted": 1, "leaking": 1}
