"""BMG plate readers: MARS' matrix of one plate, and FLUOstar's table of wells with its PicoGreen standard curve.

The fit by the standard curve is a concentration whose unit the file does not name: it is taken only in the unit that
the laboratory has said. Source: device-protocols.md section 5.2; files of allotropy and sequencescape (MIT).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from devices.files.given import GivenFile
from devices.instruments.cells import Mark, mark_of, quantity
from devices.instruments.dates import order_of, own_time
from devices.instruments.headed import NOTHING_KNOWN, Form, Known, ValueColumn, cell_findings, heading_row, structured
from devices.instruments.rows import Row, Rows, folded, text_rows
from devices.measured import Analyte, InstrumentRun, Measured, Role, RunDefect, RunFinding

MARS, FLUOSTAR = "BMG MARS matrix", "FLUOstar table"
_PAIR = re.compile(r"\s*([^:]+):\s*(.*?)\s*", re.DOTALL)
_RAW = re.compile(r"raw data \(.*\)")
_ROLES = {"standard": Role.STANDARD, "blank": Role.BLANK, "negative control": Role.CONTROL}
_ROLES |= {"positive control": Role.CONTROL, "control": Role.CONTROL}
_FORM = Form(
    values=(
        ValueColumn(Analyte.FLUORESCENCE, pattern=r"raw data \(.*\)"),
        ValueColumn(Analyte.CONCENTRATION, pattern=r"linear regression fit.*|4-parameter fit.*|standard curve.*"),
    ),
    sample=("content",),
    row_of_well=("well row",),
    column_of_well=("well col",),
)


def runs_in(file: GivenFile, known: Known = NOTHING_KNOWN) -> Sequence[InstrumentRun]:
    """The run in a BMG reader's file; nothing for any other file."""
    rows = text_rows(file, (",", ";", "\t"))
    if rows is None:
        return []
    if (head := heading_row(rows, "well row", "well col", "content")) >= 0:
        return [_table(rows, head, known)]
    return [run for run in [_matrix(rows, known)] if run is not None]


def _table(rows: Rows, head: int, known: Known) -> InstrumentRun:
    body = [row for row in rows.rows[head + 1 :] if not row.is_blank]
    table = structured(rows.rows[head].cells, body, _FORM, known, ends_open=rows.ends_open)
    measured = tuple(_with_role(each) for each in table.measured)
    return InstrumentRun("FLUOstar", FLUOSTAR, measured, table.unread, table.findings)


def _with_role(measured: Measured) -> Measured:
    """``Standard S1`` and ``Blank B`` are named by their content; ``Sample X1`` is the reader's own name, no code."""
    word = re.sub(r"\s+[A-Z]{1,2}\d*$", "", measured.sample).casefold()
    return replace(measured, role=_ROLES.get(word, measured.role))


def _matrix(rows: Rows, known: Known) -> InstrumentRun | None:
    start = next((n for n, row in enumerate(rows.rows[:60]) if _RAW.fullmatch(folded(row.cell(0)))), -1)
    told = _told(rows.rows[: max(start, 0)])
    if start < 0 or "test run no." not in told:
        return None
    titles = (folded(row.cell(0)) for row in rows.rows[:start])
    mode = Analyte.ABSORBANCE if "absorbance" in titles else Analyte.FLUORESCENCE
    cells = [cell for row in rows.rows[start + 1 :] for cell in row.cells[1:]]
    mark = mark_of(cells) or known.mark or (None if any("," in cell for cell in cells) else Mark.POINT)
    measured = tuple(_wells(rows.rows[start + 1 :], mode, rows.rows[start].cell(0).strip(), told, mark))
    written = f"{told.get('date', '')} {told.get('time', '')}"
    return InstrumentRun(
        instrument="BMG MARS",
        dialect=MARS,
        measured=measured,
        findings=(*_cut(rows, measured), *cell_findings(measured, mark)),
        operator=told.get("user", ""),
        run_id=told["test run no."],
        assay=told.get("test name", ""),
        at=own_time(written, order_of([written], (), known.date_order)),
    )


def _told(rows: Sequence[Row]) -> dict[str, str]:
    """The pairs ``User: …`` of the head. The path has a colon of its own."""
    pairs = (found for row in rows for cell in row.cells if (found := _PAIR.fullmatch(cell)))
    return {found[1].strip().casefold(): found[2] for found in pairs}


def _wells(
    rows: Sequence[Row], mode: Analyte, column: str, told: dict[str, str], mark: Mark | None
) -> Iterator[Measured]:
    numbers: tuple[str, ...] = ()
    for row in rows:
        letter = row.cell(0).strip()
        if not letter and row.cell(1).strip() == "1":
            numbers = tuple(cell.strip() for cell in row.cells)
        elif numbers and re.fullmatch("[A-P]", letter):
            for index, number in enumerate(numbers):
                if number.isascii() and number.isdigit() and index < len(row.cells):
                    cell = quantity(mode, row.cell(index), column, "", "", mark)
                    well = f"{letter}{int(number):02d}"
                    plate = told.get("id2", "")
                    yield Measured(row.line, "", (cell,), plate=plate, well=well, raw_well=f"{letter}{number}")


def _cut(rows: Rows, measured: Sequence[Measured]) -> tuple[RunFinding, ...]:
    """A matrix is whole at 96 or 384 wells."""
    if len(measured) in {96, 384}:
        return ()
    return (RunFinding(RunDefect.CUT, (rows.rows[-1].line,), f"{len(measured)} wells"),)
