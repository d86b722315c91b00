"""Every sentence about NIPT that a person sees: what was met, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gms_desktop.domain.calendars import CalendarNotLoaded
from gms_desktop.domain.dates import display
from gms_desktop.domain.nipt import codes, findings, form, judgement, result, samples
from gms_desktop.domain.nipt.codes import Outcome
from gms_desktop.domain.nipt.findings import Found
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.domain.verdicts import Verdict, VerdictKind

SAMPLED_IN_FUTURE, SAMPLED_AFTER_RECEIPT = "nipt-form-sampled-in-future", "nipt-form-sampled-after-received"
DATE_UNREADABLE, WEIGHT_UNREADABLE, NUMBER_UNREADABLE = "nipt-form-date", "nipt-form-weight", "nipt-form-number"
NOT_CHOSEN, FIRST_NOT_FOUND = "nipt-form-choice", "nipt-form-first-not-found"
POSTCODE_UNREADABLE = "nipt-form-postcode"

PROBLEMS: Final = {
    form.TWINS_UNSAID: "These are twins. Enter their chorionicity; choose “Unknown” where the form does not say it.",
    form.SINGLETON_SAID: "Chorionicity is of twins only. Leave it empty, or correct the number of fetuses.",
    form.NO_FIRST: "A repeat sample names the first one. Scan or enter the first sample's number.",
    form.FIRST_OF_FIRST: "A first sample follows no other. Choose “Repeat sample”, or leave the other's number empty.",
    form.NO_REASON: "Choose why the sample was repeated: the first one was rejected, or gave no result.",
    form.REASON_OF_FIRST: "A first sample is no repeat. Choose “Repeat sample”, or leave the reason for it empty.",
    form.NO_SEQUENCE: "Choose whether this is the first sample or a repeat.",
    form.UNKNOWN_CODE: "One of the codes is not on its list. Choose it from the list.",
    form.NO_FETUS: "Enter the number of fetuses, from 1.",
    form.NO_CHANCE: "Enter the chance as the N of “1 in N”.",
    SAMPLED_IN_FUTURE: "The date of the draw is in the future. Check the year.",
    SAMPLED_AFTER_RECEIPT: "The sample is dated after it was received. Ask the requesting hospital when it was drawn.",
    DATE_UNREADABLE: "A date is not understood. Write it as day, month in letters, year: 05-Oct-2026.",
    WEIGHT_UNREADABLE: "Enter the weight with its unit: 68.5 kg, 150 lb or 11 st. No unit is assumed.",
    NUMBER_UNREADABLE: "Enter fetuses and chance as whole numbers.",
    NOT_CHOSEN: "Choose from the list, or enter its code.",
    FIRST_NOT_FOUND: "No sample has that number here. Find it first, then enter the first sample's number.",
    POSTCODE_UNREADABLE: "A postcode has at most 8 letters and digits. Enter it as on the form.",
    samples.UNKNOWN_FIRST: "The first sample is not known here as NIPT. Record what its request states first.",
    samples.OTHER_PATIENT: "The first sample is of another patient. Check its number against the form.",
    samples.FIRST_IS_REPEAT: "The sample named is a repeat itself. Name the first sample of this pregnancy.",
    samples.FIRST_IS_LATER: "The first sample was drawn after this one. Check both dates.",
    samples.OTHER_PATHWAY: "The first sample is on the other pathway. R445 and the screening pathway are kept apart.",
    samples.NOT_REJECTED: "The first sample was not rejected. Choose the other reason, or correct its judgement.",
    samples.HAS_RESULT: "The first sample gave a result. Check why this repeat was asked for.",
    samples.TWO_FIRSTS: "This pregnancy has a first sample. Record this one as its repeat, or check the due date.",
    judgement.NO_INELIGIBLE: "Choose why the sample is ineligible.",
    judgement.NO_REJECTION: "Choose why the sample is rejected.",
    judgement.REASON_TOO_MANY: "The reason belongs to another acceptance code. Choose one of the two.",
    judgement.NOBODY_AGREED: "Enter with whom at the requesting hospital it was agreed.",
    judgement.NOBODY_CLARIFIED: "Enter who at the requesting hospital clarified it.",
    judgement.NOTHING_CLARIFIED: "Enter what was missing or differed, or the condition choice as clarified.",
    judgement.NOT_CLEAR: "The condition choice is not clear. Clarify it with the requestor before any analysis.",
    judgement.NOT_ELIGIBLE: "The form shows a reason for ineligibility. Judge it as ineligible, or at discretion.",
    judgement.NOT_ASKED: "Something was missing or was asked for. Judge it as accepted after clarifying.",
    judgement.OTHER_UNSAID: "Enter a comment for “Other”.",
    judgement.NO_SUCH_CODE: "One of the codes is not on its list. Choose it from the list.",
    judgement.R445_INELIGIBLE: "R445 has no rule of the screening pathway. Reject it, or accept it.",
    judgement.NOT_RECEIVED_BUT_HERE: "“Sample not received” is for samples that never came, and only it is for those.",
    judgement.NO_FORM: "Record what the request states before the sample is accepted.",
    result.NO_REASON: "Choose why there is no result.",
    result.REASON_UNASKED: "There is a reason for no result, yet the outcome is another. Choose one of the two.",
    result.NOT_ALL: "Enter the result of each trisomy that was tested for.",
    result.TOO_MANY: "A result is entered of a trisomy that was not chosen. Leave it empty.",
    result.NO_SUCH_CODE: "One of the codes is not on its list. Choose it from the list.",
    result.NOT_DECIMAL: "Enter scores and fetal fraction as decimals with a point: 8.5.",
    result.NOT_IN_ORDER: "The result is authorised after it was reported. Check both dates.",
    result.TOO_EARLY: "A date is before the sample was received. Check it.",
    result.NOT_TO_BE_TESTED: "The sample was not accepted for testing. Judge it first.",
    result.NO_THEN: "Choose what was asked or told: repeat bloods requested, or no result after two samples.",
    result.NO_REPORT_DATE: "Enter the day on which it was reported to the maternity service.",
}

_FOUND: Final = {
    findings.ABSENT: "is empty, and the table makes it mandatory",
    findings.BLANK: "is empty, and the table asks for it",
    findings.CODE: "holds a code that its list does not have",
    findings.DATE: "is no date of the form CCYY-MM-DD",
    findings.DECIMAL: "is no decimal with a point",
    findings.WHOLE: "is no whole number",
    findings.POSTCODE: "is no postcode of at most 8 letters and digits",
    findings.NHS: "is no NHS number of 10 digits whose last digit agrees",
    findings.ODS: "is no ODS code of at most 5 capital letters and digits",
    findings.NO_IDENTITY: "or forename, surname and postcode are missing, or the birth date is",
    findings.NOT_ASKED: "stands, and is asked for only where {detail}",
    findings.TESTED_UNACCEPTED: "says tested, and the sample was not accepted",
    findings.ACCEPTED_UNTESTED: "says not tested, and the sample was accepted",
    findings.CONDITION_NOT_CHOSEN: "is of a condition that was not chosen",
    findings.SAMPLE_AFTER_RECEIPT: "is after {detail}",
    findings.RECEIVED_AFTER_REPORT: "is after {detail}",
    findings.AUTHORISED_AFTER_REPORT: "is after {detail}",
    findings.BORN_AFTER_SAMPLE: "is after {detail}",
    findings.NOT_RECEIVED: "is empty, since the sample was not received; the table makes it mandatory all the same",
    findings.RECEIVED_AFTER_ALL: "stands, and the sample is said not to have been received",
    findings.WRONG_TUBE: "is 2 or 7, which say the same: count them together",
    findings.DUPLICATE: "stands {detail}",
}
ENTRIES: Final = {
    "nipt.stated": "what the NIPT request states",
    "nipt.judged": "NIPT sample judged",
    "nipt.result_stated": "NIPT outcome stated",
    "nipt.qf_pcr_stated": "QF-PCR after NIPT stated",
}


def problem(code: str) -> str:
    """A problem in words."""
    return PROBLEMS[code]


def found(one: Found) -> str:
    """A finding about a row in words: which item, and what about it; never the value."""
    return f"{one.item} {_FOUND[one.code].format(detail=one.detail)}."


def entry(kind: str, acceptance: str = "") -> str:
    """What was recorded, for a history."""
    said = codes.ACCEPTANCES.get(acceptance, "")
    return ENTRIES[kind] + (f": {said[0].lower()}{said[1:]}" if said else "")


def not_loaded(fault: CalendarNotLoaded) -> str:
    """That working days cannot be counted beyond the calendar."""
    return (
        f"The calendar is not loaded for {display(fault.day)}: it goes from {display(fault.since)} to "
        f"{display(fault.until)}. Approve a longer one: gms-desktop site-rule bank-holidays."
    )


def stated(reasons: Sequence[str], asked: Sequence[str]) -> Verdict:
    """What a request states is recorded: what speaks against eligibility, and what is to be asked."""
    if reasons:
        said = "; ".join(codes.INELIGIBLE_REASONS[code] for code in reasons)
        return Verdict(
            VerdictKind.ATTENTION, "Form shows ineligible", f"{said}. Judge the sample before anything else."
        )
    if asked:
        held = "Hold the sample and ask the requesting hospital"
        return Verdict(VerdictKind.ATTENTION, "Ask the requestor", f"{held}: {', '.join(asked)}.")
    return Verdict(
        VerdictKind.FINISHED, "Form recorded", "Everything is stated, and nothing speaks against the sample."
    )


def judge_again() -> Verdict:
    """What the request states has changed after the sample was judged."""
    said = "It was judged on what the request stated before. Judge it again on what it states now."
    return Verdict(VerdictKind.ATTENTION, "Judge it again", said)


def judged(said: Judgement) -> Verdict:
    """A judgement is recorded."""
    kind = VerdictKind.ACCEPTED if said.acceptance in judgement.ACCEPTING else VerdictKind.ATTENTION
    repeat = " Repeat bloods are requested." if said.repeat_asked else ""
    return Verdict(kind, "Judged", f"{codes.ACCEPTANCES[said.acceptance]}.{repeat}")


def outcome(tested: Outcome) -> Verdict:
    """An outcome is recorded."""
    return Verdict(VerdictKind.FINISHED, "Outcome recorded", f"{codes.OUTCOMES[tested]}, as it was entered.")


def qf_pcr(reported: bool) -> Verdict:
    """What is known of QF-PCR is recorded."""
    said = "Its indication and its report" if reported else "Its indication; its report is awaited"
    return Verdict(VerdictKind.FINISHED, "QF-PCR recorded", f"{said}.")


WAITS = "Its NIPT form and its judgement wait: find it (F9)."
NO_RULE = "No thresholds are in force for this period. Approve some: gms-desktop site-rule nipt-metrics."
