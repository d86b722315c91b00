"""Commands from Find about what came of NIPT: the outcome of a sample, and QF-PCR of a prenatal specimen after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from gms_desktop import nipt_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.nipt import codes
from gms_desktop.domain.nipt.codes import Acceptance
from gms_desktop.domain.nipt.form import Form
from gms_desktop.domain.nipt.judgement import ACCEPTING, conditions_of
from gms_desktop.domain.nipt.result import Result
from gms_desktop.journal.database import Row
from gms_desktop.register import nipt_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import families, nipt, nipt_on_find, nipt_records, nipt_result_fields, rights
from gms_desktop.services.nipt_fields import Reading
from gms_desktop.services.nipt_records import Subject
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

FIND, JOB = "find", "nipt result"
_REPORTED = "reported"


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str, zone: str) -> Outcome:
    """Carry a command out on what Find shows, or ask what must be said first.

    Raises:
        NotAllowed: before anything is asked, when the person may not state it.
    """
    subject = (answer.subject if answer else "") or argument
    about = nipt_records.subject(ledger.db, subject.partition("|")[0])
    if about.specimen is None and about.request is None:
        return Outcome(words.nothing_in_hand(), place=FIND)
    actor = rights.actor(ledger.db, desk.place.bench)
    if actor is not None:
        rights.permitted(ledger, actor, JOB, zone)
    at = nipt.Desk(zone, {"by": "hand", "device": "screen"})
    return replace(_DO[given](ledger, at, about, answer, subject.partition("|")[2]), place=FIND)


def _result(ledger: Ledger, at: nipt.Desk, about: Subject, answer: Answer | None, stage: str) -> Outcome:
    number, judged_row = nipt_on_find.named(ledger.db, about), nipt_look_up.judgement(ledger.db, about.nipt)
    if judged_row is None:
        return Outcome(nipt_words.not_judged(number))
    asked = _asked(ledger, about, judged_row, number)
    if stage and answer is not None:
        return _read(ledger, at, asked, codes.Outcome(stage), answer)
    if asked.acceptance not in ACCEPTING:
        said = nipt_words.turned_away(number, asked.acceptance)
        return replace(asked.about(codes.Outcome.NOT_TESTED), verdict=said)
    if not asked.conditions:
        return Outcome(nipt_words.choice_not_clear(number))
    chosen = next((code for code in codes.OUTCOMES if answer and code in answer.choices), "")
    return asked.about(codes.Outcome(chosen)) if chosen else asked.which()


def _asked(ledger: Ledger, about: Subject, judged_row: Row, number: str) -> _Asked:
    row, known = nipt_look_up.form(ledger.db, about.nipt), nipt_records.private(ledger.db, about)
    judged, form = nipt_records.judgement(judged_row, known), nipt_records.form(row, known) if row else Form()
    conditions = conditions_of(form, judged)
    return _Asked(ledger, about, f"{nipt_words.PATHWAYS[form.pathway]} {number}", judged.acceptance, conditions)


def _read(ledger: Ledger, at: nipt.Desk, asked: _Asked, outcome: codes.Outcome, answer: Answer) -> Outcome:
    result, unread = nipt_result_fields.read(outcome, asked.trisomies, answer, at.today(ledger))
    told = nipt.state_result(ledger, at, asked.subject.nipt, result, unread)
    return told if told.drafts else asked.about(outcome, told.verdict.sentence, answer)


@dataclass(frozen=True)
class _Asked:
    """The questions about one sample's outcome: first which, then what belongs to it."""

    ledger: Ledger
    subject: Subject
    name: str
    acceptance: Acceptance
    conditions: str

    @property
    def trisomies(self) -> tuple[str, ...]:
        return codes.trisomies_of(self.conditions)

    def which(self) -> Outcome:
        """What testing came to."""
        stated = self._stated()
        asked = Question(
            Command.NIPT_RESULT,
            f"{self.name}, tested for {codes.CONDITIONS[self.conditions]}: what did testing come to?",
            tuple(Choice(code, said) for code, said in codes.OUTCOMES.items()),
            many=False,
            confirm="Go on",
            subject=self.subject.nipt,
            chosen=(stated.outcome.value,) if stated else (),
        )
        return Outcome(words.choose("NIPT outcome", asked.title), question=asked)

    def about(self, outcome: codes.Outcome, problem: str = "", answer: Answer | None = None) -> Outcome:
        """What belongs to an outcome."""
        last = self._stated()
        stated = last if last and last.outcome is outcome else None
        reasons = codes.NO_RESULT_REASONS if outcome is codes.Outcome.NO_RESULT else {}
        title = f"{self.name}: {codes.OUTCOMES[outcome.value].lower()}"
        asked = Question(
            Command.NIPT_RESULT,
            f"{title}. Why is there none?" if reasons else title,
            tuple(Choice(code, said) for code, said in reasons.items()),
            many=False,
            fields=nipt_result_fields.fields(outcome, self.acceptance, self.trisomies),
            confirm="Record this outcome",
            problems=(problem,) if problem else (),
            subject=f"{self.subject.nipt}|{outcome.value}",
            values=answer.fields if answer else nipt_result_fields.as_said(stated) if stated else (),
            chosen=answer.choices if answer else (stated.no_result,) if stated else (),
        )
        verdict = words.choose("There is a problem" if problem else "NIPT outcome", problem or title)
        return Outcome(verdict, question=asked)

    def _stated(self) -> Result | None:
        """What was stated last: a correction changes what is wrong and leaves the rest."""
        row = nipt_look_up.result(self.ledger.db, self.subject.nipt)
        return nipt_records.result(row) if row else None


