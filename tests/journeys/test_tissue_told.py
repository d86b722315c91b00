"""Tissue of which something was corrected after it left: its receiver stands on Today until somebody told them."""

from __future__ import annotations

from bench_top import BenchTop
from send_work import closes, hands_over, opens, says, today
from send_work import scans as packs
from test_tissue_corrected import corrects
from tissue_work import scans, suits

from gms_desktop.domain.commands import Command

RIGHT = {"neoplastic": "4", "by": "Dr Eye", "on": "23/11/2026"}
WENT = "was corrected after it went to EXAMPLE genomic laboratory, tumour sections: ring 01632 960003"


def test_what_was_corrected_after_it_left_stands_on_today_until_the_receiver_was_told(bench: BenchTop) -> None:
    [first, second, *_] = suits(bench)
    block = bench.rows("SELECT number FROM piece WHERE parent IS NULL")[0]["number"]
    for slide in (first, second):
        scans(bench, slide)
    opens(bench, "tissue")
    assert packs(bench, first).title == "Packed"
    closes(bench)
    hands_over(bench)
    assert today(bench, "Tell the receiver") == ()
    scans(bench, block)
    corrects(bench, "tissue_assessment")
    bench.says(Command.TISSUE_CORRECT, "method microscope", comment="Point misread", **RIGHT)
    [waits] = today(bench, "Tell the receiver")
    assert f"{first} {WENT}" in waits.detail
    packs(bench, first)
    assert says(bench, Command.SEND_RECALL_TOLD, who="Dr A. Receiver", at="").title == "Told"
    assert today(bench, "Tell the receiver") == ()


def test_what_was_corrected_before_it_left_needs_no_call(bench: BenchTop) -> None:
    [first, *_] = suits(bench)
    scans(bench, first)
    scans(bench, first)
    corrects(bench, "piece")
    bench.says(Command.TISSUE_CORRECT, "stain ", comment="Misread", thickness="5", first="11")
    opens(bench, "tissue")
    assert packs(bench, first).title == "Packed"
    closes(bench)
    hands_over(bench)
    assert today(bench, "Tell the receiver") == ()
