"""SNOMED CT identifiers: 6 to 18 digits, no leading zero, the last digit by Verhoeff.

Source: SNOMED CT Release File Specification, SCTID data type and check digit. A spreadsheet keeps 15 digits and writes
zeros for the rest: two codes of a public NHS specification were lost that way.
"""

from __future__ import annotations

from gms_desktop.domain.findings import WARN_ONLY, Finding, SeverityProfile
from gms_desktop.domain.identifiers.written import is_digits, mangled_by_spreadsheet

SPREADSHEET = "snomed-spreadsheet"
NOT_DIGITS = "snomed-not-digits"
LENGTH = "snomed-length"
LEADING_ZERO = "snomed-leading-zero"
CHECK_DIGIT = "snomed-check-digit"
CODES = frozenset({SPREADSHEET, NOT_DIGITS, LENGTH, LEADING_ZERO, CHECK_DIGIT})

_PERMUTE = (
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
)


def _times(left: int, right: int) -> int:
    """Multiply in the dihedral group of the pentagon: 0 to 4 are turns, 5 to 9 are turns after a flip."""
    turn = (left + right) % 5 if left < 5 else (left - right) % 5
    return turn if (left < 5) == (right < 5) else turn + 5


def verhoeff_agrees(digits: str) -> bool:
    """Return whether the last of these digits is right by Verhoeff. Anything but digits is not."""
    if not is_digits(digits):
        return False
    product = 0
    for place, digit in enumerate(reversed(digits)):
        product = _times(product, int(_PERMUTE[place % 8][int(digit)]))
    return product == 0


def coded(text: str) -> tuple[str, str]:
    """Split a coded value ``258580003|Whole blood specimen (specimen)`` into code and term; the term may be empty."""
    code, _, term = text.partition("|")
    return code.strip(), term.strip().removesuffix("|").rstrip()


def findings(text: str, profile: SeverityProfile = WARN_ONLY) -> tuple[Finding, ...]:
    """Return what is odd about a SNOMED CT identifier (the code alone, see ``coded``); empty when nothing is."""
    code = text.strip()
    if mangled_by_spreadsheet(code):
        return (profile.find(SPREADSHEET, text),)
    if not is_digits(code):
        return (profile.find(NOT_DIGITS, text),)
    if not 6 <= len(code) <= 18:
        return (profile.find(LENGTH, text, f"{len(code)} characters"),)
    if code.startswith("0"):
        return (profile.find(LEADING_ZERO, text),)
    if verhoeff_agrees(code):
        return ()
    return (profile.find(SPREADSHEET if _precision_lost(code) else CHECK_DIGIT, text),)


def _precision_lost(code: str) -> bool:
    return len(code) >= 16 and (code.endswith("00") or not code[15:].strip("0"))
