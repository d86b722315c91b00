"""Slides and scroll tubes are kept like any tube: put away by scan, found, taken out, gone only when they are out."""

from __future__ import annotations

from bench_top import BenchTop
from send_work import approves, own
from storage_at_work import find, laboratory, takes_out
from storage_at_work import scans as stores
from tissue_work import cuts, in_a_case, scans, slides, view

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind

IN_THE_BOX = "A01 of Room 4, Freezer A, Shelf 1, Box 12"


def put_away(bench: BenchTop) -> tuple[str, dict[str, str]]:
    """A slide in the first position of a box: its number, and the codes of the places."""
    [first, *_] = slides(bench)
    codes = laboratory(bench)
    stores(bench, codes["box"])
    assert stores(bench, first).title == "Put away"
    return first, codes


def test_a_slide_is_put_away_and_found_where_it_stands(bench: BenchTop) -> None:
    first, _ = put_away(bench)
    assert find(bench, first)["Storage"] == IN_THE_BOX


def test_a_box_of_slides_is_checked(bench: BenchTop) -> None:
    first, codes = put_away(bench)
    stores(bench, codes["box"])
    assert bench.asks_for(Command.CHECK_BOX).title == "Check"
    stores(bench, f"{codes['box']}.A01")
    stores(bench, first)
    assert bench.asks_for(Command.CHECK_BOX).title == "Box agrees"


def test_a_slide_that_stands_in_a_store_is_not_recorded_as_discarded_until_it_is_out(bench: BenchTop) -> None:
    first, _ = put_away(bench)
    scans(bench, first)
    said = bench.says(Command.TISSUE_END, "discarded")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Still stored")
    assert IN_THE_BOX in said.sentence
    assert bench.count("tissue.ended") == 0
    stores(bench, first)
    assert takes_out(bench, "check").title == "Taken out"
    scans(bench, first)
    assert bench.says(Command.TISSUE_END, "discarded").title == "Recorded"


def test_a_slide_in_a_store_is_not_scraped_and_the_screen_says_where_it_stands(bench: BenchTop) -> None:
    first, _ = put_away(bench)
    scans(bench, first)
    assert dict(view(bench).facts)["Stands in"] == IN_THE_BOX
    said = bench.says(Command.TISSUE_SCRAPE)
    assert said.sentence == f"{first} stands in {IN_THE_BOX}. Take it out at Storage, then scan it here."
    assert bench.count("tissue.scraped") == 0


def test_the_last_of_a_block_is_not_cut_while_the_block_is_recorded_in_a_store(bench: BenchTop) -> None:
    block = in_a_case(bench)
    codes = laboratory(bench)
    stores(bench, codes["box"])
    assert stores(bench, block).title == "Put away"
    scans(bench, block)
    bench.says(Command.TISSUE_AGREED, "would exhaust the block", by="Dr Histology", on="23/11/2026", how="telephone")
    bench.asks_for(Command.TISSUE_BLADE)
    assert cuts(bench, "slide", "nothing is left").title == "Still stored"
    assert bench.count("tissue.cut") == 0
    stores(bench, block)
    assert takes_out(bench, "check").title == "Taken out"
    scans(bench, block)
    bench.asks_for(Command.TISSUE_CUT)
    asked = view(bench).question
    assert asked is not None
    assert "nothing is left" in asked.chosen, "the form stands as it was filled in"
    assert cuts(bench, "slide", "nothing is left").title == "Cut"


def test_where_a_site_asks_for_no_blade_the_cut_itself_comes_first(bench: BenchTop) -> None:
    approves(bench, "tissue", own("tissue", ("change_blade = true", "change_blade = false")))
    in_a_case(bench)
    assert [one.command for one in view(bench).offers if one.usual] == [Command.TISSUE_CUT]
    assert Command.TISSUE_BLADE not in [one.command for one in view(bench).offers]
    assert cuts(bench, "slide").title == "Cut"
