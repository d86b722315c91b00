"""What is said of urgent work: who was told, who takes it up, what is due."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention

HEAD = "Urgent: tell somebody, or take it up"
NOTHING = "No urgent specimen waits for the next step."
HOW = {"phone": "Told by phone", "in-person": "Told in person", "email": "Told by e-mail"}
NOBODY_YET = "Nobody yet"
STEPS = {
    "extraction": "Extraction has it",
    "culture": "Culture has it",
    "testing": "The test has it",
    "sent-on": "It is sent on",
}
ASKED_HOW = {
    "phone": "Asked by phone",
    "in-person": "Asked in person",
    "email": "Asked by e-mail",
    "letter": "By letter",
}
WHOM, ASKER = "Who was told", "Who asked for it"
SAY_WHO = "Enter who was told."
SAY_HOW = "Choose how they were told, or that nobody was told yet."
SAY_ASKER = "Enter who asked for it, and choose how they asked."


def tag(why: str | None) -> str:
    """The filled tag of a banner."""
    return f"URGENT  {why or ''}".strip()


def due_label(step: str, days: int, start: str) -> str:
    """What is due, and from when its clock counts."""
    counted = f"{days} {'day' if days == 1 else 'days'} from {'receipt' if start == 'received' else 'collection'}"
    return f"{step} due, {counted}"


def due(day: str, start: str) -> str:
    """By when; where the clock has not begun, or nobody knows when it did, that."""
    return day or ("not here yet" if start == "received" else "collection not stated")


def question(number: str, *, told: bool) -> str:
    """The question about an urgent specimen."""
    return f"Urgent {number}: who has it now?" if told else f"Urgent {number}: who was told?"


def told(number: str, how: str) -> Verdict:
    """Somebody was told."""
    said = HOW.get(how, how)
    return Verdict(
        VerdictKind.FINISHED, "Told", f"{number}: {said.lower()}. It heads Today until the next step has it."
    )


def nobody_yet(number: str) -> Verdict:
    """Nobody was told yet."""
    return attention("Nobody told", f"{number} heads Today at every bench until somebody is told.")


def taken_up(number: str, step: str) -> Verdict:
    """The next step has it."""
    return Verdict(VerdictKind.FINISHED, "Taken up", f"{number}: {STEPS.get(step, step).lower()}.")


def not_urgent(number: str) -> Verdict:
    """It is not urgent, or the next step has it already."""
    return Verdict(VerdictKind.ALREADY, "Nothing urgent", f"{number} waits for nobody as urgent.")


def raise_title(request: str) -> str:
    """The question before a priority is raised."""
    return f"Who asked that {request} goes first?"


def raised(request: str, count: int) -> Verdict:
    """A request goes first."""
    here = f" {count} of its specimens {'is' if count == 1 else 'are'} here: tell the next step." if count else ""
    labels = " Labels printed before do not say so: print them again where that is needed." if count else ""
    return attention("Goes first", f"{request} is urgent from now on.{here}{labels}")


def already_urgent(request: str) -> Verdict:
    """It was urgent before."""
    return Verdict(VerdictKind.ALREADY, "Urgent already", f"{request} is urgent already. Nothing was changed.")


def waits(state: str, whom: str) -> str:
    """How an urgent specimen stands on Today."""
    return f"told: {whom}; waits for the next step" if state == "told" else "nobody is told yet"
