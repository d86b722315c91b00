"""What of a plate or pool may not be used any more, and what a person left out of its worklists and sample sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gms_desktop import indexing_words, plating_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.plates.contents import Plate
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import library_look_up, plate_look_up, rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import libraries, plate_gate, plate_plan
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question


def wells_out(db: Database, plate: str) -> set[str]:
    """The wells of a plate that a person left out."""
    return {one["well"] for one in plate_look_up.wells(db, plate) if one["left_out_private"]}


def undecided(db: Database, plate: Row) -> dict[str, str]:
    """The wells of a plate that was made whose tubes may not be used any more, with why, and that nobody left out."""
    found = {}
    for one in plate_look_up.wells(db, plate["id"]):
        tube = rack_look_up.tube(db, one["tube"]) if one["tube"] and not one["left_out_private"] else None
        why = (plate_plan.stopped(db, tube) or _moved(db, one, tube)) if tube is not None else ""
        if why:
            found[one["well"]] = why
    return found


def _moved(db: Database, well: Row, tube: Row) -> str:
    """That a tube no longer stands where a robot would take it from; empty where it does."""
    if (tube["rack"], tube["well"]) == (well["rack"], well["source_well"]):
        return ""
    rack = rack_look_up.rack(db, well["rack"])
    return plating_words.not_where_it_was(tube["code"], well["source_well"], str(rack["code"]) if rack else "its rack")


def without(db: Database, row: Row) -> Plate:
    """A plate as its worklists tell it: wells that were left out hold nothing."""
    plate, out = plate_gate.plate_of(db, row), wells_out(db, row["id"])
    return replace(plate, wells={well: one for well, one in plate.wells.items() if well not in out})


def undecided_in_pool(db: Database, pool: str) -> dict[str, str]:
    """The libraries of a pool that may not be sequenced, with why, and that nobody left out."""
    out = library_look_up.left_out_of(db, pool)
    rows = [row for row in library_look_up.libraries_in(db, pool) if row["id"] not in out]
    return {row["id"]: why for row in rows if (why := libraries.stopped(db, row))}


def of_plate(ledger: Ledger, desk: Desk, row: Row | None, answer: Answer | None) -> Outcome:
    """Leave wells out of the worklists of a plate, take them in again, or ask which and why."""
    if row is None or row["state"] != "made":
        return Outcome(plating_words.open_made_first())
    stopped, out = undecided(ledger.db, row), wells_out(ledger.db, row["id"])
    if not stopped and not out:
        return Outcome(plating_words.nothing_to_leave_out(row["code"]))
    why = dict(answer.fields).get("why", "").strip() if answer else ""
    now = {one for one in answer.choices if one in stopped or one in out} if answer else set(stopped) | out
    if answer is None or not why or now == out:
        title = f"Which wells of {row['code']} are left out?"
        choices = tuple(Choice(well, f"{well}: {why}") for well, why in _choices(stopped, out))
        asked = _question(title, choices, now, answer, problem=not why)
        return Outcome(plating_words.asks_left_out(), question=asked)
    body = {"wells": sorted(now - out), "again": sorted(out - now)}
    draft = _decided(ledger, desk, "plate.wells_left_out", f"plate:{row['id']}", body, why)
    return Outcome(plating_words.left_out(row["code"], sorted(now)), (draft,))


def of_pool(ledger: Ledger, desk: Desk, answer: Answer | None) -> Outcome:
    """Leave libraries out of the sample sheet of a pool, take them in again, or ask which and why."""
    row = library_look_up.pool(ledger.db, desk.index.pool) if desk.index.pool else None
    if row is None:
        return Outcome(indexing_words.open_a_pool())
    stopped, out = undecided_in_pool(ledger.db, row["id"]), library_look_up.left_out_of(ledger.db, row["id"])
    if not stopped and not out:
        return Outcome(plating_words.nothing_to_leave_out(row["code"]))
    why = dict(answer.fields).get("why", "").strip() if answer else ""
    now = {one for one in answer.choices if one in stopped or one in out} if answer else set(stopped) | out
    if answer is None or not why or now == out:
        title = f"Which libraries of {row['code']} are left out?"
        choices = tuple(Choice(one, f"{libraries.name(ledger.db, one)}: {why}") for one, why in _choices(stopped, out))
        asked = _question(title, choices, now, answer, problem=not why)
        return Outcome(indexing_words.asks_left_out(), question=asked)
    body = {"libraries": sorted(now - out), "again": sorted(out - now)}
    draft = _decided(ledger, desk, "pool.libraries_left_out", f"pool:{row['id']}", body, why)
    names = [libraries.name(ledger.db, one) for one in sorted(now)]
    return Outcome(indexing_words.left_out_of_sheet(row["code"], names), (draft,))


def _choices(stopped: Mapping[str, str], out: set[str]) -> list[tuple[str, str]]:
    return sorted([*stopped.items(), *((one, plating_words.IS_LEFT_OUT) for one in out)])


def _question(
    title: str, choices: tuple[Choice, ...], now: set[str], answer: Answer | None, *, problem: bool
) -> Question:
    problems = (plating_words.SAY_WHY if problem else plating_words.NOTHING_CHANGES,) if answer else ()
    return Question(
        Command.LEAVE_OUT,
        title,
        choices,
        fields=(("why", plating_words.WHY_LEFT_OUT),),
        values=answer.fields if answer else (),
        confirm="Leave these out",
        problems=problems,
        chosen=tuple(sorted(now)),
    )


def _decided(ledger: Ledger, desk: Desk, kind: str, subject: str, named: Mapping[str, list[str]], why: str) -> Draft:
    pen, (sort, _, name) = ledger.pen(), subject.partition(":")
    rests = ledger.driver.holders([f"last:{subject}"])[f"last:{subject}"]
    body = {sort: name, **named, "reason": pen.write(why, subject), "rests_on": rests, "bench": desk.place.bench}
    return Draft(kind, body, pen.values, input=desk.told)
