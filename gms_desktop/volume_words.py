"""Every sentence about what is left in a container, and what was taken from it."""

from __future__ import annotations

from decimal import Decimal

from gms_desktop.domain.remaining import Remaining, shown
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, begun, refused

VOLUME = "Volume, as 20 µl or 0.02 ml"
WHY = "Why, or by what"
WHY_EMPTY = "How is it known that it is empty?"
LEFT_MEASURED, LEFT_STATED, TAKEN = "left, measured", "left, by eye", "taken"
CHOICES = {
    LEFT_MEASURED: "So much is left: it was measured",
    LEFT_STATED: "So much is left: estimated by eye",
    TAKEN: "So much was taken",
}
ALL_THE_SAME = "it is so all the same"
ALL_THE_SAME_WORDS = "It is so all the same: record it"
JOBS = {"bind": "bound", "worklist": "by worklist", "pool": "pooled", "by hand": "by hand"}
ONE_AND_VOLUME = "Choose one, and enter the volume as a figure and its unit: 20 µl."
FORM = "Enter the volume as a figure and its unit: 20 µl or 0.02 ml."
NOT_KNOWN = "not known"
SAID_EMPTY = "somebody said that it is empty; where it is not, record on Find what is left"


def left(one: Remaining | None) -> str:
    """How much is left, and how that is known."""
    if one is None:
        return NOT_KNOWN
    if one.missing:
        return more_taken(one)
    if one.emptied:
        return "empty"
    return f"{shown(one.ul)}, {one.how}"


def more_taken(one: Remaining) -> str:
    """The finding that the sums do not agree: nothing is cut off at nought."""
    total = shown(one.stated.ul + one.missing)
    return (
        f"More was taken than was there: {total} of {shown(one.stated.ul)}, {one.stated.how}. "
        "Measure what is left and record it."
    )


def too_much(name: str, wanted: Decimal, one: Remaining) -> str:
    """Why so much is not taken."""
    there = shown(max(one.ul, Decimal(0)))
    return f"{there} of {name} remain, {one.how}, and {shown(wanted)} are to be taken."


def asks_bind(number: str, one: Remaining | None) -> Verdict:
    """How much goes into the tube is asked."""
    return attention("How much?", f"Of {number} {_remain(one)}. Enter how much goes into its tube. {FORM}")


def bind_volume(number: str, ul: Decimal) -> Verdict:
    """So much goes into the tube that is scanned next."""
    return Verdict(VerdictKind.FOUND, "Now the tube", f"{shown(ul)} of {number} go into it. Scan the FluidX tube.")


def not_so_much(name: str, wanted: Decimal, one: Remaining) -> Verdict:
    """More is to be taken than remains."""
    return refused(
        "More than remains",
        f"{too_much(name, wanted, one)} Enter less; or measure it and record what is left on Find, then scan it again.",
    )


def nothing_left(number: str, one: Remaining) -> Verdict:
    """A source of which nothing is left fills no tube."""
    if one.emptied:
        return refused("It is empty", f"{number} was said to be empty. Where it is not, record what is left on Find.")
    return refused(
        "Nothing is left of it",
        f"{begun(left(one))}: all of {number} was taken. Where some is left, measure it and record that on "
        "Find, then scan it again.",
    )


def asks(name: str, one: Remaining | None) -> Verdict:
    """What is left or was taken is asked."""
    return attention("What is left?", f"Of {name} {_remain(one)}. {ONE_AND_VOLUME}")


def recorded(name: str, ul: Decimal, how: str) -> Verdict:
    """What is left is recorded."""
    return Verdict(VerdictKind.FINISHED, "Recorded", f"{shown(ul)} are left of {name}, {how}.")


def taken(name: str, ul: Decimal, one: Remaining | None) -> Verdict:
    """So much was taken, and what is left."""
    rest = "" if one is None else f" {shown(one.ul - ul)} remain, calculated." if one.ul >= ul else ""
    more = f" {shown(ul - one.ul)} more was taken than was there: measure what is left." if one and one.ul < ul else ""
    kind = VerdictKind.ATTENTION if more else VerdictKind.FINISHED
    return Verdict(kind, "Recorded", f"{shown(ul)} were taken from {name}.{rest}{more}")


def more_asked(name: str, wanted: Decimal, one: Remaining) -> Verdict:
    """More was taken than was there by the book: it is asked about, then recorded as it happened."""
    return attention("More than remains", f"{too_much(name, wanted, one)} Was it so much? Choose it, or enter another.")


def asks_empty(name: str, one: Remaining | None) -> Verdict:
    """Why something is said to be empty is asked."""
    return attention("Is it empty?", f"Of {name} {_remain(one)}. Say how it is known that nothing is left in it.")


def is_empty(name: str) -> Verdict:
    """A person said that a container is empty."""
    return Verdict(
        VerdictKind.FINISHED, "Empty", f"{name} is empty. Undo takes that back; the disposal list may propose it."
    )


def empty_already(name: str) -> Verdict:
    """Said before."""
    return Verdict(VerdictKind.ALREADY, "Empty already", f"Somebody said before that {name} is empty.")


def short_for_plate(codes: list[str]) -> str:
    """Which tubes have less left than a worklist takes."""
    return f"Less remains than is taken: {'; '.join(codes)}."


WORKLIST_ANYWAY = "Write them all the same: each tube was looked at"


def _remain(one: Remaining | None) -> str:
    if one is None:
        return "nobody stated how much is left"
    return f"remain {left(one)}" if not one.missing else f"nothing remains by the book: {more_taken(one)}"
