"""A report over a period on A4: in one style with the other papers, the code of page 1 read back."""

from __future__ import annotations

from typing import Any

from gms_desktop.documents.coded_pages import MM, ROOM, Head, coded_pages
from gms_desktop.documents.coded_pages import text as _text
from gms_desktop.documents.coded_table import table
from gms_desktop.documents.control_drawing import control_drawing
from gms_desktop.documents.period_report import NOTHING, PeriodReport, ReportTable
from gms_desktop.documents.qc_report import ControlPicture
from gms_desktop.documents.rejection_report import Imprint, made

_FIRST = 42 * MM


def period_report_pdf(report: PeriodReport, imprint: Imprint, code: str) -> bytes:
    """The file.

    Raises:
        LabelUnreadable: the code does not read back from the first page as exactly the document's own.
    """
    period = f"Period: {report.start} to {report.end}. {made(imprint)}."
    head = Head(report.title, (period, f"Document {code}"), f"{report.title}. ", code)
    return coded_pages(head, imprint, _story(report))


def _story(report: PeriodReport) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 4 * MM)
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
    first = min(_FIRST, ROOM / len(one.columns) * 2)
    others = (ROOM - first) / max(1, len(one.columns) - 1)
    numbers = [all(isinstance(row[place], int) for row in one.rows) for place in range(len(one.columns))]
    head = [_text(name, bold=True, right=number) for name, number in zip(one.columns, numbers, strict=True)]
    rows = [[_text(str(cell), right=isinstance(cell, int)) for cell in row] for row in one.rows]
    return table([head, *rows], (first, *([others] * (len(one.columns) - 1))))
