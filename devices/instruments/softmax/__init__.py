"""Molecular Devices SoftMax Pro: its text export, UTF-16 with tabs. Plates as matrices, groups as tables.

What a group says counts; a plate that no group names is read from its matrix. A group leaves its sample's name blank in
the rows that continue it. Source: device-protocols.md section 5.2; a file of allotropy (MIT).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from devices.files.given import GivenFile
from devices.instruments.cells import Mark, mark_of, quantity
from devices.instruments.dates import order_of, own_time
from devices.instruments.headed import NOTHING_KNOWN, Known, cell_findings
from devices.instruments.rows import Columns, Row, Rows, text_rows, well_of
from devices.instruments.units import unit_in
from devices.measured import (
    Analyte,
    InstrumentRun,
    Measured,
    Quantity,
    RefusedRun,
    Role,
    RunDefect,
    RunFinding,
    RunRefusal,
)

INSTRUMENT, DIALECT = "SoftMax Pro", "SoftMax Pro text"
_SAVED = re.compile(r"Date Last Saved:\s*(.+)")
_ROLES = {"standard": Role.STANDARD, "control": Role.CONTROL, "blank": Role.BLANK}
_VALUES = ("values", "value", "wellvalues")
_RESULTS = ("adj.result", "adjresult", "result", "adj.conc", "meanresult")
_MODES = {"absorbance": Analyte.ABSORBANCE, "fluorescence": Analyte.FLUORESCENCE}


@dataclass(frozen=True)
class _Block:
    """The rows between a heading and ``~End``."""

    kind: str
    name: str
    rows: tuple[Row, ...]
    closed: bool


def runs_in(file: GivenFile, known: Known = NOTHING_KNOWN) -> Sequence[InstrumentRun | RefusedRun]:
    """The run in SoftMax Pro's export; nothing for any other file."""
    rows = text_rows(file, ("\t", ",", ";"))
    if rows is None or not rows.rows or not rows.rows[0].cell(0).startswith("##BLOCKS="):
        return []
    blocks = tuple(_blocks(rows))
    measured, unread, mark = _measured(blocks, known)
    if not measured:
        return [RefusedRun(INSTRUMENT, DIALECT, RunRefusal.NOTHING_MEASURED)]
    return [_run(rows, blocks, measured, unread, mark, known)]


def _blocks(rows: Rows) -> Iterator[_Block]:
    kind, name, held = "", "", list[Row]()
    for row in rows.rows[1:]:
        first = row.cell(0).strip()
        if first.startswith("~End"):
            yield _Block(kind, name, tuple(held), closed=True)
            kind, held = "", []
        elif not kind and first.startswith(("Plate:", "Group:", "Note:")):
            kind, _, name = first.partition(":")
            name = name.strip()
            held = [row]
        elif kind:
            held.append(row)
    if kind:
        yield _Block(kind, name, tuple(held), closed=False)


def _measured(blocks: Sequence[_Block], known: Known) -> tuple[tuple[Measured, ...], tuple[str, ...], Mark | None]:
    cells = [cell for block in blocks for row in block.rows[2:] for cell in row.cells[1:]]
    mark = mark_of(cells) or known.mark or (None if any("," in cell for cell in cells) else Mark.POINT)
    found: list[Measured] = []
    unread: dict[str, None] = {}
    mode, plate, matrix = Analyte.FLUORESCENCE, "", list[Measured]()
    for block in blocks:
        if block.kind == "Plate":
            found += matrix
            plate, mode = block.rows[0].cell(1).strip(), _mode(block.rows[0])
            matrix = list(_matrix(block, plate, mode, mark))
        elif block.kind == "Group":
            rows = list(_group(block, mode, plate, mark, known, unread))
            named = {each.well for each in rows}
            matrix = [each for each in matrix if each.well not in named]
            found += rows
    return (*found, *matrix), tuple(unread), mark


def _mode(row: Row) -> Analyte:
    """Absorbance or fluorescence, by the head of the plate."""
    said = (cell.strip().casefold() for cell in row.cells)
    return next((_MODES[each] for each in said if each in _MODES), Analyte.FLUORESCENCE)


def _matrix(block: _Block, plate: str, mode: Analyte, mark: Mark | None) -> Iterator[Measured]:
    """The first matrix of a plate: row by row, its twelve columns after the temperature."""
    start = next((n for n, row in enumerate(block.rows) if row.cell(2).strip() == "1"), -1)
    if start < 0:
        return
    width = next((n for n, cell in enumerate(block.rows[start].cells[2:]) if not cell.strip()), 12)
    for number, row in enumerate(block.rows[start + 1 :]):
        if row.is_blank or number > 15:
            return
        for column in range(width):
            if not (raw := row.cell(2 + column)).strip():
                continue
            well = f"{chr(ord('A') + number)}{column + 1:02d}"
            cell = quantity(mode, raw, "matrix", "", "", mark)
            yield Measured(row.line, "", (cell,), plate=plate, well=well, raw_well=well)


def _group(
    block: _Block, mode: Analyte, plate: str, mark: Mark | None, known: Known, unread: dict[str, None]
) -> Iterator[Measured]:
    if len(block.rows) < 2:
        return
    columns = Columns(block.rows[1].cells)
    sample, wells = columns.take("sample"), columns.take("well", "wells")
    values = [(columns.take(name), mode) for name in _VALUES] + [
        (columns.take(name), Analyte.CONCENTRATION) for name in _RESULTS
    ]
    plates = columns.take("wellplatename")
    unread.update(dict.fromkeys(columns.unread))
    role = next((each for word, each in _ROLES.items() if word in block.name.casefold()), Role.SAMPLE)
    name = ""
    for row in block.rows[2:]:
        if row.is_blank:
            return
        name = row.cell(sample).strip() or name
        cells = tuple(_cells(row, columns, values, mark, known))
        at = row.cell(wells).strip()
        yield Measured(
            row.line, name, cells, plate=row.cell(plates).strip() or plate, well=well_of(at), raw_well=at, role=role
        )


def _cells(
    row: Row, columns: Columns, values: Sequence[tuple[int, Analyte]], mark: Mark | None, known: Known
) -> Iterator[Quantity]:
    for index, analyte in values:
        if index >= 0:
            heading = columns.headings[index].strip()
            said = dict(known.units).get(heading.casefold(), "")
            unit = (unit_in(heading) or said) if analyte is Analyte.CONCENTRATION else ""
            yield quantity(analyte, row.cell(index), heading, unit, "", mark)


def _run(
    rows: Rows, blocks: Sequence[_Block], measured: tuple[Measured, ...], unread: tuple[str, ...], mark: Mark | None,
    known: Known,
) -> InstrumentRun:  # fmt: skip
    saved = next((found[1].strip() for row in rows for cell in row.cells if (found := _SAVED.search(cell))), "")
    said = rows.rows[0].cell(0).partition("=")[2].strip()
    is_cut = not blocks[-1].closed or (said.isascii() and said.isdigit() and len(blocks) < int(said))
    cut = (RunFinding(RunDefect.CUT, (rows.rows[-1].line,), f"{len(blocks)} of {said} blocks"),) if is_cut else ()
    return InstrumentRun(
        instrument=INSTRUMENT,
        dialect=DIALECT,
        measured=measured,
        unread=unread,
        findings=(*cut, *cell_findings(measured, mark)),
        at=own_time(saved, order_of([saved], (), known.date_order)),
    )
