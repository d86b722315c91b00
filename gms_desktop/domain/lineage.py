"""What was made from what: specimen, eluate, tube, library, pool. Repeats and pools keep all their parents. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property


@dataclass(frozen=True)
class Lineage:
    """The parents of each thing that was made; what is not here was not made here.

    Attributes:
        parents: by the code of what was made, in the order in which they were scanned.
    """

    parents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """What was made of each thing."""
        found: dict[str, list[str]] = defaultdict(list)
        for child, parents in self.parents.items():
            for parent in parents:
                found[parent].append(child)
        return {parent: tuple(made) for parent, made in found.items()}

    def made(self, code: str, *parents: str) -> Lineage:
        """One more thing made, or more parents of one that stands: none is ever taken away.

        Raises:
            ValueError: when it would be made of itself, directly or not, or of nothing.
        """
        if not parents:
            raise ValueError(f"{code} is made of nothing")
        for parent in parents:
            if code == parent or code in self.ancestors(parent):
                raise ValueError(f"{code} would be made of itself")
        kept = dict.fromkeys((*self.parents.get(code, ()), *parents))
        return replace(self, parents={**self.parents, code: tuple(kept)})

    def ancestors(self, code: str) -> tuple[str, ...]:
        """All that it was made of, the nearest first."""
        return _walk(code, self.parents)

    def descendants(self, code: str) -> tuple[str, ...]:
        """All that was made of it, the nearest first."""
        return _walk(code, self.children)

    def origins(self, code: str) -> tuple[str, ...]:
        """What it all began with: the specimens; itself where it was not made here."""
        return tuple(one for one in (code, *self.ancestors(code)) if one not in self.parents)


def _walk(code: str, to: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    at = [code]
    while at:
        at = [one for near in at for one in to.get(near, ()) if one not in found]
        found.update(dict.fromkeys(at))
    return tuple(found)
