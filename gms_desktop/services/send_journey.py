"""A consignment after it is closed: the courier, its arrival, what came back or was left behind, who was told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from gms_desktop import send_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.standing import LEFT, State, Step, Told, after
from gms_desktop.domain.minting import instant
from gms_desktop.journal.database import Row
from gms_desktop.journal.kinds_of_consignments import MOST_TOLD
from gms_desktop.register import consignment_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import send_commands, send_item, send_recalls, sent_things
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.stored_things import Thing
from gms_desktop.services.views import Answer, Question

_BETWEEN = re.compile(r"[\s,;]+")
_AMISS = (Told.MISSING, Told.DAMAGED, Told.REJECTED)


def moment(ledger: Ledger, desk: Desk, said: str) -> tuple[str, str]:
    """A time that a person entered as UTC text, now where nothing was; or what is wrong with it."""
    now = ledger.clock.now()
    if not said.strip():
        return instant(now), ""
    today = dates.to_local(now, desk.time_zone).date()
    found = dates.instant(dates.collection_time(said.strip(), today), desk.time_zone).utc
    if found is None:
        return "", send_words.NO_TIME
    return ("", send_words.TIME_AHEAD) if found > now else (instant(found), "")


def fields_of(answer: Answer | None) -> dict[str, str]:
    """What a person entered, by field."""
    return {name: value.strip() for name, value in answer.fields} if answer else {}


def asked(
    given: Command, title: str, fields: tuple[tuple[str, str], ...], answer: Answer | None, problem: str
) -> Outcome:
    """The question, with what was entered and what is still wrong."""
    question = Question(
        given,
        title,
        fields=fields,
        confirm="Save it",
        problems=(problem,) if answer and problem else (),
        values=answer.fields if answer else (),
    )
    return Outcome(words.choose(title, problem), question=question)


def _step(ledger: Ledger, desk: Desk, step: Step) -> tuple[Row | None, Outcome]:
    """The consignment in view, where the step is for its state; else what is said instead."""
    row = send_commands.in_view(ledger, desk)
    if row is None:
        return None, Outcome(send_words.nothing_in_view())
    if after(State(row["state"]), step) is None:
        return None, Outcome(send_words.not_now(str(row["number"]), State(row["state"])))
    return row, Outcome(send_words.nothing_in_view())


def _hand_over(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    row, instead = _step(ledger, desk, Step.HAND_OVER)
    destination = send_item.profile(ledger.db, row) if row is not None else None
    if row is None or destination is None:
        return instead
    said = fields_of(answer)
    at, problem = moment(ledger, desk, said.get(send_words.AT, ""))
    if not said.get(send_words.COURIER) or not said.get(send_words.SIGNED):
        problem = send_words.NEEDS_COURIER
    if answer is None or problem:
        title = send_words.asks_hand_over(str(row["number"]))
        usual = Answer(fields=tuple((send_words.COURIER, one) for one in destination.couriers[:1]))
        shown, problem = (usual, "") if answer is None else (answer, problem)
        return asked(Command.SEND_HAND_OVER, title, send_words.HAND_OVER_FIELDS, shown, problem)
    if recalls := send_recalls.disputed_in(ledger.db, row):
        return Outcome(send_words.not_closed(recalls[:3], len(recalls), send_words.OPEN_IT_AGAIN))
    items = consignment_look_up.items(ledger.db, row["id"])
    _, stopped = send_commands.looked_at(ledger, row, destination, items)
    # What is gone already is recorded as it was; nobody could take anything out of it.
    if stopped and not said.get(send_words.AT):
        return Outcome(send_words.not_closed(stopped[:3], len(stopped), send_words.OR_SAY_WHEN))
    arrives = send_commands.expected(ledger, desk, destination, at)
    back = None
    if destination.return_days is not None:
        taken = dates.to_local(datetime.fromisoformat(at), desk.time_zone).date()
        back = (taken + timedelta(days=destination.return_days)).isoformat()
    pen = ledger.pen()
    body = {
        "consignment": row["id"],
        "courier": said[send_words.COURIER],
        "reference": said.get(send_words.REFERENCE) or None,
        "at": at,
        "expected": arrives.arrives.isoformat(),
        "return_by": back,
        "signed_by": pen.write(said[send_words.SIGNED], f"consignment:{row['id']}"),
        "bench": desk.place.bench,
    }
    day, door = dates.display(arrives.arrives), send_commands.door_words(arrives)
    verdict = send_words.handed_over(str(row["number"]), said[send_words.COURIER], day, door, len(stopped))
    return Outcome(verdict, (Draft("consignment.handed_over", body, pen.values, input=desk.told),))


def _arrived(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    row, instead = _step(ledger, desk, Step.ARRIVE)
    if row is None:
        return instead
    said, number = fields_of(answer), str(row["number"])
    at, problem = moment(ledger, desk, said.get(send_words.AT, ""))
    told, wrong = told_of(ledger, row, said)
    problem = problem or ("" if said.get(send_words.HOW) else send_words.NEEDS_HOW) or wrong
    if answer is None or problem:
        fields = send_words.ARRIVED_FIELDS
        return asked(Command.SEND_ARRIVED, send_words.asks_arrival(number), fields, answer, problem)
    pen = ledger.pen()
    note = pen.write(said.get(send_words.WORDS), f"consignment:{row['id']}")
    how = pen.write(said[send_words.HOW], f"consignment:{row['id']}")
    body = {"consignment": row["id"], "at": at, "how": how, "words": note, "bench": desk.place.bench}
    # An entry says so much at most: what is amiss with very many things is said in several of one act.
    lots = [told[start : start + MOST_TOLD] for start in range(0, len(told), MOST_TOLD)] or [[]]
    drafts = tuple(
        Draft("consignment.arrived", body | {"items": lot}, pen.values if place == 0 else (), input=desk.told)
        for place, lot in enumerate(lots)
    )
    amiss = sum(1 for *_, one in told if one != Told.RECEIVED)
    return Outcome(send_words.arrived(number, amiss), drafts)


def told_of(ledger: Ledger, row: Row, said: Mapping[str, str]) -> tuple[list[list[str]], str]:
    """What the receiver said of single things; one that was said to be amiss before, and is not now, was received."""
    items = {str(one["number"]).upper(): one for one in consignment_look_up.items(ledger.db, row["id"])}
    named = [(number, one) for one in _AMISS for number in _numbers(said.get(one.value, ""))]
    unknown = tuple(number for number, _ in named if number not in items)
    if unknown:
        return [], send_words.not_in_consignment(unknown, str(row["number"]))
    said_of = [number for number, _ in named]
    twice = tuple(dict.fromkeys(number for number in said_of if said_of.count(number) > 1))
    if twice:
        return [], send_words.named_twice(twice)
    now = {number: one.value for number, one in named}
    before = {number: Told.RECEIVED.value for number, one in items.items() if one["told"]}
    return [[items[number]["sort"], items[number]["item"], one] for number, one in (before | now).items()], ""


def _numbers(text: str) -> Iterable[str]:
    return dict.fromkeys(part.upper() for part in _BETWEEN.split(text) if part)


def _reconcile(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    row, instead = _step(ledger, desk, Step.RECONCILE)
    if row is None:
        return instead
    items = consignment_look_up.items(ledger.db, row["id"])
    missing = tuple(str(one["number"]) for one in items if one["told"] == Told.MISSING)
    if missing:
        return Outcome(send_words.still_missing(str(row["number"]), missing))
    done = send_commands.draft(ledger, desk, "consignment.reconciled", row)
    return Outcome(send_words.reconciled(str(row["number"])), (done,))


def _end(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    row, instead = _step(ledger, desk, Step.END)
    if row is None:
        return instead
    out = consignment_look_up.count(ledger.db, row["id"]) if row["return_by"] else 0
    if out:
        return Outcome(send_words.still_out(str(row["number"]), out))
    done = send_commands.draft(ledger, desk, "consignment.ended", row)
    return Outcome(send_words.ended(str(row["number"])), (done,))


def _in_hand(ledger: Ledger, desk: Desk, argument: str) -> tuple[Thing | None, Row | None]:
    """The thing that is meant, and the consignment that holds it."""
    sort, _, name = argument.partition(":")
    sort, name = (sort, name) if name else (desk.send.sort, desk.send.item)
    thing = sent_things.of_row(ledger.db, sort, name) if name else None
    return thing, consignment_look_up.packed_in(ledger.db, sort, name) if thing else None


def _left_behind(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    thing, row = _in_hand(ledger, desk, argument)
    if thing is None:
        return Outcome(send_words.nothing_in_hand())
    if row is None or State(row["state"]) is State.OPEN:
        return Outcome(send_words.where_packed(thing.name, ""))
    following = consignment_look_up.following(ledger.db, row["id"])
    open_one = next((str(one["number"]) for one in following if one["state"] == State.OPEN), "")
    verdict = send_words.left_behind(thing.name, str(row["number"]), open_one)
    return Outcome(verdict, (_returned(desk, row, thing, "left behind"),))


def _came_back(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    thing, row = _in_hand(ledger, desk, argument)
    if thing is None:
        return Outcome(send_words.nothing_in_hand())
    if row is None or State(row["state"]) not in LEFT:
        return Outcome(send_words.where_packed(thing.name, ""))
    return Outcome(send_words.came_back(thing.name, str(row["number"])), (_returned(desk, row, thing, "returned"),))


def _returned(desk: Desk, row: Row, thing: Thing, how: str) -> Draft:
    body = {"consignment": row["id"], "item": thing.id, "sort": thing.sort, "how": how, "bench": desk.place.bench}
    return Draft("consignment.item_returned", body, input=desk.told)


def _recall_told(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """A recall ends only with who was told, and when."""
    if answer is not None and answer.subject:
        argument = answer.subject
    thing, row = _in_hand(ledger, desk, argument)
    if thing is None:
        return Outcome(send_words.nothing_in_hand())
    if row is None or State(row["state"]) not in LEFT:
        return Outcome(send_words.no_recall(thing.name))
    said = fields_of(answer)
    at, problem = moment(ledger, desk, said.get(send_words.AT, ""))
    problem = problem or ("" if said.get(send_words.WHO) else send_words.NEEDS_WHO)
    if answer is None or problem:
        title = send_words.asks_recall(thing.name)
        question = asked(Command.SEND_RECALL_TOLD, title, send_words.RECALL_FIELDS, answer, problem)
        return Outcome(question.verdict, question=_about(question.question, thing.subject))
    pen = ledger.pen()
    body = {
        "consignment": row["id"],
        "item": thing.id,
        "sort": thing.sort,
        "receiver": row["name"],
        "who": pen.write(said[send_words.WHO], f"consignment:{row['id']}"),
        "at": at,
        "bench": desk.place.bench,
    }
    verdict = send_words.told(thing.name, said[send_words.WHO])
    return Outcome(verdict, (Draft("consignment.recall_told", body, pen.values, input=desk.told),))


def _about(question: Question | None, subject: str) -> Question | None:
    return replace(question, subject=subject) if question else None


DO: Mapping[Command, Callable[[Ledger, Desk, Answer | None, str], Outcome]] = {
    Command.SEND_HAND_OVER: _hand_over,
    Command.SEND_ARRIVED: _arrived,
    Command.SEND_RECONCILE: _reconcile,
    Command.SEND_END: _end,
    Command.SEND_LEFT_BEHIND: _left_behind,
    Command.SEND_CAME_BACK: _came_back,
    Command.SEND_RECALL_TOLD: _recall_told,
}
