"""The columns of Table 1: each item with its format, whether it must stand, and its codes (lines 1902-2023)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gms_desktop.domain.nipt import codes
from gms_desktop.domain.nipt.codes import Codes


class Form(StrEnum):
    """How a value is written."""

    FREE = "free"
    ODS = "an5"
    NHS = "n10"
    POSTCODE = "max an8"
    DATE = "an10 CCYY-MM-DD"
    DECIMAL = "decimal"
    WHOLE = "numeric"
    CODE = "code"


class Need(StrEnum):
    """Whether a value must stand: the table's own words, and what its identity rows and its "where available" say."""

    MANDATORY = "Mandatory"
    REQUIRED = "Required"
    AVAILABLE = "Required where available"
    IDENTITY = "one of two combinations"


@dataclass(frozen=True, slots=True)
class Item:
    """One column: its name as printed, its format, whether it must stand, and the codes it takes."""

    name: str
    form: Form
    need: Need
    codes: Codes | None = None


def _code(name: str, table: Codes, need: Need = Need.REQUIRED) -> Item:
    return Item(name, Form.CODE, need, table)


SAMPLE_ID, HUB_ID, LAB_ID, HOSPITAL_ID = "SAMPLE ID", "HUB ID", "LAB ID", "REQUESTING HOSPITAL ID"
NHS_NUMBER, SURNAME, FORENAME, BIRTH_DATE, POSTCODE = "NHS NUMBER", "SURNAME", "FORENAME", "BIRTH DATE", "POSTCODE"
ETHNICITY, WEIGHT, DUE, FETUSES = "ETHNICITY", "WEIGHT", "EXPECTED DELIVERY DATE", "FETUSES"
CHORIONICITY, IVF, SAMPLED, RECEIVED = "CHORIONICITY", "IVF", "SAMPLE DATE", "RECEIVED DATE"
SEQUENCE, REPEAT_REASON, RUNS, ACCEPTANCE = "SAMPLE SEQUENCE", "REPEAT REASON", "RUNS", "SAMPLE ACCEPTANCE"
INELIGIBLE, REJECTION = "INELIGIBLE REASON", "REJECTION REASON"
CONDITIONS, OUTCOME = "CONDITION TESTED FOR", "TEST OUTCOME"
AUTHORISED, REPORTED, NO_RESULT = "AUTHORISED DATE", "REPORTED DATE", "NO RESULT REASON"
# The blanks around the hyphens are the table's own.
RESULT = {one: f"RESULT REPORTED - {one}" for one in codes.TRISOMIES}
Z_SCORE = {one: f"Z SCORE-{one}" for one in codes.TRISOMIES}
LIKELIHOOD = {one: f"LR -{one}" for one in codes.TRISOMIES}
POSTERIOR = {one: f"POST - {one}" for one in codes.TRISOMIES}
FETAL_FRACTION = "FETAL FRACTION"

ITEMS: Final = (
    Item(SAMPLE_ID, Form.FREE, Need.MANDATORY),
    Item(HUB_ID, Form.ODS, Need.MANDATORY),
    Item(LAB_ID, Form.ODS, Need.MANDATORY),
    Item(HOSPITAL_ID, Form.ODS, Need.REQUIRED),
    Item(NHS_NUMBER, Form.NHS, Need.IDENTITY),
    Item(SURNAME, Form.FREE, Need.IDENTITY),
    Item(FORENAME, Form.FREE, Need.IDENTITY),
    Item(BIRTH_DATE, Form.DATE, Need.IDENTITY),
    Item(POSTCODE, Form.POSTCODE, Need.IDENTITY),
    _code(ETHNICITY, codes.ETHNICITIES),
    Item(WEIGHT, Form.DECIMAL, Need.REQUIRED),
    Item(DUE, Form.DATE, Need.REQUIRED),
    _code(FETUSES, codes.FETUSES),
    _code(CHORIONICITY, codes.CHORIONICITIES),
    _code(IVF, codes.IVF),
    Item(SAMPLED, Form.DATE, Need.MANDATORY),
    Item(RECEIVED, Form.DATE, Need.MANDATORY),
    _code(SEQUENCE, codes.SEQUENCES, Need.MANDATORY),
    _code(REPEAT_REASON, codes.REPEAT_REASONS),
    Item(RUNS, Form.WHOLE, Need.REQUIRED),
    _code(ACCEPTANCE, codes.ACCEPTANCES, Need.MANDATORY),
    _code(INELIGIBLE, codes.INELIGIBLE_REASONS),
    _code(REJECTION, codes.REJECTION_REASONS),
    _code(CONDITIONS, codes.CONDITIONS),
    _code(OUTCOME, codes.OUTCOMES, Need.MANDATORY),
    Item(AUTHORISED, Form.DATE, Need.REQUIRED),
    Item(REPORTED, Form.DATE, Need.MANDATORY),
    _code(NO_RESULT, codes.NO_RESULT_REASONS),
    *(_code(RESULT[one], codes.RESULTS) for one in codes.TRISOMIES),
    *(Item(Z_SCORE[one], Form.DECIMAL, Need.AVAILABLE) for one in codes.TRISOMIES),
    *(Item(LIKELIHOOD[one], Form.DECIMAL, Need.AVAILABLE) for one in codes.TRISOMIES),
    *(Item(POSTERIOR[one], Form.DECIMAL, Need.AVAILABLE) for one in codes.TRISOMIES),
    Item(FETAL_FRACTION, Form.DECIMAL, Need.AVAILABLE),
)
COLUMNS: Final = tuple(item.name for item in ITEMS)
