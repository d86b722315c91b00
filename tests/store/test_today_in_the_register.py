"""Today from the register, on both engines: what is due first stands first, urgent work before all, the rest counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from shift import Shift
from shift_afterwards import afterwards
from shift_decisions import decisions
from shift_deliveries import deliveries
from shift_examinations import draft_examined, examinations

from gms_desktop.register import clock_look_up, look_up
from gms_desktop.register.ledger import Draft
from gms_desktop.services import arrive, limits_today, time_left, today
from gms_desktop.services.limits_today import Waiting
from gms_desktop.services.today_items import MOST

ZONE = "Europe/London"
ShiftOn = Callable[[int], Shift]
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def comes(day: Shift, collected: str | None, test: str = "M84.2", priority: str = "routine", **said: Any) -> str:
    """A tube of a request for a test comes, collected as its request says."""
    draft, _ = day.request_body()
    asked = draft.body | {"test": test, "priority": priority, "collected": collected}
    day.act(lambda: [replace(draft, body=asked)])
    specimen = day.ledger.identity()
    body = {"collected": collected, "taken": arrive.taken(day.db, collected), "priority": priority, **said}
    arrival = day.draft_received(specimen, day.ledger.next_number("Z"), asked)
    day.act(lambda: [replace(arrival, body=arrival.body | body)])
    day.specimens.append({"specimen": specimen, "request": asked})
    return specimen


def does(day: Shift, kind: str, **body: Any) -> None:
    day.act(lambda: [Draft(kind, body)])


def waits(day: Shift, most: int = 99) -> list[tuple[str, str]]:
    """Specimen and step of all that stands on the list of limits."""
    waiting = Waiting.of(day.ledger)
    assert waiting is not None
    found = [(one.specimen, one.limit.step) for one in waiting.first(most)]
    assert len(found) == min(waiting.total, most)
    return found


def one_by_one(day: Shift) -> set[tuple[str, str]]:
    """The same, worked out from each specimen's own rows."""
    rows = [row for one in day.specimens if (row := look_up.row(day.db, "specimen", one["specimen"])) is not None]
    here = [row for row in rows if row["outcome"] != "rejected" and row["led_by"] is None]
    return {(row["id"], left.limit.step) for row in here for left in time_left.running(day.ledger, row, ZONE)}


def words_of(minutes: int) -> str:
    return (NOW - timedelta(minutes=minutes)).strftime("%d/%m/%Y %H:%M")


def test_past_limits_come_first_then_the_unknown_then_the_earliest_end_and_urgent_specimens_before_all(
    shift_on: ShiftOn,
) -> None:
    day = shift_on(1)
    names = {
        comes(day, words_of(60)): "in time",
        comes(day, words_of(60 * 80)): "past",
        comes(day, None): "unknown",
        comes(day, "02/03/2027 08:00"): "said to lie ahead",
        comes(day, words_of(60 * 71)): "soon past",
        comes(day, words_of(30), priority="urgent"): "urgent",
    }
    found = [names[specimen] for specimen, _ in waits(day)]
    assert found[::2] == ["urgent", "past", "unknown", "said to lie ahead", "soon past", "in time"]
    assert found[1::2] == found[::2]
    shown = limits_today.worklist(day.ledger, ZONE)
    assert shown.items[0].title.startswith("URGENT  ")
    assert "ago" in shown.items[2].detail


def test_whatever_is_learned_of_a_specimen_the_list_is_what_its_own_limits_say(shift_on: ShiftOn) -> None:
    day = shift_on(2)
    plain, other, found, done, rejected, led = (comes(day, words_of(60 * hours)) for hours in range(6))
    comes(day, None, test="R14.1")
    long = comes(day, words_of(60), type="A type that nobody has on any list " * 30)
    assert {one for one, _ in waits(day)} == {plain, other, found, done, rejected, led}
    day.act(lambda: [draft_examined(day, found, type_found="Saliva", type_expected="EDTA blood")])
    day.act(lambda: [draft_examined(day, plain, condition=["clotted"])])
    does(day, "specimen.step_done", specimen=done, step="extract", bench=day.bench)
    day.decide({"specimen": rejected}, "rejected")
    does(day, "specimen.joined", specimen=led, leads=plain)
    assert set(waits(day)) == one_by_one(day)
    assert {one for one, _ in waits(day)} == {plain, other, done}
    assert (done, "extract") not in waits(day)
    # Of what is accepted after all the clock runs on; of the second number of a tube never again.
    day.decide({"specimen": rejected}, "accepted at discretion")
    day.decide({"specimen": led}, "accepted")
    assert {one for one, _ in waits(day)} == {plain, other, done, rejected}
    assert look_up.row(day.db, "specimen", long)


