"""Commands at storage: register a place, take out, a freezer that is out of order, what is discarded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from gms_desktop import discard_words, storage_words, stored_words, words
from gms_desktop.domain import dates, place_names
from gms_desktop.domain.commands import Command
from gms_desktop.domain.disposal import Kept, Route
from gms_desktop.domain.identifiers import place_code
from gms_desktop.domain.storage import Place, Refusal, add
from gms_desktop.domain.storage_rules import Purpose, SortOfPlace
from gms_desktop.journal.database import Database
from gms_desktop.register import consignment_look_up, rack_look_up, storage_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    box_check,
    case_list,
    disposal_list,
    rights,
    site_rules,
    storage_scans,
    stored_things,
    storing,
)
from gms_desktop.services.at_rack import AtRack
from gms_desktop.services.at_storage import AtStorage
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import resolve
from gms_desktop.services.stored_things import Thing
from gms_desktop.services.views import Answer, Choice, Question

_BY_SCREEN = {"by": "hand", "device": "screen"}
_FROZEN = "+kept frozen"
_NAME, _DUE = "name", "due"


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out at storage, or ask what must be said first."""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=storage_scans.PLACE)
    desk.told = dict(_BY_SCREEN)
    outcome = _DO[given](ledger, desk, answer, argument)
    desk.question = outcome.question
    return replace(outcome, place=storage_scans.PLACE)


