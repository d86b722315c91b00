"""What there can be only one of is chosen once: nothing at tissue is picked for the person out of two."""

from __future__ import annotations

import pytest
from bench_top import BenchTop
from tissue_work import cuts, in_a_case, scans, slides, view

from gms_desktop.domain.commands import Command


def problems(bench: BenchTop) -> tuple[str, ...]:
    asked = view(bench).question
    assert asked is not None
    return asked.problems


def test_a_cut_that_is_said_to_be_slides_and_scrolls_is_asked_again(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "slide", "scroll tube")
    assert problems(bench) == ("Choose one: section, slide or scroll tube.",)
    cuts(bench, "slide", "stain he", "stain ihc")
    assert problems(bench) == ("Choose no more than one stain.",)
    cuts(bench, "scroll tube", "stain he", sections="5")
    assert problems(bench) == ("Sections in a scroll tube are not stained: leave the stain out.",)
    assert bench.count("tissue.cut") == 0


def test_an_assessment_has_one_method_and_one_cellularity(bench: BenchTop) -> None:
    in_a_case(bench)
    said = {"neoplastic": "40", "by": "Dr Eye", "on": "23/11/2026"}
    bench.says(Command.TISSUE_ASSESS, "method microscope", "method counted", "cells low", "cells high", **said)
    assert problems(bench) == ("Choose one way in which it was assessed.", "Choose no more than one cellularity.")
    assert bench.count("tissue.assessed") == 0


def test_choices_of_which_only_one_can_be_so_are_marked_and_stand_under_their_words(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.asks_for(Command.TISSUE_ASSESS)
    asked = view(bench).question
    assert asked is not None
    assert {one.under for one in asked.choices} == {"How", "Cellularity", "Area", "Its block"}
    assert {one.under for one in asked.choices if one.one_of} == {"How", "Cellularity"}


@pytest.mark.parametrize("again", ["he", "ihc"])
def test_a_slide_that_is_stained_is_stained_anew_only_by_a_correction(bench: BenchTop, again: str) -> None:
    first, *_ = slides(bench, 1)
    scans(bench, first)
    bench.says(Command.TISSUE_STAIN, "he")
    assert Command.TISSUE_STAIN not in [one.command for one in view(bench).offers]
    said = bench.says(Command.TISSUE_STAIN, again)
    assert said.sentence == f"{first} is recorded as stained: H&E. If that is not so, correct it and say why."
    assert bench.count("tissue.stained") == 1


def test_a_pathologist_agrees_to_what_can_be_done_with_the_piece_in_hand(bench: BenchTop) -> None:
    first, *_ = slides(bench, 1)

    def offered() -> set[str]:
        bench.asks_for(Command.TISSUE_AGREED)
        asked = view(bench).question
        assert asked is not None
        bench.asks_for(Command.CANCEL)
        return {one.code for one in asked.choices}

    short = "sends less than its receiver asks for"
    assert "would exhaust the block" in offered()
    assert "scrapes a stained diagnostic slide" not in offered()
    scans(bench, first)
    assert offered() == {"scrapes a stained diagnostic slide", short}
    said = {"by": "Dr Histology", "on": "23/11/2026"}
    bench.says(Command.TISSUE_AGREED, "would exhaust the block", **said)
    assert problems(bench) == ("Choose what was agreed to.",)


def test_a_specimen_joins_as_one_thing(bench: BenchTop) -> None:
    number = bench.receives("Q26-118901-1")
    scans(bench, number)
    bench.says(Command.TISSUE_CASE, "urgent", "block", "slide", histology="H26/12345")
    assert problems(bench) == ("Choose one: what it is.",)
    assert bench.says(Command.TISSUE_CASE, "urgent", histology="H26/12345").title == "Case opened"
    scans(bench, number)
    bench.says(Command.TISSUE_JOIN, "block", "cytology", outside="A1")
    assert problems(bench) == ("Choose one: what it is.",)
    assert bench.count("tissue.piece_joined") == 0
