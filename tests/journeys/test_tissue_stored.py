"""Slides and scroll tubes are kept like any tube: put away by scan, found, taken out, gone only when they are out."""

from __future__ import annotations

from bench_top import BenchTop
from storage_at_work import find, laboratory, takes_out
from storage_at_work import scans as stores
from tissue_work import scans, slides

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
