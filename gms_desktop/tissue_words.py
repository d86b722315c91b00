"""Every sentence about tissue."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop.domain.tissue.cutting import Why
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, names, refused

SCAN_FIRST = "Scan a block, slide or tissue specimen"
NO_PIECES = "Nothing is in this case yet. Scan a block or another tissue specimen."
NO_CASES = "No tissue case was opened yet. Scan a block or another tissue specimen."
CASES = "Tissue cases"
OPEN_CASES = "Tissue cases under way"
NO_OPEN_CASES = "No tissue case is under way."
TO_ASSESS = "To be assessed"
TO_ASSESS_AGAIN = "Waits for a second assessor"
TO_CUT = "To be cut"
TO_SEND = "Cut: to be sent"
FIGURES = "Neoplastic nuclei"
NO_STAIN = "not stained"
CAME_AS, STANDS = "Received as", "Stands in"
ASSESSED = "Assessed"
PICTURES = "Pictures and agreements"
NOT_ASSESSED = "Nobody has assessed this piece."
NO_PICTURES = "No picture, and no agreement recorded."
OPEN_CASE = "Whose tissue is it, and how soon is it needed?"
HISTOLOGY = "Histology number, as written"
HOSPITAL = "Sent by (ODS code)"
CLINICIAN = "Referring clinician"
REFERRED_ON = "Referred on (day)"
COMMENT = "Comment"
WHICH_SORT = "What is it?"
OUTSIDE = "Number on it, as written"
TIMES = "When was it taken, and when was it in formalin?"
ACQUIRED = "Taken from the patient"
INTO = "Into formalin"
OUT = "Out of formalin"
DAY_OR_MINUTE = "day, or day and time"
ASSESS = "How much tumour is in it?"
NEOPLASTIC = "Neoplastic nuclei, exactly, in per cent"
NECROSIS = "Necrosis, in per cent"
BY = "Assessed by"
ON = "Assessed on (day)"
SLIDE = "Stained slide that was looked at (number)"
LEFT = "How much of the block is left, in micrometres?"
LEFT_UM = "Left, in µm"
CUT = "What is cut?"
PIECES_FIELD = "How many pieces"
SECTIONS_FIELD = "Sections in each tube"
THICKNESS = "Thickness of a section, in µm"
EXHAUSTS = "Nothing is left of the block"
AGREED = "What did the pathologist agree to?"
AGREED_BY = "Pathologist"
AGREED_ON = "Agreed on (day)"
AGREED_HOW = "How (telephone, in person, in writing)"
STAIN = "How was it stained?"
SCRAPED_INTO = "Scrape this slide into a tube?"
REPORT = "What block number does the histology report name?"
REPORT_NUMBER = "Block number in the report, as written"
END = "What became of it?"
TO = "To whom, where it left"
CHANGE = "What is changed of this case?"
IT_IS = "What it is"
SOON, TUMOUR, REPORT_IS, FLAGGED, GOES_TO = "How soon", "Tumour", "Report", "Flagged for", "Goes to"
HOW, CELLULARITY, AREA = "How", "Cellularity", "Area"
WHAT_IS_CUT, STAINED_AT_ONCE, OF_THE_BLOCK = "Into", "Stained at once", "Afterwards"
REPRESENTS, BLOCK = "It represents the tumour", "Its block"
REPRESENTED, NOT_REPRESENTED = "represents the tumour", "its block does not represent the tumour"
MARKED = "The area is marked on the slide"
MACRODISSECT = "Take only the marked area"

STEPS: dict[str, str] = {
    Why.EXHAUSTS: "a cut after which nothing is left of the block",
    Why.RESERVE: "a cut that leaves less than the reserve",
    Why.UNKNOWN: "a cut where nobody knows what is left of the block",
    Why.SCRAPES: "scraping a stained diagnostic slide",
    Why.SHORT: "sending tissue that falls short of what its receiver asks for",
}
SENT_SHORT = "falls short of what its receiver asks for, and goes as the pathologist agreed"


def packed_not_gone(numbers: Sequence[str]) -> str:
    """Tissue of the case is packed, and has not left."""
    return f"Packed in {names(tuple(numbers))}, not handed over yet"


def sent_say_what_became(numbers: Sequence[str]) -> str:
    """Tissue of the case has left: the case lies open until somebody says what became of its block."""
    return f"Sent in {names(tuple(numbers))}: say what became of what is still here"


def on_paper_block(number: str, sort: str) -> str:
    """A block on the papers that go with it."""
    return f"{sort.capitalize()} {number}"


def on_paper_type(type_of: str) -> str:
    """Under which type a piece was received, on the papers; empty where nobody said one."""
    return f"Received as {type_of}" if type_of else ""


def on_paper_number(written: str) -> str:
    """The number that came on a block, on the papers; empty where none did."""
    return f"Number on it {written}" if written else ""


def on_paper_report(written: str) -> str:
    """The number of its histology report, on the papers; empty where nobody said one."""
    return f"Histology {written}" if written else ""


def extracted_here(numbers: Sequence[str]) -> str:
    """Scrolls of the case went into extraction here."""
    return f"Extracted in {names(tuple(numbers))}: say what became of what is still here"


def case_opened(number: str) -> Verdict:
    """A case is open."""
    return Verdict(VerdictKind.FINISHED, "Case opened", f"Tissue case {number}. Scan each block or specimen of it.")


def case_shown(number: str) -> Verdict:
    """A case that was opened before is open here."""
    return Verdict(VerdictKind.FOUND, "Tissue case", f"Case {number} is open.")


def case_changed(number: str) -> Verdict:
    """Urgency or flags are others."""
    return Verdict(VerdictKind.FINISHED, "Case changed", f"Urgency, flags and receiver of case {number} are recorded.")


def no_case() -> Verdict:
    """Something of a case was asked for, and none is open."""
    return attention("No case open", "Scan a block, slide or tissue specimen first.")


def no_piece() -> Verdict:
    """Something of a piece was asked for, and none is in hand."""
    return attention("Nothing in hand", "Scan the block or slide that is meant.")


def aside(number: str) -> Verdict:
    """No case is open any more."""
    return Verdict(VerdictKind.FINISHED, "Case put aside", f"Case {number} is kept and no longer open here.")


def piece(number: str, what: str) -> Verdict:
    """A piece is in hand."""
    return Verdict(VerdictKind.FOUND, "In hand", f"{number}: {what}.")


def of_another_case(number: str, what: str, case: str, before: str) -> Verdict:
    """A piece of another case than the one that was open is in hand."""
    return attention("Another case", f"{number}: {what}, is of case {case}. Case {before} is put aside.")


def to_join(number: str, case: str) -> Verdict:
    """A specimen that is no piece yet was scanned."""
    if case:
        return attention("Not in this case", f"{number} is in no tissue case. Say what it is to take it into {case}.")
    return attention("Not in a case", f"{number} is in no tissue case. Open a case for it.")


def joined(number: str, sort: str, case: str, *, labelled: bool = False) -> Verdict:
    """A specimen is a piece of the case; ``labelled``: a label of its own is on its way."""
    then = f" Put its label on the {sort}, then scan it here." if labelled else ""
    return Verdict(VerdictKind.FINISHED, "In the case", f"{number}, {sort}, is part of case {case}.{then}")


def not_tissue(code: str) -> Verdict:
    """A code that is no piece of tissue and no specimen."""
    return refused("Not tissue", f"“{code}” is no block, slide or specimen received here. Scan its label.")


def not_accepted(number: str) -> Verdict:
    """A specimen that nobody has accepted is not cut."""
    return refused("Not accepted", f"{number} is not accepted. Decide on it at Receive first.")


def in_dispute(number: str) -> Verdict:
    """A piece that is in dispute stays as it is."""
    return refused("In dispute", f"{number} is in dispute. Put it in the review rack; Review shows why.")


def answer_needed(title: str) -> Verdict:
    """A form is open."""
    return attention(title.rstrip("?"), "Fill in what is asked, then confirm.")


def timed(number: str, hours: str) -> Verdict:
    """Times are recorded."""
    words = f" {hours} in formalin." if hours else ""
    return Verdict(VerdictKind.FINISHED, "Times recorded", f"Times of {number} are recorded.{words}")


def time_problem(field: str) -> str:
    """A time that cannot be read."""
    return f"{field}: enter a day, or a day and time, as 20/11/2026 14:30."


def order_problem(words: str) -> str:
    """Times that cannot both be true."""
    return f"{words.capitalize()}: one of the two cannot be right. Check them with the form."


def assessed(number: str, percent: str, apart: str) -> Verdict:
    """An assessment is recorded; two that differ are said."""
    if apart:
        return attention("Assessors differ", f"{number}: {percent} % recorded, {apart} points from another assessment.")
    return Verdict(VerdictKind.FINISHED, "Assessed", f"{number}: {percent} % neoplastic nuclei recorded.")


PERCENT_PROBLEM = "Enter the exact percentage from 0 to 100, not a range: as 35 or 62.5."
NECROSIS_PROBLEM = "Enter necrosis as a percentage from 0 to 100, or leave it empty."
METHOD_PROBLEM = "Choose one way in which it was assessed."
CELLS_PROBLEM = "Choose no more than one cellularity."
BY_PROBLEM = "Enter who it was."
DAY_PROBLEM = "Enter the day, as 20/11/2026."
FUTURE_PROBLEM = "The day is in the future. Check it."
SLIDE_PROBLEM = "No slide of this case has this number. Scan the slide to see which it is."
LEFT_PROBLEM = "Enter micrometres as a figure from 0 on, as 400."
SORT_PROBLEM = "Choose one: what it is."
CUT_SORT_PROBLEM = "Choose one: section, slide or scroll tube."
STAINS_PROBLEM = "Choose no more than one stain."
SCROLLS_STAINED = "Sections in a scroll tube are not stained: leave the stain out."
COUNT_PROBLEM = "Enter how many pieces: 1 to 60."
SECTIONS_PROBLEM = "Enter how many sections go into each tube, 1 or more; a slide or section holds one."
THICKNESS_PROBLEM = "Enter the thickness in micrometres, as 5 or 2.5."
WHY_PROBLEM = "Choose what was agreed to."
STAIN_PROBLEM = "Choose the stain."
END_PROBLEM = "Choose what became of it."
HOSPITAL_PROBLEM = (
    "Enter the ODS code of who sent it, as RYJ: three to six letters and digits. Names go to the clinician."
)
REPORT_PROBLEM = "Enter the block number as the report writes it."
URGENCY_PROBLEM = "Choose one urgency."
TUMOUR_PROBLEM = "Choose one sort of tumour, or leave all of them out."
REPORT_FOLLOWS = "Pathology report to follow"
RECEIVER_PROBLEM = "Choose no more than one receiver."
URGENCY_OFFER = "Urgency, receiver"


def left(number: str, um: str) -> Verdict:
    """What is left of a block is recorded."""
    return Verdict(VerdictKind.FINISHED, "Recorded", f"About {um} µm of {number} are left.")


def blade_first(number: str) -> Verdict:
    """Another case than the last is to be cut."""
    return refused(
        "Blade first", f"{number} is of another case. Change the blade and the water bath, confirm that, then cut."
    )


def blade_changed(number: str) -> Verdict:
    """Blade and water bath were changed."""
    return Verdict(VerdictKind.FINISHED, "Fresh blade", f"Blade and water bath were changed for case {number}.")


def needs_agreement(number: str, why: str) -> Verdict:
    """A cut that a pathologist has to agree to."""
    return refused(
        "Pathologist first",
        f"Of {number} this is {step(why)}. Nothing was cut. Record the pathologist's agreement, then cut.",
    )


def take_it_out(number: str, where: str) -> Verdict:
    """A piece that is said to be gone while it is recorded in a store."""
    return refused(
        "Still stored", f"{number} stands in {where}. Take it out at Storage, then record what became of it."
    )


def take_it_out_first(number: str, where: str) -> Verdict:
    """A piece that is to be used up while it is recorded in a store."""
    return refused("Still stored", f"{number} stands in {where}. Take it out at Storage, then scan it here.")


def not_to_be_cut(number: str, why: str) -> Verdict:
    """Nothing can be taken from a piece."""
    return refused("Not cut", f"{number} {why.rstrip('.')}. Put it back, or scan the piece that is meant.")


def cut(numbers: Sequence[str], sections: str, parent: str, left_words: str) -> Verdict:
    """New pieces exist."""
    many = "1 piece" if len(numbers) == 1 else f"{len(numbers)} pieces"
    return Verdict(
        VerdictKind.FINISHED,
        "Cut",
        f"{many} from {parent}: {sections}. {left_words} Put each label on, then scan it.".replace("  ", " "),
    )


def labelled(number: str, what: str) -> Verdict:
    """The label of a new piece is on it."""
    return Verdict(VerdictKind.ACCEPTED, "Label on", f"{number} is on {what}.")


def step(permits: str) -> str:
    """What a pathologist agrees to; what this version does not know stands as it was recorded."""
    return STEPS.get(permits, permits)


def permitted(permits: str) -> str:
    """The choice of what was agreed to."""
    words = step(permits)
    return words[:1].upper() + words[1:]


def agreed_to(permits: str) -> str:
    """The title of an agreement in a list."""
    return "Agreed: it goes as it is" if permits == Why.SHORT else f"Agreed: {step(permits)}"


def agreement_used(permits: str, *, used: bool) -> str:
    """Whether an agreement was used up; one to send what there is holds for all of the block."""
    if permits == Why.SHORT:
        return "for all of this block"
    return "used" if used else "not used yet"


def agreed(number: str, why: str) -> Verdict:
    """An agreement is recorded."""
    if why == Why.SHORT:
        said = f"{number}, and what was cut of it, may go although it falls short of what its receiver asks for."
        return Verdict(VerdictKind.FINISHED, "Agreement recorded", f"{said} Its papers say so.")
    return Verdict(VerdictKind.FINISHED, "Agreement recorded", f"{number}: {step(why)} is agreed to, once.")


def stained(number: str, stain: str) -> Verdict:
    """A slide's stain is recorded."""
    return Verdict(VerdictKind.FINISHED, "Stained", f"{number}: {stain}.")


