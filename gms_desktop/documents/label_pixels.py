"""A label is decoded back from its pixels before it may be printed: what is proved is what is sent.

For ZPL the very bytes that go to the printer are read again by a small interpreter, which knows only the commands
that ``label_zpl`` writes and refuses every other; it draws them dot by dot, one pixel a dot. For PDF the file is
rastered by PDFium at the print head's pitch and cut to black and white. zxing-cpp then reads each code in its place and
looks for any other (see ``label_reading``).

The proof covers: that nothing but the intended commands is in the bytes; that its codes carry exactly what the data
say, are the only codes on the label, have whole-dot modules and enough clear margin, and are not touched by any text;
that the printer gets one label. It does not cover: the printer's own encoder and fonts (Latin-1 text in ZPL is drawn
here with a stand-in of the width that was kept free), ribbon, heat, curvature of the tube, and any fault that zxing-cpp
makes alike when it writes and when it reads. That is why a layout is released per printer model only after one printed
label was scanned back, and each label is scanned back on its tube.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from gms_desktop.documents.fonts import Fonts
from gms_desktop.documents.label import LabelUnreadable, TubeLabel
from gms_desktop.documents.label_data import filled, tube_data
from gms_desktop.documents.label_drawing import Drawing, Setter
from gms_desktop.documents.label_form import DOTS_PER_MM, FieldKind, LabelLayout
from gms_desktop.documents.label_pdf import pdf
from gms_desktop.documents.label_reading import Codes, Reading, in_order, read
from gms_desktop.documents.label_zpl import zpl
from gms_desktop.documents.page_pictures import TURN
from gms_desktop.documents.zpl_pixels import UnknownZplError, interpret

_NAMES = {FieldKind.DATAMATRIX: "Data Matrix", FieldKind.CODE128: "Code 128"}
_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72
_BAND = 128
_NO_GREY = dict.fromkeys(("no_smoothtext", "no_smoothpath", "no_smoothimage"), True)
_CUT = [0] * 128 + [255] * 128
"""Black below half grey, white from there on."""


class Form(StrEnum):
    """What goes to the printer."""

    ZPL = "zpl"
    PDF = "pdf"


@dataclass(frozen=True)
class Proof:
    """A label that may be printed.

    Attributes:
        payload: the bytes that were proved and are to be sent unchanged.
        form: their language.
        picture: the label as it was proved, one pixel a dot. It shows a patient's name: never logged.
        decoded: what was read from the pixels, as (symbology, text), in the order of ``WANTED``.
    """

    payload: bytes
    form: Form
    picture: Image.Image
    decoded: Codes

    @cached_property
    def png(self) -> bytes:
        """The picture as a file; made when it is asked for, since a label on its way to the printer needs none."""
        return png(self.picture)


def prove(label: TubeLabel, layout: LabelLayout, dpi: int, form: Form = Form.ZPL, fonts: Fonts | None = None) -> Proof:
    """The bytes of a label, after its codes were decoded from the pixels those bytes make.

    Raises:
        LabelUnreadable: the codes read are not exactly those of the layout, each of the number.
        LabelRefused: the label cannot be set out (see ``label``).
        LayoutUnfit: the layout cannot be used at this resolution.
    """
    return prove_data(tube_data(label, layout), layout, dpi, form, fonts)


def prove_data(
    data: Mapping[str, object], layout: LabelLayout, dpi: int, form: Form = Form.ZPL, fonts: Fonts | None = None
) -> Proof:
    """The bytes of any label, after its codes were decoded from the pixels those bytes make.

    Raises:
        LabelUnreadable: the codes read are not exactly those of the layout, each with what the data say.
        LabelRefused: the data are not what the layout takes, or cannot be set out (see ``label``).
        LayoutUnfit: the layout cannot be used at this resolution.
    """
    shown = filled(layout, data)
    drawing = Setter(layout, dpi, fonts).draw(shown)
    return proved(zpl(drawing) if form is Form.ZPL else pdf(drawing), form, dpi, wanted(layout, shown), drawing)


def wanted(layout: LabelLayout, shown: Mapping[str, str]) -> Codes:
    """The codes that must be read from a label that shows these values."""
    codes = [(_NAMES[field.kind], shown[field.name]) for field in layout.fields if field.kind in _NAMES]
    return in_order(code for code in codes if code[1])


def proved(payload: bytes, form: Form, dpi: int, codes: Codes, drawing: Drawing) -> Proof:
    """The proof of finished bytes.

    Args:
        payload: the bytes.
        form: their language.
        dpi: the print head's.
        codes: exactly what must be read from them.
        drawing: what they were made from, which says where each code stands.

    Raises:
        LabelUnreadable: the bytes are not a label of ours, its codes are not exactly these, or one is touched.
    """
    picture = pixels(payload, form, dpi)
    found = read(picture, drawing.marks, drawing.dots)
    wrong = _wrong(found, codes)
    if wrong:
        raise LabelUnreadable(
            f"Label {codes[0][1] if codes else ''} was not printed: read back from its picture at {dpi} dpi {wrong} "
            "Use another layout or printer."
        )
    return Proof(payload, form, picture, found.codes)


def _wrong(found: Reading, codes: Codes) -> str:
    if found.codes != codes:
        return f"it gave {_listed(found.codes)}, where {_listed(codes)} was expected."
    return f"something stands on, or in the empty margin of, its {_listed(found.touched)}." if found.touched else ""


def _listed(codes: Codes) -> str:
    return ", ".join(f"{name} {text}" for name, text in codes) or "no code at all"


def pixels(payload: bytes, form: Form, dpi: int) -> Image.Image:
    """The label as black and white dots at the print head's pitch.

    Raises:
        LabelUnreadable: the ZPL holds a command that our labels do not have.
    """
    if form is Form.PDF:
        return _raster(payload, dpi)
    try:
        return interpret(payload)
    except UnknownZplError as fault:
        raise LabelUnreadable(f"The label was not printed: {fault}") from fault


def png(picture: Image.Image) -> bytes:
    """The picture as a PNG of one bit a pixel, with nothing else in the file."""
    file = io.BytesIO()
    picture.convert("1", dither=Image.Dither.NONE).save(file, "PNG", compress_level=1, compress_type=zlib.Z_RLE)
    return file.getvalue()


def _raster(payload: bytes, dpi: int) -> Image.Image:
    """The one page of a label of ours, drawn without any grey: each of its marks stands on whole dots.

    A dot that were grey all the same would stand in the way of the code that it touches, and is searched like ink.
    """
    with TURN:
        document = pypdfium2.PdfDocument(payload)
        try:
            drawn: Image.Image = document[0].render(scale=_scale(dpi), grayscale=True, **_NO_GREY).to_pil()
            return drawn
        finally:
            document.close()


def _cut(grey: Image.Image) -> Image.Image:
    """Cut to black and white where it lies, band by band: a second picture of a large label costs as much as drawing.

    The picture's memory is its own: PDFium drew into a buffer of Python's, which the picture keeps.
    """
    for top in range(0, grey.height, _BAND):
        band = (0, top, grey.width, min(top + _BAND, grey.height))
        grey.paste(grey.crop(band).point(_CUT), band)
    return grey


def _scale(dpi: int) -> float:
    rounding = 1 - 1e-5  # page sizes are whole dots, but their decimals in the file may lie a hair above
    return DOTS_PER_MM[dpi] * _MM_PER_INCH / _POINTS_PER_INCH * rounding


def rasters(payload: bytes, dpi: int) -> Iterator[Image.Image]:
    """Each page of a PDF as black and white dots at the print head's pitch."""
    with TURN:
        document = pypdfium2.PdfDocument(payload)
        pages = len(document)
    try:
        for place in range(pages):
            with TURN:
                drawn = document[place].render(scale=_scale(dpi), grayscale=True).to_pil()
            yield _cut(drawn)
    finally:
        with TURN:
            document.close()
