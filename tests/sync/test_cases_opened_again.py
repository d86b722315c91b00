"""A settled case is opened again, by a person with the right and a reason; what it left to do follows."""

from __future__ import annotations

from typing import Any

import pytest
from two_benches import AtBench, Laboratory, same_case

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register import handover_look_up, look_up, rebuild, verify
from gms_desktop.register.digests import Digests
from gms_desktop.services.views import Answer


@pytest.fixture
def twice() -> tuple[Laboratory, str]:
    """One tube is received at both benches while the network is away."""
    laboratory = Laboratory()
    request = laboratory.expects("Q26-1")
    laboratory.meets()
    for bench in (laboratory.one, laboratory.two):
        bench.scans("Q26-1-1")
    laboratory.meets()
    laboratory.two.signs_in(laboratory.ada)
    return laboratory, request


def level(laboratory: Laboratory) -> None:
    laboratory.meets()
    assert Digests(laboratory.one.db).as_text() == Digests(laboratory.two.db).as_text()


def opens_again(bench: AtBench, number: str, reason: str = "wrong-story", comment: str = "") -> Verdict:
    """Find it, press the button, say why."""
    button = next(offer for offer in bench.finds(number).offers if offer.command is Command.REOPEN_CASE)
    asked = bench.gives(button.command, None, button.argument).question
    assert asked is not None
    shown = bench.review()
    assert shown.question == asked
    assert shown.banner is not None
    return bench.gives(button.command, Answer((reason,), comment, subject=asked.subject)).verdict


def specimen(bench: AtBench, number: str) -> dict[str, Any]:
    row = look_up.specimen_by_accession(bench.db, number)
    assert row is not None
    return row


def test_what_was_settled_is_held_again_and_what_was_left_to_do_is_withdrawn(twice: tuple[Laboratory, str]) -> None:
    laboratory, request = twice
    first, second = laboratory.one.number(request), laboratory.two.number(request)
    before = laboratory.two.review()
    laboratory.two.settles(Command.KEEP_LEFT)
    level(laboratory)
    assert len(same_case(laboratory).tasks) == 2
    said = opens_again(laboratory.two, first)
    assert said.title == "Open again"
    assert "2 things left to do are withdrawn" in said.sentence
    level(laboratory)
    view = same_case(laboratory)
    assert (view.title, view.chosen) == (before.title, before.chosen)
    assert view.left is not None
    assert before.left is not None
    assert view.left.sentence == before.left.sentence
    assert look_up.case_tasks(laboratory.one.db) == []
    for bench in (laboratory.one, laboratory.two):
        assert specimen(bench, second)["led_by"] is None
        for number in (first, second):
            bench.desk.last_code = ""
            assert bench.scans(number).title == "In dispute"


def test_the_other_story_is_kept_the_second_time(twice: tuple[Laboratory, str]) -> None:
    laboratory, request = twice
    first, second = laboratory.one.number(request), laboratory.two.number(request)
    laboratory.two.settles(Command.KEEP_LEFT)
    opens_again(laboratory.two, first, "other", "the form names the other tube")
    laboratory.two.settles(Command.KEEP_RIGHT)
    level(laboratory)
    assert specimen(laboratory.one, first)["led_by"] == specimen(laboratory.one, second)["id"]
    assert specimen(laboratory.one, second)["led_by"] is None
    assert f"Put a new label {second} on the tube" in [task.words for task in same_case(laboratory).tasks]
    for bench in (laboratory.one, laboratory.two):
        before = Digests(bench.db).as_text()
        assert verify.verify(bench.db, verify.scratch_database()).findings == []
        assert rebuild.rebuild(bench.db) == before


def test_whoever_may_not_settle_a_case_opens_none_again(twice: tuple[Laboratory, str]) -> None:
    laboratory, request = twice
    first = laboratory.one.number(request)
    laboratory.two.settles(Command.KEEP_BOTH)
    laboratory.meets()
    button = next(offer for offer in laboratory.two.finds(first).offers if offer.command is Command.REOPEN_CASE)
    assert Command.REOPEN_CASE not in [offer.command for offer in laboratory.one.finds(first).offers]
    assert laboratory.one.gives(button.command, None, button.argument).verdict.title == "Reviewer only"