def stained_already(number: str, stain: str) -> Verdict:
    """A slide has a stain: another takes its place with a reason only."""
    return refused(
        "Stained already", f"{number} is recorded as stained: {stain}. If that is not so, correct it and say why."
    )


def not_a_slide(number: str, what: str) -> Verdict:
    """Only a slide is stained or scraped."""
    return refused("Not a slide", f"{number} is a {what}. Scan the slide that is meant.")


def before_scraping(why: str) -> Verdict:
    """Something is to be done before a slide is scraped."""
    return refused("Not yet", why)


def scraped(number: str, tube: str) -> Verdict:
    """A slide was scraped into a tube."""
    return Verdict(VerdictKind.FINISHED, "Scraped", f"{number} went into tube {tube}. Put its label on, then scan it.")


def imaged(number: str) -> Verdict:
    """A picture is kept."""
    return Verdict(VerdictKind.FINISHED, "Picture kept", f"The picture is kept with {number}.")


def cited(number: str, where: str) -> Verdict:
    """Only where a whole-slide file lies is kept."""
    return Verdict(
        VerdictKind.FINISHED, "Picture cited", f"{number}: the file stays where it is, in {where}. Do not move it."
    )


def not_an_image(name: str) -> Verdict:
    """A file that is no picture."""
    return refused("No picture", f"The file {name} is no picture that can be read (PNG, JPEG, TIFF or PDF).")


