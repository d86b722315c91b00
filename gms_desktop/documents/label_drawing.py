"""A label set out in whole printer dots: the one drawing that ZPL and PDF are both written from."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from PIL import Image

from gms_desktop.documents.fonts import Fonts, platform_fonts
from gms_desktop.documents.label import LabelTooLong, LabelUnprintable, TubeLabel
from gms_desktop.documents.label_data import filled, tube_data
from gms_desktop.documents.label_form import CODES, LINE_PITCH, FieldKind, LabelField, LabelLayout, dots_per_mm
from gms_desktop.documents.label_signs import Sign, capitals, one_bit, triangle, un3373
from gms_desktop.documents.lettering import draw_line, fit, heights, ink_width, native, native_width
from gms_desktop.documents.symbols import CODEWORDS, code128_modules

NOT_IN_BARS = ">"
_KNOWN_MOST = 4096


@dataclass(frozen=True, slots=True)
class TextMark:
    """A line in the printer's own font; ``height`` is that of the letters' body."""

    x: int
    y: int
    height: int
    text: str


@dataclass(frozen=True)
class PictureMark:
    """A picture: 255 where the head burns. A ``sign`` is the same on every label; other pictures are letters."""

    x: int
    y: int
    picture: Image.Image
    sign: Sign | None = None

    @cached_property
    def bits(self) -> bytes:
        """One bit a dot, each row filled up to whole bytes; the same for all labels of a run that share the mark."""
        return self.sign.bits if self.sign else one_bit(self.picture)

    @cached_property
    def packed(self) -> bytes:
        """The bits as a file keeps them, deflated."""
        return self.sign.packed if self.sign else zlib.compress(self.bits)


@dataclass(frozen=True, slots=True)
class MatrixMark:
    """A Data Matrix of ``columns`` by ``columns`` squares of ``module`` dots."""

    x: int
    y: int
    module: int
    columns: int
    content: str


@dataclass(frozen=True, slots=True)
class LinearMark:
    """A Code 128 whose narrowest bar is ``module`` dots."""

    x: int
    y: int
    module: int
    height: int
    content: str


Mark = TextMark | PictureMark | MatrixMark | LinearMark


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole label in dots."""

    width: int
    height: int
    dots: int
    marks: tuple[Mark, ...]


class Setter:
    """Sets labels of one layout out for one print head; made once for many labels."""

    def __init__(self, layout: LabelLayout, dpi: int, fonts: Fonts | None = None) -> None:
        """Reckon what is alike for every label.

        Args:
            layout: where everything stands.
            dpi: the print head's, 203, 300 or 600.
            fonts: for texts that the printer's own font does not draw; this computer's when not given.

        Raises:
            LayoutUnfit: the resolution is not one that labels are laid out for.
        """
        self._dots = dots_per_mm(dpi)
        self._size = round(layout.width * self._dots), round(layout.height * self._dots)
        self._fields = layout.fields
        self._fonts = fonts
        self._heights = {
            field.name: heights(field, self._dots) for field in layout.fields if field.kind is FieldKind.TEXT
        }
        self._known: dict[tuple[str, str], tuple[Mark, ...]] = {}

    def draw(self, shown: Mapping[str, str]) -> Drawing:
        """The label that shows these values, by the names of its fields (see ``label_data.filled``).

        Raises:
            LabelRefused: a text or code cannot be printed, or does not fit (see ``label``).
        """
        marks: list[Mark] = []
        for field in self._fields:
            content = shown[field.name]
            if not content:
                continue
            if field.kind in CODES:
                marks.append(_DRAWERS[field.kind](field, content, self._dots))
            else:
                marks += self._alike(field, content)
        return Drawing(*self._size, self._dots, tuple(marks))

    def _alike(self, field: LabelField, content: str) -> tuple[Mark, ...]:
        """A text or sign in its field; labels of one run have most of their words alike."""
        marks = self._known.get((field.name, content))
        if marks is None:
            if len(self._known) > _KNOWN_MOST:
                self._known.clear()
            made = (
                self._text(field, content)
                if field.kind is FieldKind.TEXT
                else [_DRAWERS[field.kind](field, content, self._dots)]
            )
            marks = self._known[field.name, content] = tuple(made)
        return marks

    def _text(self, field: LabelField, text: str) -> list[Mark]:
        dots, own = self._dots, native(text)
        x, y = round(field.x * dots), field.y * dots
        if own:
            room = int(field.width * dots)
            for height in self._heights[field.name]:
                if native_width(text, height) <= room:
                    return [TextMark(x, round(y), height, text)]
        fonts = self._fonts or platform_fonts()
        fitted = fit(field, text, dots, native_width if own else ink_width(fonts))
        marks: list[Mark] = []
        for place, line in enumerate(fitted.lines):
            down = round(y + place * fitted.height * LINE_PITCH)
            if own:
                marks.append(TextMark(x, down, fitted.height, line))
            else:
                ink = draw_line(line, fitted.height, fonts)
                marks.append(PictureMark(x + ink.left, down + ink.top, ink.picture))
        return marks


