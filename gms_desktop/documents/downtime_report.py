"""The account of downtime numbers on paper and as a workbook: every issued number with what became of it.

The values are those of ``services.views.DowntimeReport``, described here by their shape since services stand on
documents.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Protocol

from gms_desktop.documents.numbered_pages import made_with
from gms_desktop.documents.pdf_text import marked_up
from gms_desktop.documents.rejection_report import REHEARSAL, Imprint, made

TITLE = "Downtime numbers"
PACK_COLUMNS = ("Printed", "Set", "Bench", "Numbers", "issued", "used", "spoiled", "not used", "missing", "open")
COLUMNS = ("Number", "What became of it", "Specimen", "Really received", "By", "Entered", "Entered by", "Why not used")
NO_NUMBERS = "No downtime number has been printed."
OPEN = "Open: issued, and neither used nor accounted for."
SIGNED = "Checked against the control sheets and the paper forms.   Name, signature, day:"

_MM = 72 / 25.4
_MARGIN = 12 * _MM
_PACK_WIDTHS = tuple(width * _MM for width in (34, 38, 36, 62, 16, 16, 17, 19, 18, 16))
_WIDTHS = tuple(width * _MM for width in (34, 34, 34, 36, 34, 34, 30, 36))


class PackRow(Protocol):
    """One pack and its counts."""

    @property
    def printed(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def bench(self) -> str: ...  # noqa: D102
    @property
    def numbers(self) -> str: ...  # noqa: D102
    @property
    def issued(self) -> int: ...  # noqa: D102
    @property
    def used(self) -> int: ...  # noqa: D102
    @property
    def spoiled(self) -> int: ...  # noqa: D102
    @property
    def not_used(self) -> int: ...  # noqa: D102
    @property
    def missing(self) -> int: ...  # noqa: D102
    @property
    def open(self) -> int: ...  # noqa: D102


class NumberRow(Protocol):
    """One number and what became of it."""

    @property
    def number(self) -> str: ...  # noqa: D102
    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def specimen(self) -> str: ...  # noqa: D102
    @property
    def happened(self) -> str: ...  # noqa: D102
    @property
    def who(self) -> str: ...  # noqa: D102
    @property
    def entered(self) -> str: ...  # noqa: D102
    @property
    def entered_by(self) -> str: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102


class Report(Protocol):
    """The account, as the service made it."""

    @property
    def heading(self) -> str: ...  # noqa: D102
    @property
    def packs(self) -> Sequence[PackRow]: ...  # noqa: D102
    @property
    def numbers(self) -> Sequence[NumberRow]: ...  # noqa: D102
    @property
    def totals(self) -> Sequence[tuple[str, int]]: ...  # noqa: D102


def totals_words(report: Report) -> str:
    """The counts of all packs in words."""
    return ", ".join(f"{name} {count}" for name, count in report.totals)


def pack_cells(row: PackRow) -> tuple[str | int, ...]:
    """A pack's cells in the order of :data:`PACK_COLUMNS`."""
    counts = (row.issued, row.used, row.spoiled, row.not_used, row.missing, row.open)
    return (row.printed, row.name, row.bench, row.numbers, *counts)


def number_cells(row: NumberRow) -> tuple[str, ...]:
    """A number's cells in the order of :data:`COLUMNS`."""
    return row.number, row.state, row.specimen, row.happened, row.who, row.entered, row.entered_by, row.reason


def downtime_report_xlsx(report: Report, imprint: Imprint) -> bytes:
    """The workbook: sheets "Numbers", "Packs" and "About"."""
    from openpyxl import Workbook

    from gms_desktop.documents.rejection_report_xlsx import fill

    book = Workbook()
    book.properties.creator = "gms_desktop"
    book.properties.title = TITLE
    book.worksheets[0].title = "Numbers"
    fill(book.worksheets[0], COLUMNS, map(number_cells, report.numbers), imprint)
    fill(book.create_sheet("Packs"), PACK_COLUMNS, map(pack_cells, report.packs), imprint)
    about = [("Report", report.heading), ("Laboratory", imprint.laboratory)]
    about += [("Made at", imprint.made_at), ("Made by", imprint.made_by)]
    fill(book.create_sheet("About"), ("About", "Words"), [*about, *report.totals], imprint)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def downtime_report_pdf(report: Report, imprint: Imprint) -> bytes:
    """The file, A4 across; each page with laboratory, maker and page n of m."""
    pages = _build(report, imprint, 0)[1]
    return _build(report, imprint, pages)[0]


def _build(report: Report, imprint: Imprint, pages: int) -> tuple[bytes, int]:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    file, size = io.BytesIO(), landscape(A4)
    document = BaseDocTemplate(file, pagesize=size, title=TITLE, author="gms_desktop", invariant=1, lang="en-GB")
    wide, tall = size
    frame = Frame(_MARGIN, 12 * _MM, wide - 2 * _MARGIN, tall - 38 * _MM, 0, 0, 0, 0)

    def furnish(canvas: Any, laid: Any) -> None:
        lines = [
            _text(imprint.laboratory, 11, bold=True),
            _text(f"{made(imprint)} with {made_with()}.   Page {laid.page} of {pages}"),
        ]
        if imprint.rehearsal:
            lines.insert(0, _text(REHEARSAL, 13, bold=True))
        y = tall - 8 * _MM
        for line in lines:
            y -= line.wrapOn(canvas, wide - 2 * _MARGIN, tall)[1]
            line.drawOn(canvas, _MARGIN, y)

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=furnish)])
    document.build(_story(report))
    return file.getvalue(), document.page


def _story(report: Report) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 4 * _MM)
    story = [_text(report.heading, 14, bold=True), _text(totals_words(report)), _text(OPEN), gap]
    if not report.numbers:
        return [*story, _text(NO_NUMBERS)]
    story += [_table(PACK_COLUMNS, [pack_cells(row) for row in report.packs], _PACK_WIDTHS), gap]
    story += [_table(COLUMNS, [number_cells(row) for row in report.numbers], _WIDTHS), gap, gap]
    return [*story, _text(SIGNED)]


def _text(text: str, size: float = 9, *, bold: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    face = "Helvetica-Bold" if bold else "Helvetica"
    return Paragraph(marked_up(text), ParagraphStyle("text", fontName=face, fontSize=size, leading=size * 1.25))


def _table(columns: tuple[str, ...], rows: Sequence[Sequence[str | int]], widths: tuple[float, ...]) -> Any:
    from gms_desktop.documents.coded_table import table

    cells = [[_text(name, 8, bold=True) for name in columns]]
    cells += [[_text(str(value), 8) for value in row] for row in rows]
    return table(cells, widths)
