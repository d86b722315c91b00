"""Lots of reagents: what a kit's code says of its lot, and whether the lot may be used. Pure rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from gms_desktop.domain.identifiers.gs1 import Gs1Parts


class Finding(StrEnum):
    """What is found of a kit's code against what is known of its lot."""

    NEW = "new"
    KNOWN = "known"
    EXPIRED = "expired"
    OTHER_EXPIRY = "other expiry"
    NO_EXPIRY = "no expiry"
    NO_LOT = "no lot"
    RUN_IN = "lot and expiry run together"


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot of one article.

    Attributes:
        gtin: the article, as printed.
        number: the lot as printed.
        expiry: its last day of use; None where its code has none.
    """

    gtin: str
    number: str
    expiry: date | None

    @property
    def id(self) -> str:
        """Its identity: the same at every bench. A lot's number may hold any sign, so it stands in it as a digest."""
        return f"{self.gtin}.{sha256(self.number.encode()).hexdigest()[:16]}"


def lot_of(parts: Gs1Parts) -> Lot | None:
    """The lot that a kit's code names; None where it names none."""
    return Lot(parts.gtin, parts.lot, parts.expiry) if parts.gtin and parts.lot else None


def is_expired(expiry: date | None, today: date) -> bool:
    """Whether a lot is past its last day of use. One without a date is not known to be."""
    return expiry is not None and today > expiry


def judge(parts: Gs1Parts, known: Lot | None, today: date) -> Finding:
    """What is to be said of a kit.

    Args:
        parts: its code.
        known: the lot as it was entered before, if it was.
        today: the laboratory's local day.
    """
    lot = lot_of(parts)
    if lot is None:
        return Finding.NO_LOT
    if parts.run_in:
        return Finding.RUN_IN
    if is_expired(lot.expiry, today) or (known is not None and is_expired(known.expiry, today)):
        return Finding.EXPIRED
    if known is not None and lot.expiry is not None and known.expiry != lot.expiry:
        return Finding.OTHER_EXPIRY
    if known is not None:
        return Finding.KNOWN
    return Finding.NEW if lot.expiry is not None else Finding.NO_EXPIRY
