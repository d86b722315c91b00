"""Material that is here and may serve a test added on: how much of it is free, and why it can or cannot serve. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gms_desktop.domain.volumes import read_volume


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of a material that is kept: for which request, and how many millilitres; None: all that was left."""

    name: str
    ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """A specimen, or a tube that was poured from one, as far as a further test asks.

    Attributes:
        outcome: what was decided of the specimen; None while nothing is.
        poured_off: what became of it, where nothing of it is left in its own tube.
        stopped: why it may not be tested, in words.
        ml: the volume last recorded; None where there is none, or a mass or a count.
        kept: what is kept of it.
        disputed: whether it is in dispute.
    """

    outcome: str | None
    poured_off: str = ""
    stopped: str = ""
    ml: Decimal | None = None
    kept: tuple[Kept, ...] = ()
    disputed: bool = False

    @property
    def free_ml(self) -> Decimal | None:
        """Millilitres that nobody keeps; None where the volume is not known. Never less than nothing."""
        if self.ml is None:
            return None
        parts = [one.ml for one in self.kept]
        return Decimal(0) if None in parts else max(Decimal(0), self.ml - sum(part for part in parts if part))

    @property
    def why_not(self) -> str:
        """Why it cannot serve; empty where it can."""
        if self.disputed:
            return "in dispute"
        if self.outcome is None:
            return "not decided yet"
        if not self.outcome.startswith("accepted"):
            return self.outcome
        if self.poured_off or self.stopped:
            return self.poured_off or self.stopped
        used_up = self.free_ml == 0 if self.ml is not None else bool(self.kept)
        if not used_up:
            return ""
        return f"kept for {' and '.join(one.name for one in self.kept)}" if self.kept else "used up"


def wrong_amount(number: str, material: Material, written: str) -> str:
    """What is wrong with a volume that is to be kept; empty where it may be. Nothing written: all that is left.

    Args:
        number: of the material.
        material: what is kept of.
        written: as a person wrote it.
    """
    if not written:
        return ""
    volume, free = read_volume(written), material.free_ml
    if volume is None or not volume.ml:
        return "Enter the volume to keep as a figure and its unit, as 0.5 ml or 250 µl."
    if free is None:
        return f"How much there is of {number} is not recorded. Leave the volume empty: all of it is kept."
    if volume.ml > free:
        return (
            f"{amount(free)} of {number} is free. Enter no more than that, or leave it empty to keep all that is left."
        )
    return ""


def amount(ml: Decimal) -> str:
    """Millilitres as screens show them, without zeros that nobody wrote."""
    shown = f"{ml:f}"
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown} ml"