def _qf_pcr(ledger: Ledger, at: nipt.Desk, about: Subject, answer: Answer | None, _stage: str) -> Outcome:
    specimen, stated = about.specimen, nipt_look_up.qf_pcr(ledger.db, about.nipt)
    if specimen is None or not (stated or families.is_prenatal(specimen)):
        return Outcome(nipt_words.not_prenatal(nipt_on_find.named(ledger.db, about)))
    if answer is None:
        return _asked_qf_pcr(specimen, _as_said(stated) if stated else Answer())
    chosen = next((one for one in nipt.INDICATIONS if one in answer.choices), "")
    reading = Reading(dict(answer.fields))
    day = reading.day(_REPORTED)
    if day and day > at.today(ledger):
        reading.problems.append(nipt_words.REPORTED_IN_FUTURE)
    unread = (*(() if chosen else (nipt_words.NO_INDICATION,)), *reading.problems)
    told = nipt.state_qf_pcr(ledger, at, about.nipt, chosen, day, unread)
    return told if told.drafts else _asked_qf_pcr(specimen, answer, told.verdict.sentence)


def _as_said(stated: Row) -> Answer:
    day = nipt_records.day_of(stated["reported"])
    return Answer((stated["indication"],), fields=((_REPORTED, dates.display(day)),) if day else ())


def _asked_qf_pcr(specimen: Row, said: Answer, problem: str = "") -> Outcome:
    asked = Question(
        Command.QF_PCR,
        f"Why was QF-PCR of {specimen['accession']} asked for?",
        tuple(Choice(one, nipt_words.INDICATIONS[one]) for one in nipt.INDICATIONS),
        many=False,
        fields=((_REPORTED, "Reported on; empty while the report is awaited"),),
        confirm="Record QF-PCR",
        problems=(problem,) if problem else (),
        subject=specimen["id"],
        values=said.fields,
        chosen=said.choices,
    )
    return Outcome(words.choose("There is a problem" if problem else "QF-PCR", problem or asked.title), question=asked)


_DO: Mapping[Command, Callable[[Ledger, nipt.Desk, Subject, Answer | None, str], Outcome]] = {
    Command.NIPT_RESULT: _result,
    Command.QF_PCR: _qf_pcr,
}
