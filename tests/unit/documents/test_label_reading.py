"""What is read from a label's dots: every code in its place, whatever else stands on the label, and nothing touched."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import pytest
import zxingcpp
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from zxingcpp import BarcodeFormat as Format

from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.documents.label_data import examples, filled
from gms_desktop.documents.label_drawing import Drawing, LinearMark, MatrixMark, PictureMark, draw_data
from gms_desktop.documents.label_form import DOTS_PER_MM, LabelLayout
from gms_desktop.documents.label_layout import product_layout, product_layouts
from gms_desktop.documents.label_pdf import pdf
from gms_desktop.documents.label_pixels import Form, pixels, proved, wanted
from gms_desktop.documents.label_reading import Codes, Reading, read
from gms_desktop.documents.label_zpl import zpl

PRINTERS = tuple(DOTS_PER_MM)
BAG, BOX, RACK = (product_layout(name) for name in ("bag-50x100", "box-100x150", "rack-12x76"))
BAG_NEEDS = {"code": "C7Q20001J-BAG-01", "to": "EXAMPLE"}
BAG_CODES: Codes = (("Data Matrix", BAG_NEEDS["code"]), ("Code 128", BAG_NEEDS["code"]))
STRANGERS = {
    Format.DataMatrix: "STRANGER", Format.QRCode: "STRANGER", Format.Aztec: "STRANGER", Format.PDF417: "STRANGER",
    Format.Code128: "STRANGER", Format.Code39: "STRANGER", Format.ITF: "01632960", Format.EAN13: "5012345678900",
}  # fmt: skip


@cache
def bag(dpi: int) -> tuple[Drawing, Image.Image]:
    """A bag's label with much blank paper, and its dots."""
    drawing = draw_data(BAG_NEEDS, BAG, dpi)
    return drawing, pixels(zpl(drawing), Form.ZPL, dpi)


@cache
def symbol(kind: Format, text: str, module: int) -> Image.Image:
    """A code as a printer would burn it, in squares or bars of that many dots."""
    drawn = zxingcpp.create_barcode(text, kind).to_image(scale=1, add_hrt=False, add_quiet_zones=False)
    tall, wide = drawn.shape
    picture = Image.frombytes("L", (wide, tall), memoryview(cast("Any", drawn)).tobytes())
    return picture.resize((wide * module, tall * module), Image.Resampling.NEAREST)


def read_with(picture: Image.Image, x: int, y: int, dpi: int) -> Reading:
    """What is read when something more stands on the bag's label."""
    drawing, plain = bag(dpi)
    more = plain.copy()
    more.paste(picture, (x, y))
    return read(more, drawing.marks, drawing.dots)


