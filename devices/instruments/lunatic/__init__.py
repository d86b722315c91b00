"""Unchained Labs Lunatic and Stunner: a row a well, with or without the report's head of some fifteen lines above.

Sources: device-protocols.md section 5.2; files of allotropy's test set (MIT).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from devices.files.given import GivenFile
from devices.instruments.dates import own_time
from devices.instruments.headed import NOTHING_KNOWN, Form, Known, ValueColumn, structured, tables_in
from devices.instruments.rows import Row, Rows, rows_of
from devices.measured import Analyte, InstrumentRun

_NEEDS = ("plate id", "plate position", "sample name", "instrument id", "application")
_FORM = Form(
    values=(
        ValueColumn(Analyte.CONCENTRATION, pattern=r"(?:a260 )?concentration ?\(.+\)"),
        ValueColumn(Analyte.A260_280, ("a260/a280",)),
        ValueColumn(Analyte.A260_230, ("a260/a230",)),
        ValueColumn(Analyte.A260, ("a260",)),
        ValueColumn(Analyte.BACKGROUND, ("background (a260)",)),
    ),
    sample=("sample name",),
    plate=("plate id",),
    well=("plate position",),
    date=("date",),
    time=("time",),
    assay=("application",),
    serial=("instrument id",),
)
_SECTIONS = frozenset({"", "Report", "Info", "Table"})
_READ = frozenset({"Date", "Test performed by", "Instrument", "Client version", "Experiment name", "Application"})


def runs_in(file: GivenFile, known: Known = NOTHING_KNOWN) -> Sequence[InstrumentRun]:
    """The runs in a Lunatic's file; nothing for any other file."""
    return [run for rows in rows_of(file) for run in _runs(rows, known)]


def _runs(rows: Rows, known: Known) -> Iterator[InstrumentRun]:
    after = 0
    for heading, body, ends_open in tables_in(rows, *_NEEDS):
        above = [row for row in rows if after < row.line < heading.line]
        yield _run(heading, body[: _next_report(body)], _head(above[_next_report(above) :]), known, ends_open)
        after = heading.line


def _next_report(rows: Sequence[Row]) -> int:
    """Where the head of a report begins; behind the last row where none does."""
    begins = (at for at, row in enumerate(rows) if row.cell(0).strip() == "Report" and not any(row.cells[1:]))
    return next(begins, len(rows))


def _head(rows: Sequence[Row]) -> dict[str, str]:
    return {row.cell(0).strip(): row.cell(1).strip() for row in rows if row.cell(0).strip() not in _SECTIONS}


def _run(heading: Row, body: Sequence[Row], head: dict[str, str], known: Known, ends_open: bool) -> InstrumentRun:
    table = structured(heading.cells, body, _FORM, known, ends_open=ends_open)
    return InstrumentRun(
        instrument="Lunatic",
        dialect="Lunatic CSV with its report's head" if head else "Lunatic CSV",
        measured=table.measured,
        unread=(*(key for key in head if key not in _READ), *table.unread),
        findings=table.findings,
        serial=head.get("Instrument", "") or table.firsts["serial"],
        software=head.get("Client version", ""),
        operator=head.get("Test performed by", ""),
        run_id=head.get("Experiment name", ""),
        assay=head.get("Application", "") or table.firsts["assay"],
        at=own_time(head.get("Date", ""), table.order),
    )
