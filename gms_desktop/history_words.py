"""What is said of histories on paper, and of documents that are looked at before they are printed."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import refused

OFFER = "History on paper"
NOT_MADE = "No history made"
UNDONE = "undone"
NO_CODE, NOBODY = "by hand", "by itself"
PRIVATE_SCAN = "a code that names a patient"
NOWHERE = "nobody: discarded"
WITHOUT_COURIER = "a courier without a name"


def made(name: str, acts: int) -> Verdict:
    """A history is kept and issued."""
    count = "1 act" if acts == 1 else f"{acts} acts"
    said = f"History of {name}, {count}. It is among the files on Find: look at it, print it, or save a copy."
    return Verdict(VerdictKind.FINISHED, "History made", said)


def not_made(why: str) -> Verdict:
    """A history that was not made."""
    return refused(NOT_MADE, f"{why}. Nothing was issued.")


def nothing_chosen() -> Verdict:
    """The key was pressed while Find showed nothing."""
    return refused(NOT_MADE, "No specimen, tube or request is chosen. Find one, then press again.")


WHO_RECEIVED, NOT_RECEIVED = "Who received it?", "Nobody received it at a bench that is known here."
WHO_MEASURED, NOT_MEASURED = "Who measured it?", "It was not measured."
WHICH_RULE, NO_RULE = "By which rule was it judged?", "No rule judged a measurement of it."
WHAT_CHANGED, NOTHING_CHANGED = "What was changed?", "Nothing was corrected, undone, withdrawn or refused."
PROOF = "Can it be proved?"
WHOLE = "The whole file, with its register and checkpoints, is proved on Reports (Ctrl F10) or by gms-desktop verify."
NOT_APPROVED_NOW = "Another version of that set is in force today, or it was the product's own, which is an EXAMPLE."


def answered(at: str, who: str, where: str, what: str, entry: str) -> str:
    """One act as an answer: when, who, where, what, and the entry that says so."""
    return f"{at}, {who}, {where}: {what}. Entry {entry}."


def judged(outcome: str, rules: str, version: str, digest: str, when: str) -> str:
    """What a rule said, when and at whose work, with its set of rules, that set's version, and its SHA-256 in short."""
    return f"{when}: {outcome}. Set {rules}, version {version}, SHA-256 {digest[:16]}."


def no_longer(words: str) -> str:
    """A judgement that rested on a reading which was taken back."""
    return f"{words} It counts no longer: the reading was taken back."


def approved(who: str, at: str) -> str:
    """Whose approval put the set in force."""
    return f"Approved by {who}, {at}; in force today."


def holds(count: int, entry: str, digest: str) -> str:
    """Each entry about it was looked at while this was made."""
    many = "The one entry about it is as it was" if count == 1 else f"All {count} entries about it are as they were"
    return (
        f"{many} written: bytes and hashes agree, and each follows the entry of its bench before it. "
        f"The newest is {entry}, SHA-256 of its chain {digest}."
    )


def placed(count: int, of: int) -> str:
    """How many entries stand in the order that all benches agree on."""
    return f"{count} of {of} have their place in the hub's order; others wait to be sent, or there is no hub."


def does_not_hold(entries: Sequence[str]) -> str:
    """Entries that are not as they were written."""
    named = ", ".join(entries[:5])
    more = f" and {len(entries) - 5} more" if len(entries) > 5 else ""
    return f"No. {named}{more}: not as written. Keep the file as it is, and prove it on Reports with Ctrl F10."


def file_name(name: str) -> str:
    """What the paper is called among the files."""
    return f"History of {name}.pdf"


def held_by_courier(name: str) -> str:
    """Who holds what was handed over."""
    return f"courier {name}" if name else WITHOUT_COURIER
