"""A page of A4 in whole dots of a 300 dpi printer, on which codes of labels stand among words; printed at 100 %."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from gms_desktop.documents.label_form import dots_per_mm
from gms_desktop.documents.numbered_pages import made_with
from gms_desktop.documents.pdf_text import marked_up

DPI = 300
DOTS = dots_per_mm(DPI)
WIDE, TALL = 210 * DOTS, 297 * DOTS
_POINT = 72 / 25.4 / DOTS
_FOOT_LEFT, _FOOT_DOWN, _FOOT_SIZE = 158.0, 290.5, 3.0


def mm(length: float) -> int:
    """Millimetres in whole dots."""
    return round(length * DOTS)


def one_page(title: str, draw: Callable[[Any], None]) -> bytes:
    """The PDF of one page that ``draw`` fills, the same bytes for the same page, without metadata."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    page = Canvas(file, pagesize=(WIDE * _POINT, TALL * _POINT), invariant=1)
    page.setTitle(title)
    page.setAuthor("gms_desktop")
    page.scale(_POINT, _POINT)
    draw(page)
    write(page, f"{made_with()}. Page 1 of 1", _FOOT_LEFT, _FOOT_DOWN, 50, _FOOT_SIZE)
    page.showPage()
    page.save()
    return file.getvalue()


def write(page: Any, said: str, x: float, y: float, width: float, size: float, *, bold: bool = False) -> float:
    """Write a text from its top left corner, in lines as wide as said, all in millimetres; the height it took."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    face, height = "Helvetica-Bold" if bold else "Helvetica", mm(size)
    made = Paragraph(marked_up(said), ParagraphStyle("text", fontName=face, fontSize=height, leading=height * 1.2))
    took: float = made.wrapOn(page, mm(width), TALL)[1]
    made.drawOn(page, mm(x), TALL - mm(y) - took)
    return took / DOTS


def box(page: Any, x: float, y: float, width: float, height: float) -> None:
    """A thin line round a place, in millimetres."""
    page.setLineWidth(2)
    page.rect(mm(x), TALL - mm(y) - mm(height), mm(width), mm(height))
