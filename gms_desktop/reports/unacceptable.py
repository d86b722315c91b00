"""Unacceptable specimens by requestor, location and reason (service specification lines 413-417). Pure.

EQA, control, validation and research material is counted apart and stands outside the rates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

OUTSIDE_THE_RATES = ("EQA", "control", "validation", "research")
UNACCEPTABLE = frozenset({"rejected", "on hold", "accepted at discretion", "accepted with comment"})


@dataclass(frozen=True)
class Received:
    """One specimen of the period: who asked, from where, what became of it, and why."""

    requestor: str
    location: str
    category: str
    unacceptable: bool
    reasons: tuple[str, ...]


@dataclass
class RequestorCount:
    """One requestor at one location."""

    received: int = 0
    unacceptable: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def percent(self) -> Decimal:
        """Unacceptable of received in percent, to one decimal place, halves rounded up."""
        if not self.received:
            return Decimal("0.0")
        share = Decimal(100 * self.unacceptable) / Decimal(self.received)
        return share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

    def is_high(self, threshold: Decimal, at_least: int) -> bool:
        """Whether the rate, before rounding, is above the threshold and rests on enough specimens."""
        return self.received >= at_least and Decimal(100 * self.unacceptable) > threshold * self.received


@dataclass
class Counts:
    """The whole report in figures."""

    rows: dict[tuple[str, str], RequestorCount]
    outside: Counter[str]

    @property
    def received(self) -> int:
        """Specimens inside the rates."""
        return sum(row.received for row in self.rows.values())

    @property
    def unacceptable(self) -> int:
        """Unacceptable specimens inside the rates."""
        return sum(row.unacceptable for row in self.rows.values())


def count(specimens: Iterable[Received]) -> Counts:
    """Count a period's specimens by requestor and location."""
    rows: defaultdict[tuple[str, str], RequestorCount] = defaultdict(RequestorCount)
    outside: Counter[str] = Counter()
    for one in specimens:
        if one.category in OUTSIDE_THE_RATES:
            outside[one.category] += 1
            continue
        row = rows[one.requestor, one.location]
        row.received += 1
        row.unacceptable += one.unacceptable
        row.reasons.update(one.reasons if one.unacceptable else ())
    return Counts(dict(rows), outside)
