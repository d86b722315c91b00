"""A QC report as a workbook and as CSV, for those who count on; a text that a spreadsheet would run stays text."""

from __future__ import annotations

import csv
import io
import re

from gms_desktop.documents import qc_report as words
from gms_desktop.documents.pdf_text import spelled
from gms_desktop.documents.qc_report import QcReport
from gms_desktop.documents.rejection_report import REHEARSAL, Imprint
from gms_desktop.documents.rejection_report_xlsx import fill

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)


def qc_report_xlsx(report: QcReport, imprint: Imprint) -> bytes:
    """The workbook: sheets "QC", "Runs" and "About"."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "gms_desktop"
    book.properties.title = "QC report"
    first = book.worksheets[0]
    first.title = "QC"
    fill(first, words.TABLE, words.table_rows(report), imprint)
    runs = ((run.key, run.instrument, run.file, run.sha256, *_when(run), run.state) for run in report.runs)
    fill(book.create_sheet("Runs"), words.RUNS, runs, imprint)
    fill(book.create_sheet("About"), ("About", "Words"), words.about(report, imprint), imprint)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def qc_report_csv(report: QcReport, imprint: Imprint) -> bytes:
    """The table as UTF-8 with a mark at its beginning, by which a spreadsheet knows the letters."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    made = (("Rehearsal", REHEARSAL),) if imprint.rehearsal else ()
    writer.writerow(words.TABLE)
    writer.writerows([safe(cell) for cell in row] for row in words.table_rows(report))
    writer.writerow(())
    writer.writerows([safe(cell) for cell in row] for row in (*made, *words.about(report, imprint)))
    return text.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """The cell as a spreadsheet shows it without running it: an apostrophe before what begins like a formula."""
    shown = spelled(cell)
    begins = shown.lstrip().startswith(_RUNS) or cell.startswith(_RUNS)
    return f"'{shown}" if begins and not _NUMBER.fullmatch(shown) else shown


def _when(run: words.ReportRun) -> tuple[str, str]:
    return measured(run), f"{run.taken_in} by {run.taken_in_by}"


def measured(run: words.ReportRun) -> str:
    """When a run was measured by its instrument's own clock, and by whom, as far as its file says."""
    return f"{run.measured} by {run.measured_by}" if run.measured_by else run.measured
