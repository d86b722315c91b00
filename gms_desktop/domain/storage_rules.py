"""A laboratory's sorts of places, what it takes things out for, and why it discards: site data. Pure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.storage import Kind


@dataclass(frozen=True, slots=True)
class SortOfPlace:
    """A sort of place as it is chosen; ``shape`` of a box."""

    code: str
    words: str
    kind: Kind
    frozen: bool
    shape: Shape | None


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a thing is taken out or discarded for.

    Attributes:
        days: until it is to be back; None where it need not come back.
        lost: of a reason to discard: the material is lost already, whatever its time and whether it is the last.
    """

    code: str
    words: str
    days: int | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class StorageRules:
    """The laboratory's own."""

    places: tuple[SortOfPlace, ...]
    purposes: tuple[Purpose, ...]
    discards: tuple[Purpose, ...]

    def purpose(self, code: str) -> Purpose | None:
        """A purpose or a reason to discard, by its code."""
        return next((one for one in (*self.purposes, *self.discards) if one.code == code), None)


def read_storage_rules(text: str) -> StorageRules:
    """The rules from TOML as in ``resources/rules/storage.toml``.

    Raises:
        ValueError: when a code stands twice, a box has no size, or a number of days is none.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    made = StorageRules(
        tuple(_sort(one) for one in said["place"]),
        tuple(_purpose(one) for one in said["reason"]),
        tuple(_purpose(one) for one in said["discard"]),
    )
    codes = [one.code for one in made.places] + [one.code for one in (*made.purposes, *made.discards)]
    if len(set(codes)) < len(codes):
        raise ValueError("each code stands once")
    return made


def _sort(said: dict[str, Any]) -> SortOfPlace:
    kind = Kind(said["kind"])
    shape = Shape(int(said["rows"]), int(said["columns"])) if "rows" in said else None
    if (kind is Kind.BOX) != (shape is not None):
        raise ValueError(f"{said['code']}: a box has rows and columns, and nothing else has")
    return SortOfPlace(str(said["code"]), str(said["words"]), kind, bool(said.get("frozen", False)), shape)


def _purpose(said: dict[str, Any]) -> Purpose:
    days = int(said["days"]) if "days" in said else None
    if days is not None and days < 0:
        raise ValueError(f"{said['code']}: days are none before today")
    return Purpose(str(said["code"]), str(said["words"]), days, said.get("lost") is True)
