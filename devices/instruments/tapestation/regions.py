"""The table of regions that TapeStation Analysis writes as CSV: one row a region, its units in the headings.

A high sensitivity tape is told in pg/µl and pmol/l by the same headings: it is the heading that counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from devices.files.given import GivenFile
from devices.instruments.headed import Form, Known, ValueColumn, heading_row, structured
from devices.instruments.rows import text_rows
from devices.measured import Analyte, InstrumentRun

_FORM = Form(
    values=(
        ValueColumn(Analyte.AVERAGE_SIZE, pattern=r"average size \[(bp|nt)\]"),
        ValueColumn(Analyte.CONCENTRATION, pattern=r"conc\. \[.*\]"),
        ValueColumn(Analyte.MOLARITY, pattern=r"region molarity \[.*\]"),
        ValueColumn(Analyte.PERCENT_OF_TOTAL, ("% of total",), unit="%"),
    ),
    sample=("sample description",),
    plate=("filename",),
    well=("wellid", "well"),
    flags=("region comment",),
    part_from=("from [bp]", "from [nt]"),
    part_to=("to [bp]", "to [nt]"),
    lines_apart=False,
)


def regions_in(file: GivenFile, known: Known) -> Sequence[InstrumentRun]:
    """The run in a table of regions; nothing for any other file."""
    rows = text_rows(file)
    if rows is None or (head := heading_row(rows, "filename", "sample description", "% of total", within=3)) < 0:
        return []
    body = [row for row in rows.rows[head + 1 :] if not row.is_blank]
    table = structured(rows.rows[head].cells, body, _FORM, known, ends_open=rows.ends_open)
    return [InstrumentRun("TapeStation", "TapeStation region table", table.measured, table.unread, table.findings)]
