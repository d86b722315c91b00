"""Rack files without headings: D1, D2, D4, D5 and the Tecan scan file, whose columns are known by what they hold.

========= =============================================
D1        ``SA12345678,A01,1234567890``
D2        ``A1,1234567890, 2d_rackid_1,SA12345678``
D4        ``A1, FR05653780``; the file's name is the rack
D5        ``TR00000002, A1, FX00000011``
Tecan     ``rackid,SA00411242``, then ``A1,FD00000000``
========= =============================================
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devices.files.table import Table
from devices.rack_readers.assembling import Said
from devices.rack_readers.cells import Cell, RackProfile, bare, cell_of, is_rack_code, place_of
from devices.rack_readers.fluidx_answer import SOURCE
from devices.rack_readers.told import MOSTLY, Told, cut_if_half, not_understood
from devices.values import WellState

_BLANK = Cell(WellState.EMPTY)
_MOST_COLUMNS = 6
_TUBES_AND_RACK = 2
_NEVER_A_TUBE = 3
_PADDED = re.compile(r"[A-Za-z]\d\d", re.ASCII)
_Row = Sequence[str]


@dataclass(frozen=True)
class _Columns:
    """Which column holds what; ``racks`` may be none, ``code`` may be blank throughout."""

    place: int
    code: int
    racks: tuple[int, ...]
    sources: tuple[int, ...]


def told_by(table: Table, profile: RackProfile) -> Told | None:
    """What the file tells; None when it is no rack file of this sort."""
    rows = list(table.rows)
    header = _tecan_rack(rows[0])
    if header:
        rows = rows[1:]
    columns = _columns(rows, profile)
    if columns is None or (header and columns.racks):
        return None
    data = [row for row in rows if _holds_place(row, columns.place)]
    if not _understood(data, columns, profile):
        return None
    said = [Said(row[columns.place], _at(row, columns.code), _cell(row, columns, profile)) for row in data]
    if table.ends_open and data[-1] is rows[-1] and len(data[-1]) <= columns.code + 1:
        said = list(cut_if_half(said, profile))
    racks = [(_source(row, columns), _at(row, column)) for row in data for column in _racks_of(row, columns, profile)]
    return Told(
        "Tecan" if header else _dialect(data, columns),
        tuple(said),
        (*(("header", text) for text in header), *racks),
        findings=not_understood([row for row in rows if not _holds_place(row, columns.place)]),
    )


def _tecan_rack(first: _Row) -> tuple[str, ...]:
    is_one = len(first) > 1 and bare(first[0]).replace(" ", "").casefold() == "rackid" and not place_of(first[1])
    return (first[1],) if is_one else ()


def _at(row: _Row, column: int) -> str:
    return row[column] if column < len(row) else ""


def _holds_place(row: _Row, column: int) -> bool:
    return place_of(_at(row, column)) is not None


def _columns(rows: Sequence[_Row], profile: RackProfile) -> _Columns | None:
    width = max((len(row) for row in rows), default=0)
    if not rows or not 1 < width <= _MOST_COLUMNS:
        return None
    place = max(range(width), key=lambda column: sum(_holds_place(row, column) for row in rows))
    data = [row for row in rows if _holds_place(row, place)]
    if len(data) < MOSTLY * len(rows) or not _holds_place(rows[0], place):
        return None
    others = [column for column in range(width) if column != place]
    sources = tuple(column for column in others if _all(data, column, lambda text: bool(SOURCE.fullmatch(text))))
    filled = [column for column in others if column not in sources and any(bare(_at(row, column)) for row in data)]
    blank = [column for column in others if column not in sources and column not in filled]
    return _assigned(data, place, filled, blank, sources, profile)


def _all(rows: Sequence[_Row], column: int, fits: Callable[[str], bool]) -> bool:
    texts = [bare(_at(row, column)) for row in rows]
    return any(texts) and all(fits(text) for text in texts if text)


def _assigned(
    data: Sequence[_Row],
    place: int,
    filled: Sequence[int],
    blank: Sequence[int],
    sources: tuple[int, ...],
    profile: RackProfile,
) -> _Columns | None:
    """Tell the tubes' column from the rack's: the rack's says the same code in every row.

    Where that does not tell them apart, the known orders do: the rack's stands before the place, or behind its source,
    or last. A column of nothing but "not read" tells nothing: it may be an unread rack's, or that of unread tubes.
    """
    behind = [column for column in blank if column > place]
    if not filled:
        return _Columns(place, behind[0], (), sources) if len(behind) == 1 else None
    racks = [column for column in filled if _says_one_code(data, column)]
    unread = [column for column in filled if _says_one_label(data, column, profile)]
    tubes = [column for column in filled if column not in (*racks, *unread)]
    if len(filled) == 1:
        return _only_column(data, filled[0], place, behind, sources)
    if len(tubes) == 1 and racks:
        return _Columns(place, tubes[0], (*racks, *unread), sources)
    if len(filled) == _TUBES_AND_RACK:
        rack = _known_order(place, filled[0], filled[1], sources)
        return _Columns(place, filled[1] if rack == filled[0] else filled[0], (rack,), sources)
    return None


def _only_column(
    data: Sequence[_Row], only: int, place: int, behind: Sequence[int], sources: tuple[int, ...]
) -> _Columns | None:
    """One filled column: the tubes' or the rack's, by where the empty ones stand; neither where that does not tell."""
    between = [column for column in behind if column < only]
    if only > place:
        if not between:
            return _Columns(place, only, (), sources)
        is_rack = only - 1 in sources or _says_one_code(data, only)
        return _Columns(place, between[0], (only,), sources) if is_rack else None
    if behind:
        return _Columns(place, behind[0], (only,), sources)
    texts = [text for row in data if (text := bare(_at(row, only)))]
    return _Columns(place, only, (), sources) if len(texts) == len(set(texts)) > 1 else None


def _known_order(place: int, first: int, second: int, sources: tuple[int, ...]) -> int:
    """Which of two columns is the rack's in the dialects seen."""
    if sources and sources[0] + 1 in {first, second}:
        return sources[0] + 1
    return first if first < place else second


