"""Whether work on a member of a family starts before the others are here: the laboratory's choice by structure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass


@dataclass(frozen=True)
class FamilyRules:
    """Whether work on a member of a family starts before the others are here, by the family's structure."""

    otherwise: str
    starts: dict[str, str]

    def waits(self, structure: str | None) -> bool:
        """Whether work waits for every member."""
        return self.starts.get((structure or "").casefold(), self.otherwise) == "all"


def read_family_rules(text: str) -> FamilyRules:
    """Read the rule set ``families``.

    Raises:
        KeyError, ValueError: where the text is not one.
    """
    said = tomllib.loads(text)
    starts = {str(one["name"]).casefold(): str(one["starts"]) for one in said["structure"]}
    if not {said["otherwise"], *starts.values()} <= {"each", "all"}:
        raise ValueError("starts is “each” or “all”")
    return FamilyRules(str(said["otherwise"]), starts)
