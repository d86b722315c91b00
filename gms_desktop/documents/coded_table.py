"""A table as our papers have them: a band over the columns, a thin line under each row."""

from __future__ import annotations

from typing import Any

_LINE, _BAND = "#768692", "#e8edee"


def table(cells: list[list[Any]], widths: tuple[float, ...], *, split: bool = False) -> Any:
    """A table whose first row is repeated on each page; ``split`` lets a row that is taller than a page go on."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table

    from gms_desktop.documents.tall_rows import tall_rows

    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(_BAND)),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(_LINE)),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    made = tall_rows() if split else Table
    return made(cells, colWidths=widths, repeatRows=1, style=look, hAlign="LEFT")
