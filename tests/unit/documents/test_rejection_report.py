"""The report of unacceptable specimens says the same on paper and in a workbook as on the screen."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from gms_desktop.documents.pdf_text import marked_up
from gms_desktop.documents.rejection_report import COLUMNS, NO_THRESHOLD, REHEARSAL, Imprint
from gms_desktop.documents.rejection_report_pdf import rejection_report_pdf
from gms_desktop.documents.rejection_report_xlsx import rejection_report_xlsx
from gms_desktop.services.views import ReportRow, ReportView

IMPRINT = Imprint("EXAMPLE laboratory & partners", "21-Nov-2026 14:02", "R. Okafor")
LEAKED, UNNAMED = ("Tube leaked", 2), ("No name on tube", 1)
ROWS = (
    ReportRow("Dr Wójcik", "Ysbyty Gwynedd, Ŵyn ward", 40, 3, "7.5 %", (LEAKED, UNNAMED), True),
    ReportRow("O'Neill & Sons <b>", "001234", 12, 0, "0.0 %", (), False),
    ReportRow('=HYPERLINK("http://x")', "+441234", 1, 1, "too few", (("@cmd", 1),), False),
    ReportRow("-2+3", "1E5", 7, 0, "0.0 %", (), False),
)
CODE = "1m83t5333dmf81s51nqs"
VIEW = ReportView(
    heading="Unacceptable specimens",
    start="01-Oct-2026",
    end="31-Oct-2026",
    threshold="High error rate: above 5 %. Source: EXAMPLE set by this laboratory.",
    rows=ROWS,
    total_received=60,
    total_unacceptable=4,
    outside=(("EQA", 3), ("Control", 2), ("Validation", 1), ("Research", 4)),
    problems=("2 specimens name no requestor and are in no row.",),
)


def pages(report: ReportView, imprint: Imprint = IMPRINT) -> list[str]:
    document = pypdfium2.PdfDocument(rejection_report_pdf(report, imprint, CODE))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def sheets(report: ReportView, imprint: Imprint = IMPRINT) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(rejection_report_xlsx(report, imprint)))
    return {name: list(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names}


def test_every_row_stands_on_paper_as_on_the_screen() -> None:
    (text,) = pages(VIEW)
    for row in ROWS:
        reasons = " ".join(f"{reason}: {count}" for reason, count in row.reasons)
        high = "high" if row.high else ""
        wanted = f"{row.requestor} {row.location} {row.received} {row.unacceptable} {row.rate} {high} {reasons}"
        assert "".join(wanted.split()) in "".join(text.split())
    assert "Received 60, of which unacceptable 4." in text
    assert "EQA 3 Control 2 Validation 1 Research 4" in text
    assert VIEW.problems[0] in text


def test_each_page_names_laboratory_period_maker_and_its_place() -> None:
    rows = tuple(replace(ROWS[0], requestor=f"Requestor {count}") for count in range(60))
    texts = pages(replace(VIEW, rows=rows))
    assert len(texts) > 2
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        assert "EXAMPLE laboratory & partners" in text
        assert "Period: 01-Oct-2026 to 31-Oct-2026. Made 21-Nov-2026 14:02 by R. Okafor." in text
    together = " ".join(texts)
    assert [len(re.findall(f"Requestor {count} ", together)) for count in range(60)] == [1] * 60


def test_the_threshold_is_given_in_words_or_said_not_to_be_set() -> None:
    assert "Source: EXAMPLE set by this laboratory." in pages(VIEW)[0]
    assert NO_THRESHOLD in pages(replace(VIEW, threshold=""))[0]


def test_a_rehearsal_marks_every_page_and_every_sheet() -> None:
    rehearsal = replace(IMPRINT, rehearsal=True)
    rows = ROWS * 20
    assert all(REHEARSAL in text for text in pages(replace(VIEW, rows=rows), rehearsal))
    assert all(cells[0][0] == REHEARSAL for cells in sheets(VIEW, rehearsal).values())
    assert not any(REHEARSAL in text for text in pages(VIEW))


def test_a_period_without_specimens_says_so() -> None:
    (text,) = pages(replace(VIEW, rows=(), outside=(), problems=(), total_received=0, total_unacceptable=0))
    assert "No requestor sent a specimen that counts in this period." in text
    assert "None in this period." in text


def test_a_row_at_the_foot_of_a_page_goes_on_to_the_next_whole_under_one_heading() -> None:
    whys = (("Container leaking", 3), ("No request form and no answer by telephone after three attempts", 2))
    many = tuple((f"Reason {place}", 1) for place in range(25))
    rows = tuple(replace(ROWS[1], reasons=many if place == 5 else whys) for place in range(60))
    for text in pages(replace(VIEW, rows=rows)):
        body = text.partition("Page ")[0]
        assert body.count("Requestor Location") <= 1
        assert body.count("Container leaking") == body.count("No request form")


def test_a_row_taller_than_a_page_is_split_and_loses_nothing() -> None:
    many = tuple((f"Reason number {count}", count) for count in range(150))
    together = " ".join(pages(replace(VIEW, rows=(replace(ROWS[0], reasons=many, requestor="Long " * 400),))))
    assert all(f"Reason number {count}: {count}" in together for count in range(150))


def test_a_letter_without_a_font_is_spelled_out_and_never_left_out() -> None:
    assert marked_up("\U000f1234\x07") == "[U+F1234][U+0007]"
    rare = marked_up("Ŵyn \U00016800")  # a Bamum letter: few computers have it
    assert "Ŵyn" in rare
    assert "[U+16800]" in rare or "\U00016800" in rare


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_any_name_can_be_put_on_paper_and_in_a_workbook(name: str) -> None:
    clean = name.encode("utf-8", "ignore").decode()
    view = replace(VIEW, rows=(replace(ROWS[0], requestor=clean),))
    assert len(pages(view)) == 1
    assert len(sheets(view)["Unacceptable"]) == 2


def test_the_pdf_embeds_what_it_needs_and_names_nobody_in_its_metadata() -> None:
    payload = rejection_report_pdf(VIEW, IMPRINT, CODE)
    metadata = pypdfium2.PdfDocument(payload).get_metadata_dict()
    assert metadata["Title"] == "Unacceptable specimens"
    assert "Okafor" not in " ".join(metadata.values())
    assert payload == rejection_report_pdf(VIEW, IMPRINT, CODE)


def test_the_workbook_reads_back_row_for_row() -> None:
    cells = sheets(VIEW)["Unacceptable"]
    assert cells[0] == list(COLUMNS)
    assert cells[1][:6] == ["Dr Wójcik", "Ysbyty Gwynedd, Ŵyn ward", 40, 3, "7.5 %", "high"]
    assert cells[1][6] == "Tube leaked: 2; No name on tube: 1"
    assert [row[:4] for row in cells[2:]] == [[r.requestor, r.location, r.received, r.unacceptable] for r in ROWS[1:]]


def test_reasons_and_outside_material_have_their_own_sheets() -> None:
    read = sheets(VIEW)
    assert read["Reasons"][1:3] == [["Dr Wójcik", ROWS[0].location, *LEAKED], ["Dr Wójcik", ROWS[0].location, *UNNAMED]]
    assert read["Outside the rates"][1:] == [["EQA", 3], ["Control", 2], ["Validation", 1], ["Research", 4]]
    assert ["Threshold", VIEW.threshold] in read["About"]
    assert ["Attention", VIEW.problems[0]] in read["About"]


@pytest.mark.parametrize("text", ["=1+1", "+441234", "-2+3", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_a_text_that_a_spreadsheet_would_run_stays_the_text_it_was(text: str) -> None:
    payload = rejection_report_xlsx(replace(VIEW, rows=(replace(ROWS[1], requestor=text),)), IMPRINT)
    archive = zipfile.ZipFile(io.BytesIO(payload))
    parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    assert not any("<f>" in part for name, part in parts.items() if "sheet" in name)
    assert 'quotePrefix="1"' in parts["xl/styles.xml"]
    read = CalamineWorkbook.from_filelike(io.BytesIO(payload)).get_sheet_by_name("Unacceptable").to_python()
    assert read[1][0] == text.replace("\t", "[U+0009]")


def test_an_identifier_of_digits_stays_text_in_the_workbook() -> None:
    assert sheets(VIEW)["Unacceptable"][2][1] == "001234"
    assert sheets(VIEW)["Unacceptable"][4][1] == "1E5"
