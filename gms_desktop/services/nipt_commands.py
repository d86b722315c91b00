"""Commands about NIPT from Find: what its request states, how the sample is judged, what testing came to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gms_desktop import nipt_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.nipt import codes
from gms_desktop.domain.nipt.codes import Acceptance
from gms_desktop.domain.nipt.form import HISTORY, Form
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, nipt_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import nipt, nipt_fields
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.views import Answer, Choice, Offer, Question

FIND = "find"
_TUBES = ("cell-free dna", "nipt")
_JUDGED = (
    ("conditions", "Conditions as clarified: 1 T21, 2 T13/T18, 3 all"),
    ("clarified", "What was missing or differed"),
    ("clarified_with", "Who at the hospital said so"),
    ("agreed_with", "With whom it was agreed"),
    ("repeat_asked", "Repeat blood asked for: yes or no"),
    ("missing", "Missing for the calculation when it came: yes or no"),
)
_REASONS = {Acceptance.INELIGIBLE: codes.INELIGIBLE_REASONS, Acceptance.REJECTED: codes.REJECTION_REASONS}


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, given: Command, answer: Answer | None, argument: str, zone: str) -> Outcome:
    """Carry a command out on the specimen that Find shows, or ask what must be said first."""
    subject = (answer.subject if answer else "") or argument
    specimen = look_up.row(ledger.db, "specimen", subject.partition("|")[0])
    if specimen is None:
        return Outcome(words.nothing_in_hand(), place=FIND)
    at = nipt.Desk(zone, {"by": "hand", "device": "screen"})
    return replace(_DO[given](ledger, at, specimen, answer, subject), place=FIND)


def is_nipt(db: Database, specimen: Row) -> bool:
    """Whether a specimen is of the sort that NIPT is drawn into, or has a record of NIPT."""
    kind = (specimen["type"] or "").casefold()
    return any(tube in kind for tube in _TUBES) or nipt_look_up.form(db, specimen["id"]) is not None


def offers(db: Database, specimen: Row | None) -> tuple[Offer, ...]:
    """What Find offers about a NIPT sample."""
    if specimen is None or not is_nipt(db, specimen):
        return ()
    number, name = specimen["accession"], specimen["id"]
    stated = nipt_look_up.form(db, name) is not None
    judged = nipt_look_up.judgement(db, name) is not None
    return (
        Offer(Command.NIPT_FORM, "What the NIPT form states", usual=not stated, argument=name),
        Offer(Command.NIPT_JUDGE, f"Judge NIPT {number}", usual=stated and not judged, argument=name),
    )


def waits(db: Database, specimen: Row) -> str:
    """What is still to be said of a NIPT sample that was accepted at reception; empty of any other."""
    if not is_nipt(db, specimen) or nipt_look_up.judgement(db, specimen["id"]) is not None:
        return ""
    return nipt_words.WAITS


def facts(db: Database, specimen: Row) -> tuple[tuple[str, str], ...]:
    """How a NIPT sample was judged."""
    judged = nipt_look_up.judgement(db, specimen["id"])
    if judged is None:
        return ()
    return (("NIPT judgement", codes.ACCEPTANCES.get(judged["acceptance"], judged["acceptance"])),)


def _form(ledger: Ledger, at: nipt.Desk, specimen: Row, answer: Answer | None, _subject: str) -> Outcome:
    if answer is None:
        return _asked_form(ledger, specimen, "What the form states, as it states it.")
    form, unread = nipt_fields.read(ledger.db, dict(answer.fields), tuple(c for c in answer.choices if c in HISTORY))
    outcome = nipt.state(ledger, at, specimen["id"], form, unread)
    if outcome.drafts:
        return outcome
    return _asked_form(ledger, specimen, outcome.verdict.sentence, answer)


def _asked_form(ledger: Ledger, specimen: Row, said: str, answer: Answer | None = None) -> Outcome:
    known = nipt.prefilled(ledger, specimen["id"])
    asked = Question(
        Command.NIPT_FORM,
        f"What does the NIPT form of {specimen['accession']} state? Choose what it says of her history",
        tuple(Choice(code, codes.INELIGIBLE_REASONS[code]) for code in HISTORY),
        fields=nipt_fields.FIELDS,
        confirm="Record what it states",
        problems=(said,) if answer else (),
        subject=specimen["id"],
        values=answer.fields if answer else as_said(ledger.db, known) if known else (),
    )
    return Outcome(words.choose("There is a problem" if answer else "NIPT form", said), question=asked)


def as_said(db: Database, form: Form) -> tuple[tuple[str, str], ...]:
    """A form as it would be typed into the fields."""
    first = look_up.row(db, "specimen", form.first) if form.first else None
    said = {
        "pathway": form.pathway.value,
        "sampled": dates.display(form.sampled) if form.sampled else "",
        "due": dates.display(form.due) if form.due else "",
        "weight": f"{form.weight.value} {form.weight.unit}" if form.weight else "",
        "fetuses": str(form.fetuses or ""),
        "postcode": form.postcode,
        "chance": str(form.chance or ""),
        "offered": {True: "yes", False: "no"}.get(form.offered, "") if form.offered is not None else "",
        "first": str(first["accession"]) if first else "",
    }
    coded = {name: getattr(form, name) for name in ("chorionicity", "ivf", "ethnicity", "conditions", "repeat_reason")}
    coded["sequence"] = form.sequence.value if form.sequence else ""
    said |= {name: nipt_fields.CODED[name].get(code, "") for name, code in coded.items()}
    return tuple((name, said.get(name, "")) for name, _ in nipt_fields.FIELDS)


def _judge(ledger: Ledger, at: nipt.Desk, specimen: Row, answer: Answer | None, subject: str) -> Outcome:
    proposed = nipt.proposal(ledger, specimen["id"])
    chosen = next((code for code in codes.ACCEPTANCES if answer and code in answer.choices), "")
    stage = subject.partition("|")[2]
    if not stage and not chosen:
        return _asked_acceptance(specimen, proposed)
    acceptance = Acceptance(stage or chosen)
    if not stage and proposed and proposed.acceptance is acceptance:
        outcome = nipt.judge(ledger, at, specimen["id"], proposed)
        if outcome.drafts:
            return outcome
    if not stage or answer is None:
        return _asked_reasons(specimen, acceptance)
    outcome = nipt.judge(ledger, at, specimen["id"], _read_judgement(acceptance, answer))
    return outcome if outcome.drafts else _asked_reasons(specimen, acceptance, outcome.verdict.sentence, answer)


def _asked_acceptance(specimen: Row, proposed: Judgement | None) -> Outcome:
    hint = f" It follows: {codes.ACCEPTANCES[proposed.acceptance.value]}." if proposed else ""
    asked = Question(
        Command.NIPT_JUDGE,
        f"How is NIPT sample {specimen['accession']} judged?{hint}",
        tuple(Choice(code, said) for code, said in codes.ACCEPTANCES.items()),
        many=False,
        confirm="Go on",
        subject=specimen["id"],
    )
    return Outcome(words.choose("Judge NIPT", asked.title), question=asked)


def _asked_reasons(specimen: Row, acceptance: Acceptance, problem: str = "", answer: Answer | None = None) -> Outcome:
    asked = Question(
        Command.NIPT_JUDGE,
        f"{specimen['accession']}: {codes.ACCEPTANCES[acceptance.value]}",
        tuple(Choice(code, said) for code, said in _REASONS.get(acceptance, {}).items()),
        fields=_JUDGED,
        comment_label="Comment, needed for “Other”",
        confirm="Record this judgement",
        problems=(problem,) if problem else (),
        subject=f"{specimen['id']}|{acceptance.value}",
        values=answer.fields if answer else (),
    )
    return Outcome(
        words.choose("There is a problem" if problem else "Judge NIPT", problem or asked.title), question=asked
    )


def _read_judgement(acceptance: Acceptance, answer: Answer) -> Judgement:
    said = {name: value.strip() for name, value in answer.fields}
    conditions = said.get("conditions", "")
    by_words = next((code for code, name in codes.CONDITIONS.items() if name == conditions), conditions)
    chosen = tuple(code for code in _REASONS.get(acceptance, {}) if code in answer.choices)
    return Judgement(
        acceptance,
        ineligible=chosen if acceptance is Acceptance.INELIGIBLE else (),
        rejection=chosen if acceptance is Acceptance.REJECTED else (),
        repeat_asked=said.get("repeat_asked", "").casefold() in {"yes", "y"},
        conditions=by_words if by_words in codes.CONDITIONS else "",
        clarified=said.get("clarified", ""),
        clarified_with=said.get("clarified_with", ""),
        agreed_with=said.get("agreed_with", ""),
        missing=said.get("missing", "").casefold() in {"yes", "y"},
        comment=answer.comment,
    )


_DO: Mapping[Command, Callable[[Ledger, nipt.Desk, Row, Answer | None, str], Outcome]] = {
    Command.NIPT_FORM: _form,
    Command.NIPT_JUDGE: _judge,
}
