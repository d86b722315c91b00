"""Every sentence about moving a block to the tissue case that it is of."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention

CASE = "Number of the case that it is of"
CASE_PROBLEM = "Enter the number of a tissue case. Where there is no case for it yet, open one first."
ACT = "Move it"


def which(number: str) -> str:
    """The choice to move a block."""
    return f"{number} is of another case: move it there, with what was cut from it"


def title(number: str, earlier: str) -> str:
    """The heading of the form."""
    return f"Of which case is {number}, recorded in {earlier}?"


def is_there(case: str) -> str:
    """The case that was named is the one in which it is."""
    return f"It is in case {case}. Enter the number of the other case."


def moved(number: str, cut: int, case: str, rests: Sequence[str]) -> Verdict:
    """A block is in another case; what rests on where it was is named."""
    with_it = f" with {'1 piece' if cut == 1 else f'{cut} pieces'} cut from it" if cut else ""
    said = f"{number} is in case {case}{with_it}. The earlier case stays in the history."
    if rests:
        return attention("Moved", " ".join((said, *rests)))
    return Verdict(VerdictKind.FINISHED, "Moved", said)
