"""The wells of a rack or plate: their names, their order, and how people and devices write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

ROWS = "ABCDEFGHIJKLMNOP"
_MOST_COLUMNS = 24
_WELL = re.compile(r"([A-Pa-p])\s?[/:-]?\s?([0-9]{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shape:
    """How many rows (A, B, …) and columns (1, 2, …) a rack or plate has."""

    rows: int
    columns: int

    def __post_init__(self) -> None:
        if not (0 < self.rows <= len(ROWS) and 0 < self.columns <= _MOST_COLUMNS):
            raise ValueError(f"{self.rows} rows and {self.columns} columns: at most {len(ROWS)} and {_MOST_COLUMNS}")

    @property
    def wells(self) -> tuple[str, ...]:
        """Every well, column by column: A01, B01 … the order in which racks and plates are filled."""
        return _wells(self.rows, self.columns)

    @property
    def size(self) -> int:
        """How many wells there are."""
        return self.rows * self.columns

    def holds(self, well: str) -> bool:
        """Whether there is such a well."""
        return well in _order(self.rows, self.columns)

    def order(self, well: str) -> int:
        """The well's place in the order of filling, from 0.

        Raises:
            KeyError: when there is no such well.
        """
        return _order(self.rows, self.columns)[well]

    def turned(self, well: str) -> str:
        """The well that stands where this one stood when the rack is turned by 180°: H12 for A01 of 96."""
        row, column = row_and_column(well)
        return well_at(self.rows - 1 - row, self.columns - 1 - column)


def well_at(row: int, column: int) -> str:
    """The well's name; row and column count from 0."""
    return f"{ROWS[row]}{column + 1:02}"


def row_and_column(well: str) -> tuple[int, int]:
    """Row and column of a well as ``A01`` writes it, from 0."""
    return ROWS.index(well[0]), int(well[1:]) - 1


def read_well(written: str) -> str | None:
    """The well that was written as ``A1``, ``A01``, ``a1``, ``A/01`` or ``A 1``; None for anything else."""
    found = _WELL.fullmatch(written.strip())
    if found is None or not 1 <= int(found[2]) <= _MOST_COLUMNS:
        return None
    return f"{found[1].upper()}{int(found[2]):02}"


@cache
def _wells(rows: int, columns: int) -> tuple[str, ...]:
    return tuple(well_at(row, column) for column in range(columns) for row in range(rows))


@cache
def _order(rows: int, columns: int) -> dict[str, int]:
    return {well: place for place, well in enumerate(_wells(rows, columns))}
