"""Letters on a label: how wide a text is, how it is fitted to its field, and its picture.

A Latin-1 text is drawn by the printer's own scalable font 0, a bold condensed face whose widths are not published; its
room is reckoned with Helvetica Bold, of the same family and not condensed, so it is never reckoned too small. Every
other text is drawn here, dot by dot.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from gms_desktop.documents.fonts import Fonts, NoFontError
from gms_desktop.documents.label import LabelTooLong, LabelUnprintable
from gms_desktop.documents.label_form import LINE_PITCH, LabelField

Measure = Callable[[str, int], int]
BASELINE = 0.85
"""Where letters stand, as a share of the letters' height from the top."""
_NATIVE = re.compile("[ -~\u00a1-\u00ff]*")
_UNITS = 1000


@dataclass(frozen=True)
class Fitted:
    """A text set into its field: letters' height in dots, and its lines."""

    height: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Ink:
    """A picture of a line: black 255 on 0, cropped to what is inked, and how far its top is from the line's top."""

    picture: Image.Image
    left: int
    top: int


def native(text: str) -> bool:
    """Whether the printer's own font draws it: printable Latin-1."""
    return _NATIVE.fullmatch(text) is not None


def native_width(text: str, height: int) -> int:
    """The room in dots that a text in the printer's font may need."""
    widths = _widths()
    return math.ceil(sum([widths[character] for character in text]) * height / _UNITS)


@cache
def _widths() -> dict[str, int]:
    """The width of each Latin-1 character, in thousandths of the letters' height."""
    from reportlab.pdfbase import pdfmetrics

    letters = (chr(code) for code in (*range(0x20, 0x7F), *range(0xA1, 0x100)))
    return {letter: round(pdfmetrics.stringWidth(letter, "Helvetica-Bold", _UNITS)) for letter in letters}


def fit(field: LabelField, text: str, dots: int, measure: Measure) -> Fitted:
    """The text at the largest height that fits its field, on one line, or at the floor on as many as the field has.

    Args:
        field: the field, in millimetres.
        text: what is printed, whole.
        dots: the print head's dots a millimetre.
        measure: how wide a text of a height is, both in dots.

    Raises:
        LabelTooLong: it does not fit even so.
    """
    room = int(field.width * dots)
    for height in heights(field, dots):
        if measure(text, height) <= room:
            return Fitted(height, (text,))
    floor = int(field.floor * dots)
    lines = wrap(text, lambda line: measure(line, floor) <= room)
    if len(lines) > field.lines:
        lines = wrap(text, lambda line: measure(line, floor) <= room, anywhere=True)
    if len(lines) > field.lines:
        raise LabelTooLong(
            f"The {field.name} {text!r} does not fit the label: even the smallest letters need {len(lines)} lines "
            f"and there is room for {field.lines}. Use a larger label layout. Nothing was printed."
        )
    return Fitted(floor, tuple(lines))


def heights(field: LabelField, dots: int) -> tuple[int, ...]:
    """The heights in dots that a text of the field may have on one line, the largest first."""
    steps = int((field.font - field.floor) / field.step + 1e-6)
    return tuple(int((field.font - step * field.step) * dots) for step in range(steps + 1))


def wrap(text: str, fits: Callable[[str], bool], *, anywhere: bool = False) -> list[str]:
    """The text in lines, nothing lost.

    They break after a space or hyphen where there is one; otherwise, or when ``anywhere`` will do, between letters.
    """
    lines = []
    while text:
        line = _head(text, fits, anywhere=anywhere)
        lines.append(line.rstrip(" "))
        text = text[len(line) :].lstrip(" ")
    return lines


def _head(text: str, fits: Callable[[str], bool], *, anywhere: bool) -> str:
    if fits(text):
        return text
    ends = [end for end in range(1, len(text)) if fits(text[:end].rstrip(" "))]
    apart = [] if anywhere else [end for end in ends if text[end - 1] in " -"]
    letters = [end for end in ends if not unicodedata.category(text[end]).startswith("M")]
    return text[: max(apart or letters or [1])]


def ink_width(fonts: Fonts) -> Measure:
    """A measure of texts drawn here with these fonts."""
    return lambda text, height: draw_line(text, height, fonts).picture.width


@lru_cache(maxsize=256)
def draw_line(text: str, height: int, fonts: Fonts) -> Ink:
    """One line of text in dots, no taller than its line.

    Raises:
        LabelUnprintable: no font here draws one of its characters, or its letters would not be joined and in order.
    """
    try:
        runs = fonts.runs(text)
    except NoFontError as missing:
        raise LabelUnprintable(
            f"{text!r} cannot be printed: no font on this computer draws {missing.characters!r}. "
            "Install a font for that script, then print again. Nothing was printed."
        ) from missing
    if not fonts.sets(runs):
        raise LabelUnprintable(
            f"{text!r} cannot be printed: on this computer the letters of that script would stand apart or in the "
            "wrong order. Install the FriBiDi library and one font that has all its letters, or enter it in Latin "
            "letters. Nothing was printed."
        )
    ink = _inked(runs, height, height)
    limit = int(height * LINE_PITCH)
    return ink if ink.picture.height <= limit else _inked(runs, int(height * limit / ink.picture.height) - 1, height)


def _inked(runs: list[tuple[str, Path]], size: int, height: int) -> Ink:
    faces = [(text, _face(path, size)) for text, path in runs]
    wide = int(sum(face.getlength(text) for text, face in faces)) + 2 * size
    canvas = Image.new("L", (wide, 3 * size), 0)
    pen = ImageDraw.Draw(canvas)
    pen.fontmode = "1"
    across = float(size)
    for text, face in faces:
        pen.text((across, 2 * size), text, fill=255, font=face, anchor="ls")
        across += face.getlength(text)
    box = canvas.getbbox() or (size, size, size + 1, size + 1)
    top = max(0, min(round(BASELINE * height) + box[1] - 2 * size, int(height * LINE_PITCH) - (box[3] - box[1])))
    return Ink(canvas.crop(box), 0, top)


@lru_cache(maxsize=64)
def _face(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), max(4, size))
