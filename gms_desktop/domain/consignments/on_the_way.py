"""How warm a consignment was on its way: what a logger read, and what of it lies outside the receiver's range. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: when, as a person reads it, and how warm it was (°C); no value where the logger had none."""

    at: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Range:
    """How warm a receiver wants its consignments (°C); None where nobody said."""

    coldest: Decimal | None = None
    warmest: Decimal | None = None

    @property
    def laid_down(self) -> bool:
        """Whether there is any limit."""
        return self.coldest is not None or self.warmest is not None

    @property
    def words(self) -> str:
        """``2 to 8 °C``; empty where nothing is laid down."""
        if self.coldest is not None and self.warmest is not None:
            return f"{self.coldest} to {self.warmest} °C"
        if self.coldest is not None:
            return f"at least {self.coldest} °C"
        return f"at most {self.warmest} °C" if self.warmest is not None else ""

    def holds(self, value: Decimal) -> bool:
        """Whether a temperature is within it; the limits themselves are."""
        too_cold = self.coldest is not None and value < self.coldest
        return not too_cold and not (self.warmest is not None and value > self.warmest)


@dataclass(frozen=True, slots=True)
class Travelled:
    """What a logger says of one journey; ``gaps`` counts readings without a value."""

    lowest: Decimal | None
    highest: Decimal | None
    readings: int
    gaps: int
    outside: tuple[Reading, ...]


def travelled(readings: tuple[Reading, ...], allowed: Range) -> Travelled:
    """The lowest and the highest, and every reading that is outside, in the order of the file."""
    values = [one.value for one in readings if one.value is not None]
    outside = tuple(one for one in readings if one.value is not None and not allowed.holds(one.value))
    lowest, highest = (min(values), max(values)) if values else (None, None)
    return Travelled(lowest, highest, len(values), len(readings) - len(values), outside)
