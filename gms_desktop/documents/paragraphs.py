"""A paragraph as our papers have it."""

from __future__ import annotations

from typing import Any

from gms_desktop.documents.pdf_text import marked_up


def text(said: str, size: float = 8, *, bold: bool = False, right: bool = False) -> Any:
    """A paragraph."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    face = "Helvetica-Bold" if bold else "Helvetica"
    look = ParagraphStyle("text", fontName=face, fontSize=size, leading=size * 1.25, alignment=2 if right else 0)
    return Paragraph(marked_up(said), look)
