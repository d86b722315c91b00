"""Commands about holds, requests that may proceed, consent and urgent work, from Receive and from Find."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gms_desktop import hold_words, review_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import Row
from gms_desktop.register import decision_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, hold_terms, proceed_commands, repeat_requests, urgent_commands
from gms_desktop.services.decision_subject import Subject, subject
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out, or ask what must be said first."""
    standing = desk.question.subject if desk.question else ""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question)
    about = subject(ledger.db, argument or (answer.subject if answer else "") or standing)
    desk.last_code = ""
    outcome = _in_dispute(ledger, about) or _DO[given](ledger, desk, about, answer)
    told = {"by": "hand", "device": "screen"}
    outcome = replace(outcome, drafts=tuple(replace(draft, input=told) for draft in outcome.drafts))
    if about.on_receive:
        desk.question = outcome.question
        return outcome
    return replace(outcome, place="find")


def _in_dispute(ledger: Ledger, about: Subject) -> Outcome | None:
    specimen = about.specimen
    row = case_list.held(ledger.db, f"specimen:{specimen['id']}") if specimen else None
    if specimen is None or row is None:
        return None
    return Outcome(review_words.in_dispute(str(specimen["accession"]), case_list.row_title(row)))


def _follow_up(ledger: Ledger, desk: Desk, about: Subject, answer: Answer | None) -> Outcome:
    """Of a hold that somebody was chased, or what they answered; of a rejection the letter that asks for another."""
    specimen = about.specimen
    if specimen is None:
        return Outcome(words.nothing_in_hand())
    held = next(iter(decision_look_up.open_holds(ledger.db, specimen["id"])[::-1]), None)
    if held is None:
        if specimen["outcome"] == "rejected":
            return repeat_requests.draft(ledger, desk, specimen)
        return Outcome(hold_words.nothing_to_follow(str(specimen["accession"])))
    problems = _problems(answer) if answer else ()
    if answer is None or problems:
        return _asks(about, specimen, problems)
    return _followed(ledger, specimen, held, answer)


_ANSWERED = "answered"


def _problems(answer: Answer) -> tuple[str, ...]:
    chosen = [code for code in answer.choices if code == _ANSWERED or code in hold_words.HOW]
    if len(chosen) != 1:
        return (hold_words.say_how(),)
    if chosen == [_ANSWERED] and not answer.comment.strip():
        return (hold_words.say_what(),)
    return hold_terms.problems(answer)


def _asks(about: Subject, specimen: Row, problems: tuple[str, ...]) -> Outcome:
    choices = tuple(Choice(code, said) for code, said in hold_words.HOW.items())
    question = Question(
        Command.FOLLOW_UP,
        hold_words.follow_up(str(specimen["accession"])),
        (*choices, Choice(_ANSWERED, hold_words.ANSWERED, needs_comment=True)),
        many=False,
        comment_label=hold_words.SAID_LABEL,
        fields=((hold_terms.WHOM, hold_words.WHOM_LABEL), (hold_terms.BY, hold_words.NEXT_LABEL)),
        confirm="Record it",
        problems=problems,
        subject=about.argument,
    )
    return Outcome(words.choose("Follow up", " ".join(problems) or hold_words.say_how()), question=question)


def _followed(ledger: Ledger, specimen: Row, held: Row, answer: Answer) -> Outcome:
    said, pen, number = dict(answer.fields), ledger.pen(), str(specimen["accession"])
    about = f"specimen:{specimen['id']}"
    body = {"specimen": specimen["id"], "hold": held["hold"]}
    body["whom"] = pen.write(said.get(hold_terms.WHOM, "").strip() or None, about)
    text = pen.write(answer.comment.strip() or None, about)
    if _ANSWERED in answer.choices:
        answered = Draft("hold.answered", body | {"answer": text}, pen.values)
        return Outcome(hold_words.was_answered(number), (answered,))
    day = dates.read_day(said.get(hold_terms.BY, "").strip())
    chased = {"how": answer.choices[0], "comment": text, "chase_by": day.isoformat() if day else None}
    verdict = hold_words.was_chased(number, (held["chased"] or 0) + 1)
    return Outcome(verdict, (Draft("hold.chased", body | chased, pen.values),))


def _assess(ledger: Ledger, _desk: Desk, about: Subject, answer: Answer | None) -> Outcome:
    return proceed_commands.assess(ledger, about, answer)


def _consent(ledger: Ledger, _desk: Desk, about: Subject, answer: Answer | None) -> Outcome:
    return proceed_commands.state_consent(ledger, about, answer)


def _raise(ledger: Ledger, _desk: Desk, about: Subject, answer: Answer | None) -> Outcome:
    return urgent_commands.raise_priority(ledger, about, answer)


def _urgent(ledger: Ledger, _desk: Desk, about: Subject, answer: Answer | None) -> Outcome:
    return urgent_commands.urgent(ledger, about, answer)


_DO: Mapping[Command, Callable[[Ledger, Desk, Subject, Answer | None], Outcome]] = {
    Command.FOLLOW_UP: _follow_up,
    Command.ASSESS_REQUEST: _assess,
    Command.STATE_CONSENT: _consent,
    Command.RAISE_PRIORITY: _raise,
    Command.URGENT: _urgent,
}