def _register(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """A new place stands in the one that is open; a room stands in none."""
    every = site_rules.storage(ledger.db).places
    sort = next((one for one in every if answer and one.code in answer.choices), None)
    onto = desk.storage.place if sort and sort.kind.width else ""
    name, problem = _name(ledger, onto, answer) if answer and sort else ("", stored_words.NEEDS_SORT_AND_NAME)
    if sort is None or problem:
        asked = _asks_place(every, answer, problem)
        return Outcome(words.choose(stored_words.WHAT_SORT, problem), question=asked)
    place = ledger.identity()
    made = Place(place, sort.kind, onto, sort.frozen, sort.shape)
    after = add(stored_things.around(ledger.db, onto or None), made)
    if isinstance(after, Refusal):
        where = stored_things.place_words(ledger.db, onto) or "no place"
        return Outcome(stored_words.does_not_go(name, where))
    return _registered(ledger, desk, sort, name, made)


def _name(ledger: Ledger, onto: str, answer: Answer) -> tuple[str, str]:
    """The name that was entered, and what stands in its way: it is no code, and no other place there has it."""
    name = place_names.read(dict(answer.fields).get(_NAME, ""))
    if isinstance(name, place_names.Why):
        return "", stored_words.NO_NAMES[name]
    code = resolve(ledger.db, name)
    if code.number or code.matches or code.specimens or code.patients:
        return "", stored_words.NO_NAMES[place_names.Why.A_CODE]
    beside = storage_look_up.inside(ledger.db, onto) if onto else storage_look_up.rooms(ledger.db)
    if any(str(row["name"]).casefold() == name.casefold() for row in beside):
        return "", stored_words.has_the_name(name)
    return name, ""


def _registered(ledger: Ledger, desk: Desk, sort: SortOfPlace, name: str, made: Place) -> Outcome:
    code = place_code.of_number(ledger.next_number(desk.place.letter))
    shape = sort.shape
    body = {
        "place": made.code,
        "code": code,
        "kind": sort.kind.value,
        "name": name,
        "within": made.within or None,
        "frozen": sort.frozen,
        "rows": shape.rows if shape else None,
        "columns": shape.columns if shape else None,
        "bench": desk.place.bench,
    }
    where = stored_things.place_words(ledger.db, made.within)
    desk.storage = AtStorage(place=made.code)
    verdict = stored_words.place_registered(name, code, where)
    return Outcome(verdict, (Draft("place.registered", body, input=desk.told),))


def _asks_place(every: tuple[SortOfPlace, ...], answer: Answer | None, problem: str) -> Question:
    return Question(
        Command.REGISTER_PLACE,
        stored_words.WHAT_SORT,
        tuple(Choice(one.code, one.words) for one in every),
        many=False,
        fields=((_NAME, stored_words.NAME_OF_PLACE),),
        confirm="Register this place",
        problems=(problem,) if answer else (),
        chosen=answer.choices if answer else (),
        values=answer.fields if answer else (),
    )


def _aside(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    row = storage_look_up.place(ledger.db, desk.storage.place)
    desk.storage = AtStorage()
    return Outcome(stored_words.place_closed(str(row["name"])) if row else words.cancelled())


def _in_hand(ledger: Ledger, desk: Desk, argument: str) -> Thing | None:
    """What is meant: what a button names as ``sort:id``, else what was scanned last, else the open box."""
    sort, _, name = argument.partition(":")
    at = desk.storage
    if not name:
        sort, name = (at.sort, at.item) if at.item else ("place", at.place)
    return stored_things.of_row(ledger.db, sort, name) if name else None


def _take_out(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    thing = _in_hand(ledger, desk, (answer.subject if answer else "") or argument)
    if thing is None:
        return Outcome(stored_words.nothing_to_take())
    where = stands(ledger, thing)
    if not where:
        return Outcome(stored_words.not_stored(thing.name))
    every = site_rules.storage(ledger.db).purposes
    chosen = [one for one in every if answer and one.code in answer.choices]
    said = dict(answer.fields).get(_DUE, "").strip() if answer else ""
    day = dates.read_day(said)
    is_past = day is not None and day < rights.laboratory_day(ledger)
    if answer is None or len(chosen) != 1 or (said and day is None) or is_past:
        wrong = stored_words.DAY_IS_PAST if is_past else stored_words.NO_DAY
        problem = () if answer is None else (wrong if len(chosen) == 1 else stored_words.ONE_PURPOSE,)
        question = _asks_purpose(thing, every, answer, problem)
        return Outcome(words.choose(question.title, next(iter(problem), stored_words.ONE_PURPOSE)), question=question)
    due = day or _due(ledger, chosen[0])
    kept = _FROZEN in answer.choices
    drafts = storing.take_out(ledger, desk, thing, chosen[0].code, due.isoformat() if due else None, kept_frozen=kept)
    desk.storage = replace(desk.storage, item=thing.id, sort=thing.sort)
    known = storage_look_up.stored(ledger.db, thing.id)
    thaws = (known["thaws"] if known else 0) + drafts[0].body["thawed"]
    return Outcome(stored_words.taken_out(thing.name, where, dates.display(due) if due else "", thaws), drafts)


def stands(ledger: Ledger, thing: Thing) -> str:
    """Where a thing stands now, in words; empty where it is out or was never put away."""
    if thing.sort == "place":
        return stored_things.place_words(ledger.db, storing.former_place(ledger, thing))
    return stored_things.where(ledger.db, storage_look_up.stored(ledger.db, thing.id))


def _due(ledger: Ledger, purpose: Purpose) -> date | None:
    if purpose.days is None:
        return None
    return rights.laboratory_day(ledger) + timedelta(days=purpose.days)


def _asks_purpose(
    thing: Thing, every: tuple[Purpose, ...], answer: Answer | None, problems: tuple[str, ...]
) -> Question:
    return Question(
        Command.TAKE_OUT,
        stored_words.what_for(thing.name),
        (*(Choice(one.code, one.words) for one in every), Choice(_FROZEN, stored_words.KEPT_FROZEN)),
        many=True,
        fields=((_DUE, stored_words.BACK_BY),),
        confirm="Take it out",
        problems=problems,
        subject=thing.subject,
        chosen=answer.choices if answer else (),
        values=answer.fields if answer else (),
    )


def _stop(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    row = storage_look_up.place(ledger.db, desk.storage.place)
    if row is None:
        return Outcome(words.refused("No place open", stored_words.SCAN_FIRST + "."))
    boxes = len(stored_things.containers(ledger.db, row["id"]))
    body = {"place": row["id"], "bench": desk.place.bench}
    verdict = stored_words.stopped(str(row["name"]), boxes)
    return Outcome(verdict, (Draft("place.stopped", body, input=desk.told),))


def _restore(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    row = storage_look_up.place(ledger.db, desk.storage.place)
    if row is None:
        return Outcome(words.refused("No place open", stored_words.SCAN_FIRST + "."))
    body = {"place": row["id"], "bench": desk.place.bench}
    return Outcome(stored_words.restored(str(row["name"])), (Draft("place.restored", body, input=desk.told),))


def _disposal(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    desk.storage = AtStorage(disposal=True)
    if not any(one.span for one in site_rules.retention(ledger.db)):
        return Outcome(stored_words.which_retention())
    made = disposal_list.proposal(ledger)
    return Outcome(stored_words.proposed(len(made.due), len(made.stays)))


def _discard(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """What was scanned last leaves for good, when it is on the list as it is worked out now."""
    thing = _in_hand(ledger, desk, answer.subject if answer else "")
    if thing is None or thing.sort == "place":
        return Outcome(stored_words.nothing_to_take())
    if thing.sort == "plate":
        return Outcome(discard_words.at_plates(thing.name))
    why = _rack_stays(ledger.db, thing.id) if thing.sort == "rack" else _not_due(ledger, thing)
    reasons = _reasons(ledger.db, thing, why)
    wrong = answer is not None and {one.code for one in site_rules.storage(ledger.db).discards} & set(answer.choices)
    if not reasons or (wrong and not wrong <= {one.code for one in reasons}):
        return Outcome(stored_words.not_proposed(thing.name, why))
    chosen = [one for one in reasons if answer and one.code in answer.choices]
    routes = [one for one in Route if answer and one.value in answer.choices]
    if len(chosen) != 1 or len(routes) != 1:
        question = _asks_discard(thing, reasons, answer, why)
        return Outcome(words.choose(question.title, stored_words.ONE_REASON_AND_ROUTE), question=question)
    body = {"item": thing.id, "sort": thing.sort, "reason": chosen[0].code, "route": routes[0].value}
    desk.storage = AtStorage(disposal=True)
    if desk.rack.rack == thing.id:
        desk.rack = AtRack()
    verdict = stored_words.discarded(thing.name, storage_words.ROUTES[routes[0]].lower())
    return Outcome(verdict, (Draft("material.discarded", body | {"bench": desk.place.bench}, input=desk.told),))


def _reasons(db: Database, thing: Thing, why: tuple[str, ...]) -> tuple[Purpose, ...]:
    """For what a thing may be discarded: what is not on the list only because it is lost already."""
    reasons = site_rules.storage(db).discards
    if not why:
        return reasons
    away = consignment_look_up.packed_in(db, thing.sort, thing.id) is not None
    if thing.sort == "rack" or away or case_list.held(db, thing.subject) is not None:
        return ()
    return tuple(one for one in reasons if one.lost)


def _not_due(ledger: Ledger, thing: Thing) -> tuple[str, ...]:
    """Why a thing is not on the list of what may be discarded; none where it is."""
    made = disposal_list.proposal(ledger)
    if thing.id in {one.code for one in made.due}:
        return ()
    why = tuple(storage_words.STAYS[one] for one in made.stays.get(thing.id, ()))
    return why or (stored_words.not_listed(thing.sort),)


def _rack_stays(db: Database, rack: str) -> tuple[str, ...]:
    """Why a rack is not discarded: it holds no material of its own, and goes only empty."""
    tubes, away = rack_look_up.tubes_in_rack(db, rack), consignment_look_up.packed_in(db, "rack", rack)
    holds = (stored_words.rack_holds(len(tubes)),) if tubes else ()
    return (*holds, *((storage_words.STAYS[Kept.AWAY],) if away is not None else ()))


def _asks_discard(thing: Thing, reasons: tuple[Purpose, ...], answer: Answer | None, why: tuple[str, ...]) -> Question:
    choices = (Choice(one.code, one.words) for one in reasons)
    return Question(
        Command.DISCARD,
        stored_words.why_lost(thing.name, why) if why else stored_words.why_discard(thing.name),
        (*choices, *(Choice(one.value, storage_words.ROUTES[one]) for one in Route)),
        many=True,
        confirm="Discard it",
        problems=(stored_words.ONE_REASON_AND_ROUTE,) if answer else (),
        subject=thing.subject,
        chosen=answer.choices if answer else (),
    )


_DO: Mapping[Command, Callable[[Ledger, Desk, Answer | None, str], Outcome]] = {
    Command.REGISTER_PLACE: _register,
    Command.PLACE_ASIDE: _aside,
    Command.TAKE_OUT: _take_out,
    Command.PLACE_STOPPED: _stop,
    Command.PLACE_RESTORED: _restore,
    Command.CHECK_BOX: lambda ledger, desk, _answer, _: box_check.begin_or_end(ledger, desk),
    Command.POSITION_EMPTY: lambda ledger, desk, _answer, _: box_check.said(ledger, desk, None),
    Command.DISPOSAL_LIST: _disposal,
    Command.DISCARD: _discard,
}
