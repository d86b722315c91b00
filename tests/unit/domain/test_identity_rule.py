"""The site's n of m identifiers: those that agree are counted, and one that differs is never outvoted."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.identity_rule import Finding, State, judge, read_identity

EXAMPLE = files("resources").joinpath("rules", "identity.toml").read_text("utf-8")
RULE = read_identity(EXAMPLE)
COUNTED = ("surname", "forename", "birth date", "nhs number", "hospital number", "request number")
AGREE = dict.fromkeys(COUNTED, State.AGREES)
STATES = st.dictionaries(st.sampled_from((*COUNTED, "sex", "ward", "collected")), st.sampled_from(State))


def test_a_tube_whose_identifiers_all_agree_meets_the_rule() -> None:
    assert judge(RULE, AGREE).finding is Finding.MET


def test_one_number_is_enough_and_the_others_may_be_absent() -> None:
    states = AGREE | {"hospital number": State.ABSENT, "request number": State.ILLEGIBLE}
    assert judge(RULE, states).finding is Finding.MET


def test_a_surname_without_its_forename_is_no_full_name() -> None:
    judged = judge(RULE, AGREE | {"forename": State.ABSENT})
    assert (judged.finding, judged.agree) == (Finding.NOT_MET, ("date of birth", "one number"))
    assert judged.short == ("full name",)


def test_what_the_request_does_not_state_cannot_agree() -> None:
    stated = dict.fromkeys(("surname", "forename", "birth date"), State.AGREES)
    assert judge(RULE, stated).finding is Finding.NOT_MET


def test_a_hospital_number_that_differs_is_not_outvoted_by_every_other_that_agrees() -> None:
    judged = judge(RULE, AGREE | {"hospital number": State.DIFFERS})
    assert (judged.finding, judged.differing) == (Finding.DIFFERS, ("hospital number",))


def test_sex_ward_and_collection_time_support_and_are_not_counted() -> None:
    states = AGREE | dict.fromkeys(("sex", "ward", "collected"), State.DIFFERS)
    assert judge(RULE, states).finding is Finding.MET
    nothing = dict.fromkeys(("sex", "ward", "collected"), State.AGREES)
    assert judge(RULE, nothing).finding is Finding.NOT_MET


def test_a_site_that_asks_for_two_of_three_may_still_insist_on_the_full_name() -> None:
    text = EXAMPLE.replace("needed = 3", "needed = 2")
    rule = read_identity(text)
    without_number = AGREE | dict.fromkeys(("nhs number", "hospital number", "request number"), State.ABSENT)
    assert judge(rule, without_number).finding is Finding.MET
    assert judge(rule, AGREE | {"surname": State.ILLEGIBLE}).finding is Finding.NOT_MET


def test_what_nobody_looked_at_is_neither_met_nor_too_few() -> None:
    assert judge(RULE, AGREE | {"surname": State.NOT_COMPARED}).finding is Finding.NOT_COMPARED
    differs = AGREE | {"surname": State.NOT_COMPARED, "birth date": State.DIFFERS}
    assert judge(RULE, differs).finding is Finding.DIFFERS


@given(STATES)
def test_whatever_else_agrees_one_counted_identifier_that_differs_decides(states: dict[str, State]) -> None:
    differs = any(states.get(name) is State.DIFFERS for name in COUNTED)
    assert (judge(RULE, states).finding is Finding.DIFFERS) is differs


@given(STATES, st.sampled_from(COUNTED))
def test_a_further_identifier_that_agrees_never_makes_it_worse(states: dict[str, State], name: str) -> None:
    if states.get(name) is State.DIFFERS:
        return
    before, after = judge(RULE, states), judge(RULE, states | {name: State.AGREES})
    assert not (before.finding is Finding.MET and after.finding is not Finding.MET)
    assert set(before.agree) <= set(after.agree)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("needed = 3", "needed = 4"),
        ("needed = 3", "needed = 0"),
        ('always = ["full name"]', 'always = ["shoe size"]'),
        ('name = "number"', 'name = "birth date"'),
        ('every = ["birth date"]', "every = []"),
    ],
)
def test_a_rule_that_cannot_be_judged_is_not_read(was: str, now: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_identity(EXAMPLE.replace(was, now))
