"""What is to be put right before an extraction batch begins, and what its blanks say. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gms_desktop.domain.extraction import Batch, Role
from gms_desktop.domain.lots import is_expired


class Odd(StrEnum):
    """What is odd about a batch."""

    NO_SPECIMEN = "no specimen"
    NO_INSTRUMENT = "no instrument"
    TOO_FEW_BLANKS = "too few blanks"
    LOT_MISSING = "no lot"
    LOT_EXPIRED = "lot expired"
    LOT_NOT_RELEASED = "lot not released for use"
    LIMIT_NOT_LAID_DOWN = "limit of blanks not laid down"
    BLANK_NOT_MEASURED = "blank not measured"
    BLANK_OVER = "blank over its limit"


HOLDING = frozenset({Odd.BLANK_OVER})
"""What holds every eluate of the batch until a person decides."""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, with the lot, reagent or position that it is about."""

    odd: Odd
    about: str = ""


def before_start(batch: Batch, today: date) -> tuple[Found, ...]:
    """What is to be put right before a batch begins."""
    found = [*_lots(batch, today)]
    if not batch.of(Role.SPECIMEN):
        found.append(Found(Odd.NO_SPECIMEN))
    if not batch.instrument:
        found.append(Found(Odd.NO_INSTRUMENT))
    if len(batch.of(Role.BLANK)) < batch.protocol.blanks:
        found.append(Found(Odd.TOO_FEW_BLANKS, str(batch.protocol.blanks)))
    return tuple(found)


def blanks(batch: Batch, measured: Mapping[str, Decimal], limit: Decimal | None) -> tuple[Found, ...]:
    """What the blanks say.

    Args:
        batch: the batch.
        measured: what each blank measured, by position, in the unit of the limit.
        limit: the most that a blank may hold; None while the laboratory has not laid it down.
    """
    wells = batch.of(Role.BLANK)
    found = [Found(Odd.LIMIT_NOT_LAID_DOWN)] if limit is None and wells else []
    found += [Found(Odd.BLANK_NOT_MEASURED, well) for well in wells if well not in measured]
    if limit is not None:
        found += [Found(Odd.BLANK_OVER, well) for well in wells if measured.get(well, limit) > limit]
    return tuple(found)


def _lots(batch: Batch, today: date) -> Iterator[Found]:
    of = {one.of for one in batch.lots}
    yield from (Found(Odd.LOT_MISSING, needed) for needed in batch.protocol.needs if needed not in of)
    for one in batch.lots:
        if is_expired(one.expiry, today):
            yield Found(Odd.LOT_EXPIRED, one.lot)
        if not one.released:
            yield Found(Odd.LOT_NOT_RELEASED, one.lot)
