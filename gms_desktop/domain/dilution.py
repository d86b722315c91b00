"""Diluting and normalising by C1 × V1 = C2 × V2, within what a pipette and a tube allow. Pure.

Nothing is rounded towards a wish: where the numbers do not allow the target, the outcome says why and plans nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

_NOUGHT = Decimal(0)


class Outcome(StrEnum):
    """What is planned for one tube, or why nothing is."""

    DILUTE = "dilute"
    AS_IT_IS = "as it is"
    DILUTE_TWICE = "dilute twice"
    TOO_WEAK = "too weak"
    TOO_STRONG = "too strong for two steps"
    NOT_ENOUGH = "not enough"
    NOT_MEASURED = "concentration not measured"
    VOLUME_NOT_KNOWN = "volume not known"


@dataclass(frozen=True, slots=True)
class Target:
    """What is wanted of each tube. Volumes in µl, the concentration in ng/µl.

    Attributes:
        concentration: what it is to have, more than nought.
        volume: how much there is to be in the end.
        smallest: the least that the pipette takes reliably; site data.
        dead_volume: what must stay in the source; site data.
        largest: the most that the new well or tube holds; site data.
        step: volumes are whole multiples of this; site data.
    """

    concentration: Decimal
    volume: Decimal
    smallest: Decimal
    dead_volume: Decimal
    largest: Decimal
    step: Decimal = Decimal("0.1")

    def __post_init__(self) -> None:
        if min(self.concentration, self.volume, self.smallest, self.step) <= 0 or self.dead_volume < 0:
            raise ValueError("a target has a concentration, a volume, a smallest volume and a step above nought")
        if self.volume > self.largest:
            raise ValueError("a target volume fits into its well")


@dataclass(frozen=True, slots=True)
class Mix:
    """One mixing step in µl: how much of the sample, how much diluent, and what comes of it in ng/µl."""

    sample: Decimal
    diluent: Decimal
    concentration: Decimal

    @property
    def volume(self) -> Decimal:
        """What there is after it."""
        return self.sample + self.diluent


@dataclass(frozen=True, slots=True)
class Dilution:
    """What is planned for one tube.

    Attributes:
        outcome: what is to be done, or why nothing is.
        mixes: the steps, the first from the tube itself; none where nothing is planned.
        missing: how much is missing, in µl, where there is not enough.
    """

    outcome: Outcome
    mixes: tuple[Mix, ...] = ()
    missing: Decimal = _NOUGHT


def plan_dilution(concentration: Decimal | None, available: Decimal | None, target: Target) -> Dilution:
    """Plan one tube.

    Args:
        concentration: what stands for it, in ng/µl; None when it was not measured, or only as a limit.
        available: what remains in the tube, in µl; None when nobody knows.
        target: what is wanted.
    """
    if concentration is None or concentration <= 0:
        return Dilution(Outcome.NOT_MEASURED)
    if available is None:
        return Dilution(Outcome.VOLUME_NOT_KNOWN)
    if concentration < target.concentration:
        return Dilution(Outcome.TOO_WEAK)
    if concentration == target.concentration:
        return _enough(Outcome.AS_IT_IS, (Mix(target.volume, _NOUGHT, concentration),), available, target)
    mix = _mix(concentration, target)
    if mix is not None:
        return _enough(Outcome.DILUTE, (mix,), available, target)
    return _twice(concentration, available, target)


def _mix(concentration: Decimal, target: Target) -> Mix | None:
    """One step; the end volume grows where the sample's share would be less than the pipette takes."""
    sample = _stepped(target.concentration * target.volume / concentration, target)
    if sample < target.smallest:
        sample = target.smallest
    volume = max(target.volume, _stepped(sample * concentration / target.concentration, target))
    diluent = volume - sample
    if volume > target.largest or (diluent and diluent < target.smallest) or sample <= 0:
        return _as_little(concentration, sample, target)
    return Mix(sample, diluent, concentration * sample / volume)


def _as_little(concentration: Decimal, sample: Decimal, target: Target) -> Mix | None:
    """Where only the diluent is less than the pipette takes: as much as it takes, and more sample with it."""
    diluent = target.smallest
    grown = _stepped(diluent * target.concentration / (concentration - target.concentration), target)
    if grown < sample or grown + diluent > target.largest:
        return None
    return Mix(grown, diluent, concentration * grown / (grown + diluent))


def _twice(concentration: Decimal, available: Decimal, target: Target) -> Dilution:
    """By the same factor twice, the first mix filling a well of its own."""
    between = replace(target, concentration=(concentration * target.concentration).sqrt(), volume=target.largest)
    first = _mix(concentration, between)
    second = _mix(first.concentration, target) if first is not None else None
    if first is None or second is None or second.sample > first.volume - target.dead_volume:
        return Dilution(Outcome.TOO_STRONG)
    return _enough(Outcome.DILUTE_TWICE, (first, second), available, target)


def _enough(outcome: Outcome, mixes: tuple[Mix, ...], available: Decimal, target: Target) -> Dilution:
    missing = mixes[0].sample - (available - target.dead_volume)
    return Dilution(Outcome.NOT_ENOUGH, (), missing) if missing > 0 else Dilution(outcome, mixes)


def _stepped(volume: Decimal, target: Target) -> Decimal:
    return (volume / target.step).quantize(Decimal(1), ROUND_HALF_EVEN) * target.step
