"""The signed file on a letter: a short series of Data Matrix codes, four beside each other, read back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.documents.label_pixels import rasters
from gms_desktop.documents.label_reading import decode
from gms_desktop.documents.paper import DOTS, DPI
from gms_desktop.documents.symbols import smallest_square

_BESIDE = 4
_MODULE = 5
"""Dots of a module: 0.42 mm, which a hand scanner reads from a desk (ISO/IEC 15415 asks 0.25 mm and more)."""
_COLUMN, _ROW = 46.5, 36.0
"""Millimetres from code to code: the largest is 26.7 mm wide, so that a scanner sees one at a time."""
_POINT = 72 / 25.4


def codes(series: Sequence[str]) -> Any:
    """The codes with their places as a table for a page."""
    from reportlab.platypus import Table

    cells: list[Any] = [[_picture(text), _place(text)] for text in series]
    rows = [cells[at : at + _BESIDE] for at in range(0, len(cells), _BESIDE)]
    look = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    # A single row of fewer codes is a table of as many columns.
    wide = min(_BESIDE, len(cells))
    filled = [[*row, *([""] * (wide - len(row)))] for row in rows]
    return Table(
        filled, colWidths=[_COLUMN * _POINT] * wide, rowHeights=[_ROW * _POINT] * len(rows), style=look, hAlign="LEFT"
    )


def check(file: bytes, series: Sequence[str]) -> None:
    """Read the whole series back from the pages.

    Raises:
        LabelUnreadable: a code of it does not read back from the pages' own pixels.
    """
    awaited = set(series)
    for picture in rasters(file, DPI) if awaited else ():
        awaited -= {text for symbology, text in decode(picture) if symbology == "Data Matrix"}
        if not awaited:
            return
    if awaited:
        raise LabelUnreadable(f"The letter was not made: {len(awaited)} of {len(series)} codes do not read back")


def _picture(text: str) -> Any:
    """One dot a module, which a page shows without smoothing it."""
    from reportlab.platypus import Image

    drawn, symbol = io.BytesIO(), smallest_square(text)
    symbol.save(drawn, "PNG")
    drawn.seek(0)
    side = symbol.width * _MODULE / DOTS * _POINT
    return Image(drawn, side, side, hAlign="LEFT")


def _place(text: str) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    _, _, number, of, _ = text.split("/")
    return Paragraph(f"{number} of {of}", ParagraphStyle("place", fontName="Helvetica", fontSize=9, leading=11))
