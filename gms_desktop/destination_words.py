"""Every sentence about the receivers of send-aways on their screen: what each takes, and how that is changed."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

HEADING, LIST, CHANGES = "Receivers", "Receivers of this laboratory", "What changes"
NOT_SAID = "not said"
EXAMPLES = "EXAMPLE set of the product: nothing may be sent by it. Approve your own"
CHOOSE, NEW, WHO, TAKES, WHEN, TISSUE = (
    "Choose one",
    "New receiver",
    "Name and address",
    "What it takes",
    "Days and hours",
    "Tissue",
)
PROPOSE, APPROVE, ASIDE, BACK = "Propose the change", "Approve the change", "Put the change aside", "Back"
ASK_WHICH, CONFIRM_WHICH, CONFIRM = "Which receiver?", "Show it", "Keep it here"
IN_USE, EXAMPLE_STILL = "In use: things are sent there", "Made up: an EXAMPLE"
HIGH_RISK, MARK, HOLIDAYS = "High-risk material is taken", "Boxes carry the UN3373 mark", "Closed on bank holidays"
SLIDES, SCROLLS, STAINED = "Slides", "Scrolls", "A stained slide, marked, goes with them"
YES, NO = "yes", "no"
FIELDS = {
    "code": "Short code, never changed again",
    "name": "Name",
    "ods": "Organisation code (ODS)",
    "address": "Address, lines with “ / ” between",
    "telephone": "Telephone",
    "identifiers": "Each thing has: referral, participant, tube",
    "materials": "Only these specimen types, by code, with commas; empty: any",
    "documents": "Papers that must be here, with “ / ” between",
    "manifest": "Manifest: dwgs, gel1004 or packing list",
    "temperature": "Keep at, in words",
    "coldest": "Coldest on its way, °C; empty: no limit",
    "warmest": "Warmest on its way, °C; empty: no limit",
    "couriers": "Couriers, with “ / ” between",
    "cut_off": "Courier collects until, such as 16:00; empty: not known",
    "transit_days": "Days on its way",
    "receiving": "Open, such as Mon 09:00-17:00, Fri 09:00-15:00; empty: not known",
    "turnaround_days": "Answers within days; empty: not known",
    "return_days": "Things come back within days; empty: they stay",
    "number": "How many slides or scroll tubes; empty: not said",
    "sections": "Sections in each scroll tube; empty: not said",
    "thickness_um": "Thickness, µm; empty: not said",
    "minimum_percent": "Least neoplastic nuclei, %; empty: not said",
    "bands": "Its own ranges, such as 1-5: 1 to 5 / 6-10: 6 to 10; empty: the exact figure",
}
NOT_DAYS = "a whole number of days from 0, or nothing"
NOT_TRANSIT = "a whole number of days, 0 for the same day"
NOT_COUNT = "a whole number, or nothing"
NOT_TIME = "a time such as 16:00, or nothing"
NOT_HOURS = "days with hours, such as Mon 09:00-17:00, each day once"
NOT_NUMBER = "a number such as 2.5, or nothing"
NOT_BANDS = "ranges such as 1-5: 1 to 5, with “ / ” between"
NEEDS_NAME = "Enter a name."
NEEDS_ADDRESS = "Enter the address: it stands on the label of the box."
NEEDS_SORT = "Choose at least one sort of thing that it takes."
NEEDS_FORM = "Choose slides or scrolls, or empty every field: then it takes no tissue by its own needs."
TURNED = "The warmest is not below the coldest."


def one_of(known: tuple[str, ...]) -> str:
    """What may stand in a field."""
    return f"one or more of {', '.join(known)}"


def code_taken(code: str) -> str:
    """A new receiver has another's code."""
    return f"{code} is another receiver's code. Choose another."


def code_wanted() -> str:
    """A new receiver's code is not one."""
    return "Enter a short code of small letters, digits and hyphens, such as north-glh."


def not_understood(label: str, said: str, wanted: str) -> str:
    """A field does not hold what it should."""
    return f"{label.split(',', maxsplit=1)[0].split(';', maxsplit=1)[0]}: “{said}” was entered. Enter {wanted}."


def asks(what: str, name: str) -> str:
    """What a form is about."""
    return f"{name}: {what.lower()}" if name else f"{NEW}: {what.lower()}"


def state(version: str, *, approved: bool) -> str:
    """Which set is in force."""
    return f"Version {version} of this laboratory is in force" if approved else EXAMPLES


def waits(version: str, who: str) -> str:
    """A change waits to be approved."""
    return f"Version {version}, by {who}: waits for another person's approval"


def line(*, in_use: bool, example: bool, takes: str) -> str:
    """A receiver in the list."""
    return ", ".join(part for part in ("" if in_use else "not in use", "EXAMPLE" if example else "", takes) if part)


def change(name: str, before: str, after: str) -> str:
    """What changes in one respect."""
    return f"{name}: {before or NOT_SAID} → {after or NOT_SAID}"


def shown() -> Verdict:
    """The receivers are in view."""
    return Verdict(VerdictKind.FOUND, HEADING, "Choose one to see all of it or to change it.")


def opened(name: str) -> Verdict:
    """One is in view."""
    return Verdict(VerdictKind.FOUND, name, "All that packing looks at stands beside. Choose what to change.")


def fill_in() -> Verdict:
    """A form stands open."""
    return Verdict(VerdictKind.FOUND, "Fill it in", "Nothing counts before another person has approved it.")


def kept(many: int) -> Verdict:
    """A change is kept at this bench."""
    said = "1 thing changes" if many == 1 else f"{many} things change"
    return attention("Not proposed yet", f"{said}. Look at it below, then propose it, or put it aside.")


def nothing_changes() -> Verdict:
    """What was entered is what stands."""
    return attention("Nothing changes", "What was entered is what stands already.")


def nothing_drafted() -> Verdict:
    """There is nothing to propose."""
    return refused("Nothing to propose", "Nothing was changed here. Choose a receiver and change it.")


def proposed(version: str, who_may: str) -> Verdict:
    """The change waits."""
    said = f"Version {version} waits. It counts once another person approves it here: {who_may}."
    return Verdict(VerdictKind.FINISHED, "Proposed", said)


def nothing_proposed() -> Verdict:
    """There is nothing to approve."""
    return refused("Nothing to approve", "No change waits. It may have been approved at another bench.")


def by_another(name: str) -> Verdict:
    """The proposer may not approve."""
    return refused("Another person", f"{name} proposed it. Another person taps their badge and approves it.")


def look_again() -> Verdict:
    """What waits is not what was in view."""
    return attention("Look at it first", "What waits is in view now. Look at what changes, then approve it.")


def approved(version: str) -> Verdict:
    """The change counts."""
    said = f"Version {version} is in force. Consignments that are open go by it from the next scan."
    return Verdict(VerdictKind.FINISHED, "Approved", said)


def put_aside() -> Verdict:
    """The change at this bench is gone."""
    return Verdict(VerdictKind.FOUND, "Put aside", "The change that was kept here is gone. What is in force stands.")


def not_usable(why: str) -> Verdict:
    """What was entered makes no set that can be read."""
    return refused("Not kept", f"It cannot be kept: {why}. Put it right, or put it aside.")
