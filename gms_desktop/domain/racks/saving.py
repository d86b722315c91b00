"""What of a rack may be saved: of an arriving rack the wells that agree, for all else the whole rack or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gms_desktop.domain.racks.findings import AGREEING, OF_THE_RACK, Comparison, Found, Kind, Look


class Purpose(StrEnum):
    """Why a rack is read."""

    ARRIVING = "arriving"
    PLATING = "plating"
    DISPATCH = "dispatch"

    @property
    def in_part(self) -> bool:
        """Whether some wells may be saved while others are in question."""
        return self is Purpose.ARRIVING


@dataclass(frozen=True, slots=True)
class Saving:
    """What may be saved.

    Attributes:
        tubes: the tube of each well that may be recorded there.
        in_the_way: what must be put right before more may be.
    """

    tubes: Mapping[str, str]
    in_the_way: tuple[Found, ...]


def may_save(compared: Comparison, purpose: Purpose, keep_as_read: Collection[Found] = ()) -> Saving:
    """What may be saved of a rack.

    Args:
        compared: the rack.
        purpose: why it was read.
        keep_as_read: moves and swaps that a person keeps as they were read; for an arriving rack only.
    """
    in_the_way = compared.found + _unconfirmed(compared)
    if not purpose.in_part:
        return Saving({} if in_the_way else compared.agreeing, in_the_way)
    if any(one.kind in OF_THE_RACK for one in compared.found):
        return Saving({}, compared.found)
    barred = {code for one in compared.of(Kind.BARRED) for code in one.codes}
    kept = _kept(compared, [one for one in keep_as_read if one in compared.found and barred.isdisjoint(one.codes)])
    moved = {compared_well: code for one in kept for compared_well, code in _now(one).items()}
    return Saving(compared.agreeing | moved, tuple(one for one in compared.found if one not in kept))


def _unconfirmed(compared: Comparison) -> tuple[Found, ...]:
    """Wells that a reader without a look for empty ones says nothing about: a person looks into them, once for all."""
    wells = tuple(well for well, look in compared.looks.items() if look is Look.NO_CODE)
    return (Found(Kind.EMPTIES, wells),) if wells else ()


def _kept(compared: Comparison, wanted: list[Found]) -> list[Found]:
    """Those that can be kept: a tube is never recorded in a well whose own tube has nowhere to go."""
    kept = [one for one in wanted if one.kind in (Kind.SWAPPED, Kind.MOVED)]
    while True:
        leaving = {code for one in kept for code in _now(one).values()}
        stay = [one for one in kept if one.kind is Kind.SWAPPED or not one.expected or one.expected in leaving]
        stay = [one for one in stay if not any(compared.looks[well] in AGREEING for well in _now(one))]
        if stay == kept:
            return kept
        kept = stay


def _now(found: Found) -> dict[str, str]:
    """Where the tubes of a move or swap are now."""
    if found.kind is Kind.SWAPPED:
        return dict(zip(found.wells, found.codes, strict=True))
    return {found.wells[1]: found.codes[0]}
