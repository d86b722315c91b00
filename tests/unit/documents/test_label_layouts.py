"""Every layout that ships, at every resolution, as ZPL and as PDF: what it stores is what is read from its pixels."""

from __future__ import annotations

import io
import itertools
from contextlib import suppress
from dataclasses import replace
from importlib import resources

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from gms_desktop.documents.label import LabelRefused, LabelTooLong, LabelUnprintable, LabelUnreadable
from gms_desktop.documents.label_data import examples, filled
from gms_desktop.documents.label_drawing import LinearMark, MatrixMark, PictureMark, TextMark, draw_data
from gms_desktop.documents.label_form import CODES, DOTS_PER_MM, FieldKind, LabelLayout, LayoutUnfit, Takes
from gms_desktop.documents.label_layout import product_layout, product_layouts, read_layout
from gms_desktop.documents.label_pixels import Form, prove_data
from gms_desktop.documents.label_placing import placing_png
from gms_desktop.documents.label_preview import preview_data
from gms_desktop.documents.symbols import code128, code128_modules
from gms_desktop.domain.identifiers.accession import mint

LAYOUTS = product_layouts()
NAMES = [layout.name for layout in LAYOUTS]
PRINTERS = tuple(DOTS_PER_MM)
BOX = product_layout("box-100x150")
CARD = product_layout("command-card-54x86")
RACK = product_layout("rack-12x76")
SLIDE = product_layout("slide-22x22")
SYMBOLOGIES = {FieldKind.DATAMATRIX: "Data Matrix", FieldKind.CODE128: "Code 128"}
INJECTION = "^FS^XZ~JA"


def stored(layout: LabelLayout, data: dict[str, object]) -> set[tuple[str, object]]:
    """What the data say that each code of the layout must carry."""
    return {(SYMBOLOGIES[field.kind], data[field.source]) for field in layout.fields if field.kind in CODES}


def text_of(name: str) -> str:
    return resources.files("resources").joinpath("labels", f"{name}.toml").read_text(encoding="utf-8")


def needed_only(layout: LabelLayout) -> dict[str, object]:
    return {datum.name: datum.example for datum in layout.data if datum.needed}


def test_there_is_a_layout_for_everything_that_the_bench_labels() -> None:
    wanted = {"tube", "cryo", "rack", "place", "plate", "block", "slide", "bag", "box", "badge", "command"}
    assert {name.split("-")[0] for name in NAMES} == wanted


@pytest.mark.parametrize(("name", "dpi", "form"), list(itertools.product(NAMES, PRINTERS, Form)))
def test_each_label_of_each_layout_decodes_to_the_stored_text(name: str, dpi: int, form: Form) -> None:
    layout = product_layout(name)
    data = examples(layout)
    proof = prove_data(data, layout, dpi, form)
    assert set(proof.decoded) == stored(layout, data)
    assert len(proof.decoded) == len(stored(layout, data)) >= 1
    dots = DOTS_PER_MM[dpi]
    assert Image.open(io.BytesIO(proof.png)).size == (round(layout.width * dots), round(layout.height * dots))


@pytest.mark.parametrize(("name", "dpi"), list(itertools.product(NAMES, PRINTERS)))
def test_bars_and_squares_are_whole_dots_and_never_less_than_two(name: str, dpi: int) -> None:
    layout = product_layout(name)
    marks = draw_data(examples(layout), layout, dpi).marks
    codes = [mark for mark in marks if isinstance(mark, (MatrixMark, LinearMark))]
    assert all(isinstance(mark.module, int) and mark.module >= 2 for mark in codes)


@pytest.mark.parametrize("name", NAMES)
def test_a_label_with_only_what_it_needs_is_made(name: str) -> None:
    layout = product_layout(name)
    data = needed_only(layout)
    assert set(prove_data(data, layout, 203).decoded) == stored(layout, data)


