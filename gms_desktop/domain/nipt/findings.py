"""What is odd about one row of Table 1: a stable code, the item it is about, and a severity from a profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gms_desktop.domain.findings import Severity

ABSENT, BLANK = "nipt-mandatory-absent", "nipt-required-absent"
CODE, DATE, DECIMAL, WHOLE = "nipt-code-unknown", "nipt-date-form", "nipt-decimal-form", "nipt-number-form"
POSTCODE, NHS, ODS = "nipt-postcode-form", "nipt-nhs-number-form", "nipt-ods-form"
NO_IDENTITY = "nipt-no-identity"
NOT_ASKED = "nipt-not-asked-for"
TESTED_UNACCEPTED, ACCEPTED_UNTESTED = "nipt-tested-though-not-accepted", "nipt-accepted-not-tested"
CONDITION_NOT_CHOSEN = "nipt-result-for-other-condition"
SAMPLE_AFTER_RECEIPT, RECEIVED_AFTER_REPORT = "nipt-sampled-after-received", "nipt-received-after-reported"
AUTHORISED_AFTER_REPORT, BORN_AFTER_SAMPLE = "nipt-authorised-after-reported", "nipt-born-after-sampled"
NOT_RECEIVED, RECEIVED_AFTER_ALL = "nipt-not-received-has-no-date", "nipt-not-received-has-a-date"
WRONG_TUBE = "nipt-wrong-tube-two-codes"
DUPLICATE = "nipt-sample-id-twice"
CODES: Final = frozenset(
    {ABSENT, BLANK, CODE, DATE, DECIMAL, WHOLE, POSTCODE, NHS, ODS, NO_IDENTITY, NOT_ASKED, TESTED_UNACCEPTED}
    | {ACCEPTED_UNTESTED, CONDITION_NOT_CHOSEN, SAMPLE_AFTER_RECEIPT, RECEIVED_AFTER_REPORT, AUTHORISED_AFTER_REPORT}
    | {BORN_AFTER_SAMPLE, NOT_RECEIVED, RECEIVED_AFTER_ALL, WRONG_TUBE, DUPLICATE}
)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is odd about one item of a row.

    Attributes:
        item: the column's name.
        code: one of :data:`CODES`.
        severity: from the profile.
        detail: a short fact for the sentence, such as another column's name; never a value that identifies a patient.
    """

    item: str
    code: str
    severity: Severity
    detail: str = ""
