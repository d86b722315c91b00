"""The one place where the exchange asks the identifier rules about a cell.

Public test data of the NHS breaks its own patterns and check digits, so a failed rule is a warning that rides along
with the row, unless the laboratory's severity profile says that it blocks. Notes ask for nothing and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gms_desktop.domain.findings import Finding, Severity, SeverityProfile
from gms_desktop.domain.identifiers import ngis, nhs_number, ods, snomed
from gms_desktop.exchange.expected import Field

TEST_CODE = "test-code-shape"
WELL = "well-shape"

_TEST_CODE = re.compile(r"[RM]\d+(?:\.\d+)?", re.ASCII)
_WELL = re.compile(r"[A-H](?:0[1-9]|1[0-2])", re.ASCII)
_RULES = {
    Field.REFERRAL_ID: ngis.referral_findings,
    Field.NGIS_PARTICIPANT_ID: ngis.participant_findings,
    Field.NHS_NUMBER: nhs_number.findings,
    Field.SENDER_ODS: ods.findings,
    Field.HOSPITAL_NUMBER_ODS: ods.findings,
}


def identifier_findings(each: Field, text: str, profile: SeverityProfile) -> tuple[Finding, ...]:
    """What the identifier rules say of one cell.

    Args:
        each: the field that the cell carries.
        text: the cell without outer spaces.
        profile: how grave each finding is at this laboratory.
    """
    rule = _RULES.get(each)
    found: Iterable[Finding] = rule(text, profile) if rule else _shape(each, text, profile)
    return _asking(found)


def tube_findings(text: str, profile: SeverityProfile) -> tuple[Finding, ...]:
    """What the rules say of a laboratory sample id: the ten digits of a FluidX tube."""
    return _asking(ngis.lab_sample_findings(text, profile))


def snomed_findings(code: str, profile: SeverityProfile) -> tuple[Finding, ...]:
    """What the rules say of a SNOMED CT code. A code with any finding is not used: its words stay as written."""
    return snomed.findings(code, profile)


def _shape(each: Field, text: str, profile: SeverityProfile) -> Iterable[Finding]:
    # Test codes as in the National Genomic Test Directory (R14, R14.1, M1, M1.1), wells as in the dWGS manifest.
    if each is Field.TEST and not _TEST_CODE.fullmatch(text):
        return (profile.find(TEST_CODE, text),)
    if each is Field.RACK_WELL and not _WELL.fullmatch(text):
        return (profile.find(WELL, text),)
    return ()


def _asking(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in found if finding.severity is not Severity.NOTE)
