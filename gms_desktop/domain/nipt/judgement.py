"""How a sample was judged: acceptance code, reasons, who clarified or agreed what (lines 1741-1752, 1954-1982)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gms_desktop.domain.nipt import codes
from gms_desktop.domain.nipt.codes import Acceptance, Pathway
from gms_desktop.domain.nipt.eligibility import Eligibility
from gms_desktop.domain.nipt.form import Form

NO_INELIGIBLE, NO_REJECTION = "nipt-judged-no-ineligible-reason", "nipt-judged-no-rejection-reason"
REASON_TOO_MANY = "nipt-judged-reason-of-another-code"
NOBODY_AGREED, NOBODY_CLARIFIED = "nipt-judged-nobody-agreed", "nipt-judged-nobody-clarified"
NOTHING_CLARIFIED = "nipt-judged-nothing-clarified"
NOT_CLEAR = "nipt-judged-condition-not-clear"
NOT_ELIGIBLE, NOT_ASKED = "nipt-judged-form-shows-ineligible", "nipt-judged-form-is-incomplete"
OTHER_UNSAID = "nipt-judged-other-without-comment"
NO_SUCH_CODE = "nipt-judged-code-unknown"
R445_INELIGIBLE = "nipt-judged-r445-has-no-fasp-rule"
NOT_RECEIVED_BUT_HERE = "nipt-judged-not-received-but-here"
NO_FORM = "nipt-judged-without-a-form"
CODES: Final = frozenset(
    {NO_INELIGIBLE, NO_REJECTION, REASON_TOO_MANY, NOBODY_AGREED, NOBODY_CLARIFIED, NOTHING_CLARIFIED, NOT_CLEAR}
    | {NOT_ELIGIBLE, NOT_ASKED, OTHER_UNSAID, NO_SUCH_CODE, R445_INELIGIBLE, NOT_RECEIVED_BUT_HERE, NO_FORM}
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided about a sample.

    Attributes:
        acceptance: the code.
        ineligible: codes of ineligible reasons, the leading one first: the file has room for one.
        rejection: codes of rejection reasons, the leading one first.
        repeat_asked: whether repeat bloods were asked for.
        conditions: the condition choice as clarified, where the form left it unclear.
        clarified: what was missing or differed, in words.
        clarified_with: who at the requesting hospital said so.
        agreed_with: with whom at the requesting hospital a discretionary acceptance was agreed.
        missing: whether information that the result is calculated from was missing when the sample came (S03).
        comment: in words; needed for "Other".
    """

    acceptance: Acceptance
    ineligible: tuple[str, ...] = ()
    rejection: tuple[str, ...] = ()
    repeat_asked: bool = False
    conditions: str = ""
    clarified: str = ""
    clarified_with: str = ""
    agreed_with: str = ""
    missing: bool = False
    comment: str = ""


ACCEPTING: Final = frozenset({Acceptance.DISCRETION, Acceptance.CLARIFIED, Acceptance.ACCEPTED})


def conditions_of(form: Form, judgement: Judgement) -> str:
    """What is tested for: as clarified, else as the form states it; empty while nobody knows."""
    return judgement.conditions or form.conditions


def problems(form: Form | None, judged: Judgement, shown: Eligibility, *, here: bool) -> tuple[str, ...]:
    """What speaks against recording a judgement, a stable code for each.

    Args:
        form: what the request states; None when no form came.
        judged: what somebody wants to record.
        shown: what the form shows of eligibility.
        here: whether there is a specimen: one that never came has none.
    """
    found = [*_reasons(judged, here=here)]
    match judged.acceptance:
        case Acceptance.INELIGIBLE if form is not None and form.pathway is Pathway.R445:
            found.append(R445_INELIGIBLE)
        case Acceptance.DISCRETION if not judged.agreed_with:
            found.append(NOBODY_AGREED)
        case Acceptance.CLARIFIED:
            found += [NOTHING_CLARIFIED] if not (judged.clarified or judged.conditions) else []
    if (judged.conditions or judged.clarified) and not judged.clarified_with:
        found.append(NOBODY_CLARIFIED)
    if judged.acceptance in ACCEPTING:
        found += _accepting(form, judged, shown)
    return tuple(dict.fromkeys(found))


def _reasons(judged: Judgement, *, here: bool) -> list[str]:
    ineligible, rejected = (judged.acceptance is one for one in (Acceptance.INELIGIBLE, Acceptance.REJECTED))
    found = []
    if ineligible and not judged.ineligible:
        found.append(NO_INELIGIBLE)
    if rejected and not judged.rejection:
        found.append(NO_REJECTION)
    if (judged.ineligible and not ineligible) or (judged.rejection and not rejected):
        found.append(REASON_TOO_MANY)
    known = set(judged.ineligible) <= codes.INELIGIBLE_REASONS.keys()
    known = known and set(judged.rejection) <= codes.REJECTION_REASONS.keys()
    if not known or (judged.conditions and judged.conditions not in codes.CONDITIONS):
        found.append(NO_SUCH_CODE)
    other = codes.OTHER_INELIGIBLE in judged.ineligible or codes.OTHER_REJECTION in judged.rejection
    if other and not judged.comment:
        found.append(OTHER_UNSAID)
    # A specimen that is here was received; one that is not here can only be judged as not received.
    if (codes.NOT_RECEIVED in judged.rejection) == here:
        found.append(NOT_RECEIVED_BUT_HERE)
    return found


def _accepting(form: Form | None, judged: Judgement, shown: Eligibility) -> list[str]:
    """A sample is analysed only when the choice is clear; code 5 says that nothing had to be asked or agreed."""
    if form is None:
        return [NO_FORM]
    found = [] if conditions_of(form, judged) else [NOT_CLEAR]
    if shown.reasons and judged.acceptance is not Acceptance.DISCRETION:
        found.append(NOT_ELIGIBLE)
    if judged.acceptance is Acceptance.ACCEPTED and (shown.asked or judged.conditions or judged.clarified):
        found.append(NOT_ASKED)
    return found


def may_be_analysed(form: Form, judged: Judgement | None) -> bool:
    """Whether analysis may begin: the sample was accepted, and what it is screened for is clear (line 1747)."""
    return judged is not None and judged.acceptance in ACCEPTING and bool(conditions_of(form, judged))
