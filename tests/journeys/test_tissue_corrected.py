"""What was recorded wrongly of tissue is put right with a reason; the earlier value stays in the history."""

from __future__ import annotations

import pytest
from bench_top import BenchTop
from send_work import opens
from send_work import scans as packs
from tissue_work import cuts, in_a_case, numbers, scans, slides, suits, view

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind

ASSESSED = {"neoplastic": "62.5", "by": "Dr Eye", "on": "23/11/2026"}
TIMES = {"acquired": "20/11/2026 09:30", "into_formalin": "20/11/2026 10:00", "out_of_formalin": ""}


def corrects(bench: BenchTop, sort: str) -> None:
    """Open the form for one of the things that may be corrected."""
    bench.asks_for(Command.TISSUE_CORRECT)
    asked = view(bench).question
    assert asked is not None
    bench.says(Command.TISSUE_CORRECT, next(one.code for one in asked.choices if one.code.startswith(f"{sort}:")))


def form(bench: BenchTop) -> dict[str, str]:
    asked = view(bench).question
    assert asked is not None
    return dict(asked.values)


def problems(bench: BenchTop) -> tuple[str, ...]:
    asked = view(bench).question
    assert asked is not None
    return asked.problems


def told(bench: BenchTop, number: str) -> list[str]:
    found = bench.looks_up(number).find
    assert found is not None
    return [line.words for line in found.timeline]


def test_an_assessment_is_corrected_with_a_reason_and_its_earlier_figure_stays_in_the_history(bench: BenchTop) -> None:
    block = in_a_case(bench)
    bench.says(Command.TISSUE_CHANGE, "urgent", "to tissue")
    bench.says(Command.TISSUE_ASSESS, "method microscope", "cells high", **ASSESSED)
    assert not any("neoplastic nuclei: 6.25" in line.title.lower() for line in view(bench).adequacy)
    corrects(bench, "tissue_assessment")
    assert (form(bench)["neoplastic"], form(bench)["by"]) == ("62.5", "Dr Eye")
    wrong = ASSESSED | {"neoplastic": "6.25", "necrosis": "30"}
    bench.says(Command.TISSUE_CORRECT, "method microscope", "cells high", **wrong)
    assert problems(bench) == ("Say why it is corrected. The earlier value stays in the history.",)
    said = bench.says(Command.TISSUE_CORRECT, "method microscope", "cells high", comment="Point misread", **wrong)
    assert (said.title, said.kind) == ("Corrected", VerdictKind.FINISHED)
    [line] = view(bench).assessed
    assert line.title == "6.25 % neoplastic nuclei"
    assert {"necrosis 30 %", "CORRECTED: Point misread"} <= set(line.detail.split(", "))
    assert any(line.title == "Neoplastic nuclei: 6.25 %" for line in view(bench).adequacy)
    history = told(bench, block)
    assert any("62.5 % neoplastic nuclei" in one for one in history)
    assert any("6.25 % neoplastic nuclei (recorded as 62.5 %)" in one for one in history)
    assert not any(b"Point misread" in entry for entry in bench.entries())


def test_an_assessment_of_another_block_is_taken_back_and_counts_no_more(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_CHANGE, "urgent", "to tissue")
    bench.says(Command.TISSUE_ASSESS, "method microscope", **ASSESSED)
    corrects(bench, "tissue_assessment")
    bench.says(Command.TISSUE_CORRECT, "method microscope", "taken back", comment="Of block A2", **ASSESSED)
    [line] = view(bench).assessed
    assert (line.title, line.kind) == ("Taken back: 62.5 % was not of this piece", VerdictKind.ALREADY)
    assert any(line.title == "Neoplastic nuclei: not assessed" for line in view(bench).adequacy)
    bench.asks_for(Command.TISSUE_CORRECT)
    asked = view(bench).question
    assert asked is not None
    assert not any("assessment" in one.code for one in asked.choices)


def test_a_correction_that_changes_nothing_is_none(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_ASSESS, "method microscope", **ASSESSED)
    corrects(bench, "tissue_assessment")
    bench.says(Command.TISSUE_CORRECT, "method microscope", comment="Checked", **ASSESSED)
    assert problems(bench) == ("Nothing differs from what is recorded. Correct it, or go back.",)
    assert bench.count("tissue.assessment_corrected") == 0


def test_times_are_corrected_also_to_nobody_knows_and_the_clock_follows(bench: BenchTop) -> None:
    block = in_a_case(bench)
    bench.says(Command.TISSUE_TIMES, **TIMES)
    corrects(bench, "piece")
    right = {"acquired": "19/11/2026", "into_formalin": "", "out_of_formalin": "", "outside": "H26/12345 A1"}
    bench.says(Command.TISSUE_CORRECT, "block", comment="Form of another patient", **right)
    assert view(bench).due.startswith("Urgent: due 26-Nov-2026")
    assert "Before formalin" not in dict(view(bench).facts)
    assert dict(view(bench).facts)["Corrected"] == "Form of another patient"
    assert any(
        "taken from the patient 19/11/2026 (recorded as 20/11/2026 09:30), "
        "into formalin not known (recorded as 20/11/2026 10:00)" in one
        for one in told(bench, block)
    )


