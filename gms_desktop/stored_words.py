"""Every sentence about putting away, taking out and discarding."""

from __future__ import annotations

from gms_desktop.domain.place_names import MOST, Why
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, names, refused

SCAN_FIRST = "Scan a place, a tube, a rack or a box"
WHAT_SORT = "What sort of place is it?"
NAME_OF_PLACE = "Name on its door or lid"
NEEDS_SORT_AND_NAME = "Choose one sort and enter a name."
NO_NAMES = {
    Why.EMPTY: NEEDS_SORT_AND_NAME,
    Why.TOO_LONG: f"Enter the name as it stands on the door: at most {MOST} characters.",
    Why.NOT_PRINTABLE: "The name holds a sign that cannot be read on a door. Enter it by hand.",
    Why.A_CODE: "That is a code, not a name. Enter what people call the place, as Freezer A.",
}
BACK_BY = "Back by (day)"
KEPT_FROZEN = "It stays frozen all the while, on dry ice"
ONE_PURPOSE = "Choose one purpose."
NO_DAY = "Enter the day as 31/12/2026, or leave it empty."
DAY_IS_PAST = "That day is past. Enter the day by which it is to be back, or leave it empty."
ONE_REASON_AND_ROUTE = "Choose one reason and one route."
OVERDUE = "Not back in storage"
NOTHING_OVERDUE = "Everything taken out of storage is back, or not due yet."
NOTHING_TO_DISPOSE = "Nothing is proposed for disposal."


def what_for(name: str) -> str:
    """The question when something is taken out."""
    return f"What is {name} taken out for?"


def why_discard(name: str) -> str:
    """The question when something is discarded."""
    return f"Why is {name} discarded, and by which route?"


def why_lost(name: str, why: tuple[str, ...]) -> str:
    """The question about something that is not on the list: only what is lost already is discarded all the same."""
    return f"{name} is to stay: {names(why)}. Is it lost already, and by which route does it go?"


def place_registered(name: str, code: str, where: str) -> Verdict:
    """A place is known from now on."""
    stands = f" It stands in {where}." if where else ""
    return Verdict(VerdictKind.MATCHES, "New place", f"{name} has the code {code}.{stands} Put the code on it.")


def place_opened(where: str, inside: int, free: int, *, box: bool) -> Verdict:
    """A place is open: what is scanned next goes there."""
    held = "1 thing is" if inside == 1 else f"{inside} things are"
    room = f" {free} position{' is' if free == 1 else 's are'} free." if box else ""
    return Verdict(VerdictKind.FOUND, "Place open", f"{where}: {held} in it.{room} Scan what goes there.")


def position_named(position: str, where: str) -> Verdict:
    """A free position was scanned."""
    return Verdict(VerdictKind.FOUND, f"Now {position}", f"{position} of {where} is free. Scan what goes there.")


def position_taken(position: str, where: str, what: str) -> Verdict:
    """A position is taken."""
    return refused("Position taken", f"{what} stands in {position} of {where}. Scan a free position, or take it out.")


def no_position(position: str, where: str) -> Verdict:
    """There is no such position."""
    return refused("No such position", f"{where} has no position {position or 'at all'}. Scan one that it has.")


def full(where: str) -> Verdict:
    """A box is full."""
    return refused("Box full", f"Every position of {where} is taken. Scan another box.")


def place_closed(name: str) -> Verdict:
    """A place is not open any more."""
    return Verdict(VerdictKind.FINISHED, "Put aside", f"{name} is not open any more. Scan the next place or thing.")


def unknown_place(code: str) -> Verdict:
    """A code of a place that nobody registered here."""
    return refused("Place not known", f"{code} is on no place of this laboratory. Scan another, or register a new one.")


def not_for_storage(code: str) -> Verdict:
    """A code of nothing that is stored."""
    return refused(
        "Not for storage", f"{code} is no place, tube, rack or specimen that is known here. Find looks everywhere."
    )


def in_dispute(code: str) -> Verdict:
    """Something that stands in an open case."""
    return refused("In dispute", f"{code} is in dispute. Put it in the review rack; Review says why.")


def scan_its_code(code: str) -> Verdict:
    """A code typed where it must be scanned."""
    return refused("Scan the code", f"Typing {code} does not show that it is in your hand. Scan its code.")


def has_the_name(name: str) -> str:
    """Two places that stand in one place have two names."""
    return f"A place called {name} is there already. Enter another name, so that nobody takes one for the other."


def does_not_go(what: str, where: str) -> Verdict:
    """A thing that does not go into the open place."""
    return refused("Does not go there", f"{what} does not go into {where}. Scan a place that it goes into.")


def needs_box(what: str, where: str) -> Verdict:
    """A tube scanned at a shelf."""
    return refused("Scan a box", f"{what} goes into a position of a box. {where} is open: scan the box or position.")


def put_away(what: str, position: str, where: str, former: str) -> Verdict:
    """A thing stands where it was put."""
    spot = f"Put it into {position} of {where}." if position else f"It stands in {where}."
    left = f" It stood in {former}." if former else ""
    return Verdict(VerdictKind.MATCHES, "Put away", f"{what}: {spot}{left}")


def moved(what: str, where: str, former: str, inside: int) -> Verdict:
    """A box or rack was put into another place, with all that is in it."""
    left = f" It stood in {former}." if former else ""
    held = f" The {inside} things in it went with it." if inside > 1 else " The tube in it went with it." * inside
    return Verdict(VerdictKind.MATCHES, "Put away", f"{what} stands in {where}.{held}{left}")


