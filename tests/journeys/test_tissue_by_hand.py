"""Tissue as tired hands work it: what is undone, what another case's block does, figures and files that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_top import WAIT_S, BenchTop
from PIL import Image
from send_work import approves, closes, hands_over, opens, own, today
from send_work import scans as packs
from tissue_work import cuts, in_a_case, numbers, scans, slides, view

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.tissue_desk import TissueDesk

ANOTHER = "Q26-118902-1"


def attaches(bench: BenchTop, path: Path) -> str:
    return TissueDesk(bench.bench).attach(path).result(WAIT_S).verdict.title


def picture(folder: Path) -> Path:
    Image.new("RGB", (40, 30), "pink").save(folder / "slide.png", "PNG")
    return folder / "slide.png"


def a_stained_slide(bench: BenchTop) -> str:
    [first, *_] = slides(bench)
    for _ in range(2):
        scans(bench, first)
    bench.says(Command.TISSUE_STAIN, "he")
    return first


def held_up(bench: BenchTop) -> str:
    [item] = today(bench, "Tissue cases under way")
    return item.detail


def test_a_case_and_the_block_that_joined_it_are_undone_one_after_the_other(bench: BenchTop) -> None:
    block = in_a_case(bench)
    assert bench.undoes().title == "Undone"
    assert bench.rows("SELECT 1 FROM piece") == []
    assert scans(bench, block).title == "Not in this case"
    bench.says(Command.TISSUE_JOIN, "block")
    assert len(bench.rows("SELECT 1 FROM piece")) == 1
    bench.undoes()
    assert bench.undoes().title == "Undone"
    assert bench.rows("SELECT 1 FROM tissue_case") == []
    assert view(bench).pieces_title == "Tissue cases"


def test_stain_picture_and_scrape_are_undone_in_turn(bench: BenchTop, tmp_path: Path) -> None:
    stained = a_stained_slide(bench)
    assert attaches(bench, picture(tmp_path)) == "Picture kept"
    bench.says(Command.TISSUE_AGREED, "scrapes a stained diagnostic slide", by="Dr Histology", on="23/11/2026")
    assert bench.says(Command.TISSUE_SCRAPE).title == "Scraped"
    assert bench.undoes().title == "Undone"
    [row] = bench.rows("SELECT state, stain, imaged FROM piece WHERE number = :n", n=stained)
    assert tuple(row.values()) == ("here", "he", 1)
    # The agreement was used by the scrape that was undone: it holds again.
    assert bench.says(Command.TISSUE_SCRAPE).title == "Scraped"
    for _ in range(4):
        assert bench.undoes().title == "Undone"
    [row] = bench.rows("SELECT state, stain, imaged FROM piece WHERE number = :n", n=stained)
    assert tuple(row.values()) == ("here", None, 0)
    assert bench.rows("SELECT 1 FROM piece_image") == []


def test_a_block_of_another_case_is_said_to_be_one(bench: BenchTop) -> None:
    other = bench.receives(ANOTHER)
    block = in_a_case(bench)
    in_a_case(bench, other, "H26/54321")
    said = scans(bench, block)
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Another case")
    assert block in said.sentence
    assert scans(bench, block).title == "In hand"


@pytest.mark.parametrize(
    ("written", "kept"), [("0", "0"), ("100 %", "100"), ("101", ""), ("-5", ""), ("62,5", "62.5"), ("< 5", "")]
)
def test_a_percentage_is_from_nought_to_a_hundred(bench: BenchTop, written: str, kept: str) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_ASSESS, "method microscope", neoplastic=written, by="Dr Eye", on="23/11/2026")
    assert [row["neoplastic"] for row in bench.rows("SELECT neoplastic FROM tissue_assessment")] == [kept] * bool(kept)


def test_more_than_there_is_left_is_cut_only_with_a_pathologist(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    bench.says(Command.TISSUE_LEFT, left="10")
    assert cuts(bench, "slide", pieces="3", thickness="5").title == "Pathologist first"
    assert bench.count("tissue.cut") == 0


def test_a_scan_of_ten_megabytes_is_refused_and_the_bench_goes_on(bench: BenchTop) -> None:
    block = in_a_case(bench)
    assert scans(bench, "7" * 10_000_000).kind is VerdictKind.REFUSED
    assert scans(bench, block).title == "In hand"


def test_a_picture_too_large_to_keep_is_cited_where_it_lies(bench: BenchTop, tmp_path: Path) -> None:
    in_a_case(bench)
    whole = tmp_path / "whole.svs"
    with whole.open("wb") as made:
        made.truncate(201 * 1024 * 1024)
    assert attaches(bench, whole) == "Picture cited"
    [row] = bench.rows("SELECT sha256, size FROM piece_image")
    assert (row["sha256"], row["size"]) == (None, 201 * 1024 * 1024)


def test_a_whole_slide_file_of_any_size_is_only_cited(bench: BenchTop, tmp_path: Path) -> None:
    in_a_case(bench)
    whole = tmp_path / "small.svs"
    whole.write_bytes(b"II*\x00" + b"\x00" * 1000)
    assert attaches(bench, whole) == "Picture cited"
    [row] = bench.rows("SELECT sha256 FROM piece_image")
    assert row["sha256"] is None
    [line] = view(bench).kept
    assert str(whole) in line.detail


def test_today_says_what_holds_a_case_up(bench: BenchTop) -> None:
    approves(bench, "tissue", own("tissue", ("second_assessor = false", "second_assessor = true")))
    in_a_case(bench)
    assert held_up(bench).endswith("To be assessed")
    bench.asks_for(Command.TISSUE_BLADE)
    bench.says(Command.TISSUE_ASSESS, "method microscope", neoplastic="40", by="Dr Eye", on="23/11/2026")
    assert held_up(bench).endswith("Waits for a second assessor")
    bench.says(Command.TISSUE_ASSESS, "method microscope", neoplastic="45", by="Dr Other", on="23/11/2026")
    assert held_up(bench).endswith("To be cut")
    cuts(bench, "slide", pieces="10")
    assert held_up(bench).endswith("Cut: to be sent")
    number = opens(bench, "tissue")
    packs(bench, numbers(bench)[0])
    assert held_up(bench).endswith(f"Packed in {number}, not handed over yet")
    closes(bench)
    hands_over(bench)
    assert held_up(bench).endswith(f"Sent in {number}: say what became of what is still here")