@pytest.mark.parametrize(("name", "written"), [("acquired", "21/11/2026"), ("out_of_formalin", "soon")])
def test_times_that_cannot_be_are_no_correction(bench: BenchTop, name: str, written: str) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_TIMES, **TIMES)
    corrects(bench, "piece")
    bench.says(Command.TISSUE_CORRECT, "block", comment="Misread", outside="H26/12345 A1", **TIMES | {name: written})
    assert len(problems(bench)) == 1
    assert bench.count("tissue.piece_corrected") == 0


def test_a_corrected_block_number_is_compared_with_the_report_again(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_REPORT, report="H26/12345 A1")
    corrects(bench, "piece")
    said = bench.says(Command.TISSUE_CORRECT, "block", comment="Misread", outside="H26/12345 A7")
    assert "now differs from the report's" in said.sentence
    assert dict(view(bench).facts)["Number on it"] == "H26/12345 A7"
    assert dict(view(bench).facts)["Number in the report"] == "H26/12345 A1 (DIFFERS)"
    corrects(bench, "piece")
    assert (
        bench.says(Command.TISSUE_CORRECT, "block", comment="A1 after all", outside="h26/12345 a1").title == "Corrected"
    )
    assert dict(view(bench).facts)["Number in the report"].endswith("(agrees)")


def test_the_thickness_of_all_that_was_cut_at_once_is_corrected_together(bench: BenchTop) -> None:
    block = in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    bench.says(Command.TISSUE_LEFT, left="400")
    cuts(bench, "slide", thickness="5")
    first, *_ = numbers(bench)
    scans(bench, first)
    scans(bench, first)
    corrects(bench, "piece")
    said = bench.says(
        Command.TISSUE_CORRECT, "stain he", "all that were cut at once", comment="Set at 10", thickness="10"
    )
    assert f"What is left of {block} was worked out from the earlier thickness" in said.sentence
    rows = bench.rows("SELECT thickness_um, stain FROM piece WHERE parent IS NOT NULL ORDER BY first_section")
    assert [tuple(row.values()) for row in rows] == [("10", "he"), ("10", None), ("10", None)]
    assert any("thickness in µm 10 (recorded as 5)" in one for one in told(bench, first))


def test_a_stain_is_corrected_and_a_scraped_slide_too(bench: BenchTop) -> None:
    [first, *_] = slides(bench)
    scans(bench, first)
    scans(bench, first)
    bench.says(Command.TISSUE_STAIN, "he")
    corrects(bench, "piece")
    bench.says(Command.TISSUE_CORRECT, "stain ", comment="The next slide was stained", thickness="5")
    assert bench.rows("SELECT stain FROM piece WHERE number = :n", n=first)[0]["stain"] is None
    bench.says(Command.TISSUE_SCRAPE)
    scans(bench, first)
    assert Command.TISSUE_CORRECT in {offer.command for offer in view(bench).offers}


def test_what_the_case_came_with_is_corrected(bench: BenchTop) -> None:
    in_a_case(bench)
    corrects(bench, "tissue_case")
    assert form(bench)["histology"] == "H26/12345"
    right = {"histology": "H26/12354", "hospital": "R0A", "clinician": "Dr B. Adeyemi", "referred_on": "20/11/2026"}
    assert bench.says(Command.TISSUE_CORRECT, comment="Digits turned", **right).title == "Corrected"
    facts = dict(view(bench).facts)
    assert (facts["Histology number"], facts["Referred on"]) == ("H26/12354", "20-Nov-2026")
    corrects(bench, "tissue_case")
    bench.says(Command.TISSUE_CORRECT, comment="Later", **right | {"referred_on": "24/12/2026"})
    assert problems(bench) == ("The day is in the future. Check it.",)


def test_a_correction_names_who_already_has_the_tissue(bench: BenchTop) -> None:
    [first, *_] = suits(bench)
    scans(bench, first)
    scans(bench, first)
    consignment = opens(bench, "tissue")
    assert packs(bench, first).title == "Packed"
    block = bench.rows("SELECT number FROM piece WHERE parent IS NULL")[0]["number"]
    scans(bench, block)
    corrects(bench, "tissue_assessment")
    said = bench.says(
        Command.TISSUE_CORRECT, "method microscope", comment="Misread", neoplastic="4", by="Dr Eye", on="23/11/2026"
    )
    assert said.kind is VerdictKind.ATTENTION
    assert f"{first} is packed in {consignment}" in said.sentence


def test_a_correction_is_undone_like_any_other_work(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_ASSESS, "method microscope", **ASSESSED)
    corrects(bench, "tissue_assessment")
    bench.says(Command.TISSUE_CORRECT, "method microscope", comment="Misread", **ASSESSED | {"neoplastic": "6"})
    bench.undoes()
    assert [line.title for line in view(bench).assessed] == ["62.5 % neoplastic nuclei"]