def test_a_reason_is_asked_and_of_another_reason_which(twice: tuple[Laboratory, str]) -> None:
    laboratory, request = twice
    laboratory.two.settles(Command.KEEP_BOTH)
    offers = laboratory.two.finds(laboratory.one.number(request)).offers
    [button] = [one for one in offers if one.command is Command.REOPEN_CASE]
    for answer in (Answer(), Answer(("other",))):
        asked = laboratory.two.gives(button.command, answer, button.argument).question
        assert asked is not None
        assert asked.problems


def test_opened_again_at_two_benches_the_first_counts(twice: tuple[Laboratory, str]) -> None:
    laboratory, request = twice
    first = laboratory.one.number(request)
    laboratory.two.settles(Command.KEEP_BOTH)
    laboratory.meets()
    laboratory.one.signs_in(laboratory.ada)
    for bench in (laboratory.one, laboratory.two):
        assert opens_again(bench, first).title == "Open again"
    laboratory.one.pushes()
    laboratory.two.pushes()
    level(laboratory)
    assert same_case(laboratory).cases[0].title == "One specimen received at two benches"
    laboratory.one.settles(Command.KEEP_BOTH)
    level(laboratory)


def test_of_two_decisions_the_other_counts_after_the_case_was_opened_again(twice: tuple[Laboratory, str]) -> None:
    laboratory, request = twice
    laboratory.two.settles(Command.KEEP_BOTH)
    number = laboratory.one.number(request)
    laboratory.one.scans(number)
    row = specimen(laboratory.one, number)
    laboratory.meets()
    last = laboratory.one.ledger.driver.holders([f"last:specimen:{row['id']}"])[f"last:specimen:{row['id']}"]
    from gms_desktop.services import decide

    for bench, outcome in ((laboratory.one, "on hold"), (laboratory.two, "rejected")):
        bench.does(decide.decision(bench.ledger, row["id"], outcome, (), rests_on=last))
    laboratory.meets()
    for given, outcome in ((Command.KEEP_RIGHT, "rejected"), (Command.KEEP_LEFT, "on hold")):
        laboratory.two.settles(given)
        level(laboratory)
        assert specimen(laboratory.one, number)["outcome"] == outcome
        opens_again(laboratory.two, number)
        level(laboratory)
    laboratory.two.settles(Command.KEEP_RIGHT)
    level(laboratory)
    assert specimen(laboratory.two, number)["outcome"] == "rejected"


def test_a_tube_numbered_anew_since_keeps_its_case_settled() -> None:
    laboratory = Laboratory()
    for code in ("Q26-7", "Q26-8"):
        laboratory.expects(code)
    laboratory.meets()
    head = {name: getattr(laboratory.two.ledger.head, name) for name in laboratory.two.ledger.head.__slots__}
    head |= {"short_code": laboratory.one.ledger.head.short_code}
    laboratory.two.ledger._head = type(laboratory.two.ledger.head)(**head)
    laboratory.one.scans("Q26-7-1")
    laboratory.two.scans("Q26-8-1")
    laboratory.meets()
    laboratory.one.signs_in(laboratory.ada)
    number = handover_look_up.undecided(laboratory.one.db, 5)[0]["accession"]
    laboratory.one.settles(Command.KEEP_RIGHT)
    assert opens_again(laboratory.one, number).title == "Open again"
    laboratory.one.settles(Command.KEEP_LEFT)
    level(laboratory)
    anew = next(offer for offer in laboratory.one.review().offers if offer.label.startswith("Receive"))
    laboratory.one.gives(anew.command, None, anew.argument)
    other = next(
        row["accession"] for row in handover_look_up.undecided(laboratory.one.db, 5) if row["accession"] != number
    )
    button = next(offer for offer in laboratory.one.finds(other).offers if offer.command is Command.REOPEN_CASE)
    said = laboratory.one.gives(button.command, None, button.argument).verdict
    assert (said.title, "another number" in said.sentence) == ("Stays settled", True)
    level(laboratory)
