"""Volumes and counts as a person writes them: decimal text with its unit, never a binary number. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class How(StrEnum):
    """How a volume is known."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    STATED = "stated"


UNITS = {"ml": "ml", "µl": "µl", "ul": "µl", "mg": "mg", "g": "g", "piece": "pieces", "pieces": "pieces"}
_IN_ML = {"ml": Decimal(1), "µl": Decimal("0.001")}
_WRITTEN = re.compile(r"(?P<value>[0-9]{1,5}(?:\.[0-9]{1,3})?)\s*(?P<unit>[A-Za-zµμ]+)")
_FIGURE = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume, mass or count.

    Attributes:
        value: decimal text as it was written, without its unit.
        unit: ``ml``, ``µl``, ``mg``, ``g`` or ``pieces``.
        raw: as it was written.
    """

    value: str
    unit: str
    raw: str

    @property
    def ml(self) -> Decimal | None:
        """In millilitres; None for a mass or a count."""
        return Decimal(self.value) * _IN_ML[self.unit] if self.unit in _IN_ML else None

    @property
    def words(self) -> str:
        """As screens show it: ``2.5 ml``."""
        return f"{self.value} {self.unit}"


def read_volume(written: str) -> Volume | None:
    """What a person wrote as a volume: a figure with a point, then its unit; None for anything else.

    A comma is refused: 1,500 is fifteen hundred here and one and a half elsewhere. So is a figure without its unit.
    """
    text = written.strip()
    match = _WRITTEN.fullmatch(text)
    unit = UNITS.get(match["unit"].replace("μ", "µ").lower()) if match else None
    return Volume(match["value"], unit, text) if match and unit else None


def read_figure(written: str) -> Decimal | None:
    """A figure with a point that a person wrote, as for a cell count; None for anything else."""
    text = written.strip()
    return Decimal(text) if _FIGURE.fullmatch(text) else None
