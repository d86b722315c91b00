"""What becomes of requests, between benches: what the second finds who says it unbeknown to the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from shift import Shift
from shift_afterwards import asked

from gms_desktop.journal import store
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import afterwards_look_up, look_up, today_look_up
from gms_desktop.register.ledger import Draft, PremiseFailed


@pytest.fixture
def shift(shift_on: Callable[[int], Shift]) -> Shift:
    """A day on either engine."""
    return shift_on(3)


@pytest.fixture
def request_id(shift: Shift) -> str:
    """A request that is expected."""
    return str(shift.expect()["request"])


def state(day: Shift, request: str) -> str:
    row = look_up.row(day.db, "request", request)
    return str(row["state"]) if row else ""


def cancel(day: Shift, request: str, kind: str = "request.cancelled") -> None:
    asked(day, kind, request, {"follows": day.last(f"cancelling:{request}")})


def entries(day: Shift) -> list[Any]:
    return [one for lot in store.since(day.db) for one in lot]


def test_a_tube_that_another_bench_receives_leaves_a_cancelled_request_cancelled(shift: Shift) -> None:
    request = shift.expect()
    cancel(shift, request["request"])
    shift.receive(request)
    assert state(shift, request["request"]) == "cancelled, here"
    cancel(shift, request["request"], "request.revived")
    assert state(shift, request["request"]) == "arriving"


def test_a_request_that_is_cancelled_twice_and_wanted_again_is_what_it_was(shift: Shift, request_id: str) -> None:
    cancel(shift, request_id)
    cancel(shift, request_id)
    assert state(shift, request_id) == "cancelled"
    cancel(shift, request_id, "request.revived")
    cancel(shift, request_id, "request.revived")
    assert state(shift, request_id) == "expected"


def test_of_two_benches_that_cancel_and_revive_unbeknown_the_second_is_contested(shift: Shift, request_id: str) -> None:
    before = shift.last(f"cancelling:{request_id}")
    cancel(shift, request_id)
    asked(shift, "request.revived", request_id, {"follows": before})
    last = next(one for one in reversed(entries(shift)) if one.entry.kind == "request.revived")
    assert last.verdict == Judgement.CONTESTED
    assert look_up.in_dispute(shift.db, f"request:{request_id}")


def test_an_amendment_folds_the_former_from_what_stood_then(shift: Shift, request_id: str) -> None:
    def amend(fields: list[str], **values: str | None) -> None:
        body = dict.fromkeys(("test", "priority", "location", "details", "requestor"))
        body |= {"amendment": shift.ledger.identity(), "fields": fields, **values}
        asked(shift, "request.amended", request_id, body | {"follows": shift.last(f"amending:{request_id}")})

    amend(["test"], test="R210.1")
    amend(["test", "priority"], test="R14.2", priority="urgent")
    rows = [row for row in afterwards_look_up.amendments(shift.db, request_id) if row["field"] == "test"]
    assert [(row["former"], row["now"]) for row in rows] == [("R14.1", "R210.1"), ("R210.1", "R14.2")]
    row = look_up.row(shift.db, "request", request_id)
    assert row is not None
    assert (row["test"], row["priority"]) == ("R14.2", "urgent")


def keep(day: Shift, specimen: str, request: str, rests_on: str | None, ml: str = "") -> None:
    body = {"specimen": specimen, "aliquot": None, "request": request, "bench": day.bench, "rests_on": rests_on}
    volume = {"value": ml, "unit": "ml"} if ml else None
    day.act(lambda: [Draft("material.reserved", body | {"volume": volume})])


def free(day: Shift, specimen: str, request: str) -> None:
    body = {"specimen": specimen, "aliquot": None, "request": request, "volume": None, "bench": day.bench}
    day.act(lambda: [Draft("material.released", body | {"reason": "add-on withdrawn"})])


def test_material_is_kept_for_one_request_at_a_time_and_free_once_released(shift: Shift) -> None:
    specimen, others = shift.receive(shift.expect())["specimen"], [shift.expect()["request"] for _ in (1, 2)]
    keep(shift, specimen, others[0], shift.last(f"specimen:{specimen}"))
    with pytest.raises(PremiseFailed):
        keep(shift, specimen, others[1], shift.last(f"specimen:{specimen}"))
    free(shift, specimen, others[0])
    assert afterwards_look_up.reservations(shift.db, specimen) == []
    keep(shift, specimen, others[1], shift.last(f"specimen:{specimen}"))
    assert [row["specimen"] for row in afterwards_look_up.kept_for(shift.db, others[1])] == [specimen]
    assert today_look_up.without_material(shift.db, 9) == ([], 0)


def test_volumes_of_one_specimen_are_kept_for_several_requests_each_on_what_was_known(shift: Shift) -> None:
    specimen, others = shift.receive(shift.expect())["specimen"], [shift.expect()["request"] for _ in (1, 2)]
    known = shift.last(f"specimen:{specimen}")
    keep(shift, specimen, others[0], known, "0.5")
    with pytest.raises(PremiseFailed):
        # Another bench counted on all of it.
        keep(shift, specimen, others[1], known, "1.5")
    keep(shift, specimen, others[1], shift.last(f"specimen:{specimen}"), "1.5")
    rows = afterwards_look_up.reservations(shift.db, specimen)
    assert [(row["request"], row["volume"], row["volume_unit"]) for row in rows] == [
        (others[0], "0.5", "ml"),
        (others[1], "1.5", "ml"),
    ]


def test_material_that_another_bench_decided_on_meanwhile_is_not_kept(shift: Shift) -> None:
    specimen, other = shift.receive(shift.expect()), shift.expect()["request"]
    known = shift.last(f"specimen:{specimen['specimen']}")
    shift.decide(specimen)
    with pytest.raises(PremiseFailed):
        keep(shift, specimen["specimen"], other, known)


def test_a_released_specimen_serves_the_request_it_was_kept_for_no_more(shift: Shift) -> None:
    specimen, other = shift.receive(shift.expect())["specimen"], shift.expect()["request"]
    before = len(look_up.requests_of_specimen(shift.db, specimen))
    keep(shift, specimen, other, shift.last(f"specimen:{specimen}"))
    assert len(look_up.requests_of_specimen(shift.db, specimen)) == before + 1
    free(shift, specimen, other)
    assert len(look_up.requests_of_specimen(shift.db, specimen)) == before


def test_material_of_a_cancelled_request_is_listed_until_something_is_decided_or_it_serves_another(
    shift: Shift,
) -> None:
    request, other = shift.expect(), shift.expect()["request"]
    specimen = shift.receive(request)

    def listed() -> list[str]:
        return [row["id"] for row in today_look_up.cancelled_material(shift.db, 9)[0]]

    assert listed() == []
    cancel(shift, request["request"])
    assert listed() == [specimen["specimen"]]
    keep(shift, specimen["specimen"], other, shift.last(f"specimen:{specimen['specimen']}"))
    assert listed() == []
    cancel(shift, other)
    assert set(listed()) == {specimen["specimen"]}
    shift.decide(specimen, outcome="surplus")
    assert listed() == []
