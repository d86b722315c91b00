"""Identifiers of the National Genomic Informatics System: referral, participant and laboratory sample id.

Shapes: referral ``r`` and participant ``p`` with eleven digits, laboratory sample id ten digits (Genomics England
interpretation portal documentation; case does not matter, small letters are the normal form). The last digit of
referral and participant is a check digit whose algorithm is not public, so it is not checked. Public NHS example files
carry ten digits, hence a shape that differs is a finding and never a refusal. A participant id identifies a patient.
"""

from __future__ import annotations

import re

from gms_desktop.domain.findings import WARN_ONLY, Finding, SeverityProfile
from gms_desktop.domain.identifiers.written import lower, mangled_by_spreadsheet, without_separators

REFERRAL_PATTERN = "referral-pattern"
PARTICIPANT_PATTERN = "participant-pattern"
LAB_SAMPLE_PATTERN = "lab-sample-pattern"
LAB_SAMPLE_SPREADSHEET = "lab-sample-spreadsheet"
CODES = frozenset({REFERRAL_PATTERN, PARTICIPANT_PATTERN, LAB_SAMPLE_PATTERN, LAB_SAMPLE_SPREADSHEET})

_REFERRAL = re.compile(r"r[0-9]{11}")
_PARTICIPANT = re.compile(r"p[0-9]{11}")
_LAB_SAMPLE = re.compile(r"[0-9]{10}")
_SEEN_REFERRAL = re.compile(r"r[0-9]{10,11}")
_SEEN_PARTICIPANT = re.compile(r"p[0-9]{10,11}")


def normalise(text: str) -> str:
    """Return a referral or participant id in its normal form: small letters, no spaces or hyphens."""
    return lower(without_separators(text))


def referral_findings(text: str, profile: SeverityProfile = WARN_ONLY) -> tuple[Finding, ...]:
    """Return what is odd about a referral id; empty when it is ``r`` and eleven digits."""
    return () if _REFERRAL.fullmatch(normalise(text)) else (profile.find(REFERRAL_PATTERN, text),)


def participant_findings(text: str, profile: SeverityProfile = WARN_ONLY) -> tuple[Finding, ...]:
    """Return what is odd about a participant id; empty when it is ``p`` and eleven digits."""
    return () if _PARTICIPANT.fullmatch(normalise(text)) else (profile.find(PARTICIPANT_PATTERN, text),)


def lab_sample_findings(text: str, profile: SeverityProfile = WARN_ONLY) -> tuple[Finding, ...]:
    """Return what is odd about a laboratory sample id; empty when it is ten digits."""
    if mangled_by_spreadsheet(text):
        return (profile.find(LAB_SAMPLE_SPREADSHEET, text),)
    return () if is_lab_sample(without_separators(text)) else (profile.find(LAB_SAMPLE_PATTERN, text),)


def is_referral(text: str) -> bool:
    """Return whether this can be a referral id: ``r`` with eleven digits, or the ten that public examples carry."""
    return _SEEN_REFERRAL.fullmatch(normalise(text)) is not None


def is_participant(text: str) -> bool:
    """Return whether this can be a participant id: ``p`` with eleven digits, or the ten that public examples carry."""
    return _SEEN_PARTICIPANT.fullmatch(normalise(text)) is not None


def is_lab_sample(text: str) -> bool:
    """Return whether this is exactly ten digits; leading zeros count."""
    return _LAB_SAMPLE.fullmatch(text) is not None
