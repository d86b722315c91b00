"""Commands about NIPT from Find: what its request states, and how the sample is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from gms_desktop import nipt_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.nipt import codes
from gms_desktop.domain.nipt.codes import Acceptance
from gms_desktop.domain.nipt.form import HISTORY, Form
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.journal.database import Database
from gms_desktop.register import nipt_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import nipt, nipt_fields, nipt_on_find, nipt_records
from gms_desktop.services.nipt_records import Subject
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.views import Answer, Choice, Question

FIND = "find"
_JUDGED = {
    "agreed_with": "With whom at the hospital it was agreed",
    "conditions": "Conditions as clarified: 1 T21, 2 T13/T18, 3 all",
    "clarified": "What was missing or differed",
    "clarified_with": "Who at the hospital said so",
    "repeat_asked": "Repeat blood asked for: yes or no",
    "missing": "Missing for the calculation when it came: yes or no",
}
_ASKED: Mapping[Acceptance, tuple[str, ...]] = {
    Acceptance.INELIGIBLE: (),
    Acceptance.REJECTED: ("repeat_asked", "missing"),
    Acceptance.DISCRETION: ("agreed_with", "conditions", "clarified", "clarified_with", "missing"),
    Acceptance.CLARIFIED: ("conditions", "clarified", "clarified_with", "missing"),
    Acceptance.ACCEPTED: ("missing",),
}
"""What is asked for with each acceptance code, beside its reasons and a comment."""

_YES_OR_NO = {"yes": True, "y": True, "no": False, "n": False}
_REASONS = {Acceptance.INELIGIBLE: codes.INELIGIBLE_REASONS, Acceptance.REJECTED: codes.REJECTION_REASONS}


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, given: Command, answer: Answer | None, argument: str, zone: str) -> Outcome:
    """Carry a command out on the sample that Find shows, or ask what must be said first."""
    subject = (answer.subject if answer else "") or argument
    about = nipt_records.subject(ledger.db, subject.partition("|")[0])
    if about.specimen is None and about.request is None:
        return Outcome(words.nothing_in_hand(), place=FIND)
    at = nipt.Desk(zone, {"by": "hand", "device": "screen"})
    sample = _Sample(about, nipt_on_find.named(ledger.db, about))
    return replace(_DO[given](ledger, at, sample, answer, subject), place=FIND)


@dataclass(frozen=True)
class _Sample:
    """The sample that Find shows, and its number; of one that never came, that of its request."""

    about: Subject
    number: str

    @property
    def id(self) -> str:
        return self.about.nipt

    @property
    def here(self) -> bool:
        return self.about.specimen is not None


def _form(ledger: Ledger, at: nipt.Desk, sample: _Sample, answer: Answer | None, _subject: str) -> Outcome:
    if answer is None:
        return _asked_form(ledger, sample, "What the form states, as it states it.")
    form, unread = nipt_fields.read(ledger.db, dict(answer.fields), tuple(c for c in answer.choices if c in HISTORY))
    outcome = nipt.state(ledger, at, sample.id, form, unread)
    if outcome.drafts:
        return outcome
    return _asked_form(ledger, sample, outcome.verdict.sentence, answer)


def _asked_form(ledger: Ledger, sample: _Sample, said: str, answer: Answer | None = None) -> Outcome:
    known = nipt.prefilled(ledger, sample.id)
    asked = Question(
        Command.NIPT_FORM,
        f"What does the NIPT form of {sample.number} state? Choose what it says of her history",
        tuple(Choice(code, codes.INELIGIBLE_REASONS[code]) for code in HISTORY),
        fields=nipt_fields.FIELDS,
        confirm="Record what it states",
        problems=(said,) if answer else (),
        subject=sample.id,
        values=answer.fields if answer else as_said(ledger.db, known) if known else (),
        chosen=answer.choices if answer else known.history if known else (),
    )
    return Outcome(words.choose("There is a problem" if answer else "NIPT form", said), question=asked)


def as_said(db: Database, form: Form) -> tuple[tuple[str, str], ...]:
    """A form as it would be typed into the fields."""
    first = nipt_on_find.named(db, nipt_records.subject(db, form.first)) if form.first else ""
    said = {
        "pathway": form.pathway.value,
        "sampled": dates.display(form.sampled) if form.sampled else "",
        "due": dates.display(form.due) if form.due else "",
        "weight": f"{form.weight.value} {form.weight.unit}" if form.weight else "",
        "fetuses": str(form.fetuses or ""),
        "postcode": form.postcode,
        "chance": str(form.chance or ""),
        "offered": {True: "yes", False: "no"}.get(form.offered, "") if form.offered is not None else "",
        "first": first,
    }
    coded = {name: getattr(form, name) for name in ("chorionicity", "ivf", "ethnicity", "conditions", "repeat_reason")}
    coded["sequence"] = form.sequence.value if form.sequence else ""
    said |= {name: nipt_fields.CODED[name].get(code, "") for name, code in coded.items()}
    return tuple((name, said.get(name, "")) for name, _ in nipt_fields.FIELDS)


def _judge(ledger: Ledger, at: nipt.Desk, sample: _Sample, answer: Answer | None, subject: str) -> Outcome:
    proposed = nipt.proposal(ledger, sample.id) if sample.here else None
    chosen = next((code for code in codes.ACCEPTANCES if answer and code in answer.choices), "")
    stage = subject.partition("|")[2]
    if not stage and not sample.here:
        return _asked_reasons(sample, Acceptance.REJECTED, stated=_stated(ledger, sample, Acceptance.REJECTED))
    if not stage and not chosen:
        return _asked_acceptance(sample, proposed)
    acceptance = Acceptance(stage or chosen)
    # Of a rejection it must be said whether repeat blood was asked for: it is never recorded at once.
    if not stage and proposed and proposed.acceptance is acceptance and acceptance is not Acceptance.REJECTED:
        outcome = nipt.judge(ledger, at, sample.id, proposed)
        if outcome.drafts:
            return outcome
    if not stage or answer is None:
        follow = proposed.rejection if proposed and acceptance is Acceptance.REJECTED else ()
        return _asked_reasons(sample, acceptance, chosen=follow, stated=_stated(ledger, sample, acceptance))
    judged, unread = _read_judgement(acceptance, answer)
    outcome = nipt.judge(ledger, at, sample.id, judged, unread)
    return outcome if outcome.drafts else _asked_reasons(sample, acceptance, outcome.verdict.sentence, answer)


def _asked_acceptance(sample: _Sample, proposed: Judgement | None) -> Outcome:
    hint = f" It follows: {codes.ACCEPTANCES[proposed.acceptance.value]}." if proposed else ""
    asked = Question(
        Command.NIPT_JUDGE,
        f"How is NIPT sample {sample.number} judged?{hint}",
        tuple(Choice(code, said) for code, said in codes.ACCEPTANCES.items()),
        many=False,
        confirm="Go on",
        subject=sample.id,
    )
    return Outcome(words.choose("Judge NIPT", asked.title), question=asked)


def _asked_reasons(
    sample: _Sample,
    acceptance: Acceptance,
    problem: str = "",
    answer: Answer | None = None,
    chosen: tuple[str, ...] = (),
    stated: Judgement | None = None,
) -> Outcome:
    asked = Question(
        Command.NIPT_JUDGE,
        f"{sample.number}: {codes.ACCEPTANCES[acceptance.value]}",
        _reasons(sample, acceptance),
        fields=tuple((name, _JUDGED[name]) for name in _ASKED[acceptance]),
        comment_label="Comment, needed for “Other”",
        confirm="Record this judgement",
        problems=(problem,) if problem else (),
        subject=f"{sample.id}|{acceptance.value}",
        values=answer.fields if answer else _as_judged(stated) if stated else (),
        chosen=answer.choices if answer else (*stated.ineligible, *stated.rejection) if stated else chosen,
    )
    return Outcome(
        words.choose("There is a problem" if problem else "Judge NIPT", problem or asked.title), question=asked
    )


def _stated(ledger: Ledger, sample: _Sample, acceptance: Acceptance) -> Judgement | None:
    """How it was judged before, where the same is said again: what is wrong is put right, and the rest stays."""
    row = nipt_look_up.judgement(ledger.db, sample.id)
    judged = nipt_records.judgement(row, nipt_records.private(ledger.db, sample.about)) if row else None
    return judged if judged and judged.acceptance is acceptance else None


def _as_judged(judged: Judgement) -> tuple[tuple[str, str], ...]:
    """A judgement as it would be typed into the fields that its acceptance code asks for."""
    said = {
        "agreed_with": judged.agreed_with,
        "conditions": codes.CONDITIONS.get(judged.conditions, ""),
        "clarified": judged.clarified,
        "clarified_with": judged.clarified_with,
        "repeat_asked": "yes" if judged.repeat_asked else "no",
        "missing": "yes" if judged.missing else "",
    }
    return tuple((name, said[name]) for name in _ASKED[judged.acceptance] if said[name])


def _reasons(sample: _Sample, acceptance: Acceptance) -> tuple[Choice, ...]:
    """Reasons to choose from: "not received" is of a sample that never came, and is the only one it has."""
    listed = _REASONS.get(acceptance, {}).items()
    if acceptance is not Acceptance.REJECTED:
        return tuple(Choice(code, said) for code, said in listed)
    return tuple(Choice(code, said) for code, said in listed if (code == codes.NOT_RECEIVED) != sample.here)


def _read_judgement(acceptance: Acceptance, answer: Answer) -> tuple[Judgement, tuple[str, ...]]:
    """A judgement, with the problems of what could not be read: none of it is taken for "no", or left out."""
    reading = nipt_fields.Reading(dict(answer.fields))
    chosen = tuple(code for code in _REASONS.get(acceptance, {}) if code in answer.choices)
    repeat_asked = reading.one_of("repeat_asked", _YES_OR_NO)
    if acceptance is Acceptance.REJECTED and not reading.text("repeat_asked"):
        reading.problems.append(nipt_words.REPEAT_UNSAID)
    judged = Judgement(
        acceptance,
        ineligible=chosen if acceptance is Acceptance.INELIGIBLE else (),
        rejection=chosen if acceptance is Acceptance.REJECTED else (),
        repeat_asked=bool(repeat_asked),
        conditions=reading.code("conditions", codes.CONDITIONS),
        clarified=reading.text("clarified"),
        clarified_with=reading.text("clarified_with"),
        agreed_with=reading.text("agreed_with"),
        missing=bool(reading.one_of("missing", _YES_OR_NO)),
        comment=answer.comment,
    )
    return judged, tuple(dict.fromkeys(reading.problems))


_DO: Mapping[Command, Callable[[Ledger, nipt.Desk, _Sample, Answer | None, str], Outcome]] = {
    Command.NIPT_FORM: _form,
    Command.NIPT_JUDGE: _judge,
}
