"""Commands at index plates and pools: name a set, register a plate of it, keep indexes, pool, write a sample sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gms_desktop import index_plate_words, indexing_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.index_plates import INDEX_PLATE, IndexSet, Orientation, check_set
from gms_desktop.domain.index_plates import Refused as NotUsed
from gms_desktop.domain.index_use import changed
from gms_desktop.register import library_look_up, plate_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import index_scans, libraries
from gms_desktop.services.at_index import AtIndex
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_BY_SCREEN = {"by": "hand", "device": "screen"}


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out at index plates and pools, or ask what must be said first."""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=index_scans.PLACE)
    desk.told = dict(_BY_SCREEN)
    outcome = _DO[given](ledger, desk, answer, argument)
    desk.question = outcome.question
    return replace(outcome, place=index_scans.PLACE)


def _turn(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    """Show index plates and pools, with a plate that is named in view; or plans and plates again."""
    row = plate_look_up.plate(ledger.db, argument) if argument and not desk.index.on else None
    if row is not None:
        return index_scans.open_plate(ledger, desk, row)
    desk.index = AtIndex(on=not desk.index.on)
    return Outcome(indexing_words.begun() if desk.index.on else indexing_words.left())


def _set(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """Take in the set of the file that was read, under the name that a person gives it."""
    if desk.index.file is None:
        return Outcome(indexing_words.choose_file_first())
    read, digest = desk.index.file
    name = dict(answer.fields).get("name", "").strip() if answer else ""
    way = next((one for one in Orientation if answer and one.value in answer.choices), None)
    if read.i5 is not Orientation.NOT_STATED:
        way = read.i5
    taken = any(one["name"].casefold() == name.casefold() for one in library_look_up.sets(ledger.db))
    if not name or way is None or taken:
        problem = indexing_words.name_taken(name) if taken else indexing_words.WELL_WANTED
        found = libraries.said(check_set(read))
        return Outcome(indexing_words.asks_set(len(read.wells), found), question=_which_set(read, answer, problem))
    named = replace(read, name=name, i5=way)
    body = {
        "set": ledger.identity(),
        "name": name,
        "i5": way.value,
        "wells": [[w, p.name, p.i7, p.i5] for w in INDEX_PLATE.wells if (p := named.wells.get(w)) is not None],
        "sha256": digest,
        "bench": desk.place.bench,
    }
    every = (libraries.read_set(one["name"], one["i5"], one["wells"]) for one in library_look_up.sets(ledger.db))
    found = libraries.said(check_set(named, list(every)))
    desk.index = AtIndex(on=True, plate=desk.index.plate)
    verdict = indexing_words.set_taken_in(name, len(read.wells), found)
    return Outcome(verdict, (Draft("index_set.taken_in", body, input={"by": "file", "device": "screen"}),))


def _which_set(read: IndexSet, answer: Answer | None, problem: str) -> Question:
    said = read.i5 is not Orientation.NOT_STATED
    choices = () if said else tuple(Choice(one.value, index_plate_words.WAYS[one]) for one in Orientation)
    return Question(
        Command.INDEX_SET,
        "What is this set called?",
        choices,
        many=False,
        fields=(("name", "Name of the set"),),
        confirm="Take it in",
        problems=(problem,) if answer else (),
        values=answer.fields if answer else (("name", read.name),),
        chosen=answer.choices if answer else (),
    )


def _register(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """A plate of a set is here, under the code that was scanned."""
    code, sets = argument or (answer.subject if answer else "") or desk.index.code, library_look_up.sets(ledger.db)
    if not sets or not code or code != desk.index.code:
        return Outcome(indexing_words.no_set() if not sets else indexing_words.scan_first())
    said = dict(answer.fields) if answer else {}
    chosen = next((one for one in sets if answer and one["id"] in answer.choices), None)
    expiry = said.get("expiry", "").strip()
    day = dates.read_day(expiry) if expiry else None
    if chosen is None or (expiry and day is None):
        question = Question(
            Command.INDEX_REGISTER,
            f"Which set is {code} of?",
            tuple(Choice(one["id"], one["name"]) for one in sets),
            many=False,
            fields=(("lot", "Lot, where it says one"), ("expiry", "Last day of use, where it says one")),
            confirm="Register this index plate",
            problems=(indexing_words.NOT_A_DATE,) if answer and expiry and day is None else (),
            values=answer.fields if answer else (),
            chosen=answer.choices if answer else (),
            subject=code,
        )
        return Outcome(indexing_words.not_known(code), question=question)
    body = {
        "index_plate": ledger.identity(),
        "code": code,
        "set": chosen["id"],
        "lot": said.get("lot", "").strip(),
        "expiry": day.isoformat() if day else None,
        "bench": desk.place.bench,
    }
    desk.index = AtIndex(on=True, index_plate=str(body["index_plate"]))
    verdict = indexing_words.registered(code, chosen["name"])
    return Outcome(verdict, (Draft("index_plate.registered", body, input=desk.told),))


def _keep(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    """Record which library has which index: the index wells are used from now on."""
    at, db = desk.index, ledger.db
    plate = plate_look_up.plate(db, at.plate) if at.plate else None
    index_plate = library_look_up.index_plate(db, at.index_plate) if at.index_plate else None
    if not at.wells or plate is None or index_plate is None:
        return Outcome(indexing_words.nothing_to_keep())
    used = library_look_up.used_wells(db, at.index_plate)
    again = next((used[index_well] for _, index_well in at.wells if index_well in used), None)
    if again is not None:
        return Outcome(indexing_words.well_used(used_words(ledger, again)))
    tubes = {one["well"]: one["tube"] for one in plate_look_up.wells(db, at.plate)}
    last = f"last:plate:{at.plate}"
    body = {
        "plate": at.plate,
        "index_plate": at.index_plate,
        "wells": [{"well": well, "index_well": index_well, "tube": tubes.get(well)} for well, index_well in at.wells],
        "rests_on": ledger.driver.holders([last])[last],
        "bench": desk.place.bench,
    }
    desk.index = AtIndex(on=True, plate=at.plate)
    verdict = indexing_words.indexed(plate["code"], index_plate["code"], len(at.wells))
    return Outcome(verdict, (Draft("plate.indexed", body, input=desk.told),))


def used_words(ledger: Ledger, library: Mapping[str, str]) -> str:
    """Why an index well is not taken, with the library that it went into."""
    said = libraries.used_words(ledger.db, dict(library))
    return index_plate_words.refused(NotUsed.USED, library["index_well"], said)


def move(ledger: Ledger, desk: Desk, well: str) -> Outcome:
    """At a proposal choose a well and then its index well; at a pool leave a library out, or take it in again."""
    at = desk.index
    if at.pooling:
        return _in_or_out(ledger, desk, well)
    given = dict(at.wells)
    if not at.chosen:
        if well not in given:
            return Outcome(indexing_words.no_tube_there(well))
        desk.index = replace(at, chosen=well)
        return Outcome(indexing_words.well_chosen(well, given[well]))
    row = library_look_up.index_plate(ledger.db, at.index_plate)
    used = library_look_up.used_wells(ledger.db, at.index_plate)
    if row is None or well not in libraries.set_of(ledger.db, row).wells:
        return Outcome(indexing_words.well_used(index_plate_words.refused(NotUsed.NO_SUCH_WELL, well, "")))
    if well in used:
        return Outcome(indexing_words.well_used(used_words(ledger, used[well])))
    desk.index = replace(at, chosen="", wells=tuple(changed(given, at.chosen, well).items()))
    return Outcome(indexing_words.given(at.chosen, well))


def _in_or_out(ledger: Ledger, desk: Desk, well: str) -> Outcome:
    at = desk.index
    row = library_look_up.libraries_of_plate(ledger.db, at.plate).get(well) if at.plate else None
    if row is None:
        return Outcome(indexing_words.no_tube_there(well))
    inside = row["id"] in at.pooled
    pooled = tuple(one for one in at.pooled if one != row["id"]) if inside else (*at.pooled, row["id"])
    desk.index = replace(at, pooled=pooled)
    name = libraries.name(ledger.db, row["id"])
    return Outcome((indexing_words.left_out if inside else indexing_words.taken_in_again)(name, len(pooled)))


def _begin_pool(_ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    desk.index = AtIndex(on=True, pooling=True)
    return Outcome(indexing_words.pool_begun())


def _open(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    """Take an index plate or a pool of the list in view."""
    pool = library_look_up.pool(ledger.db, argument) if argument else None
    if pool is not None:
        desk.index = AtIndex(on=True, pool=pool["id"])
        return Outcome(indexing_words.pool_known(pool["code"], pool["libraries"]))
    if argument and library_look_up.index_plate(ledger.db, argument) is not None:
        return index_scans.open_index_plate(ledger, desk, argument)
    return Outcome(indexing_words.nothing_to_keep())


def _sheet(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    from gms_desktop.services import sample_sheets

    return sample_sheets.sheet(ledger, desk, answer)


_DO: Mapping[Command, Callable[[Ledger, Desk, Answer | None, str], Outcome]] = {
    Command.INDEX_WORK: _turn,
    Command.INDEX_SET: _set,
    Command.INDEX_REGISTER: _register,
    Command.INDEX_OPEN: _open,
    Command.INDEX_KEEP: _keep,
    Command.POOL_BEGIN: _begin_pool,
    Command.POOL_SHEET: _sheet,
}
