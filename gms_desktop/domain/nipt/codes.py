"""The codes of Table 1 of the NIPT annex (service specification lines 1902-2023), each with its words.

Codes are text: the table gives ``an1`` for lists that hold 10, 11, 12 and 99, so no code is ever cut to one character.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

Codes = Mapping[str, str]


class Pathway(StrEnum):
    """Which of the two files a sample belongs to: they are kept apart (line 2027)."""

    FASP = "FASP"
    R445 = "R445"


class Acceptance(StrEnum):
    """SAMPLE ACCEPTANCE: was the sample accepted for testing."""

    INELIGIBLE = "1"
    REJECTED = "2"
    DISCRETION = "3"
    CLARIFIED = "4"
    ACCEPTED = "5"


class Outcome(StrEnum):
    """TEST OUTCOME: what testing came to."""

    NOT_TESTED = "1"
    RESULT = "2"
    NO_RESULT = "3"


class Sequence(StrEnum):
    """SAMPLE SEQUENCE: the first sample of a pregnancy, or a repeat of it."""

    FIRST = "1"
    REPEAT = "2"


class RepeatReason(StrEnum):
    """REPEAT REASON: what the sample before came to."""

    REJECTED = "1"
    NO_RESULT = "2"


class Conditions(StrEnum):
    """CONDITION TESTED FOR: what screening was accepted for (line 1694)."""

    T21 = "1"
    T13_T18 = "2"
    ALL = "3"


def _codes(words: Mapping[str, str]) -> Codes:
    return MappingProxyType(dict(words))


ACCEPTANCES: Final = _codes(
    {
        Acceptance.INELIGIBLE.value: "Ineligible for FASP pathway",
        Acceptance.REJECTED.value: "Sample rejected prior to testing",
        Acceptance.DISCRETION.value: "Accepted on a discretionary basis after agreement with requesting hospital",
        Acceptance.CLARIFIED.value: "Accepted after clarifying missing or discrepant information with hospital",
        Acceptance.ACCEPTED.value: "Sample accepted",
    }
)
INELIGIBLE_REASONS: Final = _codes(
    {
        "1": "Maternal cancer (not in remission)",
        "2": "Maternal blood transfusion within 4 months",
        "3": "Maternal bone marrow or organ transplant surgery",
        "4": "Maternal immunotherapy (other than IVIg) in pregnancy",
        "5": "Maternal stem cell therapy",
        "6": "Vanished twin",
        "7": "Maternal Down's syndrome, or balanced translocation or mosaicism of trisomy 21, 13 or 18",
        "8": "Combined test or quadruple test chance threshold not met",
        "9": "Gestational age at first sample above 21+6 weeks",
        "10": "Triplet or higher order multiple pregnancy",
        "11": "Other",
    }
)
REJECTION_REASONS: Final = _codes(
    {
        "1": "Sample not received",
        "2": "Sample in wrong tube",
        "3": "Sample lacks identifiers or has incorrect identifiers",
        "4": "Sample insufficient blood volume",
        "5": "Sample haemolysis observed",
        "6": "Sample received outside the laboratory's stability period",
        "7": "Incorrect blood collection tube used",
        "8": "Expired blood collection tube used",
        "9": "Broken or leaking tube received",
        "10": "High risk infectious disease",
        "11": "Other",
        "12": "Sample too long in transit or delayed arrival",
    }
)
NOT_RECEIVED: Final = "1"
SAME_MEANING: Final = frozenset({"2", "7"})
"""Rejection reasons that say the same: the table has "wrong tube" and "incorrect blood collection tube" both."""

OTHER_INELIGIBLE: Final = "11"
OTHER_REJECTION: Final = "11"

NO_RESULT_REASONS: Final = _codes(
    {
        "1": "DNA extraction",
        "2": "Library preparation (sequencing) or pre-hybridisation (microarray)",
        "3": "Sequencing or hybridisation",
        "4": "Low fetal fraction",
        "5": "High fetal fraction",
        "6": "Contamination or non-declared IVF pregnancy",
        "7": "Equipment failure",
        "8": "Technical failure",
        "9": "Failure to select the correct testing algorithm for the pregnancy",
        "10": "Other",
        "11": "Signal to noise failure",
        "12": "iFACT error",
    }
)
RESULTS: Final = _codes({"1": "Higher chance", "2": "Lower chance", "3": "No result"})
OUTCOMES: Final = _codes({"1": "Not tested", "2": "Result", "3": "No result"})
CONDITIONS: Final = _codes({"1": "T21", "2": "T13/T18", "3": "T21/T13/T18"})
SEQUENCES: Final = _codes({"1": "First sample", "2": "Repeat sample"})
REPEAT_REASONS: Final = _codes(
    {"1": "Previous sample rejected", "2": "Previous sample did not produce a result after testing"}
)
FETUSES: Final = _codes({"1": "Singleton", "2": "Twins"})
CHORIONICITIES: Final = _codes({"1": "Dichorionic", "2": "Monochorionic", "3": "Other", "4": "Unknown"})
IVF: Final = _codes({"1": "IVF pregnancy", "2": "Not IVF pregnancy"})
ETHNICITIES: Final = _codes(
    {
        "A": "British",
        "B": "Irish",
        "C": "Any other White background",
        "D": "White and Black Caribbean",
        "E": "White and Black African",
        "F": "White and Asian",
        "G": "Any other mixed background",
        "H": "Indian",
        "J": "Pakistani",
        "K": "Bangladeshi",
        "L": "Any other Asian background",
        "M": "Caribbean",
        "N": "African",
        "P": "Any other Black background",
        "R": "Chinese",
        "S": "Any other ethnic group",
        "Z": "Not stated",
        "99": "Not known",
    }
)

TRISOMIES: Final = ("T21", "T18", "T13")
_TESTED: Final = {Conditions.T21: ("T21",), Conditions.T13_T18: ("T18", "T13"), Conditions.ALL: TRISOMIES}


def trisomies_of(conditions: str) -> tuple[str, ...]:
    """The trisomies that a condition code asks for, in the order of the table; none for a code that is none."""
    return _TESTED[Conditions(conditions)] if conditions in CONDITIONS else ()
