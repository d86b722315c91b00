"""The report of unacceptable specimens on A4: in one style with the other papers, the code of page 1 read back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gms_desktop.documents import rejection_report as words
from gms_desktop.documents.coded_pages import MM, Head, coded_pages
from gms_desktop.documents.coded_table import table
from gms_desktop.documents.paragraphs import text as _small
from gms_desktop.documents.rejection_report import Imprint, QcRow, Report, Row

_WIDTHS = tuple(width * MM for width in (42, 38, 17, 23, 14, 15, 37))
_NUMBERS_FROM, _NUMBERS_TO = 2, 4
_MANY, _LONG = 15, 300


def rejection_report_pdf(report: Report, imprint: Imprint, code: str) -> bytes:
    """The file. Numbers and rates are printed as the service gave them; nothing is cut and nothing signed.

    Raises:
        LabelUnreadable: the code does not read back from the first page as exactly the document's own.
    """
    lines = (f"{words.period(report)}. {words.made(imprint)}.", f"Document {code}")
    return coded_pages(Head(words.TITLE, lines, f"{words.TITLE}. ", code), imprint, _story(report))


def _text(text: str, size: float = 9, *, bold: bool = False, right: bool = False) -> Any:
    return _small(text, size, bold=bold, right=right)


def _story(report: Report) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 4 * MM)
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
    return table(cells, tuple(30 * MM for _ in head), split=True)


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
    return table([head, *rows], (60 * MM, 25 * MM))
