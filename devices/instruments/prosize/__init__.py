"""Agilent Fragment Analyzer and Femto Pulse: what ProSize exports, as a zip of tables or as one of them.

The quality table has the number (GQN, DQN, RQN) and the total, the peak table the peaks, the smear table the share
between two sizes. Source: device-protocols.md section 5.2; a file of bioanalyzeR (MIT).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from devices.files.given import GivenFile
from devices.files.table import MAX_BYTES, text_of
from devices.instruments.cells import Mark, mark_of, quantity
from devices.instruments.dates import Order, own_time
from devices.instruments.headed import NOTHING_KNOWN, Known, cell_findings
from devices.instruments.rows import Columns, Row, Rows, folded, is_packed, rows_of_text, text_rows, well_of
from devices.instruments.units import unit_in
from devices.measured import (
    Analyte,
    DateOrder,
    InstrumentRun,
    Measured,
    OwnTime,
    Quantity,
    RefusedRun,
    Role,
    RunRefusal,
)

FRAGMENT_ANALYZER, FEMTO_PULSE = "Fragment Analyzer", "Femto Pulse"
EITHER = f"ProSize: {FRAGMENT_ANALYZER} or {FEMTO_PULSE}"
"""Both are read out by the same program, whose tables name neither. A limit for one of them is not for this name."""
INSTRUMENT, DIALECT = EITHER, "ProSize export"
_TABLES = ("peak table", "quality table", "smear analysis result")
_ALSO = ("electropherogram", "size calibration")
_NAMED_TIME = re.compile(r"(\d{4}) (\d{2}) (\d{2}) (\d{2})H (\d{2})M")
_QUALITY = {"gqn": Analyte.GQN, "rqn": Analyte.RQN, "dqn": Analyte.GQN, "rin": Analyte.RIN}
_MOST_TABLES = 40


@dataclass(frozen=True)
class _Table:
    """One table: which it is, its columns and its rows."""

    name: str
    columns: Columns
    rows: tuple[Row, ...]

    def column(self, *names: str) -> int:
        """A column by its heading; -1 where the table has none."""
        return self.columns.take(*names)


def runs_in(file: GivenFile, known: Known = NOTHING_KNOWN) -> Sequence[InstrumentRun | RefusedRun]:
    """The run in ProSize's export; nothing for any other file."""
    if is_packed(file):
        return _packed(file, known)
    rows = text_rows(file, (",", ";", "\t"))
    table = _table(rows) if rows is not None else None
    return [_run(file, [table], (), known)] if table is not None and table.name else []


def _packed(file: GivenFile, known: Known) -> Sequence[InstrumentRun | RefusedRun]:
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
            parts = [each for each in packed.infolist() if _kind_of(each.filename)]
            if not any(_kind_of(each.filename) in _TABLES for each in parts):
                return []
            if len(parts) > _MOST_TABLES or sum(each.file_size for each in parts) > MAX_BYTES:
                return [RefusedRun(INSTRUMENT, DIALECT, RunRefusal.TOO_LARGE)]
            texts = {each.filename: text_of(packed.read(each)) for each in parts if _kind_of(each.filename) in _TABLES}
            left = tuple(each.filename for each in parts if _kind_of(each.filename) in _ALSO)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error) as fault:
        return (
            [RefusedRun(INSTRUMENT, DIALECT, RunRefusal.DAMAGED, str(fault))] if b"Peak Table" in file.content else []
        )
    tables = [_table(rows_of_text(text)) for text in texts.values() if text.strip()]
    known_tables = [table for table in tables if table is not None]
    if not known_tables:
        return [RefusedRun(INSTRUMENT, DIALECT, RunRefusal.DAMAGED)]
    return [_run(file, known_tables, left, known)]


def _kind_of(name: str) -> str:
    stem = folded(name.rpartition("/")[2].removesuffix(".csv"))
    return next((kind for kind in (*_TABLES, *_ALSO) if stem.endswith(kind)), "")


def _table(rows: Rows) -> _Table | None:
    """A table, told by its headings, not by its name."""
    first = next((index for index, row in enumerate(rows.rows[:5]) if Columns(row.cells).has("well", "sample id")), -1)
    if first < 0:
        return None
    columns = Columns(rows.rows[first].cells)
    body = tuple(row for row in rows.rows[first + 1 :] if not row.is_blank)
    heads = set(map(folded, columns.headings))
    if "peak id" in heads and "size (bp)" in heads:
        return _Table("peak table", columns, body)
    if "range" in heads and "% total" in heads:
        return _Table("smear analysis result", columns, body)
    if heads & {"gqn", "rqn", "dqn"} and any(head.startswith("total conc") for head in heads):
        return _Table("quality table", columns, body)
    return None


