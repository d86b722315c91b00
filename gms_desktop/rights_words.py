"""What is said where somebody may not do something: what it is, and who may."""

from __future__ import annotations

from gms_desktop import words
from gms_desktop.domain.rights import Missing, Right
from gms_desktop.domain.verdicts import Verdict


def who_may(right: Right) -> str:
    """The roles of a right in a sentence's words: ``a senior or a quality manager``."""
    named = [f"{'an' if role.value[0] in 'aeiou' else 'a'} {role.value}" for role in right.roles]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


def not_allowed(right: Right, missing: Missing) -> Verdict:
    """The job is not this person's: who may do it, or what is missing for it."""
    job = f"{right.words[:1].lower()}{right.words[1:]}"
    match missing:
        case Missing.COMPETENCE:
            said = (
                f"To {job} a competence in date is needed, and yours is missing or has ended. Ask a senior or a "
                "quality manager: the People screen shows it."
            )
        case Missing.PIN:
            said = f"This session was opened without a PIN. To {job}, sign in with badge and PIN."
        case _:
            said = f"To {job}, ask {who_may(right)}. Nothing was recorded but the scan."
    return words.refused("Not yours to do", said)


def nobody_may(job: str) -> Verdict:
    """The laboratory's own table of rights does not name a job."""
    said = f"The laboratory's table of rights does not name “{job}”, so nobody may do it. Tell an administrator."
    return words.refused("Nobody may", said)


def no_role() -> Verdict:
    """A person whose last role was withdrawn."""
    said = (
        "Your roles were withdrawn, so nothing is recorded in your name any more. Somebody else taps a badge here and "
        "goes on with the work as it lies; ask an administrator."
    )
    return words.refused("No role", said)


def session_ended() -> str:
    """At the lock, when the last role of whoever worked here was withdrawn meanwhile."""
    return "The roles of whoever worked here were withdrawn, so the session has ended. Ask an administrator."


def sign_in_refused(name: str) -> str:
    """A badge of somebody without a role."""
    return f"{name} has no role at this laboratory any more. Ask an administrator. Nobody is signed in."


def badge_typed() -> Verdict:
    """A badge's code was typed."""
    said = (
        "A badge opens the bench by a scan only. Scan it. Without a badge: open a session without PIN, with a reason."
    )
    return words.refused("Badge typed", said)
