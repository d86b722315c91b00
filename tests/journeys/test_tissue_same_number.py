"""One number of another laboratory in two tissue cases is said at once, on Today and on Find; a person decides."""

from __future__ import annotations

from bench_top import BenchTop
from send_work import today
from test_tissue_corrected import corrects, form, problems
from tissue_work import SINGLE, in_a_case, scans, view

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind

ANOTHER = "Q26-118902-1"


def cases(bench: BenchTop) -> list[str]:
    return [row["number"] for row in bench.rows("SELECT number FROM tissue_case ORDER BY at, id")]


def opens_another(bench: BenchTop, histology: str, outside: str, why: str = "") -> str:
    """A specimen of another patient, in a case of its own."""
    number = bench.receives(ANOTHER)
    scans(bench, number)
    bench.says(Command.TISSUE_CASE, "urgent", comment=why, histology=histology)
    scans(bench, number)
    bench.says(Command.TISSUE_JOIN, "block", comment=why, outside=outside)
    return number


def on_today(bench: BenchTop) -> list[str]:
    return [item.detail for item in today(bench, "Tissue cases under way")]


def test_a_histology_number_of_another_case_is_said_and_a_person_says_why_they_are_two(bench: BenchTop) -> None:
    in_a_case(bench)
    [first] = cases(bench)
    scans(bench, bench.receives(ANOTHER))
    bench.says(Command.TISSUE_CASE, "urgent", histology="h26 12345")
    assert problems(bench)[0].startswith(f"This histology number stands in tissue case {first} already.")
    assert bench.count("tissue.case_opened") == 1
    asked = view(bench).question
    assert asked is not None
    assert (asked.title, asked.fields) == (f"Is it the tissue of case {first}?", ())
    bench.says(Command.TISSUE_CASE)
    assert problems(bench)[1] == "Say why these are two cases. The reason stays with both."
    said = bench.says(Command.TISSUE_CASE, comment="Two hospitals, one number")
    assert said.title == "Case opened"
    assert dict(view(bench).facts)["Same histology number in"] == f"case {first}: two cases, Two hospitals, one number"
    assert not any(b"Two hospitals" in entry for entry in bench.entries())
    assert not any("Same histology number" in line for line in on_today(bench))


def test_a_block_number_of_another_case_is_said_when_it_joins(bench: BenchTop) -> None:
    in_a_case(bench)
    [first] = cases(bench)
    opens_another(bench, "H26/999", "H26 / 12345 - A1")
    assert f"block number stands in tissue case {first} already" in problems(bench)[0]
    assert bench.count("tissue.piece_joined") == 1
    bench.asks_for(Command.CANCEL)
    bench.asks_for(Command.TISSUE_JOIN)
    assert form(bench) == {"outside": "H26 / 12345 - A1"}
    bench.says(Command.TISSUE_JOIN, "block", outside="H26/12345 A1")
    said = bench.says(Command.TISSUE_JOIN, comment="Sent twice by the hospital")
    assert said.title == "In the case"
    found = bench.looks_up(cases(bench)[1]).find
    assert found is not None
    assert any(name == "Same block number in" and "Sent twice by the hospital" in words for name, words in found.facts)


def test_the_number_of_a_block_within_its_report_tells_no_cases_apart(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    scans(bench, number)
    bench.says(Command.TISSUE_CASE, "urgent", histology="H26/1")
    scans(bench, number)
    bench.says(Command.TISSUE_JOIN, "block", outside="A1")
    opens_another(bench, "H26/2", "A1")
    assert bench.count("tissue.piece_joined") == 2


def test_a_number_that_came_to_be_the_same_waits_on_today_until_a_person_decides(bench: BenchTop) -> None:
    in_a_case(bench)
    opens_another(bench, "H26/999", "H26/999 B")
    first, second = cases(bench)
    corrects(bench, "tissue_case")
    said = bench.says(Command.TISSUE_CORRECT, comment="Misread", histology="H26/12345")
    assert f"Its histology number stands in case {first} too" in said.sentence
    assert any(f"Same histology number as case {first}: look whether it is one case" in one for one in on_today(bench))
    assert dict(view(bench).facts)["Same histology number in"] == f"case {first}: NOT LOOKED AT YET"
    corrects(bench, "histology")
    assert bench.says(Command.TISSUE_CORRECT).kind is VerdictKind.ATTENTION
    assert problems(bench) == ("Say why these are two cases. The reason stays with both.",)
    said = bench.says(Command.TISSUE_CORRECT, comment="Two hospitals")
    assert said.sentence == f"{second} and {first} stay two cases. The reason stays with both."
    assert not any("Same histology number" in one for one in on_today(bench))
    scans(bench, first)
    assert dict(view(bench).facts)["Same histology number in"] == f"case {second}: two cases, Two hospitals"
    bench.undoes()
    assert dict(view(bench).facts)["Same histology number in"] == f"case {second}: NOT LOOKED AT YET"


def test_a_number_that_was_corrected_is_no_number_of_the_case_any_more(bench: BenchTop) -> None:
    in_a_case(bench)
    corrects(bench, "tissue_case")
    bench.says(Command.TISSUE_CORRECT, comment="Misread", histology="H26/54321")
    scans(bench, bench.receives(ANOTHER))
    assert bench.says(Command.TISSUE_CASE, "urgent", histology="H26/12345").title == "Case opened"


def test_a_specimen_of_another_patient_is_not_taken_into_the_case(bench: BenchTop) -> None:
    in_a_case(bench)
    other = bench.receives(ANOTHER)
    scans(bench, other)
    said = bench.says(Command.TISSUE_JOIN, "block", outside="H26/12345 A2")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Another patient")
    assert other in said.sentence
    assert bench.count("tissue.piece_joined") == 1
