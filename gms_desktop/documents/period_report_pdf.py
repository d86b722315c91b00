"""A report over a period on A4: in one style with the other papers, the code of page 1 read back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gms_desktop.documents.coded_pages import MM, ROOM, Head, coded_pages
from gms_desktop.documents.coded_table import table
from gms_desktop.documents.control_drawing import control_drawing
from gms_desktop.documents.paragraphs import text as _text
from gms_desktop.documents.period_report import MISSING, NOTHING, PeriodReport, ReportTable
from gms_desktop.documents.qc_report import ControlPicture
from gms_desktop.documents.rejection_report import Imprint, made
from gms_desktop.domain import dates

_FIRST = 42 * MM
_PADDING = 8


def period_report_pdf(report: PeriodReport, imprint: Imprint, code: str) -> bytes:
    """The file.

    Raises:
        LabelUnreadable: the code does not read back from the first page as exactly the document's own.
    """
    period = f"Period: {_day(report.start)} to {_day(report.end)}. {made(imprint)}."
    head = Head(report.title, (period, f"Document {code}"), f"{report.title}. ", code)
    return coded_pages(head, imprint, _story(report))


def _day(said: str) -> str:
    """A day as our papers write it; what is none stays as it is."""
    day = dates.read_day(said)
    return dates.display(day) if day else said


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
    from reportlab.platypus import KeepTogether, Spacer

    # The highest point's number stands above the chart.
    return KeepTogether([_text(one.title, 10, bold=True), _text(one.how), Spacer(1, 4 * MM), control_drawing(one)])


def _table(one: ReportTable) -> Any:
    numbers = [_of_numbers([row[place] for row in one.rows]) for place in range(len(one.columns))]
    head = [_text(name, bold=True, right=number) for name, number in zip(one.columns, numbers, strict=True)]
    rows = [[_text(str(cell), right=number) for cell, number in zip(row, numbers, strict=True)] for row in one.rows]
    return table([head, *rows], _widths([one.columns, *([str(cell) for cell in row] for row in one.rows)]))


def _of_numbers(cells: list[str | int]) -> bool:
    """Whether a column is one of numbers, some of which may be missing."""
    return all(isinstance(cell, int) or cell == MISSING for cell in cells)


def _widths(lines: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Each column as wide as its longest cell where all of that has room: then what is left goes to the first.

    Where it has not, the first column is two others wide, or what it always was.
    """
    wanted = [max(_width(cell) for cell in column) + _PADDING for column in zip(*lines, strict=True)]
    if sum(wanted) <= ROOM:
        return (wanted[0] + ROOM - sum(wanted), *wanted[1:])
    first = min(_FIRST, ROOM / len(wanted) * 2)
    return (first, *([(ROOM - first) / max(1, len(wanted) - 1)] * (len(wanted) - 1)))


def _width(cell: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    # What the first font has no sign for is written in a wider one.
    wider = 1.0 if cell.isascii() else 1.3
    width: float = stringWidth(cell, "Helvetica-Bold", 8) * wider
    return width
