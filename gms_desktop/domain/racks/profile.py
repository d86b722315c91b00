"""What a laboratory lays down of its racks and their readers, and of how a rack is checked (rule set ``racks``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from gms_desktop.domain.racks.wells import Shape


@dataclass(frozen=True, slots=True)
class RackProfile:
    """A sort of rack as one sort of reader sees it.

    Attributes:
        code: the stable name.
        words: as the bench writes it.
        shape: its rows and columns.
        tells_empty: whether the reader can tell a well without a tube from a tube that it could not read. Where it
            cannot, "no read" in a well that should be empty says nothing, and a person confirms the empty wells.
        source: where that is published.
    """

    code: str
    words: str
    shape: Shape
    tells_empty: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class RackRules:
    """A laboratory's racks.

    Attributes:
        version: of the rule set.
        profiles: the racks with their readers.
        read_again: whether a rack is read again after a tube was lifted or moved by hand.
    """

    version: str
    profiles: tuple[RackProfile, ...]
    read_again: bool = True

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Each size of rack once; the one that the laboratory uses most comes first."""
        return tuple(dict.fromkeys(one.shape for one in self.profiles))

    def profile(self, code: str) -> RackProfile | None:
        """The profile of that code."""
        return next((one for one in self.profiles if one.code == code), None)


def read_rack_rules(text: str) -> RackRules:
    """The rule set.

    Args:
        text: TOML as in ``resources/rules/racks.toml``.

    Raises:
        ValueError: when there is no profile, one stands twice, or a size cannot be.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    profiles = tuple(_profile(one) for one in said["rack"])
    codes = [one.code for one in profiles]
    if not codes or len(set(codes)) < len(codes):
        raise ValueError("each rack stands once, and there is at least one")
    return RackRules(str(said["version"]), profiles, _truth(said["read_again"], "read_again"))


def _profile(said: dict[str, Any]) -> RackProfile:
    return RackProfile(
        code=str(said["code"]),
        words=str(said["words"]),
        shape=Shape(int(said["rows"]), int(said["columns"])),
        tells_empty=_truth(said["tells_empty"], "tells_empty"),
        source=str(said.get("source", "")),
    )


def _truth(said: object, name: str) -> bool:
    if not isinstance(said, bool):
        raise TypeError(f"{name} is true or false")
    return said
