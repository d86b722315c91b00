"""Commands about labels on their way: came out or not, print again, spoil, put off, drop, try the printer now.

They are given on Devices about a copy of the queue, named by "label:" and its id; those about a label of which nobody
knows whether it came out also at reception, about the tube in hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from gms_desktop import queue_words, review_words, words
from gms_desktop.domain import label_queue as rule
from gms_desktop.domain.commands import Command
from gms_desktop.domain.label_sorts import stuck_on
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Row
from gms_desktop.register import label_look_up, look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, receive_commands, site_rules
from gms_desktop.services.label_queue_view import LABEL
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.site_rules import Reason
from gms_desktop.services.situation import open_situation
from gms_desktop.services.views import Answer, Choice, Question

PLACE = "devices"
_NOT_OUT = rule.OUT - {rule.SENDING}


@dataclass(frozen=True)
class _Given:
    """A command about one copy."""

    ledger: Ledger
    desk: Desk
    row: Row
    answer: Answer | None

    @property
    def number(self) -> str:
        return str(self.row["accession"])

    @property
    def named(self) -> dict[str, str]:
        return {"label": str(self.row["id"])}


def takes(given: Command, argument: str, answer: Answer | None) -> bool:
    """Whether a command is about a copy of the queue."""
    return given in _ALWAYS or (given in _OF_A_COPY and _named(argument, answer).startswith(LABEL))


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry out a command about the queue, or ask what must be said first."""
    desk.told = {"by": "hand", "device": "screen"}
    on_devices = _named(argument, answer).startswith(LABEL)
    if desk.question is not None and not on_devices:
        return Outcome(words.answer_first(desk.question.title), question=desk.question)
    if on_devices:
        return replace(_carried_out(ledger, desk, given, answer, argument), place=PLACE)
    if given is Command.LABEL_NOT_OUT and not site_rules.reasons(ledger.db, "not out"):
        # The reason is asked of the tube in hand, as of any other reprint there.
        return receive_commands.command(ledger, desk, Command.PRINT_AGAIN, None)
    return _carried_out(ledger, desk, given, answer, argument)


