"""Material that may serve a test added on: how much of it is free, and why it can or cannot serve."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.material import Kept, Material, amount, wrong_amount

TWO_ML = Material("accepted", ml=Decimal(2))
PARTS = st.lists(st.decimals(min_value=0, max_value=5, places=3), max_size=5)


@pytest.mark.parametrize(
    ("material", "why"),
    [
        (Material("accepted"), ""),
        (Material("accepted at discretion"), ""),
        (Material(None), "not decided yet"),
        (Material("on hold"), "on hold"),
        (Material("accepted", disputed=True), "in dispute"),
        (Material("accepted", poured_off="poured off into Z1"), "poured off into Z1"),
        (Material("accepted", stopped="consent for testing withdrawn"), "consent for testing withdrawn"),
        (Material("accepted", kept=(Kept("Q1 R14.1"),)), "kept for Q1 R14.1"),
        (Material("accepted", ml=Decimal(0)), "used up"),
        (Material("accepted", ml=Decimal(2), kept=(Kept("Q1", Decimal("0.5")),)), ""),
        (Material("accepted", ml=Decimal(2), kept=(Kept("Q1", Decimal("0.5")), Kept("Q2"))), "kept for Q1 and Q2"),
        (Material("accepted", ml=Decimal(1), kept=(Kept("Q1", Decimal("0.5")), Kept("Q2", Decimal("0.5")))),
         "kept for Q1 and Q2"),
    ],
)  # fmt: skip
def test_a_material_says_why_it_cannot_serve(material: Material, why: str) -> None:
    assert material.why_not == why


@given(PARTS)
def test_never_more_is_free_than_there_is_and_never_less_than_nothing(parts: list[Decimal]) -> None:
    material = Material("accepted", ml=Decimal(2), kept=tuple(Kept("Q", part) for part in parts))
    free = material.free_ml
    assert free is not None
    assert 0 <= free <= 2
    assert free == max(Decimal(0), 2 - sum(parts))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", ""),
        ("2 ml", ""),
        ("2000 µl", ""),
        ("2.001 ml", "2 ml of Z1 is free."),
        ("0 ml", "Enter the volume to keep"),
        ("2", "Enter the volume to keep"),
        ("2,0 ml", "Enter the volume to keep"),
        ("3 mg", "Enter the volume to keep"),
    ],
)
def test_a_volume_is_kept_where_so_much_is_free(written: str, said: str) -> None:
    assert wrong_amount("Z1", TWO_ML, written).startswith(said)
    assert bool(wrong_amount("Z1", TWO_ML, written)) is bool(said)


def test_of_what_was_never_measured_all_is_kept_or_nothing() -> None:
    unknown = Material("accepted")
    assert wrong_amount("Z1", unknown, "") == ""
    assert "is not recorded" in wrong_amount("Z1", unknown, "1 ml")


@pytest.mark.parametrize(("ml", "said"), [("2.000", "2 ml"), ("0.25", "0.25 ml"), ("10", "10 ml"), ("1.50", "1.5 ml")])
def test_an_amount_has_no_zeros_that_nobody_wrote(ml: str, said: str) -> None:
    assert amount(Decimal(ml)) == said
