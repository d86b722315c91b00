"""Every sentence about lots of reagents."""

from __future__ import annotations

from gms_desktop.domain.lots import Standing
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

LOTS = "Lots of reagents, controls and buffers"
NO_LOTS = "No lot waits to be released."
RELEASE = "Release for use"
END = "Used up or withdrawn"
ENTER = "Lot without a code"
WHAT_IT_IS = "What it is, as Extraction kit"
NUMBER = "Lot, as printed"
EXPIRY = "Use by, as 31-Dec-2027"
ACCEPTANCE = "Acceptance test: what was tested, against what, and its outcome"
NEEDS = {
    "words": "Enter what it is.",
    "number": "Enter the lot as it is printed.",
    "expiry": "Enter the last day of use as 31-Dec-2027.",
}
WHY_ENDED = "Why?"
ENDS = {Standing.USED_UP.value: "Used up", Standing.WITHDRAWN.value: "Withdrawn: no more of it is used"}
STATES = {
    Standing.RECEIVED: "received, not released for use",
    Standing.RELEASED: "released for use",
    Standing.EXPIRED: "expired",
    Standing.USED_UP: "used up",
    Standing.WITHDRAWN: "withdrawn",
}
NO_EXPIRY = "no expiry date in its code"
TWO_DATES = "boxes of this lot give two dates; the earlier counts"


def entered(number: str, gtin: str, until: str) -> Verdict:
    """A kit's lot is known from now on."""
    return Verdict(VerdictKind.FINISHED, "Lot entered", f"Lot {number} of {gtin}, to be used by {until}.")


def entered_without_expiry(number: str, gtin: str) -> Verdict:
    """A lot whose code has no expiry date."""
    return Verdict(
        VerdictKind.ATTENTION,
        "No expiry date",
        f"Lot {number} of {gtin} is entered, but its code has no expiry date. Look at the box before you use it.",
    )


def known(number: str, gtin: str, until: str) -> Verdict:
    """A kit of a lot that was entered before."""
    return Verdict(VerdictKind.ALREADY, "Lot known", f"Lot {number} of {gtin}, to be used by {until}.")


def expired(number: str, gtin: str, until: str) -> Verdict:
    """A kit past its last day of use."""
    return Verdict(
        VerdictKind.REFUSED,
        "Lot expired",
        f"Lot {number} of {gtin} was to be used by {until}. Put the box aside and take another lot.",
    )


def other_expiry(number: str, gtin: str, said: str, before: str) -> Verdict:
    """Two boxes of one lot with two dates."""
    return Verdict(
        VerdictKind.REFUSED,
        "Two expiry dates",
        f"This box of lot {number} of {gtin} says {said}; one entered before said {before}. "
        "Put both aside and ask the maker.",
    )


def no_lot(code: str) -> Verdict:
    """A product code that names no lot."""
    return Verdict(
        VerdictKind.REFUSED,
        "Not a specimen",
        f"{code} is a product code of a reagent or consumable, without its lot. "
        "For its lot scan the longer code of the box, as a rule the square one.",
    )


def run_in(code: str) -> Verdict:
    """A scanner that drops the separator between lot and expiry."""
    return Verdict(
        VerdictKind.REFUSED,
        "Lot not clear",
        f"In {code} the lot and the expiry date came as one. Set the scanner to send the group separator (GS), "
        "then scan again.",
    )


def named(words: str, gtin: str) -> str:
    """An article: what it was called here, else its number."""
    return words or gtin


def used_in(batches: int, plates: int) -> str:
    """Where a lot was used."""
    said = f"used in {batches} batch{'' if batches == 1 else 'es'}"
    return f"{said} and {plates} plate{'' if plates == 1 else 's'}" if plates else said


def not_released(number: str, article: str, state: Standing) -> Verdict:
    """A step was to use a lot that may not be used."""
    to_do = "Put the box aside and take another lot."
    if state is Standing.RECEIVED:
        to_do = "Take a lot that is released, or have it released on Find first."
    return refused("Lot not released", f"Lot {number} of {article} is {STATES[state]}. It was not recorded. {to_do}")


def used_all_the_same(number: str, article: str, state: Standing) -> Verdict:
    """The laboratory lets a lot be used that nobody released: that is said each time."""
    return attention(
        "Lot not released", f"Lot {number} of {article} is recorded, but it is {STATES[state]}. Have it released."
    )


def unknown(number: str) -> Verdict:
    """A lot was named that the register does not have."""
    return refused("Lot not known", f"Lot {number} was not entered here. Scan its box, or enter it by hand first.")


def which_lot(what: str) -> str:
    """A lot has to be chosen."""
    return f"Choose the lot of the {what}."


def none_to_choose() -> Verdict:
    """No lot may be used."""
    return refused("No lot is released", "Scan the box on the home screen, release its lot on Find, then come back.")


def asks_release(number: str) -> Verdict:
    """The acceptance test of a lot is asked."""
    return attention("Release this lot?", f"State what lot {number} is and its acceptance test, then confirm.")


def needs_test() -> str:
    """A release without its test."""
    return "Enter what it is and the outcome of its acceptance test."


def released(number: str, words: str) -> Verdict:
    """A lot may be used from now on."""
    return Verdict(VerdictKind.FINISHED, "Lot released", f"Lot {number} may be used as {words}.")


def cannot_be_released(number: str, state: Standing) -> Verdict:
    """A lot that is released already, or is past its last day."""
    return refused("Not to be released", f"Lot {number} is {STATES[state]}.")


def asks_end(number: str) -> Verdict:
    """Why a lot is used no more is asked."""
    return attention("Used no more?", f"Say whether lot {number} is used up or withdrawn, and why, then confirm.")


def needs_why() -> str:
    """A withdrawal without its reason."""
    return "Choose one; for a withdrawal say why."


def ended(number: str, state: Standing) -> Verdict:
    """A lot is used no more."""
    return Verdict(VerdictKind.FINISHED, "Lot ended", f"Lot {number} is {STATES[state]}. No step takes it any more.")


def asks_entry() -> Verdict:
    """A lot without a code is entered by hand."""
    return attention("Lot without a code", "Enter what it is, its lot and its last day of use from the label.")


def no_such() -> Verdict:
    """A command about a lot that is not in view."""
    return refused("Which lot?", "Scan the box on Find, or choose the lot there first.")
