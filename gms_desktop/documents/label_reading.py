"""What is read from a label's dots: each code where it was meant to stand, and no other code anywhere.

A code is read at the print head's own pitch from its own dots and their empty margin, which hold its modules and
nothing else: a text over a Data Matrix is a fault even where error correction would mend it. Modules of a single dot
are not read: a head that burns one dot less would lose them.

The rest of the label is then searched for every symbology that there is; a sign, or a line of words, that stands there
dot for dot as on labels before it is searched once and not on every label. At 600 dpi the rest is searched at the pitch
of a 300 dpi head, at which a sixth of a millimetre is two dots and the narrowest bar of our layouts three; lines of
letters that are drawn here, the only place where a name could draw bars, are searched at the full pitch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

import zxingcpp
from PIL import Image, ImageChops, ImageOps
from zxingcpp import BarcodeFormat as Format
from zxingcpp import BarcodeFormats

from gms_desktop.documents.label_drawing import LinearMark, Mark, MatrixMark, PictureMark
from gms_desktop.documents.label_form import DOTS_PER_MM
from gms_desktop.documents.label_signs import Sign
from gms_desktop.documents.symbols import code128, data_matrix

WANTED = {Format.DataMatrix: "Data Matrix", Format.Code128: "Code 128"}
Codes = tuple[tuple[str, str], ...]
"""Codes as (symbology, text), in the order of ``WANTED``, then of their names."""
Box = tuple[int, int, int, int]
_WHITE = 255
_SEARCHED = DOTS_PER_MM[300]
_APART, _MARGIN = 2, 1
"""Millimetres of blank rows by which what is searched is parted, and of blank paper that is searched with it. A code's
own rows are never blank so far."""
_LEAST = 2
_BAND = 48
"""Rows of bars that are read, of bars that are whole."""
_MOST_KNOWN = 512
_searched: dict[tuple[int, int, bytes], tuple[tuple[str, str], ...]] = {}
"""What was found in parts that were searched before, by their size and digest: the parts themselves show names."""


@dataclass(frozen=True)
class _Place:
    """Where a code was meant to stand: its dots, and the dots beside and above it that stay empty.

    One module all round a Data Matrix (ISO/IEC 16022), ten at both ends of a Code 128 (ISO/IEC 15417).
    """

    mark: MatrixMark | LinearMark
    format: Format
    symbol: Image.Image
    beside: int
    above: int

    @property
    def box(self) -> Box:
        """The code without its margin."""
        return self.mark.x, self.mark.y, self.mark.x + self.symbol.width, self.mark.y + self.symbol.height


@dataclass(frozen=True)
class Reading:
    """What a label's dots give.

    Attributes:
        codes: every code that was read, in its place or out of it.
        touched: codes in whose modules or empty margin something else stands.
    """

    codes: Codes
    touched: Codes


def read(picture: Image.Image, marks: Sequence[Mark], dots: int) -> Reading:
    """Read a label of black and white dots.

    Args:
        picture: one pixel a dot.
        marks: what was to be drawn on it, which says where each code stands.
        dots: the print head's dots a millimetre.
    """
    places = [_place(mark) for mark in marks if isinstance(mark, (MatrixMark, LinearMark))]
    pictures = [mark for mark in marks if isinstance(mark, PictureMark)]
    codes: list[tuple[str, str]] = []
    touched: list[tuple[str, str]] = []
    for place in places:
        found, alone = _in_place(picture, place)
        codes += found
        if not alone:
            touched.append((WANTED[place.format], place.mark.content))
    whole = [mark for mark in pictures if mark.sign and _stands(picture, mark.sign, _covered(mark))]
    codes += [code for mark in whole if mark.sign for code in _on(mark.sign)]
    codes += _elsewhere(picture, [place.box for place in places] + [_covered(mark) for mark in whole], dots)
    if _step(dots) > 1:
        codes += [code for mark in pictures if not mark.sign for code in _found(picture.crop(_covered(mark)))]
    return Reading(in_order(codes), in_order(touched))


def decode(picture: Image.Image) -> Codes:
    """Every code in a picture of black and white dots as (symbology, text): Data Matrix first, others by their name."""
    return in_order(_found(picture))


def in_order(codes: Iterable[tuple[str, str]]) -> Codes:
    """Data Matrix first, then Code 128, then others by their name."""
    order = list(WANTED.values())
    return tuple(sorted(codes, key=lambda code: (order.index(code[0]) if code[0] in order else len(order), code)))


def _found(picture: Image.Image, wanted: Format = Format.AllReadable) -> list[tuple[str, str]]:
    # Labels stand upright, black on white, at their own size: a code that is read only by trying harder is no good.
    found = zxingcpp.read_barcodes(
        picture,
        BarcodeFormats(wanted),
        try_rotate=False,
        try_invert=False,
        try_downscale=False,
        binarizer=zxingcpp.Binarizer.FixedThreshold,
    )
    return [(WANTED.get(code.format, str(code.format)), code.text) for code in found]


def _covered(mark: PictureMark) -> Box:
    return mark.x, mark.y, mark.x + mark.picture.width, mark.y + mark.picture.height


def _place(mark: MatrixMark | LinearMark) -> _Place:
    if isinstance(mark, MatrixMark):
        side = mark.columns * mark.module
        squares = data_matrix(mark.content, mark.columns).resize((side, side), Image.Resampling.NEAREST)
        return _Place(mark, Format.DataMatrix, squares, mark.module, mark.module)
    bars = code128(mark.content)
    bars = bars.resize((bars.width * mark.module, mark.height), Image.Resampling.NEAREST)
    return _Place(mark, Format.Code128, bars, 10 * mark.module, 0)


def _in_place(picture: Image.Image, place: _Place) -> tuple[list[tuple[str, str]], bool]:
    """What is read from a code's own dots and margin, and whether they hold the code and nothing else."""
    symbol = place.symbol
    meant = Image.new("L", (symbol.width + 2 * place.beside, symbol.height + 2 * place.above), _WHITE)
    there = meant.copy()  # what lies beyond the label's edge is empty
    there.paste(picture, (place.beside - place.mark.x, place.above - place.mark.y))
    meant.paste(symbol, (place.beside, place.above))
    alone = _alike(there, meant)
    if alone and place.format is Format.Code128:
        # All its rows are alike, dot for dot: a band of them is read as the whole is, in a fraction of the time.
        there = there.crop((0, 0, there.width, min(there.height, _BAND)))
    # Blank rows above and below bars: a line of a single dot would pass for bars if it filled the picture.
    apart = ImageOps.expand(there, (0, place.beside - place.above), fill=_WHITE)
    found = _found(apart, place.format) if place.mark.module >= _LEAST else []
    return found, alone


