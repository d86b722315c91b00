"""What is said of histories on paper, and of documents that are looked at before they are printed."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import refused

OFFER = "History on paper"
NOT_MADE = "No history made"
UNDONE = "undone"
NO_CODE = "by hand"
PRIVATE_SCAN = "a code that names a patient"
NOWHERE = "nobody: discarded"
WITHOUT_COURIER = "a courier without a name"


def made(name: str, acts: int) -> Verdict:
    """A history is kept and issued."""
    count = "1 act" if acts == 1 else f"{acts} acts"
    said = f"History of {name}, {count}. It is among the files on Find: look at it, print it, or save a copy."
    return Verdict(VerdictKind.FINISHED, "History made", said)


def not_made(why: str) -> Verdict:
    """A history that was not made."""
    return refused(NOT_MADE, f"{why}. Nothing was issued.")


def nothing_chosen() -> Verdict:
    """The key was pressed while Find showed nothing."""
    return refused(NOT_MADE, "No specimen, tube or request is chosen. Find one, then press again.")


def file_name(name: str) -> str:
    """What the paper is called among the files."""
    return f"History of {name}.pdf"


def held_by_courier(name: str) -> str:
    """Who holds what was handed over."""
    return f"courier {name}" if name else WITHOUT_COURIER
