"""Which block represents the tumour is said with its assessment, stands in the case and on what goes with it."""

from __future__ import annotations

from bench_top import BenchTop
from test_tissue_corrected import corrects, form, told
from tissue_work import cuts, in_a_case, numbers, scans, view

from gms_desktop.domain.commands import Command
from gms_desktop.services import send_tissue

SAID = {"neoplastic": "40", "by": "Dr Eye", "on": "23/11/2026"}


def line_of(bench: BenchTop, number: str) -> str:
    return next(one.detail for one in view(bench).pieces if one.title == number)


def test_a_block_that_represents_the_tumour_is_known_by_it_in_its_case_and_on_the_papers(bench: BenchTop) -> None:
    block = in_a_case(bench)
    bench.says(Command.TISSUE_ASSESS, "method microscope", **SAID)
    assert line_of(bench, block) == "block"
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "slide", "stain he", pieces="1")
    [slide] = numbers(bench)
    scans(bench, slide)
    bench.says(Command.TISSUE_ASSESS, "method microscope", "represents", **SAID | {"by": "Dr Other"})
    assert line_of(bench, block) == "block, represents the tumour"
    assert "its block represents the tumour" in view(bench).assessed[0].detail
    [row] = bench.rows("SELECT * FROM piece WHERE parent IS NOT NULL")
    item = {"sort": "piece", "item": row["id"]}
    [paper] = bench.read(lambda ledger: send_tissue.lines(ledger.db, [item]))
    assert "its block represents the tumour" in paper
    assert any("its block represents the tumour" in one for one in told(bench, slide))


def test_that_a_block_represents_the_tumour_is_corrected(bench: BenchTop) -> None:
    block = in_a_case(bench)
    bench.says(Command.TISSUE_ASSESS, "method microscope", "represents", **SAID)
    corrects(bench, "tissue_assessment")
    asked = view(bench).question
    assert asked is not None
    assert "represents" in asked.chosen
    said = {name: value for name, value in form(bench).items() if name != "comment"}
    bench.says(Command.TISSUE_CORRECT, "method microscope", comment="A4 holds more of it", **said)
    assert line_of(bench, block) == "block"
    assert any("its block does not represent the tumour" in one for one in told(bench, block))
