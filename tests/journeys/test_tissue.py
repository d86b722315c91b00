"""Tissue at the bench: a block is taken into a case, timed, assessed and cut, and its last sections are guarded."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bench_top import SILVA, WAIT_S, BenchTop
from PIL import Image
from send_work import opens
from send_work import scans as packs
from test_more_printers import names
from tissue_work import SINGLE, cuts, in_a_case, numbers, scans, slides, view

from devices.simulators.zpl_printer import SimulatedZplPrinter
from devices.values import Entered
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.rehearsal.labels_read import number_on
from gms_desktop.services.views import Answer
from gms_desktop.tissue_desk import TissueDesk

ANOTHER = "Q26-118902-1"


def test_a_block_is_cut_into_slides_that_each_get_a_number_and_a_label(bench: BenchTop) -> None:
    block = in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    said = cuts(bench, "slide")
    assert said.title == "Cut"
    assert f"3 pieces from {block}: sections 1 to 3, 5 µm." in said.sentence
    assert [line.title for line in view(bench).pieces] == [block, *numbers(bench)]
    first = numbers(bench)[0]
    bench.wait_until(lambda: bench.rows("SELECT 1 FROM label WHERE state = 'sent'") != [], "a label is printed")
    assert scans(bench, first).title == "Label on"
    assert scans(bench, first).title == "In hand"


def test_a_typed_number_does_not_say_that_the_label_is_on(bench: BenchTop) -> None:
    [first, *_] = slides(bench)
    assert scans(bench, first, Entered.TYPED).title != "Label on"


def test_another_case_is_not_cut_before_blade_and_bath_are_changed(bench: BenchTop) -> None:
    other = bench.receives(ANOTHER)
    slides(bench)
    in_a_case(bench, other, "H26/54321")
    said = bench.asks_for(Command.TISSUE_CUT)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Blade first")
    assert other in said.sentence
    bench.asks_for(Command.TISSUE_BLADE)
    assert bench.asks_for(Command.TISSUE_CUT).title == "What is cut"


def test_the_last_of_a_block_is_cut_only_with_a_pathologists_agreement_and_once(bench: BenchTop) -> None:
    block = in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    said = cuts(bench, "slide", "nothing is left")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Pathologist first")
    assert bench.count("tissue.cut") == 0
    bench.says(Command.TISSUE_AGREED, "would exhaust the block", by="Dr Histology", on="23/11/2026", how="telephone")
    assert cuts(bench, "slide", "nothing is left").title == "Cut"
    assert bench.rows("SELECT state FROM piece WHERE parent IS NULL")[0]["state"] == "exhausted"
    assert cuts(bench, "slide").title == "Not cut"
    assert scans(bench, block).sentence.endswith("exhausted.")


def test_what_was_filled_in_before_the_pathologist_was_asked_stands_in_the_form_again(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    assert cuts(bench, "slide", "nothing is left", pieces="7", thickness="4").title == "Pathologist first"
    bench.says(Command.TISSUE_AGREED, "would exhaust the block", by="Dr Histology", on="23/11/2026", how="telephone")
    bench.asks_for(Command.TISSUE_CUT)
    asked = view(bench).question
    assert asked is not None
    assert set(asked.chosen) == {"slide", "nothing is left"}
    assert {"pieces": "7", "thickness": "4"}.items() <= dict(asked.values).items()
    assert cuts(bench, *asked.chosen, pieces="7", thickness="4").title == "Cut"
    bench.asks_for(Command.TISSUE_CUT)
    assert view(bench).question is None


def test_what_is_left_is_counted_down(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    assert bench.says(Command.TISSUE_LEFT, left="400 µm").title == "Recorded"
    assert "About 385 µm are left." in cuts(bench, "slide").sentence
    assert "About 380 µm are left." in cuts(bench, "slide", pieces="2", thickness="2,5").sentence
    assert "About 280 µm are left." in cuts(bench, "scroll tube", pieces="2", sections="5", thickness="10").sentence
    tubes = bench.rows("SELECT first_section FROM piece WHERE sort = 'scroll tube' ORDER BY first_section")
    assert [row["first_section"] for row in tubes] == [6, 11]


@pytest.mark.parametrize(
    ("choice", "fields"),
    [
        ("slide", {"pieces": "0"}),
        ("slide", {"pieces": "61"}),
        ("slide", {"sections": "2"}),
        ("slide", {"thickness": "thin"}),
        ("", {}),
    ],
)
def test_a_cut_that_cannot_be_is_asked_again_and_nothing_is_lost(
    bench: BenchTop, choice: str, fields: dict[str, str]
) -> None:
    in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, choice, **fields)
    asked = view(bench).question
    assert asked is not None
    assert asked.problems
    assert dict(asked.values)["pieces"] == fields.get("pieces", "3")
    assert bench.count("tissue.cut") == 0


def test_the_clock_runs_from_acquisition_and_says_when_nobody_stated_it(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_TIMES, acquired="20/11/2026 09:30", into_formalin="20/11/2026 10:00")
    assert view(bench).due == "Urgent: due 27-Nov-2026, 7 days from acquisition. 4 days left"
    bench.says(Command.TISSUE_TIMES, out_of_formalin="21/11/2026 16:00")
    facts = dict(view(bench).facts)
    assert facts["In formalin"].startswith("30.0 h: within 24 h to 48 h (EXAMPLE")
    assert facts["Before formalin"] == "0.5 h"


@pytest.mark.parametrize("written", ["yesterday", "31/02/2026", "20/11/2027", "11/20/2026"])
def test_a_time_that_cannot_be_is_asked_again(bench: BenchTop, written: str) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_TIMES, acquired=written)
    asked = view(bench).question
    assert asked is not None
    assert asked.problems
    assert bench.count("tissue.timed") == 0


def test_times_in_the_wrong_order_are_named(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_TIMES, into_formalin="21/11/2026 10:00", out_of_formalin="20/11/2026 10:00")
    asked = view(bench).question
    assert asked is not None
    assert asked.problems == (
        "Out of formalin is before into formalin: one of the two cannot be right. Check them with the form.",
    )


def test_an_assessment_is_kept_exactly_and_beside_the_next(bench: BenchTop) -> None:
    in_a_case(bench)
    for percent, who in (("62.5", "Dr Eye"), ("40", "Dr Other")):
        said = bench.says(
            Command.TISSUE_ASSESS, "method microscope", "area marked", neoplastic=percent, by=who, on="23/11/2026"
        )
        assert said.title == "Assessed"
    assert [line.title for line in view(bench).assessed] == ["62.5 % neoplastic nuclei", "40 % neoplastic nuclei"]
    assert not any(b"Dr Eye" in entry for entry in bench.entries())


def test_a_range_is_no_assessment(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_ASSESS, "method microscope", neoplastic="20-50", by="Dr Eye", on="23/11/2026")
    asked = view(bench).question
    assert asked is not None
    assert "not a range" in asked.problems[0]


def test_a_stained_slide_is_imaged_and_agreed_before_it_is_scraped(bench: BenchTop, tmp_path: Path) -> None:
    [stained, *_] = slides(bench)
    scans(bench, stained)
    scans(bench, stained)
    bench.says(Command.TISSUE_STAIN, "he")
    assert "no picture" in bench.asks_for(Command.TISSUE_SCRAPE).sentence
    made, path = io.BytesIO(), tmp_path / "slide.png"
    Image.new("RGB", (40, 30), "pink").save(made, "PNG")
    path.write_bytes(made.getvalue())
    assert TissueDesk(bench.bench).attach(path).result(WAIT_S).verdict.title == "Picture kept"
    [row] = bench.rows("SELECT sha256 FROM piece_image")
    assert b"".join(bench.bench.file.files.content(row["sha256"])) == path.read_bytes()
    assert "agreement" in bench.asks_for(Command.TISSUE_SCRAPE).sentence
    bench.says(Command.TISSUE_AGREED, "scrapes a stained diagnostic slide", by="Dr Histology", on="23/11/2026")
    bench.asks_for(Command.TISSUE_SCRAPE)
    assert bench.says(Command.TISSUE_SCRAPE).title == "Scraped"
    assert bench.asks_for(Command.TISSUE_SCRAPE).sentence == f"{stained} is scraped."


def test_a_file_that_is_no_picture_is_refused(bench: BenchTop, tmp_path: Path) -> None:
    slides(bench)
    path = tmp_path / "slide.png"
    path.write_bytes(b"MZ not a picture")
    assert TissueDesk(bench.bench).attach(path).result(WAIT_S).verdict.title == "No picture"
    assert bench.count("tissue.imaged") == 0


def test_the_number_on_an_outside_block_is_compared_with_its_report_as_written(bench: BenchTop) -> None:
    in_a_case(bench)
    assert bench.says(Command.TISSUE_REPORT, report="h26/12345  a1").title == "Numbers agree"
    assert bench.says(Command.TISSUE_REPORT, report="H26/12345 A2").title == "Numbers differ"
    assert dict(view(bench).facts)["Number in the report"] == "H26/12345 A2 (DIFFERS)"


def test_what_is_not_accepted_joins_no_case(bench: BenchTop) -> None:
    assert bench.scans(SINGLE).title == "Matches"
    assert scans(bench, bench.label()).title == "Not accepted"


def test_a_code_of_nothing_known_is_not_tissue(bench: BenchTop) -> None:
    assert scans(bench, "NOTHING-1").title == "Not tissue"
    assert view(bench).heading == "Scan a block, slide or tissue specimen"


def test_a_piece_that_is_done_with_is_not_used_again(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_END, "returned", to="Histopathology, R0A")
    bench.asks_for(Command.TISSUE_BLADE)
    assert bench.asks_for(Command.TISSUE_CUT).title == "Not cut"


def test_a_technician_cuts_nothing(bench: BenchTop) -> None:
    in_a_case(bench)
    assert bench.signs_in(SILVA)
    bench.asks_for(Command.TISSUE_BLADE)
    assert bench.count("tissue.blade_changed") == 0


def test_find_and_today_show_the_case_and_what_was_cut(bench: BenchTop) -> None:
    [first, *_] = slides(bench)
    found = bench.looks_up(first).find
    assert found is not None
    assert dict(found.facts)["Tissue case"].startswith(bench.rows("SELECT number FROM tissue_case")[0]["number"])
    assert any(line.words.startswith("Cut ") for line in found.timeline), [one.words for one in found.timeline]
    block = bench.rows("SELECT number FROM piece WHERE parent IS NULL")[0]["number"]
    found = bench.looks_up(block).find
    assert found is not None
    assert (f"Cut: {first}", "slide, section 1, 5 µm") in found.facts


def test_a_slide_gets_the_label_of_slides_where_a_printer_is_named_for_them(bench: BenchTop) -> None:
    with SimulatedZplPrinter() as slide_printer:
        names(bench, slide_printer, "slide")
        [first, *_] = slides(bench, 2)
        bench.wait_until(lambda: slide_printer.labels != [], "a label of a slide")
        assert number_on(slide_printer.labels[0])[0] == first
        assert scans(bench, first).title == "Label on"
        [row] = bench.rows("SELECT * FROM label WHERE accession = :number", number=first)
        assert (row["sort"], row["state"], row["printer"]) == ("slide", "verified", "Plates")
        [piece] = bench.rows("SELECT id FROM piece WHERE number = :number", number=first)
        asked = bench.bench.command(Command.THING_LABEL, None, f"piece:{piece['id']}").result(WAIT_S).question
        assert asked is not None
        bench.bench.command(
            Command.THING_LABEL, Answer((asked.choices[0].code,), subject=asked.subject), asked.subject
        ).result(WAIT_S)
        bench.wait_until(lambda: len(slide_printer.labels) == 3, "the slide's label again")
        assert number_on(slide_printer.labels[-1])[0] == first


def test_nothing_is_cut_once_consent_to_testing_is_withdrawn(bench: BenchTop) -> None:
    number = in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)
    bench.says(Command.STATE_CONSENT, "testing", "=withdrawn", "@phone", argument=row["id"], said_by="Ruth Bell")
    scans(bench, number)
    said = bench.asks_for(Command.TISSUE_CUT)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Not cut")
    assert "may not be used" in said.sentence
    assert bench.count("tissue.cut") == 0


def test_nothing_is_cut_from_a_block_that_is_packed(bench: BenchTop) -> None:
    number = in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    consignment = opens(bench, "blocks")
    assert packs(bench, number).title == "Packed"
    scans(bench, number)
    said = bench.asks_for(Command.TISSUE_CUT)
    assert (said.title, consignment in said.sentence) == ("Not cut", True)


def test_the_list_of_cases_says_which_report_each_is_of_and_when_it_is_due(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.asks_for(Command.TISSUE_ASIDE)
    [line] = view(bench).pieces
    assert line.detail == "H26/12345. Urgent: due 27-Nov-2026, 7 days from acquisition. 4 days left"