@pytest.mark.parametrize("dpi", PRINTERS)
def test_a_label_as_it_was_meant_gives_its_codes_and_nothing_touched(dpi: int) -> None:
    for layout in product_layouts():
        drawing = draw_data(examples(layout), layout, dpi)
        reading = read(pixels(zpl(drawing), Form.ZPL, dpi), drawing.marks, drawing.dots)
        assert reading == Reading(wanted(layout, filled(layout, examples(layout))), ())


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(sorted(STRANGERS, key=str)),
    dpi=st.sampled_from(PRINTERS),
    across=st.floats(0, 1),
    down=st.floats(0, 1),
    larger=st.integers(0, 2),
)
def test_a_code_that_nobody_meant_is_found_wherever_it_stands(
    kind: Format, dpi: int, across: float, down: float, larger: int
) -> None:
    dots = DOTS_PER_MM[dpi]
    stranger = symbol(kind, STRANGERS[kind], dots // 4 + larger)  # from a quarter of a millimetre
    free = 4 * dots, 12 * dots, 96 * dots, 36 * dots  # blank on this label, between its two codes
    wide, tall = free[2] - free[0] - stranger.width, free[3] - 10 * dots - free[1] - stranger.height
    assume(wide > 0 and tall > 0)
    left, top = free[0] + 16 * dots + int(across * (wide - 16 * dots)), free[1] + 10 * dots + int(down * tall)
    assume(left + stranger.width <= free[2])
    assert read_with(stranger, left, top, dpi).codes != BAG_CODES


@pytest.mark.parametrize("dpi", PRINTERS)
def test_the_labels_own_code_a_second_time_is_found(dpi: int) -> None:
    dots = DOTS_PER_MM[dpi]
    again = symbol(Format.DataMatrix, BAG_NEEDS["code"], dots // 2)
    assert read_with(again, 60 * dots, 20 * dots, dpi).codes == (BAG_CODES[0], *BAG_CODES)


@settings(max_examples=60, deadline=None)
@given(dpi=st.sampled_from(PRINTERS), which=st.booleans(), across=st.floats(0, 1), down=st.floats(0, 1))
@example(dpi=600, which=True, across=0.0, down=0.0)
@example(dpi=203, which=False, across=0.0, down=0.5)
@example(dpi=300, which=False, across=1.0, down=0.5)
def test_one_dot_too_much_or_too_little_in_a_code_or_its_margin_is_told(
    dpi: int, *, which: bool, across: float, down: float
) -> None:
    drawing, plain = bag(dpi)
    sort: type[MatrixMark | LinearMark] = MatrixMark if which else LinearMark
    mark = next(mark for mark in drawing.marks if isinstance(mark, sort))
    x, y, wide, tall = reach(mark)
    at = x + int(across * (wide - 1)), y + int(down * (tall - 1))
    spoiled = plain.copy()
    spoiled.putpixel(at, 255 - int(cast("int", plain.getpixel(at))))
    touched = read(spoiled, drawing.marks, drawing.dots).touched
    assert touched == (BAG_CODES[0] if which else BAG_CODES[1],)


def reach(mark: MatrixMark | LinearMark) -> tuple[int, int, int, int]:
    """A code with its empty margin: left, top, width, height."""
    if isinstance(mark, MatrixMark):
        side = (mark.columns + 2) * mark.module
        return mark.x - mark.module, mark.y - mark.module, side, side
    wide = symbol(Format.Code128, mark.content, mark.module).width
    return mark.x - 10 * mark.module, mark.y, wide + 20 * mark.module, mark.height


@pytest.mark.parametrize("form", Form)
def test_a_label_with_a_text_on_its_code_is_not_proved_even_if_the_code_still_reads(form: Form) -> None:
    drawing, _ = bag(300)
    matrix = next(mark for mark in drawing.marks if isinstance(mark, MatrixMark))
    blot = PictureMark(matrix.x + matrix.module, matrix.y + matrix.module, Image.new("L", (8, 8), 255))
    blotted = Drawing(drawing.width, drawing.height, drawing.dots, (*drawing.marks, blot))
    assert read_with(Image.new("L", (8, 8), 0), blot.x, blot.y, 300).codes == BAG_CODES
    payload = zpl(blotted) if form is Form.ZPL else pdf(blotted)
    with pytest.raises(LabelUnreadable, match=r"something stands on, or in the empty margin of, its Data Matrix C7Q"):
        proved(payload, form, 300, BAG_CODES, blotted)


@pytest.mark.parametrize("dpi", PRINTERS)
def test_a_code_that_runs_off_the_label_is_told(dpi: int) -> None:
    drawing, plain = bag(dpi)
    matrix = next(mark for mark in drawing.marks if isinstance(mark, MatrixMark))
    off = matrix.x + matrix.columns * matrix.module - 1
    assert read(plain.crop((0, 0, off, plain.height)), drawing.marks, drawing.dots).touched == BAG_CODES


@pytest.mark.parametrize("dpi", PRINTERS)
def test_a_code_drawn_on_a_sign_is_found(dpi: int) -> None:
    data = examples(BOX)
    drawing = draw_data(data, BOX, dpi)
    plain = pixels(zpl(drawing), Form.ZPL, dpi)
    stranger = symbol(Format.DataMatrix, "STRANGER", drawing.dots // 2)
    plain.paste(stranger, (37 * drawing.dots, 15 * drawing.dots))
    assert ("Data Matrix", "STRANGER") in read(plain, drawing.marks, drawing.dots).codes


def test_bars_too_fine_for_the_search_are_found_in_a_line_that_is_drawn_here() -> None:
    drawing, plain = bag(600)
    fine = symbol(Format.Code128, "STRANGER", 2)
    line = PictureMark(60 * 24, 20 * 24, ImageChops.invert(fine))
    plain = plain.copy()
    plain.paste(fine, (line.x, line.y))
    assert ("Code 128", "STRANGER") in read(plain, (*drawing.marks, line), 24).codes


def test_a_code_of_single_dots_is_not_taken_for_read() -> None:
    marks = (MatrixMark(20, 20, 1, 18, "K7Q20001G"),)
    assert read(pixels(zpl(Drawing(200, 100, 8, marks)), Form.ZPL, 203), marks, 8) == Reading((), ())


@pytest.mark.parametrize("layout", product_layouts(), ids=lambda layout: layout.name)
@pytest.mark.parametrize("dpi", PRINTERS)
def test_a_page_is_black_and_white_and_each_sign_stands_on_it_dot_for_dot(layout: LabelLayout, dpi: int) -> None:
    drawing = draw_data(examples(layout), layout, dpi)
    picture = pixels(pdf(drawing), Form.PDF, dpi)
    assert {shade for _, shade in picture.getcolors(256)} == {0, 255}
    for mark in drawing.marks:
        if isinstance(mark, PictureMark) and mark.sign:
            there = picture.crop((mark.x, mark.y, mark.x + mark.picture.width, mark.y + mark.picture.height))
            assert ImageChops.difference(there, mark.sign.printed).getbbox() is None


@pytest.mark.parametrize("place", [(1600, 2200), (1530, 60), (60, 60), (2150, 3300)])
def test_a_stranger_on_a_page_for_600_dpi_is_found_beside_within_and_below_what_is_known(
    place: tuple[int, int],
) -> None:
    drawing = draw_data(examples(BOX), BOX, 600)
    stranger = MatrixMark(*place, 12, 18, "STRANGER")
    other = Drawing(drawing.width, drawing.height, drawing.dots, (*drawing.marks, stranger))
    found = read(pixels(pdf(other), Form.PDF, 600), drawing.marks, drawing.dots)
    assert ("Data Matrix", "STRANGER") in found.codes
