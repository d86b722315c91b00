"""Tissue and its receiver: what falls short, who has to assess, which stained slide is near, and what is taken back."""

from __future__ import annotations

import pytest
from bench_top import BenchTop
from send_work import approves, closes, opens, own
from send_work import scans as packs
from tissue_work import cuts, goes_as_it_is, in_a_case, numbers, scans, slides, view

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind

TO_TISSUE = "to tissue"


def assesses(bench: BenchTop, percent: str, who: str) -> str:
    return bench.says(Command.TISSUE_ASSESS, "method microscope", neoplastic=percent, by=who, on="23/11/2026").title


def adequacy(bench: BenchTop) -> dict[str, tuple[str, VerdictKind | None]]:
    return {line.title: (line.detail, line.kind) for line in view(bench).adequacy}


def test_what_falls_short_of_the_receivers_profile_is_said_with_what_it_asks(bench: BenchTop) -> None:
    slides(bench)
    assert "No receiver is chosen" in adequacy(bench)
    assert bench.says(Command.TISSUE_CHANGE, "urgent", TO_TISSUE).title == "Case changed"
    assesses(bench, "15", "Dr Eye")
    said = adequacy(bench)
    assert said["Goes to EXAMPLE genomic laboratory, tumour sections"] == (
        "Falls short in 2 ways.",
        VerdictKind.ATTENTION,
    )
    assert said["Neoplastic nuclei: 15 %"] == ("Asked: at least 20 %.", VerdictKind.ATTENTION)
    assert said["Slides or scroll tubes: 3"] == ("Asked: 10.", VerdictKind.ATTENTION)
    assert said["Its range for 15 %: 11-20"] == ("", VerdictKind.FOUND)


def test_enough_tissue_is_said_and_ranges_that_overlap(bench: BenchTop) -> None:
    slides(bench, 10)
    bench.says(Command.TISSUE_CHANGE, "urgent", TO_TISSUE)
    assesses(bench, "20", "Dr Eye")
    said = adequacy(bench)
    assert said["Goes to EXAMPLE genomic laboratory, tumour sections"][1] is VerdictKind.ACCEPTED
    assert said["Its range for 20 %: 11-20 or 20-50"][0] == "Its ranges overlap here: give the exact figure."


def test_a_case_has_one_receiver_and_keeps_its_flags(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_CHANGE, "urgent", "trial", TO_TISSUE, "to blocks")
    asked = view(bench).question
    assert asked is not None
    assert asked.problems == ("Choose no more than one receiver.",)
    bench.says(Command.TISSUE_CHANGE, "urgent", "trial", TO_TISSUE)
    bench.asks_for(Command.TISSUE_CHANGE)
    asked = view(bench).question
    assert asked is not None
    assert set(asked.chosen) == {"urgent", "trial", TO_TISSUE}


def test_where_two_have_to_assess_nothing_leaves_before_a_second_person_did(bench: BenchTop) -> None:
    approves(bench, "tissue", own("tissue", ("second_assessor = false", "second_assessor = true")))
    slides(bench, 10)
    assert "Not to be sent yet" in adequacy(bench)
    assesses(bench, "40", "Dr Eye")
    assesses(bench, "45", "dr  eye")
    opens(bench, "tissue")
    said = packs(bench, numbers(bench)[0])
    assert said.kind is VerdictKind.REFUSED
    assert "a second person has not assessed" in said.sentence
    scans(bench, bench.rows("SELECT number FROM piece WHERE parent IS NULL")[0]["number"])
    assesses(bench, "60", "Dr Other")
    said_of = adequacy(bench)
    assert "Not to be sent yet" not in said_of
    assert said_of["Assessors are 15 points apart"][1] is VerdictKind.FOUND
    assert packs(bench, numbers(bench)[0]).title == "Packed"


def test_a_slide_says_which_stained_slide_lies_nearest(bench: BenchTop) -> None:
    first, _, third = slides(bench)
    scans(bench, first)
    scans(bench, first)
    bench.says(Command.TISSUE_STAIN, "he")
    scans(bench, third)
    scans(bench, third)
    assert dict(view(bench).facts)["Nearest stained slide"] == f"{first}, 2 sections away"


