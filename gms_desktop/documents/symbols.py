"""Data Matrix and Code 128 as patterns of modules: one pixel a module, without quiet zone.

Code 128 is written here with python-barcode's table of bars and read back by zxing-cpp, so a fault in one shows.
python-barcode's own choice of subsets loses the first two digits of a code that begins with 99.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, cast

import zxingcpp
from PIL import Image

CODEWORDS = {10: 3, 12: 5, 14: 8, 16: 12, 18: 18, 20: 22, 22: 30, 24: 36, 26: 44}
"""Data codewords of a square Data Matrix by its side in modules (ISO/IEC 16022 table 7): one a character at worst."""

_START_TEXT, _START_PAIRS, _TO_TEXT, _TO_PAIRS, _FNC1 = 104, 105, 100, 99, 102
_SEPARATOR = "\x1d"
_RUNS = re.compile(r"((?:[0-9]{2}){2,})|((?:(?![0-9]{4}).)+)", re.DOTALL)
_VERSION = {side: version for version, side in enumerate(CODEWORDS, start=1)}


@lru_cache(maxsize=8)
def data_matrix(content: str, columns: int) -> Image.Image:
    """A square ECC 200 symbol of exactly that many modules a side, black on white.

    Raises:
        ValueError: no such square, or the content does not fit it.
    """
    if len(content) > CODEWORDS.get(columns, 0):
        raise ValueError(f"{content!r} does not fit a Data Matrix of {columns} by {columns} modules")
    options = f"forceSquare,version={_VERSION[columns]}"
    return _pattern(zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.DataMatrix, options=options))


def smallest_square(content: str) -> Image.Image:
    """The smallest square ECC 200 symbol that holds a content of any length, black on white.

    Raises:
        ValueError: no square holds it.
    """
    return _pattern(zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.DataMatrix, options="forceSquare"))


@lru_cache(maxsize=8)
def code128(content: str) -> Image.Image:
    """One row of modules, start to stop. A content with a group separator is GS1-128: FNC1 first, and at each GS.

    Raises:
        ValueError: a character that subset B does not have.
    """
    from barcode.charsets.code128 import CODES, STOP

    values = _gs1_values(content) if _SEPARATOR in content else _values(content)
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    modules = "".join(CODES[value] for value in (*values, check)) + STOP + "11"
    return Image.frombytes("L", (len(modules), 1), bytes(0 if bar == "1" else 255 for bar in modules))


def _values(content: str) -> list[int]:
    """Start, and a value for each character in subset B or, where four digits or more stand together, for each pair."""
    if not all(" " <= character <= "~" for character in content):
        raise ValueError(f"{content!r} does not fit a Code 128")
    values: list[int] = []
    for run in _RUNS.finditer(content):
        pairs, text = run[1], run[2]
        if pairs:
            values.append(_TO_PAIRS if values else _START_PAIRS)
            values += [int(pairs[at : at + 2]) for at in range(0, len(pairs), 2)]
        else:
            values.append(_TO_TEXT if values else _START_TEXT)
            values += [ord(character) - ord(" ") for character in text]
    return values


def _gs1_values(content: str) -> list[int]:
    values: list[int] = []
    for piece in content.split(_SEPARATOR):
        start, *rest = _values(piece)
        if not values:
            values = [start, _FNC1, *rest]
            continue
        into = _TO_PAIRS if start == _START_PAIRS else _TO_TEXT
        values += [_FNC1, *(() if _subset(values) == into else (into,)), *rest]
    return values


def _subset(values: list[int]) -> int:
    """Which subset stands at the end, as the value that leads into it."""
    now = _TO_PAIRS if values[0] == _START_PAIRS else _TO_TEXT
    for value in values[1:]:
        if value == (_TO_TEXT if now == _TO_PAIRS else _TO_PAIRS):
            now = value
    return now


def code128_modules(content: str) -> int:
    """The widest that an encoder may make it: all in subset B. Start, check and each character 11, stop 13."""
    return 11 * (len(content) + 2) + 13


def _pattern(barcode: zxingcpp.Barcode) -> Image.Image:
    drawn = barcode.to_image(scale=1, add_hrt=False, add_quiet_zones=False)
    height, width = drawn.shape
    dots: bytes = memoryview(cast("Any", drawn)).tobytes()
    return Image.frombytes("L", (width, height), dots)