def _carried_out(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    if given in _OF_ALL:
        return _OF_ALL[given](ledger, desk)
    row = _row(ledger, desk, argument, answer)
    if row is None:
        return Outcome(words.nothing_in_hand())
    about = f"specimen:{row['specimen']}" if row["specimen"] else row["subject"]
    if (dispute := case_list.held(ledger.db, about)) is not None:
        return Outcome(review_words.in_dispute(str(row["accession"]), case_list.row_title(dispute)))
    return _OF_A_COPY[given](_Given(ledger, desk, row, answer))


def _named(argument: str, answer: Answer | None) -> str:
    return (answer.subject if answer else "") or argument


def _row(ledger: Ledger, desk: Desk, argument: str, answer: Answer | None) -> Row | None:
    named = _named(argument, answer)
    if named.startswith(LABEL):
        row = look_up.row(ledger.db, "label", named.removeprefix(LABEL))
        return row if row is not None and row["bench"] == desk.place.bench else None
    here = open_situation(ledger.db, desk.place.bench)
    return here.in_hand.label if here and here.in_hand else None


def _came_out(it: _Given) -> Outcome:
    if it.row["state"] not in _NOT_OUT:
        return Outcome(queue_words.gone(it.number))
    seen = Draft("label.printed", {**it.named, "said_by": "person"}, input=it.desk.told)
    return Outcome(queue_words.came_out(it.number), (seen,))


def _did_not(it: _Given) -> Outcome:
    """The next copy, for the reason that nothing came out; where the laboratory has none such, its reason is asked."""
    if it.row["state"] not in _NOT_OUT:
        return Outcome(queue_words.gone(it.number))
    for reason in site_rules.reasons(it.ledger.db, "not out")[:1]:
        return _printed_again(it, reason, queue_words.not_out(it.number, int(it.row["copy"]) + 1))
    return _print_again(it)


def _print_again(it: _Given) -> Outcome:
    if it.row["state"] in rule.QUEUED:
        return Outcome(queue_words.in_queue(it.number))
    if it.row["state"] == "spoiled" or it.row["id"] != _copies(it)[0]["id"]:
        return Outcome(queue_words.gone(it.number))
    title, confirm = queue_words.why_again(it.number), queue_words.again(it.number)
    reason = _reason(it, "reprint")
    if reason is None:
        return _asked(it, Command.PRINT_AGAIN, "reprint", title, confirm)
    destroy = it.row["state"] in rule.OUT or it.row["state"] == "verified"
    said = queue_words.printing_again(it.number, int(it.row["copy"]) + 1, destroy=destroy)
    return _printed_again(it, reason, said)


def _copies(it: _Given) -> list[Row]:
    """Every copy of the same label, newest first."""
    if it.row["specimen"] is None:
        return label_look_up.of_subject(it.ledger.db, stuck_on(it.row["id"], it.row["subject"]))
    return look_up.labels_of_number(it.ledger.db, it.number)


def _printed_again(it: _Given, reason: Reason, said: Verdict) -> Outcome:
    drafts, label = receive_commands.reprint(it.desk, it.row, reason)
    return Outcome(said, drafts, print_labels=(label,))


def _spoiled(it: _Given) -> Outcome:
    return _ended(it, Command.LABEL_SPOILED, "spoil", f"What is wrong with label {it.number}?", queue_words.spoiled)


def _put_off(it: _Given) -> Outcome:
    return _ended(it, Command.PUT_LABEL_OFF, "put off", f"Why is label {it.number} put off?", queue_words.put_off)


def _ended(it: _Given, given: Command, used_for: str, title: str, said: Callable[[str], Verdict]) -> Outcome:
    if it.row["state"] in {"verified", "spoiled"}:
        return Outcome(queue_words.gone(it.number))
    reason = _reason(it, used_for)
    if reason is None:
        verb = "Spoil label {n}" if used_for == "spoil" else "Put label {n} off"
        return _asked(it, given, used_for, title, verb.format(n=it.number))
    kind = "label.spoiled" if used_for == "spoil" else "label.put_off"
    return Outcome(said(it.number), (Draft(kind, {**it.named, "reason": reason.code}, input=it.desk.told),))


def _drop(it: _Given) -> Outcome:
    if it.row["state"] != rule.INTENDED:
        return Outcome(queue_words.gone(it.number))
    return Outcome(queue_words.dropped(it.number), (Draft("label.dropped", it.named, input=it.desk.told),))


def _drop_all(ledger: Ledger, desk: Desk) -> Outcome:
    waiting = _waiting(ledger)
    if not waiting:
        return Outcome(queue_words.queue_empty())
    drafts = tuple(Draft("label.dropped", {"label": label}, input=desk.told) for label in waiting)
    return Outcome(queue_words.all_dropped(len(drafts)), drafts)


def _run(ledger: Ledger, _desk: Desk) -> Outcome:
    waiting = _waiting(ledger)
    if not waiting:
        return Outcome(queue_words.queue_empty())
    return Outcome(queue_words.tried(len(waiting)), print_labels=tuple(waiting[:1]))


def _waiting(ledger: Ledger) -> list[str]:
    rows = label_look_up.queue(ledger.db, ledger.head.writer)
    return [str(row["id"]) for row in rows if row["state"] == rule.INTENDED]


def _reason(it: _Given, used_for: str) -> Reason | None:
    offered = site_rules.reasons(it.ledger.db, used_for)
    return next((reason for reason in offered if it.answer and reason.code in it.answer.choices), None)


def _asked(it: _Given, given: Command, used_for: str, title: str, confirm: str) -> Outcome:
    choices = tuple(Choice(one.code, one.words) for one in site_rules.reasons(it.ledger.db, used_for))
    asked = Question(given, title, choices, many=False, confirm=confirm, subject=f"{LABEL}{it.row['id']}")
    return Outcome(words.choose(confirm, "Choose the reason, then confirm."), question=asked)


_OF_ALL: Mapping[Command, Callable[[Ledger, Desk], Outcome]] = {
    Command.RUN_QUEUE: _run,
    Command.DROP_QUEUE: _drop_all,
}
_OF_A_COPY: Mapping[Command, Callable[[_Given], Outcome]] = {
    Command.LABEL_CAME_OUT: _came_out,
    Command.LABEL_NOT_OUT: _did_not,
    Command.DROP_LABEL: _drop,
    Command.PRINT_AGAIN: _print_again,
    Command.LABEL_SPOILED: _spoiled,
    Command.PUT_LABEL_OFF: _put_off,
}
_ALWAYS = frozenset({*_OF_ALL, Command.LABEL_CAME_OUT, Command.LABEL_NOT_OUT, Command.DROP_LABEL})
