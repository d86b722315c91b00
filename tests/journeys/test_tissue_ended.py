"""What becomes of tissue at the end: said once, while it is here, and put right with a reason where it was wrong."""

from __future__ import annotations

from bench_top import BenchTop
from send_work import closes, hands_over, opens
from send_work import scans as packs
from test_tissue_corrected import corrects, told
from tissue_work import cuts, in_a_case, numbers, scans, view

from gms_desktop.domain.commands import Command


def a_block_and_a_slide(bench: BenchTop) -> tuple[str, str]:
    block = in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "slide", pieces="1")
    return block, numbers(bench)[0]


def line_of(bench: BenchTop, number: str) -> str:
    return next(one.detail for one in view(bench).pieces if one.title == number)


def test_what_is_packed_has_not_come_to_its_end_and_the_screen_says_where_it_is(bench: BenchTop) -> None:
    _, slide = a_block_and_a_slide(bench)
    consignment = opens(bench, "blocks")
    assert packs(bench, slide).title == "Packed"
    scans(bench, slide)
    assert f"packed in {consignment}" in line_of(bench, slide)
    said = bench.says(Command.TISSUE_END, "discarded")
    assert said.sentence == f"{slide} is packed in {consignment}. Take it out there first, or hand it over."
    closes(bench)
    hands_over(bench)
    scans(bench, slide)
    assert f"left in {consignment}" in line_of(bench, slide)
    offered = {one.command for one in view(bench).offers}
    assert not offered & {Command.TISSUE_STAIN, Command.TISSUE_SCRAPE, Command.TISSUE_CUT}
    said = bench.says(Command.TISSUE_END, "retained")
    assert said.sentence.startswith(f"{slide} left in {consignment}: it is not kept here.")
    assert bench.says(Command.TISSUE_END, "exhausted").title == "Recorded"


def test_a_block_that_is_kept_here_is_lent_again(bench: BenchTop) -> None:
    block, _ = a_block_and_a_slide(bench)
    scans(bench, block)
    bench.says(Command.TISSUE_END, "retained")
    opens(bench, "blocks")
    assert packs(bench, block).title == "Packed"


def test_what_is_returned_says_to_whom_and_is_not_packed(bench: BenchTop) -> None:
    block, _ = a_block_and_a_slide(bench)
    scans(bench, block)
    bench.says(Command.TISSUE_END, "returned", to="Dr Adeyemi's secretary")
    facts = dict(view(bench).facts)
    assert facts["At its end"] == "Returned to who sent it: Dr Adeyemi's secretary"
    opens(bench, "blocks")
    assert packs(bench, block).sentence == f"{block} is recorded as gone: returned. Take it to a senior."


def test_an_end_is_not_overwritten_but_corrected_with_a_reason(bench: BenchTop) -> None:
    block, slide = a_block_and_a_slide(bench)
    scans(bench, block)
    bench.says(Command.TISSUE_END, "discarded")
    said = bench.says(Command.TISSUE_END, "returned")
    assert said.sentence == f"{block} is recorded as discarded. If that is not so, correct it and say why."
    bench.asks_for(Command.UNDO)
    scans(bench, slide)
    bench.says(Command.TISSUE_END, "discarded")
    scans(bench, slide)
    corrects(bench, "end")
    bench.says(Command.TISSUE_CORRECT, "here")
    asked = view(bench).question
    assert asked is not None
    assert asked.problems == ("Say why it is corrected. The earlier value stays in the history.",)
    assert bench.says(Command.TISSUE_CORRECT, "here", comment="it lay behind the rack").title == "Corrected"
    assert line_of(bench, slide) == "slide, section 1, 5 µm"
    assert Command.TISSUE_STAIN in {one.command for one in view(bench).offers}
    history = " ".join(told(bench, slide))
    assert "is here, and not at its end. “it lay behind the rack”" in history
    assert f"Slide {slide}: discarded" in history


def test_a_block_of_which_nothing_was_said_to_be_left_is_cut_again_once_that_is_corrected(bench: BenchTop) -> None:
    block = in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    bench.says(Command.TISSUE_AGREED, "would exhaust the block", by="Dr Histology", on="23/11/2026", how="telephone")
    cuts(bench, "slide", "nothing is left")
    scans(bench, block)
    corrects(bench, "end")
    said = bench.says(Command.TISSUE_CORRECT, "here", comment="ticked by mistake")
    assert f"That nothing is left of {block} still stands: look, and say what is left." in said.sentence
    assert line_of(bench, block) == "block"
    bench.says(Command.TISSUE_LEFT, left="200")
    assert cuts(bench, "slide", pieces="1").title == "Cut"


def test_what_was_scraped_off_is_not_put_back(bench: BenchTop) -> None:
    _, slide = a_block_and_a_slide(bench)
    scans(bench, slide)
    bench.says(Command.TISSUE_SCRAPE)
    scans(bench, slide)
    bench.asks_for(Command.TISSUE_CORRECT)
    asked = view(bench).question
    assert asked is not None
    assert not [one for one in asked.choices if one.code.startswith("end:")]