@pytest.mark.parametrize(
    ("command", "choices", "fields"),
    [
        (Command.TISSUE_TIMES, (), {"acquired": "20/11/2026 09:30"}),
        (Command.TISSUE_LEFT, (), {"left": "400"}),
        (Command.TISSUE_REPORT, (), {"report": "H26/12345 A1"}),
        (Command.TISSUE_END, ("retained",), {}),
        (Command.TISSUE_CHANGE, ("routine", TO_TISSUE), {}),
        (Command.TISSUE_AGREED, ("would exhaust the block",), {"by": "Dr Histology", "on": "23/11/2026"}),
        (Command.TISSUE_ASSESS, ("method screen",), {"neoplastic": "40", "by": "Dr Eye", "on": "23/11/2026"}),
    ],
)
def test_what_was_recorded_last_is_taken_back(
    bench: BenchTop, command: Command, choices: tuple[str, ...], fields: dict[str, str]
) -> None:
    in_a_case(bench)
    before = view(bench)
    assert bench.says(command, *choices, **fields).kind is VerdictKind.FINISHED
    assert view(bench) != before
    assert bench.asks_for(Command.UNDO).title == "Undone"
    after = view(bench)
    assert (after.facts, after.due, after.pieces, after.assessed, after.kept) == (
        before.facts,
        before.due,
        before.pieces,
        before.assessed,
        before.kept,
    )


def test_a_cut_that_is_taken_back_leaves_no_pieces_and_its_labels_are_spoiled(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    bench.says(Command.TISSUE_LEFT, left="400")
    cuts(bench, "slide")
    made = numbers(bench)
    assert bench.asks_for(Command.UNDO).title == "Undone"
    assert numbers(bench) == []
    assert dict(view(bench).facts)["Left of it"] == "about 400 µm"
    rows = bench.rows("SELECT accession, state FROM label")
    assert {row["state"] for row in rows if row["accession"] in made} == {"spoiled"}


def test_tissue_that_falls_short_of_what_the_destination_asks_for_is_not_packed_and_says_why(bench: BenchTop) -> None:
    [first, *_] = slides(bench)
    assesses(bench, "15", "Dr Eye")
    opens(bench, "tissue")
    said = packs(bench, first)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Not what they ask for")
    assert "neoplastic nuclei 15 %, asked at least 20 %" in said.sentence
    assert "slides or scroll tubes 3, asked 10" in said.sentence
    assert bench.count("consignment.packed") == 0


def test_it_goes_all_the_same_once_a_pathologist_agreed_and_its_papers_say_so(bench: BenchTop) -> None:
    [first, second, _] = slides(bench)
    assesses(bench, "15", "Dr Eye")
    assert "Its papers say so" in goes_as_it_is(bench).sentence
    assert [line.title for line in view(bench).kept] == ["Agreed: it goes as it is"]
    opens(bench, "tissue")
    for one in (first, second):
        said = packs(bench, one)
        assert said.title == "Packed, with concession"
        assert "as the pathologist agreed" in said.sentence
    closes(bench)
    [row] = bench.rows("SELECT concessions FROM consignment_item WHERE number = :number", number=first)
    assert "as the pathologist agreed" in row["concessions"]


def test_the_screen_says_that_a_pathologist_agreed_to_what_falls_short(bench: BenchTop) -> None:
    first, *_ = slides(bench)
    bench.says(Command.TISSUE_CHANGE, "urgent", TO_TISSUE)
    goes_as_it_is(bench)
    scans(bench, first)
    line = view(bench).adequacy[0]
    assert line.detail == "Falls short in 2 ways. It goes all the same: a pathologist agreed."
    assert line.kind is VerdictKind.FOUND


def test_a_slide_that_is_too_thick_is_named_as_its_label_writes_it(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "slide", pieces="10", thickness="4")
    bench.says(Command.TISSUE_CHANGE, "urgent", TO_TISSUE)
    first, *_ = numbers(bench)
    assert adequacy(bench)[f"Thickness of {first}: section 1, 4 µm"][0] == "Asked: 5 µm."
