"""Codes of 2D tubes and of their racks: two letters and eight digits, or ten digits.

Seen: ``FD20024619``, ``SA`` on racks, ``NA`` with ten digits (read from a 5 ml vial), and ten digits alone on NHS and
Thermo Matrix tubes. Tube and rack have the same shape: which it is comes from the register, never from the code.
Leading zeros count. There is no check character, so nothing about these codes is ever repaired.
"""

from __future__ import annotations

import re

from gms_desktop.domain.findings import WARN_ONLY, Finding, SeverityProfile
from gms_desktop.domain.identifiers.written import mangled_by_spreadsheet, upper, without_separators

PATTERN = "fluidx-pattern"
CASE = "fluidx-case"
SPREADSHEET = "fluidx-spreadsheet"
CODES = frozenset({PATTERN, CASE, SPREADSHEET})

_TUBE = re.compile(r"[A-Z]{2}[0-9]{8}|NA[0-9]{10}|[0-9]{10}")


def normalise(text: str) -> str:
    """Return a typed code in capitals without spaces and hyphens. A scanned code is taken as it came."""
    return upper(without_separators(text))


def is_fluidx(text: str) -> bool:
    """Return whether this is exactly a tube or rack code, as printed."""
    return _TUBE.fullmatch(text) is not None


def findings(text: str, profile: SeverityProfile = WARN_ONLY) -> tuple[Finding, ...]:
    """Return what is odd about a tube or rack code; small letters are a finding of their own (Caps Lock)."""
    if is_fluidx(text):
        return ()
    if is_fluidx(upper(text)):
        return (profile.find(CASE, text),)
    if mangled_by_spreadsheet(text):
        return (profile.find(SPREADSHEET, text),)
    return (profile.find(PATTERN, text, f"{len(text)} characters"),)
