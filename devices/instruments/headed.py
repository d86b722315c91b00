"""A table with one heading row and one row a sample: which column is what is declared, the rest is told as unread.

Most instruments write such a table; each declares its ``Form``. A laboratory's own mapped file is a ``Form`` too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from devices.instruments.cells import Mark, mark_of, quantity, told
from devices.instruments.dates import Order, day_in, order_of, own_time
from devices.instruments.rows import Columns, Row, Rows, column_cells, well_of
from devices.instruments.units import unit_in
from devices.measured import (
    Analyte,
    DateOrder,
    Measured,
    OwnTime,
    Quantity,
    Role,
    RunDefect,
    RunFinding,
    Says,
)

Headings = tuple[str, ...]


@dataclass(frozen=True)
class ValueColumn:
    """A column with a quantity.

    Attributes:
        analyte: what it measures.
        headings: the headings it goes by, without capitals; the unit in brackets is part of them.
        unit: the unit where the maker's manual fixes it and the file does not say; empty otherwise.
        unit_column: the headings of the column that has the unit, the first one to the right of the value.
        pattern: a pattern for the folded heading instead of ``headings``.
        part: which peak or region the column is of.
    """

    analyte: Analyte
    headings: Headings = ()
    unit: str = ""
    unit_column: Headings = ()
    pattern: str = ""
    part: str = ""


@dataclass(frozen=True)
class Form:
    """Which heading means what; an empty one is a column that this instrument does not have.

    Attributes:
        part_from: where a row is of one region of a sample: the region's beginning; ``part_to`` its end.
        run_id: the run's own name; where it holds a date with the year first, that day is certain.
        lines_apart: whether the instrument measures each well once in a run, so that one well twice is a finding.
        blanks: names of samples that are blanks, in small letters; ``ladders`` and ``standards`` likewise.
    """

    values: tuple[ValueColumn, ...]
    sample: Headings = ()
    sample_id: Headings = ()
    plate: Headings = ()
    well: Headings = ()
    row_of_well: Headings = ()
    column_of_well: Headings = ()
    date: Headings = ()
    time: Headings = ()
    assay: Headings = ()
    flags: Headings = ()
    operator: Headings = ()
    serial: Headings = ()
    run_id: Headings = ()
    part_from: Headings = ()
    part_to: Headings = ()
    lines_apart: bool = True
    blanks: Headings = ("blank", "blk", "h2o", "water", "ntc", "buffer")
    standards: Headings = ("standard",)
    ladders: Headings = ("ladder",)


@dataclass(frozen=True)
class Known:
    """What a laboratory has said of this instrument: asked once, never guessed.

    Attributes:
        date_order: the order of its dates, where its files leave it open.
        mark: its decimal mark, where they leave it open.
        units: the unit of a heading (folded) that carries none.
    """

    date_order: DateOrder | None = None
    mark: Mark | None = None
    units: tuple[tuple[str, str], ...] = ()


NOTHING_KNOWN = Known()


@dataclass(frozen=True)
class Structured:
    """A table understood: its positions, what is odd, and what was not read."""

    measured: tuple[Measured, ...]
    findings: tuple[RunFinding, ...]
    unread: tuple[str, ...]
    order: Order
    mark: Mark | None
    firsts: dict[str, str] = field(default_factory=dict)
    """The first cell of the columns ``operator``, ``serial``, ``run_id`` and ``assay``, where it is the only one."""


@dataclass(frozen=True)
class _Value:
    """A value column found: where it stands, its heading and its unit, or where that stands."""

    analyte: Analyte
    index: int
    column: str
    unit: str
    unit_index: int
    part: str


def structured(
    headings: Sequence[str],
    rows: Sequence[Row],
    form: Form,
    known: Known = NOTHING_KNOWN,
    certain_days: Sequence[date] = (),
    ends_open: bool = False,
) -> Structured:
    """Read a table by its form.

    Args:
        headings: its headings.
        rows: its rows, blank ones left out.
        form: which heading means what.
        known: what was said of this instrument.
        certain_days: days that are certain from the file's name or its head.
        ends_open: whether the file's last line has no end.
    """
    columns = Columns(tuple(headings))
    values = tuple(found for each in form.values if (found := _found(columns, each, known)) is not None)
    where = {name: columns.take(*getattr(form, name)) for name in _PLACES if getattr(form, name)}
    dates = column_cells(rows, [where.get("date", -1)])
    sure = [*certain_days, *_days_in(rows, where.get("run_id", -1))]
    order = order_of(dates, sure, known.date_order)
    mark = mark_of(column_cells(rows, [each.index for each in values])) or known.mark or _by_default(rows, values)
    table = _Table(tuple(headings), form, values, where, order, mark)
    measured = tuple(table.measured(row) for row in rows)
    cut = _cut(rows, len(headings)) if ends_open else ()
    findings = (*cut, *cell_findings(measured, mark), *_twice(measured, form))
    firsts = {name: _only(rows, where.get(name, -1)) for name in ("operator", "serial", "run_id", "assay")}
    return Structured(measured, findings, columns.unread, order, mark, firsts)


_PLACES = (
    "sample", "sample_id", "plate", "well", "row_of_well", "column_of_well", "date", "time", "assay", "flags",
    "operator", "serial", "run_id", "part_from", "part_to",
)  # fmt: skip


def _by_default(rows: Sequence[Row], values: Sequence[_Value]) -> Mark | None:
    """A point, where no cell has a comma: ``1.234`` alone is then a little more than one, as instruments write it."""
    cells = column_cells(rows, [each.index for each in values])
    return None if any("," in cell for cell in cells) else Mark.POINT


def _found(columns: Columns, value: ValueColumn, known: Known) -> _Value | None:
    index = columns.take_like(value.pattern) if value.pattern else columns.take(*value.headings)
    if index < 0:
        return None
    heading = columns.headings[index].strip()
    beside = columns.take(*value.unit_column, after=index) if value.unit_column else -1
    said = dict(known.units).get(heading.casefold(), "")
    return _Value(value.analyte, index, heading, unit_in(heading) or value.unit or said, beside, value.part)


@dataclass(frozen=True)
class _Table:
    headings: tuple[str, ...]
    form: Form
    values: tuple[_Value, ...]
    where: dict[str, int]
    order: Order
    mark: Mark | None

    def measured(self, row: Row) -> Measured:
        sample = self._cell(row, "sample").strip()
        raw_well = self._cell(row, "well") or self._cell(row, "row_of_well") + self._cell(row, "column_of_well")
        flags = self._cell(row, "flags").strip()
        return Measured(
            line=row.line,
            sample=sample,
            quantities=tuple(self._quantity(row, value) for value in self.values),
            sample_id=self._cell(row, "sample_id").strip(),
            plate=self._cell(row, "plate").strip(),
            well=well_of(raw_well),
            raw_well=raw_well.strip(),
            role=role_of(sample, self.form),
            at=self._at(row),
            assay=self._cell(row, "assay").strip(),
            flags=(flags,) if flags else (),
        )

    def _cell(self, row: Row, name: str) -> str:
        return row.cell(self.where.get(name, -1))

    def _quantity(self, row: Row, value: _Value) -> Quantity:
        unit = row.cell(value.unit_index).strip() if value.unit_index >= 0 else value.unit
        return quantity(value.analyte, row.cell(value.index), value.column, unit, self._part(row, value), self.mark)

    def _part(self, row: Row, value: _Value) -> str:
        if "part_from" not in self.where:
            return value.part
        return f"region {self._cell(row, 'part_from').strip()} to {self._cell(row, 'part_to').strip()}"

    def _at(self, row: Row) -> OwnTime | None:
        return own_time(f"{self._cell(row, 'date')} {self._cell(row, 'time')}", self.order)


def heading_row(rows: Rows, *needed: str, within: int = 60) -> int:
    """The index of the first row that has all these headings, among a file's first ones; -1 where none has."""
    for index, row in enumerate(rows.rows[:within]):
        if len(row.cells) >= len(needed) and Columns(row.cells).has(*needed):
            return index
    return -1


