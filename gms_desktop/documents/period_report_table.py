"""A report over a period as workbook and as CSV; a text that a spreadsheet would run stays text."""

from __future__ import annotations

import csv
import io

from gms_desktop.documents.period_report import PeriodReport, about
from gms_desktop.documents.qc_report_table import safe
from gms_desktop.documents.rejection_report import Imprint
from gms_desktop.documents.rejection_report_xlsx import fill

_LONGEST_NAME = 31


def period_report_xlsx(report: PeriodReport, imprint: Imprint, code: str) -> bytes:
    """The workbook: one sheet a table, then "About"."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "gms_desktop"
    book.properties.title = report.title
    book.remove(book.worksheets[0])
    for table in report.tables:
        fill(book.create_sheet(table.title[:_LONGEST_NAME]), table.columns, table.rows, imprint)
    fill(book.create_sheet("About"), ("About", "Words"), about(report, imprint, code), imprint)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def period_report_csv(report: PeriodReport, imprint: Imprint, code: str) -> bytes:
    """The tables, one below the other, as UTF-8 with a mark at its beginning."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for table in report.tables:
        for row in ((table.title,), table.columns, *table.rows, ()):
            writer.writerow([safe(str(cell)) for cell in row])
    writer.writerows([safe(cell) for cell in row] for row in about(report, imprint, code))
    return text.getvalue().encode("utf-8-sig")
