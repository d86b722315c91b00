"""What is odd about a value, as data: a stable code, and a severity that the laboratory's profile sets.

NHS test data breaks its own rules (9 of the 20 NHS numbers in the public FHIR examples fail Modulus 11), so a finding
never drops a value: it stands beside it, and the default severity is a warning.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Severity(StrEnum):
    """What a finding asks for: nothing, a look, or a stop."""

    NOTE = "note"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True)
class Finding:
    """One thing that is odd about one value.

    Attributes:
        code: a stable word such as ``nhs-check-digit``; the sentence is made elsewhere.
        value: the text as it came. It may identify a patient, so it never shows in a ``repr``.
        severity: from the profile.
        detail: a short fact for the sentence ("9 characters"); never the value itself.
    """

    code: str
    value: str = field(repr=False)
    severity: Severity
    detail: str = ""


@dataclass(frozen=True)
class SeverityProfile:
    """How grave each finding is at one laboratory.

    Attributes:
        name: whose profile it is.
        version: the profile's own version.
        effective: the first day it holds, or ``None`` when not stated.
        severities: severity by finding code.
        default: the severity of a code the profile does not name.
    """

    name: str = "unnamed"
    version: str = ""
    effective: date | None = None
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    default: Severity = Severity.WARN

    def find(self, code: str, value: str, detail: str = "") -> Finding:
        """Return the finding ``code`` about ``value`` with this profile's severity."""
        return Finding(code, value, self.severities.get(code, self.default), detail)


WARN_ONLY = SeverityProfile("warn only")
"""The profile of a caller that has none: every finding is a warning."""


def read_profile(text: str) -> SeverityProfile:
    """Read a profile from TOML (``resources/rules/identifiers.toml`` shows the form).

    Raises:
        ValueError: the text is not TOML, or a name, date or severity is missing or unknown.
    """
    document = tomllib.loads(text)
    effective = document.get("effective")
    if not isinstance(effective, date):
        raise ValueError("effective is not a date")
    codes = document.get("codes")
    if not isinstance(codes, dict):
        raise ValueError("codes is not a table")
    return SeverityProfile(
        name=_text(document, "name"),
        version=_text(document, "version"),
        effective=effective,
        severities=MappingProxyType({code: _severity(code, row) for code, row in codes.items()}),
        default=Severity(_text(document, "default")),
    )


def _text(document: Mapping[str, object], key: str) -> str:
    value = document.get(key)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{key} is not a text")
    return value


def _severity(code: str, row: object) -> Severity:
    if not isinstance(row, dict):
        raise ValueError(f"codes.{code} is not a table")
    return Severity(_text(row, "severity"))
