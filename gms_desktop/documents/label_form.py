"""The form of a label layout: what a label takes, and where everything stands, in millimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from gms_desktop.errors import Refused

LINE_PITCH = 1.15
DOTS_PER_MM = {203: 8, 300: 12, 600: 24}
"""Print heads' true pitch: "203 dpi" is 8 dots a millimetre, "300" 12, "600" 24 (ZPL programming guide)."""
UN3373_SIDE, UN3373_LINE, UN3373_LETTERS = 50.0, 2.0, 6.0
"""The mark of ADR 4.1.4.1, packing instruction P650, paragraph (4), each the least: a square on its corner of 50 mm a
side, its line 2 mm wide, letters and figures 6 mm high; the proper shipping name beside it in letters as high."""
UN3373_ACROSS = UN3373_SIDE * math.sqrt(2)


class LayoutUnfit(Refused):
    """A layout that cannot be used, with the field and the reason."""


class FieldKind(StrEnum):
    """What a field draws."""

    TEXT = "text"
    CODE128 = "code128"
    DATAMATRIX = "datamatrix"
    TRIANGLE = "triangle"
    UN3373 = "un3373"
    CAPITALS = "capitals"


CODES = {FieldKind.DATAMATRIX, FieldKind.CODE128}
SIGNS = {FieldKind.TRIANGLE, FieldKind.UN3373, FieldKind.CAPITALS}


class Takes(StrEnum):
    """What sort of value stands under a name of the label's data."""

    NUMBER = "number"
    CODE = "code"
    TEXT = "text"
    COUNT = "count"
    YES = "yes"


@dataclass(frozen=True)
class LabelDatum:
    """One name of what a label is made from.

    Attributes:
        name: as it stands in the data.
        takes: one of our numbers, any code, a text, a count (drawn from 2 on), or whether something is so.
        words: what it means.
        example: a made-up value.
        needed: no label is made without it.
    """

    name: str
    takes: Takes
    words: str
    example: str | int | bool
    needed: bool = False


@dataclass(frozen=True)
class LabelField:
    """One field; all measures in millimetres, from the label's top left corner.

    Attributes:
        name: its own.
        of: the name of the data it is made from, if that is another one.
        before: words that stand before the value.
        empty: what stands there when there is no value.
        says: what stands there when the value is yes; always, for a field that is made from no data.
        grouped: the value is shown in fours.
        font: the height of the letters' body to begin with; of lettering, the height of its capitals.
        floor: the smallest height that may be printed.
        step: by how much the height shrinks.
        lines: how many lines may be filled at the floor.
        module: the wanted width of a code's narrowest bar or square.
        columns: the side of a Data Matrix in modules.
        quiet: the empty margin a code needs, in modules.
    """

    name: str
    kind: FieldKind
    x: float
    y: float
    width: float
    height: float = 0.0
    of: str = ""
    before: str = ""
    empty: str = ""
    says: str = ""
    grouped: bool = False
    font: float = 0.0
    floor: float = 0.0
    step: float = 0.2
    lines: int = 1
    module: float = 0.0
    columns: int = 0
    quiet: int = 0

    @property
    def source(self) -> str:
        """The name of the data it is made from."""
        return self.of or self.name

    @property
    def tall(self) -> float:
        """How much height the field may take."""
        if self.kind is not FieldKind.TEXT:
            return self.height
        return max(self.font * LINE_PITCH, self.lines * self.floor * LINE_PITCH)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom with a code's quiet zone (a linear code needs it left and right only)."""
        quiet = self.quiet * self.module
        above = quiet if self.kind is FieldKind.DATAMATRIX else 0.0
        return self.x - quiet, self.y - above, self.x + self.width + quiet, self.y + self.tall + above


@dataclass(frozen=True)
class Placing:
    """Where on a tube the label goes, along its length and round it, so that what the sender wrote stays readable.

    Attributes:
        on: which tube.
        length: of the tube.
        round: once round the tube.
        down: from the underside of the cap to the label's upper edge.
        beside: how much round the tube stays free.
        keeps: what must stay readable in the part that stays free.
    """

    on: str
    length: float
    round: float
    down: float
    beside: float
    keeps: str


@dataclass(frozen=True)
class LabelLayout:
    """A label's size in millimetres, what it is made from, and its fields.

    Attributes:
        name: its own.
        title: what it is for.
        sizes: where its measures are from.
        goes: where the label is put, in words.
        round: it is a circle of ``width``.
        version: of a laboratory's own layout; empty for one that ships with the product.
        effective: the day from which a laboratory's own layout is meant to be used.
    """

    name: str
    width: float
    height: float
    fields: tuple[LabelField, ...]
    data: tuple[LabelDatum, ...]
    title: str = ""
    sizes: str = ""
    goes: str = ""
    round: bool = False
    placing: Placing | None = None
    version: str = ""
    effective: str = ""

    @cached_property
    def takes(self) -> dict[str, LabelDatum]:
        """What the label is made from, by name."""
        return {datum.name: datum for datum in self.data}

    def field(self, name: str) -> LabelField:
        """The field of that name.

        Raises:
            LayoutUnfit: there is none.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise LayoutUnfit(f"Layout {self.name} has no field {name}.")


def dots_per_mm(dpi: int) -> int:
    """The print head's dots a millimetre.

    Raises:
        LayoutUnfit: a resolution other than 203, 300 or 600 dpi.
    """
    if dpi not in DOTS_PER_MM:
        raise LayoutUnfit(f"Labels are laid out for 203, 300 and 600 dpi, not for {dpi} dpi.")
    return DOTS_PER_MM[dpi]
