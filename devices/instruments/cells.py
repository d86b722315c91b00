"""One cell of an instrument's file: a number, a limit, or the words that stand where a number should."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from devices.instruments.units import is_known, unit_of
from devices.measured import Analyte, Quantity, Says

_WORDS: dict[str, Says] = {
    "out of range": Says.OUT_OF_RANGE,
    "outofrange": Says.OUT_OF_RANGE,
    "overflow": Says.OUT_OF_RANGE,
    "ovrflw": Says.OUT_OF_RANGE,
    "saturated": Says.OUT_OF_RANGE,
    "too high": Says.ABOVE,
    "out of range high": Says.ABOVE,
    "above range": Says.ABOVE,
    "high": Says.ABOVE,
    ">max": Says.ABOVE,
    "too low": Says.BELOW,
    "out of range low": Says.BELOW,
    "below range": Says.BELOW,
    "low": Says.BELOW,
    "<min": Says.BELOW,
    "undetermined": Says.UNDETERMINED,
    "n/a": Says.NOT_AVAILABLE,
    "na": Says.NOT_AVAILABLE,
    "nan": Says.NOT_AVAILABLE,
    "#n/a": Says.NOT_AVAILABLE,
    "-": Says.NOT_AVAILABLE,
    "--": Says.NOT_AVAILABLE,
    "---": Says.NOT_AVAILABLE,
    "none": Says.NOT_AVAILABLE,
    "null": Says.NOT_AVAILABLE,
}
_LIMITS = {"<": Says.BELOW, "≤": Says.BELOW, "<=": Says.BELOW, ">": Says.ABOVE, "≥": Says.ABOVE, ">=": Says.ABOVE}
_LIMIT = re.compile(r"(<=|>=|[<>≤≥])\s*(.+)", re.DOTALL)
_WITH_UNIT = re.compile(r"(.*?[\d.,])\s*([A-Za-zµμ%][A-Za-zµμ%/ ]*)", re.DOTALL)
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_GROUPS = {
    ".": re.compile(r"[+-]?\d{1,3}(?:[, \u00a0\u202f']\d{3})+(?:\.\d*)?", re.ASCII),
    ",": re.compile(r"[+-]?\d{1,3}(?:[. \u00a0\u202f']\d{3})+(?:,\d*)?", re.ASCII),
}
_NEITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
"""``1,234`` alone is a thousand and more, or one and a bit."""
_LONGEST = 60


class Mark(StrEnum):
    """A file's decimal mark."""

    POINT = "."
    COMMA = ","


def mark_of(cells: Iterable[str]) -> Mark | None:
    """The decimal mark of a file by its cells; None where they contradict each other or leave it open.

    Cells without a point or a comma say nothing. ``1,234`` alone says nothing either.
    """
    shown = {told for cell in cells if (told := _shows(cell.strip())) is not None}
    return shown.pop() if len(shown) == 1 else None


def _shows(cell: str) -> Mark | None:
    if len(cell) > _LONGEST or ("," not in cell and "." not in cell) or _NEITHER.fullmatch(cell):
        return None
    point = _number(cell, Mark.POINT) is not None
    comma = _number(cell, Mark.COMMA) is not None
    if point == comma:
        return None
    return Mark.POINT if point else Mark.COMMA


def _number(text: str, mark: Mark) -> Decimal | None:
    """A number, or None; a finite one always."""
    if len(text) > _LONGEST:
        return None
    if _GROUPS[mark].fullmatch(text):
        other = "." if mark is Mark.COMMA else ","
        text = re.sub(rf"[{other} \u00a0\u202f']", "", text)
    elif (Mark.POINT if mark is Mark.COMMA else Mark.COMMA) in text:
        return None
    plain = text.replace(",", ".")
    return Decimal(plain) if _PLAIN.fullmatch(plain) else None


@dataclass(frozen=True)
class Told:
    """What a cell says, its value in the cell's own unit, and the unit that stands in the cell itself."""

    says: Says
    value: Decimal | None = None
    unit: str = ""


def told(cell: str, mark: Mark | None = Mark.POINT) -> Told:
    """What a cell says.

    Args:
        cell: the cell as it stands.
        mark: the file's decimal mark; None where it could not be told, when a number with a point or a comma is not
            readable.
    """
    text = cell.strip()
    if not text:
        return Told(Says.BLANK)
    if word := _WORDS.get(" ".join(text.casefold().split())):
        return Told(word)
    limit = _LIMIT.fullmatch(text)
    if limit is None:
        return _told_number(text, mark)
    bound = _told_number(limit[2].strip(), mark)
    return bound if bound.says is not Says.NUMBER else Told(_LIMITS[limit[1]], bound.value, bound.unit)


def _told_number(text: str, mark: Mark | None) -> Told:
    with_unit = _WITH_UNIT.fullmatch(text)
    number, unit = (with_unit[1].strip(), with_unit[2].strip()) if with_unit else (text, "")
    if mark is None and ("," in number or "." in number):
        return Told(Says.NOT_READABLE)
    value = _number(number, mark or Mark.POINT)
    return Told(Says.NOT_READABLE) if value is None else Told(Says.NUMBER, value, unit)


def quantity(
    analyte: Analyte, cell: str, column: str, unit: str = "", part: str = "", mark: Mark | None = Mark.POINT
) -> Quantity:
    """A cell as a quantity of an analyte, in the unit that this has here.

    A unit in the cell must agree with the one beside it; where the two disagree, or no known unit is named for an
    analyte that needs one, the cell is not readable: a value a thousand times too large is worse than none.

    Args:
        analyte: what the column measures.
        cell: the cell as it stands.
        column: the heading as written.
        unit: the unit as the heading, the neighbouring cell or the assay has it.
        part: which peak or region.
        mark: the file's decimal mark.
    """
    read = told(cell, mark)
    named = unit or read.unit
    known = unit_of(analyte, named)
    also = unit_of(analyte, read.unit) if read.unit else known
    if read.value is None:
        return Quantity(analyte, read.says, None, known.name if known else "", cell, named, column, part)
    if known is None or also != known or (read.unit and not is_known(read.unit)):
        return Quantity(analyte, Says.NOT_READABLE, None, "", cell, named, column, part)
    return Quantity(analyte, read.says, read.value * known.factor, known.name, cell, named, column, part)
