"""What is said of labels of plates, racks and places: printed by the queue, or files to print at their true size."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind

PLATE_FIRST = "A plate has a label once it has its code. Open a plate that was made."
PLACE_FIRST = "Scan or choose the place whose label is wanted first."
PRINT = "Print its label"
PRINT_BADGE = "Print a badge"
CHECKED = "Its label reads well."
_THINGS = {"plate": "plate", "place": "place", "rack": "rack", "box": "box", "bag": "bag"}
_THINGS |= {"block": "block", "slide": "slide", "tube": "tube"}


def written() -> Verdict:
    """The label is on disk."""
    said = "Print it at 100 % on a label of its size, then scan it once where it stands."
    return Verdict(VerdictKind.FINISHED, "Label written", said)


def gone(code: str) -> str:
    """Why a label in the queue is not made: what it was for was undone."""
    return f"What {code} stands on is not known any more. Nothing was printed."


def nothing_open() -> Verdict:
    """A label was asked for and nothing is open that has one."""
    said = "Open the plate, rack, place or tissue whose label is wanted. A plate has a label once it has its code."
    return Verdict(VerdictKind.REFUSED, "Nothing to label", said)


def no_printer() -> Verdict:
    """A label was asked for of a sort that no printer is named for."""
    said = "No printer is named for these labels. Name one in Settings, under Which printer prints what."
    return Verdict(VerdictKind.REFUSED, "No printer named", said)


def badge_printing(name: str, printer: str) -> Verdict:
    """A badge is on its way to its printer."""
    said = (
        f"A badge for {name} comes out of {printer}. It opens nothing until it is given: press “Give another badge”, "
        "then scan it."
    )
    return Verdict(VerdictKind.MATCHES, "Badge prints", said)


def not_made(why: str) -> Verdict:
    """A label was asked for that cannot be made as things stand; ``why`` says what is in its way."""
    return Verdict(VerdictKind.REFUSED, "Label not made", why)


def printing(code: str, printer: str, sort: str) -> Verdict:
    """A label is on its way to its printer."""
    thing = _THINGS.get(sort, "thing")
    said = f"Label {code} comes out of {printer}. Stick it on the {thing}, then scan it there once."
    return Verdict(VerdictKind.MATCHES, "Label prints", said)
