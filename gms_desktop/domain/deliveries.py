"""Deliveries: which end of a drop box's window the clocks use, and whether what was stated agrees with what was found.

Physical receipt is the moment a delivery came into the building, never the later booking in (service specification
lines 1705-1707).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

WindowEnd = Literal["from", "until"]
_TEMPERATURE = re.compile(r"([-+−]?\d{1,3})(?:[.,](\d{1,2}))?\s*(?:°?\s*C)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded word of one of the laboratory's lists."""

    code: str
    words: str
    needs_comment: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryRules:
    """The laboratory's lists about deliveries, and the end of a drop box's window that its clocks use."""

    version: str
    window_end: WindowEnd
    conditions: tuple[Coded, ...]
    pass_on: tuple[Coded, ...]
    forms: tuple[Coded, ...]
    differences: tuple[Coded, ...]


def read_delivery_rules(text: str) -> DeliveryRules:
    """Read the rule set ``deliveries``.

    Raises:
        KeyError, ValueError: where the text is not one.
    """
    said = tomllib.loads(text)
    end = said["window_end"]
    if end not in ("from", "until"):
        raise ValueError("window_end is “from” or “until”")
    lists = (_coded(said[name]) for name in ("condition", "pass_on", "form", "difference"))
    return DeliveryRules(str(said["version"]), end, *lists)


def _coded(rows: list[dict[str, Any]]) -> tuple[Coded, ...]:
    made = tuple(Coded(str(r["code"]), str(r["words"]), bool(r.get("needs_comment", False))) for r in rows)
    if len({one.code for one in made}) < len(made):
        raise ValueError("a code stands twice in one list")
    return made


@dataclass(frozen=True, slots=True)
class Count:
    """What a delivery was stated to hold, and what was found in it; None where nothing was stated."""

    stated: int | None
    booked: int
    passed_on: int

    @property
    def found(self) -> int:
        """Specimens of it, here or passed on. A form alone is none."""
        return self.booked + self.passed_on

    @property
    def agrees(self) -> bool:
        """Whether a count was stated and as many were found."""
        return self.stated == self.found


def physical_receipt(arrived: str | None, until: str | None, end: WindowEnd) -> str | None:
    """When the specimens of a delivery came into the building, for the clocks; None where nobody knows.

    Args:
        arrived: when it came, or when its drop box was emptied last.
        until: when the drop box was emptied with these in it; None where it is no drop box.
        end: the end that the laboratory chose.
    """
    return until if until and end == "until" else arrived


def celsius(said: str) -> Decimal | None:
    """A stated temperature in degrees Celsius; None for words that are none."""
    match = _TEMPERATURE.fullmatch(said.strip())
    if match is None:
        return None
    whole, part = match[1].replace("−", "-"), match[2] or ""
    return Decimal(f"{whole}.{part}" if part else whole)


def bag_codes(said: str) -> tuple[str, ...]:
    """Codes of bags and boxes, as scanned or typed with anything between them, each once, in their order."""
    return tuple(dict.fromkeys(code for code in re.split(r"[\s,;]+", said.strip()) if code))
