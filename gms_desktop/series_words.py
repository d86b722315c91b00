"""Every sentence about a letter whose signed file is scanned, code by code."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.exchange.consignments.series import Gathered
from gms_desktop.words import refused

PUT_ASIDE = "Put the letter aside"


def count(so_far: Gathered) -> str:
    """How many codes of a letter were scanned."""
    return f"{len(so_far.parts)} of {so_far.of} codes"


def awaited(so_far: Gathered) -> str:
    """The codes that are still to be scanned."""
    numbers = [str(number) for number in so_far.awaited]
    if len(numbers) == 1:
        return f"code {numbers[0]}"
    return f"codes {', '.join(numbers[:-1])} and {numbers[-1]}"


def gathered(so_far: Gathered) -> Verdict:
    """One more code is here."""
    return Verdict(
        VerdictKind.FOUND,
        count(so_far),
        f"{count(so_far)} of the letter are here. Scan {awaited(so_far)}, in any order.",
    )


def again(number: int, so_far: Gathered) -> Verdict:
    """A code that is here already: nothing changes."""
    rest = f"Scan {awaited(so_far)}." if so_far.awaited else "All codes are here."
    return Verdict(VerdictKind.ALREADY, "Scanned already", f"Code {number} is here already. {rest}")


def whole(so_far: Gathered) -> Verdict:
    """The last code is here."""
    return Verdict(VerdictKind.FOUND, "Letter whole", f"All {so_far.of} codes are here: the signed file is read now.")


def foreign(so_far: Gathered) -> Verdict:
    """A code of another letter, while one is begun."""
    return refused(
        "Another letter",
        f"This code belongs to another letter. Of the first one {count(so_far)} are here: scan {rest(so_far)}, or put "
        "that letter aside first.",
    )


def rest(so_far: Gathered) -> str:
    """What is still to be scanned, or that nothing is."""
    return awaited(so_far) if so_far.awaited else "nothing more of it"


def not_whole() -> Verdict:
    """The codes did not give the file that was cut up: nothing of them is used."""
    return refused(
        "Letter not read",
        "The codes do not give the file that was printed. Scan all codes of the letter once more, or ask for the file.",
    )


def standing(so_far: Gathered) -> tuple[str, str]:
    """A letter that is being scanned, as the screen lists it."""
    title = f"Letter {so_far.series}: {count(so_far)}"
    return title, f"scan {awaited(so_far)}" if so_far.awaited else "all here, being read"
