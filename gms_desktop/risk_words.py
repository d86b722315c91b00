"""Every sentence about infection risk: a sign and a word, never the disease."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind

HAZARD = "HAZARD"
UNKNOWN = "unknown: handle it as your laboratory does for unknown risk"
LEARNED_LATER = "Hazard learned later"
NOTHING_LEARNED = "Nothing was made without its hazard sign."
CHOOSE_ONE = "Choose what was stated."
WHO_MISSING = "Enter who told us, and how. Never enter the disease."
REASON_MISSING = "Choose the reason by which the sign is taken off."
CHOICES = {"yes": "Yes: high infection risk", "no": "No", "unknown": "Not known"}


def released(reason: str) -> str:
    """A sign that was taken off."""
    return f"released: {reason}"


def stated(name: str, risk: str, made: tuple[str, ...]) -> Verdict:
    """A risk was stated."""
    if risk != "yes":
        return Verdict(
            VerdictKind.FOUND, "Noted", f"{name}: infection risk {risk}. A sign that stands is not taken off."
        )
    if not made:
        return Verdict(
            VerdictKind.ATTENTION, "Hazard", f"{name} and all that is made from it carry the sign from now on."
        )
    listed = ", ".join(made)
    return Verdict(
        VerdictKind.ATTENTION,
        "Hazard",
        f"{name}: made without the sign: {listed}. Mark them, print the labels again, tell whoever has them.",
    )


def sign_off(name: str) -> Verdict:
    """A sign was taken off."""
    return Verdict(
        VerdictKind.FOUND, "Released", f"{name} carries the hazard sign no more. What is printed stays as it is."
    )


def no_sign(name: str) -> Verdict:
    """There is no sign to take off."""
    return Verdict(VerdictKind.ALREADY, "No sign", f"{name} carries no hazard sign. Nothing was changed.")


def to_do(made: tuple[str, ...]) -> str:
    """What carries no sign."""
    return f"without the sign: {', '.join(made)}"


def notice(number: str, made: tuple[str, ...]) -> str:
    """The draft of a notice to whoever has what was made from a specimen."""
    listed = ", ".join(made)
    return (
        f"High infection risk has been stated for specimen {number} since it was received. Made from it before, "
        f"without the sign: {listed}. Handle and mark them as hazardous."
    )
