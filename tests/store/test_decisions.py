"""Holds, assessments, consent and urgent work as the register folds them, on either engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from shift import Shift
from shift_decisions import assessed, compared, consent, decisions, followed, stated, urgent

from gms_desktop.journal.database import text_statement
from gms_desktop.register import decision_look_up as look_up
from gms_desktop.register import rebuild, today_look_up
from gms_desktop.register.digests import Digests
from gms_desktop.register.ledger import Draft, PremiseFailed

ShiftOn = Callable[[int], Shift]
_SPECIMEN = text_statement("SELECT * FROM specimen WHERE id = :id")


def held(day: Shift) -> str:
    one = day.receive(day.expect() | {"priority": "routine"})
    day.decide(one, "on hold")
    return str(one["specimen"])


def test_a_rebuild_folds_it_all_to_the_same_register(shift_on: ShiftOn) -> None:
    day = shift_on(5)
    decisions(day)
    before = Digests(day.db).as_text()
    rebuild.rebuild(day.db)
    assert Digests(day.db).as_text() == before


def test_a_hold_is_chased_answered_and_over_when_something_else_is_decided(shift_on: ShiftOn) -> None:
    day = shift_on(1)
    specimen = held(day)
    followed(day, specimen, "decision")
    (row,) = look_up.holds_of(day.db, specimen)
    assert (row["state"], row["chased"], row["chase_by"]) == ("answered", 1, "2026-03-04")
    day.decide(day.specimens[-1], "accepted")
    assert look_up.open_holds(day.db, specimen) == []
    assert look_up.count_holds(day.db) == 0


def test_holds_to_be_chased_soonest_come_first_and_urgent_ones_before_all(shift_on: ShiftOn) -> None:
    day = shift_on(1)
    later, sooner, pressing = held(day), held(day), held(day)
    for specimen, by in ((later, "2026-03-09"), (sooner, "2026-03-05"), (pressing, None)):
        body = {"specimen": specimen, "hold": "decision", "whom": None, "how": "phone", "comment": None}
        day.act(lambda body=body, by=by: [Draft("hold.chased", body | {"chase_by": by or "2026-03-30"})])  # type: ignore[misc]
    urgent(day, day.requests[-1]["request"], pressing)
    assert [row["specimen"] for row in look_up.holds(day.db, 10)] == [pressing, sooner, later]


def test_consent_is_of_one_use_and_its_hold_is_another_than_that_of_the_decision(shift_on: ShiftOn) -> None:
    day = shift_on(1)
    specimen = held(day)
    patient = day.requests[-1]["patient"]["id"]
    day.act(lambda: [stated(day, patient, "withdrawn")])
    assert [(row["use"], row["state"]) for row in look_up.consents(day.db, patient)] == [("testing", "withdrawn")]
    consent(day, patient, [specimen])
    assert [row["hold"] for row in look_up.open_holds(day.db, specimen)] == ["decision"]


def test_of_two_people_who_assess_one_request_the_second_is_told(shift_on: ShiftOn) -> None:
    day = shift_on(1)
    request = day.expect()["request"]
    assessed(day, request, "yes")
    body = {"request": request, "items": [["consent", "absent"]], "proceeds": "no", "comment": None}
    with pytest.raises(PremiseFailed, match="last:assessment"):
        day.act(lambda: [Draft("request.assessed", body | {"rests_on": None})])
    row = look_up.assessment(day.db, request)
    assert row is not None
    assert row["proceeds"] == "yes"


def test_marks_on_a_tube_stand_until_its_decision_puts_its_own_in_their_place(shift_on: ShiftOn) -> None:
    day = shift_on(1)
    one = day.receive(day.expect())
    compared(day, one["specimen"], "differs")
    (row,) = day.db.all(_SPECIMEN, {"id": one["specimen"]})
    assert '["forename", "differs", "compared by eye"]' in row["compared"]
    day.decide(one, "rejected")
    (row,) = day.db.all(_SPECIMEN, {"id": one["specimen"]})
    assert "differs" not in row["compared"]
    assert '"finding": "met"' in row["identity"]


def test_who_was_told_later_never_takes_an_urgent_specimen_back_from_the_next_step(shift_on: ShiftOn) -> None:
    day = shift_on(1)
    request = day.expect()
    specimen = day.receive(request)["specimen"]
    urgent(day, request["request"], specimen)
    day.act(lambda: [Draft("urgent.told", {"specimen": specimen, "whom": None, "how": "phone"})])
    row = look_up.urgent(day.db, specimen)
    assert row is not None
    assert row["state"] == "taken up"
    assert today_look_up.urgents(day.db, "told", 9) == ([], 0)
