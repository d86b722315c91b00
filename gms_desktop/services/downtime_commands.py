"""Commands on downtime numbers: enter a form, spoil a number, account for what is left of a pack, set numbers aside."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop import downtime_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused
from gms_desktop.register import downtime_look_up, look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import downtime_entry, downtime_issue, rights
from gms_desktop.services.downtime_entry import PLACE
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

COMMANDS = frozenset({Command.DOWNTIME_ENTER, Command.DOWNTIME_SPOIL, Command.DOWNTIME_REST, Command.DOWNTIME_RANGE})


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry out a command on downtime numbers, or ask what must be said first."""
    if given is Command.DOWNTIME_ENTER:
        return downtime_entry.enter(ledger, desk, answer)
    if given is Command.DOWNTIME_SPOIL:
        return _spoil(ledger, desk, answer)
    if given is Command.DOWNTIME_REST:
        return _rest(ledger, desk, answer, argument)
    return _range(ledger, desk, answer)


def _reasons(*codes: str) -> tuple[Choice, ...]:
    return tuple(Choice(code, downtime_words.REASONS[code]) for code in codes or downtime_words.REASONS)


def _chosen(answer: Answer | None, offered: tuple[Choice, ...]) -> str:
    return next((one.code for one in offered if answer and one.code in answer.choices), "")


def _asks(question: Question) -> Outcome:
    said = " ".join(question.problems) or "Answer, then confirm."
    return Outcome(words.choose(question.title, said), question=question, place=PLACE)


def _spoil(ledger: Ledger, desk: Desk, answer: Answer | None) -> Outcome:
    opened = desk.downtime
    if opened is None:
        return Outcome(downtime_words.nothing_open(), place=PLACE)
    number, offered = opened.number, _reasons()
    refusal = downtime_entry.unfit(ledger, desk.place.letter, number)
    if refusal is not None:
        desk.downtime = None
        return Outcome(refusal, place=PLACE)
    reason = _chosen(answer, offered)
    if not reason or (answer and answer.subject != number):
        missing = ("Choose the reason.",) if answer else ()
        return _asks(
            Question(
                command=Command.DOWNTIME_SPOIL,
                title=f"Why can {number} not be used?",
                choices=offered,
                many=False,
                comment_label="Comment",
                confirm=f"Spoil {number}",
                problems=missing,
                subject=number,
            )
        )
    desk.downtime = None
    spoiled = downtime_words.spoiled(number, downtime_words.REASONS[reason].lower())
    return Outcome(spoiled, (spoil_draft(ledger, desk, number, reason, answer.comment if answer else ""),), place=PLACE)


def spoil_draft(ledger: Ledger, desk: Desk, number: str, reason: str, comment: str = "") -> Draft:
    """The draft that takes a number out of use for ever."""
    pen = ledger.pen()
    body = {
        "number": number,
        "reason": reason,
        "comment": pen.write(comment.strip(), f"downtime:{number}"),
        "bench": desk.place.bench,
    }
    return Draft("downtime.number_spoiled", body, pen.values, desk.told)


def _rest(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    pack = (answer.subject if answer else "") or argument
    left = [row["id"] for row in downtime_look_up.numbers_of(ledger.db, pack) if row["state"] == "issued"]
    if desk.downtime and desk.downtime.number in left:
        return Outcome(downtime_words.other_number_open(desk.downtime.number, "the others"), place=PLACE)
    if not left:
        return Outcome(downtime_words.nothing_left(), place=PLACE)
    offered = _reasons(downtime_words.NOT_USED, downtime_words.MISSING)
    reason = _chosen(answer, offered)
    if not reason:
        numbers = left[0] if len(left) == 1 else f"{len(left)} numbers, {left[0]} to {left[-1]}"
        return _asks(
            Question(
                command=Command.DOWNTIME_REST,
                title=f"What became of {numbers}?",
                choices=offered,
                many=False,
                confirm=f"Account for {len(left)}",
                problems=("Choose what became of them.",) if answer else (),
                subject=pack,
            )
        )
    drafts = tuple(spoil_draft(ledger, desk, number, reason) for number in left)
    said = downtime_words.rest_accounted(len(left), downtime_words.REASONS[reason].lower())
    return Outcome(said, drafts, place=PLACE)


def _range(ledger: Ledger, desk: Desk, answer: Answer | None) -> Outcome:
    actor, laboratory = rights.actor(ledger.db, desk.place.bench), look_up.laboratory(ledger.db)
    if actor is None or laboratory is None:
        return Outcome(words.locked_scan(), place=PLACE)
    try:
        rights.permitted(ledger, actor, "downtime numbers", laboratory["time_zone"])
    except rights.NotAllowed as fault:
        return Outcome(fault.verdict, place=PLACE)
    question = Question(
        command=Command.DOWNTIME_RANGE,
        title="How many downtime numbers are set aside here?",
        fields=(("name", "Name of the set"), ("size", "How many numbers")),
        confirm="Set these numbers aside",
    )
    if answer is None:
        return _asks(question)
    said = dict(answer.fields)
    try:
        draft = downtime_issue.set_aside(ledger, said.get("name", ""), said.get("size", ""), actor.operator)
    except Refused as fault:
        return _asks(replace(question, problems=(str(fault),)))
    many = draft.body["last"] - draft.body["first"] + 1
    return Outcome(downtime_words.set_aside(draft.body["name"], many), (draft,), place=PLACE)
