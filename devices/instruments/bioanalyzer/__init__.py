"""Agilent 2100 Bioanalyzer: the results that 2100 Expert exports as CSV.

A head of names and values, then for each sample its name, a table of peaks, a table of regions and overall results.
Source: device-protocols.md section 5.2; a file of sequencescape (MIT).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from devices.files.given import GivenFile
from devices.instruments.cells import Mark, mark_of, quantity
from devices.instruments.dates import order_of, own_time
from devices.instruments.headed import NOTHING_KNOWN, Known, cell_findings
from devices.instruments.rows import Columns, Row, Rows, folded, text_rows, well_of
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

INSTRUMENT, DIALECT = "Bioanalyzer", "Bioanalyzer CSV"
_HEAD = ("data file name", "date created", "assay name")
_MARKERS = ("lower marker", "upper marker")
_OF_PEAK = {
    r"size \[(bp|nt)\]": Analyte.PEAK_SIZE,
    r"conc\. \[.*\]": Analyte.CONCENTRATION,
    r"molarity \[.*\]": Analyte.MOLARITY,
    r"% of total": Analyte.PERCENT_OF_TOTAL,
}
_OF_REGION = {r"average size \[(bp|nt)\]": Analyte.AVERAGE_SIZE, **dict(list(_OF_PEAK.items())[1:])}
_OVERALL = {
    r"rna integrity number \(rin\):?": Analyte.RIN,
    r"(rna|dna|ssrna) concentration:?": Analyte.CONCENTRATION,
    r"rrna ratio \[28s / 18s\]:?": Analyte.RRNA_RATIO,
}
_TABLES = {"peak table": "peak", "region table": "region"}
_SILENT = re.compile(
    r"number of peaks found:?|overall results:?|sample name|.*comment:?|result flagging .*", re.IGNORECASE
)


@dataclass
class _Block:
    """The rows of one sample, by the table they stand in."""

    line: int
    name: str
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    overall: list[Row] = field(default_factory=list)


def runs_in(file: GivenFile, known: Known = NOTHING_KNOWN) -> Sequence[InstrumentRun | RefusedRun]:
    """The run in a Bioanalyzer's file; nothing for any other file."""
    rows = text_rows(file, (",", ";", "\t"))
    if rows is None:
        return []
    head = _head(rows)
    if not all(name in head for name in _HEAD) or "2100" not in f"{head.get('data file path')}{head.get('assay path')}":
        return []
    blocks = _blocks(rows)
    if not blocks:
        return [RefusedRun(INSTRUMENT, DIALECT, RunRefusal.NOTHING_MEASURED)]
    return [_run(head, blocks, rows, known)]


def _head(rows: Rows) -> dict[str, str]:
    """Names and values before the first sample."""
    told: dict[str, str] = {}
    for row in rows.rows[:60]:
        if folded(row.cell(0)) == "sample name":
            break
        told.setdefault(folded(row.cell(0)), row.cell(1).strip())
    return told


def _blocks(rows: Rows) -> list[_Block]:
    blocks: list[_Block] = []
    table = ""
    for row in rows:
        first = folded(row.cell(0))
        if first == "sample name":
            blocks.append(_Block(row.line, row.cell(1).strip()))
            table = ""
        elif not blocks or row.is_blank:
            table = "" if row.is_blank and table != "overall" else table
        elif first in _TABLES:
            table = _TABLES[first]
        elif first.startswith("overall results"):
            table = "overall"
        else:
            _into(blocks[-1], table, row)
    return blocks


def _into(block: _Block, table: str, row: Row) -> None:
    if table in {"", "overall"}:
        block.overall.append(row)
    elif table not in block.headings:
        block.headings[table] = row.cells
    else:
        block.tables.setdefault(table, []).append(row)


def _run(head: dict[str, str], blocks: Sequence[_Block], rows: Rows, known: Known) -> InstrumentRun:
    mark = mark_of(cell for row in rows for cell in row.cells) or known.mark or Mark.POINT
    created = head["date created"]
    unread: dict[str, None] = {}
    measured = tuple(_measured(block, mark, unread) for block in blocks)
    return InstrumentRun(
        instrument=INSTRUMENT,
        dialect=DIALECT,
        measured=measured,
        unread=tuple(unread),
        findings=(*_cut(head, blocks, rows), *_not_understood(blocks), *cell_findings(measured, mark)),
        software=head.get("version created", ""),
        run_id=head["data file name"],
        assay=head.get("assay title", "") or head["assay name"],
        at=own_time(created, order_of([created], (), known.date_order)),
    )


def _measured(block: _Block, mark: Mark, unread: dict[str, None]) -> Measured:
    return Measured(
        line=block.line,
        sample=block.name,
        quantities=(
            *_overall(block, mark),
            *_of_table(block, "peak", _OF_PEAK, mark, unread),
            *_of_table(block, "region", _OF_REGION, mark, unread),
        ),
        well=well_of(block.name),
        raw_well=block.name if well_of(block.name) else "",
        role=Role.LADDER if folded(block.name) == "ladder" else Role.SAMPLE,
    )


def _overall(block: _Block, mark: Mark) -> Iterator[Quantity]:
    for row in block.overall:
        for pattern, analyte in _OVERALL.items():
            if re.fullmatch(pattern, folded(row.cell(0))):
                unit = row.cell(2).strip().strip("[]")
                yield quantity(analyte, row.cell(1), row.cell(0).strip(), unit, "", mark)


def _of_table(
    block: _Block, table: str, wanted: dict[str, Analyte], mark: Mark, unread: dict[str, None]
) -> Iterator[Quantity]:
    columns = Columns(block.headings.get(table, ()))
    found = [(columns.take_like(pattern), analyte) for pattern, analyte in wanted.items()]
    remarks = columns.take("observations")
    unread.update(dict.fromkeys(columns.unread))
    own = [row for row in block.tables.get(table, []) if folded(row.cell(remarks)) not in _MARKERS]
    for number, row in enumerate(own, 1):
        for index, analyte in found:
            if index >= 0:
                heading = columns.headings[index].strip()
                unit = "%" if analyte is Analyte.PERCENT_OF_TOTAL else unit_in(heading)
                yield quantity(analyte, row.cell(index), heading, unit, f"{table} {number}", mark)


def _cut(head: dict[str, str], blocks: Sequence[_Block], rows: Rows) -> tuple[RunFinding, ...]:
    """A file with fewer samples than it says were run. The ladder may stand beside them, and is not counted."""
    said = head.get("number of samples run", "")
    told = sum(folded(block.name) != "ladder" for block in blocks)
    if not (said.isascii() and said.isdigit()) or told >= int(said):
        return ()
    return (RunFinding(RunDefect.CUT, (rows.rows[-1].line,), f"{told} of {said} samples"),)


def _not_understood(blocks: Sequence[_Block]) -> tuple[RunFinding, ...]:
    """Lines that belong to nothing known, as a damaged heading leaves them; a sample without its table of peaks."""
    found = []
    for block in blocks:
        if "peak" not in block.headings:
            found.append(RunFinding(RunDefect.LINE_NOT_UNDERSTOOD, (block.line,), f"{block.name}: no peak table"))
        for row in block.overall:
            known = _SILENT.fullmatch(row.cell(0).strip()) or any(
                re.fullmatch(pattern, folded(row.cell(0))) for pattern in _OVERALL
            )
            if not known and "peak" not in block.headings:
                found.append(RunFinding(RunDefect.LINE_NOT_UNDERSTOOD, (row.line,), row.cell(0).strip()[:80]))
    return tuple(found)
