"""A label set out in whole printer dots: the one drawing that ZPL and PDF are both written from."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw

from gms_desktop.documents.fonts import Fonts, platform_fonts
from gms_desktop.documents.label import LabelTooLong, TubeLabel, label_texts
from gms_desktop.documents.label_layout import LINE_PITCH, FieldKind, LabelField, LabelLayout, dots_per_mm
from gms_desktop.documents.lettering import draw_line, fit, ink_width, native, native_width
from gms_desktop.documents.symbols import CODEWORDS, code128_modules


@dataclass(frozen=True)
class TextMark:
    """A line in the printer's own font; ``height`` is that of the letters' body."""

    x: int
    y: int
    height: int
    text: str


@dataclass(frozen=True)
class PictureMark:
    """A picture: 255 where the head burns."""

    x: int
    y: int
    picture: Image.Image


@dataclass(frozen=True)
class MatrixMark:
    """A Data Matrix of ``columns`` by ``columns`` squares of ``module`` dots."""

    x: int
    y: int
    module: int
    columns: int
    content: str


@dataclass(frozen=True)
class LinearMark:
    """A Code 128 whose narrowest bar is ``module`` dots."""

    x: int
    y: int
    module: int
    height: int
    content: str


Mark = TextMark | PictureMark | MatrixMark | LinearMark


@dataclass(frozen=True)
class Drawing:
    """A whole label in dots."""

    width: int
    height: int
    dots: int
    marks: tuple[Mark, ...]


def draw(label: TubeLabel, layout: LabelLayout, dpi: int, fonts: Fonts | None = None) -> Drawing:
    """The label set out for a print head of 203, 300 or 600 dpi.

    Raises:
        LabelRefused: a text or code cannot be printed, or does not fit (see ``label``).
        LayoutUnfit: the resolution is not one that labels are laid out for, or a field has no known name.
    """
    dots = dots_per_mm(dpi)
    texts = label_texts(label)
    marks: list[Mark] = []
    for field in layout.fields:
        if field.kind is FieldKind.DATAMATRIX:
            marks.append(_matrix(field, label.number, dots))
        elif field.kind is FieldKind.CODE128:
            marks.append(_linear(field, label.number, dots))
        elif field.kind is FieldKind.TRIANGLE:
            marks.extend(_triangle(field, dots) if label.hazard else ())
        elif texts[field.name]:
            marks.extend(_text(field, texts[field.name], dots, fonts or platform_fonts()))
    return Drawing(round(layout.width * dots), round(layout.height * dots), dots, tuple(marks))


def _text(field: LabelField, text: str, dots: int, fonts: Fonts) -> list[Mark]:
    own = native(text)
    fitted = fit(field, text, dots, native_width if own else ink_width(fonts))
    marks: list[Mark] = []
    for place, line in enumerate(fitted.lines):
        x, y = round(field.x * dots), round(field.y * dots + place * fitted.height * LINE_PITCH)
        if own:
            marks.append(TextMark(x, y, fitted.height, line))
        else:
            ink = draw_line(line, fitted.height, fonts)
            marks.append(PictureMark(x + ink.left, y + ink.top, ink.picture))
    return marks


def _module(field: LabelField, dots: int) -> int:
    return max(1, round(field.module * dots))


def _matrix(field: LabelField, number: str, dots: int) -> MatrixMark:
    module = _module(field, dots)
    if len(number) > CODEWORDS.get(field.columns, 0) or module * field.columns > field.width * dots:
        raise _too_long(field, number)
    return MatrixMark(round(field.x * dots), round(field.y * dots), module, field.columns, number)


def _linear(field: LabelField, number: str, dots: int) -> LinearMark:
    module = _module(field, dots)
    if module * code128_modules(number) > field.width * dots:
        raise _too_long(field, number)
    return LinearMark(round(field.x * dots), round(field.y * dots), module, round(field.height * dots), number)


def _too_long(field: LabelField, number: str) -> LabelTooLong:
    return LabelTooLong(
        f"Number {number} has {len(number)} characters and its {field.kind.value} code does not fit the label. "
        "Use a larger label layout. Nothing was printed."
    )


def _triangle(field: LabelField, dots: int) -> list[Mark]:
    wide, tall = round(field.width * dots), round(field.height * dots)
    line = max(2, wide // 9)
    picture = Image.new("L", (wide, tall), 0)
    pen = ImageDraw.Draw(picture)
    middle = (wide - 1) // 2
    pen.polygon([(middle, 0), (wide - 1, tall - 1), (0, tall - 1)], fill=255)
    inner = round(line * 1.6)
    pen.polygon([(middle, 2 * line), (wide - 1 - inner, tall - 1 - line), (inner, tall - 1 - line)], fill=0)
    pen.rectangle((middle - line // 2, round(tall * 0.42), middle + line // 2, round(tall * 0.65)), fill=255)
    pen.rectangle((middle - line // 2, round(tall * 0.74), middle + line // 2, round(tall * 0.74) + line - 1), fill=255)
    return [PictureMark(round(field.x * dots), round(field.y * dots), picture)]
