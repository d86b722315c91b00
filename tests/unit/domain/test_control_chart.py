"""A control's values against what was set for it, by Westgard's rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.control_chart import Expected, Westgard, chart

TEN = Expected(Decimal(10), Decimal(1), "ng/uL", "EXAMPLE")
START = datetime(2026, 1, 1, tzinfo=UTC)


def broken_by(*values: str) -> set[Westgard]:
    points = chart(
        [(START + timedelta(days=day), Decimal(value), f"run {day}") for day, value in enumerate(values)], TEN
    )
    return set(points[-1].broken)


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        (["10.5"], set()),
        (["12.1"], {Westgard.ONE_2S}),
        (["6.9"], {Westgard.ONE_2S, Westgard.ONE_3S}),
        (["12.1", "12.2"], {Westgard.ONE_2S, Westgard.TWO_2S}),
        (["12.1", "7.8"], {Westgard.ONE_2S, Westgard.RANGE_4S}),
        (["12.1", "10.0", "12.1"], {Westgard.ONE_2S}),
        (["11.1", "11.2", "11.3", "11.1"], {Westgard.FOUR_1S}),
        (["10.1"] * 10, {Westgard.TEN_X}),
        (["10.1"] * 9 + ["9.9"], set()),
        (["10.1"] * 9, set()),
    ],
)
def test_each_rule_is_broken_by_what_breaks_it(values: list[str], rules: set[Westgard]) -> None:
    assert broken_by(*values) == rules


def test_values_are_judged_in_the_order_of_time_whatever_order_they_came_in() -> None:
    late, early = (START + timedelta(days=1), Decimal("12.2"), "b"), (START, Decimal("12.1"), "a")
    assert [point.run for point in chart([late, early], TEN)] == ["a", "b"]
    assert Westgard.TWO_2S in chart([late, early], TEN)[1].broken


def test_a_control_without_a_spread_cannot_be_charted() -> None:
    with pytest.raises(ValueError, match="spread"):
        Expected(Decimal(10), Decimal(0), "ng/uL", "EXAMPLE")


@given(st.lists(st.decimals(Decimal(8), Decimal(12), places=2), max_size=9))
def test_values_within_two_deviations_break_no_single_rule(values: list[Decimal]) -> None:
    for point in chart([(START + timedelta(days=n), value, "") for n, value in enumerate(values)], TEN):
        assert not {Westgard.ONE_2S, Westgard.ONE_3S, Westgard.TWO_2S, Westgard.RANGE_4S} & set(point.broken)
