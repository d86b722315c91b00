"""A table with one heading row and one row a sample: which column is what is declared, the rest is told as unread.

Most instruments write such a table; each declares its ``Form``. A laboratory's own mapped file is a ``Form`` too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from devices.instruments.cells import Mark, mark_of, quantity, told
from devices.instruments.dates import Order, day_in, order_of, own_time
from devices.instruments.rows import Columns, Row, Rows, column_cells, folded, folded_micro, well_of
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
        unit_anywhere: whether the unit's column may stand left of the value, and be that of several. Else it stands
            between this value and the next: were its heading damaged, another value's unit would be taken for it.
    """

    analyte: Analyte
    headings: Headings = ()
    unit: str = ""
    unit_column: Headings = ()
    pattern: str = ""
    part: str = ""
    unit_anywhere: bool = False


@dataclass(frozen=True)
class Form:
    """Which heading means what; an empty one is a column that this instrument does not have.

    Attributes:
        part_from: where a row is of one region of a sample: the region's beginning; ``part_to`` its end.
        pedestal: a position that is no well of a plate, kept as it is written.
        run_id: the run's own name; where it holds a date with the year first, that day is certain.
        lines_apart: whether the instrument measures each well once in a run, so that one well twice is a finding.
        blanks: names of samples that are blanks, in small letters; ``ladders`` and ``standards`` likewise.
    """

    values: tuple[ValueColumn, ...]
    sample: Headings = ()
    sample_id: Headings = ()
    plate: Headings = ()
    well: Headings = ()
    pedestal: Headings = ()
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
CUT_OFF = "the file is cut off here"
_SWALLOWED = re.compile(r"[\r\n].*[,;\t]|[,;\t].*[\r\n]", re.DOTALL)
_DETAIL, _ALIKE = 80, 3


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
    run_ids: tuple[str, ...] = ()
    """The run id of each position, empty where the row has none."""

    def by_run(self) -> tuple[Structured, ...]:
        """The table parted into its runs, in the file's order. What touches no line is told with each."""
        names = tuple(dict.fromkeys(self.run_ids))
        return (self,) if len(names) < 2 else tuple(self._of(name) for name in names)

    def _of(self, run_id: str) -> Structured:
        measured = tuple(one for one, of in zip(self.measured, self.run_ids, strict=True) if of == run_id)
        elsewhere = {one.line for one in self.measured} - {one.line for one in measured}
        findings = [_among(found, elsewhere) for found in self.findings]
        assays = {one.assay for one in measured} - {""}
        firsts = {**self.firsts, "run_id": run_id, "assay": assays.pop() if len(assays) == 1 else ""}
        told = tuple(found for found in findings if found is not None)
        return replace(self, measured=measured, findings=told, firsts=firsts, run_ids=(run_id,) * len(measured))


def _among(found: RunFinding, elsewhere: set[int]) -> RunFinding | None:
    """A finding without the lines of other runs; None where it touches none but those."""
    lines = tuple(line for line in found.lines if line not in elsewhere)
    return replace(found, lines=lines) if lines or not found.lines else None


@dataclass(frozen=True)
class _Value:
    """A value column found: where it stands, its heading, its unit as written or where that stands, or as was said."""

    analyte: Analyte
    index: int
    column: str
    unit: str
    unit_index: int
    part: str
    said: str = ""


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
    values = _values(columns, form, known)
    where = {name: columns.take(*getattr(form, name)) for name in _PLACES if getattr(form, name)}
    dates = column_cells(rows, [where.get("date", -1)])
    sure = [*certain_days, *_days_in(rows, where.get("run_id", -1))]
    order = order_of(dates, sure, known.date_order)
    mark = mark_of(column_cells(rows, [each.index for each in values])) or known.mark or _by_default(rows, values)
    cut = _cut(rows, headings, values) if ends_open else ()
    table = _Table(tuple(headings), form, values, where, order, mark, cut[0].lines[0] if cut else 0)
    odd = {row.line: row for row in rows if _is_odd(row, len(headings))}
    understood = [row for row in rows if row.line not in odd]
    measured = tuple(table.measured(row) for row in understood)
    run_ids = tuple(row.cell(where.get("run_id", -1)).strip() for row in understood)
    findings = (
        *cut,
        *(RunFinding(RunDefect.LINE_NOT_UNDERSTOOD, (line,), _shown(row)) for line, row in odd.items()),
        *_short(understood, table.cut),
        *cell_findings(measured, mark, pedestal=bool(form.pedestal)),
        *_twice(measured, run_ids, form),
    )
    firsts = {name: _only(rows, where.get(name, -1)) for name in ("operator", "serial", "run_id", "assay")}
    return Structured(measured, findings, columns.unread, order, mark, firsts, run_ids)


