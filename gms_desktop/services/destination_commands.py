"""Commands at the receivers of send-aways: look, change, propose, approve. Nothing counts before a second person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from gms_desktop import destination_words as words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.destinations import Destination, read_destinations
from gms_desktop.domain.consignments.destinations_text import destinations_text, with_destination
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import site_data
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import destination_form, rights, site_rules
from gms_desktop.services.at_send import AtPlaces, AtSend
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people import name_of
from gms_desktop.services.views import Answer, Choice, Question

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

NAME = "destinations"
_SOURCE = "Entered and approved on the screen of receivers"
_MOST_BYTES = 48_000
"""An entry holds the whole text."""


def proposal(db: Database) -> Row | None:
    """The change that waits to be approved."""
    return site_data.proposal(db, NAME)


def in_view(ledger: Ledger, desk: Desk) -> tuple[Destination, ...]:
    """The receivers as they would be: the draft of this bench, else what waits, else what is in force."""
    return read_destinations(_text(ledger.db, _at(desk)))


def _at(desk: Desk) -> AtPlaces:
    return desk.send.places or AtPlaces()


def _text(db: Database, at: AtPlaces) -> str:
    waits = proposal(db)
    return at.drafted or str(waits["text"] if waits else site_rules.rule_text(db, NAME).text)


def _show(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    waits = proposal(ledger.db)
    desk.send = AtSend(places=AtPlaces(seen=str(waits["sha256"]) if waits else ""))
    return Outcome(words.shown())


def _choose(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """Bring one into view with all that is said of it."""
    every = in_view(ledger, desk)
    one = next((one for one in every if answer and one.code in answer.choices), None)
    if one is None:
        choices = tuple(Choice(one.code, one.name) for one in every)
        asked = Question(Command.SEND_PLACE, words.ASK_WHICH, choices, many=False, confirm=words.CONFIRM_WHICH)
        return Outcome(words.shown(), question=asked)
    desk.send = AtSend(places=replace(_at(desk), code=one.code))
    return Outcome(words.opened(one.name))


def _change(given: Command) -> Callable[[Ledger, Desk, Answer | None, str], Outcome]:
    """Ask for one part of the receiver in view, or of a new one; once it is said, keep the change at this bench."""

    def change(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
        every, new = in_view(ledger, desk), given is Command.SEND_PLACE_NEW
        code = "" if new else (answer.subject if answer else _at(desk).code)
        now = next((one for one in every if one.code == code), None)
        if now is None and not new:
            return Outcome(words.shown())
        codes = frozenset(one.code for one in every)
        made, problems = destination_form.read(given, now, answer, codes) if answer else (None, ())
        if made is None:
            return Outcome(words.fill_in(), question=destination_form.question(given, now, answer, problems))
        return _drafted(ledger, desk, every, made)

    return change


def _drafted(ledger: Ledger, desk: Desk, every: tuple[Destination, ...], made: Destination) -> Outcome:
    """Keep the change at this bench once its text was read back as what was entered."""
    changed = with_destination(every, made)
    desk.send = AtSend(places=replace(_at(desk), code=made.code))
    if changed == every:
        return Outcome(words.nothing_changes())
    today = rights.laboratory_day(ledger).isoformat()
    text = destinations_text(changed, _next_version(ledger.db), today, _SOURCE)
    if read_destinations(text) != changed:
        return Outcome(words.not_usable("it would not be read again as it was entered"))
    if len(text.encode()) > _MOST_BYTES:
        return Outcome(words.not_usable("the receivers are longer together than one entry holds"))
    desk.send = AtSend(places=replace(_at(desk), drafted=text))
    return Outcome(words.kept(len(differences(site_rules.destinations(ledger.db), changed))))


def _next_version(db: Database) -> str:
    now = site_rules.rule_text(db, NAME)
    return str(int(now.version) + 1) if now.approved and now.version.isdecimal() else "1"


def differences(before: tuple[Destination, ...], after: tuple[Destination, ...]) -> tuple[tuple[str, str], ...]:
    """What changes from one set to another: the receiver's name, and each thing in words."""
    known = {one.code: one for one in before}
    found = list[tuple[str, str]]()
    for one in after:
        former = destination_form.facts(known[one.code]) if one.code in known else ()
        was = dict(former)
        found += [
            (one.name, words.change(name, was.get(name, ""), now))
            for name, now in destination_form.facts(one)
            if was.get(name, "") != now
        ]
    gone = {one.code for one in after}
    return (*found, *((one.name, words.change(words.LIST, one.name, "")) for one in before if one.code not in gone))


def _propose(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    at, who = _at(desk), rights.actor(ledger.db, desk.place.bench)
    if not at.drafted or who is None:
        return Outcome(words.nothing_drafted())
    version, today = _next_version(ledger.db), rights.laboratory_day(ledger).isoformat()
    body = _body(version, at.drafted, today)
    desk.send = AtSend(places=replace(at, drafted="", seen=str(body["sha256"])))
    draft = Draft("site_data.proposed", body | {"comment": "", "by": who.operator}, input=desk.told)
    return Outcome(words.proposed(version, rights.who_may(ledger.db, "approve rules")), (draft,))


def _approve(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    """Approve what waits: never by whoever proposed it, and only what was on the screen."""
    db, at = ledger.db, _at(desk)
    waits, who = proposal(db), rights.actor(db, desk.place.bench)
    if waits is None or who is None:
        return Outcome(words.nothing_proposed())
    if waits["proposer"] == who.operator:
        return Outcome(words.by_another(name_of(db, who.operator)))
    if at.drafted or argument != waits["sha256"] or at.seen != argument:
        desk.send = AtSend(places=AtPlaces(seen=str(waits["sha256"])))
        return Outcome(words.look_again())
    read_destinations(waits["text"])
    body = _body(waits["version"], waits["text"], waits["effective"])
    return Outcome(
        words.approved(waits["version"]), (Draft("site_data.approved", body | {"by": who.operator}, input=desk.told),)
    )


def _body(version: str, text: str, effective: str) -> dict[str, object]:
    digest = sha256(text.encode()).hexdigest()
    return {"name": NAME, "version": version, "effective": effective, "sha256": digest, "text": text}


def aside(desk: Desk) -> Outcome | None:
    """Put an unsaved change aside, else go back a step; None where the receivers are not in view."""
    at = desk.send.places
    if at is None:
        return None
    if at.drafted:
        desk.send = AtSend(places=replace(at, drafted=""))
        return Outcome(words.put_aside())
    desk.send = AtSend(places=replace(at, code="") if at.code else None)
    return Outcome(words.shown()) if at.code else None


DO: Mapping[Command, Callable[[Ledger, Desk, Answer | None, str], Outcome]] = {
    Command.SEND_PLACES: _show,
    Command.SEND_PLACE: _choose,
    **{given: _change(given) for given in destination_form.PARTS},
    Command.SEND_PLACE_PROPOSE: _propose,
    Command.SEND_PLACE_APPROVE: _approve,
}
