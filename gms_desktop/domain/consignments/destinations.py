"""Where a laboratory sends things, and what each receiver takes: laboratory data. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from gms_desktop.domain.shifts import WEEKDAYS
from gms_desktop.domain.tissue.assessment import Band

SORTS = frozenset({"specimen", "aliquot", "eluate", "tube", "pool", "plate", "rack", "piece"})
"""Sorts of things that are packed."""
IDENTIFIERS = ("referral", "participant", "tube")
MANIFESTS = ("dwgs", "gel1004", "packing list")
Hours = tuple[time, time]


@dataclass(frozen=True, slots=True)
class TissueNeeds:
    """What a receiver of tissue wants: slides or scrolls, how many, how thick, the least neoplastic nuclei.

    Attributes:
        sections: how many go into each scroll tube; None where it does not say.
        stained: whether a stained slide with the area marked travels along.
        bands: its own ranges of neoplastic nuclei; empty where it takes the exact figure.
    """

    forms: tuple[str, ...]
    number: int | None = None
    thickness_um: Decimal | None = None
    minimum_percent: Decimal | None = None
    sections: int | None = None
    stained: bool = False
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Destination:
    """One receiver.

    Attributes:
        code: by which it is chosen and recorded.
        example: whether it is made up to be replaced by the laboratory's own.
        accepts: sorts of things that it takes.
        materials: codes of the specimen types that it takes; empty: any.
        cut_off: until when a courier still collects on the same day; None where nobody said.
        transit_days: days from collection to arrival.
        receiving: hours by day of the week, Monday 0; empty where nobody said.
        documents: papers that have to be here before a thing is packed.
        identifiers: which of :data:`IDENTIFIERS` each thing must have.
        turnaround_days: within which it answers; None where nobody said.
        high_risk: whether it takes high-risk material.
        category_b: whether its boxes carry the UN3373 mark.
        return_days: within which things come back; None where they stay.
        coldest, warmest: between which a consignment is kept on its way (°C); None where nobody said.
    """

    code: str
    name: str
    ods: str
    address: tuple[str, ...]
    telephone: str
    in_use: bool
    example: bool
    accepts: frozenset[str]
    materials: frozenset[str] = frozenset()
    temperature: str = ""
    couriers: tuple[str, ...] = ()
    cut_off: time | None = None
    transit_days: int = 1
    receiving: Mapping[int, Hours] = field(default_factory=lambda: MappingProxyType({}))
    closed_on_bank_holidays: bool = True
    documents: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    manifest: str = "packing list"
    turnaround_days: int | None = None
    high_risk: bool = False
    category_b: bool = False
    return_days: int | None = None
    tissue: TissueNeeds | None = None
    coldest: Decimal | None = None
    warmest: Decimal | None = None


def read_destinations(text: str) -> tuple[Destination, ...]:
    """The destinations of a laboratory, in its order.

    Args:
        text: TOML as in ``resources/rules/destinations.toml``.

    Raises:
        ValueError: when a code stands twice, a sort or manifest is none, or a number or time cannot be.
        KeyError, TypeError: when a field is missing or of the wrong kind.
        ArithmeticError: when a percentage or thickness is no number.
    """
    made = tuple(_destination(one) for one in tomllib.loads(text)["destination"])
    if len({one.code for one in made}) < len(made):
        raise ValueError("each destination has a code of its own")
    return made


def _destination(said: Mapping[str, Any]) -> Destination:
    code = str(said["code"])
    made = Destination(
        code=code,
        name=str(said["name"]),
        ods=str(said.get("ods", "")),
        address=_texts(said["address"]),
        telephone=str(said.get("telephone", "")),
        in_use=said["in_use"] is True,
        example=said.get("example", False) is True,
        accepts=frozenset(_among(code, said["accepts"], SORTS)),
        materials=frozenset(_texts(said.get("materials", ()))),
        temperature=str(said.get("temperature", "")),
        couriers=_texts(said.get("couriers", ())),
        cut_off=time.fromisoformat(said["cut_off"]) if said.get("cut_off") else None,
        transit_days=_days(code, said.get("transit_days", 1)) or 0,
        receiving=MappingProxyType({WEEKDAYS.index(day): _hours(code, at) for day, at in _receiving(said).items()}),
        closed_on_bank_holidays=said.get("closed_on_bank_holidays", True) is True,
        documents=_texts(said.get("documents", ())),
        identifiers=tuple(_among(code, said.get("identifiers", ()), IDENTIFIERS)),
        manifest=_among(code, [said.get("manifest", "packing list")], MANIFESTS)[0],
        turnaround_days=_days(code, said.get("turnaround_days")),
        high_risk=said.get("high_risk", False) is True,
        category_b=said.get("category_b", False) is True,
        return_days=_days(code, said.get("return_days")),
        tissue=_tissue(code, said["tissue"]) if "tissue" in said else None,
        coldest=_degrees(said.get("coldest")),
        warmest=_degrees(said.get("warmest")),
    )
    if made.coldest is not None and made.warmest is not None and made.warmest < made.coldest:
        raise ValueError(f"{code}: the warmest is not below the coldest")
    if not code or not made.name or not made.accepts:
        raise ValueError("a destination has a code and a name, and takes at least one sort of thing")
    return made


def _degrees(said: Any) -> Decimal | None:
    return None if said is None else Decimal(str(said))


def _receiving(said: Mapping[str, Any]) -> Mapping[str, Any]:
    found = said.get("receiving", {})
    if not isinstance(found, Mapping):
        raise TypeError("receiving names days of the week with their hours")
    return found


def _texts(said: Any) -> tuple[str, ...]:
    if isinstance(said, str) or not all(isinstance(one, str) for one in said):
        raise TypeError("a list of texts is wanted")
    return tuple(said)


def _among(code: str, said: Any, known: Any) -> tuple[str, ...]:
    found = _texts(said)
    if unknown := [one for one in found if one not in known]:
        raise ValueError(f"{code}: {', '.join(unknown)} is none of {', '.join(sorted(known))}")
    return found


def _days(code: str, said: Any) -> int | None:
    if said is None:
        return None
    if not isinstance(said, int) or isinstance(said, bool) or not 0 <= said <= 3_650:
        raise ValueError(f"{code}: days are a whole number from 0")
    return said


def _hours(code: str, said: Any) -> Hours:
    opens, closes = (time.fromisoformat(one) for one in _texts(said))
    if closes <= opens:
        raise ValueError(f"{code}: a receiver closes after it opens")
    return opens, closes


def _tissue(code: str, said: Mapping[str, Any]) -> TissueNeeds:
    percent = Decimal(str(said["minimum_percent"])) if "minimum_percent" in said else None
    thickness = Decimal(str(said["thickness_um"])) if "thickness_um" in said else None
    if (percent is not None and not 0 <= percent <= 100) or (thickness is not None and thickness <= 0):
        raise ValueError(f"{code}: a percentage is from 0 to 100, a section thicker than nothing")
    return TissueNeeds(
        _texts(said["forms"]),
        _days(code, said.get("number")),
        thickness,
        percent,
        _days(code, said.get("sections")),
        said.get("stained", False) is True,
        tuple(_band(code, one) for one in said.get("bands", ())),
    )


def _band(code: str, said: Mapping[str, Any]) -> Band:
    band = Band(str(said["words"]), Decimal(str(said["least"])), Decimal(str(said["most"])))
    if not 0 <= band.least <= band.most <= 100:
        raise ValueError(f"{code}: a range goes up, from 0 to 100 per cent")
    return band