def _says_one_code(data: Sequence[_Row], column: int) -> bool:
    texts = {bare(_at(row, column)) for row in data}
    return len(texts) == 1 and is_rack_code(*texts)


def _says_one_label(data: Sequence[_Row], column: int, profile: RackProfile) -> bool:
    texts = {bare(_at(row, column)) for row in data}
    return len(texts) == 1 and profile.label(*texts) is not None


def _understood(data: Sequence[_Row], columns: _Columns, profile: RackProfile) -> bool:
    """Whether the tubes' column holds what readers say of tubes. One code in most wells is the rack's, no tube's."""
    cells = [_cell(row, columns, profile) for row in data]
    codes = Counter(cell.code for cell in cells if cell.code)
    most = max(codes.values(), default=0)
    known = [cell for cell in cells if cell.state is not WellState.NOT_SAID]
    return len(known) >= MOSTLY * len(data) and not (most >= _NEVER_A_TUBE and most * 2 > len(data))


def _cell(row: _Row, columns: _Columns, profile: RackProfile) -> Cell:
    return cell_of(_at(row, columns.code), profile, _BLANK)


def _source(row: _Row, columns: _Columns) -> str:
    return (bare(_at(row, columns.sources[0])) if columns.sources else "") or "column"


def _racks_of(row: _Row, columns: _Columns, profile: RackProfile) -> tuple[int, ...]:
    """The rack's columns of a row; of a code not read and another that was, the other one."""
    given = [column for column in columns.racks if bare(_at(row, column))]
    read = [column for column in given if profile.label(bare(_at(row, column))) is None]
    return tuple(read or given[:1])


def _dialect(data: Sequence[_Row], columns: _Columns) -> str:
    if columns.sources:
        return "D2"
    if not columns.racks:
        return "D4"
    padded = all(_PADDED.fullmatch(bare(row[columns.place])) for row in data)
    return "D1" if padded else "D5"
