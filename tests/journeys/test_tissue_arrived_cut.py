"""Slides and tubes of scrolls that another hospital cut: they are what they are, and nobody calls them a block."""

from __future__ import annotations

import pytest
from bench_top import BenchTop, Person
from extract_work import scans as extracts
from send_work import closes, hands_over, opens, today
from send_work import scans as packs
from test_tissue_corrected import corrects, form
from tissue_work import numbers, scans, view

from gms_desktop.domain.commands import Command
from gms_desktop.services import send_tissue

FOUR = tuple(
    Person("Fern", f"C{n}", f"C{n}-1", nhs="9990000018", test="M89.1", type="FFPE tissue") for n in range(1, 5)
)


@pytest.fixture
def slides(empty_bench: BenchTop) -> list[str]:
    """Three slides and a tube of scrolls of another hospital's block, in one case; the last is in hand."""
    bench = empty_bench
    bench.expects(*FOUR)
    every = [bench.receives(one.tube) for one in FOUR]
    scans(bench, every[0])
    bench.asks_for(Command.TISSUE_CASE)
    asked = view(bench).question
    assert asked is not None
    assert asked.chosen == ("block",), "what an FFPE specimen is most often stands there, to be looked at"
    assert bench.says(Command.TISSUE_CASE, "urgent", "slide", histology="H26/12345").title == "Case opened"
    for number, sort in zip(every[1:], ("slide", "slide", "scroll tube"), strict=True):
        scans(bench, number)
        assert bench.says(Command.TISSUE_JOIN, sort, outside="A1").title == "In the case"
    return every


def sorts(bench: BenchTop) -> list[str]:
    return [line.detail for line in view(bench).pieces]


def test_they_are_counted_together_against_their_receiver(empty_bench: BenchTop, slides: list[str]) -> None:
    bench = empty_bench
    assert sorts(bench) == ["slide", "slide", "slide", "scroll tube"]
    bench.says(Command.TISSUE_CHANGE, "urgent", "to tissue")
    scans(bench, slides[0])
    bench.says(Command.TISSUE_ASSESS, "method microscope", neoplastic="40", by="Dr Eye", on="23/11/2026")
    short = {line.title: line.detail for line in view(bench).adequacy}
    assert short["Slides or scroll tubes: 4"] == "Asked: 10."
    [item] = today(bench, "Tissue cases under way")
    assert item.detail.endswith("slides or scroll tubes 4, asked 10")
    opens(bench, "tissue")
    assert "slides or scroll tubes 4, asked 10" in packs(bench, slides[1]).sentence
    opens(bench, "blocks")
    assert packs(bench, slides[1]).title == "Packed"


def test_they_are_not_cut_and_a_slide_is_scraped_before_it_is_extracted(
    empty_bench: BenchTop, slides: list[str]
) -> None:
    bench = empty_bench
    scans(bench, slides[0])
    offered = {one.command for one in view(bench).offers}
    assert {Command.TISSUE_TIMES, Command.TISSUE_REPORT, Command.TISSUE_SCRAPE} <= offered
    assert Command.TISSUE_CUT not in offered
    assert extracts(bench, slides[0]).title == "Not in a tube"
    scans(bench, slides[0])
    assert bench.says(Command.TISSUE_SCRAPE).title == "Scraped"
    [tube] = numbers(bench)
    assert [one.detail for one in view(bench).pieces if one.title == tube] == ["scroll tube"]
    assert extracts(bench, slides[3]).title == "Begin a batch"
    assert bench.proved().findings == []


def test_what_it_is_and_its_stain_are_corrected(empty_bench: BenchTop, slides: list[str]) -> None:
    bench = empty_bench
    scans(bench, slides[0])
    bench.says(Command.TISSUE_STAIN, "he")
    corrects(bench, "piece")
    said = form(bench)
    bench.says(Command.TISSUE_CORRECT, "slide", "stain ihc", comment="misread", **said)
    assert sorts(bench)[0] == "slide, Immunohistochemistry"
    [row] = bench.rows("SELECT id FROM piece WHERE stain IS NOT NULL")
    [paper] = bench.read(lambda ledger: send_tissue.lines(ledger.db, [{"sort": "piece", "item": row["id"]}]))
    assert paper.startswith(f"Slide {slides[0]}. Received as FFPE tissue. Histology H26/12345. Immunohistochemistry.")
    corrects(bench, "piece")
    bench.says(Command.TISSUE_CORRECT, "block", "stain ihc", comment="it is a block", **form(bench))
    assert sorts(bench)[0] == "block", "what is no slide has no stain"


def test_one_of_them_is_moved_without_the_others(empty_bench: BenchTop, slides: list[str]) -> None:
    bench = empty_bench
    bench.asks_for(Command.TISSUE_ASIDE)
    bench.says(Command.TISSUE_CASE, "routine", histology="H26/54321")
    case = bench.rows("SELECT number FROM tissue_case ORDER BY at DESC")[0]["number"]
    scans(bench, slides[0])
    corrects(bench, "move")
    bench.says(Command.TISSUE_CORRECT, comment="of the second report", case=case)
    moved = bench.rows("SELECT count(*) n FROM piece GROUP BY tissue_case ORDER BY n")
    assert [row["n"] for row in moved] in ([1, 3], [4]), "a second person confirms it where the site rule wants one"


def test_their_case_leaves_today_once_they_left(empty_bench: BenchTop, slides: list[str]) -> None:
    bench = empty_bench
    assert len(today(bench, "Tissue cases under way")) == 1
    opens(bench, "blocks")
    for one in slides:
        assert packs(bench, one).title == "Packed"
    [item] = today(bench, "Tissue cases under way")
    assert item.detail.endswith("To be assessed")
    closes(bench)
    hands_over(bench)
    assert today(bench, "Tissue cases under way") == ()
