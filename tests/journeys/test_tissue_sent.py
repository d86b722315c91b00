"""Tissue that leaves: slides to a receiver that takes them, and a block on loan that comes back."""

from __future__ import annotations

from pathlib import Path

from bench_top import WAIT_S, BenchTop
from pypdfium2 import PdfDocument
from send_work import SINGLE, closes, find, hands_over, opens, scans, view
from tissue_work import suits

from devices.values import Scan
from gms_desktop.domain.commands import Command
from gms_desktop.send_desk import SendDesk


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


def text_of(path: Path) -> str:
    with PdfDocument(path) as paper:
        return " ".join(page.get_textpage().get_text_bounded() for page in paper)


def test_the_papers_say_of_tissue_what_the_receiver_asks_to_know(bench: BenchTop, tmp_path: Path) -> None:
    slides = suits(bench)
    bench.says(Command.TISSUE_CHANGE, "urgent", "tumour metastatic", "Pathology report to follow")
    at_the_microtome(bench, slides[0])
    consignment = opens(bench, "tissue")
    assert scans(bench, slides[0]).title == "Packed"
    closes(bench)
    saved = {path.name: path for path in SendDesk(bench.bench).save_papers(tmp_path)}
    block = bench.rows("SELECT number FROM piece WHERE parent IS NULL")[0]["number"]
    said = (
        f"Block {block}. Received as EDTA blood. Number on it H26/12345 A1. Histology H26/12345. Metastatic tumour. "
        "Pathology report to follow. 40 % neoplastic nuclei: Dr Eye, 23-Nov-2026, By eye at the microscope. "
        f"{slides[0]}: slide, section 1, 5 µm, not stained."
    )
    for name in ("letter", "packing-list"):
        text = " ".join(text_of(saved[f"{consignment}-{name}.pdf"]).split())
        assert said in text
    assert f"Tissue,{said}" in saved[f"{consignment}-packing-list.csv"].read_text("utf-8-sig").replace('"', "")
    assert slides[1] not in text
