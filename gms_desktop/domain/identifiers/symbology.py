"""AIM identifiers: the three characters by which a scanner says what sort of code it read.

Source: ISO/IEC 15424, and the tables of NCR, Zebra and Datalogic. Scanners add or strip them by configuration, so their
absence means nothing.
"""

from __future__ import annotations

import re
from types import MappingProxyType

GS1_SYMBOLOGIES = frozenset({"]C1", "]d2", "]d5", "]Q3", "]Q4", "]e0"})
"""Symbols whose first character is FNC1: their content is GS1 element strings."""

MEANINGS = MappingProxyType(
    {
        "]A0": "Code 39",
        "]A1": "Code 39, check character verified",
        "]A3": "Code 39, check character verified and stripped",
        "]A4": "Code 39 full ASCII",
        "]A5": "Code 39 full ASCII, check character verified",
        "]A7": "Code 39 full ASCII, check character verified and stripped",
        "]C0": "Code 128",
        "]C1": "GS1-128",
        "]C2": "Code 128, FNC1 second",
        "]C4": "Code 128, ISBT 128 concatenation",
        "]E0": "EAN-13 or UPC",
        "]E4": "EAN-8",
        "]F0": "Codabar",
        "]F1": "Codabar, ABC codabar",
        "]F3": "Codabar, check character stripped",
        "]G0": "Code 93",
        "]H0": "Code 11",
        "]I0": "Interleaved 2 of 5",
        "]I1": "Interleaved 2 of 5, check digit verified",
        "]I3": "Interleaved 2 of 5, check digit verified and stripped",
        "]L0": "PDF417",
        "]M0": "MSI",
        "]Q0": "QR model 1",
        "]Q1": "QR model 2",
        "]Q2": "QR model 2 with ECI",
        "]Q3": "GS1 QR",
        "]Q4": "GS1 QR with ECI",
        "]Q5": "QR, FNC1 second",
        "]S0": "2 of 5",
        "]U0": "MaxiCode",
        "]X0": "vendor specific",
        "]d0": "Data Matrix ECC 000-140",
        "]d1": "Data Matrix",
        "]d2": "GS1 Data Matrix",
        "]d3": "Data Matrix, FNC1 second",
        "]d4": "Data Matrix with ECI",
        "]d5": "GS1 Data Matrix with ECI",
        "]d6": "Data Matrix, FNC1 second, with ECI",
        "]e0": "GS1 DataBar",
        "]z0": "Aztec",
    }
)

_PREFIX = re.compile(rf"\][{''.join(sorted({one[1] for one in MEANINGS}))}][0-9A-Za-z]")


def split(text: str) -> tuple[str | None, str]:
    """Split off the AIM identifier: ``("]d1", "FD20024619")``, or ``(None, text)`` where no known one stands."""
    prefix = _PREFIX.match(text)
    return (prefix.group(), text[prefix.end() :]) if prefix else (None, text)


def meaning(symbology: str) -> str:
    """Return the symbology's name, or the identifier itself when no table names it."""
    return MEANINGS.get(symbology, symbology)
