"""Every sentence about whether tissue suits who it goes to, or a trial."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop.tissue_words import URGENCY_OFFER

CHOOSE_RECEIVER = "No receiver is chosen"
CHOOSE_RECEIVER_HOW = f"“{URGENCY_OFFER}” says where it goes and what is asked there."
NOTHING_ASKED = "Its profile asks nothing of tissue."
NOT_LISTED = "No profile in use has this receiver."
ALL_LAID_DOWN = "All that is laid down of it is there."
ENOUGH = "All that its profile asks is there."


def falls_short(count: int) -> str:
    """In how many ways tissue falls short of what its receiver asks."""
    return f"Falls short in {'1 way' if count == 1 else f'{count} ways'}."


def goes_all_the_same(count: int) -> str:
    """Tissue falls short of what its receiver asks, and a pathologist agreed that it goes."""
    return f"{falls_short(count)} It goes all the same: a pathologist agreed."


def of_same_person(material: str) -> str:
    """Another specimen that goes along."""
    return f"{material} of the same person"


def flagged(flag: str, missing: Sequence[str]) -> str:
    """What a case is flagged for, on the worklist."""
    return f"{flag} (still asked: {', '.join(missing)})" if missing else flag


def way(what: str, there: str) -> str:
    """One way in which tissue falls short, as the title of a line: numbers keep their capitals."""
    return f"{what[:1].upper()}{what[1:]}: {there}"


def short(what: str, there: str, asked: str) -> str:
    """One way in which tissue falls short, where it is to be packed."""
    return f"{what} {there}, asked {asked}"


def case_falls_short(number: str, receiver: str, ways: Sequence[str]) -> str:
    """On the worklist: the block that suits best falls short of what the case's receiver asks."""
    return f"{number} falls short of what {receiver} asks for: {'; '.join(ways)}"


def asked(what: str) -> str:
    """What a receiver asks."""
    return f"Asked: {what}."


def band(percent: str, bands: Sequence[str]) -> tuple[str, str]:
    """A receiver's range for an exact figure, and what is to be known of it."""
    if not bands:
        return f"{percent} % is in none of its ranges", "Ask the receiver before it is sent."
    overlap = "Its ranges overlap here: give the exact figure." if len(bands) > 1 else ""
    return f"Its range for {percent} %: {' or '.join(bands)}", overlap


def difference(points: str, allowed: str) -> tuple[str, str]:
    """How far two assessors lie apart, and what a laboratory allows."""
    limit = f"Allowed: {allowed} points. " if allowed else ""
    return f"Assessors are {points} points apart", f"{limit}A receiver's limit is held against the lowest."


def awaits_assessors(count: int) -> str:
    """Why tissue is not sent where a laboratory asks for two assessors."""
    if count > 1:
        return "nobody has assessed how much tumour is in it, and two people do before it is sent"
    return "a second person has not assessed how much tumour is in it"
