"""Every sentence about chasing what is overdue: a loan that is not back, a consignment that nobody acknowledged."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import refused

WHO, WORDS = "who", "words"
FIELDS = ((WHO, "Who is asked, and how"), (WORDS, "What the letter says besides"))
NEEDS_WHO = "Enter who is asked, and how: the letter, an e-mail, the telephone."
RETURN, ANSWER = "return", "acknowledgement"
OFFERS = {RETURN: "Chase what is out", ANSWER: "Chase the answer"}


def asks(number: str, what: str, day: str) -> str:
    """The question before a letter is drafted."""
    if what == RETURN:
        return f"{number} was due back on {day}. Who is asked?"
    return f"{number} was expected there on {day}. Who is asked?"


def drafted(number: str, who: str) -> Verdict:
    """The letter is kept, and that somebody was asked is recorded."""
    return Verdict(
        VerdictKind.FINISHED,
        "Chased",
        f"{number} is chased with {who}. The letter is kept: save it with the papers, sign it and send it.",
    )


def not_overdue(number: str) -> Verdict:
    """Nothing to chase."""
    return refused("Nothing overdue", f"{number} is not overdue: nothing of it is awaited before today.")


def not_drafted(why: str) -> Verdict:
    """The letter could not be made or kept."""
    return refused("Not chased", f"{why.rstrip('.')}. Nothing was recorded: chase it again.")


def chased(day: str, many: int) -> str:
    """How often somebody was asked, and when last."""
    return f"chased {day}" if many == 1 else f"chased {many} times, last {day}"


def asked_of(day: str, who: str, what: str) -> str:
    """One time that somebody was asked."""
    about = "to send back what is out" if what == RETURN else "whether it arrived"
    return f"{day}, {who or 'the receiver'}: {about}"


def overdue(day: str, things: int) -> str:
    """A loan on Today."""
    if not things:
        return f"due {day}, everything is back: end it"
    return f"OVERDUE: due {day}, {'1 thing' if things == 1 else f'{things} things'} out"
