"""Every sentence about deliveries: what came, what was found in it, what to do."""

from __future__ import annotations

from gms_desktop.domain.commands import Command
from gms_desktop.domain.deliveries import Count
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, names

NOTHING_OPEN = "No delivery is open at this bench. Enter one, or go on with one that is open."
NONE_OPEN = "No delivery is open. Enter one on Receive when the van is here."
NO_FORMS = "No form waits for its specimen."
ASK_SENDER = "came without a specimen: ask the sender where it is"
CLOSED_MEANWHILE = "Closed and counted meanwhile: count and close it again when its last tube is booked in"
BY_HAND = "What is booked in now came by hand."
UNDELIVERED = "by hand, in no delivery"
URGENT_OR_NOT = "Enter “yes” where the bag is urgent, else leave the field empty."
CARRIER = "What was entered as the carrier can be a patient's NHS number. Enter who brought the delivery."
PATIENTS_NUMBER = (
    "What was entered as a bag can be a patient's NHS number. Scan the bag's own code; where it has none, give it a "
    "name, as BAG-1."
)

ASKED = {
    Command.NEW_DELIVERY: ("New delivery", "Enter what its list says. What it does not say stays empty, as unknown."),
    Command.NEXT_BAG: ("Next bag", "Choose the bag, or enter its code, then confirm."),
    Command.BAG_LEAKS: ("A leak", "Choose the bag, then confirm. Everything that came in it is marked."),
    Command.NOT_FOR_US: ("Not for us", "Leave it closed. Say what it is and to whom it goes, then confirm."),
    Command.FORM_ALONE: ("Form alone", "Choose how it came, then confirm. Today lists it until its specimen is here."),
    Command.FORM_ANSWERED: ("About a form", "Choose the form, and enter who said what, then confirm."),
    Command.CLOSE_DELIVERY: ("Count", "Choose why, then confirm."),
    Command.TAKE_UP_DELIVERY: ("Another delivery", "Choose one, then confirm."),
}
"""What is said while a command about deliveries asks: its heading asks the question itself."""


def arrived(name: str, bag: str, urgent: bool) -> Verdict:
    """A delivery was entered."""
    first = f" Open {'urgent ' if urgent else ''}bag {bag} and scan the first tube." if bag else " Scan the first tube."
    return Verdict(VerdictKind.FOUND, "Delivery", f"{name} is entered.{first}")


def bag_opened(bag: str, urgent: tuple[str, ...]) -> Verdict:
    """What is booked now comes from this bag."""
    if urgent:
        return attention("Urgent first", f"Bag {bag} is open. Urgent and not opened yet: {names(urgent)}.")
    return Verdict(VerdictKind.FOUND, "Bag", f"Bag {bag} is open. Scan its first tube.")


def bag_new(bag: str, name: str) -> Verdict:
    """A bag that the delivery's list does not name."""
    return attention("Further bag", f"Bag {bag} was not on the list of {name}. It is added and open.")


def bag_of_several(code: str, deliveries: int) -> Verdict:
    """A bag code that stands on several open deliveries."""
    return attention("Which delivery?", f"Bag {code} is in {deliveries} open deliveries. Choose one of them.")


def taken_up(name: str) -> Verdict:
    """This bench books from a delivery."""
    return Verdict(VerdictKind.FOUND, "Delivery", f"This bench books from {name}. Scan a bag or its first tube.")


def opened_again(name: str) -> Verdict:
    """A delivery whose count was settled is open again."""
    return attention("Open again", f"{name} was closed and is open again: count it anew when it is done.")


def put_away() -> Verdict:
    """What comes now belongs to no delivery."""
    return Verdict(VerdictKind.FOUND, "No delivery", "What is booked in now came by hand, in no delivery.")


def leaked(bag: str, numbers: tuple[str, ...]) -> Verdict:
    """A leak marks all that came in its bag."""
    marked = f"Booked in from it and marked: {names(numbers)}. " if numbers else ""
    return attention(
        "Leak", f"Everything in bag {bag} is marked. {marked}Wear gloves; look at each tube and its label."
    )


def passed_on(to: str) -> Verdict:
    """Something was passed on unopened."""
    return Verdict(VerdictKind.FINISHED, "Passed on", f"Recorded as passed on unopened to {to}.")


def form_found(request: str) -> Verdict:
    """A form came without its specimen."""
    of = f" for {request}" if request else ""
    return attention("Form alone", f"The form{of} is recorded. Ask the sender where its specimen is. Today lists it.")


def form_answered() -> Verdict:
    """What became of a form is known."""
    return Verdict(VerdictKind.FINISHED, "Answered", "What became of the form is recorded.")


def closed(name: str, count: Count) -> Verdict:
    """A delivery's count is settled."""
    return Verdict(VerdictKind.FINISHED, "Closed", f"{name} is closed: {counted(count)}.")


def differs(name: str, count: Count) -> Verdict:
    """Stated and found do not agree."""
    return attention("Count differs", f"{name}: {counted(count)}. Look in every bag, then say why, or go on booking.")


def counted(count: Count) -> str:
    """Stated and found, in words."""
    stated = "not stated" if count.stated is None else f"{count.stated} stated"
    passed = f", {count.passed_on} passed on" if count.passed_on else ""
    return f"{stated}, {count.found} found ({count.booked} booked in{passed})"


def count_changed(found: int, now: int) -> str:
    """A delivery that was closed, and of which more was booked in, or less stands, since then."""
    return f"closed with {found} found, now {now}: take it up on Receive, count and close it again"


def line(count: Count, bag: str) -> str:
    """How far a delivery is booked, for the strip on Receive."""
    of = f" of {count.stated}" if count.stated is not None else ""
    passed = f", {count.passed_on} passed on" if count.passed_on else ""
    return f"{f'Bag {bag}, ' if bag else ''}{count.booked}{of} booked in{passed}"


def leak_of(bag: str) -> str:
    """What is shown of a tube whose bag leaked."""
    return f"leak in bag {bag}"


def urgent_bags(bags: tuple[str, ...]) -> str:
    """Urgent bags that nobody opened."""
    return f"URGENT, not opened: {names(bags)}"