def _stands(picture: Image.Image, sign: Sign, box: Box) -> bool:
    """Whether a sign stands there and nothing on it."""
    return _alike(picture.crop(box), sign.printed)


def _alike(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is None


@lru_cache(maxsize=32)
def _on(sign: Sign) -> tuple[tuple[str, str], ...]:
    """Every code that is read from a sign by itself."""
    return tuple(_found(sign.printed))


def _elsewhere(picture: Image.Image, known: Iterable[Box], dots: int) -> list[tuple[str, str]]:
    """Every code that is read when what is known is wiped out."""
    step = _step(dots)
    boxes = [(left // step, top // step, -(-right // step), -(-bottom // step)) for left, top, right, bottom in known]
    parts = _inked(_rest(picture, boxes, step), _APART * dots // step, _MARGIN * dots // step)
    return [code for part in parts for code in _found_in(part)]


def _rest(picture: Image.Image, known: Sequence[Box], step: int) -> Image.Image:
    """A picture at a coarser pitch without what is known, which is not looked at again: half a large label is known.

    Args:
        picture: one pixel a dot.
        known: boxes at the coarser pitch.
        step: which of the dots are taken: each, each second, and so on.
    """
    wide, high = picture.width // step, picture.height // step
    rest = Image.new("L", (wide, high), _WHITE)
    edges = {0, high, *(min(max(0, edge), high) for box in known for edge in (box[1], box[3]))}
    for top, bottom in pairwise(sorted(edges)):
        covered = sorted((box[0], box[2]) for box in known if box[1] <= top and bottom <= box[3])
        start = 0
        for left, right in (*covered, (wide, wide)):
            if left > start:
                box = (start * step, top * step, left * step, bottom * step)
                there = picture.crop(box) if step == 1 else _coarser(picture, box, step)
                rest.paste(there, (start, top))
            start = max(start, right)
    return rest


def _coarser(picture: Image.Image, box: Box, step: int) -> Image.Image:
    left, top, right, bottom = box
    return picture.resize(((right - left) // step, (bottom - top) // step), Image.Resampling.NEAREST, box=box)


def _found_in(part: Image.Image) -> tuple[tuple[str, str], ...]:
    """Every code in a part of a label; one that looks dot for dot like one before holds what that one held."""
    key = part.width, part.height, blake2b(part.tobytes(), digest_size=32).digest()
    found = _searched.get(key)
    if found is None:
        found = tuple(_found(part))
        if len(_searched) >= _MOST_KNOWN:
            _searched.clear()
        _searched[key] = found
    return found


def _step(dots: int) -> int:
    """Which of the dots the rest of a label is searched at: each, each second, and so on."""
    return max(1, dots // _SEARCHED)


def _inked(picture: Image.Image, apart: int, margin: int) -> Iterator[Image.Image]:
    """The parts of a picture that are inked, with a margin: to search blank paper takes as long as to search text."""
    wide, dots = picture.width, picture.tobytes()
    blank = bytes([_WHITE]) * wide
    rows = [row for row in range(picture.height) if dots[row * wide : (row + 1) * wide] != blank]
    starts = [row for before, row in pairwise((-1 - apart, *rows)) if row - before > apart]
    ends = [row for row, after in pairwise((*rows, picture.height + apart)) if after - row > apart]
    for top, bottom in zip(starts, ends, strict=True):
        band = picture.crop((0, max(0, top - margin), wide, min(picture.height, bottom + 1 + margin)))
        left, _, right, _ = ImageChops.invert(band).getbbox() or (0, 0, wide, 0)
        yield band.crop((max(0, left - margin), 0, min(wide, right + margin), band.height))
