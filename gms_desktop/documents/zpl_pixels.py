"""An interpreter of the ZPL that ``label_zpl`` writes, from bytes to dots; any other command is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from PIL import Image, ImageChops

from gms_desktop.documents.fonts import platform_fonts
from gms_desktop.documents.graphic import unpacked
from gms_desktop.documents.lettering import draw_line, native_width
from gms_desktop.documents.symbols import code128, data_matrix

_COMMAND = re.compile(r"\^([A-Z][A-Z0-9])([^^~]*)")
Box = tuple[int, int, int, int]
_WHITE = 255
_SIDE = 8000
_SAID_ONCE = {("XA", ""), ("XZ", ""), ("CI", "28"), ("LH", "0,0"), ("PQ", "1,0,1,Y")}


class UnknownZplError(ValueError):
    """Bytes that are not exactly one label of ours."""


@dataclass
class _Field:
    """What the commands of one field have said so far."""

    x: int = 0
    y: int = 0
    data: str = ""
    indicator: str = ""
    shape: str = ""
    numbers: list[str] = field(default_factory=list)
    graphic: str = ""


def interpret(payload: bytes) -> Image.Image:
    """The label as dots: black 0 on white 255, one pixel a dot.

    Raises:
        UnknownZplError: a command that our labels do not have, a second label, or numbers that make no sense.
    """
    try:
        return _Label(payload).drawn()
    except (ValueError, IndexError) as fault:
        raise UnknownZplError(f"its ZPL cannot be read back ({fault})") from fault


class _Label:
    def __init__(self, payload: bytes) -> None:
        text = payload.decode("ascii").replace("\n", "")
        self._commands = [(found[1], found[2]) for found in _COMMAND.finditer(text)]
        if "".join(f"^{name}{rest}" for name, rest in self._commands) != text:
            raise UnknownZplError("its ZPL holds bytes outside any command")
        names = [name for name, _ in self._commands]
        if names[:1] != ["XA"] or names[-1:] != ["XZ"] or names.count("XA") + names.count("XZ") != 2:
            raise UnknownZplError("its ZPL is not exactly one label")
        self._paper = Image.new("L", (self._size("PW"), self._size("LL")), _WHITE)
        self._drawn: list[Box] = []
        self._field = _Field()
        self._module = 2

    def _size(self, name: str) -> int:
        size = int(next((rest for found, rest in self._commands if found == name), "0"))
        if not 0 < size <= _SIDE:
            raise UnknownZplError(f"its ZPL has no sensible ^{name}")
        return size

    def drawn(self) -> Image.Image:
        for name, rest in self._commands:
            self._obey(name, rest)
        return self._paper

    def _obey(self, name: str, rest: str) -> None:
        now = self._field
        if name == "FO":
            x, y = rest.split(",")
            self._field = _Field(int(x), int(y))
        elif name in {"A0", "BX", "BC"}:
            now.shape, now.numbers = name, rest.split(",")
        elif name == "GF":
            now.shape, now.graphic = name, rest
        elif name == "BY":
            self._module = int(rest.split(",", maxsplit=1)[0])
        elif name == "FH":
            now.indicator = rest
        elif name == "FD":
            now.data = unescaped(rest, now.indicator)
        elif name == "FS" and not rest:
            self._draw()
        elif (name, rest) not in _SAID_ONCE and name not in {"PW", "LL"}:
            raise UnknownZplError(f"its ZPL holds ^{name}{rest}, which no label of ours has")

    def _draw(self) -> None:
        drawers: dict[str, Callable[[_Field], tuple[Image.Image, int]]] = {
            "A0": _letters, "BX": _matrix, "BC": self._linear, "GF": _graphic,
        }  # fmt: skip
        if self._field.shape not in drawers:
            raise UnknownZplError("its ZPL has a field without a shape")
        picture, down = drawers[self._field.shape](self._field)
        x, y = self._field.x, self._field.y + down
        if x + picture.width > self._paper.width or y + picture.height > self._paper.height:
            raise UnknownZplError(f"a field at {x},{y} leaves the label")
        box = (x, y, x + picture.width, y + picture.height)
        if any(_overlap(box, other) for other in self._drawn):
            picture = ImageChops.darker(self._paper.crop(box), picture)
        self._paper.paste(picture, box)
        self._drawn.append(box)
        self._field = _Field()

    def _linear(self, now: _Field) -> tuple[Image.Image, int]:
        if [now.numbers[0], *now.numbers[2:]] != ["N", "N", "N", "N", "A"]:
            raise UnknownZplError("its ^BC is not upright, without text, in mode A")
        bars = code128(now.data)
        return bars.resize((bars.width * self._module, int(now.numbers[1])), Image.Resampling.NEAREST), 0


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def unescaped(data: str, indicator: str) -> str:
    """Field data with its hexadecimal bytes put back.

    Raises:
        UnknownZplError: the bytes are no UTF-8, or an indicator has no two digits after it.
    """
    if not indicator:
        return data
    pieces = data.split(indicator)
    try:
        raw = pieces[0].encode() + b"".join(bytes.fromhex(piece[:2]) + piece[2:].encode() for piece in pieces[1:])
        if any(len(piece) < 2 for piece in pieces[1:]):
            raise UnknownZplError(f"its field data have a broken {indicator} escape")
        return raw.decode("utf-8")
    except ValueError as fault:
        raise UnknownZplError(f"its field data are broken ({fault})") from fault


def _matrix(now: _Field) -> tuple[Image.Image, int]:
    turn, module, quality, columns, rows, _, escape = now.numbers
    if (turn, quality, escape) != ("N", "200", "_") or columns != rows:
        raise UnknownZplError("its ^BX is not an upright square ECC 200 symbol with _ as escape")
    squares = data_matrix(now.data.replace("__", "_"), int(columns))
    side = squares.width * int(module)
    return squares.resize((side, side), Image.Resampling.NEAREST), 0


def _letters(now: _Field) -> tuple[Image.Image, int]:
    height = int(now.numbers[1])
    ink = draw_line(now.data, height, platform_fonts())
    room = native_width(now.data, height)
    return ImageChops.invert(ink.picture.resize((room, ink.picture.height), Image.Resampling.NEAREST)), ink.top


def _graphic(now: _Field) -> tuple[Image.Image, int]:
    kind, total, count, row, data = now.graphic.split(",", 4)
    if kind != "A" or total != count:
        raise UnknownZplError("its ^GF is not of compressed hexadecimal digits")
    return _picture(data, int(row), int(total)), 0


@lru_cache(maxsize=8)
def _picture(data: str, row: int, total: int) -> Image.Image:
    """A graphic's dots: a sign of a run of labels is the same data on each."""
    return ImageChops.invert(Image.frombytes("1", (8 * row, total // row), unpacked(data, row, total)).convert("L"))
