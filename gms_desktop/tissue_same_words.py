"""Every sentence about one number in two tissue cases, and about tissue in the case of somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop.domain.tissue.same import Numbered
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import names, refused

WHY_TWO = "Why are these two cases?"
WHY_TWO_PROBLEM = "Say why these are two cases. The reason stays with both."
WHICH = {Numbered.HISTOLOGY: "histology number", Numbered.BLOCK: "block number"}
APART = "Record that they are two cases"


def problem(numbered: Numbered, cases: Sequence[str]) -> str:
    """A number that is about to stand in a second case."""
    stands = f"This {WHICH[numbered]} stands in tissue case {names(tuple(cases))} already."
    return f"{stands} If it is the same tissue, go back and scan that case. If not, say why these are two cases."


def is_it(cases: Sequence[str]) -> str:
    """The heading of the question about another case with the number."""
    return f"Is it the tissue of case {names(tuple(cases))}?"


def fact(numbered: Numbered) -> str:
    """The name of the fact that a number stands in another case, too."""
    return f"Same {WHICH[numbered]} in"


def of_fact(case: str, number: str, why: str, *, apart: bool) -> str:
    """In which case a number stands, too, and whether a person said that the cases are two."""
    where = f"case {case}" + (f" (on {number})" if number else "")
    return f"{where}: {f'two cases, {why}' if why else 'two cases'}" if apart else f"{where}: NOT LOOKED AT YET"


def held_up(numbered: Numbered, cases: Sequence[str]) -> str:
    """On Today: a number that stands in another case, of which nobody has said that the cases are two."""
    return f"Same {WHICH[numbered]} as case {names(tuple(cases))}: look whether it is one case"


def which(numbered: Numbered, case: str) -> str:
    """The choice to say that two cases are two."""
    return f"The {WHICH[numbered]} that case {case} has too: these are two cases"


def title(numbered: Numbered, one: str, other: str) -> str:
    """The heading of the form in which a person says why two cases are two."""
    return f"Why are {one} and {other} two cases, with one {WHICH[numbered]}?"


def told_apart(one: str, other: str) -> Verdict:
    """A person said that two cases are two."""
    return Verdict(VerdictKind.FINISHED, "Two cases", f"{one} and {other} stay two cases. The reason stays with both.")


def now_same(numbered: Numbered, cases: Sequence[str]) -> str:
    """A number that was corrected stands in another case."""
    return f"Its {WHICH[numbered]} stands in case {names(tuple(cases))} too: look whether it is one case."


def another_patient(number: str, case: str) -> Verdict:
    """A specimen of somebody else than the case is of."""
    return refused(
        "Another patient",
        f"{number} is of another patient than case {case}. Put the case aside, scan {number} and open a case for it. "
        "Where both are one person, link the patients at Find first.",
    )
