"""The letter that asks for another specimen, on A4."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial
from typing import Any

from gms_desktop.documents import repeat_request as words
from gms_desktop.documents.numbered_pages import numbered
from gms_desktop.documents.page_code import check_code, put_code
from gms_desktop.documents.paper import DOTS
from gms_desktop.documents.pdf_text import marked_up
from gms_desktop.documents.repeat_request import Letter

_MM = 72 / 25.4
_MARGIN, _TOP = 22 * _MM, 38 * _MM
_WIDTHS = (45 * _MM, 118 * _MM)


def repeat_request_pdf(letter: Letter, code: str) -> bytes:
    """The file; the same bytes for the same letter.

    Raises:
        LabelUnreadable: the code does not read back from the first page as exactly the document's own.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    file = io.BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_TOP,
        bottomMargin=_MARGIN,
        title=words.TITLE,
        author="gms_desktop",
        invariant=1,
        lang="en-GB",
    )
    document.build(_story(letter), onFirstPage=partial(_coded, code), canvasmaker=numbered(f"{words.TITLE}. "))
    content = file.getvalue()
    check_code(content, code)
    return content


def _coded(code: str, canvas: Any, _document: Any) -> None:
    canvas.saveState()
    canvas.scale(_MM / DOTS, _MM / DOTS)
    put_code(canvas, code)
    canvas.restoreState()


def _text(text: str, size: float = 10, *, bold: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    face = "Helvetica-Bold" if bold else "Helvetica"
    style = ParagraphStyle("text", fontName=face, fontSize=size, leading=size * 1.35, splitLongWords=1)
    return Paragraph(marked_up(text), style)


def _story(letter: Letter) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 5 * _MM)
    story = [_text(words.REHEARSAL, 13, bold=True), gap] if letter.rehearsal else []
    story += [_text(letter.laboratory, 12, bold=True), _text(f"Drafted {letter.made_at} by {letter.made_by}.", 9)]
    story += [_text(words.DRAFT, 9), gap, *(_text(line) for line in letter.to), gap]
    story += [_text(words.TITLE, 15, bold=True), gap, _facts(letter.patient), gap, _text(words.ASK)]
    if letter.irreplaceable:
        story += [gap, _text(words.IRREPLACEABLE, bold=True)]
    story += [gap, _text(words.WHY, 11, bold=True), *(_text(f"•  {reason}") for reason in letter.reasons)]
    if letter.comment:
        story.append(_text(f"“{letter.comment}”"))
    story += [gap, _text(words.ABOUT, 11, bold=True), _facts(letter.specimen), gap, gap]
    return [*story, *(_text(f"{name} {'_' * 40}") for name in words.SIGNED)]


def _facts(facts: Sequence[tuple[str, str]]) -> Any:
    from reportlab.platypus import Table

    rows = [[_text(name), _text(value or words.NOT_STATED, bold=True)] for name, value in facts]
    look = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    look += [("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)]
    return Table(rows, colWidths=_WIDTHS, style=look, hAlign="LEFT")
