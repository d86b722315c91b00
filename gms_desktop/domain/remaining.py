"""How much is left in a container: the newest statement of its volume, less what was taken since. Pure.

It is worked out from all that was stated and taken, by the time of each: in whatever order a bench learns of them, the
same is left. Nothing is cut off at nought: where more was taken than was there, that is what is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

_IN_UL = {"ml": Decimal(1000), "µl": Decimal(1), "ul": Decimal(1)}
_NOUGHT = Decimal(0)
MEASURED, EMPTIED = "measured", "emptied"


@dataclass(frozen=True, slots=True)
class Stated:
    """A volume that was stated: in µl, when, how it is known, and by which entry."""

    ul: Decimal
    at: datetime
    how: str
    entry: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken.

    Attributes:
        ul: how much, in µl.
        at: when.
        entry: which entry said so.
        target: the subject that it went into; empty where none is known.
        job: what for: ``bind``, ``worklist``, ``pool``, ``by hand``.
        operator: who said so.
    """

    ul: Decimal
    at: datetime
    entry: str
    target: str = ""
    job: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left of a statement: ``taken`` is what was taken since it, the oldest first."""

    stated: Stated
    taken: tuple[Taken, ...] = ()

    @property
    def ul(self) -> Decimal:
        """What is left, in µl; less than nought where more was taken than was there."""
        return self.stated.ul - sum((one.ul for one in self.taken), _NOUGHT)

    @property
    def missing(self) -> Decimal:
        """How much more was taken than was there, in µl; nought where no more was."""
        return max(_NOUGHT, -self.ul)

    @property
    def how(self) -> str:
        """How what is left is known: as it was stated, until something is taken."""
        return "calculated" if self.taken else self.stated.how

    @property
    def emptied(self) -> bool:
        """Whether a person said that it is empty."""
        return self.stated.how == EMPTIED and not self.taken


def in_ul(value: str, unit: str) -> Decimal | None:
    """A volume in µl, exactly; None for what is no volume, as a mass or a count."""
    factor = _IN_UL.get(unit.replace("μ", "µ").lower())
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number * factor if factor is not None and number.is_finite() else None


def remaining(stated: Iterable[Stated], taken: Iterable[Taken]) -> Remaining | None:
    """What is left; None where nobody stated a volume.

    Args:
        stated: every volume that was stated of the container, in any order. Of two at one moment a measured one counts.
        taken: all that was taken from it, in any order. A plate is filled from a tube once: of two worklists for one
            plate the later one counts.
    """
    newest = max(stated, key=lambda one: (one.at, one.how == MEASURED, one.entry), default=None)
    if newest is None:
        return None
    return Remaining(newest, tuple(one for one in counted(taken) if one.at >= newest.at))


def counted(taken: Iterable[Taken]) -> tuple[Taken, ...]:
    """What was taken, the oldest first, each place that it went into once."""
    last: dict[str, Taken] = {}
    for one in sorted(taken, key=_order):
        last[one.target or one.entry] = one
    return tuple(sorted(last.values(), key=_order))


def _order(one: Taken) -> tuple[datetime, str]:
    return one.at, one.entry


def shown(ul: Decimal) -> str:
    """µl as screens show them, without zeros that nobody wrote."""
    text = f"{ul:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} µl"
