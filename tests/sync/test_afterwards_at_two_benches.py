"""What becomes of a request at one bench while another is at work on it: told at once, and nothing is lost."""

from __future__ import annotations

import pytest
from two_benches import ZONE, AtBench, Laboratory, same_case

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.register import afterwards_look_up, look_up, today_look_up
from gms_desktop.register.digests import Digests
from gms_desktop.services import receive_view
from gms_desktop.services.views import Answer

ASKED = (("asked_by", "Dr Sidhu"), ("reason", "ordered twice"))


@pytest.fixture
def laboratory() -> Laboratory:
    return Laboratory()


def gives(bench: AtBench, given: Command, request: str, **fields: str) -> Verdict:
    answer = Answer(("telephone",), fields=(*ASKED, *fields.items()), subject=request)
    return bench.gives(given, answer, request).verdict


def accepted(laboratory: Laboratory, code: str) -> str:
    """A request whose tube Bench 1 received, labelled and accepted; both benches know it."""
    request = laboratory.expects(code)
    assert laboratory.one.scans(f"{code}-1").kind is VerdictKind.MATCHES
    assert laboratory.one.scans(laboratory.one.number(request)).title == "Accepted"
    laboratory.meets()
    return request


def level(laboratory: Laboratory) -> None:
    laboratory.meets()
    assert Digests(laboratory.one.db).as_text() == Digests(laboratory.two.db).as_text()


def test_a_request_cancelled_at_another_bench_while_its_tube_is_in_hand_is_told_at_once(
    laboratory: Laboratory,
) -> None:
    request = laboratory.expects("Q26-1")
    laboratory.meets()
    matches = laboratory.one.scans("Q26-1-1")
    number = laboratory.one.number(request)
    assert gives(laboratory.two, Command.CANCEL_REQUEST, request).title == "Request cancelled"
    laboratory.meets()
    view = receive_view.view(laboratory.one.ledger, laboratory.one.desk, matches, ZONE)
    assert view.verdict is not None
    assert view.verdict.title == "Request cancelled"
    assert number in view.verdict.sentence
    assert laboratory.one.scans(number).title == "Decide first"
    laboratory.one.gives(Command.SURPLUS, Answer(("request-cancelled",)))
    assert laboratory.one.scans(number).title == "Label verified"
    assert same_case(laboratory).cases == ()
    level(laboratory)
    row = look_up.row(laboratory.two.db, "request", request)
    assert row is not None
    assert row["state"] == "cancelled, here"


def test_two_benches_that_cancel_one_request_meet_on_review(laboratory: Laboratory) -> None:
    request = laboratory.expects("Q26-1")
    laboratory.meets()
    for bench in (laboratory.one, laboratory.two):
        gives(bench, Command.CANCEL_REQUEST, request)
    level(laboratory)
    assert len(same_case(laboratory).cases) == 1
    assert [flip.now for flip in laboratory.two.flips] == ["contested"]
    laboratory.two.signs_in(laboratory.ada)
    assert laboratory.two.settles(Command.KEEP_LEFT).title == "Settled"
    level(laboratory)
    assert same_case(laboratory).cases == ()
    row = look_up.row(laboratory.one.db, "request", request)
    assert row is not None
    assert row["state"] == "cancelled"


def test_material_that_two_benches_keep_for_two_tests_is_kept_for_the_first(laboratory: Laboratory) -> None:
    request = accepted(laboratory, "Q26-1")
    specimen = look_up.specimens_of_request(laboratory.one.db, request)[0]["id"]
    for bench, test in ((laboratory.one, "R208.1"), (laboratory.two, "R210.1")):
        assert gives(bench, Command.ADD_ON, request, test=test).title == "Added on"
    laboratory.meets()
    assert [flip.now for flip in laboratory.two.flips] == ["refused"]
    for bench in (laboratory.one, laboratory.two):
        (kept,) = afterwards_look_up.reservations(bench.db, specimen)
        first = look_up.row(bench.db, "request", kept["request"])
        assert first is not None
        assert first["test"] == "R208.1"
    assert len(same_case(laboratory).cases) == 1
    laboratory.two.signs_in(laboratory.ada)
    assert laboratory.two.settles(Command.KEEP_LEFT).title == "Settled"
    level(laboratory)
    assert same_case(laboratory).cases == ()
    rows, _ = today_look_up.without_material(laboratory.one.db, 9)
    assert [one["test"] for one in rows] == ["R210.1"]


def test_of_two_benches_that_promise_more_together_than_there_is_the_second_is_told(laboratory: Laboratory) -> None:
    request = accepted(laboratory, "Q26-1")
    specimen = look_up.specimens_of_request(laboratory.one.db, request)[0]["id"]
    measured = Answer(("measured",), fields=(("volume", "2 ml"),))
    assert laboratory.one.gives(Command.EXAMINE, measured, specimen).verdict.title == "Noted"
    laboratory.meets()
    for bench, test in ((laboratory.one, "R208.1"), (laboratory.two, "R210.1")):
        assert gives(bench, Command.ADD_ON, request, test=test, volume="1.5 ml").title == "Added on"
    level(laboratory)
    assert [flip.now for flip in laboratory.two.flips] == ["refused"]
    for bench in (laboratory.one, laboratory.two):
        (kept,) = afterwards_look_up.reservations(bench.db, specimen)
        assert (kept["volume"], kept["volume_unit"]) == ("1.5", "ml")
    laboratory.two.signs_in(laboratory.ada)
    assert laboratory.two.settles(Command.KEEP_LEFT).title == "Settled"
    level(laboratory)
    laboratory.two.signs_in(laboratory.cem)
    ((added,), _) = today_look_up.without_material(laboratory.two.db, 9)
    assert laboratory.two.gives(Command.ADD_ON, None, added["id"]).question is not None
    more = Answer((specimen,), fields=(("volume", "0.5 ml"),), subject=added["id"])
    assert laboratory.two.gives(Command.ADD_ON, more, added["id"]).verdict.title == "Kept"
    level(laboratory)
    assert len(afterwards_look_up.reservations(laboratory.one.db, specimen)) == 2
