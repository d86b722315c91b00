"""Labels are proved by decoding the pixels that their own bytes make."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from gms_desktop.documents.fonts import Fonts, NoFontError, platform_fonts
from gms_desktop.documents.label import LabelRefused, LabelTooLong, LabelUnprintable, LabelUnreadable, TubeLabel
from gms_desktop.documents.label_data import examples
from gms_desktop.documents.label_drawing import LinearMark, MatrixMark, PictureMark, TextMark, draw, draw_data
from gms_desktop.documents.label_form import DOTS_PER_MM
from gms_desktop.documents.label_layout import product_layout
from gms_desktop.documents.label_pdf import pdf
from gms_desktop.documents.label_pixels import Form, pixels, prove, proved
from gms_desktop.documents.label_preview import preview
from gms_desktop.documents.label_reading import Codes, decode
from gms_desktop.documents.label_zpl import zpl
from gms_desktop.documents.lettering import draw_line
from gms_desktop.domain.identifiers.accession import mint

LAYOUT = product_layout()
PRINTERS = (203, 300, 600)
NAMES = {
    "short": ("Li", "An"),
    "double-barrelled": ("Featherstonehaugh-Cholmondeley-Warner", "Bartholomew Maximilian Alexander"),
    "Polish": ("Wójcik-Brzęczyszczykiewicz", "Stanisława Łucja"),
    "Welsh": ("Llwŷd-Ŵyn", "Siân Ŷnyr"),
    "apostrophe": ("O'Neill-D’Arcy", "Máire"),
    "printer commands": ("^FS^XZ~JA", "^XA^JUF^XZ_5E\\&"),
    "Vietnamese": ("Nguyễn", "Thị Ánh Nguyệt"),
    "Arabic": ("الأنصاري", "محمد"),
}


def label(surname: str = "Oyelaran", forename: str = "Temi", **more: object) -> TubeLabel:
    said: dict[str, object] = {
        "number": mint("K", "7Q2", 42), "surname": surname, "forename": forename,
        "birth_date": "05-Mar-1971", "specimen_type": "EDTA blood", "laboratory": "EXAMPLE lab", **more,
    }  # fmt: skip
    return TubeLabel(**said)  # type: ignore[arg-type]


def codes(made: TubeLabel) -> Codes:
    return ("Data Matrix", made.number), ("Code 128", made.number)


def texts(made: TubeLabel, dpi: int = 300) -> list[str]:
    return [mark.text for mark in draw(made, LAYOUT, dpi).marks if isinstance(mark, TextMark)]


@pytest.mark.parametrize(("dpi", "form", "who"), list(itertools.product(PRINTERS, Form, NAMES)))
def test_both_codes_of_a_label_are_read_from_its_pixels_whatever_the_name(dpi: int, form: Form, who: str) -> None:
    made = label(*NAMES[who], priority="URGENT", copy=2, rehearsal=True, hazard=True)
    proof = prove(made, LAYOUT, dpi, form)
    assert proof.decoded == (("Data Matrix", made.number), ("Code 128", made.number))
    assert Image.open(io.BytesIO(proof.png)).size == (51 * DOTS_PER_MM[dpi], 25 * DOTS_PER_MM[dpi])


@pytest.mark.parametrize("number", [mint("K", "7Q2", 0), mint("Z", "000000", 1048575), mint("A", "ZZZZZZ", 99)])
@pytest.mark.parametrize("dpi", PRINTERS)
def test_numbers_of_both_lengths_are_read_back(number: str, dpi: int) -> None:
    assert {text for _, text in prove(label(number=number), LAYOUT, dpi).decoded} == {number}


@settings(max_examples=40, deadline=None)
@given(surname=st.text(st.characters(codec="latin-1", exclude_categories=["Cc", "Cf"]), max_size=30))
def test_no_name_changes_what_the_printer_is_told(surname: str) -> None:
    made = label(surname)
    payload = prove(made, LAYOUT, 203).payload
    assert (payload.count(b"^XA"), payload.count(b"^XZ"), payload.count(b"~"), payload.count(b"^PQ1,")) == (1, 1, 0, 1)


def test_printer_commands_in_a_name_are_printed_as_the_letters_they_are() -> None:
    made = label("^FS^XZ~JA")
    assert b"^FD_5EFS_5EXZ_7EJA^FS" in prove(made, LAYOUT, 203).payload
    assert "^FS^XZ~JA" in texts(made)
    text = pypdfium2.PdfDocument(prove(made, LAYOUT, 203, Form.PDF).payload)[0].get_textpage().get_text_range()
    assert "^FS^XZ~JA" in text


@pytest.mark.parametrize("added", [b"~JA", b"^FO1,1^A0N,20,20^FDx^FS", b"^XA^XZ", b"^JUF", b"loose"])
def test_a_label_with_any_byte_that_was_not_meant_is_not_proved(added: bytes) -> None:
    payload = zpl(draw(label(), LAYOUT, 203))
    meddled = payload.replace(b"^PQ1", added + b"^PQ1") if added[:3] != b"^FO" else payload + added
    with pytest.raises(LabelUnreadable, match="was not printed"):
        proved(meddled, Form.ZPL, 203, codes(label()), draw(label(), LAYOUT, 203))


def test_a_label_whose_codes_say_another_number_is_not_proved() -> None:
    payload = zpl(draw(label(), LAYOUT, 300))
    other = payload.replace(label().number.encode(), mint("K", "7Q2", 43).encode(), 1)
    with pytest.raises(LabelUnreadable, match=label().number):
        proved(other, Form.ZPL, 300, codes(label()), draw(label(), LAYOUT, 300))


def test_a_label_with_a_line_through_its_codes_is_not_proved() -> None:
    payload = zpl(draw(label(), LAYOUT, 203))
    bar = b"^FO0,20^GFA,7650,7650,51," + b"FF" * 51 + b":" * 149 + b"^FS\n^PQ1"
    with pytest.raises(LabelUnreadable, match="expected"):
        proved(payload.replace(b"^PQ1", bar), Form.ZPL, 203, codes(label()), draw(label(), LAYOUT, 203))


@pytest.mark.parametrize(("dpi", "square", "bar"), [(203, 3, 2), (300, 4, 3), (600, 9, 6)])
def test_the_narrowest_bars_and_squares_are_whole_dots_of_each_print_head(dpi: int, square: int, bar: int) -> None:
    marks = draw(label(), LAYOUT, dpi).marks
    assert [mark.module for mark in marks if isinstance(mark, MatrixMark)] == [square]
    assert [mark.module for mark in marks if isinstance(mark, LinearMark)] == [bar]
    assert f"^BXN,{square},200,18,18,6,_^FH\\^FD".encode() in zpl(draw(label(), LAYOUT, dpi))


def test_a_long_name_shrinks_then_wraps_and_no_letter_is_lost() -> None:
    long = "Featherstonehaugh-Cholmondeley-Warner de la Tour d'Auvergne"
    heights = {
        len(name): mark.height
        for name in ("Ng", long[:30], long)
        for mark in draw(label(name), LAYOUT, 300).marks
        if isinstance(mark, TextMark) and mark.text == name
    }
    assert heights[2] > heights[30]
    lines = [text for text in texts(label(long)) if text in long]
    assert len(lines) == 2
    assert "".join(lines).replace(" ", "") == long.replace(" ", "")


@pytest.mark.parametrize("surname", ["Wójcik " * 20, "王" * 3 + "Ł" * 200, "A" * 120])
def test_a_name_that_cannot_fit_is_refused_in_words_and_never_cut(surname: str) -> None:
    with pytest.raises(LabelRefused) as refused:
        prove(label(surname), LAYOUT, 300)
    assert "Nothing was printed" in str(refused.value)


def test_a_name_too_long_says_how_many_lines_it_would_need() -> None:
    with pytest.raises(LabelTooLong, match="lines"):
        prove(label("A" * 120), LAYOUT, 300)


def test_a_script_without_a_font_is_refused_and_not_printed_as_boxes() -> None:
    only_latin = Fonts(tuple(path for path in platform_fonts().paths if "DejaVu" in path.name or "Vera" in path.name))
    with pytest.raises(LabelUnprintable, match="王"):
        prove(label("王", "小明"), LAYOUT, 300, fonts=only_latin)


def test_a_chinese_name_is_drawn_where_a_font_for_it_is_installed() -> None:
    try:
        platform_fonts().runs("王小明")
    except NoFontError:
        pytest.skip("no font with Chinese characters on this computer")
    proof = prove(label("王", "小明"), LAYOUT, 300)
    assert proof.decoded[0][1] == label().number


def test_a_name_from_right_to_left_stands_from_right_to_left_and_joined() -> None:
    fonts = platform_fonts()
    if not fonts.shapes:
        pytest.skip("letters are not joined and ordered on this computer")
    word, last, first = (draw_line(text, 60, fonts).picture for text in ("אה", "ה", "א"))
    assert word.crop((0, 0, last.width, last.height)).tobytes() == last.tobytes()
    right = word.crop((word.width - first.width, word.height - first.height, word.width, word.height))
    assert right.tobytes() == first.tobytes()
    joined, alone = (draw_line(text, 60, fonts).picture for text in ("محمد", "ح"))
    assert joined.height < alone.height  # the letter's tail is there only where it stands alone


@pytest.mark.parametrize("name", ["محمد", "כהן", "अमित", "O'Neill محمد"])
def test_a_name_that_would_come_out_in_the_wrong_order_is_refused(name: str) -> None:
    there = platform_fonts()
    try:
        there.runs(name)
    except NoFontError:
        pytest.skip("no font for it on this computer")
    with pytest.raises(LabelUnprintable, match=r"would stand apart or in the wrong order\. Install .* Nothing was"):
        prove(label(name), LAYOUT, 300, fonts=replace(there, shapes=False))


def test_a_name_of_which_each_half_has_a_font_of_its_own_is_not_set_in_the_wrong_order() -> None:
    arabic = [(letter, Path(font)) for letter, font in (("مح", "one.ttf"), ("مد", "other.ttf"))]
    assert not Fonts((), shapes=True).sets(arabic)
    assert Fonts((), shapes=False).sets([("Ł", Path("one.ttf")), ("王", Path("other.ttf"))])


@pytest.mark.parametrize("bad", ["Smith\nJones", "Smith\x00", "Smith\u202ehtimS", "Smith\u200bJones", "Smith\ue000"])
def test_a_name_with_a_character_that_has_no_shape_is_refused(bad: str) -> None:
    with pytest.raises(LabelUnprintable, match=r"surname holds U\+"):
        prove(label(bad), LAYOUT, 300)


@pytest.mark.parametrize("number", ["", "K7Q2\u00c0", "k7q2", "K7 Q2", "K" * 19, "^XA", "K--1"])
def test_a_number_that_codes_cannot_carry_is_refused(number: str) -> None:
    with pytest.raises(LabelRefused):
        prove(label(number=number), LAYOUT, 300)


def test_a_number_too_long_for_the_bars_is_refused() -> None:
    with pytest.raises(LabelTooLong, match="code128"):
        prove(label(number="K" * 18), LAYOUT, 300)


def test_what_is_printed_beside_the_names() -> None:
    said = texts(label(priority="URGENT", copy=2, rehearsal=True, hazard=True))
    assert {"URGENT", "copy 2", "REHEARSAL", "HAZARD", "Born 05-Mar-1971", "EDTA blood", "EXAMPLE lab"} <= set(said)
    quiet = texts(label(birth_date=""))
    assert "Born: not stated" in quiet
    assert not {"copy 1", "REHEARSAL", "HAZARD"} & set(quiet)


def test_a_rehearsal_number_is_marked_rehearsal_even_when_nobody_says_so() -> None:
    assert "REHEARSAL" in texts(label(number=mint("Z", "7Q2", 1), rehearsal=False))


def test_the_number_is_grouped_for_the_eye_and_whole_in_the_codes() -> None:
    made = label(number=mint("K", "7Q2ABC", 42))
    assert texts(made)[0] == " ".join((made.number[:4], made.number[4:8], made.number[8:]))


def test_a_welsh_letter_is_drawn_alike_whether_it_came_composed_or_apart() -> None:
    assert preview(label("\u0174yn"), LAYOUT) == preview(label("W\u0302yn"), LAYOUT)


def test_a_name_outside_latin_is_really_inked_in_zpl_and_in_pdf() -> None:
    for form in Form:
        named, blank = (pixels(prove(label(name), LAYOUT, 300, form).payload, form, 300) for name in ("Łucja Ŵyn", ""))
        box = ImageChops.difference(named, blank).getbbox()
        assert box is not None
        assert (box[0] >= 118, box[1] >= 60, box[3] <= 112) == (True, True, True)


def test_the_pdf_is_one_page_of_exactly_the_label_and_names_nobody_in_its_metadata() -> None:
    made = label("Wójcik", "Zygfryd")
    payload = prove(made, LAYOUT, 300, Form.PDF).payload
    document = pypdfium2.PdfDocument(payload)
    assert len(document) == 1
    assert [round(points * 25.4 / 72, 2) for points in document[0].get_size()] == [51.0, 25.0]
    metadata = " ".join(document.get_metadata_dict().values())
    assert not any(said in metadata for said in ("Zygfryd", "jcik", made.number, "1971"))
    assert "REHEARSAL" not in document[0].get_textpage().get_text_range()


def test_a_rehearsal_pdf_says_rehearsal_in_text() -> None:
    payload = prove(label(rehearsal=True), LAYOUT, 300, Form.PDF).payload
    assert "REHEARSAL" in pypdfium2.PdfDocument(payload)[0].get_textpage().get_text_range()


def test_the_same_label_gives_the_same_bytes() -> None:
    assert all(prove(label(), LAYOUT, 300, form).payload == prove(label(), LAYOUT, 300, form).payload for form in Form)


def test_the_preview_is_a_picture_with_both_codes_in_it() -> None:
    seen = decode(Image.open(io.BytesIO(preview(label(), LAYOUT))).convert("L"))
    assert seen == (("Data Matrix", label().number), ("Code 128", label().number))


def test_the_codes_read_as_plain_data_matrix_and_code_128() -> None:
    found = zxingcpp.read_barcodes(pixels(prove(label(), LAYOUT, 300).payload, Form.ZPL, 300))
    assert {code.symbology_identifier for code in found} == {"]d1", "]C0"}


@pytest.mark.benchmark
@pytest.mark.parametrize(("dpi", "form"), list(itertools.product(PRINTERS, Form)))
def test_proving_a_label_takes_less_than_100_ms(dpi: int, form: Form) -> None:
    taken = []
    for count in range(12):
        made = label(f"Wójcik {count}", number=mint("K", "7Q2", count))
        start = perf_counter()
        prove(made, LAYOUT, dpi, form)
        taken.append(perf_counter() - start)
    print(f"{form} {dpi} dpi: {1000 * sorted(taken)[6]:.0f} ms")  # noqa: T201
    assert sorted(taken)[6] < 0.1


@pytest.mark.parametrize("dpi", PRINTERS)
@pytest.mark.parametrize("name", ["tube-25x51", "box-100x150"])
def test_a_picture_in_a_pdf_stands_dot_for_dot_as_it_was_drawn(name: str, dpi: int) -> None:
    layout = product_layout(name)
    data = examples(layout) | ({"surname": "الأنصاري"} if "surname" in layout.takes else {})
    drawing = draw_data(data, layout, dpi)
    printed = pixels(pdf(drawing), Form.PDF, dpi)
    pictures = [mark for mark in drawing.marks if isinstance(mark, PictureMark)]
    assert len(pictures) == {"tube-25x51": 2, "box-100x150": 3}[name]
    for mark in pictures:
        there = printed.crop((mark.x, mark.y, mark.x + mark.picture.width, mark.y + mark.picture.height))
        assert ImageChops.difference(there, ImageChops.invert(mark.picture)).getbbox() is None
