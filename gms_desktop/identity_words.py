"""What is said of identity: which identifiers agree, which do not, and what to do."""

from __future__ import annotations

from gms_desktop.domain.identity_rule import Finding, Judged
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.words import attention, names, refused

DECIDE = "Hold it, reject it, or accept it at discretion with a reason."
STATES = {
    "differs": "Differs from the request",
    "absent": "Absent from the tube",
    "illegible": "Cannot be read",
}
WHY_APART = "Another open patient has the same surname and date of birth."
NOTHING_TELLS = "None of these can be read on the tube"
TOLD_APART_NOTE = f"{WHY_APART} Scanning the label asks for what tells them apart."
COMPARED_NOTE = "Scanning the label says that you compared these by eye and that all agree."


def asked(tube: int) -> Verdict:
    """What is asked when something on a tube does not agree."""
    return attention(
        "What does not agree", f"Tube {tube}: choose each line, and whether it differs, is absent or cannot be read."
    )


def marked(tube: int, fields: str, state: str, *, enough: bool) -> Verdict:
    """A person marked lines; ``enough``: what is left may still agree."""
    if state == "differs":
        return attention("Differs", f"Tube {tube}: {fields} marked as different. {DECIDE}")
    said = {"absent": "absent", "illegible": "not to be read"}[state]
    then = "Go on: the label's scan counts what agrees." if enough else "Too little is left that agrees."
    return attention("Marked", f"Tube {tube}: {fields} marked as {said}. {then}")


def decide_first(tube: int, judged: Judged, fields: str) -> Verdict:
    """A tube that the site's rule does not let through by itself."""
    return refused("Decide first", f"Tube {tube}: {why(judged, fields)} {DECIDE}")


def why(judged: Judged, fields: str) -> str:
    """Why the rule is not met."""
    if judged.finding is Finding.DIFFERS:
        return f"{fields} {_differ(fields)} from the request. What differs is never outvoted."
    if judged.finding is Finding.NOT_COMPARED:
        return "nobody compared it with its request: scan its label on Receive, which says that it agrees."
    agree = names(judged.agree) or "nothing"
    verb = "agree" if len(judged.agree) > 1 else "agrees"
    return f"{agree} {verb}; {names(judged.short)} not. The rule asks for {judged.needed} of {judged.total} that agree."


def _differ(fields: str) -> str:
    return "differ" if " and " in fields else "differs"


def order_too_few(tube: int) -> str:
    """The heading while too little on a tube agrees."""
    return f"Too little agrees on tube {tube}: hold, reject or accept at discretion"


def supports_differ(tube: int, fields: str) -> Verdict:
    """Something that only supports the comparison differs."""
    return refused(
        "Decide first",
        f"Tube {tube}: {fields} {_differ(fields)} from the request. Hold it, reject it or accept it with a comment.",
    )


def tell_apart(tube: int) -> Verdict:
    """Another open patient could be meant."""
    return attention("Tell them apart", f"{WHY_APART} Say what on tube {tube} agrees and tells them apart.")


def nothing_apart(tube: int) -> Verdict:
    """Nothing that the request states would tell the two apart."""
    return refused("Decide first", f"{WHY_APART} Tube {tube}: nothing here tells them apart. {DECIDE}")


def told_apart(tube: int, fields: str) -> Verdict:
    """What tells the two apart was looked at."""
    return attention("Told apart", f"Tube {tube}: {fields} agrees. Scan the label.")


def only_at_discretion(judged: Judged, fields: str) -> str:
    """Why a tube cannot simply be accepted with a comment."""
    return f"{why(judged, fields)} Accept it at discretion, hold it or reject it."


def finding(text: str, rule: str, version: str) -> str:
    """What a decision rested on, for Find."""
    said = {
        "met": "identifiers agree",
        "not met": "too few identifiers agree",
        "not compared": "not compared then",
        "differs": "an identifier differs",
    }
    return f"{said.get(text, text)}, by the rule {rule} {version}"
