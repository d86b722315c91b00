"""Lots of reagents: what a kit's code says of its lot, and whether the lot may be used. Pure rules."""

from __future__ import annotations

import tomllib
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


class Standing(StrEnum):
    """How a lot stands."""

    RECEIVED = "received"
    RELEASED = "released"
    EXPIRED = "expired"
    USED_UP = "used up"
    WITHDRAWN = "withdrawn"


ENDS = (Standing.USED_UP, Standing.WITHDRAWN)
"""What a person says when a lot is used no more."""


class Unreleased(StrEnum):
    """What the laboratory does with a lot that nobody released for use."""

    REFUSE = "refuse"
    WARN = "warn"
    USE = "use"


class Use(StrEnum):
    """Whether a step may cite a lot."""

    YES = "yes"
    WITH_WARNING = "with warning"
    NO = "no"


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


def by_hand(words: str, number: str) -> Lot:
    """A lot without a code that could be scanned: known by what it is and its number, the same at every bench."""
    said = " ".join(words.split()).casefold()
    return Lot(f"hand-{sha256(said.encode()).hexdigest()[:12]}", number.strip(), None)


def standing(state: str, expiry: date | None, today: date) -> Standing:
    """How a lot stands on a day. Whatever was decided before, one that is past its last day is expired.

    Args:
        state: what was recorded of it last.
        expiry: its last day of use; None where it has none.
        today: the laboratory's local day.
    """
    recorded = Standing(state)
    expired = is_expired(expiry, today) and recorded is not Standing.WITHDRAWN
    return Standing.EXPIRED if expired else recorded


def may_use(stands: Standing, rule: Unreleased) -> Use:
    """Whether a step may cite a lot: an expired or withdrawn one never, one that nobody released as the rule says."""
    if stands is Standing.RELEASED:
        return Use.YES
    if stands in {Standing.EXPIRED, Standing.WITHDRAWN}:
        return Use.NO
    return {Unreleased.REFUSE: Use.NO, Unreleased.WARN: Use.WITH_WARNING, Unreleased.USE: Use.YES}[rule]


def read_lot_rules(text: str) -> Unreleased:
    """What the laboratory does with a lot that nobody released.

    Args:
        text: TOML as in ``resources/rules/lots.toml``.

    Raises:
        ValueError: when the word is none of the known ones.
        KeyError: when it is missing.
    """
    return Unreleased(tomllib.loads(text)["unreleased"])


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
