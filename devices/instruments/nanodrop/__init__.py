"""Thermo NanoDrop: spectrophotometers, each generation with a file of its own sort.

Sources: device-protocols.md section 5.2; files of allotropy's test set (MIT). No export of a 2000 or 2000c was to be
had: its columns are those of a table that a user published beside one (ericmjl, hackytaq notes, October 2016).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from devices.files.given import GivenFile
from devices.instruments.headed import NOTHING_KNOWN, Known, Structured, structured, tables_in
from devices.instruments.nanodrop.dialects import DIALECTS, PROTEIN, Dialect
from devices.instruments.rows import Columns, Row, Rows, folded, text_rows
from devices.measured import InstrumentRun

_WAVELENGTH = re.compile(r"\d{3}(?:[.,]\d+)?", re.ASCII)


def runs_in(file: GivenFile, known: Known = NOTHING_KNOWN) -> Sequence[InstrumentRun]:
    """The runs in a NanoDrop's file; nothing for any other file."""
    rows = text_rows(file)
    if rows is None:
        return ()
    return next(filter(None, (tuple(_runs(rows, dialect, known)) for dialect in DIALECTS)), ())


def _runs(rows: Rows, dialect: Dialect, known: Known) -> Iterator[InstrumentRun]:
    after = 0
    for heading, body, ends_open in tables_in(rows, *dialect.needs):
        if not any(re.fullmatch(dialect.tells, folded(cell)) for cell in heading.cells):
            return
        head = _head([row for row in rows if after < row.line < heading.line])
        table, rest = _measurements(body)
        told = structured(heading.cells, table, dialect.form, known, ends_open=ends_open and not rest)
        yield _run(dialect, told, head, rest)
        after = heading.line


def _measurements(body: Sequence[Row]) -> tuple[list[Row], tuple[str, ...]]:
    """The rows of the table itself, and the headings of the curves that stand below it."""
    end = next(
        (index for index, row in enumerate(body) if Columns(row.cells).has("sample id", "curve type")), len(body)
    )
    below = tuple(cell.strip() for cell in body[end].cells if cell.strip()) if end < len(body) else ()
    return [row for row in body[:end] if not _is_head(row)], below


def _is_head(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    return bool(filled) and row.cell(0).strip().endswith(":") and len(filled) <= 2


def _head(rows: Sequence[Row]) -> dict[str, str]:
    """What stands above the headings: ``Serial Number:`` and its value, padded with any number of empty cells."""
    told = {}
    for row in rows:
        if _is_head(row):
            told[row.cell(0).strip().rstrip(":")] = "".join(cell.strip() for cell in row.cells[1:])
    return told


def _run(dialect: Dialect, told: Structured, head: dict[str, str], below: tuple[str, ...]) -> InstrumentRun:
    used = {"Application": "", "Serial Number": "", "User Name": ""}
    used |= {key: value for key, value in head.items() if key in used}
    return InstrumentRun(
        instrument=dialect.instrument,
        dialect=dialect.name,
        measured=told.measured,
        unread=(*(key for key in head if key not in used), *_without_spectrum(told.unread), *below),
        findings=told.findings,
        serial=used["Serial Number"],
        operator=used["User Name"] or told.firsts["operator"],
        assay=used["Application"] or told.firsts["assay"] or ("protein" if dialect.name == PROTEIN else ""),
    )


def _without_spectrum(unread: tuple[str, ...]) -> tuple[str, ...]:
    """The unread columns, the hundreds of a spectrum told as one: ``220.0 to 350.0``."""
    waves = [each for each in unread if _WAVELENGTH.fullmatch(each)]
    rest = tuple(each for each in unread if not _WAVELENGTH.fullmatch(each))
    return (*rest, f"{waves[0]} to {waves[-1]}") if waves else rest