def found(what: str, where: str) -> Verdict:
    """A thing scanned without a place."""
    return Verdict(VerdictKind.FOUND, "Here it is", f"{what}: {where}.")


def stands_here(what: str, position: str, where: str) -> Verdict:
    """A thing that stands where it is put already."""
    return Verdict(VerdictKind.ALREADY, "Stands there", f"{what} is recorded in {position or 'it'} of {where} already.")


def check_begun(name: str, position: str) -> Verdict:
    """A box is checked."""
    return attention(
        "Check", f"{name}: scan what stands in {position}, or say that it is empty. Nothing is moved by a check."
    )


def check_ended(name: str, agreeing: int, found: int) -> Verdict:
    """A check ended."""
    if not found:
        return Verdict(VerdictKind.FINISHED, "Box agrees", f"{name}: {agreeing} positions agree.")
    return attention(
        "Box differs", f"{name}: {agreeing} positions agree. Found: {found}. See to each, then check again."
    )


def looks_at(position: str) -> Verdict:
    """The position that is looked at next was scanned."""
    return Verdict(VerdictKind.FOUND, f"Now {position}", f"Scan what stands in {position}, or say that it is empty.")


def end_check_first(where: str) -> Verdict:
    """Another place was scanned during a check."""
    return refused("Check first", f"{where} is being checked. End the check, then scan the other place again.")


def seen_in(position: str, what: str, expected: str, following: str) -> Verdict:
    """A position holds what is recorded there."""
    held = expected or "it is empty"
    return Verdict(VerdictKind.MATCHES, f"{position} agrees", f"{position}: {what or held}.{_now(following)}")


def seen_otherwise(position: str, what: str, expected: str, following: str) -> Verdict:
    """A position holds something else."""
    held = f"{expected} is recorded there" if expected else "nothing is recorded there"
    stands = f"{what} stands in it" if what else "it is empty"
    return attention(f"{position} differs", f"{position}: {stands}, {held}.{_now(following)}")


def _now(following: str) -> str:
    return f" Now {following}." if following else " That was the last position."


def check_finding(kind: str, wells: tuple[str, ...], codes: tuple[str, ...], where: str) -> str:
    """What a check found, in one line."""
    what, spots = names(codes), names(wells)
    stands = f" It is recorded in {where}." if where else ""
    return f"{spots}: {kind}{f', {what}' if what else ''}.{stands}"


def last_check(at: str, who: str) -> str:
    """When a box was checked last, and by whom."""
    return f"Checked {at} by {who}"


def is_gone(what: str, route: str) -> Verdict:
    """Something discarded was scanned."""
    return refused("Was discarded", f"{what} is recorded as discarded ({route}). Put it in the review rack.")


def rack_holds(tubes: int) -> str:
    """Why a rack is not discarded."""
    return f"{tubes} tube{' is' if tubes == 1 else 's are'} recorded in it"


def nothing_to_take() -> Verdict:
    """Nothing that is stored is in hand."""
    return refused("Nothing in hand", "Scan what is taken out first.")


def not_stored(what: str) -> Verdict:
    """Something that is not stored is to be taken out."""
    return refused("Is not stored", f"{what} stands in no place. Put it away first; Find says where it was last.")


def taken_out(what: str, where: str, due: str, thaws: int) -> Verdict:
    """A thing was taken out."""
    back = f" It is to be back by {due}." if due else " It need not come back."
    count = "once" if thaws == 1 else f"{thaws} times"
    warm = f" It was thawed {count} by now." if thaws else ""
    return Verdict(VerdictKind.MATCHES, "Taken out", f"{what} was taken out of {where}.{back}{warm}")


def stopped(where: str, boxes: int) -> Verdict:
    """A freezer is out of order."""
    left = "1 box is" if boxes == 1 else f"{boxes} boxes are"
    return attention(
        "Out of order",
        f"{where}: {left} in it. Scan a place that works, then each box that is put there; every scan has its time.",
    )


def restored(where: str) -> Verdict:
    """A freezer is in use again."""
    return Verdict(VerdictKind.MATCHES, "In use again", f"{where} is in use again.")


def warns_out_of_order(where: str) -> Verdict:
    """Something is to be put into a freezer that is out of order."""
    return refused("Out of order", f"{where} is out of order. Scan a place that works.")


def not_listed(sort: str) -> str:
    """Why a thing is not on the disposal list at all."""
    return "eluates are not on the disposal list" if sort == "eluate" else "it is not in storage"


def not_proposed(what: str, reasons: tuple[str, ...]) -> Verdict:
    """Something that may not be discarded."""
    return refused("Stays here", f"{what} is not discarded: {names(reasons)}. Put it back.")


def discarded(what: str, route: str) -> Verdict:
    """A thing was discarded."""
    return Verdict(VerdictKind.FINISHED, "Discarded", f"{what} leaves for good: {route}.")


def proposed(due: int, stays: int) -> Verdict:
    """The list of what may be discarded."""
    return attention(
        "Disposal list",
        f"{due} may be discarded, {stays} stay. Nothing is discarded by itself: scan each thing, then say why and how.",
    )


def which_retention() -> Verdict:
    """No time of keeping is laid down."""
    return refused(
        "No times laid down",
        "How long material is kept is not laid down here. The laboratory approves its own table of retention first.",
    )
