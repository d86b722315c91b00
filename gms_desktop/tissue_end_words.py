"""Every sentence about what became of tissue, and about where it is meanwhile."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.words import refused

IS_HERE = "It is here, and not at its end"


def already(number: str, state: str) -> Verdict:
    """A piece came to its end before."""
    return refused("At its end already", f"{number} is recorded as {state}. If that is not so, correct it and say why.")


def packed(number: str, consignment: str) -> Verdict:
    """A piece lies in a box that is still here."""
    return refused("Packed", f"{number} is packed in {consignment}. Take it out there first, or hand it over.")


def left(number: str, consignment: str) -> Verdict:
    """A piece has left, and cannot be kept here."""
    back = "Where it is back, scan it on Send away and say so, then say what became of it."
    return refused("Not here", f"{number} left in {consignment}: it is not kept here. {back}")


def is_packed(consignment: str) -> str:
    """Where a piece of the list is, while its box is still here."""
    return f"packed in {consignment}"


def has_left(consignment: str) -> str:
    """Where a piece of the list is, once it was handed over."""
    return f"left in {consignment}"


def which(number: str, state: str) -> str:
    """The choice to correct what was said of a piece at its end."""
    return f"{number} is recorded as {state}: what became of it"


def title(number: str, state: str) -> str:
    """The heading of the form that corrects it."""
    return f"What became of {number}, recorded as {state}?"


def say_what_is_left(number: str) -> str:
    """A block of which nothing was said to be left is here all the same."""
    return f"That nothing is left of {number} still stands: look, and say what is left."


def at_its_end(what: str, to: str) -> str:
    """What became of a piece, and to whom it went where somebody said so."""
    return f"{what}: {to}" if to else what


def went_to(whom: str) -> str:
    """To whom a piece went at its end, in its history."""
    return f"to {whom}"
