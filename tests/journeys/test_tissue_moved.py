"""A block that was taken into the wrong case is moved to its own by two people, with all that rests on it."""

from __future__ import annotations

import pytest
from bench_top import BenchTop
from people_at_work import NOVAK, added, stands_beside
from send_work import opens
from send_work import scans as packs
from test_tissue_corrected import corrects, problems, told
from tissue_work import in_a_case, numbers, scans, suits, view

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind

ANOTHER = "Q26-118902-1"


@pytest.fixture
def block(bench: BenchTop) -> str:
    """A block of a case with ten slides, one of them in hand; an empty case stands beside."""
    suits(bench)
    bench.asks_for(Command.TISSUE_ASIDE)
    bench.says(Command.TISSUE_CASE, "routine", histology="H26/54321")
    number = bench.rows("SELECT number FROM piece WHERE parent IS NULL")[0]["number"]
    scans(bench, number)
    return str(number)


def cases(bench: BenchTop) -> list[str]:
    return [row["number"] for row in bench.rows("SELECT number FROM tissue_case ORDER BY at, id")]


def moves(bench: BenchTop, case: str, why: str = "Of the second report") -> None:
    """R. Okafor moves the block in hand; a second person is asked for."""
    corrects(bench, "move")
    bench.says(Command.TISSUE_CORRECT, comment=why, case=case)


def where(bench: BenchTop) -> dict[str, int]:
    rows = bench.rows(
        "SELECT c.number, count(*) n FROM piece p JOIN tissue_case c ON c.id = p.tissue_case GROUP BY c.number"
    )
    return {row["number"]: row["n"] for row in rows}


def test_a_block_is_moved_with_all_that_was_cut_from_it_once_a_second_person_confirms(
    bench: BenchTop, block: str
) -> None:
    wrong, right = cases(bench)
    added(bench, NOVAK)
    moves(bench, right.lower())
    assert where(bench) == {wrong: 11}
    assert "H26/54321" not in dict(view(bench).facts).values()
    assert stands_beside(bench, NOVAK).ok
    assert bench.verdict is not None
    assert bench.verdict.sentence.startswith(f"{block} is in case {right} with 10 pieces cut from it.")
    assert where(bench) == {right: 11}
    now = view(bench)
    assert dict(now.facts)["Histology number"] == "H26/54321"
    assert [line.title for line in now.assessed] == ["40 % neoplastic nuclei"]
    assert len(now.pieces) == 11
    [line] = [one for one in told(bench, block) if one.startswith(f"Block {block} is of tissue case {right}")]
    assert f"(recorded in {wrong}). “Of the second report”" in line
    assert bench.rows("SELECT by FROM signature")
    assert bench.undoes().title == "A second person confirms"
    assert stands_beside(bench, NOVAK).ok
    assert where(bench) == {wrong: 11}
    assert bench.proved().findings == []


def test_what_left_under_the_wrong_case_is_named_when_it_is_moved(bench: BenchTop, block: str) -> None:
    _, right = cases(bench)
    added(bench, NOVAK)
    first, *_ = numbers(bench)
    scans(bench, first)
    consignment = opens(bench, "tissue")
    assert packs(bench, first).title == "Packed"
    scans(bench, block)
    moves(bench, right)
    stands_beside(bench, NOVAK)
    assert bench.verdict is not None
    assert bench.verdict.kind is VerdictKind.ATTENTION
    assert f"{first} is packed in {consignment}" in bench.verdict.sentence


def test_a_block_is_not_moved_to_nowhere_nor_into_the_case_of_another_patient(bench: BenchTop) -> None:
    other = bench.receives(ANOTHER)
    block = in_a_case(bench)
    [wrong] = cases(bench)
    corrects(bench, "move")
    bench.says(Command.TISSUE_CORRECT, comment="", case="K7Q3")
    assert len(problems(bench)) == 2
    bench.says(Command.TISSUE_CORRECT, comment="Why", case=wrong)
    assert problems(bench) == (f"It is in case {wrong}. Enter the number of the other case.",)
    bench.asks_for(Command.CANCEL)
    in_a_case(bench, other, "H26/777")
    theirs = cases(bench)[-1]
    scans(bench, block)
    corrects(bench, "move")
    said = bench.says(Command.TISSUE_CORRECT, comment="Why", case=theirs)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Another patient")
    assert block in said.sentence
    assert where(bench) == {wrong: 1, theirs: 1}


def test_what_was_cut_is_not_moved_without_its_block(bench: BenchTop, block: str) -> None:
    first, *_ = numbers(bench)
    scans(bench, first)
    scans(bench, first)
    bench.asks_for(Command.TISSUE_CORRECT)
    asked = view(bench).question
    assert asked is not None
    assert not any(one.code.startswith("move:") for one in asked.choices)
