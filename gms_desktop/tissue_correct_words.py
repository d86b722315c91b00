"""Every sentence about correcting what was recorded of tissue."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.tissue_words import step
from gms_desktop.words import attention, names, refused

FIELDS = {
    "acquired": "taken from the patient",
    "into_formalin": "into formalin",
    "out_of_formalin": "out of formalin",
    "sort": "what it is",
    "thickness_um": "thickness in µm",
    "stain": "stain",
    "sections": "sections",
    "outside": "number on it",
}
PRIVATE = {
    "outside": FIELDS["outside"],
    "histology": "histology number",
    "clinician": "referring clinician",
    "hospital": "sent by",
    "referred_on": "referred on",
    "assessor": "assessed by",
    "comment": "comment",
}
NOT_KNOWN_HERE = "erased"
WHICH = "What is to be corrected?"
OF_STAIN, NOT_STAINED, OF_THICKNESS = "Stain", "Not stained", "Thickness"
OR_ELSE = "Or else"
OF_CASE = "Where the case came from"
WHY = "Why is it corrected?"
WHY_PROBLEM = "Say why it is corrected. The earlier value stays in the history."
WHICH_PROBLEM = "Choose what is to be corrected."
NOTHING_PROBLEM = "Nothing differs from what is recorded. Correct it, or go back."
EMPTY_TIME = "empty: nobody knows"
TAKEN_BACK = "This assessment is of another piece: take it back"
SORT_AND_CUT = "Something was cut from it: what it is stays as recorded."
THICKNESS = "Thickness of a section, in µm"
SECTION = "Section, by its place in the block"
FIRST_SECTION = "First section, by its place in the block"
LAST_SECTION = "Last section"
SECTIONS_PROBLEM = "Enter the section by its place in the block, from 1 on; the last is not before the first."
ACT = "Record the correction"


def of_piece(number: str, what: str) -> str:
    """The choice to correct what is known of a piece."""
    return f"{number}, {what}: what is known of it"


def together(count: int) -> str:
    """The choice to correct the thickness of all that was cut at once."""
    return f"The same for all {count} that were cut at once"


def of_assessment(percent: str, who: str) -> str:
    """The choice to correct an assessment."""
    return f"The assessment of {percent} % by {who}"


def title(what: str) -> str:
    """The heading of a form that corrects."""
    return f"What is right for {what}?"


def corrected_to(said: str, before: str, after: str) -> str:
    """One value that was corrected, in the history."""
    return f"{said} {after or 'not known'} (recorded as {before or 'not known'})"


def sections(first: int, last: int) -> str:
    """Sections by their place in the block."""
    return str(first) if first == last else f"{first} to {last}"


def follows(numbers: Sequence[str]) -> str:
    """What was scraped off a slide holds what the slide held."""
    return f"{names(tuple(numbers))}, scraped off it, {'is' if len(numbers) == 1 else 'are'} corrected with it."


def holds_the_same(numbers: Sequence[str]) -> str:
    """Another piece says that it holds the same section."""
    says = "now says it holds" if len(numbers) == 1 else "now say they hold"
    return f"{names(tuple(numbers))} {says} the same: look which of them is right."


def corrected(number: str, rests: Sequence[str]) -> Verdict:
    """A correction is recorded, and what rests on the earlier value is named."""
    said = f"{number} is corrected. The earlier value stays in the history."
    if rests:
        return attention("Corrected", " ".join((said, *rests)))
    return Verdict(VerdictKind.FINISHED, "Corrected", said)


def sent_in(numbers: Sequence[str], consignment: str, where: str, receiver: str) -> str:
    """Tissue that a receiver has, or that is packed for it, under the earlier value."""
    if where == "packed":
        still = "is packed in {} for {}: look whether it still goes."
        if len(numbers) > 1:
            still = "are packed in {} for {}: look whether they still go."
        return f"{names(tuple(numbers))} {still.format(consignment, receiver)}"
    return f"{names(tuple(numbers))} went to {receiver} in {consignment}: tell {receiver} what is right."


def tell(name: str, receiver: str, telephone: str) -> str:
    """What a person does about tissue of which something was corrected after it left."""
    ring = f"ring {telephone}" if telephone else "no telephone number is in its profile"
    return f"{name} was corrected after it went to {receiver}: {ring}, say what is right, then say who was told."


def on_papers(count: int) -> str:
    """Documents that were made before the correction."""
    many = "1 document names" if count == 1 else f"{count} documents name"
    return f"{many} this tissue as it was recorded before: print anew what is still needed."


def agreed_before(why: str) -> str:
    """A pathologist agreed on what was recorded before."""
    return f"A pathologist agreed before to {step(why)}: ask whether that still holds."


def count_again(number: str) -> str:
    """What is left of a block was worked out from a thickness that was wrong."""
    return f"What is left of {number} was worked out from the earlier thickness: look, and say what is left."


def judged_anew(numbers: Sequence[str]) -> str:
    """The block's number and the report's are compared again."""
    return f"The number of {names(tuple(numbers))} now differs from the report's. Ask the sender which is right."


def nothing_there() -> Verdict:
    """No case is open and nothing is in hand."""
    return attention("Nothing in hand", "Scan the block, the slide or the case of which something is wrong.")


def changed_meanwhile(number: str) -> Verdict:
    """What was to be corrected is no longer there to be corrected."""
    return refused("Changed meanwhile", f"What is to be corrected of {number} was taken back already. Look again.")


def corrected_because(why: str) -> str:
    """That something was corrected, beside it."""
    return f"CORRECTED: {why}"


def taken_back(percent: str) -> str:
    """An assessment that was of another piece."""
    return f"Taken back: {percent} % was not of this piece"
