"""Every sentence about lots of reagents."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind

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
