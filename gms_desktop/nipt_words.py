"""Every sentence about NIPT that a person sees: what was met, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from gms_desktop import words
from gms_desktop.domain.calendars import CalendarNotLoaded
from gms_desktop.domain.dates import MONTHS, display
from gms_desktop.domain.findings import Severity
from gms_desktop.domain.nipt import codes, findings, form, judgement, result, samples
from gms_desktop.domain.nipt.codes import Acceptance, Pathway
from gms_desktop.domain.nipt.findings import Found
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.domain.nipt.periods import Period
from gms_desktop.domain.nipt.result import Result
from gms_desktop.domain.verdicts import Verdict, VerdictKind

SAMPLED_IN_FUTURE, SAMPLED_AFTER_RECEIPT = "nipt-form-sampled-in-future", "nipt-form-sampled-after-received"
DATE_UNREADABLE, WEIGHT_UNREADABLE, NUMBER_UNREADABLE = "nipt-form-date", "nipt-form-weight", "nipt-form-number"
NOT_CHOSEN, FIRST_NOT_FOUND = "nipt-form-choice", "nipt-form-first-not-found"
POSTCODE_UNREADABLE = "nipt-form-postcode"
REPORTED_IN_FUTURE, RUNS_UNREADABLE = "nipt-result-in-future", "nipt-result-runs"
FRACTION_UNREADABLE, RESULT_NOT_CHOSEN = "nipt-result-fetal-fraction", "nipt-result-choice"

NO_INDICATION, REPEAT_UNSAID = "nipt-qf-pcr-without-indication", "nipt-judged-repeat-unsaid"

PATHWAYS: Final = {Pathway.FASP: "NIPT screening", Pathway.R445: "NIPT R445"}
INDICATIONS: Final = {
    "higher chance NIPT": "Higher chance NIPT result",
    "no result NIPT": "“No result” of NIPT",
    "other": "Another reason: not counted by S06",
}
NO_FORM_YET = "what its form states is not recorded"
CHOICE_NOT_CLEAR = "not clear: ask the requestor before any analysis"
NOT_JUDGED = "not judged: no outcome can be stated yet"
NO_OUTCOME = "awaited"

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
    NOT_CHOSEN: "An answer is not on its list. Enter one of the answers that its field names, or its code.",
    FIRST_NOT_FOUND: "No sample has that number here. Find it first, then enter the first sample's number.",
    POSTCODE_UNREADABLE: "A postcode has at most 8 letters and digits. Enter it as on the form.",
    REPORTED_IN_FUTURE: "A date is in the future. Check the year.",
    RUNS_UNREADABLE: "Enter the number of runs in digits.",
    FRACTION_UNREADABLE: "Enter the fetal fraction with its unit: 8.5 %, or 0.085 of 1. No unit is assumed.",
    RESULT_NOT_CHOSEN: "An answer is not one of those that its field names. Enter the number or the words it names.",
    NO_INDICATION: "Choose why QF-PCR was asked for.",
    REPEAT_UNSAID: "Enter whether repeat blood was asked for: yes or no.",
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
    """That working days cannot be counted beyond the calendar, and which years it covers."""
    return (
        f"The calendar is not loaded for {display(fault.day)}: it covers {covered(fault.since, fault.until)}. "
        "Approve a longer one: gms-desktop site-rule bank-holidays."
    )


def covered(since: date, until: date) -> str:
    """What a calendar of bank holidays covers: its years where they are whole."""
    days = f"{display(since)} to {display(until)}"
    whole = (since.month, since.day, until.month, until.day) == (1, 1, 12, 31)
    return f"the years {since.year} to {until.year} ({days})" if whole else days


def period(one: Period) -> str:
    """A month as "Oct 2026", a quarter as "2026-27 Q3, Oct to Dec 2026"."""
    first, last = (MONTHS[day.month - 1] for day in (one.first, one.last))
    if one.sort == "month":
        return f"{first} {one.first.year}"
    return f"{one.name}, {first} to {last} {one.last.year}"


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


def outcome(tested: Result) -> Verdict:
    """An outcome is recorded: all of it is read back."""
    return Verdict(VerdictKind.FINISHED, "Outcome recorded", f"{outcome_said(tested)}. Read it against its report.")


def outcome_said(tested: Result) -> str:
    """What testing came to, in one line."""
    said = [codes.OUTCOMES[tested.outcome]]
    given = [(one, tested.results.get(one, "")) for one in codes.TRISOMIES]
    said += [f"{one} {codes.RESULTS[code].lower()}" for one, code in given if code]
    if tested.no_result:
        said.append(_lower(codes.NO_RESULT_REASONS[tested.no_result]))
    if tested.then is not None:
        said.append(tested.then.value)
    if tested.reported is not None:
        said.append(f"reported {display(tested.reported)}")
    return ", ".join(said)


def _lower(said: str) -> str:
    # An abbreviation keeps its capitals.
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]


def not_judged(number: str) -> Verdict:
    """An outcome is to be stated of a sample that nobody has judged."""
    said = f"NIPT sample {number} has not been judged, so it has no outcome yet. Record what its form states, judge it,"
    return words.refused("Judge it first", f"{said} then state the outcome.")


def choice_not_clear(number: str) -> Verdict:
    """An outcome is to be stated of a sample of which nobody knows what it is screened for."""
    said = f"What {number} is screened for is not clear, and it may not be analysed before it is. Clarify it with the"
    more = "requestor, record it with the form or the judgement, then state the outcome."
    return words.refused("Choice not clear", f"{said} {more}")


def turned_away(number: str, acceptance: Acceptance) -> Verdict:
    """An outcome is to be stated of a sample that was not accepted: all it can have is the day that this was told."""
    said = f"{number} was judged “{codes.ACCEPTANCES[acceptance]}”, so its outcome is “Not tested”."
    return words.choose("NIPT outcome", f"{said} Enter the day on which the maternity service was told.")


def not_prenatal(number: str) -> Verdict:
    """QF-PCR after NIPT is of prenatal diagnostic specimens."""
    said = f"{number} is no prenatal specimen. QF-PCR after NIPT is stated of amniotic fluid, chorionic villus or"
    return words.refused("Not this specimen", f"{said} fetal blood: find that one.")


def qf_pcr(reported: bool) -> Verdict:
    """What is known of QF-PCR is recorded."""
    said = "Its indication and its report" if reported else "Its indication; its report is awaited"
    return Verdict(VerdictKind.FINISHED, "QF-PCR recorded", f"{said}.")


SEVERITIES: Final = {
    Severity.BLOCK: "put right first",
    Severity.WARN: "check",
    Severity.NOTE: "note",
}


def month_heading(blocked: int, rows: int, month: str) -> str:
    """What the month's file asks for first."""
    if not rows:
        return f"No NIPT sample stands in the file of {month}"
    if not blocked:
        return f"Nothing to put right in the NIPT file of {month}"
    return f"{'1 row' if blocked == 1 else f'{blocked} rows'} to put right before {month} is submitted"


def month_saved(folder: str, names: Sequence[str], blocked: int) -> str:
    """The month's files are written."""
    left = f" {blocked} to put right before they are submitted: see the findings." if blocked else ""
    return f"{', '.join(names)} are written to {folder}. They hold names and NHS numbers: keep them accordingly.{left}"


NO_RULE = "No thresholds are in force for this period. Approve some: gms-desktop site-rule nipt-metrics."
WAITS = "Its NIPT form and its judgement wait: find it (F9)"
