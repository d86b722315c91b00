"""Hamilton worklists: CSV with the columns that the laboratory's method wants."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import partial

from gms_desktop.domain.racks.wells import Shape, row_and_column
from gms_desktop.exchange.worklists.settings import Column, Hamilton
from gms_desktop.exchange.worklists.transfers import PLATE_96, Told, Transfer, WorklistError, check_plan, proved


def write(transfers: Sequence[Transfer], how: Hamilton, shape: Shape = PLATE_96) -> bytes:
    """A worklist, read back and compared with the plan.

    Raises:
        WorklistError: when the plan cannot be written, or the text would say something else.
    """
    fields = [one.field for one in how.columns if one.field]
    check_plan(transfers, shape, with_volume="volume_ul" in fields)
    text = io.StringIO(newline="")
    made = csv.writer(text, lineterminator=how.line_end)
    made.writerow([one.heading for one in how.columns])
    made.writerows([_cell(one, column, how) for column in how.columns] for one in transfers)
    return proved(text.getvalue().encode(), partial(read, how=how), transfers, fields)


def read(content: bytes, how: Hamilton) -> list[Told]:
    """The transfers of such a worklist.

    Raises:
        WorklistError: when its columns are others.
    """
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    if next(rows, []) != [one.heading for one in how.columns]:
        raise WorklistError(["the columns are not those of the method"])
    return [_told(row, how.columns) for row in rows]


def _told(row: Sequence[str], columns: Sequence[Column]) -> Told:
    if len(row) != len(columns):
        raise WorklistError([f"{len(row)} cells under {len(columns)} columns"])
    said = [(one.field, cell) for one, cell in zip(columns, row, strict=True) if one.field]
    differ = [field for field, cell in said if dict(said)[field] != cell]
    if differ:
        raise WorklistError([f"{differ[0]} is written twice, differently"])
    return dict(said)


def _cell(one: Transfer, column: Column, how: Hamilton) -> str:
    if column.text:
        return column.text
    said = one.field(column.field)
    if column.field == "diluent_ul":
        return said or "0"
    return said if how.padded or not column.field.endswith("_well") else unpadded(said)


def unpadded(well: str) -> str:
    """``A1`` for ``A01``."""
    return f"{well[0]}{row_and_column(well)[1] + 1}"