@pytest.mark.parametrize("number", [mint("K", "7Q2", 1048575), mint("W", "WWWWWW", 1), 12 * "W"])
@pytest.mark.parametrize("name", [layout.name for layout in LAYOUTS if "number" in layout.takes])
def test_the_longest_numbers_of_ours_fit_every_layout_that_takes_one(name: str, number: str) -> None:
    layout = product_layout(name)
    assert {text for _, text in prove_data(examples(layout) | {"number": number}, layout, 203).decoded} == {number}


@pytest.mark.parametrize("name", NAMES)
def test_printer_commands_in_any_text_are_printed_as_the_letters_they_are(name: str) -> None:
    layout = product_layout(name)
    texts = [datum.name for datum in layout.data if datum.takes is Takes.TEXT and datum.name != "block"]
    data = needed_only(layout) | dict.fromkeys(texts, INJECTION)
    payload = prove_data(data, layout, 203).payload
    assert (payload.count(b"^XA"), payload.count(b"^XZ"), payload.count(b"~"), payload.count(b"^CI28")) == (1, 1, 0, 1)
    page = pypdfium2.PdfDocument(prove_data(data, layout, 203, Form.PDF).payload)[0].get_textpage()
    assert page.get_text_range().count(INJECTION) == len(texts)


@pytest.mark.parametrize("said", ["Wójcik-Łęcka", "Llwŷd-Ŵyn", "محمد", "כהן", "Nguyễn", "O'Neill"])
@pytest.mark.parametrize(("name", "dpi"), list(itertools.product(NAMES, PRINTERS)))
def test_no_letters_of_any_name_spoil_the_codes_of_any_layout(name: str, dpi: int, said: str) -> None:
    layout = product_layout(name)
    texts = [datum.name for datum in layout.data if datum.takes is Takes.TEXT and datum.name != "block"]
    data = examples(layout) | dict.fromkeys(texts, said)
    try:
        assert set(prove_data(data, layout, dpi).decoded) == stored(layout, data)
    except LabelUnprintable:
        assert said in {"محمد", "כהן"}  # no font for it on this computer, or it cannot set it


def test_a_name_with_accents_goes_to_the_printer_as_utf_8() -> None:
    payload = prove_data(needed_only(SLIDE) | {"surname": "Siân Müller"}, SLIDE, 300).payload
    assert b"^CI28" in payload
    assert b"Si_C3_A2n M_C3_BCller" in payload


@settings(max_examples=30, deadline=None)
@given(code=st.from_regex(r"[!-~]([ -~]{0,28}[!-~])?", fullmatch=True), command=st.text("Añ王^~_\\ ", max_size=8))
def test_any_code_of_a_plain_keyboard_is_read_back_from_a_data_matrix(code: str, command: str) -> None:
    data: dict[str, object] = {"code": code, "command": f"Do {command}"}
    try:
        proof = prove_data(data, CARD, 203)
    except LabelUnprintable:
        assert "王" in command  # no font for it on this computer
        return
    assert proof.decoded == (("Data Matrix", code),)


@settings(max_examples=30, deadline=None)
@given(code=st.from_regex(r"[!-=?-~]([ -=?-~]{0,10}[!-=?-~])?", fullmatch=True), form=st.sampled_from(Form))
def test_any_code_without_a_chevron_is_read_back_from_both_codes(code: str, form: Form) -> None:
    data: dict[str, object] = {"code": code, "name": "Rack", "hazard": True}
    assert prove_data(data, RACK, 203, form).decoded == (("Data Matrix", code), ("Code 128", code))


@pytest.mark.parametrize("code", ["99", "999", "9999", "99A", "9900", "A99", "A9999B", "12345", "K7Q2999900J", "9"])
def test_a_code_that_begins_with_99_keeps_its_first_digits(code: str) -> None:
    read = prove_data({"code": code, "name": "Rack"}, RACK, 203).decoded
    assert read == (("Data Matrix", code), ("Code 128", code))


