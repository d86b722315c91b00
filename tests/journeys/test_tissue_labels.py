"""Labels of tissue: a block, a slide and a tube of scrolls each carry their own number, in the layout of their sort."""

from __future__ import annotations

from bench_top import WAIT_S, BenchTop
from test_more_printers import names
from tissue_work import SINGLE, cuts, in_a_case, numbers, scans, slides, view

from devices.simulators.zpl_printer import SimulatedZplPrinter
from devices.values import Entered
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal.database import Row
from gms_desktop.rehearsal.labels_read import number_on
from gms_desktop.services.views import Answer


def copies(bench: BenchTop, number: str) -> list[Row]:
    """Every copy of a number's label, the oldest first."""
    return bench.rows("SELECT * FROM label WHERE accession = :number ORDER BY copy", number=number)


def prints_again(bench: BenchTop) -> Verdict:
    """Press the button that prints the label of the piece in hand, and say the first reason."""
    [offer] = [one for one in view(bench).offers if one.command is Command.THING_LABEL]
    asked = bench.bench.command(offer.command, None, offer.argument).result(WAIT_S).question
    assert asked is not None
    said = Answer((asked.choices[0].code,), subject=asked.subject)
    return bench.bench.command(offer.command, said, asked.subject).result(WAIT_S).verdict


def comes_out(bench: BenchTop, printer: SimulatedZplPrinter, count: int) -> str:
    """The number on the last label, once so many came out."""
    bench.wait_until(lambda: len(printer.labels) == count, f"label {count}")
    return number_on(printer.labels[-1])[0]


def test_a_block_gets_the_label_of_blocks_where_a_printer_is_named_for_them_and_is_scanned_back(
    bench: BenchTop,
) -> None:
    with SimulatedZplPrinter() as printer:
        names(bench, printer, "block")
        block = in_a_case(bench)
        assert comes_out(bench, printer, 1) == block
        bench.wait_until(lambda: copies(bench, block)[-1]["state"] == "sent", "the block's label is sent")
        tube, own = copies(bench, block)
        assert (tube["sort"], tube["state"], own["sort"], own["layout"]) == ("tube", "verified", "block", "block-8x27")
        found = bench.looks_up(block).find
        assert found is not None
        assert dict(found.facts)["Label"] == "copy 2, sent to the printer, not scanned on what it is for"
        assert scans(bench, block, Entered.TYPED).title != "Label on"
        assert scans(bench, block).title == "Label on"
        assert scans(bench, block).title == "In hand"
        assert [row["state"] for row in copies(bench, block)] == ["verified", "verified"]


def test_a_blocks_label_is_printed_again_as_one_of_blocks_with_its_reason_and_copy(bench: BenchTop) -> None:
    with SimulatedZplPrinter() as printer:
        names(bench, printer, "block")
        block = in_a_case(bench)
        comes_out(bench, printer, 1)
        bench.wait_until(lambda: copies(bench, block)[-1]["state"] == "sent", "the block's label is sent")
        assert scans(bench, block).title == "Label on"
        assert prints_again(bench).title == "Printing again"
        assert comes_out(bench, printer, 2) == block
        [_, _, again] = copies(bench, block)
        assert (again["sort"], again["copy"], bool(again["reason"])) == ("block", 3, True)


def test_a_block_that_is_taken_out_of_its_case_again_keeps_the_label_of_its_bag_only(bench: BenchTop) -> None:
    with SimulatedZplPrinter() as printer:
        names(bench, printer, "block")
        block = in_a_case(bench)
        comes_out(bench, printer, 1)
        bench.wait_until(lambda: copies(bench, block)[-1]["state"] == "sent", "the block's label is sent")
        said = bench.asks_for(Command.UNDO)
        assert (said.title, block in said.sentence) == ("Undone", True)
        assert [row["state"] for row in copies(bench, block)] == ["verified", "spoiled"]


def test_a_block_that_joined_before_a_printer_was_named_gets_its_first_label_without_a_reason(bench: BenchTop) -> None:
    with SimulatedZplPrinter() as printer:
        block = in_a_case(bench)
        assert not [one for one in view(bench).offers if one.command is Command.THING_LABEL]
        names(bench, printer, "block")
        [offer] = [one for one in view(bench).offers if one.command is Command.THING_LABEL]
        said = bench.bench.command(offer.command, None, offer.argument).result(WAIT_S).verdict
        assert (said.kind, said.title) == (VerdictKind.MATCHES, "Label prints")
        assert comes_out(bench, printer, 1) == block
        assert [(row["sort"], row["copy"], row["reason"]) for row in copies(bench, block)] == [
            ("tube", 1, None),
            ("block", 2, None),
        ]


def test_a_block_whose_name_fits_no_label_of_blocks_gets_its_number_and_says_so(bench: BenchTop) -> None:
    with SimulatedZplPrinter() as printer:
        names(bench, printer, "block")
        block = bench.receives(SINGLE)
        scans(bench, block)
        bench.says(Command.TISSUE_CASE, "urgent", histology="H26/12345", hospital="R0A")
        scans(bench, block)
        bench.says(Command.TISSUE_JOIN, "block", outside="H26/12345 A1, the second of two that came " * 2)
        assert comes_out(bench, printer, 1) == block
        bench.wait_until(lambda: copies(bench, block)[-1]["state"] == "sent", "the block's label is sent")
        assert "without its name" in copies(bench, block)[-1]["detail"]


def test_a_tube_of_scrolls_carries_its_own_number_and_not_that_of_its_block(bench: BenchTop) -> None:
    block = in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    assert cuts(bench, "scroll tube", pieces="1", sections="5", thickness="10").title == "Cut"
    [scroll] = numbers(bench)
    bench.wait_until(lambda: copies(bench, scroll)[-1]["state"] == "sent", "the label of the scrolls is sent")
    assert number_on(bench.printer.labels[-1])[0] == scroll != block
    assert scans(bench, scroll).title == "Label on"
    assert prints_again(bench).title == "Printing again"
    bench.wait_until(lambda: len(copies(bench, scroll)) == 2 and copies(bench, scroll)[1]["state"] == "sent", "again")
    assert number_on(bench.printer.labels[-1])[0] == scroll
    assert [row["sort"] for row in copies(bench, scroll)] == ["tube", "tube"]
    assert scans(bench, scroll).title == "Label on"
    found = bench.looks_up(scroll).find
    assert found is not None
    assert dict(found.facts)["Label"] == "on its tube, copy 2"


def test_a_slide_without_a_printer_for_slides_carries_its_own_number_on_a_tubes_label(bench: BenchTop) -> None:
    [slide] = slides(bench, 1)
    bench.wait_until(lambda: copies(bench, slide)[-1]["state"] == "sent", "the slide's label is sent")
    assert number_on(bench.printer.labels[-1])[0] == slide
