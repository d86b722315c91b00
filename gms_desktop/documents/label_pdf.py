"""A drawing as a PDF of one page, exactly the label's size, for printers that are reached through the system's queue.

Codes are vectors on whole dots of the print head it is meant for, so it is rastered and printed unscaled. Nothing about
the patient stands in the file's metadata.
"""

from __future__ import annotations

import io
import re
from hashlib import sha256
from typing import Any

from PIL import Image

from gms_desktop.documents.label_drawing import Drawing, LinearMark, Mark, MatrixMark, PictureMark, TextMark
from gms_desktop.documents.label_signs import centred
from gms_desktop.documents.lettering import BASELINE
from gms_desktop.documents.symbols import code128, data_matrix

_POINTS_PER_MM = 72 / 25.4
_FACE = "Helvetica-Bold"
_INSIDE = 0.05
"""Dots by which a picture or bar is drawn smaller on each side: whoever draws the page takes every dot that is touched,
and a hair beyond its edge would stretch it by one, so that no dot of it stood where it belongs."""
_DARK = re.compile(rb"\x00+")


def pdf(*drawings: Drawing) -> bytes:
    """The file, a page for each label, the same bytes for the same drawings."""
    from reportlab.pdfbase.pdfdoc import PDFZCompress
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    page = Canvas(file, invariant=1, pageCompression=0)
    # Deflated by this: what reportlab does by itself writes them as text besides, in Python, sign by sign.
    page._doc.defaultStreamFilters = [PDFZCompress]  # noqa: SLF001 - it has no other way to say so for one file
    page.setTitle("Labels" if len(drawings) > 1 else "Label")
    page.setAuthor("gms_desktop")
    page.setSubject("")
    for drawing in drawings:
        point = _POINTS_PER_MM / drawing.dots
        page.setPageSize((drawing.width * point, drawing.height * point))
        page.scale(point, point)
        for mark in drawing.marks:
            put_mark(page, mark, drawing.height)
        page.showPage()
    page.save()
    return file.getvalue()


def put_mark(page: Any, mark: Mark, tall: int) -> None:
    """Draw one mark on a page whose unit is a dot and which is ``tall`` dots high."""
    if isinstance(mark, TextMark):
        page.setFont(_FACE, mark.height)
        page.drawString(mark.x, tall - mark.y - BASELINE * mark.height, mark.text)
    elif isinstance(mark, PictureMark):
        _put_picture(page, mark, tall)
    elif isinstance(mark, MatrixMark):
        _modules(page, data_matrix(mark.content, mark.columns), mark, mark.module, tall)
    else:
        _bars(page, mark, tall)


def _modules(page: Any, pattern: Image.Image, mark: MatrixMark, high: int, tall: int) -> None:
    """Each row of modules as the fewest rectangles, in one path so that no seam is drawn between neighbours."""
    wide, modules = pattern.width, pattern.tobytes()
    path = ["n"]
    for row in range(pattern.height):
        bottom = tall - mark.y - (row + 1) * high
        for run in _DARK.finditer(modules, row * wide, (row + 1) * wide):
            left = mark.x + (run.start() - row * wide) * mark.module
            path.append(f"{left} {bottom} {(run.end() - run.start()) * mark.module} {high} re")
    path.append("f*")
    # Whole numbers need none of the rounding that a path object of reportlab does for each of its rectangles.
    page.addLiteral("\n".join(path))


def _bars(page: Any, mark: LinearMark, tall: int) -> None:
    """Each bar by itself: whoever draws the page fills a single rectangle at once, and many in one path dot by dot."""
    pattern = code128(mark.content)
    bottom, high = tall - mark.y - mark.height + _INSIDE, mark.height - 2 * _INSIDE
    bars = [
        f"{mark.x + run.start() * mark.module + _INSIDE:.2f} {bottom:.2f} "
        f"{(run.end() - run.start()) * mark.module - 2 * _INSIDE:.2f} {high:.2f} re f"
        for run in _DARK.finditer(pattern.tobytes(), 0, pattern.width)
    ]
    page.addLiteral("\n".join(bars))


def _put_picture(page: Any, mark: PictureMark, tall: int) -> None:
    if mark.sign is None or mark.sign.inside is None:
        _picture(page, mark, tall)
        return
    across, letters = mark.picture.width, mark.sign.inside
    middle, up = mark.x + across / 2, tall - mark.y - across / 2
    path = []
    for far in mark.sign.squares:
        corners = ((middle, up + far), (middle + far, up), (middle, up - far), (middle - far, up))
        path += [f"{x} {y} {'l' if place else 'm'}" for place, (x, y) in enumerate(corners)]
        path.append("h")
    page.addLiteral("\n".join((*path, "f*")))
    beside, below = centred(letters, across)
    _picture(page, PictureMark(mark.x + beside, mark.y + below, letters.picture, letters), tall)


def _picture(page: Any, mark: PictureMark, tall: int) -> None:
    """A picture of one bit a dot, kept once in the file however many of its labels show it.

    What reportlab does by itself is 24 bits a dot: of a diamond at 600 dpi 9 MB, to be packed here and unpacked by
    whoever draws the page.
    """
    wide, high = mark.picture.size
    name = sha256(mark.packed).hexdigest()
    if not page.hasForm(name):
        page._doc.addForm(name, _kept(mark))  # noqa: SLF001 - reportlab has no other way to keep a picture of its own
    page.saveState()
    page.translate(mark.x + _INSIDE, tall - mark.y - high + _INSIDE)
    page.scale(wide - 2 * _INSIDE, high - 2 * _INSIDE)
    page.doForm(name)
    page.restoreState()


def _kept(mark: PictureMark) -> Any:
    from reportlab.pdfbase import pdfdoc

    about = {
        "Type": pdfdoc.PDFName("XObject"),
        "Subtype": pdfdoc.PDFName("Image"),
        "Width": mark.picture.width,
        "Height": mark.picture.height,
        "BitsPerComponent": 1,
        "ColorSpace": pdfdoc.PDFName("DeviceGray"),
        "Decode": pdfdoc.PDFArray([1, 0]),
        "Filter": pdfdoc.PDFName("FlateDecode"),
    }
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(about), mark.packed, filters=[])
