"""The handover sheet: its text holds every word and is read back as the same sheet; on paper nothing is cut short."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop import handover_words
from gms_desktop.documents.handover import (
    REHEARSAL,
    Line,
    Note,
    Section,
    Sheet,
    Signature,
    Signatures,
    read_sheet,
)
from gms_desktop.documents.handover_pdf import handover_pdf

HELD = Line(
    "Z26K7Q0001X  WÓJCIK & Söhne <b>, Temi",
    "Identifiers differ from the request. It stops testing.",
    "Ask the sender which is right.",
    urgent=True,
)
NOTE = Note("n1", "Ward 4 rings at 8 about Z26K7Q0001X", "M. Silva", "Bench 2", "22-Nov-2026 18:00")
SECTIONS = tuple(
    Section(title, (HELD,) if title == handover_words.HELD else (), empty)
    for title, empty in handover_words.EMPTY.items()
)
SHEET = Sheet(
    "EXAMPLE laboratory & partners",
    "Bench 1",
    "22-Nov-2026 19:55",
    "R. Okafor",
    "22-Nov-2026 19:55, with what this bench knew then. All shared 19:50.",
    "1 thing is open, 1 of it urgent. 1 note waits to be acknowledged.",
    (NOTE,),
    SECTIONS,
)
BOTH = Signatures(
    Signature("R. Okafor", "senior", "22-Nov-2026 19:57"), Signature("M. Silva", "technician", "22-Nov-2026 20:04")
)

# A sheet's values are one line each: that is what the services make them.
SAID = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40)
WORDS = SAID.filter(bool)
LINES = st.builds(Line, SAID, SAID, SAID, st.booleans())
SHEETS = st.builds(
    Sheet,
    *[SAID] * 6,
    st.lists(st.builds(Note, *[SAID] * 5), max_size=3).map(tuple),
    st.lists(st.builds(Section, SAID, st.lists(LINES, max_size=3).map(tuple), SAID, SAID), max_size=4).map(tuple),
    st.booleans(),
)


def pages(sheet: Sheet, signatures: Signatures | None = None) -> list[str]:
    document = pypdfium2.PdfDocument(handover_pdf(sheet, signatures))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(SHEETS)
def test_the_text_of_a_sheet_is_read_back_as_the_same_sheet(sheet: Sheet) -> None:
    assert read_sheet(sheet.as_text()) == sheet
    assert read_sheet(sheet.as_text()).sha256 == sheet.sha256


@given(SHEETS, SHEETS)
def test_two_sheets_that_differ_never_have_one_text(one: Sheet, other: Sheet) -> None:
    assert (one == other) == (one.as_text() == other.as_text())


@given(st.text(max_size=200))
def test_any_other_text_is_said_to_be_no_sheet(text: str) -> None:
    with pytest.raises(ValueError, match=r"sheet|belongs|without|begins"):
        read_sheet(text)


def test_a_value_cannot_pretend_to_be_another_line() -> None:
    forged = replace(SHEET, notes=(replace(NOTE, text="harmless\n! Z26 discard it\n== On hold"),))
    read = read_sheet(forged.as_text())
    assert read.sections == SHEET.sections
    assert read.notes[0].text == "harmless ! Z26 discard it == On hold"


def test_every_word_of_the_sheet_stands_on_paper() -> None:
    paper = squeezed(" ".join(pages(SHEET)))
    for said in (SHEET.lead, SHEET.as_of, HELD.what, HELD.stands, HELD.action, NOTE.text, NOTE.by, "URGENT"):
        assert squeezed(said) in paper
    for section in SECTIONS:
        assert squeezed(section.title) in paper
        assert section.lines or squeezed(section.empty) in paper


def test_each_page_says_whose_it_is_and_which_of_how_many() -> None:
    many = tuple(replace(HELD, what=f"Z26K7Q9{count:03d}X") for count in range(120))
    texts = pages(replace(SHEET, sections=(replace(SECTIONS[3], lines=many),)))
    assert len(texts) > 3
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        assert "EXAMPLE laboratory & partners" in text
        assert "Made 22-Nov-2026 19:55 by R. Okafor, at Bench 1." in text
    together = " ".join(texts)
    assert all(together.count(line.what) == 1 for line in many)


def test_a_note_longer_than_a_page_goes_on_over_the_next() -> None:
    words = [f"word{count}" for count in range(2500)]
    together = squeezed(" ".join(pages(replace(SHEET, notes=(replace(NOTE, text=" ".join(words)),)))))
    assert all(word in together for word in words)


def test_a_sheet_with_nothing_on_it_says_so_and_is_never_an_empty_page() -> None:
    nothing = tuple(Section(title, (), empty) for title, empty in handover_words.EMPTY.items())
    (text,) = pages(replace(SHEET, lead=handover_words.lead(0, 0, 0), notes=(), sections=nothing))
    assert "Nothing is open, and no note was left" in text
    assert "No specimen is on hold." in text


def test_names_stand_where_they_were_signed_and_lines_where_not() -> None:
    empty = pages(SHEET)[-1]
    assert empty.count("Name ____") == empty.count("Signature ____") == 2
    signed = pages(SHEET, BOTH)[-1]
    assert "R. Okafor, senior Signed on screen, 22-Nov-2026 19:57" in signed
    assert "M. Silva, technician Signed on screen, 22-Nov-2026 20:04" in signed
    assert "____" not in signed


def test_a_rehearsal_is_marked_on_every_page_and_in_what_is_signed() -> None:
    made_up = replace(SHEET, rehearsal=True)
    assert all(REHEARSAL in text for text in pages(made_up))
    assert REHEARSAL in made_up.as_text()


def test_urgent_work_is_told_apart_without_colour() -> None:
    page = pypdfium2.PdfDocument(handover_pdf(SHEET))[0].render(scale=2).to_pil().convert("RGB")
    colours = {colour for _, colour in page.getcolors(1 << 20) or []}
    assert (0, 0, 0) in colours
    # Lines and bands are a little blue; no word and no mark is.
    assert all(max(colour) - min(colour) < 40 for colour in colours)


def test_the_file_names_nobody_in_its_metadata_and_is_the_same_each_time() -> None:
    payload = handover_pdf(SHEET, BOTH)
    metadata = pypdfium2.PdfDocument(payload).get_metadata_dict()
    assert metadata["Title"] == "Shift handover"
    assert "Okafor" not in " ".join(metadata.values())
    assert payload == handover_pdf(SHEET, BOTH)
