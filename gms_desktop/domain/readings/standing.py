"""Which of several readings of one tube stands, and how far the readings of one run lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

_EXACT = Context(prec=28, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Candidate:
    """A reading that may stand.

    Attributes:
        reading: its identity.
        run: the run it is of.
        measured: when it was measured by the instrument's clock, or else recorded; both written alike.
        complete: whether its run's file was whole.
        held: whether its run is held, because a control failed.
    """

    reading: str
    run: str
    measured: str
    complete: bool = True
    held: bool = False


@dataclass(frozen=True)
class Spread:
    """How far values lie apart: how many, their mean, and the coefficient of variation in per cent.

    ``furthest``: the place of the value that lies furthest from the mean, and by how much in per cent. It is shown, and
    counts like the others.
    """

    many: int
    mean: Decimal
    cv: Decimal | None
    furthest: tuple[int, Decimal] | None


def standing(candidates: Sequence[Candidate], chosen: str = "") -> tuple[str, ...]:
    """The readings that stand: those of the last complete run that is not held, or the one that a person chose.

    Several, where that run measured the tube several times.

    Args:
        candidates: the readings of a tube that have the quantity, in the order in which they were recorded.
        chosen: the reading that a person said stands.
    """
    if chosen and any(one.reading == chosen for one in candidates):
        return (chosen,)
    good = [one for one in candidates if one.complete and not one.held]
    if not good:
        return ()
    last = max(enumerate(good), key=lambda placed: (placed[1].measured, placed[0]))[1].run
    return tuple(one.reading for one in good if one.run == last)


def spread(values: Sequence[Decimal]) -> Spread | None:
    """How far replicates lie apart; None for a single value."""
    if len(values) < 2:
        return None
    many = Decimal(len(values))
    mean = _EXACT.divide(sum(values, Decimal(0)), many)
    if mean == 0:
        return Spread(len(values), mean, None, None)
    variance = _EXACT.divide(sum(((one - mean) ** 2 for one in values), Decimal(0)), many - 1)
    cv = _EXACT.divide(_EXACT.sqrt(variance) * 100, abs(mean))
    place = max(range(len(values)), key=lambda at: abs(values[at] - mean))
    away = _EXACT.divide((values[place] - mean) * 100, abs(mean))
    return Spread(len(values), mean, cv, (place, away) if len(values) > 2 else None)
