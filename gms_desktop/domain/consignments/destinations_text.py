"""The rule set ``destinations`` written as text again, and changed one destination at a time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import tomli_w

from gms_desktop.domain.consignments.destinations import Destination, TissueNeeds
from gms_desktop.domain.shifts import WEEKDAYS

_TIME = "%H:%M"


def destinations_text(every: Sequence[Destination], version: str, effective: str, source: str) -> str:
    """The text that :func:`read_destinations` reads as these destinations again.

    Args:
        every: the destinations, in the laboratory's order.
        version: of the set.
        effective: the first day, ISO 8601.
        source: where it is from, in words.
    """
    head = {"name": "destinations", "version": version, "effective": effective, "source": source}
    return tomli_w.dumps({**head, "destination": [_said(one) for one in every]})


def with_destination(every: Sequence[Destination], said: Destination) -> tuple[Destination, ...]:
    """The set with one destination changed in its place, or added at the end."""
    if any(one.code == said.code for one in every):
        return tuple(said if one.code == said.code else one for one in every)
    return (*every, said)


def _said(one: Destination) -> dict[str, Any]:
    """What a destination says; what nobody said is left out, as in the product's own set."""
    said: dict[str, Any] = {
        "code": one.code,
        "name": one.name,
        "example": one.example,
        "in_use": one.in_use,
        "ods": one.ods,
        "address": list(one.address),
        "telephone": one.telephone,
        "accepts": sorted(one.accepts),
        "materials": sorted(one.materials),
        "identifiers": list(one.identifiers),
        "documents": list(one.documents),
        "manifest": one.manifest,
        "couriers": list(one.couriers),
        "cut_off": one.cut_off.strftime(_TIME) if one.cut_off else None,
        "transit_days": one.transit_days,
        "turnaround_days": one.turnaround_days,
        "return_days": one.return_days,
        "temperature": one.temperature,
        "coldest": _number(one.coldest),
        "warmest": _number(one.warmest),
        "high_risk": one.high_risk,
        "category_b": one.category_b,
        "closed_on_bank_holidays": one.closed_on_bank_holidays,
        "receiving": {
            WEEKDAYS[day]: [at.strftime(_TIME) for at in one.receiving[day]] for day in sorted(one.receiving)
        },
        "tissue": _tissue(one.tissue) if one.tissue else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _tissue(needs: TissueNeeds) -> dict[str, Any]:
    said: dict[str, Any] = {
        "forms": list(needs.forms),
        "number": needs.number,
        "sections": needs.sections,
        "thickness_um": _number(needs.thickness_um),
        "minimum_percent": _number(needs.minimum_percent),
        "stained": needs.stained,
        "bands": [
            {"words": one.words, "least": format(one.least, "f"), "most": format(one.most, "f")} for one in needs.bands
        ],
    }
    return {name: value for name, value in said.items() if value is not None}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
