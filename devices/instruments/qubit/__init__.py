"""Thermo Qubit 3, 4 and Flex: fluorometers that write one row a tube, as CSV or as a workbook.

The tube's concentration is that of the assay tube (often ng/mL); the sample's own stands beside it, with its own unit.
Source: device-protocols.md section 5.2; files of allotropy's test set (MIT).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from devices.files.given import GivenFile
from devices.instruments.dates import day_in
from devices.instruments.headed import NOTHING_KNOWN, Form, Known, ValueColumn, structured, tables_in
from devices.instruments.rows import Row, Rows, rows_of
from devices.measured import Analyte, InstrumentRun

_UNITS = ("units",)
_QUBIT_4 = Form(
    values=(
        ValueColumn(Analyte.ASSAY_TUBE_CONCENTRATION, ("qubit tube conc.",), unit_column=_UNITS),
        ValueColumn(Analyte.CONCENTRATION, ("original sample conc.",), unit_column=_UNITS),
    ),
    sample=("test name", "sample name"),
    date=("test date",),
    assay=("assay name",),
    run_id=("run id",),
    lines_apart=False,
)
_FLEX = Form(
    values=(
        ValueColumn(Analyte.CONCENTRATION, ("original sample conc.",), unit_column=("original sample conc. units",)),
        ValueColumn(Analyte.ASSAY_TUBE_CONCENTRATION, ("qubit tube conc.",), unit_column=("qubit tube conc. units",)),
    ),
    sample=("sample name",),
    sample_id=("sample id",),
    plate=("plate barcode",),
    well=("well",),
    date=("test date",),
    assay=("assay name",),
    run_id=("run id",),
    lines_apart=False,
)
_NAMED_BY_TIME = re.compile(r"Sample_#(\d{2})(\d{2})(\d{2})-\d{6}", re.ASCII)
"""The name that a Qubit gives a sample that nobody named: year, month, day."""


@dataclass(frozen=True)
class _Dialect:
    name: str
    instrument: str
    needs: tuple[str, ...]
    form: Form


_DIALECTS = (
    _Dialect("Qubit Flex", "Qubit Flex", ("run id", "qubit tube conc. units", "original sample conc. units"), _FLEX),
    _Dialect(
        "Qubit 4", "Qubit", ("run id", "test name", "qubit tube conc.", "original sample conc.", "units"), _QUBIT_4
    ),
)


def runs_in(file: GivenFile, known: Known = NOTHING_KNOWN) -> Sequence[InstrumentRun]:
    """The runs in a Qubit's file, one for each sheet; nothing for any other file."""
    return [run for rows in rows_of(file) for run in _run(rows, known)]


def _run(rows: Rows, known: Known) -> Iterator[InstrumentRun]:
    for dialect in _DIALECTS:
        if tables := tables_in(rows, *dialect.needs):
            for head, body, ends_open in tables:
                yield from _structured(dialect, head, body, known, ends_open)
            return


def _structured(
    dialect: _Dialect, head: Row, body: Sequence[Row], known: Known, ends_open: bool
) -> Iterator[InstrumentRun]:
    certain = [day for row in body for cell in row.cells if (day := _named_day(cell)) is not None]
    whole = structured(head.cells, body, dialect.form, known, certain, ends_open)
    for table in whole.by_run():
        yield InstrumentRun(
            instrument=dialect.instrument,
            dialect=dialect.name,
            measured=table.measured,
            unread=table.unread,
            findings=table.findings,
            run_id=table.firsts["run_id"],
            assay=table.firsts["assay"],
        )


def _named_day(cell: str) -> date | None:
    named = _NAMED_BY_TIME.fullmatch(cell.strip())
    return day_in(f"20{named[1]}-{named[2]}-{named[3]}") if named else None