def test_what_is_taken_back_leaves_the_clock_as_it_was(shift_on: ShiftOn) -> None:
    day = shift_on(3)
    specimen = comes(day, words_of(60))
    does(day, "specimen.step_done", specimen=specimen, step="extract", bench=day.bench)
    assert [step for _, step in waits(day)] == ["stabilise RNA"]
    day.undo(day.acts[-1])
    assert sorted(step for _, step in waits(day)) == ["extract", "stabilise RNA"]


def test_a_request_that_goes_first_brings_its_specimens_to_the_head_of_the_list(shift_on: ShiftOn) -> None:
    day = shift_on(4)
    comes(day, words_of(60 * 80))
    later = comes(day, words_of(60))
    request = day.specimens[-1]["request"]["request"]
    said = {"priority": "urgent", "was": "routine", "whom": None, "how": "phone", "comment": None}
    does(day, "request.priority_raised", request=request, specimens=[later], **said)
    assert waits(day)[0][0] == later


def test_a_test_that_was_amended_brings_the_limits_of_what_is_wanted_now(shift_on: ShiftOn) -> None:
    day = shift_on(5)
    wrong, right, other = comes(day, None), comes(day, words_of(9), test="R14.1"), comes(day, words_of(60))
    for specimen, test in ((wrong, "R14.1"), (right, "M84.2")):
        request = next(one["request"]["request"] for one in day.specimens if one["specimen"] == specimen)
        said = {"how": "phone", "asked_by": None, "reason": None, "bench": day.bench, "follows": None}
        fields = {"test": test, "priority": None, "details": None, "requestor": None, "location": None}
        body = {"request": request, "amendment": day.ledger.identity(), "fields": ["test"], **said, **fields}
        day.act(lambda body=body: [Draft("request.amended", body)])  # type: ignore[misc]
    assert set(waits(day)) == one_by_one(day)
    assert {one for one, _ in waits(day)} == {right, other}


def test_material_that_is_kept_for_a_further_test_has_the_limits_of_both(shift_on: ShiftOn) -> None:
    day = shift_on(6)
    specimen = comes(day, words_of(60), test="R14.1")
    further = day.expect()
    assert waits(day) == []
    amended = {"how": "phone", "asked_by": None, "reason": None, "bench": day.bench, "follows": None}
    fields = {"test": "M84.2", "priority": None, "details": None, "requestor": None, "location": None}
    body = {"request": further["request"], "amendment": day.ledger.identity(), "fields": ["test"]}
    does(day, "request.amended", **body, **amended, **fields)
    kept = {"specimen": specimen, "aliquot": None, "request": further["request"], "volume": None, "bench": day.bench}
    does(day, "material.reserved", **kept, rests_on=day.last(f"specimen:{specimen}"))
    assert {step for _, step in waits(day)} == {"extract", "stabilise RNA"}
    does(day, "material.released", **kept, reason="not-wanted")
    assert waits(day) == []


def test_a_list_shows_what_stands_first_and_counts_the_rest(shift_on: ShiftOn) -> None:
    day = shift_on(7)
    for place in range(MOST + 3):
        comes(day, words_of(place), priority="urgent" if place == MOST else "routine")
    view = today.view(day.ledger, ZONE)
    lists = {work.title: work for work in view.lists}
    for title in ("Received, not decided", "Labels not on their tubes", "Time left from collection"):
        work = lists[title]
        if title.startswith("Labels"):
            assert work.total == 0
            continue
        assert len(work.items) == MOST
        assert work.total == (MOST + 3) * (2 if title.startswith("Time") else 1)
        assert [item.title.startswith("URGENT") for item in work.items].index(False) in {1, 2}


@pytest.mark.parametrize("work", [decisions, examinations, deliveries, afterwards])
def test_today_can_be_asked_on_either_engine(shift_on: ShiftOn, work: Callable[[Shift], object]) -> None:
    day = shift_on(8)
    for _ in range(2):
        day.receive(day.expect())
    work(day)
    view = today.view(day.ledger, ZONE)
    assert view.heading.endswith(("wait for you", "waits for you"))
    assert all(work.total >= len(work.items) for work in view.lists)
    moment = clock_look_up.counts(day.db, "2026-01-01")
    assert sum(moment.values()) == len([one for one in day.specimens if alive(day, one["specimen"])])


def alive(day: Shift, specimen: str) -> bool:
    row = look_up.row(day.db, "specimen", specimen)
    return row is not None and row["outcome"] != "rejected" and row["led_by"] is None
