"""The judge: the same table of cases that the hub's own judge answers, and what holds for any case."""

from __future__ import annotations

import json
import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.journal.entry import Entry, Premises
from gms_desktop.judge.keys import FOR_EVER, FOR_NOW, sort_of, unknown_sorts
from gms_desktop.judge.premises import Judgement, Ruling, changes_of, ground_of, judge, keys_named

TESTS = Path(__file__).parents[2]
CASES: list[dict[str, Any]] = json.loads((TESTS / "data/journal/judge_cases.json").read_text("utf-8"))["cases"]

KEYS = ("tube:FD1", "place:A01", "accession:Z1", "role:ada:receiver")
HOLDERS = ("specimen:1", "specimen:2", "operator:ada")
keys = st.sampled_from(KEYS)
held = st.tuples(keys, st.sampled_from(HOLDERS))
stated = st.tuples(keys, st.none() | st.sampled_from(HOLDERS))
holders_of = st.dictionaries(keys, st.sampled_from(HOLDERS))
several_held = st.lists(held, max_size=4).map(tuple)
several_stated = st.lists(stated, max_size=4).map(tuple)
subjects = st.lists(st.sampled_from(["specimen:1", "rack:9"]), unique=True, max_size=2).map(tuple)
premises = st.builds(Premises, subjects, several_held, several_stated, several_stated, several_held)


def an_entry(said: Premises, seq: int = 7) -> Entry:
    return Entry("w", seq, "lab", "2026-03-02T08:00:00.000000Z", "0.1", "made.up", 1, f"w/{seq}", {}, said)


def after(holders: dict[str, str], ruling: Ruling) -> dict[str, str]:
    return {key: holder for key, holder in {**holders, **ruling.changes}.items() if holder is not None}


def test_every_generated_case_is_judged_as_the_table_says() -> None:
    for case in CASES:
        said = Premises(
            tuple(case["touches"]),
            *(tuple((key, holder) for key, holder in case[s]) for s in ("claims", "requires", "expects", "releases")),
        )
        one = Entry(*case["entry"].split("/"), "lab", "", "0.1", "made.up", 1, "", {}, said)  # type: ignore[arg-type]
        ruling = judge(one, case["holders"])
        assert ruling.judgement.value == case["judgement"], case
        assert [[f.sort, f.key, f.stated, f.found] for f in ruling.failures] == case["failures"], case
        assert after(case["holders"], ruling) == case["after"], case


def test_the_table_of_cases_is_the_one_its_generator_writes() -> None:
    generator = runpy.run_path(str(TESTS / "store/make_judge_cases.py"))
    assert (TESTS / "data/journal/judge_cases.json").read_text("utf-8") == generator["as_text"]()


@given(premises, holders_of)
def test_a_refused_entry_changes_nothing_but_on_what_later_work_rests(said: Premises, holders: dict[str, str]) -> None:
    ruling = judge(an_entry(said), holders)
    if ruling.judgement is Judgement.REFUSED:
        kept = {f"refused:{subject}": holders.get(f"last:{subject}") for subject in said.touches}
        on_top = {key: last for key, last in kept.items() if last is not None and not last.startswith("w/")}
        assert ruling.changes == {f"ground:{subject}": "w/7" for subject in said.touches} | on_top
        assert {failure.sort for failure in ruling.failures} <= {"claims", "requires"}


@given(premises, holders_of)
def test_an_entry_that_stands_holds_all_it_claims_and_last_of_all_it_touches(
    said: Premises, holders: dict[str, str]
) -> None:
    ruling = judge(an_entry(said), holders)
    if ruling.judgement is not Judgement.REFUSED:
        now = after(holders, ruling)
        assert {key: now.get(key) for key, _ in said.claims} == dict(said.claims)
        assert [now[f"last:{subject}"] for subject in said.touches] == ["w/7"] * len(said.touches)
        untouched = holders.keys() - {key for key, _ in (*said.claims, *said.releases)}
        assert {key: now[key] for key in untouched} == {key: holders[key] for key in untouched}


@given(premises, holders_of)
def test_a_false_expectation_never_refuses_and_a_false_requirement_always_does(
    said: Premises, holders: dict[str, str]
) -> None:
    ruling = judge(an_entry(said), holders)
    if any(holders.get(key) != holder for key, holder in said.requires):
        assert ruling.judgement is Judgement.REFUSED
    soft = Premises(said.touches, (), (), said.expects, said.releases)
    false = any(holders.get(key) != holder for key, holder in said.expects)
    assert judge(an_entry(soft), holders).judgement is (Judgement.CONTESTED if false else Judgement.ACCEPTED)


@given(premises, holders_of)
def test_claiming_what_one_holds_already_changes_nothing(said: Premises, holders: dict[str, str]) -> None:
    ruling = judge(an_entry(said), holders)
    if ruling.judgement is not Judgement.REFUSED:
        now = after(holders, ruling)
        again = judge(an_entry(Premises(claims=said.claims), seq=8), now)
        assert again.judgement is Judgement.ACCEPTED
        assert not again.changes


