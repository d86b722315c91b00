"""First and repeat samples of one pregnancy: a repeat names the first, and a pregnancy has one first sample."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gms_desktop.domain.nipt.codes import Acceptance, Outcome, Pathway, RepeatReason, Sequence
from gms_desktop.domain.nipt.form import PREGNANCY_DAYS

UNKNOWN_FIRST, OTHER_PATIENT = "nipt-sample-first-unknown", "nipt-sample-first-of-another-patient"
FIRST_IS_REPEAT, FIRST_IS_LATER = "nipt-sample-first-is-a-repeat", "nipt-sample-first-was-drawn-later"
OTHER_PATHWAY = "nipt-sample-first-on-another-pathway"
NOT_REJECTED, HAS_RESULT = "nipt-sample-first-was-not-rejected", "nipt-sample-first-had-a-result"
TWO_FIRSTS = "nipt-sample-two-firsts"
_PREGNANCY = timedelta(days=PREGNANCY_DAYS)


@dataclass(frozen=True, slots=True)
class Sample:
    """What is known of one sample of a patient, as far as the order of samples rests on it."""

    id: str
    patient: str
    pathway: Pathway
    sequence: Sequence | None
    sampled: date | None = None
    due: date | None = None
    first: str = ""
    repeat_reason: str = ""
    acceptance: Acceptance | None = None
    outcome: Outcome | None = None


def same_pregnancy(one: Sample, other: Sample) -> bool:
    """Whether two samples of a patient may be of one pregnancy.

    Two pregnancies do not overlap: each was sampled before the other's child was due. Without a due date, a draw and
    280 days after it count; where no day is known at all, they may be.
    """
    for sampled, due in ((one.sampled, _end(other)), (other.sampled, _end(one))):
        if sampled is not None and due is not None and sampled > due:
            return False
    return True


def _end(sample: Sample) -> date | None:
    if sample.due is not None:
        return sample.due
    return sample.sampled + _PREGNANCY if sample.sampled is not None else None


def problems(sample: Sample, others: Iterable[Sample]) -> tuple[str, ...]:
    """What speaks against a sample's place among a patient's others, a stable code for each.

    Args:
        sample: the one that is to be recorded.
        others: samples known already, of this patient, and the one that a repeat names.
    """
    known = {other.id: other for other in others if other.id != sample.id}
    if sample.sequence is Sequence.REPEAT:
        return _repeat(sample, known.get(sample.first))
    if sample.sequence is Sequence.FIRST and any(_also_first(sample, other) for other in known.values()):
        return (TWO_FIRSTS,)
    return ()


def _also_first(sample: Sample, other: Sample) -> bool:
    """An ineligible sample opens no series: what follows it is no repeat by either of the table's two reasons."""
    return (
        other.sequence is Sequence.FIRST
        and other.patient == sample.patient
        and other.pathway is sample.pathway
        and other.acceptance is not Acceptance.INELIGIBLE
        and same_pregnancy(sample, other)
    )


def _repeat(sample: Sample, first: Sample | None) -> tuple[str, ...]:
    if first is None:
        return (UNKNOWN_FIRST,)
    found = []
    if first.patient != sample.patient:
        found.append(OTHER_PATIENT)
    if first.sequence is not Sequence.FIRST:
        found.append(FIRST_IS_REPEAT)
    if first.pathway is not sample.pathway:
        found.append(OTHER_PATHWAY)
    if first.sampled and sample.sampled and first.sampled > sample.sampled:
        found.append(FIRST_IS_LATER)
    # Only what is known speaks against the reason: the first sample may have been judged elsewhere.
    if sample.repeat_reason == RepeatReason.REJECTED and first.acceptance not in {None, Acceptance.REJECTED}:
        found.append(NOT_REJECTED)
    if sample.repeat_reason == RepeatReason.NO_RESULT and first.outcome not in {None, Outcome.NO_RESULT}:
        found.append(HAS_RESULT)
    return tuple(found)