def draw(label: TubeLabel, layout: LabelLayout, dpi: int, fonts: Fonts | None = None) -> Drawing:
    """A tube's label set out for a print head of 203, 300 or 600 dpi.

    Raises:
        LabelRefused: a text or code cannot be printed, or does not fit (see ``label``).
        LayoutUnfit: the resolution is not one that labels are laid out for.
    """
    return draw_data(tube_data(label, layout), layout, dpi, fonts)


def draw_data(data: Mapping[str, object], layout: LabelLayout, dpi: int, fonts: Fonts | None = None) -> Drawing:
    """Any label set out for a print head of 203, 300 or 600 dpi.

    Raises:
        LabelRefused: the data are not what the layout takes, cannot be printed, or do not fit (see ``label``).
        LayoutUnfit: the resolution is not one that labels are laid out for.
    """
    return Setter(layout, dpi, fonts).draw(filled(layout, data))


def _module(field: LabelField, dots: int) -> int:
    return max(1, round(field.module * dots))


def _matrix(field: LabelField, code: str, dots: int) -> Mark:
    module = _module(field, dots)
    if len(code) > CODEWORDS.get(field.columns, 0) or module * field.columns > field.width * dots:
        raise _too_long(field, code)
    return MatrixMark(round(field.x * dots), round(field.y * dots), module, field.columns, code)


def _linear(field: LabelField, code: str, dots: int) -> Mark:
    module = _module(field, dots)
    if NOT_IN_BARS in code:
        raise LabelUnprintable(
            f"{code!r} holds {NOT_IN_BARS}, which a label printer takes as an order inside a Code 128. "
            "Use a layout that has a Data Matrix only. Nothing was printed."
        )
    if module * code128_modules(code) > field.width * dots:
        raise _too_long(field, code)
    return LinearMark(round(field.x * dots), round(field.y * dots), module, round(field.height * dots), code)


def _too_long(field: LabelField, code: str) -> LabelTooLong:
    return LabelTooLong(
        f"The {field.source} {code} has {len(code)} characters and its {field.kind.value} code does not fit the label. "
        "Use a larger label layout. Nothing was printed."
    )


def _triangle(field: LabelField, _said: str, dots: int) -> Mark:
    return _sign(field, triangle(round(field.width * dots), round(field.height * dots)), dots)


def _diamond(field: LabelField, _said: str, dots: int) -> Mark:
    across = int(min(field.width, field.height) * dots)
    return _sign(field, un3373(across, dots), dots)


def _capitals(field: LabelField, said: str, dots: int) -> Mark:
    letters = capitals(said, math.ceil(field.font * dots))
    if letters.picture.width > field.width * dots or letters.picture.height > field.height * dots:
        raise LabelTooLong(f"The words of {field.name} do not fit the label. Use a larger label layout.")
    return _sign(field, letters, dots)


def _sign(field: LabelField, sign: Sign, dots: int) -> Mark:
    return PictureMark(round(field.x * dots), round(field.y * dots), sign.picture, sign)


_DRAWERS: dict[FieldKind, Callable[[LabelField, str, int], Mark]] = {
    FieldKind.DATAMATRIX: _matrix,
    FieldKind.CODE128: _linear,
    FieldKind.TRIANGLE: _triangle,
    FieldKind.UN3373: _diamond,
    FieldKind.CAPITALS: _capitals,
}