def _run(file: GivenFile, tables: Sequence[_Table], left: tuple[str, ...], known: Known) -> InstrumentRun:
    cells = [cell for table in tables for row in table.rows for cell in row.cells[2:]]
    mark = mark_of(cells) or known.mark or (None if any("," in cell for cell in cells) else Mark.POINT)
    at = _time(file.name, left)
    found: dict[tuple[str, str], list[Quantity]] = {}
    lines: dict[tuple[str, str], int] = {}
    for table in sorted(tables, key=lambda each: _ORDER[each.name]):
        _take(table, mark, found, lines)
    measured = tuple(
        Measured(
            line=lines[place],
            sample=place[1],
            quantities=tuple(quantities),
            well=well_of(place[0].rstrip(":")),
            raw_well=place[0],
            role=Role.LADDER if "ladder" in place[1].casefold() else Role.SAMPLE,
            at=at,
        )
        for place, quantities in found.items()
    )
    unread = tuple(heading for table in tables for heading in table.columns.unread)
    return InstrumentRun(
        instrument=INSTRUMENT,
        dialect=DIALECT,
        measured=measured,
        unread=(*unread, *left),
        findings=cell_findings(measured, mark),
        run_id=file.stem,
        at=at,
    )


_ORDER = {"quality table": 0, "peak table": 1, "smear analysis result": 2}


def _time(name: str, others: Sequence[str]) -> OwnTime | None:
    """When the run was: ProSize has it in the names of its files only."""
    for each in (name, *others):
        if found := _NAMED_TIME.search(each):
            year, month, day, hour, minute = found.groups()
            order = Order(DateOrder.YEAR_FIRST, "the name of the file")
            return own_time(f"{year}-{month}-{day} {hour}:{minute}", order)
    return None


def _take(
    table: _Table, mark: Mark | None, found: dict[tuple[str, str], list[Quantity]], lines: dict[tuple[str, str], int]
) -> None:
    well, sample = table.column("well"), table.column("sample id")
    read = {"quality table": _quality, "peak table": _peaks, "smear analysis result": _smears}[table.name](table)
    for row in table.rows:
        place = (row.cell(well).strip(), row.cell(sample).strip())
        lines.setdefault(place, row.line)
        cells = [(part, analyte, index, unit) for part, analyte, index, unit in read.of(row) if index >= 0]
        told = found.setdefault(place, [])
        for part, analyte, index, unit in cells:
            heading = table.columns.headings[index].strip()
            one = quantity(analyte, row.cell(index), heading, unit or unit_in(heading) or _slashed(heading), part, mark)
            if one not in told:
                told.append(one)


def _slashed(heading: str) -> str:
    return heading if re.fullmatch(r"(?i)(n|p)g/ul|nmole/l|pmole/l", heading) else ""


_Cells = Iterator[tuple[str, Analyte, int, str]]


@dataclass(frozen=True)
class _Reader:
    """Which cells of a row are quantities: analyte, column and unit; and what names the part of the sample."""

    columns: tuple[tuple[Analyte, int, str], ...]
    part_of: int = -1
    part: str = ""
    share: int = -1

    def of(self, row: Row) -> _Cells:
        """The quantities of one row. A peak without a number is a summary, one without a share is a marker."""
        if self.part_of < 0:
            yield from (("", analyte, index, unit) for analyte, index, unit in self.columns)
        elif row.cell(self.part_of).strip() and (self.share < 0 or row.cell(self.share).strip()):
            part = f"{self.part} {row.cell(self.part_of).strip()}"
            yield from ((part, analyte, index, unit) for analyte, index, unit in self.columns)


def _quality(table: _Table) -> _Reader:
    numbers = [(analyte, table.column(name), "") for name, analyte in _QUALITY.items()]
    total = table.columns.take_like(r"total conc\.? \(.*\)")
    return _Reader((*numbers, (Analyte.CONCENTRATION, total, "")))


def _peaks(table: _Table) -> _Reader:
    share = table.columns.take_like(r"% \(conc\.\).*")
    columns = (
        (Analyte.PEAK_SIZE, table.column("size (bp)"), "bp"),
        (Analyte.PERCENT_OF_TOTAL, share, "%"),
        (Analyte.MOLARITY, table.column("nmole/l", "pmole/l"), ""),
        (Analyte.CONCENTRATION, table.column("ng/ul", "pg/ul"), ""),
    )
    return _Reader(columns, table.column("peak id"), "peak", share)


def _smears(table: _Table) -> _Reader:
    columns = (
        (Analyte.CONCENTRATION, table.column("ng/ul", "pg/ul"), ""),
        (Analyte.PERCENT_OF_TOTAL, table.column("% total"), "%"),
        (Analyte.MOLARITY, table.column("nmole/l", "pmole/l"), ""),
        (Analyte.AVERAGE_SIZE, table.column("avg. size"), "bp"),
    )
    return _Reader(columns, table.column("range"), "smear")
