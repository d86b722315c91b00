"""What is said of requests that may or may not proceed, and of consent as stated."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, names, refused

ITEMS = {
    "indication": "Clinical indication",
    "information": "Clinical information",
    "minimum-data": "Minimum data",
    "consent": "Consent or record of discussion",
}
ITEM_STATES = {"present": "present", "absent": "absent", "not-needed": "not needed"}
USES = {"testing": "Testing", "storage": "Storage", "research": "Research"}
STATES = {"given": "given", "declined": "declined", "withdrawn": "withdrawn"}
SOURCES = {
    "form": "Stated on a form",
    "discussion": "In a record of discussion",
    "phone": "By phone",
    "letter": "In a letter or e-mail",
}
NOT_ASSESSED = "not assessed: nobody said whether it may proceed"
REST_PRESENT = "All the rest is present"
SAY_OF_EACH = "Choose what is absent or not needed; then say that all the rest is present."
SAY_CONSENT = "Choose the use, how it stands, and where it is stated."
ONE_STATE = "Choose one of given, declined and withdrawn, and one place where it is stated."
SAID_BY, STATED_ON = "Who stated it", "Day it was stated"
DAY_WANTED = "Enter the day it was stated as 24-Nov-2026 or 24/11/2026, or leave it empty."


def lacking(items: tuple[str, ...]) -> str:
    """What a request lacks."""
    return f"{names(tuple(ITEMS.get(item, item).lower() for item in items))} absent" if items else "may not proceed"


def assess_title(request: str) -> str:
    """The question about a request."""
    return f"What came with {request}?"


def assessed(request: str, absent: tuple[str, ...]) -> Verdict:
    """Whether a request may go on."""
    if not absent:
        return Verdict(VerdictKind.FINISHED, "May proceed", f"{request} may proceed.")
    said = f"{lacking(absent).capitalize()}: {request} stops before testing and before leaving. "
    return attention("Not to proceed", f"{said}Opening, stabilising and storing go on. Chase what is absent.")


def request_state(items: tuple[str, ...], proceeds: str | None) -> str:
    """Whether a request may go on, as a fact."""
    if proceeds is None:
        return NOT_ASSESSED
    return "may proceed" if proceeds == "yes" else f"not to proceed: {lacking(items)}"


def consent_title(who: str) -> str:
    """The question about consent."""
    return f"What is stated of the consent of {who}?"


def refused_use(use: str, state: str) -> str:
    """A use without consent."""
    return f"consent for {use} {state}"


def consent(uses: tuple[str, ...], state: str, numbers: tuple[str, ...]) -> Verdict:
    """Consent was recorded as stated; numbers are the specimens that are stopped, or released, because of it."""
    named = names(tuple(USES[use].lower() for use in uses))
    if state == "given":
        tail = f" No longer on hold for it: {names(numbers)}." if numbers else ""
        return Verdict(VerdictKind.FINISHED, "Consent recorded", f"Given for {named}, as stated.{tail}")
    stopped = f" On hold, no testing, no leaving: {names(numbers)}." if numbers else ""
    rest = {"storage", "research"} & set(uses)
    kept = (
        f" Nothing further is done for {names(tuple(sorted(rest)))}; ask a senior what becomes of it." if rest else ""
    )
    return attention("Consent recorded", f"{state.capitalize()} for {named}, as stated.{stopped}{kept}")


def without_consent(tube: str, state: str) -> Verdict:
    """A specimen of somebody who withdrew or declined."""
    return refused("No consent", f"Consent for testing is {state}. {tube}: hold it, or reject it; nothing else.")


def use(use: str, state: str, source: str, day: str) -> str:
    """One use as stated, for Find."""
    said = SOURCES.get(source, source)
    return f"{USES.get(use, use).lower()} {state} ({said[:1].lower()}{said[1:]}{f', {day}' if day else ''})"
