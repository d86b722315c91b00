"""Rack files with headings: D3 (Edinburgh), D7 (LIMBUS and others), D8 (flatbed decoder)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from devices.files.table import Table
from devices.rack_readers.assembling import Said
from devices.rack_readers.cells import NOT_A_CODE, Cell, RackProfile, bare, cell_of, place_of
from devices.rack_readers.told import MOSTLY, Told, cut_if_half, not_understood
from devices.values import RackDefect, RackFinding, WellState

_PLACE = ("tubeposition", "position", "pos", "well", "wellposition", "tube")
_CODE = ("tubebarcode", "2dbarcode", "tubecode", "barcode", "identifier")
_ROW = ("tuberow", "row")
_COLUMN = ("tubecolumn", "tubecol", "column", "col")
_RACK = ("rackid", "rackbarcode", "rack")
_STATUS = ("status",)
_COUNT = "tubecount"
_LOOK_FOR_HEADINGS = 30
_STATED = {"ok": WellState.TUBE, "empty": WellState.EMPTY, "unknown": WellState.NO_READ}
_DISAGREES = Cell(WellState.NOT_SAID, defect=RackDefect.STATUS_DISAGREES)
_Row = Sequence[str]


@dataclass(frozen=True)
class _Headings:
    """Which column holds what; -1 for none."""

    place: int
    row: int
    column: int
    code: int
    rack: int
    status: int

    @property
    def last(self) -> int:
        """The rightmost column that a well is read from."""
        return max(self.place, self.row, self.column, self.code, self.status)


def told_by(table: Table, profile: RackProfile) -> Told | None:
    """What the file tells; None when it has no headings of a rack file."""
    at, headings = _found(table.rows)
    if headings is None:
        return None
    rows = [row for row in table.rows[at + 1 :] if any(bare(cell) for cell in row)]
    data = [row for row in rows if place_of(_place(row, headings)) is not None]
    if not data or len(data) < MOSTLY * len(rows):
        return None
    said = [Said(_place(row, headings), _words(row, headings), _cell(row, headings, profile)) for row in data]
    if table.ends_open and data[-1] is rows[-1] and len(data[-1]) <= headings.last + 1:
        said = list(_cut(said, data[-1], headings, profile))
    above = {_folded(row[0]): bare(_at(row, 1)) for row in table.rows[:at] if row}
    findings = (*not_understood([row for row in rows if row not in data]), *_count(above, said))
    racks = [("header", above[name]) for name in _RACK if above.get(name)]
    racks += [("column", _at(row, headings.rack)) for row in data]
    dialect = "D8" if headings.status >= 0 else "D3" if _COUNT in above else "D7"
    return Told(dialect, tuple(said), tuple(racks), dialect in {"D3", "D8"}, findings)


def _folded(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.casefold())


def _at(row: _Row, column: int) -> str:
    return row[column] if 0 <= column < len(row) else ""


def _found(rows: Sequence[_Row]) -> tuple[int, _Headings | None]:
    for at, row in enumerate(rows[:_LOOK_FOR_HEADINGS]):
        names = [_folded(cell) for cell in row]

        def where(choices: tuple[str, ...], names: list[str] = names) -> int:
            return next((names.index(name) for name in choices if name in names), -1)

        found = _Headings(*(where(choices) for choices in (_PLACE, _ROW, _COLUMN, _CODE, _RACK, _STATUS)))
        if found.code >= 0 and (found.place >= 0 or (found.row >= 0 and found.column >= 0)):
            return at, found
    return 0, None


def _place(row: _Row, headings: _Headings) -> str:
    if headings.place >= 0:
        return _at(row, headings.place)
    letter = bare(_at(row, headings.row))
    if letter.isascii() and letter.isdecimal() and 0 < int(letter) <= 26:
        letter = chr(ord("A") + int(letter) - 1)
    return f"{letter}{bare(_at(row, headings.column))}"


def _words(row: _Row, headings: _Headings) -> str:
    return ",".join(_at(row, column) for column in (headings.code, headings.status) if column >= 0)


def _cell(row: _Row, headings: _Headings, profile: RackProfile) -> Cell:
    cell = cell_of(_at(row, headings.code), profile, Cell(WellState.EMPTY))
    if headings.status < 0:
        return cell
    stated = _STATED.get(bare(_at(row, headings.status)).casefold())
    if stated is None:
        return NOT_A_CODE
    if cell.state is stated or (not cell.code and stated is WellState.NO_READ):
        return Cell(stated, cell.code)
    return _DISAGREES


def _cut(said: Sequence[Said], last: _Row, headings: _Headings, profile: RackProfile) -> tuple[Said, ...]:
    """The last line has no end: its last cell may be half. A status that is known by its whole word is whole."""
    if headings.status == headings.last:
        return tuple(said) if said[-1].cell.state is not WellState.NOT_SAID else cut_if_half(said, profile)
    return cut_if_half(said, profile) if len(last) <= headings.code + 1 else tuple(said)


def _count(above: dict[str, str], said: Sequence[Said]) -> tuple[RackFinding, ...]:
    declared, read = above.get(_COUNT), sum(bool(one.cell.code) for one in said)
    if declared is None or declared == str(read):
        return ()
    return (RackFinding(RackDefect.TUBE_COUNT, detail=f"{declared} declared, {read} read"),)