_PLACES = (
    "sample", "sample_id", "plate", "well", "row_of_well", "column_of_well", "date", "time", "assay", "flags",
    "operator", "serial", "run_id", "part_from", "part_to", "pedestal",
)  # fmt: skip


def _by_default(rows: Sequence[Row], values: Sequence[_Value]) -> Mark | None:
    """A point, where no cell has a comma: ``1.234`` alone is then a little more than one, as instruments write it."""
    cells = column_cells(rows, [each.index for each in values])
    return None if any("," in cell for cell in cells) else Mark.POINT


def _values(columns: Columns, form: Form, known: Known) -> tuple[_Value, ...]:
    places = [columns.take_like(each.pattern) if each.pattern else columns.take(*each.headings) for each in form.values]
    return tuple(
        _found(columns, value, index, min((place for place in places if place > index), default=None), known)
        for value, index in zip(form.values, places, strict=True)
        if index >= 0
    )


def _found(columns: Columns, value: ValueColumn, index: int, before: int | None, known: Known) -> _Value:
    heading = columns.headings[index].strip()
    if value.unit_anywhere:
        beside = columns.take(*value.unit_column, shared=True)
    else:
        beside = columns.take(*value.unit_column, after=index, before=before)
    said = dict(known.units).get(heading.casefold(), "")
    return _Value(value.analyte, index, heading, unit_in(heading), beside, value.part, value.unit or said)


@dataclass(frozen=True)
class _Table:
    headings: tuple[str, ...]
    form: Form
    values: tuple[_Value, ...]
    where: dict[str, int]
    order: Order
    mark: Mark | None
    cut: int = 0
    """The line that is cut off, whose last cell may be half of what was meant; 0 where none is."""

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
            raw_well=raw_well.strip() or self._cell(row, "pedestal").strip(),
            role=role_of(sample, self.form),
            at=self._at(row),
            assay=self._cell(row, "assay").strip(),
            flags=(flags,) if flags else (),
        )

    def _cell(self, row: Row, name: str) -> str:
        return row.cell(self.where.get(name, -1))

    def _quantity(self, row: Row, value: _Value) -> Quantity:
        unit = row.cell(value.unit_index).strip() if value.unit_index >= 0 else value.unit
        read = quantity(
            value.analyte, row.cell(value.index), value.column, unit or value.said, self._part(row, value), self.mark
        )
        read = read if unit or not value.said else replace(read, raw_unit="")
        halved = self._is_halved(row, value.index) or self._is_halved(row, value.unit_index)
        return replace(read, says=Says.NOT_READABLE, value=None) if halved and read.value is not None else read

    def _is_halved(self, row: Row, index: int) -> bool:
        return row.line == self.cut and index == len(row.cells) - 1

    def _part(self, row: Row, value: _Value) -> str:
        if "part_from" not in self.where:
            return value.part
        return f"region {self._cell(row, 'part_from').strip()} to {self._cell(row, 'part_to').strip()}"

    def _at(self, row: Row) -> OwnTime | None:
        at = own_time(f"{self._cell(row, 'date')} {self._cell(row, 'time')}", self.order)
        halved = any(self._is_halved(row, self.where.get(name, -1)) for name in ("date", "time"))
        return OwnTime(at.raw, None, DateOrder.UNDECIDED, CUT_OFF) if at is not None and halved else at


def heading_row(rows: Rows, *needed: str, within: int = 60) -> int:
    """The index of the first row that has all these headings, among a file's first ones; -1 where none has."""
    for index, row in enumerate(rows.rows[:within]):
        if _has(row, needed):
            return index
    return -1


def tables_in(rows: Rows, *needed: str) -> tuple[tuple[Row, tuple[Row, ...], bool], ...]:
    """Each table whose headings hold all of these: two where a file has two runs, one after the other.

    Returns:
        For each, its row of headings, its rows without blank ones, and whether the file ends in it without an end.
    """
    first = heading_row(rows, *needed)
    if first < 0:
        return ()
    heads = [index for index in range(first, len(rows.rows)) if _has(rows.rows[index], needed)]
    ends = [*heads[1:], len(rows.rows)]
    return tuple(
        (rows.rows[head], tuple(row for row in rows.rows[head + 1 : end] if not row.is_blank), rows.ends_open and last)
        for head, end, last in zip(heads, ends, [False] * (len(heads) - 1) + [True], strict=True)
    )


