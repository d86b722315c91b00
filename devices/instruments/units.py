"""Units as instruments write them, brought to the one unit that an analyte has here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from devices.measured import Analyte

NG_PER_UL, NMOL_PER_L, UL, NG, G, BP, PERCENT, NM = "ng/uL", "nmol/L", "uL", "ng", "g", "bp", "%", "nm"
RFU = "RFU"

_BRACKETED = re.compile(r"[\[(]\s*([^\[\]()]*?)\s*[\])]")
_MICRO = re.compile("[µμ\ufffd]|Âµ|Î¼|¬µ")


@dataclass(frozen=True)
class Unit:
    """A unit: what it is called here, and what a value in the file's unit is multiplied by."""

    name: str
    factor: Decimal = Decimal(1)


_KNOWN: dict[str, Unit] = {
    "ng/ul": Unit(NG_PER_UL),
    "ug/ml": Unit(NG_PER_UL),
    "mg/l": Unit(NG_PER_UL),
    "mg/ml": Unit(NG_PER_UL, Decimal(1000)),
    "ug/ul": Unit(NG_PER_UL, Decimal(1000)),
    "g/l": Unit(NG_PER_UL, Decimal(1000)),
    "ng/ml": Unit(NG_PER_UL, Decimal("0.001")),
    "pg/ul": Unit(NG_PER_UL, Decimal("0.001")),
    "pg/ml": Unit(NG_PER_UL, Decimal("0.000001")),
    "nmol/l": Unit(NMOL_PER_L),
    "nmole/l": Unit(NMOL_PER_L),
    "nm": Unit(NMOL_PER_L),
    "pmol/l": Unit(NMOL_PER_L, Decimal("0.001")),
    "pmole/l": Unit(NMOL_PER_L, Decimal("0.001")),
    "umol/l": Unit(NMOL_PER_L, Decimal(1000)),
    "ul": Unit(UL),
    "ml": Unit(UL, Decimal(1000)),
    "ng": Unit(NG),
    "ug": Unit(NG, Decimal(1000)),
    "pg": Unit(NG, Decimal("0.001")),
    "g": Unit(G),
    "mg": Unit(G, Decimal("0.001")),
    "kg": Unit(G, Decimal(1000)),
    "bp": Unit(BP),
    "nt": Unit("nt"),
    "kb": Unit(BP, Decimal(1000)),
    "%": Unit(PERCENT),
    "rfu": Unit(RFU),
}
WITHOUT = Unit("")
"""For what has none: a ratio, a grade, a cycle."""
_EACH_HAS: dict[Analyte, frozenset[str]] = {
    Analyte.CONCENTRATION: frozenset({NG_PER_UL}),
    Analyte.ASSAY_TUBE_CONCENTRATION: frozenset({NG_PER_UL}),
    Analyte.MOLARITY: frozenset({NMOL_PER_L}),
    Analyte.VOLUME: frozenset({UL}),
    Analyte.TOTAL: frozenset({NG}),
    Analyte.MASS: frozenset({G}),
    Analyte.AVERAGE_SIZE: frozenset({BP, "nt"}),
    Analyte.PEAK_SIZE: frozenset({BP, "nt"}),
    Analyte.PERCENT_OF_TOTAL: frozenset({PERCENT}),
}
_HAVE_NONE = frozenset(
    {
        Analyte.A260_280,
        Analyte.A260_230,
        Analyte.DIN,
        Analyte.RIN,
        Analyte.GQN,
        Analyte.RQN,
        Analyte.RRNA_RATIO,
        Analyte.CT,
    }
)


def needs_unit(analyte: Analyte) -> bool:
    """Whether a number of this analyte means nothing without its unit."""
    return analyte in _EACH_HAS


def is_known(text: str) -> bool:
    """Whether a text is a unit at all."""
    return folded(text) in _KNOWN


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """A unit's text with its micro sign, however it was corrupted, written ``u``, in small letters."""
    return _MICRO.sub("u", text).strip().casefold().replace(" ", "")


def unit_of(analyte: Analyte, text: str) -> Unit | None:
    """What a unit's text stands for; None where it is not one that this analyte can have."""
    found = _KNOWN.get(folded(text))
    needed = _EACH_HAS.get(analyte)
    if analyte in _HAVE_NONE:
        return None if text.strip() else WITHOUT
    if needed is None:
        return found or WITHOUT
    return found if found is not None and found.name in needed else None


def unit_in(heading: str) -> str:
    """The unit that a heading carries in brackets, or is, as written; empty where it has none."""
    if is_known(heading):
        return heading.strip()
    told = [each for each in _BRACKETED.findall(heading) if folded(each) in _KNOWN]
    return told[-1] if told else ""
