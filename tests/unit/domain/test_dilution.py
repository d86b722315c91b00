"""A dilution is planned within what pipette and tube allow, or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.dilution import Mix, Outcome, Target, plan_dilution

D = Decimal
TO_TEN = Target(D(10), D(50), smallest=D(2), dead_volume=D(5), largest=D(200))


def test_fifty_microlitres_of_ten_from_a_hundred_takes_five_and_forty_five() -> None:
    plan = plan_dilution(D(100), D(40), TO_TEN)
    assert (plan.outcome, plan.mixes) == (Outcome.DILUTE, (Mix(D("5.0"), D("45.0"), D(10)),))


def test_what_already_has_the_target_is_taken_as_it_is() -> None:
    plan = plan_dilution(D(10), D(60), TO_TEN)
    assert (plan.outcome, plan.mixes[0].diluent) == (Outcome.AS_IT_IS, D(0))


def test_less_than_the_pipette_takes_makes_more_of_the_same() -> None:
    (mix,) = plan_dilution(D(500), D(40), TO_TEN).mixes
    assert (mix.sample, mix.volume, mix.concentration) == (D(2), D(100), D(10))


def test_what_does_not_fit_in_one_step_is_diluted_twice() -> None:
    plan = plan_dilution(D(4000), D(40), TO_TEN)
    assert plan.outcome is Outcome.DILUTE_TWICE
    assert abs(plan.mixes[1].concentration - 10) < D("0.2")


@pytest.mark.parametrize(
    ("concentration", "available", "outcome"),
    [
        (None, D(40), Outcome.NOT_MEASURED),
        (D(0), D(40), Outcome.NOT_MEASURED),
        (D(100), None, Outcome.VOLUME_NOT_KNOWN),
        (D(9), D(40), Outcome.TOO_WEAK),
        (D(100), D(9), Outcome.NOT_ENOUGH),
        (D(10_000_000), D(40), Outcome.TOO_STRONG),
    ],
)
def test_what_cannot_be_done_is_said_and_not_planned(
    concentration: D | None, available: D | None, outcome: Outcome
) -> None:
    plan = plan_dilution(concentration, available, TO_TEN)
    assert (plan.outcome, plan.mixes) == (outcome, ())


def test_what_is_missing_is_told_in_microlitres_with_the_dead_volume_counted() -> None:
    assert plan_dilution(D(100), D(9), TO_TEN).missing == D("1.0")


@given(
    st.decimals(D("0.1"), D(5000), places=2),
    st.decimals(D(0), D(300), places=1),
    st.decimals(D("0.1"), D(200), places=1),
    st.decimals(D(5), D(150), places=1),
)
def test_no_plan_ever_breaks_a_limit(concentration: D, available: D, wanted: D, volume: D) -> None:
    target = Target(wanted, volume, smallest=D(2), dead_volume=D(5), largest=D(200))
    plan = plan_dilution(concentration, available, target)
    for mix in plan.mixes:
        assert mix.sample >= target.smallest or plan.outcome is Outcome.AS_IT_IS
        assert mix.diluent == 0 or mix.diluent >= target.smallest
        assert mix.volume <= target.largest
        assert mix.sample % target.step == 0 or plan.outcome is Outcome.AS_IT_IS
    if plan.mixes:
        assert plan.mixes[0].sample <= available - target.dead_volume
        told = plan.mixes[-1].concentration
        assert abs(told - wanted) <= wanted * D("0.05") + D("0.01"), "steps of 0.1 of at least 2 µl: 2.5 % each"
        amount = concentration * plan.mixes[0].sample / plan.mixes[0].volume
        assert abs(amount - plan.mixes[0].concentration) < D("0.000001")
