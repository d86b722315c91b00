"""Every sentence about what becomes of requests: cancelled, amended, added on, shared, and the material they leave."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, names, refused

HOW = {
    "telephone": "by telephone",
    "letter": "by letter",
    "email": "by email",
    "order-system": "through the order system",
    "in-person": "in person",
}
FIELDS = {
    "test": "Test",
    "priority": "Priority",
    "details": "Clinical details",
    "requestor": "Requestor",
    "location": "Location",
}
WHO_ASKED, WHY = "Who asked for it", "Why"
CANCELLED_MATERIAL = "Of cancelled requests, still here"
NO_CANCELLED_MATERIAL = "No material of a cancelled request waits to be held or stored."
NO_MATERIAL = "Added on, no material kept"
EVERY_MATERIAL = "Every test that was added on has its material."
VOLUME_UNKNOWN = "volume left not recorded"
PATIENTS_NUMBER = (
    "What was entered as the order number can be a patient's NHS number. Enter the order's own, or leave it out."
)
VOLUME_TO_KEEP = "Volume to keep, as 0.5 ml; empty: all that is left"
GOES_FIRST = "It goes first from now on: tell the next step, and print labels again that do not say so."
NOTHING_HERE = "Nothing of it has arrived."
NOTHING_DONE = "Nothing was done under the former."
STORE_OR_HOLD = "Hold it, or store it as surplus."
CANCELLED_COMES = "Request cancelled: scan its tube if it came, or scan the next request"
CANCELLED_TUBE_CAME = (
    "No tube of it is expected. If one came, scan it, or choose “No code”: it gets a number, then hold it or store it "
    "as surplus."
)


def asked(who: str, how: str, reason: str) -> str:
    """Who asked, how, and why."""
    said = f"asked by {who or 'somebody not stated'} {HOW.get(how, how)}".strip()
    return f"{said}: {reason}" if reason else said


def cancelled_tube(tube: int, number: str, name: str, said: str) -> Verdict:
    """A tube of a cancelled request was scanned: it is here, so it has a number, and nothing is lost."""
    return attention(
        "Request cancelled",
        f"Tube {tube} is of {name}, cancelled {said}. Label {number} is on its way for it. {STORE_OR_HOLD}",
    )


def cancelled_opened(name: str, said: str) -> Verdict:
    """A cancelled request was opened by one of its codes."""
    return attention("Request cancelled", f"{name} was cancelled {said}. {CANCELLED_TUBE_CAME}")


def cancelled_meanwhile(name: str, said: str, numbers: tuple[str, ...]) -> Verdict:
    """The request that is open here was cancelled, here or at another bench."""
    if not numbers:
        return cancelled_opened(name, said)
    todo = f"{names(numbers)} is here" if len(numbers) == 1 else f"{names(numbers)} are here"
    return attention("Request cancelled", f"{name} was cancelled {said}. {todo}: hold, or store as surplus.")


def decide_cancelled(tube: int, number: str, name: str) -> Verdict:
    """The label was scanned on a tube whose request is cancelled."""
    return refused(
        "Decide first", f"Tube {tube}, {number}, is of {name}, which was cancelled. Hold it, or store it as surplus."
    )


def cancelled_number(number: str, outcome: str, name: str, said: str, *, todo: bool) -> Verdict:
    """Our number of a specimen whose request is cancelled was scanned."""
    tail = f" {STORE_OR_HOLD}" if todo else ""
    return attention("Request cancelled", f"{number} is {outcome}. {name} was cancelled {said}.{tail}")


def order_cancelled(tube: int) -> str:
    """The heading while a tube of a cancelled request is in hand."""
    return f"Tube {tube}: its request is cancelled. Hold it, or store it as surplus"


def cancelled(name: str, material: tuple[str, ...], *, arrived: bool) -> Verdict:
    """A request is cancelled from now on; ``material`` serves no other."""
    if not material:
        tail = "Nothing of it is left over." if arrived else NOTHING_HERE
        return Verdict(VerdictKind.FINISHED, "Request cancelled", f"{name} is cancelled. {tail}")
    what = "It is" if len(material) == 1 else "They are"
    return attention("Request cancelled", f"{name} is cancelled. {what} here: {'; '.join(material)}. {STORE_OR_HOLD}")


def revived(name: str) -> Verdict:
    """A cancellation was taken back."""
    return Verdict(VerdictKind.FINISHED, "Wanted again", f"{name} is wanted again. Its history keeps the cancellation.")


def amended(
    name: str, fields: tuple[str, ...], material: tuple[str, ...], odd: str = "", *, first: bool = False
) -> Verdict:
    """A request was amended; what was done before was done under the former. ``odd``: of its new test."""
    said = f"{name}: {names(fields)} amended; the former stays in its history."
    if first:
        said += f" {GOES_FIRST}"
    if not material and not odd:
        return Verdict(VerdictKind.FINISHED, "Amended", said)
    under = f"Done under the former: {'; '.join(material)}." if material else ""
    return attention("Amended", " ".join(filter(None, (said, odd, under))))


def shared(name: str, laboratory: str) -> Verdict:
    """Another laboratory was told of a request."""
    return Verdict(VerdictKind.FINISHED, "Shared", f"{name} is shared with {laboratory}.")


def added_on(test: str, name: str, material: str, odd: str = "", *, first: bool = False) -> Verdict:
    """A test was added on, and its material is kept for it. ``odd``: of the test; ``first``: it goes first."""
    said = f"{test} is added on to {name}; {material} is kept for it."
    if not odd and not first:
        return Verdict(VerdictKind.FINISHED, "Added on", said)
    return attention("Added on", " ".join(filter(None, (odd, said, GOES_FIRST if first else ""))))


def kept(material: str, name: str, *, first: bool = False) -> Verdict:
    """Material is kept for a test that was added on before; ``first``: it goes first."""
    said = f"{material} is kept for {name}."
    return attention("Kept", f"{said} {GOES_FIRST}") if first else Verdict(VerdictKind.FINISHED, "Kept", said)


def offered(count: int, no_use: tuple[str, ...]) -> str:
    """How many things may serve a test added on, and why the others cannot."""
    may = "One thing that is here may serve" if count == 1 else f"{count} things that are here may serve"
    return f"{may}. {'; '.join(no_use)}." if no_use else f"{may}."


def conceded(number: str, said: str) -> Verdict:
    """A specimen of which something was conceded, or something made from it, is looked at on Find."""
    return attention("Concession", f"Of {number}, and so of all that was made from it: {said}.")


def choose_material(count: int) -> str:
    """None of what may serve was named."""
    return f"Choose one of the {count} that fit." if count > 1 else "Choose what is kept: only one thing fits by now."


def of_no_use(number: str, why: str) -> str:
    """Why something that is here cannot serve."""
    return f"{number} cannot serve: {why}"


def concession(number: str, said: str) -> str:
    """What was conceded of a specimen, said wherever it or something made from it is scanned."""
    return f"Concession on {number}: {said}."


def not_kept() -> Verdict:
    """What is to be released is kept no more."""
    return refused("Not kept", "This material is not kept any more. Nothing was changed.")


def nothing_fits(name: str, why_not: tuple[str, ...]) -> Verdict:
    """No stored material fits an add-on."""
    said = "; ".join(why_not) if why_not else "none has arrived"
    return refused("No material", f"Nothing can be added on to {name}: {said}. Ask for another specimen.")


def released(number: str, name: str) -> Verdict:
    """Material is kept for a request no more."""
    return Verdict(VerdictKind.FINISHED, "Released", f"{number} is not kept for {name} any more.")


def kept_for(number: str, name: str) -> Verdict:
    """Material that is kept for another request."""
    return refused("Kept", f"{number} is kept for {name}. Release it first, or cancel that request.")


def not_known() -> Verdict:
    """The request that a command names is not known here any more."""
    return refused("No request", "This request is not known here any more. Look for it again.")


def already_cancelled(name: str) -> Verdict:
    """A command that needs a request which stands."""
    return refused("Request cancelled", f"{name} is cancelled. Take the cancellation back first.")


def not_cancelled(name: str) -> Verdict:
    """There is no cancellation to take back."""
    return refused("Not cancelled", f"{name} is not cancelled. Nothing was changed.")
