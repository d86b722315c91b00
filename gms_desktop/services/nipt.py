"""NIPT at reception: what a request states, how its sample is judged, what testing came to. Makes drafts; no more.

Whoever records them passes the one gate of rights: stating is receiving, judging is accepting, rejecting or accepting
at discretion, and an outcome is stated by those who may state it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gms_desktop import nipt_words, words
from gms_desktop.domain.minting import instant
from gms_desktop.domain.nipt import codes, samples
from gms_desktop.domain.nipt import form as forms
from gms_desktop.domain.nipt import judgement as judgements
from gms_desktop.domain.nipt import result as results
from gms_desktop.domain.nipt.codes import Acceptance, Sequence
from gms_desktop.domain.nipt.eligibility import Eligibility, eligibility
from gms_desktop.domain.nipt.form import Form
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.domain.nipt.result import Result
from gms_desktop.domain.nipt.samples import Sample
from gms_desktop.journal.entry import Body
from gms_desktop.register import nipt_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import nipt_records, site_rules
from gms_desktop.services.nipt_clocks import local_day, receipt
from gms_desktop.services.nipt_records import Subject
from gms_desktop.services.outcome import Outcome

INDICATIONS = ("higher chance NIPT", "no result NIPT", "other")
"""Why QF-PCR was asked for; S06 counts the first two (lines 2139-2143)."""


@dataclass(frozen=True)
class Desk:
    """The laboratory's time zone, and how what is recorded came in."""

    time_zone: str
    told: dict[str, str]

    def today(self, ledger: Ledger) -> date:
        """The laboratory's day."""
        return local_day(instant(ledger.clock.now()), self.time_zone)


def state(ledger: Ledger, desk: Desk, nipt: str, form: Form, unread: Iterable[str] = ()) -> Outcome:
    """Record what a request states; stated anew, the later statement holds.

    Args:
        ledger: the bench's ledger, inside a transaction.
        desk: the laboratory's.
        nipt: a specimen's identity, or a request's where no specimen ever came.
        form: what it states.
        unread: problems of what was typed and could not be read.
    """
    about = nipt_records.subject(ledger.db, nipt)
    found = [*unread, *forms.problems(form), *_dates(ledger, desk, about, form), *_order(ledger, about, form)]
    if found:
        return _problems(found)
    shown = shown_by(ledger, form)
    asked = (
        *(f"{one} is not stated" for one in shown.asked),
        *([] if form.conditions else ["condition choice not clear"]),
    )
    body, pen = _named(about), ledger.pen()
    body |= {
        "pathway": form.pathway.value,
        "sampled": _day(form.sampled),
        "weight": {"value": str(form.weight.value), "unit": form.weight.unit} if form.weight else None,
        "due": pen.write(_day(form.due), about.private),
        "fetuses": form.fetuses,
        "chorionicity": form.chorionicity or None,
        "ivf": form.ivf or None,
        "ethnicity": pen.write(form.ethnicity, about.private),
        "postcode": pen.write(form.postcode, about.private),
        "conditions": form.conditions or None,
        "chance": form.chance,
        "offered": form.offered,
        "history": list(form.history),
        "sequence": form.sequence.value if form.sequence else None,
        "first": form.first or None,
        "repeat_reason": form.repeat_reason or None,
    }
    again = nipt_look_up.judgement(ledger.db, nipt) is not None
    said = nipt_words.judge_again() if again else nipt_words.stated(shown.reasons, asked)
    return Outcome(said, (Draft("nipt.stated", body, pen.values, desk.told),))


def prefilled(ledger: Ledger, nipt: str) -> Form | None:
    """What was stated last: of this sample, or of its request before the tube came; None where nothing was.

    It is offered to whoever states the form of the tube, and is recorded under the tube only by them.
    """
    about = nipt_records.subject(ledger.db, nipt)
    names = dict.fromkeys([nipt, *([about.request["id"]] if about.request else [])])
    rows = (nipt_look_up.form(ledger.db, name) for name in names)
    row = next((one for one in rows if one is not None), None)
    return nipt_records.form(row, nipt_records.private(ledger.db, about)) if row else None