@given(st.from_regex(r"[ -~]{1,30}", fullmatch=True))
def test_bars_are_never_longer_than_the_room_reckoned_for_them(code: str) -> None:
    assert code128(code).width <= code128_modules(code)


@pytest.mark.parametrize(
    ("layout", "said", "words"),
    [
        (SLIDE, {"ward": "4B"}, r"has no field ward\. It takes number, block, slide"),
        (SLIDE, {"number": ""}, "needs its number"),
        (SLIDE, {"number": "k7q2"}, "capitals and digits"),
        (SLIDE, {"surname": 5}, "surname of the label is 5; it takes a text in quotation marks"),
        (SLIDE, {"copy": "2"}, "it takes a whole number"),
        (SLIDE, {"copy": True}, "it takes a whole number"),
        (SLIDE, {"copy": 0}, "counts from 1"),
        (SLIDE, {"rehearsal": "no"}, "it takes true or false"),
        (SLIDE, {"surname": ["A"]}, "it takes a text"),
        (SLIDE, {"surname": "A" * 90}, "surname .* does not fit the label"),
        (SLIDE, {"surname": "Smith\nJones"}, r"holds U\+000A"),
        (RACK, {"code": "R" * 17}, "17 characters and its code128 code does not fit"),
        (RACK, {"code": "R" * 19}, "19 characters and its datamatrix code does not fit"),
        (RACK, {"code": "A>B"}, "inside a Code 128"),
        (RACK, {"code": "Ł1"}, "signs of a plain keyboard"),
        (RACK, {"code": " SA1"}, "no space at either end"),
        (RACK, {"code": "A\x1dB"}, "signs of a plain keyboard"),
    ],
)
def test_what_a_layout_cannot_show_is_refused_in_words(
    layout: LabelLayout, said: dict[str, object], words: str
) -> None:
    with pytest.raises(LabelRefused, match=words) as refused:
        prove_data(needed_only(layout) | said, layout, 300)
    assert "Nothing was printed" in str(refused.value) or "print again" in str(refused.value)


def test_a_text_that_does_not_fit_is_never_cut() -> None:
    with pytest.raises(LabelTooLong, match="there is room for 4"):
        prove_data(needed_only(BOX) | {"to": "Exampleton " * 40}, BOX, 203)


@pytest.mark.parametrize(
    ("name", "was", "now", "words"),
    [
        ("slide-22x22", 'of = "number"', 'of = "accession"', "made from accession, which the layout does not take"),
        ("slide-22x22", '[data.stain]\ntakes = "text"', '[data.stain]\ntakes = "colour"', "cannot be read"),
        ("slide-22x22", 'name = "stain"\nkind', 'name = "strain"\nkind', "made from strain"),
        ("slide-22x22", '[data.laboratory]', '[data.hub]\ntakes = "text"\nwords = ""\nexample = ""\n[data.laboratory]',
         "takes hub and has no field for it"),
        ("slide-22x22", 'takes = "number"', 'takes = "text"', "is a code, which is made from a number or a code"),
        ("bag-50x100", '[data.hazard]\ntakes = "yes"', '[data.hazard]\ntakes = "text"', "is a sign"),
        ("cryo-cap-11", "x = 3.25\ny = 1.5", "x = 1.25\ny = 1.5", "matrix of layout cryo-cap-11 leaves the label"),
        ("box-100x150", "width = 71.0\nheight = 71.0", "width = 70.0\nheight = 70.0", "50 mm a side, so 70.71 mm"),
        ("box-100x150", "font = 6.0", "font = 5.9", "less than 6 mm"),
        ("tube-25x51", "beside = 15.8", "beside = 16.0", "do not fit on a tube of 13 by 75 mm"),
        ("tube-25x51", "down = 12.0", "up = 12.0", "cannot be read"),
    ],
)  # fmt: skip
def test_a_layout_that_contradicts_itself_is_refused_in_words(name: str, was: str, now: str, words: str) -> None:
    assert was in text_of(name)
    with pytest.raises(LayoutUnfit, match=words):
        read_layout(text_of(name).replace(was, now, 1))


