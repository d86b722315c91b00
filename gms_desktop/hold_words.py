"""What is said of holds: what each stops, whom to chase, what was answered."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, names, refused

STOPS = {"opening": "opening", "testing": "testing", "leaving": "leaving the laboratory"}
STOP_AS_WELL = {
    "opening": "Stop opening as well",
    "testing": "Stop testing as well",
    "leaving": "Stop leaving as well",
}
SENDER = "the sender"
DAY_WANTED = "Enter the day by which to chase as 24-Nov-2026 or 24/11/2026."
HOW = {"phone": "Chased by phone", "email": "Chased by e-mail", "in person": "Chased in person"}
ANSWERED = "The answer is here"
WHOM_LABEL, SAID_LABEL, NEXT_LABEL = "Who was spoken to", "What was said or answered", "Chase again by (day)"
REASONS = {"consent-withdrawn": "Consent withdrawn"}


def stopped(stops: tuple[str, ...]) -> str:
    """What a hold stops: "stops testing and leaving the laboratory"."""
    return f"stops {names(tuple(STOPS.get(stop, stop) for stop in stops))}" if stops else "stops nothing"


def stops_only(stops: tuple[str, ...]) -> str:
    """What a reason stops, where it is not everything: "stops testing and leaving"."""
    return f"stops {names(stops)} only"


def chase(whom: str, by: str, *, overdue: bool) -> str:
    """Whom to chase and by when."""
    day = f" by {by}" if by else ", no day set"
    return f"chase {whom or SENDER}{day}{': overdue' if overdue else ''}"


def answered() -> str:
    """A hold whose answer is here."""
    return "answered: decide now"


def follow_up(number: str) -> str:
    """The question about a hold."""
    return f"Hold of {number}: chased, or answered?"


def chased(times: int) -> str:
    """How often somebody was chased."""
    return f"chased {'once' if times == 1 else f'{times} times'}"


def was_chased(number: str, times: int) -> Verdict:
    """Somebody was chased."""
    return Verdict(VerdictKind.FINISHED, "Chased", f"{number}: {chased(times)}. It stays on hold.")


def was_answered(number: str) -> Verdict:
    """The answer to a hold was recorded."""
    return attention("Answered", f"{number}: the answer is recorded. It stays on hold: accept or reject it now.")


def nothing_to_follow(number: str) -> Verdict:
    """Nothing of a specimen waits for an answer."""
    return refused("Nothing to follow up", f"{number} is neither held nor rejected.")


def say_how() -> str:
    """Neither chased nor answered was chosen."""
    return "Choose how it was chased, or that the answer is here."


def say_what() -> str:
    """An answer without words."""
    return "Enter what was answered."