def shown_by(ledger: Ledger, form: Form) -> Eligibility:
    """What a form shows of eligibility; gestation of a repeat is that of its first sample."""
    first = nipt_records.sample(ledger.db, form.first) if form.first else None
    return eligibility(form, first.sampled if first else None)


def proposal(ledger: Ledger, nipt: str) -> Judgement | None:
    """The judgement that follows from the form and from what was decided of the tube; None where a person must say.

    It is offered, never recorded by itself.
    """
    about = nipt_records.subject(ledger.db, nipt)
    row = nipt_look_up.form(ledger.db, nipt)
    if about.specimen is not None and about.specimen["outcome"] == "rejected":
        return Judgement(Acceptance.REJECTED, rejection=_rejection(ledger, about.specimen["reasons"]))
    if row is None:
        return None
    form = nipt_records.form(row, nipt_records.private(ledger.db, about))
    shown = shown_by(ledger, form)
    if shown.reasons:
        return Judgement(Acceptance.INELIGIBLE, ineligible=shown.reasons)
    return Judgement(Acceptance.ACCEPTED) if shown.eligible and form.conditions else None


def _rejection(ledger: Ledger, reasons: str | None) -> tuple[str, ...]:
    """Codes of rejection reasons, as the laboratory's own reasons map to them."""
    nipt_of = {one.code: one.nipt for one in site_rules.reasons(ledger.db, "reject")}
    found = (nipt_of.get(code, "") for code in nipt_records.listed(reasons))
    return tuple(dict.fromkeys(code for code in found if code))


def judge(ledger: Ledger, desk: Desk, nipt: str, judged: Judgement, unread: Iterable[str] = ()) -> Outcome:
    """Record how a sample is judged, on what its request was last known to state.

    Args:
        ledger: the bench's ledger, inside a transaction.
        desk: the laboratory's.
        nipt: the record's name.
        judged: what a person decided, and who clarified or agreed it with whom.
        unread: problems of what was typed and could not be read.
    """
    about = nipt_records.subject(ledger.db, nipt)
    row = nipt_look_up.form(ledger.db, nipt)
    form = nipt_records.form(row, nipt_records.private(ledger.db, about)) if row else None
    shown = shown_by(ledger, form) if form else Eligibility()
    found = [*unread, *judgements.problems(form, judged, shown, here=about.specimen is not None)]
    if found:
        return _problems(found)
    pen, last = ledger.pen(), f"last:nipt:{nipt}"
    body = _named(about)
    body |= {
        "acceptance": judged.acceptance.value,
        "ineligible": list(judged.ineligible),
        "rejection": list(judged.rejection),
        "repeat_asked": judged.repeat_asked,
        "conditions": judged.conditions or None,
        "clarified": pen.write(judged.clarified.strip(), about.private),
        "clarified_with": pen.write(judged.clarified_with.strip(), about.private),
        "agreed_with": pen.write(judged.agreed_with.strip(), about.private),
        "missing": judged.missing,
        "comment": pen.write(judged.comment.strip(), about.private),
        "shown": {"reasons": list(shown.reasons), "asked": list(shown.asked)},
        "day": desk.today(ledger).isoformat(),
        "rests_on": ledger.driver.holders([last])[last],
    }
    return Outcome(nipt_words.judged(judged), (Draft("nipt.judged", body, pen.values, desk.told),))


