"""The report of unacceptable specimens on A4, each page with laboratory, period, maker and page n of m."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from gms_desktop.documents import rejection_report as words
from gms_desktop.documents.pdf_text import marked_up
from gms_desktop.documents.rejection_report import Imprint, QcRow, Report, Row

_MM = 72 / 25.4
_MARGIN = 15 * _MM
_HEAD = 30 * _MM
_FOOT = 12 * _MM
_WIDTHS = tuple(width * _MM for width in (40, 36, 17, 23, 14, 15, 35))
_NUMBERS_FROM, _NUMBERS_TO = 2, 4
_MANY, _LONG = 15, 300
_LINE, _BAND = "#768692", "#e8edee"


def rejection_report_pdf(report: Report, imprint: Imprint) -> bytes:
    """The file. Numbers and rates are printed as the service gave them; nothing is cut and nothing signed."""
    pages = _build(report, imprint, 0)[1]
    return _build(report, imprint, pages)[0]


def _build(report: Report, imprint: Imprint, pages: int) -> tuple[bytes, int]:
    """The file and its number of pages; it is built twice, since page 1 names the last."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    file = io.BytesIO()
    document = BaseDocTemplate(
        file, pagesize=A4, title="Unacceptable specimens", author="gms_desktop", invariant=1, lang="en-GB"
    )
    width, height = A4
    frame = Frame(_MARGIN, _FOOT, width - 2 * _MARGIN, height - _HEAD - _FOOT, 0, 0, 0, 0)

    def furnish(canvas: Any, laid: Any) -> None:
        _furnish(canvas, report, imprint, f"Page {laid.page} of {pages}")

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=furnish)])
    document.build(_story(report))
    return file.getvalue(), document.page


def _style(size: float, *, bold: bool = False, right: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    face = "Helvetica-Bold" if bold else "Helvetica"
    return ParagraphStyle("text", fontName=face, fontSize=size, leading=size * 1.25, alignment=2 if right else 0)


def _text(text: str, size: float = 9, *, bold: bool = False, right: bool = False) -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(marked_up(text), _style(size, bold=bold, right=right))


def _furnish(canvas: Any, report: Report, imprint: Imprint, page: str) -> None:
    wide, tall = canvas._pagesize  # noqa: SLF001 - reportlab has no other name for it
    room = wide - 2 * _MARGIN
    lines = [_text(imprint.laboratory, 11, bold=True), _text(f"{words.period(report)}. {words.made(imprint)}.")]
    if imprint.rehearsal:
        lines.insert(0, _text(words.REHEARSAL, 13, bold=True))
    y = tall - 8 * _MM
    for line in lines:
        y -= line.wrapOn(canvas, room, _HEAD)[1]
        line.drawOn(canvas, _MARGIN, y)
    foot = _text(page, right=True)
    foot.wrapOn(canvas, room, _FOOT)
    foot.drawOn(canvas, _MARGIN, 5 * _MM)


def _story(report: Report) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 4 * _MM)
    story = [_text(report.heading, 14, bold=True), gap, _text(words.totals(report))]
    story.append(_text(report.threshold or words.NO_THRESHOLD))
    story += [_text(problem, bold=True) for problem in report.problems]
    story += [gap, _rows(report.rows) if report.rows else _text(words.NO_ROWS)]
    story += [gap, _text(words.OUTSIDE, 11, bold=True), gap]
    story.append(_outside(report.outside) if report.outside else _text(words.NOTHING_OUTSIDE))
    if report.qc:
        story += [gap, _text(words.QC_TITLE, 11, bold=True), _text(words.QC_HOW), gap, _qc(report.qc)]
    return story


def _qc(rows: Sequence[QcRow]) -> Any:
    head = [_text(name, 8, bold=True) for name in words.QC_COLUMNS]
    cells = [head, *([_text(cell) for cell in words.qc_cells(row)] for row in rows)]
    return table(cells, tuple(30 * _MM for _ in head), split=True)


def _rows(rows: Sequence[Row]) -> Any:
    head = [
        _text(name, 8, bold=True, right=_NUMBERS_FROM <= place <= _NUMBERS_TO)
        for place, name in enumerate(words.COLUMNS)
    ]
    return table([head, *map(_row, rows)], _WIDTHS, split=any(map(_tall, rows)))


def _row(row: Row) -> list[Any]:
    return [
        _text(row.requestor),
        _text(row.location),
        _text(str(row.received), right=True),
        _text(str(row.unacceptable), right=True),
        _text(row.rate, right=True),
        _text(words.error_rate(row), bold=True),
        [_text(line) for line in words.reason_lines(row)],
    ]


def _tall(row: Row) -> bool:
    """Whether a row may be taller than a page, so that it must be split in itself."""
    return len(row.reasons) > _MANY or max(map(len, (row.requestor, row.location, *words.reason_lines(row)))) > _LONG


def _outside(outside: Sequence[tuple[str, int]]) -> Any:
    material, received = words.OUTSIDE_COLUMNS
    head = [_text(material, 8, bold=True), _text(received, 8, bold=True, right=True)]
    rows = [[_text(kind), _text(str(count), right=True)] for kind, count in outside]
    return table([head, *rows], (60 * _MM, 25 * _MM))


def table(cells: list[list[Any]], widths: tuple[float, ...], *, split: bool = False) -> Any:
    """A table whose first row is repeated on each page; ``split`` lets a row that is taller than a page go on."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table

    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(_BAND)),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(_LINE)),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    return Table(cells, colWidths=widths, repeatRows=1, splitInRow=int(split), style=look, hAlign="LEFT")