def compared(number: str, *, agrees: bool) -> Verdict:
    """The block's own number and the report's were compared."""
    if agrees:
        return Verdict(VerdictKind.FINISHED, "Numbers agree", f"The report names the number that stands on {number}.")
    return attention(
        "Numbers differ", f"The report names another block than the number on {number}. Ask the sender which is right."
    )


def nothing_to_compare(number: str) -> Verdict:
    """The report's number is to be compared, and none is recorded of the block."""
    return attention(
        "No number on it", f"No number is recorded as standing on {number}. Enter it with “Correct”, then compare."
    )


def confirm_needed(title: str) -> Verdict:
    """A question is open that needs a yes or a no only."""
    return attention(title.rstrip("?"), "Confirm it, or go back.")


def ended(number: str, what: str) -> Verdict:
    """What became of a piece."""
    return Verdict(VerdictKind.FINISHED, "Recorded", f"{number}: {what}.")


def cannot_be_cut(state: str) -> str:
    """Why nothing is taken from a piece."""
    return f"is {state}"


def many(numbers: Sequence[str]) -> str:
    """Numbers in a row."""
    return names(tuple(numbers))


def figures(told: Sequence[str], of: str) -> str:
    """The exact figures that people gave; ``of``: the piece that was looked at, where it is another."""
    every = ", ".join(f"{one} %" for one in dict.fromkeys(told))
    return f"{every} (seen in {of})" if of else every


def pieces_of(case: str, every: int, here: int) -> str:
    """The title of a case's pieces: how many there are, and of how many something may still be taken here."""
    many = "1 piece" if every == 1 else f"{every} pieces"
    return f"Case {case}: {many}" if here == every else f"Case {case}: {here} of {many} left here"


def of_its_block(represents: bool) -> str:
    """What an assessment says of the block; nothing where nobody was asked."""
    return "its block represents the tumour" if represents else ""


def in_comment(flag: str) -> str:
    """A flag that says nothing without a comment."""
    return f"{flag}: say in the comment which it is."


def same_sections(numbers: Sequence[str]) -> str:
    """Two pieces say that they hold the same section."""
    return f"SAME SECTIONS AS {names(tuple(numbers))}: two cut at once"


def lies_beside(number: str, gap: int) -> str:
    """How far a slide lies from the stained one that was looked at."""
    if gap == 1:
        return f"{number}, next to it"
    return f"{number}, {gap} sections away"
