"""Where a label goes on its tube, as a picture: the tube's wall unrolled, the label on it, and what stays free."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from gms_desktop.documents.fonts import sign_font
from gms_desktop.documents.label_form import LabelLayout, Placing

_SCALE = 12
_EDGE = 4.0
_CAP = 12.0
_WORDS = 2.6
_INK, _FAINT, _PAPER = 0, 120, 255


def placing_png(layout: LabelLayout, placing: Placing) -> bytes:
    """The picture, as a PNG."""
    wide, tall = _CAP + placing.length + 2 * _EDGE, placing.round + 4 * _EDGE
    picture = Image.new("L", (_at(wide), _at(tall)), _PAPER)
    pen = ImageDraw.Draw(picture)
    face = ImageFont.truetype(str(sign_font()), _at(_WORDS))
    wall, top = _EDGE + _CAP, 2.5 * _EDGE
    _say(pen, face, _EDGE, _EDGE / 2, f"{layout.title}: the wall of {placing.on}, unrolled")
    _box(pen, _EDGE, top + 2, _CAP, placing.round - 4, 6)
    _say(pen, face, _EDGE + 2, top + placing.round / 2, "cap")
    _box(pen, wall, top, placing.length, placing.round, 3)
    _box(pen, wall + placing.down, top, layout.width, layout.height, 8)
    _say(pen, face, wall + placing.down + 3, top + layout.height / 2 - 3, f"our label, {layout.name}")
    _say(pen, face, wall + 1, top + 3, f"{placing.down:g} mm")
    free = top + layout.height
    _dashes(pen, wall, free, placing.length)
    _say(pen, face, wall + 3, free + 3, f"stays free, {placing.beside:g} mm round the tube:")
    _say(pen, face, wall + 3, free + 8, placing.keeps)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _at(length: float) -> int:
    return round(length * _SCALE)


def _say(pen: ImageDraw.ImageDraw, face: ImageFont.FreeTypeFont, x: float, y: float, said: str) -> None:
    pen.text((_at(x), _at(y)), said, fill=_INK, font=face)


def _box(pen: ImageDraw.ImageDraw, x: float, y: float, width: float, height: float, line: int) -> None:
    pen.rectangle((_at(x), _at(y), _at(x + width), _at(y + height)), outline=_INK, width=line)


def _dashes(pen: ImageDraw.ImageDraw, x: float, y: float, length: float) -> None:
    for dash in range(int(length / 2)):
        pen.line((_at(x + 2 * dash), _at(y), _at(x + 2 * dash + 1), _at(y)), fill=_FAINT, width=3)
