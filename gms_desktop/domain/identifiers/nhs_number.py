"""NHS numbers: ten digits, the last by Modulus 11, shown 3-3-4.

Source: NHS Data Dictionary, attribute NHS NUMBER (weights 10 to 2; check = 11 - remainder; 11 is 0; 10 is never
issued). Ranges come from the ``nhs-number`` library. An NHS number identifies a patient: everywhere a private value.
"""

from __future__ import annotations

import re

from gms_desktop.domain.findings import WARN_ONLY, Finding, SeverityProfile
from gms_desktop.domain.identifiers.written import is_digits, mangled_by_spreadsheet, without_separators

SPREADSHEET = "nhs-spreadsheet"
NOT_DIGITS = "nhs-not-digits"
LENGTH = "nhs-length"
CHECK_DIGIT = "nhs-check-digit"
SYNTHETIC = "nhs-synthetic"
NOT_ISSUED = "nhs-not-issued"
CODES = frozenset({SPREADSHEET, NOT_DIGITS, LENGTH, CHECK_DIGIT, SYNTHETIC, NOT_ISSUED})

_GROUPED = re.compile("\\s*[0-9]{3}([ \u00a0-])[0-9]{3}\\1[0-9]{4}\\s*")


def normalise(text: str) -> str:
    """Return the number without spaces and hyphens; anything else stays as it was written."""
    return without_separators(text)


def is_grouped(text: str) -> bool:
    """Return whether ten digits are written 3-3-4, as only NHS numbers are, whatever the check digit says."""
    return _GROUPED.fullmatch(text) is not None


def check_digit_agrees(text: str) -> bool:
    """Return whether the text is ten digits of which the last is right by Modulus 11."""
    from nhs_number.validate import calculate_checksum

    digits = normalise(text)
    return len(digits) == 10 and is_digits(digits) and calculate_checksum(digits[:9]) == int(digits[9])


def findings(text: str, profile: SeverityProfile = WARN_ONLY) -> tuple[Finding, ...]:
    """Return what is odd about an NHS number as written; empty when nothing is."""
    if mangled_by_spreadsheet(text):
        return (profile.find(SPREADSHEET, text),)
    digits = normalise(text)
    shape = []
    if not is_digits(digits):
        shape.append(profile.find(NOT_DIGITS, text))
    if len(digits) != 10:
        shape.append(profile.find(LENGTH, text, f"{len(digits)} characters"))
    if shape:
        return tuple(shape)
    found = () if check_digit_agrees(digits) else (profile.find(CHECK_DIGIT, text),)
    return (*found, *_range_findings(digits, text, profile))


def display(text: str) -> str:
    """Return the number 3-3-4 ("944 930 5552"); a text that is not ten digits is shown as it came."""
    digits = normalise(text)
    if len(digits) != 10 or not is_digits(digits):
        return text
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def _range_findings(digits: str, text: str, profile: SeverityProfile) -> tuple[Finding, ...]:
    from nhs_number.constants import REGION_RESERVED, REGION_SYNTHETIC, REGION_UNALLOCATED, Region

    def within(region: Region) -> bool:
        return bool(region.contains_number(digits))  # type: ignore[no-untyped-call]

    if within(REGION_SYNTHETIC):
        return (profile.find(SYNTHETIC, text),)
    if within(REGION_RESERVED) or within(REGION_UNALLOCATED):
        return (profile.find(NOT_ISSUED, text),)
    return ()
