"""The map of a plate or rack on A4: every well with what it holds, A1 boxed, and its code to scan.

The code is read back from the pixels of the page before the map is handed over; the picture is of the same page.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from gms_desktop import plating_words
from gms_desktop.documents.page_code import picture_of, put_code
from gms_desktop.documents.paper import TALL, mm, one_page, write
from gms_desktop.documents.rejection_report import REHEARSAL
from gms_desktop.domain.racks.wells import Shape, row_and_column

_LEFT, _TOP, _CELL_WIDE, _CELL_HIGH = 15.0, 62.0, 15.4, 18.0
_LOWEST = 275.0


@dataclass(frozen=True, slots=True)
class MapWell:
    """A well that holds something: what it is (tube, control or buffer), its code or name, and whose or which lot."""

    well: str
    what: str
    code: str
    more: str


@dataclass(frozen=True, slots=True)
class PlateMap:
    """What the map says; ``conceded`` names the tubes on it that go on although they fail, empty where none does."""

    code: str
    shape: Shape
    wells: tuple[MapWell, ...]
    laboratory: str
    made: str
    rehearsal: bool
    what: str = "Plate"
    conceded: tuple[str, ...] = ()


def plate_map(said: PlateMap) -> tuple[bytes, bytes]:
    """The map as PDF and as PNG.

    Raises:
        LabelUnreadable: the code does not read back from the page as exactly the plate's own.
    """
    made = one_page(f"{said.what} {said.code}", lambda page: _draw(page, said))
    picture = picture_of(made, said.code)
    png = io.BytesIO()
    picture.save(png, "PNG")
    return made, png.getvalue()


def _draw(page: Any, said: PlateMap) -> None:
    if said.rehearsal:
        write(page, REHEARSAL, _LEFT, 6, 145, 4.5, bold=True)
    write(page, f"{said.what} {said.code}", _LEFT, 13, 145, 7, bold=True)
    write(page, said.laboratory, _LEFT, 23, 145, 4)
    write(page, said.made, _LEFT, 29, 145, 4)
    write(page, plating_words.MAP_HOW, _LEFT, 38, 145, 3.2)
    put_code(page, said.code)
    for column in range(said.shape.columns):
        write(page, str(column + 1), _LEFT + column * _CELL_WIDE + 5.5, _TOP - 6, 8, 4, bold=True)
    for row in range(said.shape.rows):
        write(page, chr(ord("A") + row), _LEFT - 6, _TOP + row * _CELL_HIGH + 6, 6, 4, bold=True)
    down = _TOP + said.shape.rows * _CELL_HIGH + 4
    for number, line in enumerate(said.conceded):
        if down > _LOWEST:
            write(page, plating_words.more_conceded(len(said.conceded) - number), _LEFT, down, 180, 3, bold=True)
            break
        down += write(page, line, _LEFT, down, 180, 3)
    held = {one.well: one for one in said.wells}
    for well in said.shape.wells:
        _well(page, well, held.get(well))


def _well(page: Any, well: str, held: MapWell | None) -> None:
    row, column = row_and_column(well)
    x, y = _LEFT + column * _CELL_WIDE, _TOP + row * _CELL_HIGH
    page.setLineWidth(12 if well == "A01" else 2)
    page.rect(mm(x), TALL - mm(y) - mm(_CELL_HIGH), mm(_CELL_WIDE), mm(_CELL_HIGH))
    if held is None:
        return
    write(page, held.what, x + 0.6, y + 0.8, _CELL_WIDE - 0.8, 1.9)
    write(page, held.code, x + 0.6, y + 4, _CELL_WIDE - 0.8, 2.1, bold=True)
    write(page, held.more, x + 0.6, y + 10.5, _CELL_WIDE - 0.8, 1.85)
