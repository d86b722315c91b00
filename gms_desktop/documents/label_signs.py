"""Signs on labels, drawn dot by dot: the hazard triangle, and the mark UN3373 with its proper shipping name.

Letters of a sign are of the font that comes with the product, so that the sign is the same on every computer.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from functools import cached_property, lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from gms_desktop.documents.fonts import sign_font
from gms_desktop.documents.label_form import UN3373_LETTERS, UN3373_LINE

UN_NUMBER = "UN3373"
_INK = 255


@dataclass(frozen=True, eq=False)
class Sign:
    """A sign in dots, 255 where the head burns; kept with what is made of it, since it is the same on every label.

    Attributes:
        picture: every dot of it.
        squares: where it is a line round letters: how far the corners of a square on its corner lie from its middle, in
            dots, without and within the line; none for any other sign. To draw the square so costs a page a fraction
            of what its three million dots do.
        inside: the letters within.
    """

    picture: Image.Image
    squares: tuple[float, ...] = ()
    inside: Sign | None = None

    @cached_property
    def bits(self) -> bytes:
        """See ``one_bit``."""
        return one_bit(self.picture)

    @cached_property
    def packed(self) -> bytes:
        """The bits as a file keeps them, deflated."""
        return zlib.compress(self.bits)

    @cached_property
    def printed(self) -> Image.Image:
        """As it stands on white paper: 0 where the head burns."""
        return ImageChops.invert(self.picture)


def one_bit(picture: Image.Image) -> bytes:
    """One bit a dot, each row filled up to whole bytes."""
    return picture.convert("1", dither=Image.Dither.NONE).tobytes()


@lru_cache(maxsize=8)
def triangle(wide: int, tall: int) -> Sign:
    """A triangle with an exclamation mark."""
    line = max(2, wide // 9)
    picture = Image.new("L", (wide, tall), 0)
    pen = ImageDraw.Draw(picture)
    middle = (wide - 1) // 2
    pen.polygon([(middle, 0), (wide - 1, tall - 1), (0, tall - 1)], fill=_INK)
    inner = round(line * 1.6)
    pen.polygon([(middle, 2 * line), (wide - 1 - inner, tall - 1 - line), (inner, tall - 1 - line)], fill=0)
    left, right = middle - line // 2, middle + line // 2
    dot = round(tall * 0.74)
    pen.rectangle((left, round(tall * 0.42), right, round(tall * 0.65)), fill=_INK)
    pen.rectangle((left, dot, right, dot + line - 1), fill=_INK)
    return Sign(picture)


@lru_cache(maxsize=8)
def un3373(across: int, dots: int) -> Sign:
    """A square on its corner, ``across`` dots from corner to corner, with UN3373 in it."""
    picture = Image.new("L", (across, across), 0)
    line = math.ceil(UN3373_LINE * dots * math.sqrt(2)) + 1
    reach = across // 2, across // 2 - line
    for most, ink in zip(reach, (_INK, 0), strict=True):
        _square(picture, most, ink)
    letters = capitals(UN_NUMBER, math.ceil((UN3373_LETTERS + 1) * dots))
    picture.paste(letters.picture, centred(letters, across))
    # Half a dot further, a line runs between the dots that burn and those that do not.
    return Sign(picture, tuple(most + 0.5 for most in reach), letters)


def centred(letters: Sign, across: int) -> tuple[int, int]:
    """Where letters stand in the middle of a square so many dots across."""
    return (across - letters.picture.width) // 2, (across - letters.picture.height) // 2


def _square(picture: Image.Image, most: int, ink: int) -> None:
    """Every dot that lies at most so many dots from the middle, counted along rows and columns."""
    pen, across = ImageDraw.Draw(picture), picture.width
    for row in range(across):
        # Twice the distances, so that those from the middle between two dots are whole.
        beside = 2 * most - abs(2 * row - across + 1)
        if beside >= 0:
            pen.line(((across - 1 - beside) // 2, row, (across - 1 + beside) // 2, row), fill=ink)


@lru_cache(maxsize=16)
def capitals(text: str, height: int) -> Sign:
    """Lines of text whose capitals are ``height`` dots high, cropped to what is inked."""
    face = _face(height)
    canvas = Image.new("L", (round(max(map(face.getlength, text.split("\n")))) + 2 * height, 1), 0)
    lines = text.split("\n")
    pitch = round(height * 1.45)
    canvas = canvas.resize((canvas.width, pitch * (len(lines) + 1)))
    pen = ImageDraw.Draw(canvas)
    pen.fontmode = "1"
    for place, line in enumerate(lines):
        pen.text((height, height + place * pitch), line, fill=_INK, font=face, anchor="ls")
    return Sign(canvas.crop(canvas.getbbox() or (0, 0, 1, 1)))


def _face(height: int) -> ImageFont.FreeTypeFont:
    size = height
    while True:
        face = ImageFont.truetype(str(sign_font()), size)
        _, top, _, bottom = face.getbbox("H", anchor="ls", mode="1")
        if bottom - top >= height:
            return face
        size += 1