TYPED = ['"5"', "true", "-1", "0", "1e9", "nan", "inf", "[]", "{}", "''", "1979-05-27", "3", "0.5"]


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(NAMES), place=st.integers(0, 400), value=st.sampled_from(TYPED))
def test_a_layout_with_any_value_replaced_is_still_a_layout_or_refused_in_words(
    name: str, place: int, value: str
) -> None:
    lines = text_of(name).splitlines()
    settable = [at for at, line in enumerate(lines) if " = " in line and not line.startswith("#")]
    at = settable[place % len(settable)]
    lines[at] = f"{lines[at].split(' = ')[0]} = {value}"
    with suppress(LabelRefused, LayoutUnfit):
        layout = read_layout("\n".join(lines))
        prove_data(needed_only(layout), layout, 203)


@settings(max_examples=25, deadline=None)
@given(
    surname=st.text("AZaz ÀéñöŁłŻżŵŷŴ'’-^~_\\&#", min_size=1, max_size=16),
    name=st.sampled_from(["slide-22x22", "block-8x27"]),
    dpi=st.sampled_from(PRINTERS),
    form=st.sampled_from(Form),
)
def test_no_name_spoils_the_codes_of_a_slide_or_block(surname: str, name: str, dpi: int, form: Form) -> None:
    layout = product_layout(name)
    data = needed_only(layout) | {"surname": surname}
    assert set(prove_data(data, layout, dpi, form).decoded) == stored(layout, data)


def test_a_name_is_broken_between_letters_where_its_hyphen_would_leave_it_no_room() -> None:
    surname = "-" + 29 * "A"
    marks = draw_data(needed_only(SLIDE) | {"surname": surname}, SLIDE, 203).marks
    assert len([mark for mark in marks if isinstance(mark, TextMark) and set(mark.text) <= set("-A")]) == 2
    assert surname in "".join(mark.text for mark in marks if isinstance(mark, TextMark))


def test_a_code_that_cannot_be_read_from_its_true_pixels_is_refused_in_words() -> None:
    lower = (replace(field, height=0.1) if field.kind is FieldKind.CODE128 else field for field in RACK.fields)
    flat = replace(RACK, fields=tuple(lower))
    with pytest.raises(LabelUnreadable, match=r"it gave Data Matrix SA12345678, where .* Code 128 SA12345678 was"):
        prove_data(needed_only(flat), flat, 203)


@given(st.text(max_size=200))
def test_any_text_is_a_layout_or_refused_in_words(text: str) -> None:
    with pytest.raises(LayoutUnfit):
        read_layout(text)


def test_a_code_that_does_not_fit_its_place_at_one_resolution_is_refused_there() -> None:
    fields = tuple(
        replace(field, module=0.2, width=0.2 * field.columns, height=0.2 * field.columns)
        if field.kind is FieldKind.DATAMATRIX
        else field
        for field in SLIDE.fields
    )
    small = replace(SLIDE, fields=fields)
    assert prove_data(needed_only(small), small, 300).decoded
    with pytest.raises(LabelTooLong, match="datamatrix"):
        prove_data(needed_only(small), small, 203)


@pytest.mark.parametrize("layout", LAYOUTS, ids=NAMES)
def test_each_layout_says_that_its_sizes_are_chosen_and_where_it_goes(layout: LabelLayout) -> None:
    assert "chosen for this product" in layout.sizes
    assert text_of(layout.name).startswith("# A product default")
    assert layout.title
    assert layout.goes.endswith(".")
    assert all(datum.words for datum in layout.data)


