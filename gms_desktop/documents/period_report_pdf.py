"""A report over a period on A4: in one style with the other papers, the code of page 1 read back."""

from __future__ import annotations

import io
from typing import Any

from gms_desktop.documents.control_drawing import control_drawing
from gms_desktop.documents.numbered_pages import numbered
from gms_desktop.documents.page_code import check_code, put_code
from gms_desktop.documents.paper import DOTS
from gms_desktop.documents.pdf_text import marked_up
from gms_desktop.documents.period_report import NOTHING, PeriodReport, ReportTable
from gms_desktop.documents.qc_report import ControlPicture
from gms_desktop.documents.rejection_report import REHEARSAL, Imprint, made
from gms_desktop.documents.rejection_report_pdf import table

_MM = 72 / 25.4
_MARGIN, _HEAD, _FOOT = 12 * _MM, 38 * _MM, 12 * _MM
_CODE_ROOM = 28 * _MM
_ROOM, _FIRST = 186 * _MM, 42 * _MM


def period_report_pdf(report: PeriodReport, imprint: Imprint, code: str) -> bytes:
    """The file.

    Raises:
        LabelUnreadable: the code does not read back from the first page as exactly the document's own.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4, title=report.title, author="gms_desktop", invariant=1, lang="en-GB")
    wide, tall = A4
    frame = Frame(_MARGIN, _FOOT, wide - 2 * _MARGIN, tall - _HEAD - _FOOT, 0, 0, 0, 0)

    def furnish(canvas: Any, laid: Any) -> None:
        _furnish(canvas, report, imprint, code, laid.page)

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=furnish)])
    document.build(_story(report), canvasmaker=numbered(f"{report.title}. "))
    content = file.getvalue()
    check_code(content, code)
    return content


def _text(text: str, size: float = 8, *, bold: bool = False, right: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    face = "Helvetica-Bold" if bold else "Helvetica"
    look = ParagraphStyle("text", fontName=face, fontSize=size, leading=size * 1.25, alignment=2 if right else 0)
    return Paragraph(marked_up(text), look)


def _furnish(canvas: Any, report: PeriodReport, imprint: Imprint, code: str, page: int) -> None:
    wide, tall = canvas._pagesize  # noqa: SLF001 - reportlab has no other name for it
    lines = [_text(imprint.laboratory, 10, bold=True), _text(report.title, 12, bold=True)]
    lines.append(_text(f"Period: {report.start} to {report.end}. {made(imprint)}.", 9))
    lines.append(_text(f"Document {code}", 9))
    if imprint.rehearsal:
        lines.insert(0, _text(REHEARSAL, 12, bold=True))
    y = tall - 8 * _MM
    for line in lines:
        y -= line.wrapOn(canvas, wide - 2 * _MARGIN - _CODE_ROOM, _HEAD)[1]
        line.drawOn(canvas, _MARGIN, y)
    if page == 1:
        canvas.saveState()
        canvas.scale(72 / 25.4 / DOTS, 72 / 25.4 / DOTS)
        put_code(canvas, code)
        canvas.restoreState()


def _story(report: PeriodReport) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 4 * _MM)
    story = [_text(report.heading, 12, bold=True), *(_text(note) for note in report.notes)]
    for one in report.tables:
        story += [gap, _text(one.title, 11, bold=True), *([_text(one.how)] if one.how else []), gap]
        story.append(_table(one) if one.rows else _text(NOTHING))
    return story + [part for one in report.pictures for part in (gap, _picture(one))]


def _picture(one: ControlPicture) -> Any:
    """A course with its title, on one page."""
    from reportlab.platypus import KeepTogether

    return KeepTogether([_text(one.title, 10, bold=True), _text(one.how), control_drawing(one)])


def _table(one: ReportTable) -> Any:
    first = min(_FIRST, _ROOM / len(one.columns) * 2)
    others = (_ROOM - first) / max(1, len(one.columns) - 1)
    numbers = [all(isinstance(row[place], int) for row in one.rows) for place in range(len(one.columns))]
    head = [_text(name, bold=True, right=number) for name, number in zip(one.columns, numbers, strict=True)]
    rows = [[_text(str(cell), right=isinstance(cell, int)) for cell in row] for row in one.rows]
    return table([head, *rows], (first, *([others] * (len(one.columns) - 1))))
