"""The packing list as CSV, for those who count on; a text that a spreadsheet would run stays text."""

from __future__ import annotations

import csv
import io

from gms_desktop.documents import packing_list as words
from gms_desktop.documents.packing_list import Papers
from gms_desktop.documents.qc_report_table import safe
from gms_desktop.documents.rejection_report import REHEARSAL, Imprint


def packing_list_csv(papers: Papers, imprint: Imprint) -> bytes:
    """The list as UTF-8 with a mark at its beginning, by which a spreadsheet knows the letters."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(words.COLUMNS)
    writer.writerows([safe(cell) for cell in line.cells] for line in papers.lines)
    writer.writerow(())
    made = (("Rehearsal", REHEARSAL),) if imprint.rehearsal else ()
    writer.writerows([safe(cell) for cell in row] for row in (*made, *words.about(papers, imprint)))
    return text.getvalue().encode("utf-8-sig")