def state_result(ledger: Ledger, desk: Desk, nipt: str, result: Result, unread: Iterable[str] = ()) -> Outcome:
    """Record what testing came to, as the analysing system states it; a reported rejection has an outcome too.

    Stated anew, the later statement holds.

    Args:
        ledger: the bench's ledger, inside a transaction.
        desk: the laboratory's.
        nipt: the record's name.
        result: what testing came to.
        unread: problems of what was typed and could not be read.
    """
    db = ledger.db
    about = nipt_records.subject(db, nipt)
    row, judged = nipt_look_up.form(db, nipt), nipt_look_up.judgement(db, nipt)
    known = nipt_records.private(db, about)
    decided = nipt_records.judgement(judged, known) if judged else None
    form = nipt_records.form(row, known) if row else Form()
    conditions = judgements.conditions_of(form, decided) if decided else form.conditions
    accepted = decided is not None and decided.acceptance in judgements.ACCEPTING
    day = receipt(db, about.specimen, desk.time_zone).day if about.specimen else None
    found = [*unread, *([] if decided else [results.NOT_TO_BE_TESTED])]
    if accepted and not conditions and result.outcome is not codes.Outcome.NOT_TESTED:
        found.append(judgements.NOT_CLEAR)
    found += results.problems(result, conditions, day, accepted=accepted)
    if found:
        return _problems(found)
    body: Body = {
        "nipt": nipt,
        "outcome": result.outcome.value,
        "no_result": result.no_result or None,
        "results": {name: code for name, code in result.results.items() if code},
        "scores": {name: said for name, said in result.scores.items() if said},
        "fetal_fraction": _fraction(result),
        "runs": result.runs,
        "authorised": _day(result.authorised),
        "reported": _day(result.reported),
        "then": result.then.value if result.then else None,
        "source": "entered",
    }
    return Outcome(nipt_words.outcome(result), (Draft("nipt.result_stated", body, input=desk.told),))


def state_qf_pcr(
    ledger: Ledger, desk: Desk, specimen: str, indication: str, reported: date | None, unread: Iterable[str] = ()
) -> Outcome:
    """Record why QF-PCR was asked for of a prenatal specimen, and when it was reported.

    Raises:
        ValueError: for an indication that is none of :data:`INDICATIONS`.
        LookupError: for a specimen that is not known here.
    """
    about, found = nipt_records.subject(ledger.db, specimen), [*unread]
    if about.specimen is None:
        raise LookupError(specimen)
    if reported and reported < receipt(ledger.db, about.specimen, desk.time_zone).day:
        found.append(results.TOO_EARLY)
    if found:
        return _problems(found)
    if indication not in INDICATIONS:
        raise ValueError(indication)
    body = {"specimen": specimen, "indication": indication, "reported": _day(reported), "source": "entered"}
    return Outcome(nipt_words.qf_pcr(reported is not None), (Draft("nipt.qf_pcr_stated", body, input=desk.told),))


def _dates(ledger: Ledger, desk: Desk, about: Subject, form: Form) -> list[str]:
    if form.sampled is None:
        return []
    if form.sampled > desk.today(ledger):
        return [nipt_words.SAMPLED_IN_FUTURE]
    came = receipt(ledger.db, about.specimen, desk.time_zone).day if about.specimen else None
    return [nipt_words.SAMPLED_AFTER_RECEIPT] if came and form.sampled > came else []


def _order(ledger: Ledger, about: Subject, form: Form) -> tuple[str, ...]:
    """Whether the sample's place among the patient's others is right. One whose patient is unknown has no others."""
    if form.sequence is Sequence.REPEAT and not form.first:
        return ()
    db = ledger.db
    names = nipt_look_up.of_patient(db, about.patient) if about.patient else []
    found = [nipt_records.sample(db, name) for name in dict.fromkeys([*names, form.first]) if name]
    # What was stated of the request before its tube came is of this same sample, unless it was judged never to come.
    before = about.request["id"] if about.request else ""
    others = [one for one in found if one is not None and (one.id != before or one.acceptance is not None)]
    own = Sample(
        id=about.nipt,
        patient=about.patient,
        pathway=form.pathway,
        sequence=form.sequence,
        sampled=form.sampled,
        due=form.due,
        first=form.first,
        repeat_reason=form.repeat_reason,
    )
    return samples.problems(own, others)


def _named(about: Subject) -> Body:
    return {
        "nipt": about.nipt,
        "specimen": about.specimen["id"] if about.specimen else None,
        "request": about.request["id"] if about.request else None,
    }


def _fraction(result: Result) -> dict[str, str] | None:
    return {"value": result.fetal_fraction, "unit": result.fraction_unit} if result.fetal_fraction else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _problems(found: Iterable[str]) -> Outcome:
    said = dict.fromkeys(nipt_words.problem(code) for code in found)
    return Outcome(words.choose("There is a problem", " ".join(said)))
