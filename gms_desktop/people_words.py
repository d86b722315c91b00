"""Words of the People, Confirm and Handover screens."""

from __future__ import annotations

from gms_desktop import words
from gms_desktop.domain.verdicts import Verdict, VerdictKind

TO_CONFIRM = "To confirm or review"
NOTHING_TO_CONFIRM = "Nothing waits for a second person, and no session without PIN is to be reviewed."
COMPETENCES_ENDING = "Competences ending"
NO_COMPETENCE_ENDS = "No competence ends within 30 days."
NOBODY_CHOSEN = "Choose a person and a role on the People screen."
NO_COMPETENCE = "This competence is not held any more. The People screen shows what is."
NAME_MISSING = "Enter the person's name."
BADGE_IS_CARD = "This is a command card, which does something when it is scanned. Scan a badge."
BADGE_MISSING = "Scan the person's badge."
LAST_ADMINISTRATOR = (
    "This is the last administrator: nobody could give the role again. Make somebody else an administrator first."
)
OWN_COMPETENCE = "Nobody records a competence of their own. Ask another senior or the quality manager."
ENDS_BEFORE = "The last day comes before the first. Enter them again."
REASON_MISSING = "Enter the reason."
NEVER_ONESELF = "You asked for this yourself: somebody else answers it."
ALONE_WORDS = {
    "wait": "Wait for a second person: nothing is done until somebody scans a badge here.",
    "another bench": "Ask at another bench",
    "countersign": "Do it now and have it countersigned",
}
BREAK_GLASS_REASONS = {
    "badge-lost": "Badge lost or at home",
    "pin-forgotten": "PIN forgotten",
    "not-known-here": "Badge or PIN has not reached this bench",
    "other": "Another reason",
}
FINDINGS = {"in-order": "All in order", "follow-up": "To be followed up"}


LOCK_FIRST = "Somebody works here. Lock the bench first: a session without PIN is opened from the lock."
LAPSED_BY_CHANGE = "It lapsed: what it is about was changed since it was asked. Look at it, then ask again."
LAPSED = "Lapsed"


def lapsed_at(when: str) -> str:
    """The time of what was asked at another bench is over."""
    return f"It lapsed at {when}. Ask again."


def opened_without_pin(name: str) -> str:
    """A session without PIN was opened."""
    return f"Opened without PIN for {name}. It is recorded, and somebody else reviews what is done."


def session_of(name: str) -> str:
    """A session that was opened without PIN."""
    return f"Session without PIN: {name}"


BADGE_CAN_BE_PRINTED = "Somebody without a badge gets one printed: add them without reading one."
BADGE_SPOILED = "This copy of the badge was spoiled. Destroy it, and scan the newest copy."


def badge_of_another(name: str) -> str:
    """A badge that was printed with somebody else's name."""
    return f"This badge was printed for {name}. Give it to nobody else: print one for this person."


def badge_reads_well(name: str) -> str:
    """A printed badge that its person has already is scanned back."""
    return f"The printed badge of {name} reads well. It opens the bench together with the PIN."


def badge_taken(name: str) -> str:
    """A badge that is somebody's already."""
    return f"This badge is {name}'s. Scan a badge that is nobody's."


def done(title: str, sentence: str) -> Verdict:
    """Something about people was recorded."""
    return Verdict(VerdictKind.MATCHES, title, sentence)


def second_wanted(job: str, alone: str, lapsed: str = "") -> Verdict:
    """A job waits for its second person; ``lapsed`` is why what was confirmed for it serves no more."""
    said = f"{lapsed} {job}: the second person scans their badge and enters their PIN."
    if alone != "wait":
        said += " Nobody there? Choose below."
    return words.attention("A second person confirms", said.strip())


def same_person() -> Verdict:
    """The one who acts scanned their own badge as the second person."""
    return words.refused("Same person", "The second person is never the same person. Somebody else scans their badge.")


def second_may_not(name: str, who: str) -> Verdict:
    """The second person has no role for it."""
    return words.refused("May not confirm", f"{name} may not confirm this. It is confirmed by {who}.")


def asked_elsewhere() -> Verdict:
    """Another bench was asked."""
    return words.attention(
        "Asked at another bench", "It stands on Today at every bench. Once confirmed there, do it here again."
    )


def second_gone() -> Verdict:
    """What was to be confirmed is confirmed, declined or done by now."""
    return words.attention("Not open any more", "Somebody has answered this meanwhile. The list shows what is left.")


def second_given(name: str, *, countersigned: bool) -> Verdict:
    """A second person confirmed."""
    what = "Countersigned" if countersigned else "Confirmed"
    said = "The signature is kept with it." if countersigned else f"{name} can do it now."
    return done(what, said)


def second_declined(name: str) -> Verdict:
    """A second person declined."""
    return words.attention("Declined", f"Nothing is confirmed. {name} sees it on Today; talk to them.")
