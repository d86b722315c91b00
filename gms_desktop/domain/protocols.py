"""A laboratory's extraction protocols and the limit of its blanks (rule set ``extraction``). Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gms_desktop.domain.extraction import Protocol
from gms_desktop.domain.racks.wells import Shape


@dataclass(frozen=True, slots=True)
class ExtractionRules:
    """The rule set.

    Attributes:
        version: its version.
        protocols: how the laboratory extracts.
        blank_limit: the most that a blank may hold, by what is extracted; None while it is not laid down.
        unit: the unit of the limits.
        reasons: why a position came to nothing, by code; in words.
        given_up: why a batch that has not started is dropped, or something is taken out of it, by code; in words.
    """

    version: str
    protocols: tuple[Protocol, ...]
    blank_limit: Mapping[str, Decimal | None]
    unit: str
    reasons: Mapping[str, str] = field(default_factory=dict)
    given_up: Mapping[str, str] = field(default_factory=dict)

    def protocol(self, code: str) -> Protocol | None:
        """The protocol of that code."""
        return next((one for one in self.protocols if one.code == code), None)

    def limit(self, yields: str) -> Decimal | None:
        """The limit of the blanks of what is extracted."""
        return self.blank_limit.get(yields)


def read_extraction_rules(text: str) -> ExtractionRules:
    """The rule set.

    Args:
        text: TOML as in ``resources/rules/extraction.toml``.

    Raises:
        ValueError: when a protocol stands twice, a figure is below 0, or a limit names no source.
        KeyError, TypeError, ArithmeticError: when a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    protocols = tuple(_protocol(one) for one in said["protocol"])
    if len({one.code for one in protocols}) < len(protocols):
        raise ValueError("each protocol stands once")
    limits = {str(one["yields"]): _limit(one) for one in said["blank"]}
    reasons, given_up = (_reasons(said, name) for name in ("reason", "reason_given_up"))
    # A laboratory's own set that says nothing of it yet gives the reasons that it has.
    return ExtractionRules(
        str(said["version"]), protocols, limits, str(said["blank_unit"]), reasons, given_up or reasons
    )


def _reasons(said: dict[str, Any], name: str) -> dict[str, str]:
    return {str(one["code"]): str(one["words"]) for one in said.get(name, ())}


def _protocol(said: dict[str, Any]) -> Protocol:
    volume = str(said["elution_ul"])
    if (volume and Decimal(volume) <= 0) or int(said["blanks"]) < 0:
        raise ValueError(f"{said['code']}: volume and number of blanks are not below 0")
    return Protocol(
        code=str(said["code"]),
        version=str(said["version"]),
        words=str(said["words"]),
        yields=str(said["yields"]),
        shape=Shape(int(said["rows"]), int(said["columns"])),
        needs=tuple(str(one) for one in said["needs"]),
        blanks=int(said["blanks"]),
        elution_ul=volume,
        takes=tuple(str(one) for one in said.get("takes", ())),
    )


def _limit(said: dict[str, Any]) -> Decimal | None:
    text = str(said["most"])
    if not text:
        return None
    if not said["source"]:
        raise ValueError(f"the limit of {said['yields']} names no source")
    limit = Decimal(text)
    if not limit >= 0:
        raise ValueError(f"{text} is no limit of a blank")
    return limit
