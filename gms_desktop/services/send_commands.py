"""Commands at a consignment: open, box or bag, take out, close, take back; what comes after stands in send_journey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from gms_desktop import manifest_words, send_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.arrival import Arrival, arrival
from gms_desktop.domain.consignments.destinations import Destination
from gms_desktop.domain.consignments.packing import Item, at_closing
from gms_desktop.domain.consignments.standing import State, Step, after
from gms_desktop.journal.database import Row
from gms_desktop.register import consignment_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, send_item, send_scans, send_together, sent_things, site_rules
from gms_desktop.services.at_send import AtSend
from gms_desktop.services.find import local_minute
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

if TYPE_CHECKING:
    from gms_desktop.services.send_manifest import Made

_BY_SCREEN = {"by": "hand", "device": "screen"}
_URGENT = "+urgent"
_MOST_OFFERED = 20
_SAID = 3


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given.name.startswith("SEND_")


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out at a consignment, or ask what must be said first."""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=send_scans.PLACE)
    desk.told = dict(_BY_SCREEN)
    done = _DO.get(given)
    if done is None:
        done = _further(given)
    outcome = done(ledger, desk, answer, argument)
    desk.question = outcome.question
    return replace(outcome, place=send_scans.PLACE)


def _further(given: Command) -> Callable[[Ledger, Desk, Answer | None, str], Outcome]:
    """What is done after closing, and at what was sent to us."""
    from gms_desktop.services import destination_commands, incoming_commands, send_chase, send_correcting, send_journey

    ours = {Command.SEND_INCOMING: incoming_commands.show, Command.SEND_ANSWER: incoming_commands.write}
    ours |= {Command.SEND_CHASE: send_chase.chase, Command.SEND_CORRECT: send_correcting.correct}
    return ours.get(given) or destination_commands.DO.get(given) or send_journey.DO[given]


def in_view(ledger: Ledger, desk: Desk) -> Row | None:
    """The consignment that is open at this bench's screen."""
    return consignment_look_up.consignment(ledger.db, desk.send.consignment)


def rests_on(ledger: Ledger, row: Row) -> str | None:
    """The last entry about a consignment: what a decision about it rests on."""
    last = f"last:consignment:{row['id']}"
    return ledger.driver.holders([last])[last]


def draft(ledger: Ledger, desk: Desk, kind: str, row: Row) -> Draft:
    """A decision about a consignment that says nothing more."""
    body = {"consignment": row["id"], "rests_on": rests_on(ledger, row), "bench": desk.place.bench}
    return Draft(kind, body, input=desk.told)


