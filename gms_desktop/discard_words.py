"""Every sentence about a plate that is discarded."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

PLATE_GONE = "its plate was discarded"
ONE_REASON_AND_ROUTE = "Choose one reason and one route."


def made_first() -> Verdict:
    """Only a plate that was made is discarded; a plan is dropped."""
    return refused("No plate open", "Scan the plate that is discarded first. A plan is dropped instead.")


def asks(code: str) -> Verdict:
    """Why, and by which route, is asked."""
    said = f"{code} leaves for good, and its code is never given again. Choose one reason and one route."
    return attention("Discard the plate?", said)


def title(code: str) -> str:
    """The question when a plate is discarded."""
    return f"Why is plate {code} discarded, and by which route?"


def scan_it(code: str) -> Verdict:
    """What leaves for good was in the hand: the plate is scanned, not typed."""
    return refused("Scan the plate", f"{code} was opened without its code being scanned. Scan the plate itself.")


def packed(code: str, consignment: str, *, sent: bool) -> Verdict:
    """A plate that a consignment holds is not discarded."""
    if sent:
        said = f"{code} was sent with consignment {consignment}. Take it back on Send away when it has come back."
        return refused("Not here", said)
    said = f"{code} is packed in consignment {consignment}. Take it out there first."
    return refused("Is packed", said)


def in_dispute(code: str, what: str) -> Verdict:
    """Nothing is thrown away of which it is not settled what it is."""
    return refused("In dispute", f"{code} stays: {what} is in dispute. Settle the case on Review first.")


def discarded(code: str, route: str, tubes: int) -> Verdict:
    """A plate was discarded; its tubes are free for another."""
    of = f"{tubes} tube{'' if tubes == 1 else 's'}"
    return Verdict(
        VerdictKind.FINISHED,
        "Plate discarded",
        f"{code} leaves for good: {route}. Find keeps what its wells held; its {of} may be planned again.",
    )
