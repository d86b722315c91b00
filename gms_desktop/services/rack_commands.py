"""Commands at a rack: register it, compare a reading and save it, free a code, take a tube out, discard it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from gms_desktop import rack_words, tube_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import fluidx
from gms_desktop.domain.racks.findings import OF_THE_RACK, Kind, Look
from gms_desktop.domain.racks.saving import Purpose, may_save
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Row
from gms_desktop.register import rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, rack_compared, rack_scans, storing
from gms_desktop.services.at_rack import AtRack
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.rack_compared import Compared
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_BY_SCREEN = {"by": "hand", "device": "screen"}
_NO_LIQUID = "never held liquid"


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out at the open rack, or ask what must be said first."""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=rack_scans.PLACE)
    desk.told = dict(_BY_SCREEN)
    outcome = _DO[given](ledger, desk, answer, argument)
    if given in _ON_FIND:
        return replace(outcome, place="find")
    desk.question = outcome.question
    return replace(outcome, place=outcome.place or rack_scans.PLACE)


def _register(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    code = argument or desk.rack.unknown
    if not fluidx.is_fluidx(code) or rack_look_up.holder_of_code(ledger.db, code) is not None:
        return Outcome(tube_words.not_for_here(code or "Nothing"))
    # The size that the laboratory uses most stands first in its list of racks; a reading of another size is refused.
    return _registered(ledger, desk, code, rack_compared.rules(ledger.db).shapes[0])


def _register_sized(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """A new rack of another size than the usual one: which is asked."""
    code = (answer.subject if answer else "") or argument or desk.rack.unknown
    if not fluidx.is_fluidx(code) or rack_look_up.holder_of_code(ledger.db, code) is not None:
        return Outcome(tube_words.not_for_here(code or "Nothing"))
    shapes = {f"{one.rows}x{one.columns}": one for one in rack_compared.rules(ledger.db).shapes}
    chosen = next((shapes[one] for one in (answer.choices if answer else ()) if one in shapes), None)
    if chosen is not None:
        return _registered(ledger, desk, code, chosen)
    title = f"What size is rack {code}?"
    choices = tuple(Choice(name, tube_words.size(one)) for name, one in shapes.items())
    question = Question(Command.RACK_SIZE, title, choices, many=False, confirm="Register this rack", subject=code)
    return Outcome(words.choose(title, "Count its rows and columns, then choose."), question=question)


def _registered(ledger: Ledger, desk: Desk, code: str, shape: Shape) -> Outcome:
    rack = ledger.identity()
    body = {"rack": rack, "code": code, "rows": shape.rows, "columns": shape.columns, "bench": desk.place.bench}
    desk.rack = AtRack(rack=rack, source=desk.rack.source)
    return Outcome(
        tube_words.rack_registered(code, tube_words.size(shape)), (Draft("rack.registered", body, input=desk.told),)
    )


def _put_aside(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    row = rack_look_up.rack(ledger.db, desk.rack.rack) if desk.rack.rack else None
    desk.rack = AtRack()
    return Outcome(tube_words.rack_closed(row["code"]) if row else words.cancelled())


def _name_well(ledger: Ledger, desk: Desk, _answer: Answer | None, well: str) -> Outcome:
    here = rack_compared.compared(ledger.db, desk.rack)
    if here is None or not here.profile.shape.holds(well):
        return Outcome(_no_reading(ledger, desk))
    expected = {one["well"]: one["code"] for one in rack_look_up.tubes_in_rack(ledger.db, desk.rack.rack)}
    desk.rack = replace(desk.rack, well=well, source=None)
    return Outcome(tube_words.well_named(well, expected.get(well, "")))


def _empty(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    here = rack_compared.compared(ledger.db, desk.rack)
    if here is None:
        return Outcome(_no_reading(ledger, desk))
    looks = here.comparison.looks
    wells = [argument] if argument else [well for well, look in looks.items() if look is Look.NO_CODE]
    by_hand = rack_compared.by_hand_of(desk.rack, here.rack).found_empty(wells)
    desk.rack = replace(desk.rack, read=here.rack["read"], by_hand=by_hand)
    return _compared_again(ledger, desk)


def _corner(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    here = rack_compared.compared(ledger.db, desk.rack)
    if here is None:
        return Outcome(_no_reading(ledger, desk))
    by_hand = replace(rack_compared.by_hand_of(desk.rack, here.rack), corner_seen=True)
    desk.rack = replace(desk.rack, read=here.rack["read"], by_hand=by_hand)
    return _compared_again(ledger, desk)


def _purpose(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    chosen = next((one for one in Purpose if answer and one.value in answer.choices), None)
    if chosen is None:
        choices = tuple(Choice(one.value, said) for one, said in tube_words.PURPOSES.items())
        title = "Why is this rack read?"
        chosen_now = (desk.rack.purpose,)
        question = Question(
            Command.RACK_PURPOSE, title, choices, many=False, confirm="Compare for this", chosen=chosen_now
        )
        return Outcome(words.choose(title, "Choose one."), question=question)
    desk.rack = replace(desk.rack, purpose=chosen.value)
    return _compared_again(ledger, desk)


def _compared_again(ledger: Ledger, desk: Desk) -> Outcome:
    here = rack_compared.compared(ledger.db, desk.rack)
    return Outcome(read_words(here, desk.rack.purpose) if here else _no_reading(ledger, desk))


def read_words(here: Compared, purpose: str) -> Verdict:
    """What a comparison came to: for plating and dispatch, empty wells that nobody confirmed are a finding too."""
    found, looks = here.comparison.found, here.comparison.looks
    unseen = [one for one in may_save(here.comparison, Purpose(purpose)).in_the_way if one not in found]
    many = len(found) + len(unseen)
    return tube_words.read_here(here.rack["code"], len(here.comparison.agreeing), len(looks), many)


def _save(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    """Record what may be saved: the wells that agree, and what the person keeps as it was read."""
    here = rack_compared.compared(ledger.db, desk.rack)
    if here is None:
        return Outcome(_no_reading(ledger, desk))
    kept = [one for one in here.comparison.found if one.kind in (Kind.MOVED, Kind.SWAPPED)] if argument else []
    if case_list.held(ledger.db, f"rack:{here.rack['id']}") is not None:
        return Outcome(tube_words.in_dispute(here.rack["code"]))
    saving = may_save(here.comparison, Purpose(desk.rack.purpose), kept)
    tubes = dict(saving.tubes) | (new_here(here) if argument and Purpose(desk.rack.purpose).in_part else {})
    if not tubes or (saving.in_the_way and not Purpose(desk.rack.purpose).in_part):
        first = next(iter(saving.in_the_way), None)
        return Outcome(tube_words.nothing_saved(here.rack["code"], rack_words.finding(first) if first else "no tube."))
    draft = _settled(ledger, desk, here, tubes)
    rows = [row for code in tubes.values() if (row := rack_look_up.tube_by_code(ledger.db, code)) is not None]
    stored = [one for row in rows for one in storing.into_rack(ledger, desk, row, here.rack["id"])]
    desk.rack = replace(desk.rack, by_hand=None, read="", well="")
    # Whoever reads a rack for a plate goes on with the plate.
    place = "plates" if desk.plate.open and desk.rack.purpose == Purpose.PLATING else rack_scans.PLACE
    return Outcome(tube_words.saved(here.rack["code"], len(tubes)), (draft, *stored), place=place)


def new_here(here: Compared) -> dict[str, str]:
    """Tubes that are bound and stand in no rack, read in a well in which none is recorded: they can go there."""
    if any(one.kind in OF_THE_RACK for one in here.comparison.found):
        return {}
    extra = here.comparison.of(Kind.EXTRA)
    return {one.wells[0]: one.codes[0] for one in extra if len(one.wells) == 1 and not one.expected}


def _settled(ledger: Ledger, desk: Desk, here: Compared, tubes: Mapping[str, str]) -> Draft:
    wells, left, follows = list[dict[str, Any]](), dict[str, None](), list[str]()
    for well, code in tubes.items():
        tube = rack_look_up.tube_by_code(ledger.db, code)
        if tube is None:
            continue
        how = "hand" if here.comparison.looks[well] is Look.BY_HAND else "read"
        wells.append({"well": well, "tube": tube["id"], "how": how})
        if tube["rack"] != here.rack["id"]:
            follows.append(f"tube:{tube['id']}")
        if tube["rack"] and tube["rack"] != here.rack["id"]:
            left[tube["rack"]] = None
    wells += _without_well(ledger, here, tubes)
    rack = here.rack["id"]
    last = ledger.driver.holders([f"last:{subject}" for subject in (f"rack:{rack}", *follows)])
    body = {"rack": rack, "read": here.rack["read"], "purpose": desk.rack.purpose, "wells": wells, "left": list(left)}
    rests = {"rests_on": last[f"last:rack:{rack}"], "follows": [[one, last[f"last:{one}"]] for one in follows]}
    return Draft("rack.settled", body | rests | {"bench": desk.place.bench}, input=desk.told)


def _without_well(ledger: Ledger, here: Compared, tubes: Mapping[str, str]) -> list[dict[str, Any]]:
    """Of tubes that are recorded in one well together those that were not read there: they keep no place."""
    kept = set(tubes.values())
    recorded = rack_compared.recorded_in(ledger.db, here.rack["id"])
    gone = [one for well in tubes for one in recorded.get(well, ()) if len(recorded[well]) > 1]
    return [{"well": None, "tube": one["id"], "how": "not there"} for one in gone if one["code"] not in kept]


def _take_out(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    tube = rack_look_up.tube(ledger.db, argument)
    if tube is None or not tube["rack"]:
        return Outcome(words.nothing_in_hand())
    if case_list.held(ledger.db, f"tube:{tube['id']}") is not None:
        return Outcome(tube_words.in_dispute(tube["code"]))
    rack = rack_look_up.rack(ledger.db, tube["rack"])
    verdict = tube_words.taken_out(tube["code"], tube["well"], rack["code"] if rack else "a rack")
    return Outcome(verdict, (rack_scans.taken_out(ledger, desk, tube),))


def _release(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """Free a code: only with a reason, and while somebody states that the tube has never held liquid."""
    tube = rack_look_up.tube(ledger.db, (answer.subject if answer else "") or argument)
    if tube is None or tube["state"] != "bound":
        return Outcome(words.nothing_in_hand())
    if case_list.held(ledger.db, f"tube:{tube['id']}") is not None:
        return Outcome(tube_words.in_dispute(tube["code"]))
    why = answer.comment.strip() if answer else ""
    if answer is None or not why or _NO_LIQUID not in answer.choices:
        return Outcome(tube_words.how_free(tube["code"]), question=_asks_release(tube, answer))
    last = f"last:tube:{tube['id']}"
    pen = ledger.pen()
    reason = pen.write(why, f"tube:{tube['id']}")
    body = {"tube": tube["id"], "code": tube["code"], "reason": reason, "never_held_liquid": True}
    rests = {"rests_on": ledger.driver.holders([last])[last], "bench": desk.place.bench}
    return Outcome(
        tube_words.code_free(tube["code"]), (Draft("tube.bind_released", body | rests, pen.values, input=desk.told),)
    )


def _asks_release(tube: Row, answer: Answer | None) -> Question:
    problems = () if answer is None else ("Say why, and that it has never held liquid.",)
    return Question(
        Command.RELEASE_BIND,
        f"Free the code of tube {tube['code']}?",
        (Choice(_NO_LIQUID, tube_words.NEVER_HELD_LIQUID),),
        many=True,
        comment_label=tube_words.WHY_FREE,
        confirm="Free this code",
        problems=problems,
        subject=tube["id"],
    )


def _map(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    from gms_desktop.services import rack_maps

    return rack_maps.issue(ledger, desk)


def _no_reading(ledger: Ledger, desk: Desk) -> Verdict:
    row = rack_look_up.rack(ledger.db, desk.rack.rack) if desk.rack.rack else None
    return tube_words.no_reading(row["code"]) if row else words.refused(tube_words.NO_RACK, tube_words.SCAN_FIRST + ".")


_ON_FIND = frozenset({Command.TAKE_OUT_TUBE, Command.RELEASE_BIND})
_DO: Mapping[Command, Callable[[Ledger, Desk, Answer | None, str], Outcome]] = {
    Command.REGISTER_RACK: _register,
    Command.RACK_SIZE: _register_sized,
    Command.RACK_ASIDE: _put_aside,
    Command.NAME_WELL: _name_well,
    Command.WELLS_EMPTY: _empty,
    Command.CORNER_SEEN: _corner,
    Command.RACK_PURPOSE: _purpose,
    Command.SAVE_RACK: lambda ledger, desk, answer, _: _save(ledger, desk, answer, ""),
    Command.SAVE_AS_READ: lambda ledger, desk, answer, _: _save(ledger, desk, answer, "as read"),
    Command.RACK_MAP: _map,
    Command.TAKE_OUT_TUBE: _take_out,
    Command.RELEASE_BIND: _release,
}
