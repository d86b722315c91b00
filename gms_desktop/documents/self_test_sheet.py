"""The self-test sheet on one page of A4: three codes that show a bench how its scanner is set.

Each code is read back from the pixels of the page, its FNC1 included, before the sheet is handed over.
"""

from __future__ import annotations

from typing import Any

import zxingcpp

from devices.scanners.self_test import CODES
from gms_desktop import self_test_words
from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.documents.label_drawing import LinearMark, Mark, MatrixMark
from gms_desktop.documents.label_pdf import put_mark
from gms_desktop.documents.label_pixels import rasters
from gms_desktop.documents.paper import DPI, TALL, box, mm, one_page, write

_LEFT, _WIDE = 19.0, 172.0
_TOP, _STEP, _HIGH = 66.0, 70.0, 62.0
_SYMBOLOGIES = {1: "]C0", 2: "]d1", 3: "]C1"}
_COLUMNS, _SQUARE, _BAR, _BARS_HIGH = 18, 12, 4, 18.0


def self_test_sheet() -> bytes:
    """The PDF, proved from its pixels.

    Raises:
        LabelUnreadable: a code does not read back as what it is meant to hold.
    """
    made = one_page(self_test_words.SHEET_TITLE, _draw)
    read = codes_on(made)
    wanted = {(_SYMBOLOGIES[number], content) for number, content in CODES.items()}
    if set(read) != wanted or len(read) != len(wanted):
        listed = ", ".join(sorted(f"{text!r}" for _, text in read)) or "no code at all"
        raise LabelUnreadable(f"The sheet was not made: its codes read back as {listed}.")
    return made


def codes_on(sheet: bytes) -> list[tuple[str, str]]:
    """Every code on a sheet, from its pixels: its AIM identifier and its content."""
    [picture] = rasters(sheet, DPI)
    found = zxingcpp.read_barcodes(picture, try_rotate=False, try_invert=False, try_downscale=False)
    return [(code.symbology_identifier, code.bytes.decode("latin-1")) for code in found]


def _draw(page: Any) -> None:
    y = 8 + write(page, self_test_words.SHEET_TITLE, _LEFT, 8, _WIDE, 7, bold=True) + 3
    for line in self_test_words.SHEET_HOW:
        y += write(page, line, _LEFT, y, _WIDE, 4) + 1.5
    for number in CODES:
        _code(page, number, _TOP + (number - 1) * _STEP)
    write(page, self_test_words.SHEET_FOOT, _LEFT, 281, _WIDE, 3.4)


def _code(page: Any, number: int, top: float) -> None:
    title, shows = self_test_words.SHEET_CODES[number]
    box(page, _LEFT, top, _WIDE, _HIGH)
    write(page, f"{number}. {title}", _LEFT + 5, top + 4, _WIDE - 10, 6, bold=True)
    write(page, shows, _LEFT + 5, top + 13, _WIDE - 10, 4)
    put_mark(page, _mark(number, _LEFT + 25, top + 28), TALL)


def _mark(number: int, x: float, y: float) -> Mark:
    content = CODES[number]
    if number == 2:
        return MatrixMark(mm(x), mm(y), _SQUARE, _COLUMNS, content)
    return LinearMark(mm(x), mm(y), _BAR, mm(_BARS_HIGH), content)
