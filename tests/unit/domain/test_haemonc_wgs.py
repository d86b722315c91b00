"""A blood cancer specimen for whole genome sequencing (service specification lines 2355-2404)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.haemonc_wgs import Finding, Sample, is_for_wgs, judge, read_haemonc

TEXT = files("resources").joinpath("rules", "haemonc-wgs.toml").read_text("utf-8")
RULES = read_haemonc(TEXT)
PAPERS = dict.fromkeys(RULES.papers, True)
# M83.4 is no acute leukaemia; M80.1 is.
GOOD = Sample("M83.4", "edta-blood", Decimal("1.0"), Decimal("2.0"), PAPERS)


def found(sample: Sample) -> list[Finding]:
    return [one.finding for one in judge(RULES, sample)]


def test_one_millilitre_and_two_thousand_million_cells_are_enough() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize("volume", ["0.99", "0.5", "0"])
def test_less_than_a_millilitre_is_short(volume: str) -> None:
    assert found(replace(GOOD, volume_ml=Decimal(volume))) == [Finding.SHORT]


def test_a_volume_that_nobody_stated_is_asked_for_and_not_taken_as_enough() -> None:
    assert found(replace(GOOD, volume_ml=None)) == [Finding.VOLUME_UNKNOWN]


def test_too_few_white_cells_in_blood_ask_for_marrow() -> None:
    assert found(replace(GOOD, white_cells=Decimal("1.9"))) == [Finding.CELLS_LOW]
    assert found(replace(GOOD, white_cells=Decimal("2.00"))) == []


def test_a_count_that_is_not_stated_is_chased() -> None:
    assert found(replace(GOOD, white_cells=None)) == [Finding.CELLS_NOT_STATED]


def test_of_marrow_no_count_is_asked() -> None:
    assert found(replace(GOOD, type="bone-marrow", white_cells=None)) == []


def test_heparin_blood_is_not_what_is_wanted_and_its_cells_are_not_counted() -> None:
    assert found(replace(GOOD, type="heparin-blood", white_cells=None)) == [Finding.WRONG_TYPE]


def test_order_form_and_record_of_discussion_are_looked_for_and_their_lack_is_said() -> None:
    one_missing = {"Test order form": True, "Record of discussion": False}
    assert [(one.finding, one.about) for one in judge(RULES, replace(GOOD, papers=one_missing))] == [
        (Finding.PAPER_MISSING, "Record of discussion")
    ]
    assert found(replace(GOOD, papers={})) == [Finding.PAPER_UNKNOWN, Finding.PAPER_UNKNOWN]


def test_of_an_acute_leukaemia_the_three_day_fish_is_awaited() -> None:
    assert RULES.fish_days == 3
    assert found(replace(GOOD, test="M80.1")) == [Finding.FISH_AWAITED]
    assert found(replace(GOOD, test="M80.1", fish=True)) == []


def test_identifiers_that_the_sequencing_laboratory_makes_are_not_looked_for() -> None:
    assert RULES.absent == ("NGIS referral", "NGIS participant", "FluidX tube")
    assert found(GOOD) == []


def test_another_test_is_no_business_of_this_rule() -> None:
    assert not is_for_wgs(RULES, "R14.1")
    assert not is_for_wgs(RULES, "M80.13")
    assert found(replace(GOOD, test="R14.1", volume_ml=None, white_cells=None, papers={})) == []


@given(st.decimals("0", "100", places=3) | st.none(), st.decimals("0", "500", places=2) | st.none())
def test_blood_has_every_finding_that_is_so_and_no_other(volume: Decimal | None, cells: Decimal | None) -> None:
    said = found(replace(GOOD, volume_ml=volume, white_cells=cells))
    assert (Finding.SHORT in said) == (volume is not None and volume < 1)
    assert (Finding.VOLUME_UNKNOWN in said) == (volume is None)
    assert (Finding.CELLS_LOW in said) == (cells is not None and cells < 2)
    assert (Finding.CELLS_NOT_STATED in said) == (cells is None)


@pytest.mark.parametrize(
    ("former", "now"), [('volume_ml = "1"', 'volume_ml = "0"'), ('counted = ["edta-blood"]', 'counted = ["saliva"]')]
)
def test_a_rule_set_that_cannot_be_so_is_not_approved(former: str, now: str) -> None:
    with pytest.raises(ValueError, match=r"above 0|not taken"):
        read_haemonc(TEXT.replace(former, now))
