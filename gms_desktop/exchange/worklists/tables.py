"""CSV with the columns that a robot's method wants: written and read by the same table of columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from gms_desktop.domain.racks.wells import row_and_column
from gms_desktop.exchange.worklists.settings import Column, Table
from gms_desktop.exchange.worklists.transfers import Told, WorklistError


def write_table(rows: Sequence[Mapping[str, str]], how: Table) -> bytes:
    """The text: each row's fields in the columns of the method."""
    text = io.StringIO(newline="")
    made = csv.writer(text, lineterminator=how.line_end)
    made.writerow([one.heading for one in how.columns])
    made.writerows([_cell(row, column, how) for column in how.columns] for row in rows)
    return text.getvalue().encode("utf-8", "backslashreplace")


def read_table_of(content: bytes, how: Table) -> list[Told]:
    """The rows of such a text.

    Raises:
        WorklistError: when it is no such table, its columns are others, or a field stands in two that differ.
    """
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (csv.Error, UnicodeDecodeError) as fault:
        raise WorklistError([f"not to be read as a table: {fault}"]) from fault
    if rows[:1] != [[one.heading for one in how.columns]]:
        raise WorklistError(["the columns are not those of the method"])
    return [_told(row, how.columns) for row in rows[1:]]


def unpadded(well: str) -> str:
    """``A1`` for ``A01``."""
    return f"{well[0]}{row_and_column(well)[1] + 1}"


def _told(row: Sequence[str], columns: Sequence[Column]) -> Told:
    if len(row) != len(columns):
        raise WorklistError([f"{len(row)} cells under {len(columns)} columns"])
    said = [(one.field, cell) for one, cell in zip(columns, row, strict=True) if one.field]
    differ = [field for field, cell in said if dict(said)[field] != cell]
    if differ:
        raise WorklistError([f"{differ[0]} is written twice, differently"])
    return dict(said)


def _cell(row: Mapping[str, str], column: Column, how: Table) -> str:
    said = column.text or row[column.field]
    return unpadded(said) if column.field.endswith("_well") and not how.padded else said
