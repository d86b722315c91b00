"""Label layouts: what a label takes and where it stands, in millimetres, from a TOML file; checked for overlaps."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from itertools import combinations
from typing import Any

from gms_desktop.errors import Refused

TUBE_LAYOUT = "tube-25x51"
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


def read_layout(text: str) -> LabelLayout:
    """A layout from the text of a TOML file.

    Raises:
        LayoutUnfit: the text is no layout, or fields overlap or leave the label.
    """
    try:
        tree = tomllib.loads(text)
        layout = _layout(tree)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise LayoutUnfit(f"The label layout cannot be read: {fault}") from fault
    _check(layout)
    return layout


@cache
def product_layout(name: str = TUBE_LAYOUT) -> LabelLayout:
    """A layout that ships with the product.

    Raises:
        LayoutUnfit: it does not ship, or cannot be used.
    """
    source = resources.files("resources").joinpath("labels", f"{name}.toml")
    if not source.is_file():
        raise LayoutUnfit(f"No label layout {name} ships with the product.")
    return read_layout(source.read_text(encoding="utf-8"))


def product_layouts() -> tuple[LabelLayout, ...]:
    """Every layout that ships with the product, by name."""
    found = resources.files("resources").joinpath("labels").iterdir()
    names = sorted(file.name.removesuffix(".toml") for file in found if file.name.endswith(".toml"))
    return tuple(product_layout(name) for name in names)


def _layout(tree: dict[str, Any]) -> LabelLayout:
    """The tables "data", "field" and "placing" in their own forms; every other name is the layout's own."""
    own = {key: value for key, value in tree.items() if key not in {"data", "field", "placing"}}
    data = tuple(
        LabelDatum(**{**row, "name": name, "takes": Takes(row["takes"])}) for name, row in tree["data"].items()
    )
    fields = tuple(LabelField(**{**row, "kind": FieldKind(row["kind"])}) for row in tree["field"])
    placing = Placing(**tree["placing"]) if "placing" in tree else None
    sides = {side: float(own[side]) for side in ("width", "height")}
    return LabelLayout(**{**own, **sides, "fields": fields, "data": data, "placing": placing})


def _check(layout: LabelLayout) -> None:
    for field in layout.fields:
        if not _on(layout, field.box):
            raise LayoutUnfit(f"Field {field.name} of layout {layout.name} leaves the label.")
        wrong = _unfit(layout, field)
        if wrong:
            raise LayoutUnfit(f"Field {field.name} of layout {layout.name} {wrong}.")
    if layout.placing and not _fits(layout, layout.placing):
        raise LayoutUnfit(f"A label of layout {layout.name} and what stays free do not fit on {layout.placing.on}.")
    for datum in layout.data:
        if not any(field.source == datum.name for field in layout.fields):
            raise LayoutUnfit(f"Layout {layout.name} takes {datum.name} and has no field for it.")
    for one, other in combinations(layout.fields, 2):
        if _overlap(one.box, other.box):
            raise LayoutUnfit(f"Fields {one.name} and {other.name} of layout {layout.name} overlap.")


def _on(layout: LabelLayout, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    if layout.round:
        middle = layout.width / 2
        return all(math.hypot(x - middle, y - middle) <= middle for x in (left, right) for y in (top, bottom))
    return left >= 0 and top >= 0 and right <= layout.width and bottom <= layout.height


def _fits(layout: LabelLayout, placing: Placing) -> bool:
    return placing.down + layout.width <= placing.length and layout.height + placing.beside <= placing.round


def _unfit(layout: LabelLayout, field: LabelField) -> str:
    """What is wrong with a field by itself; empty when it will do."""
    datum = layout.takes.get(field.source)
    if datum is None and not (field.says and not field.of):
        return f"is made from {field.source}, which the layout does not take"
    if field.kind is FieldKind.TEXT and not 0 < field.floor <= field.font:
        return "needs a font of at least its floor"
    if field.kind in CODES and (datum is None or datum.takes not in {Takes.NUMBER, Takes.CODE}):
        return "is a code, which is made from a number or a code"
    if field.kind in SIGNS and (datum is None or datum.takes is not Takes.YES):
        return "is a sign, which is made from what takes yes"
    if field.kind is FieldKind.UN3373 and min(field.width, field.height) < UN3373_ACROSS:
        return f"is smaller than the mark may be: {UN3373_SIDE:g} mm a side, so {UN3373_ACROSS:.2f} mm across"
    if field.kind is FieldKind.CAPITALS and field.font < UN3373_LETTERS:
        return f"has capitals of less than {UN3373_LETTERS:g} mm"
    return ""


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    grain = 1e-6
    return (
        one[0] < other[2] - grain
        and other[0] < one[2] - grain
        and one[1] < other[3] - grain
        and other[1] < one[3] - grain
    )
