"""The Data Matrix at the top right of a page, read back from the page's own pixels before the page is handed over."""

from __future__ import annotations

from typing import Any

from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.documents.label_drawing import MatrixMark
from gms_desktop.documents.label_pdf import put_mark
from gms_desktop.documents.label_pixels import rasters
from gms_desktop.documents.label_reading import decode
from gms_desktop.documents.paper import DPI, TALL, mm

_X, _Y, _SIDE = 170.0, 10.0, 24.0
_COLUMNS, _SQUARE = 26, 8


def put_code(page: Any, code: str) -> None:
    """Draw the code with its quiet zone."""
    quiet = mm(_SIDE) - _COLUMNS * _SQUARE
    put_mark(page, MatrixMark(mm(_X) + quiet // 2, mm(_Y) + quiet // 2, _SQUARE, _COLUMNS, code), TALL)


def picture_of(made: bytes, code: str) -> Any:
    """The picture of a page whose code reads back.

    Raises:
        LabelUnreadable: the code does not read back from the page as exactly what was drawn.
    """
    [picture] = rasters(made, DPI)
    _read_back(picture, code)
    return picture


def check_code(made: bytes, code: str) -> None:
    """Read the code of a first page back.

    Raises:
        LabelUnreadable: as :func:`picture_of`.
    """
    _read_back(next(rasters(made, DPI)), code)


def _read_back(picture: Any, code: str) -> None:
    found = decode(picture.crop((mm(_X), mm(_Y), mm(_X + _SIDE), mm(_Y + _SIDE))))
    # The even edge of a Data Matrix passes for two digits of another symbology now and then.
    read = tuple(text for symbology, text in found if symbology == "Data Matrix")
    if read != (code,):
        raise LabelUnreadable(f"The page was not made: its code reads back as {', '.join(read) or 'no code at all'}")
