"""Every sentence about requests that are shared with another laboratory: its half, and what it must be told."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

TO_TELL, NONE_TO_TELL = "Tell the other laboratory", "Whoever shares a cancelled request knows of it."
WHO, WORDS, DAY = "who", "words", "day"
WHO_SAID, WHO_WAS_TOLD, WHO_CONFIRMED = (
    "Who there said so",
    "Who there is told, and how",
    "Who there confirmed it, and how",
)
THEIR_HALF, ON_DAY = "Their half, in their words", "On which day; empty: today"
BESIDES = "What the letter says besides"
NEEDS_WHO, NEEDS_WORDS = "Enter who at the other laboratory.", "Enter what they said of their half."
NEEDS_DAY = "Enter a day that has come, such as 24-Nov-2026, or leave it empty."
HEARD_CONFIRM, TELL_CONFIRM, CONFIRMED_CONFIRM = "Record it", "Draft the letter", "Record it"
CANCELLED, REVIVED = "cancelled", "wanted again"
TITLE = {CANCELLED: "A shared request is cancelled", REVIVED: "A shared request is wanted again"}
DRAFT = "Draft: read it, sign it, then send it."
DO = {
    CANCELLED: "Stop what you do for it, or tell us why not. Confirm it with name and date, and say what was done.",
    REVIVED: "Go on with your half, or tell us why you cannot. Confirm it with name and date.",
}
NAMES_NOBODY = "This letter names no patient: the request has the same number in both laboratories."
SENT_LINES, NOTHING_SENT = "What of it has left us", "Nothing of it has left us."
CONFIRMATION = "Confirmed by: name, role, date, telephone"


def heard(laboratory: str) -> str:
    """The button for what they told."""
    return f"{laboratory} told us"


def tell(laboratory: str, standing: str) -> str:
    """The button that drafts the letter."""
    return f"Tell {laboratory}: {standing}"


def confirmed_by(laboratory: str) -> str:
    """The button for their confirmation."""
    return f"{laboratory} confirmed it"


def asks_half(name: str) -> str:
    """What the form about their half is about."""
    return f"What did the other laboratory say of its half of {name}?"


def asks_tell(laboratory: str, name: str, standing: str) -> str:
    """What the form about the letter is about."""
    return f"Who at {laboratory} is told that {name} is {standing}?"


def asks_confirmed(laboratory: str, name: str, standing: str) -> str:
    """What the form about the confirmation is about."""
    return f"Who at {laboratory} confirmed that {name} is {standing}?"


def as_told(said: str, day: str, who: str) -> str:
    """Their half, as told last."""
    return f"their half as told {day}{f' by {who}' if who else ''}: {said or 'erased'}"


def never_told() -> str:
    """Nobody said anything of their half yet."""
    return "nothing told of their half yet"


def was_told(standing: str, day: str, who: str) -> str:
    """They were told, and have not confirmed it."""
    return f"told {day}{f' ({who})' if who else ''} that it is {standing}, not confirmed yet"


def is_confirmed(standing: str, day: str, who: str) -> str:
    """They confirmed it."""
    return f"confirmed {day}{f' ({who})' if who else ''} that it is {standing}"


def not_told(standing: str) -> str:
    """They do not know."""
    return f"NOT TOLD that it is {standing}"


def left_in(number: str, consignment: str, receiver: str) -> str:
    """A thing that has left us."""
    return f"{number}, left in consignment {consignment} for {receiver}"


def waits(laboratory: str, standing: str, told: str) -> str:
    """A line of Today."""
    return f"{laboratory}: {f'told {told}, confirmation awaited' if told else f'is to be told that it is {standing}'}"


def half_kept(laboratory: str) -> Verdict:
    """Their half is recorded."""
    return Verdict(VerdictKind.FINISHED, "Recorded", f"What {laboratory} told stands on the request with its day.")


def drafted(laboratory: str, name: str) -> Verdict:
    """The letter is drafted."""
    return attention(
        "Letter drafted",
        f"It is among the files of {name}: look at it, print it, sign it and send it. Today waits until {laboratory} "
        "has confirmed it.",
    )


def not_drafted(why: str) -> Verdict:
    """The letter was not made."""
    return refused("No letter", f"{why.rstrip('.')}. Nothing was recorded.")


def confirmed(laboratory: str, name: str, standing: str) -> Verdict:
    """They confirmed it."""
    return Verdict(VerdictKind.FINISHED, "Confirmed", f"{laboratory} knows that {name} is {standing}.")


def nothing_to_tell(name: str) -> Verdict:
    """There is nobody to tell."""
    return Verdict(VerdictKind.ALREADY, "Nobody to tell", f"Whoever shares {name} knows how it stands.")


def not_shared(name: str) -> Verdict:
    """The request is shared with nobody."""
    return refused("Not shared", f"{name} is shared with no other laboratory. Share it first.")


def in_history(what: str, laboratory: str, name: str) -> str:
    """An entry in the words of a history."""
    return {
        "their half": f"record what {laboratory} told of its half of {name}",
        "told": f"tell {laboratory} how {name} stands, with a letter",
        "confirmed": f"record that {laboratory} confirmed how {name} stands",
    }.get(what, f"tell {laboratory} of {name}")
