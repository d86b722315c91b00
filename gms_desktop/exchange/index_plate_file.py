"""A set of index pairs from the laboratory's own file: text with a heading line, one line a well.

Makers publish their indexes in forms of their own, and their sequences are not shipped. Headings are known by several
spellings; a file that writes i5 both ways is read forward, and where no heading says which way, that is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gms_desktop.domain.index_plates import IndexPair, IndexSet, Orientation
from gms_desktop.domain.racks.wells import read_well
from gms_desktop.exchange.cells import clean
from gms_desktop.exchange.text_table import TableRow, read_table

_WELL = ("well", "well position", "position", "plate well", "index plate well")
_NAME = ("index name", "name", "udi name", "udp name", "index pair", "index")
_I7 = ("i7", "i7 index", "i7 bases", "i7 sequence", "index 1", "index1", "index 1 (i7)", "i7 bases in adapter")
_I5 = (
    (
        Orientation.FORWARD,
        ("i5 forward", "i5 (forward)", "i5 forward strand", "index 2 (i5) forward"),
    ),
    (Orientation.REVERSE, ("i5 reverse complement", "i5 (reverse complement)", "index 2 (i5) reverse complement")),
    (Orientation.NOT_STATED, ("i5", "i5 index", "i5 bases", "i5 sequence", "index 2", "index2", "index 2 (i5)")),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a file from being taken: the row as a spreadsheet shows it, 0 for the file, and why."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class IndexFile:
    """What was read; there is a set only where nothing is wrong with any row."""

    set: IndexSet | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where what stands in a row; the name may be missing."""

    well: int
    name: int
    i7: int
    i5: int
    way: Orientation


def read_index_file(content: bytes, name: str) -> IndexFile:
    """The set.

    Args:
        content: the file's bytes.
        name: what the laboratory calls the set.
    """
    table = read_table(content)
    if not table.readable:
        return IndexFile(None, tuple(Problem(0, one.reason_code) for one in table.problems))
    columns = _columns([one.casefold() for one in table.header])
    if columns is None:
        return IndexFile(None, (Problem(0, "columns-missing"),))
    wells: dict[str, IndexPair] = {}
    problems = []
    for row in table.rows:
        well, pair, why = _pair(row, columns)
        if not why and well in wells:
            why = "well-repeated"
        if why:
            problems.append(Problem(row.number, why))
        else:
            wells[well] = pair
    return IndexFile(None if problems else IndexSet(name, wells, columns.way), tuple(problems))


def _columns(headings: Sequence[str]) -> _Columns | None:
    well, name, i7 = (_first(headings, known) for known in (_WELL, _NAME, _I7))
    ways = [(way, place) for way, known in _I5 if (place := _first(headings, known)) >= 0]
    if min(well, i7) < 0 or not ways:
        return None
    return _Columns(well, name, i7, ways[0][1], ways[0][0])


def _first(headings: Sequence[str], known: Sequence[str]) -> int:
    return next((place for place, heading in enumerate(headings) if heading in known), -1)


def _pair(row: TableRow, columns: _Columns) -> tuple[str, IndexPair, str]:
    cells = [clean(cell) for cell in row.cells]
    if row.fault:
        return "", IndexPair("", "", ""), row.fault
    if len(cells) <= max(columns.well, columns.i7, columns.i5):
        return "", IndexPair("", "", ""), "row-too-short"
    well, i7, i5 = read_well(cells[columns.well]), cells[columns.i7].upper(), cells[columns.i5].upper()
    name = cells[columns.name] if 0 <= columns.name < len(cells) else ""
    why = "well-shape" if well is None else "" if i7 and i5 else "cell-required"
    return well or "", IndexPair(name, i7, i5), why
