"""What is wrong with a manifest that is to be sent, in words for who sends it: which thing, what, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gms_desktop.exchange.consignments.table_out import Fault
from gms_desktop.exchange.problem_words import PROBLEM_WORDS

_AGAIN = "Put it right on the record, then make the manifest again."

WORDS: Mapping[str, str] = {
    "formula": "{things}: {column} begins with a sign that a spreadsheet runs as a formula. " + _AGAIN,
    "control-character": "{things}: {column} holds a line break or a character that does not show. " + _AGAIN,
    "outer-space": "{things}: {column} begins or ends with a space. " + _AGAIN,
    "cell-required": "{things}: {column} is empty, and the receiver needs it. " + _AGAIN,
    "cancer-field-blank": "{things}: {column} is empty, and {detail} is a cancer test. Enter it where it is known.",
    "rack-several-consignments": "{things}: {detail}. A rack travels in one consignment: take its tubes out of the "
    "others.",
    "well-repeated": "{things}: two tubes are said to stand in one well. Read the rack again.",
    "tube-code-repeated": "{things}: one tube code for different things. Scan each tube, and take out what is not in "
    "the rack.",
    "row-repeated": "{things}: stands in the manifest twice. Take it out once.",
    "family-structures-differ": "{things}: {detail}. Put the family structure right on the request.",
    "family-size": "{things}: {detail}. The others may follow: nothing asks that a family travels together.",
    "several-probands": "{things}: {detail}. Put the role right on the request.",
    "patient-number-in-code": "{things}: {column} holds the patient's NHS number. Give the rack or consignment another "
    "code: who sees the box would read it.",
    "half-of-a-pair": "{things}: the {kind} sample of referral {referral} travels without its {other} sample. The "
    "receiver waits for it.",
    "lab-sample-pattern": "{things}: “{value}” is not the 10 digits of a FluidX tube. Scan the tube.",
    "nhs-synthetic": "{things}: “{value}” is an NHS number kept for tests. Check that this is a rehearsal.",
    "date-in-future": "{things}: {column} “{value}” is in the future. " + _AGAIN,
}


def sentence(fault: Fault, things: Sequence[str]) -> str:
    """The sentence for one fault; it may carry a patient's value: for the screen, never for a log.

    Args:
        fault: as :func:`gms_desktop.exchange.consignments.table_out.write` found it.
        things: the number of the thing in each row.
    """
    about = ", ".join(things[row - 1] for row in fault.rows) or "The manifest"
    parts = fault.detail.split("|") if fault.code == "half-of-a-pair" else ["", "", ""]
    said = dict(zip(("referral", "kind", "other"), parts, strict=False))
    words = WORDS.get(fault.code) or _as_for_a_receiver(fault.code)
    return words.format(things=about, column=fault.column, value=fault.value, detail=fault.detail, **said)


def _as_for_a_receiver(code: str) -> str:
    """What the receiver's copy would say is wrong, with our own advice in place of its."""
    whole = PROBLEM_WORDS[code].removeprefix("Row {row}, ").removeprefix("Row {row}: ").removeprefix("Row {row} ")
    first = whole.partition(". ")[0].rstrip(".")
    return f"{{things}}: {first}. {_AGAIN}"
