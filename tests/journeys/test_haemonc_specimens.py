"""Blood cancer specimens for whole genome sequencing at the bench (service specification lines 2355-2404)."""

from __future__ import annotations

import pytest
from bench_top import BenchTop, Person

from gms_desktop.domain.commands import Command

ORDER, RECORD, FISH = "Test order form", "Record of discussion", "FISH result"


@pytest.fixture
def leukaemia(empty_bench: BenchTop) -> BenchTop:
    """Blood of an acute myeloid leukaemia, for whole genome sequencing, is in hand."""
    empty_bench.expects(Person("Haem", "H1", "H1-1", test="M80.1"))
    assert empty_bench.scans("H1-1").title == "Matches"
    empty_bench.label()
    return empty_bench


def key(bench: BenchTop) -> str:
    return bench.in_hand.key


def asked(bench: BenchTop) -> dict[str, str]:
    return {line.label: line.value for line in bench.view.checks if line.field.startswith("wgs ")}


def test_what_is_not_known_is_asked_for_and_identifiers_made_elsewhere_are_not(leukaemia: BenchTop) -> None:
    fields = {line.field for line in leukaemia.view.checks}
    assert {"wgs Test order form", "wgs Record of discussion"} <= fields
    said = leukaemia.asks_for(Command.WGS_CHECK).sentence
    assert "NGIS referral, NGIS participant and FluidX tube: made by the sequencing laboratory" in said


def test_when_all_is_there_nothing_is_asked(leukaemia: BenchTop) -> None:
    leukaemia.says(Command.EXAMINE, "measured", argument=key(leukaemia), volume="2 ml")
    leukaemia.says(Command.WGS_CHECK, ORDER, RECORD, FISH, argument=key(leukaemia), cells="4.2")
    assert asked(leukaemia) == {}


def test_a_count_not_stated_is_accepted_and_chased(leukaemia: BenchTop) -> None:
    leukaemia.says(Command.EXAMINE, "measured", argument=key(leukaemia), volume="2 ml")
    leukaemia.says(Command.WGS_CHECK, ORDER, RECORD, FISH, "not-stated", argument=key(leukaemia))
    assert asked(leukaemia) == {"Whole genome sequencing": "White cell count not stated: accept, and ask for it"}
    assert leukaemia.scans(leukaemia.in_hand.accession).title == "Accepted"


def test_a_count_too_low_asks_for_marrow_and_keeps_the_blood(leukaemia: BenchTop) -> None:
    leukaemia.says(Command.EXAMINE, "measured", argument=key(leukaemia), volume="2 ml")
    leukaemia.says(Command.WGS_CHECK, ORDER, RECORD, FISH, argument=key(leukaemia), cells="1.9")
    [said] = asked(leukaemia).values()
    assert said.startswith("White cells below the least count: ask for bone marrow, keep the blood")
    assert leukaemia.rows("SELECT outcome FROM specimen") == [{"outcome": None}]


def test_a_volume_below_one_millilitre_a_missing_paper_and_fish_are_named(leukaemia: BenchTop) -> None:
    leukaemia.says(Command.EXAMINE, "estimated", argument=key(leukaemia), volume="800 µl")
    leukaemia.says(Command.WGS_CHECK, ORDER, argument=key(leukaemia), cells="3")
    said = [line.value for line in leukaemia.view.checks if line.field.startswith("wgs ")]
    assert said == [
        "Below the least volume: at least 1 ml",
        "Missing",
        "Result of FISH awaited: turned round in 3 days",
    ]


def test_neither_a_count_nor_the_word_that_it_is_not_stated_is_no_answer(leukaemia: BenchTop) -> None:
    assert "Enter the white cell count" in leukaemia.says(Command.WGS_CHECK, ORDER, argument=key(leukaemia)).sentence
    both = leukaemia.says(Command.WGS_CHECK, ORDER, "not-stated", argument=key(leukaemia), cells="3")
    assert "Keep one of them" in both.sentence
    assert leukaemia.count("specimen.examined") == 0


def test_another_test_is_not_asked_for_any_of_it(bench: BenchTop) -> None:
    bench.scans("Q26-118901-1")
    bench.label()
    assert Command.WGS_CHECK not in [offer.command for offer in bench.view.seen]
    assert asked(bench) == {}
