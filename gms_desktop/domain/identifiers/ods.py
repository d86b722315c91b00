"""Codes of the Organisation Data Service: three to six letters and digits, in capitals.

Real codes have three to five characters; the NIPT data set asks for "unique 6 digit lab ODS code" (specification line
2338), so six are taken too. ODS codes are never used twice.
"""

from __future__ import annotations

import re

from gms_desktop.domain.findings import WARN_ONLY, Finding, SeverityProfile
from gms_desktop.domain.identifiers.written import mangled_by_spreadsheet, upper

PATTERN = "ods-pattern"
SPREADSHEET = "ods-spreadsheet"
CODES = frozenset({PATTERN, SPREADSHEET})

_ODS = re.compile(r"[A-Z0-9]{3,6}")


def normalise(text: str) -> str:
    """Return the code in capitals without spaces around it."""
    return upper(text.strip())


def is_ods(text: str) -> bool:
    """Return whether this can be an ODS code."""
    return _ODS.fullmatch(normalise(text)) is not None


def findings(text: str, profile: SeverityProfile = WARN_ONLY) -> tuple[Finding, ...]:
    """Return what is odd about an ODS code; empty when nothing is.

    A code such as ``8E834`` is one that a spreadsheet turns into a number: the number is reported as its own finding.
    """
    if is_ods(text):
        return ()
    if mangled_by_spreadsheet(text):
        return (profile.find(SPREADSHEET, text),)
    return (profile.find(PATTERN, text, f"{len(normalise(text))} characters"),)