@pytest.mark.parametrize("name", ["tube-25x51", "rack-12x76", "bag-50x100", "box-100x150"])
def test_the_hazard_sign_has_its_place_and_stands_there_only_for_a_hazard(name: str) -> None:
    layout = product_layout(name)
    sign = next(field for field in layout.fields if field.kind is FieldKind.TRIANGLE)
    for hazard in (True, False):
        marks = draw_data(needed_only(layout) | {"hazard": hazard}, layout, 300).marks
        there = [mark for mark in marks if isinstance(mark, PictureMark) and mark.x == round(sign.x * 12)]
        assert len(there) == hazard
        assert any(isinstance(mark, TextMark) and mark.text == "HAZARD" for mark in marks) is hazard


@pytest.mark.parametrize("dpi", PRINTERS)
def test_the_mark_un3373_has_the_least_measures_of_p650_in_the_true_pixels(dpi: int) -> None:
    data = needed_only(BOX) | {"un3373": True}
    dots = DOTS_PER_MM[dpi]
    label = Image.open(io.BytesIO(prove_data(data, BOX, dpi).png)).convert("L")
    mark = label.crop((2 * dots, 2 * dots, 73 * dots, 73 * dots))
    left, top, right, bottom = mark.point(lambda level: 255 - level).getbbox() or (0, 0, 0, 0)
    assert (right - left) / 2**0.5 >= 50 * dots
    assert right - left == bottom - top
    quarter = mark.height // 4
    slanted = next(run for black, run in runs(mark, quarter) if black)
    assert slanted / 2**0.5 >= 2 * dots
    inner = label.crop(tuple(round(edge * dots) for edge in (14, 30, 61, 45)))  # type: ignore[arg-type]
    box = inner.point(lambda level: 255 - level).getbbox() or (0, 0, 0, 0)
    assert 6 * dots <= box[3] - box[1] <= 9 * dots
    first_line = label.crop((2 * dots, 75 * dots, 12 * dots, round(82.5 * dots)))
    line = first_line.point(lambda level: 255 - level).getbbox() or (0, 0, 0, 0)
    assert line[3] - line[1] >= 6 * dots


def runs(picture: Image.Image, row: int) -> list[tuple[bool, int]]:
    """Black and white along a row of pixels, with how many of each."""
    pixels = [picture.getpixel((x, row)) == 0 for x in range(picture.width)]
    return [(black, len(list(same))) for black, same in itertools.groupby(pixels)]


def test_the_mark_un3373_stands_only_where_it_was_chosen() -> None:
    plain = draw_data(needed_only(BOX), BOX, 203).marks
    chosen = draw_data(needed_only(BOX) | {"un3373": True}, BOX, 203).marks
    assert [type(mark) for mark in plain].count(PictureMark) == 0
    assert [type(mark) for mark in chosen].count(PictureMark) == 2


def test_a_badge_and_a_command_card_are_cards_of_id_1() -> None:
    for name in ("badge-54x86", "command-card-54x86"):
        assert (product_layout(name).width, product_layout(name).height) == (85.6, 53.98)


def test_a_badge_nowhere_shows_its_code_in_letters() -> None:
    badge = product_layout("badge-54x86")
    data = examples(badge)
    assert data["code"] not in [m.text for m in draw_data(data, badge, 300).marks if isinstance(m, TextMark)]


def test_a_rehearsal_number_marks_its_label_unasked() -> None:
    data = needed_only(SLIDE) | {"number": mint("Z", "7Q2", 1)}
    assert filled(SLIDE, data)["rehearsal"] == "REHEARSAL"


def test_the_tube_layout_shows_where_it_goes() -> None:
    tube = product_layout()
    assert tube.placing is not None
    assert all(word in tube.placing.keeps for word in ("name", "number", "fill line"))
    shown = Image.open(io.BytesIO(placing_png(tube, tube.placing)))
    assert shown.width > shown.height > 300


def test_a_preview_is_the_true_pixels_of_the_proof() -> None:
    assert preview_data(examples(RACK), RACK, 203) == prove_data(examples(RACK), RACK, 203).png