def _open(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    every = tuple(one for one in site_rules.destinations(ledger.db) if one.in_use)
    chosen = [one for one in every if answer and one.code in answer.choices]
    if not every:
        return Outcome(send_words.no_profile())
    if len(chosen) != 1:
        question = Question(
            Command.SEND_OPEN,
            send_words.WHERE_TO,
            (*(Choice(one.code, one.name) for one in every), Choice(_URGENT, send_words.URGENT)),
            confirm="Open the consignment",
            problems=(send_words.ONE_DESTINATION,) if answer else (),
            chosen=answer.choices if answer else (),
        )
        return Outcome(words.choose(send_words.WHERE_TO, send_words.ONE_DESTINATION), question=question)
    priority = "urgent" if answer and _URGENT in answer.choices else "routine"
    return opened(ledger, desk, chosen[0], priority, None)


def opened(ledger: Ledger, desk: Desk, destination: Destination, priority: str, former: Row | None) -> Outcome:
    """A consignment is begun, with the profile as it is now."""
    number = ledger.next_number(desk.place.letter)
    text = site_rules.rule_text(ledger.db, "destinations")
    body = {
        "consignment": ledger.identity(),
        "number": number,
        "destination": destination.code,
        "name": destination.name,
        "profile_version": text.version,
        "profile_sha256": text.sha256,
        "priority": priority,
        "follows": former["id"] if former else None,
        "bench": desk.place.bench,
    }
    desk.send = AtSend(consignment=str(body["consignment"]))
    verdict = send_words.opened(number, destination.name, str(former["number"]) if former else "")
    return Outcome(verdict, (Draft("consignment.opened", body, input=desk.told),))


def _show(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    every = {row["id"]: row for row in consignment_look_up.standing(ledger.db, _MOST_OFFERED)}
    chosen = argument or next((one for one in (answer.choices if answer else ()) if one in every), "")
    row = consignment_look_up.consignment(ledger.db, chosen)
    if row is not None:
        return send_scans.show(ledger, desk, row)
    if not every:
        return Outcome(send_words.nothing_in_view())
    choices = tuple(
        Choice(name, f"{one['number']}, {one['name']}: {send_words.STATES[State(one['state'])]}")
        for name, one in every.items()
    )
    title = "Which consignment?"
    question = Question(Command.SEND_SHOW, title, choices, many=False, confirm="Show it")
    return Outcome(words.choose(title, "Choose one, or scan its number."), question=question)


def _container(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    row = in_view(ledger, desk)
    if row is None or State(row["state"]) is not State.OPEN:
        return Outcome(
            send_words.not_open(str(row["number"]), State(row["state"])) if row else send_words.nothing_in_view()
        )
    sort = next((one for one in ("BOX", "BAG") if answer and one in answer.choices), "")
    if not sort:
        title = "A box or a bag?"
        choices = (Choice("BOX", "Box"), Choice("BAG", "Bag"))
        question = Question(Command.SEND_CONTAINER, title, choices, many=False, confirm="Begin it")
        return Outcome(words.choose(title, "Choose one."), question=question)
    used = {str(one["container"]) for one in consignment_look_up.items(ledger.db, row["id"])} | {desk.send.container}
    container = next(name for name in (f"{sort}-{place:02d}" for place in range(1, 1000)) if name not in used)
    desk.send = replace(desk.send, container=container)
    return Outcome(send_words.into_container(container))


def _take_out(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    row = in_view(ledger, desk)
    if row is None:
        return Outcome(send_words.nothing_in_view())
    sort, _, name = argument.partition(":")
    sort, name = (sort, name) if name else (desk.send.sort, desk.send.item)
    thing = sent_things.of_row(ledger.db, sort, name) if name else None
    if thing is None:
        return Outcome(send_words.nothing_in_hand())
    held = consignment_look_up.item(ledger.db, row["id"], thing.id)
    if held is None or held["state"] != "packed":
        return Outcome(send_words.not_in_it(thing.name, str(row["number"])))
    if State(row["state"]) is not State.OPEN:
        return Outcome(send_words.not_open(str(row["number"]), State(row["state"])))
    body = {"consignment": row["id"], "item": thing.id, "sort": thing.sort, "bench": desk.place.bench}
    desk.send = replace(desk.send, item="", sort="")
    verdict = send_words.taken_out(thing.name, str(row["number"]))
    return Outcome(verdict, (Draft("consignment.item_unpacked", body, input=desk.told),))


def _close(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """A person closes a consignment: its papers are made and kept, and nothing goes in any more."""
    row = in_view(ledger, desk)
    if row is None:
        return Outcome(send_words.nothing_in_view())
    number, state, rules = str(row["number"]), State(row["state"]), site_rules.packing(ledger.db)
    if after(state, Step.CLOSE) is None:
        return Outcome(send_words.not_now(number, state))
    if case_list.held(ledger.db, f"consignment:{row['id']}") is not None:
        return Outcome(send_words.in_open_case(number))
    away, at = desk.hub()
    agreed = local_minute(at, desk.time_zone) if at else ""
    if not rules.may_close(row["priority"], hub_away=away):
        return Outcome(send_words.hub_away(agreed, row["priority"]))
    items = consignment_look_up.items(ledger.db, row["id"])
    destination = send_item.profile(ledger.db, row)
    if not items or destination is None:
        return Outcome(send_words.empty(number))
    known, refused = looked_at(ledger, row, destination, items)
    if refused:
        return Outcome(send_words.not_closed(refused[:_SAID], len(refused)))
    beside = send_together.closing(ledger, desk, row, items, answer, rests_on(ledger, row))
    if isinstance(beside, Outcome):
        return beside
    done = _with_manifest(ledger, desk, row, destination, known, (away, at, agreed), answer)
    return replace(done, drafts=(*done.drafts, *beside)) if done.drafts else done


def looked_at(
    ledger: Ledger, row: Row, destination: Destination, items: list[Row]
) -> tuple[list[tuple[Row, Item]], list[str]]:
    """Everything once more, and why it may not leave: a hold, a case or a reading may have come since it was packed.

    Asked when it is closed, and again when the courier takes it.
    """
    db, site = ledger.db, site_rules.packing(ledger.db)
    known, refused = list[tuple[Row, Item]](), list[str]()
    for one in items:
        thing = sent_things.of_row(db, one["sort"], one["item"])
        if thing is None:
            refused.append(send_words.disputed(str(one["number"])))
            continue
        item = send_item.item_of(db, thing, destination, site, row["id"])
        known.append((one, item))
        refused += [send_words.stop(said[0], thing.name)] if (said := at_closing(item, destination, site)) else []
    return known, refused


def _with_manifest(
    ledger: Ledger,
    desk: Desk,
    row: Row,
    destination: Destination,
    items: list[tuple[Row, Item]],
    hub: tuple[bool, str, str],
    answer: Answer | None,
) -> Outcome:
    """Closed with the manifest that its receiver wants, or open still where the register cannot fill that."""
    from gms_desktop.services import send_manifest

    made = send_manifest.Made()
    if destination.manifest in send_manifest.TABLES:
        made = send_manifest.made(ledger, desk, row, destination, items, answer)
    if made.question is not None:
        return Outcome(send_manifest.asked(made.question), question=made.question)
    if made.refused:
        return Outcome(manifest_words.not_made(made.refused[:_SAID], len(made.refused)))
    return _closed(ledger, desk, row, destination, items, hub, made)


def _closed(
    ledger: Ledger,
    desk: Desk,
    row: Row,
    destination: Destination,
    items: list[tuple[Row, Item]],
    hub: tuple[bool, str, str],
    manifest: Made,
) -> Outcome:
    from gms_desktop.services import send_documents

    away, at, agreed = hub
    papers = send_documents.issue(ledger, desk, row, destination, items, manifest.content)
    if isinstance(papers, str):
        return Outcome(send_words.no_papers(papers))
    body = {
        "consignment": row["id"],
        "items": len(items),
        "documents": list(papers.documents),
        "manifest": papers.manifest,
        "hub_agreed_at": at or None,
        "hub_away": away,
        "rests_on": rests_on(ledger, row),
        "bench": desk.place.bench,
    }
    said = send_words.while_away(agreed) if away else ""
    door = door_words(expected(ledger, desk, destination))
    desk.send = AtSend(consignment=row["id"])
    verdict = send_words.closed(str(row["number"]), len(items), said, door, manifest.noticed)
    return Outcome(verdict, (Draft("consignment.closed", body, input=desk.told), *papers.drafts))


def expected(ledger: Ledger, desk: Desk, destination: Destination, at: str = "") -> Arrival:
    """When what is handed over at a moment, or now, arrives."""
    moment = datetime.fromisoformat(at) if at else ledger.clock.now()
    wall = dates.to_local(moment, desk.time_zone).replace(tzinfo=None)
    return arrival(destination, wall, site_rules.working_days(ledger.db))


def door_words(found: Arrival) -> str:
    """What is said of the door on the day of arrival; empty where it is open."""
    following = dates.display(found.next_open) if found.next_open else ""
    return send_words.door(found.door, dates.display(found.arrives), following)


def _reopen(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    row = in_view(ledger, desk)
    if row is None:
        return Outcome(send_words.nothing_in_view())
    state = State(row["state"])
    if after(state, Step.REOPEN) is None:
        return Outcome(send_words.not_now(str(row["number"]), state))
    from gms_desktop.services import send_documents

    recalled = send_documents.recalled(ledger, desk, row)
    return Outcome(
        send_words.reopened(str(row["number"])), (draft(ledger, desk, "consignment.reopened", row), *recalled)
    )


def _follow(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    """What was found after closing goes in a consignment of its own, to the same place, linked to this one."""
    row = in_view(ledger, desk)
    if row is None:
        return Outcome(send_words.nothing_in_view())
    if State(row["state"]) is State.OPEN:
        return Outcome(send_words.not_now(str(row["number"]), State.OPEN))
    destination = send_item.profile(ledger.db, row)
    if destination is None or not destination.in_use:
        return Outcome(send_words.no_profile())
    return opened(ledger, desk, destination, row["priority"], row)


def _aside(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    from gms_desktop.services import destination_commands

    if (of_places := destination_commands.aside(desk)) is not None:
        return of_places
    if in_view(ledger, desk) is None:
        desk.series = None
    desk.send = AtSend()
    return Outcome(words.cancelled())


_DO: Mapping[Command, Callable[[Ledger, Desk, Answer | None, str], Outcome]] = {
    Command.SEND_OPEN: _open,
    Command.SEND_SHOW: _show,
    Command.SEND_CONTAINER: _container,
    Command.SEND_TAKE_OUT: _take_out,
    Command.SEND_CLOSE: _close,
    Command.SEND_REOPEN: _reopen,
    Command.SEND_FOLLOW: _follow,
    Command.SEND_ASIDE: _aside,
}
