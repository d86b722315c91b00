"""The sheet of an extraction batch on A4: protocol, lots, every position with its numbers, and a code that opens it.

Numbers only: nobody's name stands on it. The code is read back from the page before the sheet is handed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gms_desktop import extract_words
from gms_desktop.documents.page_code import picture_of, put_code
from gms_desktop.documents.paper import TALL, mm, one_page, write
from gms_desktop.documents.rejection_report import REHEARSAL
from gms_desktop.domain.racks.wells import Shape, row_and_column

_LEFT, _TOP, _WIDE, _HIGH = 15.0, 84.0, 184.8, 200.0
_WIDEST, _HIGHEST = 30.8, 25.0
_LINE, _MOST_LINES, _LOWEST = 8.0, 8, 284.0


@dataclass(frozen=True, slots=True)
class SheetPosition:
    """A position that holds something: its look, the specimen's number or the control, what came out of it."""

    position: str
    what: str
    code: str
    out: str


@dataclass(frozen=True, slots=True)
class BatchSheet:
    """What the sheet says; ``conceded`` names what goes on in the batch although it fails, empty where nothing does."""

    number: str
    title: str
    facts: tuple[tuple[str, str], ...]
    shape: Shape
    positions: tuple[SheetPosition, ...]
    laboratory: str
    made: str
    rehearsal: bool
    conceded: tuple[str, ...] = ()


def batch_sheet(said: BatchSheet) -> bytes:
    """The sheet as PDF.

    Raises:
        LabelUnreadable: the code does not read back from the page as exactly the batch's own.
    """
    made = one_page(f"Batch {said.number}", lambda page: _draw(page, said))
    picture_of(made, said.number)
    return made


def _draw(page: Any, said: BatchSheet) -> None:
    if said.rehearsal:
        write(page, REHEARSAL, _LEFT, 6, 145, 4.5, bold=True)
    write(page, f"Batch {said.number}", _LEFT, 12, 145, 7, bold=True)
    write(page, said.title, _LEFT, 21, 145, 5, bold=True)
    write(page, said.laboratory, _LEFT, 28, 145, 4)
    write(page, said.made, _LEFT, 33, 145, 3.4)
    put_code(page, said.number)
    down = 39.0
    for name, value in said.facts:
        down += write(page, f"{name}: {value}", _LEFT, down, 180, 3.4)
    held = {one.position: one for one in said.positions}
    wide = min(_WIDE / said.shape.columns, _WIDEST)
    taken = _LINE * min(len(said.conceded), _MOST_LINES)
    high = min((_HIGH - taken) / said.shape.rows, _HIGHEST)
    for column in range(said.shape.columns):
        write(page, str(column + 1), _LEFT + column * wide + wide / 2 - 2, _TOP - 6, 8, 4, bold=True)
    for row in range(said.shape.rows):
        write(page, chr(ord("A") + row), _LEFT - 6, _TOP + row * high + high / 2 - 2, 6, 4, bold=True)
    for position in said.shape.wells:
        _cell(page, held.get(position), position, wide, high)
    _conceded(page, said.conceded, _TOP + high * said.shape.rows + 2)


def _conceded(page: Any, lines: tuple[str, ...], down: float) -> None:
    """What goes on although it fails, as many as there is room for, and how many more."""
    for number, line in enumerate(lines):
        if down + _LINE > _LOWEST + _LINE / 2 or (number == _MOST_LINES - 1 and len(lines) > _MOST_LINES):
            write(page, extract_words.more_conceded(len(lines) - number), _LEFT, down, 180, 3, bold=True)
            return
        down += write(page, line, _LEFT, down, 180, 3)


def _cell(page: Any, held: SheetPosition | None, position: str, wide: float, high: float) -> None:
    row, column = row_and_column(position)
    x, y = _LEFT + column * wide, _TOP + row * high
    page.setLineWidth(12 if position == "A01" else 2)
    page.rect(mm(x), TALL - mm(y) - mm(high), mm(wide), mm(high))
    if held is None:
        return
    for text, down, size, bold in (
        (held.what, 0.8, 1.9, False),
        (held.code, 4.0, 1.85, True),
        (held.out, 11.5, 1.85, False),
    ):
        write(page, text, x + 0.6, y + down, wide - 0.8, size, bold=bold)
