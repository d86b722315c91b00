"""Every sentence about families and names: whose tube is awaited, what another's came to, what has a former name."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, names, refused

ROLES = {"proband": "proband's", "mother": "mother's", "father": "father's"}


def scan_tube(number: int, role: str | None, name: str, *, of_several: bool) -> str:
    """The order to scan the next tube of a family."""
    whose = ROLES.get(role or "", f"{role}'s" if role else "next")
    return f"Scan {f'tube {number}, ' if of_several else ''}the {whose}{'' if of_several else ' tube'}: {name}"


def another_member(code: str, role: str | None, name: str, awaited_role: str | None, awaited: str) -> Verdict:
    """The tube of another member than the one that is awaited."""
    whose, wanted = ROLES.get(role or "", "another member's"), ROLES.get(awaited_role or "", "next member's")
    return refused(
        "Another member",
        f"{code} is the {whose} tube: {name}. Expected the {wanted}: {awaited}. "
        f"Scan the {wanted} tube, or take the {whose} first.",
    )


def left_open(name: str, awaited: tuple[str, ...]) -> str:
    """Another family's tube or form was scanned while this one's are awaited."""
    return f"Another family: {name} still awaits {names(awaited)}."


def member_first(role: str | None, name: str) -> Verdict:
    """Another member of the family is taken first."""
    whose = ROLES.get(role or "", "next")
    return Verdict(VerdictKind.FOUND, "Other member", f"Scan the {whose} tube: {name}.")


def named(name: str, numbers: tuple[str, ...]) -> Verdict:
    """A patient has a later name."""
    kept = f"The patient is {name} from now on; the former name stays findable."
    if not numbers:
        return Verdict(VerdictKind.FINISHED, "Named", kept)
    return attention("Named", f"{kept} These labels carry the former name: {names(numbers)}. Print them again on Find.")


def linked(one: str, other: str) -> Verdict:
    """Two specimens belong together."""
    return Verdict(VerdictKind.FINISHED, "Linked", f"{one} belongs with maternal blood {other}.")


def parted(one: str, other: str) -> Verdict:
    """They do not after all."""
    return attention("Parted", f"{one} and {other} do not belong together any more. Both show that they did.")


def no_such_number(number: str) -> str:
    """The number of the maternal blood that is none of ours."""
    return f"Scan the label of the maternal blood: {number or 'nothing'} is no specimen here."


def waits_for(members: tuple[str, ...]) -> str:
    """Work on a family waits for these."""
    return f"waits for {names(members)}"


def work_waits(members: tuple[str, ...]) -> str:
    """The same after a specimen was accepted."""
    return f"Work on it {waits_for(members)}"


NAME_TITLE = "What is the patient called now?"
NO_LABELS = "No label carries a former name."
