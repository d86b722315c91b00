"""Label layouts: named fields in millimetres, read from a TOML file and checked for overlaps."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any

from gms_desktop.errors import Refused

TUBE_LAYOUT = "tube-25x51"
LINE_PITCH = 1.15
DOTS_PER_MM = {203: 8, 300: 12, 600: 24}
"""Print heads' true pitch: "203 dpi" is 8 dots a millimetre, "300" 12, "600" 24 (ZPL programming guide)."""


class LayoutUnfit(Refused):
    """A layout that cannot be used, with the field and the reason."""


class FieldKind(StrEnum):
    """What a field draws."""

    TEXT = "text"
    CODE128 = "code128"
    DATAMATRIX = "datamatrix"
    TRIANGLE = "triangle"


@dataclass(frozen=True)
class LabelField:
    """One named field; all measures in millimetres, from the label's top left corner.

    Attributes:
        name: what goes in ("surname"); ``label.label_texts`` has the names.
        font: the height of the letters' body to begin with.
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
    font: float = 0.0
    floor: float = 0.0
    step: float = 0.2
    lines: int = 1
    module: float = 0.0
    columns: int = 0
    quiet: int = 0

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
class LabelLayout:
    """A label's size in millimetres and its fields."""

    name: str
    width: float
    height: float
    fields: tuple[LabelField, ...]

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
        fields = tuple(_field(row) for row in tree["field"])
        layout = LabelLayout(str(tree["name"]), float(tree["width"]), float(tree["height"]), fields)
    except (KeyError, TypeError, ValueError) as fault:
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


def _field(row: dict[str, Any]) -> LabelField:
    return LabelField(**{**row, "kind": FieldKind(row["kind"])})


def _check(layout: LabelLayout) -> None:
    for field in layout.fields:
        left, top, right, bottom = field.box
        if left < 0 or top < 0 or right > layout.width or bottom > layout.height:
            raise LayoutUnfit(f"Field {field.name} of layout {layout.name} leaves the label.")
        if field.kind is FieldKind.TEXT and not 0 < field.floor <= field.font:
            raise LayoutUnfit(f"Field {field.name} of layout {layout.name} needs a font of at least its floor.")
    for one, other in combinations(layout.fields, 2):
        if _overlap(one.box, other.box):
            raise LayoutUnfit(f"Fields {one.name} and {other.name} of layout {layout.name} overlap.")


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    grain = 1e-6
    return (
        one[0] < other[2] - grain
        and other[0] < one[2] - grain
        and one[1] < other[3] - grain
        and other[1] < one[3] - grain
    )