def _has(row: Row, needed: Sequence[str]) -> bool:
    """Whether a row has these headings. Most have not, which the first of them tells without folding any cell."""
    if len(row.cells) < len(needed):
        return False
    written = _written(row.cells)
    return all(word in written for word in folded(needed[0]).split()) and Columns(row.cells).has(*needed)


@lru_cache(maxsize=512)
def _written(cells: tuple[str, ...]) -> str:
    """A row as headings are compared with it: each reader in turn looks at the same first rows."""
    return folded_micro("".join(cells)).casefold()


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


def _cut(rows: Sequence[Row], headings: Sequence[str], values: Sequence[_Value]) -> tuple[RunFinding, ...]:
    """Whether a file without an end to its last line is cut off there: cells are missing, or the end of a number."""
    if not rows:
        return ()
    last, width = rows[-1], len(headings)
    usual = max((len(row.cells) for row in rows[:-1]), default=width)
    end = len(last.cells) - 1
    numbers = [row.cell(end) for row in rows] if any(value.index == end for value in values) else []
    if len(last.cells) >= min(usual, width) and not _is_shortened(numbers):
        return ()
    return (RunFinding(RunDefect.CUT, (last.line,), last.cells[-1]),)


def _is_shortened(numbers: Sequence[str]) -> bool:
    """Whether the last of some numbers has fewer decimals than all the others have alike: ``4.41`` after ``2.4558``."""
    decimals = {len(re.split(r"[.,]", number.strip())[-1]) for number in numbers[:-1] if re.search(r"[.,]\d", number)}
    if len(decimals) != 1 or len(numbers) < _ALIKE or not all(re.search(r"[.,]\d", one) for one in numbers[:-1]):
        return False
    parts = re.split(r"[.,]", numbers[-1].strip())
    return len(parts) < 2 or len(parts[-1]) < decimals.pop()


def _is_odd(row: Row, width: int) -> bool:
    """Whether a row is none of this table: it has more cells, or a quoted cell that swallowed others."""
    return any(cell.strip() for cell in row.cells[width:]) or any(_SWALLOWED.search(cell) for cell in row.cells)


def _shown(row: Row) -> str:
    return " | ".join(row.cells)[:_DETAIL]


def _short(rows: Sequence[Row], cut: int) -> tuple[RunFinding, ...]:
    """Rows with fewer cells than all others have: a cell that is missing moves the ones after it."""
    widths = Counter(len(row.cells) for row in rows)
    if len(widths) < 2:
        return ()
    usual, often = widths.most_common(1)[0]
    short = [row for row in rows if len(row.cells) < usual and row.line != cut]
    if often <= len(rows) // 2:
        return ()
    return tuple(RunFinding(RunDefect.ROW_SHORT, (row.line,), _shown(row)) for row in short)


def cell_findings(measured: Sequence[Measured], mark: Mark | None, *, pedestal: bool = False) -> tuple[RunFinding, ...]:
    """What is odd about the cells, wells and times of a run, whatever file it came from; each thing once."""
    lines: dict[tuple[RunDefect, str], list[int]] = {}
    for each in measured:
        for defect, detail in _odd(each, mark, pedestal=pedestal):
            lines.setdefault((defect, detail), []).append(each.line)
    return tuple(RunFinding(defect, tuple(dict.fromkeys(at)), detail) for (defect, detail), at in lines.items())


def _odd(measured: Measured, mark: Mark | None, *, pedestal: bool) -> Iterator[tuple[RunDefect, str]]:
    for cell in measured.quantities:
        if cell.says is Says.NOT_READABLE:
            yield _why_not_readable(cell, mark)
    if measured.raw_well and not measured.well and not pedestal:
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
    return RunDefect.UNIT_NOT_KNOWN, f"{cell.column}: {cell.raw_unit or read.unit or 'no unit'}"


def _twice(measured: Sequence[Measured], run_ids: Sequence[str], form: Form) -> tuple[RunFinding, ...]:
    """Wells that two rows of a run name, for an instrument that measures each well once."""
    if not form.lines_apart:
        return ()
    lines: dict[tuple[str, str, str, str], list[int]] = {}
    for each, run_id in zip(measured, run_ids, strict=True):
        if each.well:
            lines.setdefault((run_id, each.plate, each.well, each.assay), []).append(each.line)
    return tuple(
        RunFinding(RunDefect.WELL_TWICE, tuple(found), place[2]) for place, found in lines.items() if len(found) > 1
    )