def role_of(sample: str, form: Form) -> Role:
    """What a sample's name says it is: a blank, a standard, a ladder, or a sample."""
    name = re.sub(r"[\s_-]*\d*$", "", sample.strip().casefold())
    for role, names in ((Role.BLANK, form.blanks), (Role.STANDARD, form.standards), (Role.LADDER, form.ladders)):
        if name in names or sample.strip().casefold() in names:
            return role
    return Role.SAMPLE


def _days_in(rows: Sequence[Row], index: int) -> list[date]:
    return [day for row in rows if (day := day_in(row.cell(index))) is not None] if index >= 0 else []


def _only(rows: Sequence[Row], index: int) -> str:
    told = {row.cell(index).strip() for row in rows} - {""} if index >= 0 else set()
    return told.pop() if len(told) == 1 else ""


def _cut(rows: Sequence[Row], width: int) -> tuple[RunFinding, ...]:
    usual = max((len(row.cells) for row in rows[:-1]), default=width)
    if not rows or len(rows[-1].cells) >= min(usual, width):
        return ()
    return (RunFinding(RunDefect.CUT, (rows[-1].line,), rows[-1].cells[-1]),)


def cell_findings(measured: Sequence[Measured], mark: Mark | None) -> tuple[RunFinding, ...]:
    """What is odd about the cells, wells and times of a run, whatever file it came from; each thing once."""
    lines: dict[tuple[RunDefect, str], list[int]] = {}
    for each in measured:
        for defect, detail in _odd(each, mark):
            lines.setdefault((defect, detail), []).append(each.line)
    return tuple(RunFinding(defect, tuple(dict.fromkeys(at)), detail) for (defect, detail), at in lines.items())


def _odd(measured: Measured, mark: Mark | None) -> Iterator[tuple[RunDefect, str]]:
    for cell in measured.quantities:
        if cell.says is Says.NOT_READABLE:
            yield _why_not_readable(cell, mark)
    if measured.raw_well and not measured.well:
        yield RunDefect.WELL_NOT_READABLE, measured.raw_well
    if measured.at is not None and measured.at.local is None:
        yield RunDefect.DATE_UNDECIDED, measured.at.decided_by


def _why_not_readable(cell: Quantity, mark: Mark | None) -> tuple[RunDefect, str]:
    read = told(cell.raw, mark)
    if read.value is None:
        defect = RunDefect.DECIMALS_UNDECIDED if mark is None else RunDefect.CELL_NOT_READABLE
        return defect, f"{cell.column}: {cell.raw}"
    if cell.raw_unit and read.unit and cell.raw_unit != read.unit:
        return RunDefect.UNITS_DISAGREE, f"{cell.column}: {cell.raw}, {cell.raw_unit}"
    return RunDefect.UNIT_NOT_KNOWN, f"{cell.column}: {cell.raw_unit or 'no unit'}"


def _twice(measured: Sequence[Measured], form: Form) -> tuple[RunFinding, ...]:
    """Wells that two rows name, for an instrument that measures each well once."""
    if not form.lines_apart:
        return ()
    counts = Counter((each.plate, each.well, each.assay) for each in measured if each.well)
    return tuple(
        RunFinding(
            RunDefect.WELL_TWICE,
            tuple(each.line for each in measured if (each.plate, each.well, each.assay) == place),
            place[1],
        )
        for place, count in counts.items()
        if count > 1
    )
