"""Which section a slide holds is corrected; history shows the private words that were corrected, to those at Find."""

from __future__ import annotations

from bench_top import BenchTop
from test_tissue_corrected import corrects, form, problems, told
from tissue_work import cuts, in_a_case, numbers, scans, slides, view

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind


def in_hand(bench: BenchTop, number: str) -> None:
    """Its label is scanned on, and the piece is in hand."""
    scans(bench, number)
    scans(bench, number)


def test_the_section_of_a_slide_is_corrected_and_what_says_the_same_is_named(bench: BenchTop) -> None:
    first, second, third = slides(bench)
    in_hand(bench, third)
    corrects(bench, "piece")
    assert form(bench) == {"first": "3", "thickness": "5"}
    bench.says(Command.TISSUE_CORRECT, "stain ", comment="Mounted in another order", first="0", thickness="5")
    assert problems(bench) == (
        "Enter the section by its place in the block, from 1 on; the last is not before the first.",
    )
    said = bench.says(Command.TISSUE_CORRECT, "stain ", comment="Mounted in another order", first="2", thickness="5")
    assert said.kind is VerdictKind.ATTENTION
    assert f"{second} now says it holds the same: look which of them is right." in said.sentence
    [line] = [one for one in told(bench, third) if "Correct slide" in one]
    assert "sections 2 (recorded as 3). “Mounted in another order”" in line
    in_hand(bench, second)
    corrects(bench, "piece")
    said = bench.says(Command.TISSUE_CORRECT, "stain ", comment="Mounted in another order", first="3", thickness="5")
    assert "holds the same" not in said.sentence
    assert numbers(bench) == [first, third, second]
    assert bench.proved().findings == []


def test_the_sections_in_a_tube_are_corrected_and_the_next_cut_counts_on_from_them(bench: BenchTop) -> None:
    block = in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    bench.says(Command.TISSUE_LEFT, left="400")
    cuts(bench, "scroll tube", pieces="1", sections="5", thickness="10")
    [tube] = numbers(bench)
    in_hand(bench, tube)
    corrects(bench, "piece")
    said = bench.says(Command.TISSUE_CORRECT, comment="Six went in", first="1", last="6", thickness="10")
    assert f"What is left of {block} was worked out from" in said.sentence
    scans(bench, block)
    cuts(bench, "slide", pieces="1")
    assert bench.rows("SELECT first_section FROM piece WHERE sort = 'slide'")[0]["first_section"] == 7


def test_what_was_scraped_off_a_slide_follows_its_correction(bench: BenchTop) -> None:
    [first, *_] = slides(bench)
    in_hand(bench, first)
    bench.says(Command.TISSUE_SCRAPE)
    corrects(bench, "piece")
    said = bench.says(Command.TISSUE_CORRECT, "stain ", comment="Misread", first="9", thickness="4")
    tube = bench.rows("SELECT number, first_section, thickness_um FROM piece WHERE sort = 'scroll tube'")[0]
    assert (tube["first_section"], tube["thickness_um"]) == (9, "4")
    assert f"{tube['number']}, scraped off it, is corrected with it." in said.sentence
    in_hand(bench, tube["number"])
    corrects(bench, "piece")
    assert form(bench) == {"thickness": "4"}
    bench.asks_for(Command.CANCEL)
    bench.undoes()
    assert bench.rows("SELECT first_section FROM piece WHERE sort = 'scroll tube'")[0]["first_section"] == 1


def test_history_shows_the_private_words_that_were_corrected_with_what_stood_there(bench: BenchTop) -> None:
    block = in_a_case(bench)
    corrects(bench, "piece")
    bench.says(Command.TISSUE_CORRECT, "block", comment="Misread", outside="H26/12345 A7")
    [line] = [one for one in told(bench, block) if one.startswith("Correct block")]
    assert "number on it H26/12345 A7 (recorded as H26/12345 A1). “Misread”" in line
    corrects(bench, "tissue_case")
    right = {"histology": "H26/12354", "hospital": "R0B", "clinician": "Dr B. Adeyemi", "referred_on": "20/11/2026"}
    bench.says(Command.TISSUE_CORRECT, comment="Digits turned", **right)
    case = bench.rows("SELECT number FROM tissue_case")[0]["number"]
    [line] = [one for one in told(bench, case) if one.startswith("Correct where")]
    assert "histology number H26/12354 (recorded as H26/12345)" in line
    assert "referring clinician Dr B. Adeyemi (recorded as not known)" in line
    assert "sent by R0B (recorded as R0A); referred on 20-Nov-2026 (recorded as not known). “Digits turned”" in line
    stored = b"".join(bench.entries())
    assert not any(word in stored for word in (b"H26/12345", b"Adeyemi", b"Digits turned"))


def test_an_assessor_that_was_corrected_stands_in_the_history(bench: BenchTop) -> None:
    block = in_a_case(bench)
    said = {"neoplastic": "62.5", "on": "23/11/2026"}
    bench.says(Command.TISSUE_ASSESS, "method microscope", by="Dr Eye", **said)
    corrects(bench, "tissue_assessment")
    bench.says(Command.TISSUE_CORRECT, "method microscope", comment="Signed by another", by="Dr Nose", **said)
    [line] = [one for one in told(bench, block) if one.startswith("Correct the assessment")]
    assert "assessed by Dr Nose (recorded as Dr Eye). “Signed by another”" in line


def test_how_a_pathologist_agreed_is_private_and_stands_with_the_agreement(bench: BenchTop) -> None:
    in_a_case(bench)
    how = "By telephone, who asked after Mrs Fern"
    bench.says(Command.TISSUE_AGREED, "would exhaust the block", by="Dr Histology", on="23/11/2026", how=how)
    assert any(how in line.detail for line in view(bench).kept)
    assert not any(b"Mrs Fern" in entry for entry in bench.entries())
