"""A tube of scrolls goes into extraction under its own number, and what comes out of it is known to be of it."""

from __future__ import annotations

import pytest
from bench_top import WAIT_S, BenchTop, Person
from extract_work import KIT, labelled
from extract_work import scans as extracts
from lot_work import released
from send_work import today
from tissue_work import cuts, in_a_case, numbers, scans, slides, view

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.extract_desk import ExtractDesk
from gms_desktop.register import extraction_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import descent
from gms_desktop.services.extract_view import worklists


@pytest.fixture
def tube(bench: BenchTop) -> str:
    """Five scrolls in a tube with its label on."""
    in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "scroll tube", pieces="1", sections="5", thickness="10")
    [number] = numbers(bench)
    return number


def runs(bench: BenchTop, number: str) -> str:
    """A batch with the tube, run to its end; its number."""
    released(bench)
    assert extracts(bench, number).title == "Begin a batch"
    assert bench.says(Command.BEGIN_BATCH, "dna-blood", instrument="Robot 1").title == "Batch begun"
    bench.asks_for(Command.PLACE_BLANK)
    extracts(bench, KIT, "]d2")
    bench.asks_for(Command.START_BATCH)
    bench.asks_for(Command.END_BATCH)
    return str(bench.rows("SELECT number FROM extraction")[0]["number"])


def lines(bench: BenchTop, number: str) -> tuple[list[str], dict[str, str]]:
    found = bench.looks_up(number).find
    assert found is not None
    return [one.words for one in found.timeline], dict(found.facts)


def made_of(bench: BenchTop, eluate: str) -> list[str]:
    def read(ledger: Ledger) -> list[str]:
        row = extraction_look_up.eluate_by_number(ledger.db, eluate)
        assert row is not None
        subject = f"eluate:{row['id']}"
        return sorted(descent.lineage(ledger.db, subject).ancestors(subject))

    return bench.read(read)


def test_a_tube_of_scrolls_is_extracted_under_its_own_number(bench: BenchTop, tube: str) -> None:
    said = extracts(bench, tube)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Label first")
    scans(bench, tube)
    bench.says(Command.TISSUE_ASSESS, "method microscope", neoplastic="40", by="Dr Eye", on="23/11/2026")
    batch = runs(bench, tube)
    [row] = bench.rows("SELECT code, source_sort FROM extraction_position WHERE role = 'specimen'")
    assert tuple(row.values()) == (tube, "piece")
    eluate = labelled(bench, tube)
    history, facts = lines(bench, eluate)
    assert any(f"of {tube}" in one for one in history) or any(f"of {tube}" in one for one in facts.values())
    assert any(eluate in one or batch in one for one in lines(bench, tube)[0])
    block = bench.rows("SELECT number FROM piece WHERE specimen IS NOT NULL")[0]["number"]
    assert f"DNA of {tube}, batch {batch} A01" in lines(bench, block)[1]["Eluate"]
    assert f"DNA of {tube}, batch {batch} A01" in lines(bench, tube)[1]["Eluate"]
    assert [one.partition(":")[0] for one in made_of(bench, eluate)] == ["piece", "piece", "specimen"]
    [item] = today(bench, "Tissue cases under way")
    assert item.detail.endswith(f"Extracted in {batch}: say what became of what is still here")
    assert bench.proved().findings == []


def test_a_slide_is_not_extracted_as_it_is(bench: BenchTop) -> None:
    [first, *_] = slides(bench)
    scans(bench, first)
    said = extracts(bench, first)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Not in a tube")
    assert f"{first} is a slide" in said.sentence


def test_a_tube_that_was_discarded_is_not_extracted(bench: BenchTop, tube: str) -> None:
    scans(bench, tube)
    scans(bench, tube)
    bench.says(Command.TISSUE_END, "discarded")
    said = extracts(bench, tube)
    assert said.kind is VerdictKind.REFUSED
    assert "discarded" in said.sentence
    assert view(bench).question is None


def test_a_block_is_not_extracted_itself_and_its_scrolls_go_under_the_protocol_for_wax(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(Person("Fern", "C1", "C1-1", nhs="9990000018", test="M89.1", type="FFPE tissue"))
    block = in_a_case(bench, bench.receives("C1-1"))
    titles = [one.title for one in bench.read(lambda ledger: worklists(ledger.db))]
    assert titles == ["DNA from FFPE tissue"]
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "scroll tube", pieces="1", sections="5", thickness="10")
    [number] = numbers(bench)
    bench.wait_until(lambda: bool(bench.rows("SELECT id FROM label WHERE state <> 'intended'")), "the label")
    scans(bench, number)
    said = extracts(bench, block)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "A block")
    assert extracts(bench, number).title == "Begin a batch"
    asked = ExtractDesk(bench.bench).view().result(WAIT_S).question
    assert asked is not None
    assert asked.chosen == ("dna-ffpe",)


def test_fresh_tissue_goes_in_as_it_came_until_it_is_at_its_end(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(Person("Fern", "C1", "C1-1", nhs="9990000018", test="M89.1", type="Fresh tissue"))
    number = bench.receives("C1-1")
    scans(bench, number)
    bench.says(Command.TISSUE_CASE, "urgent", histology="H26/12345")
    scans(bench, number)
    bench.says(Command.TISSUE_JOIN, "fresh tissue", outside="")
    assert extracts(bench, number).title == "Begin a batch"
    bench.asks_for(Command.CANCEL)
    scans(bench, number)
    bench.says(Command.TISSUE_END, "exhausted")
    assert "it is recorded as exhausted" in extracts(bench, number).sentence
