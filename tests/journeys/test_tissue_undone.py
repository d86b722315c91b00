"""A tissue case with something in it: undone from the newest on, never from below, and nothing is left behind."""

from __future__ import annotations

from bench_top import BenchTop
from tissue_work import cuts, in_a_case, numbers, scans, view

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal import store
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import undo


def undoing(bench: BenchTop, kind: str) -> Verdict:
    """What a bench is told whose newest act is the first of a kind, while the rest was done at others."""

    def read(ledger: Ledger) -> Verdict:
        every = (one.entry for lot in store.since(ledger.db) for one in lot)
        return undo.undo(ledger, next(entry.action for entry in every if entry.kind == kind), "it").verdict

    return bench.read(read)


def everything(bench: BenchTop) -> list[int]:
    tables = ("tissue_case", "piece", "tissue_assessment", "piece_agreement", "tissue_apart")
    return [bench.rows(f"SELECT count(*) n FROM {table}")[0]["n"] for table in tables]


def test_a_case_is_not_undone_while_something_is_in_it_and_that_is_named(bench: BenchTop) -> None:
    block = in_a_case(bench)
    said = undoing(bench, "tissue.case_opened")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Cannot be undone")
    assert f"take {block} into tissue case" in said.sentence
    bench.says(Command.TISSUE_TIMES, acquired="20/11/2026")
    said = undoing(bench, "tissue.piece_joined")
    assert said.sentence.startswith(f"times of block {block}")
    assert everything(bench) == [1, 1, 0, 0, 0]


def test_a_worked_case_is_undone_from_the_newest_on_though_the_blade_stays_changed(bench: BenchTop) -> None:
    block = in_a_case(bench)
    bench.says(Command.TISSUE_ASSESS, "method microscope", neoplastic="40", by="Dr Eye", on="23/11/2026")
    bench.asks_for(Command.TISSUE_BLADE)
    bench.says(Command.TISSUE_AGREED, "would exhaust the block", by="Dr Histology", on="23/11/2026", how="telephone")
    cuts(bench, "slide", "nothing is left")
    cut = numbers(bench)
    for _ in range(5):
        assert bench.undoes().title == "Undone"
    assert everything(bench) == [0, 0, 0, 0, 0]
    spoiled = bench.rows("SELECT accession FROM label WHERE state = 'spoiled'")
    assert {row["accession"] for row in spoiled} >= set(cut)
    assert view(bench).pieces_title == "Tissue cases"
    assert bench.looks_up(cut[0]).verdict.sentence == f"Label {cut[0]}."
    assert scans(bench, block).title == "Not in a case"
    again = bench.says(Command.TISSUE_CASE, "urgent", histology="H26/12345")
    assert again.title == "Case opened"
    assert bench.proved().findings == []


def test_a_case_that_was_told_from_another_is_undone_with_what_was_said(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_CASE, "urgent", comment="Two hospitals", histology="H26/12345")
    assert everything(bench) == [2, 1, 0, 0, 1]
    assert bench.undoes().title == "Undone"
    assert everything(bench) == [1, 1, 0, 0, 0]