@given(premises, holders_of)
def test_the_judge_looks_at_no_key_that_was_not_named(said: Premises, holders: dict[str, str]) -> None:
    named = {*keys_named(said), *[f"refused:{subject}" for subject in said.touches]}
    known = {key: holder for key, holder in holders.items() if key in named}
    assert judge(an_entry(said), known) == judge(an_entry(said), holders)
    named |= {f"ground:{subject}" for subject in said.touches}
    assert judge(an_entry(said), known).changes.keys() <= named


def test_a_place_is_left_before_it_is_taken_within_one_entry() -> None:
    said = Premises(claims=(("place:A01", "tube:2"),), releases=(("place:A01", "tube:1"),))
    ruling = judge(an_entry(said), {"place:A01": "tube:1"})
    assert ruling.judgement is Judgement.ACCEPTED
    assert ruling.changes == {"place:A01": "tube:2"}


def test_a_tube_is_not_taken_from_one_who_does_not_hold_it() -> None:
    said = Premises(claims=(("tube:FD1", "specimen:2"),), releases=(("tube:FD1", "specimen:2"),))
    ruling = judge(an_entry(said), {"tube:FD1": "specimen:1"})
    assert ruling.judgement is Judgement.REFUSED
    assert [failure.found for failure in ruling.failures] == ["specimen:1"]


def test_of_several_claims_one_that_fails_takes_all_with_it() -> None:
    said = Premises(claims=(("tube:FD1", "specimen:2"), ("accession:Z1", "specimen:2")))
    ruling = judge(an_entry(said), {"accession:Z1": "specimen:1"})
    assert ruling.judgement is Judgement.REFUSED
    assert not ruling.changes


def test_work_on_what_another_bench_left_rests_on_its_last_entry_until_another_one_comes() -> None:
    said = Premises(("specimen:1",))
    now = after({"last:specimen:1": "v/3"}, judge(an_entry(said), {"last:specimen:1": "v/3"}))
    assert now == {"last:specimen:1": "w/7", "ground:specimen:1": "v/3"}
    assert after(now, judge(an_entry(said, 8), now)) == {"last:specimen:1": "w/8", "ground:specimen:1": "v/3"}
    assert ground_of("w", "w/7", "v/3", None) == "v/3"
    assert ground_of("u", "w/7", "v/3", None) == "w/7"


def test_work_after_one_that_was_refused_on_top_of_another_benchs_rests_on_what_was_refused() -> None:
    said, decided = Premises(("specimen:1",)), Premises(("specimen:1",), requires=(("role:ada:receiver", "ada"),))
    now = after({"last:specimen:1": "v/3"}, judge(an_entry(decided), {"last:specimen:1": "v/3"}))
    assert now == {"last:specimen:1": "v/3", "ground:specimen:1": "w/7", "refused:specimen:1": "v/3"}
    assert ground_of("w", "v/3", "w/7", "v/3") == "w/7"
    then = after(now, judge(an_entry(said, 8), now))
    assert (then["last:specimen:1"], then["ground:specimen:1"]) == ("w/8", "w/7")
    other = after(now, judge(replace(an_entry(said, 4), writer="v"), now))
    further = after(other, judge(an_entry(said, 8), other))
    assert further["ground:specimen:1"] == "v/4", "what the other bench did since is what the work rests on"


@pytest.mark.parametrize(("sort", "judgement"), [("requires", "refused"), ("expects", "contested")])
def test_an_entry_that_fails_breaks_the_ground_of_what_comes_after_it(sort: str, judgement: str) -> None:
    said = Premises(("specimen:1",), **{sort: (("tube:1", "specimen:1"),)})
    ruling = judge(an_entry(said), {"last:specimen:1": "v/3"})
    assert ruling.judgement == judgement
    assert ruling.changes["ground:specimen:1"] == "w/7"


@pytest.mark.parametrize("judgement", Judgement)
@given(said=premises, holders=holders_of)
def test_what_a_stored_verdict_changes_is_what_the_judge_would_who_gave_it(
    judgement: Judgement, said: Premises, holders: dict[str, str]
) -> None:
    ruling = judge(an_entry(said), holders)
    if ruling.judgement is judgement:
        assert after(holders, ruling) == after(
            holders, Ruling(judgement, (), changes_of(an_entry(said), holders, judgement))
        )


@pytest.mark.parametrize("key", ["specimen:1", "badge:7", "", "LABEL:1"])
def test_a_key_of_no_known_sort_is_found_out(key: str) -> None:
    assert unknown_sorts([key, "tube:1", "last:x"]) == {sort_of(key)}


def test_no_sort_of_key_is_both_for_ever_and_for_now() -> None:
    assert not FOR_EVER & FOR_NOW
