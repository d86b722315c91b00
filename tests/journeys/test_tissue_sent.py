"""Tissue that leaves: slides to a receiver that takes them, and a block on loan that comes back."""

from __future__ import annotations

from bench_top import WAIT_S, BenchTop
from send_work import SINGLE, closes, find, hands_over, opens, scans, view

from devices.values import Scan
from gms_desktop.domain.commands import Command


def at_the_microtome(bench: BenchTop, code: str) -> str:
    """Scan on the Tissue screen."""
    bench.clock.forward(5)
    said = Scan(code.encode(), code, None, bench.clock.now(), "Scanner")
    return bench.bench.scan(said, "tissue").result(WAIT_S).verdict.title


def test_slides_are_sent_and_their_block_is_lent_and_comes_back(bench: BenchTop) -> None:
    block = bench.receives(SINGLE)
    at_the_microtome(bench, block)
    bench.says(Command.TISSUE_CASE, "urgent", histology="H26/12345", hospital="R0A")
    at_the_microtome(bench, block)
    bench.says(Command.TISSUE_JOIN, "block", outside="H26/12345 A1")
    bench.asks_for(Command.TISSUE_BLADE)
    bench.says(Command.TISSUE_CUT, "slide", pieces="10", thickness="5", sections="1")
    bench.says(Command.TISSUE_ASSESS, "method microscope", neoplastic="40", by="Dr Eye", on="23/11/2026")
    every = [row["number"] for row in bench.rows("SELECT number FROM piece WHERE parent IS NOT NULL ORDER BY number")]
    slides = every[:2]
    opens(bench, "wgs")
    assert scans(bench, slides[0]).title == "Wrong for this destination"
    first = opens(bench, "tissue")
    assert [scans(bench, slide).title for slide in slides] == ["Packed", "Packed"]
    assert view(bench).items[0].title == f"piece of tissue {slides[1]}"
    closes(bench)
    hands_over(bench)
    assert dict(find(bench, slides[0]))["Sent"].startswith(f"left in {first}")
    opens(bench, "blocks")
    assert scans(bench, block).title == "Packed"
    closes(bench)
    hands_over(bench)
    assert ("Back by", "21-Dec-2026") in view(bench).facts
    scans(bench, block)
    assert bench.asks_for(Command.SEND_CAME_BACK).title == "Back"
