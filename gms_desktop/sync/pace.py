"""How many entries of a page are folded at once: so many as take about as long as a scan may wait.

An entry of one kind takes five times as long as one of another, and a page changes from one to the other without
warning. What an entry takes is therefore remembered by kind, from how long the slices took that it was in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, takewhile

SLICE_SECONDS = 0.03
# A kind that was never met is taken for slow.
_UNKNOWN = SLICE_SECONDS / 10
# A transaction costs what some thirty entries do, however few it holds: less would make a busy machine only busier.
LEAST = 32
# What was quick is trusted little by little, what was slow at once.
_QUICKER = 0.8
# More kinds than any version knows: what was found was none.
_MOST_KINDS = 1_000
_KIND = b'"kind":"'


def kind_of(content: bytes) -> bytes:
    """The kind that the canonical bytes of an entry name; it may be one that this version does not know."""
    begin = content.find(_KIND) + len(_KIND)
    return content[begin : content.find(b'"', begin)]


@dataclass
class Pace:
    """What entries took so far: seconds an entry, by kind."""

    _seconds: dict[bytes, float] = field(default_factory=dict)

    def fitting(self, contents: Sequence[bytes]) -> int:
        """How many entries from the first on make the next slice, of at least one."""
        kinds = [kind_of(content) for content in contents]
        costs = accumulate(self._seconds.get(kind, _UNKNOWN) for kind in kinds)
        fit = sum(1 for _ in takewhile(lambda cost: cost <= SLICE_SECONDS, costs))
        least = sum(1 for _ in takewhile(self._seconds.__contains__, kinds[:LEAST]))
        return min(len(contents), max(1, fit, least))

    def took(self, contents: Sequence[bytes], seconds: float) -> None:
        """Learn from a slice that was folded."""
        kinds = Counter(kind_of(content) for content in contents)
        foreseen = {kind: count * self._seconds.get(kind, _UNKNOWN) for kind, count in kinds.items()}
        whole = sum(foreseen.values())
        if not whole:
            return
        if len(self._seconds) > _MOST_KINDS:
            self._seconds.clear()
        factor = max(_QUICKER, seconds / whole)
        for kind, part in foreseen.items():
            # What made up most of the slice has most to do with how long it took.
            self._seconds[kind] = self._seconds.get(kind, _UNKNOWN) * factor ** (part / whole) ** 0.5
