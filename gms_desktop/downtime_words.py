"""Every sentence about downtime numbers: the pack, the entry of what was written on paper, the account at the end."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

SCAN_A_NUMBER = "Scan a downtime number"
NO_NUMBERS = (
    "No downtime numbers are left at this bench. Ask an administrator to set numbers aside (Ctrl F1), then print "
    "the pack."
)
NAME_UNFIT = "Name the set with letters, digits, spaces, hyphens and strokes, at most 40 of them."
WHO_WANTED = "Enter the name of the person who received the tube, as the form says."
LATER_THAN_NOW = "That is later than now. Check day and time against the form."
CHANGED_ON_THE_WAY = "Other numbers were printed meanwhile. Print the pack again."

OUTCOMES = {"accepted": "Accepted", "on hold": "On hold", "rejected": "Rejected"}
REASONS = {
    "torn": "Torn, wet or not readable",
    "written-on": "Written on by mistake",
    "misprint": "Badly printed or cut",
    "not-used": "Not used: label and form are destroyed",
    "missing": "Missing: searched for and not found",
}
NOT_USED, MISSING = "not-used", "missing"
STATES = {
    "used": "used",
    "spoiled": "spoiled",
    "not used": "not used, destroyed",
    "missing": "missing",
    "open": "not accounted for",
}


def enter_the_form(number: str) -> str:
    """The order while a form is entered."""
    return f"Enter form {number}"


def too_few(free: int) -> str:
    """A pack larger than what is left in any one set."""
    return f"Only {free} downtime numbers are left in one set at this bench. Print {free}, or set more aside (Ctrl F1)."


def count_unfit(most: int) -> str:
    """A pack of no numbers, or of too many."""
    return f"Enter how many numbers the pack has, from 1 to {most}."


def size_unfit(most: int) -> str:
    """A set of no numbers, or of too many."""
    return f"Enter how many numbers are set aside, from 1 to {most}."


def before_printing(printed: str) -> str:
    """A time before the number was printed."""
    return f"That is before the number was printed ({printed}). Check day and time, or enter “unknown”."


def reason(code: str) -> str:
    """Why a number is out of use, for the middle of a sentence."""
    return REASONS.get(code, code or "reason not stated").lower()


def number_found(number: str, printed: str) -> Verdict:
    """A downtime number that may be entered."""
    return Verdict(VerdictKind.FOUND, "Downtime number", f"{number}, printed {printed}. Enter what its form says.")


def number_unknown(number: str) -> Verdict:
    """A downtime number of no pack known here."""
    return refused(
        "Not known here",
        f"{number} is in no pack known at this bench. Enter it where it was printed, or once that bench has shared.",
    )


def number_foreign(number: str, letter: str) -> Verdict:
    """A downtime number of another laboratory."""
    return refused(
        "Not ours",
        f"{number} is a downtime number of another laboratory: ours begin with U{letter}. "
        "Enter the tube as an unannounced arrival.",
    )


def number_used(number: str, accession: str) -> Verdict:
    """A downtime number that stands for a specimen already."""
    return refused(
        "Used already",
        f"{number} stands for {accession}, for ever. Put this tube beside that one, and look {accession} up in Find.",
    )


def number_spoiled(number: str, reason: str) -> Verdict:
    """A downtime number that was spoiled."""
    return refused(
        "Spoiled number",
        f"{number} was spoiled ({reason}). Put this tube in the review rack, and give it the next number.",
    )


def number_in_dispute(number: str) -> Verdict:
    """A downtime number that two entries claim."""
    return refused("In dispute", f"{number} is in dispute. Put the tube in the review rack.")


def other_number_open(opened: str, number: str) -> Verdict:
    """A second downtime number while one is being entered."""
    return refused("One at a time", f"{opened} is being entered. Finish it, or go back, then scan {number}.")


def request_tied(number: str, what: str) -> Verdict:
    """The request of the tube was scanned while its form is entered."""
    return Verdict(VerdictKind.MATCHES, "Matches", f"{number} is {what}. Compare the tube with the form.")


def request_unknown(number: str, code: str) -> Verdict:
    """A code on no expected request while a form is entered."""
    return refused(
        "Not expected", f"{code} is on no expected request. Enter what form {number} says, or scan another code."
    )


def which_tube(code: str) -> Verdict:
    """A code that stands for several tubes while a form is entered."""
    return refused("Which tube?", f"{code} stands for more than one tube. Scan the code on the tube itself.")


def tube_received(number: str, accession: str) -> Verdict:
    """The tube that was scanned for a form is here already."""
    return refused(
        "Received already", f"That tube was received as {accession}. If {number} is on another tube, scan that tube."
    )


def nothing_open() -> Verdict:
    """A command that needs a downtime number."""
    return refused("No number open", "No downtime number is being entered. Scan one first.")


def entered(number: str, accession: str, outcome: str) -> Verdict:
    """A specimen of the outage was entered; its label is on its way."""
    said = f" The form says {outcome}." if outcome else ""
    return Verdict(
        VerdictKind.MATCHES, "Entered", f"{number} is {accession}.{said} Put the new label on the tube and scan it."
    )


def entered_and_held(number: str, accession: str) -> Verdict:
    """A specimen of the outage was entered without a request."""
    return attention("Entered", f"{number} is {accession}, on hold: no request. Put the new label on and scan it.")


def spoiled(number: str, reason: str) -> Verdict:
    """A number was spoiled."""
    return Verdict(VerdictKind.FINISHED, "Spoiled", f"{number}: {reason}. Nothing can be received under it.")


def rest_accounted(many: int, reason: str) -> Verdict:
    """What was left of a pack was accounted for."""
    numbers = "1 number" if many == 1 else f"{many} numbers"
    return Verdict(VerdictKind.FINISHED, "Accounted for", f"{numbers}: {reason}.")


def nothing_left() -> Verdict:
    """A pack of which every number is accounted for."""
    return Verdict(VerdictKind.ALREADY, "Nothing left", "Every number of this pack is accounted for.")


def set_aside(name: str, many: int) -> Verdict:
    """Numbers were set aside for packs."""
    numbers = "1 number is" if many == 1 else f"{many} numbers are"
    return Verdict(VerdictKind.FINISHED, "Set aside", f"{name}: {numbers} set aside. Print a pack of them.")


def pack_made(first: str, last: str, pages: int) -> Verdict:
    """A pack was made and may be printed."""
    return Verdict(
        VerdictKind.FINISHED,
        "Pack made",
        f"{first} to {last}, {pages} pages, every code read back. Print it once, at 100 %, and keep it at the bench.",
    )
