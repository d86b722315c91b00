"""A case that is flagged for the Cancer Vaccine Launch Pad or a trial is held against what that asks."""

from __future__ import annotations

import pytest
from bench_top import BenchTop, Person
from send_work import approves, own, today
from tissue_work import cuts, in_a_case, scans, view

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind

TUMOUR = Person("Fern", "C1", "C1-1", nhs="9990000018", test="M89.1", type="FFPE tissue")
BLOOD = Person("Fern", "C2", "C2-1", nhs="9990000018", test="M89.1", type="EDTA blood")
CVLP = "Cancer Vaccine Launch Pad"


@pytest.fixture
def block(empty_bench: BenchTop) -> str:
    """A block of a case that is flagged for the Launch Pad."""
    empty_bench.expects(TUMOUR, BLOOD)
    number = in_a_case(empty_bench, empty_bench.receives("C1-1"))
    empty_bench.says(Command.TISSUE_CHANGE, "urgent", "cvlp")
    scans(empty_bench, number)
    return number


def fit(bench: BenchTop) -> dict[str, tuple[str, VerdictKind | None]]:
    return {line.title: (line.detail, line.kind) for line in view(bench).adequacy}


def on_today(bench: BenchTop) -> str:
    [item] = today(bench, "Tissue cases under way")
    return item.detail


def test_the_launch_pad_asks_for_blood_of_the_same_person_until_it_is_here(empty_bench: BenchTop, block: str) -> None:
    bench = empty_bench
    assert fit(bench)[CVLP] == ("Falls short in 1 way.", VerdictKind.ATTENTION)
    assert fit(bench)["Blood of the same person: none is here"] == ("Asked: with the tissue.", VerdictKind.ATTENTION)
    assert f"{CVLP} (still asked: blood of the same person)" in on_today(bench)
    bench.receives("C2-1")
    scans(bench, block)
    assert fit(bench)[CVLP] == ("All that is laid down of it is there.", VerdictKind.ACCEPTED)
    assert "still asked" not in on_today(bench)


def test_what_a_laboratory_entered_of_the_protocol_is_held_against_the_tissue(
    empty_bench: BenchTop, block: str
) -> None:
    bench = empty_bench
    bench.receives("C2-1")
    approves(bench, "tissue", own("tissue", ('forms = []\nnumber = ""', 'forms = ["scroll"]\nnumber = "2"')))
    scans(bench, block)
    assert fit(bench)["Scroll tubes: 0"] == ("Asked: 2.", VerdictKind.ATTENTION)
    assert f"{CVLP} (still asked: scroll tubes)" in on_today(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "scroll tube", pieces="2", sections="5", thickness="10")
    assert fit(bench)[CVLP][0] == "All that is laid down of it is there."


def test_a_flag_of_which_nothing_is_laid_down_in_figures_says_its_words_only(empty_bench: BenchTop, block: str) -> None:
    bench = empty_bench
    bench.says(Command.TISSUE_CHANGE, "urgent", "trial")
    scans(bench, block)
    assert "Clinical trial" not in fit(bench)
    assert dict(view(bench).facts)["Clinical trial"] == "As the trial's protocol says."


def test_a_frozen_specimen_is_said_to_be_one(empty_bench: BenchTop) -> None:
    frozen = Person("Fern", "C3", "C3-1", nhs="9990000018", test="M89.1", type="Frozen tissue")
    empty_bench.expects(frozen)
    number = empty_bench.receives("C3-1")
    scans(empty_bench, number)
    empty_bench.says(Command.TISSUE_CASE, "urgent", "fresh tissue", histology="H26/12345")
    assert dict(view(empty_bench).facts)["Received as"] == "Frozen tissue"
