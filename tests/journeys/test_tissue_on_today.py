"""Tissue cases on Today: what is due first, what holds each up, and what falls short of its receiver."""

from __future__ import annotations

import pytest
from bench_top import BenchTop
from send_work import closes, hands_over, opens, today
from send_work import scans as packs
from test_tissue_suits import TO_TISSUE, assesses
from tissue_work import cuts, goes_as_it_is, in_a_case, scans, slides, suits

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.views import WorkItem

ANOTHER = "Q26-118902-1"
RECEIVER = "EXAMPLE genomic laboratory, tumour sections"


def cases(bench: BenchTop) -> tuple[WorkItem, ...]:
    return today(bench, "Tissue cases under way")


def test_a_block_that_falls_short_of_its_receiver_stands_on_today_until_a_pathologist_agreed(bench: BenchTop) -> None:
    block = in_a_case(bench)
    bench.says(Command.TISSUE_CHANGE, "urgent", TO_TISSUE)
    assert cases(bench)[0].detail.endswith("To be assessed")
    assesses(bench, "12", "Dr Eye")
    [item] = cases(bench)
    assert item.detail.endswith(
        f"{block} falls short of what {RECEIVER} asks for: neoplastic nuclei 12 %, asked at least 20 %"
    )
    assert (item.kind, item.screen) == (VerdictKind.ATTENTION, "tissue")
    assert scans(bench, item.code).title == "Tissue case"
    scans(bench, block)
    goes_as_it_is(bench)
    assert cases(bench)[0].detail.endswith("To be cut")


def test_what_was_cut_is_held_against_the_receiver_too_and_one_block_that_suits_is_enough(bench: BenchTop) -> None:
    block = in_a_case(bench)
    bench.says(Command.TISSUE_CHANGE, "urgent", TO_TISSUE)
    assesses(bench, "40", "Dr Eye")
    assert cases(bench)[0].detail.endswith("To be cut")
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "slide", pieces="3")
    assert f"{block} falls short" in cases(bench)[0].detail
    assert cases(bench)[0].detail.endswith("slides or scroll tubes 3, asked 10")
    cuts(bench, "slide", pieces="7")
    assert cases(bench)[0].detail.endswith("Cut: to be sent")


def test_of_cases_that_are_as_urgent_the_one_due_first_leads(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_TIMES, acquired="20/11/2026")
    in_a_case(bench, bench.receives(ANOTHER), "H26/54321")
    bench.says(Command.TISSUE_TIMES, acquired="17/11/2026")
    first, second = cases(bench)
    assert "due 24-Nov-2026" in first.detail
    assert "due 27-Nov-2026" in second.detail


@pytest.mark.parametrize("ended", ["exhausted", "retained", "returned"])
def test_slides_that_nobody_sent_keep_their_case_on_today_whatever_became_of_the_block(
    bench: BenchTop, ended: str
) -> None:
    every = suits(bench)
    block = bench.rows("SELECT number FROM piece WHERE parent IS NULL")[0]["number"]
    scans(bench, block)
    bench.says(Command.TISSUE_END, ended)
    [item] = cases(bench)
    assert item.detail.endswith("Cut: to be sent")
    opens(bench, "tissue")
    for one in every:
        assert packs(bench, one).title == "Packed"
    [item] = cases(bench)
    assert "not handed over yet" in item.detail
    closes(bench)
    hands_over(bench)
    assert cases(bench) == ()


def test_slides_that_are_at_their_end_hold_no_case_open(bench: BenchTop) -> None:
    [slide] = slides(bench, 1)
    block = bench.rows("SELECT number FROM piece WHERE parent IS NULL")[0]["number"]
    for one in (block, slide):
        scans(bench, one)
        bench.says(Command.TISSUE_END, "discarded")
    assert cases(bench) == ()
