"""The report of unacceptable specimens as a workbook: one sheet a table, counts as numbers, all else as text.

A text that begins with ``=``, ``+``, ``-`` or ``@`` is stored as text and marked so (Excel's quote prefix): a
spreadsheet neither runs it nor turns it into a date or number, and the text itself stays as it was.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from gms_desktop.documents import rejection_report as words
from gms_desktop.documents.pdf_text import spelled
from gms_desktop.documents.rejection_report import Imprint, Report

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_RUNS = ("=", "+", "-", "@", "\t", "\r")
_A4 = 9
_WIDEST = 60


def rejection_report_xlsx(report: Report, imprint: Imprint) -> bytes:
    """The file: sheets "Unacceptable", "Reasons" (one row a reason), "Outside the rates", "QC" and "About"."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "gms_desktop"
    book.properties.title = "Unacceptable specimens"
    first = book.worksheets[0]
    first.title = "Unacceptable"
    fill(first, words.COLUMNS, _rows(report), imprint)
    reasons = ((row.requestor, row.location, reason, count) for row in report.rows for reason, count in row.reasons)
    fill(book.create_sheet("Reasons"), ("Requestor", "Location", "Reason", "Specimens"), reasons, imprint)
    fill(book.create_sheet("Outside the rates"), words.OUTSIDE_COLUMNS, report.outside, imprint)
    if report.qc:
        fill(book.create_sheet("QC"), words.QC_COLUMNS, map(words.qc_cells, report.qc), imprint)
    fill(book.create_sheet("About"), ("About", "Words"), _about(report, imprint), imprint)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _rows(report: Report) -> Iterable[tuple[str | int, ...]]:
    for row in report.rows:
        reasons = "; ".join(words.reason_lines(row))
        yield row.requestor, row.location, row.received, row.unacceptable, row.rate, words.error_rate(row), reasons


def _about(report: Report, imprint: Imprint) -> list[tuple[str, str | int]]:
    return [
        ("Report", report.heading),
        ("Laboratory", imprint.laboratory),
        ("From", report.start),
        ("To", report.end),
        ("Made at", imprint.made_at),
        ("Made by", imprint.made_by),
        ("Threshold", report.threshold or words.NO_THRESHOLD),
        ("Received", report.total_received),
        ("Unacceptable", report.total_unacceptable),
        *((("Rehearsal", words.REHEARSAL),) if imprint.rehearsal else ()),
        *(("Attention", problem) for problem in report.problems),
    ]


def fill(sheet: Worksheet, columns: tuple[str, ...], rows: Iterable[tuple[str | int, ...]], imprint: Imprint) -> None:
    """Fill a sheet with a table: headings that stay in view and are printed on each page, a rehearsal named first."""
    from openpyxl.styles import Font

    top = 1
    if imprint.rehearsal:
        _put(sheet.cell(1, 1), words.REHEARSAL)
        sheet.cell(1, 1).font = Font(bold=True, size=14)
        top = 2
    for row, values in enumerate([columns, *rows], start=top):
        for column, value in enumerate(values, start=1):
            _put(sheet.cell(row, column), value)
    for cell in sheet[top]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"1:{top}"
    _page(sheet, columns, imprint, top)


def _put(cell: Cell | MergedCell, value: str | int) -> None:
    if isinstance(value, int):
        cell.value = value
        return
    cell.value = spelled(value)
    cell.data_type = "s"
    cell.number_format = "@"
    if value.startswith(_RUNS):
        cell.quotePrefix = True


def _page(sheet: Worksheet, columns: tuple[str, ...], imprint: Imprint, top: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    for place in range(1, len(columns) + 1):
        lengths = (len(str(cell.value or "")) for (cell,) in sheet.iter_rows(min_row=top, min_col=place, max_col=place))
        sheet.column_dimensions[get_column_letter(place)].width = min(_WIDEST, 3 + max(lengths))
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    head.left.text = spelled(imprint.laboratory).replace("&", "&&")
    head.right.text = words.REHEARSAL if imprint.rehearsal else ""
    foot.left.text = spelled(words.made(imprint)).replace("&", "&&")
    foot.right.text = "Page &P of &N"
    sheet.oddHeader, sheet.oddFooter = head, foot
