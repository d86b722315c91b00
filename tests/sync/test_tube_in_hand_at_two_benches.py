"""Two benches at the tubes of one request: what each has in its hand stays its own, and an answer is of its tube."""

from __future__ import annotations

import pytest
from two_benches import AtBench, Laboratory

from gms_desktop.domain.commands import Command
from gms_desktop.register import look_up
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.situation import Tube, open_situation
from gms_desktop.services.views import Answer


def in_hand(bench: AtBench) -> Tube:
    here = open_situation(bench.db, bench.ledger.head.writer)
    assert here is not None
    assert here.in_hand is not None
    return here.in_hand


@pytest.fixture
def laboratory() -> Laboratory:
    """A request of two tubes that both benches know; bench 2 has the second in its hand."""
    made = Laboratory()
    made.expects("Q26-1", tubes=2)
    made.meets()
    made.two.scans("Q26-1-2")
    return made


def outcomes(laboratory: Laboratory) -> dict[str, str | None]:
    rows = look_up.specimens_of_request(laboratory.two.db, in_hand(laboratory.two).request["id"])
    return {row["sender_code"]: row["outcome"] for row in rows}


def test_a_tube_that_another_bench_receives_is_never_taken_for_the_one_in_hand_here(laboratory: Laboratory) -> None:
    own = in_hand(laboratory.two).specimen
    laboratory.one.scans("Q26-1-1")
    laboratory.meets()
    assert own is not None
    now = in_hand(laboratory.two).specimen
    assert now is not None
    assert now["accession"] == own["accession"]
    assert laboratory.two.scans(own["accession"]).title == "Accepted"
    assert outcomes(laboratory) == {"Q26-1-1": None, "Q26-1-2": "accepted"}


def answers_late(bench: AtBench, given: Command) -> Outcome:
    """Something is asked about the tube in hand, and answered when the next one lies there."""
    asked = bench.gives(given).question
    assert asked is not None
    assert in_hand(bench).specimen is not None
    bench.desk.question = None
    bench.scans(bench.number(in_hand(bench).request["id"]))
    bench.scans("Q26-1-1")
    return bench.gives(given, Answer((asked.choices[-1].code,), "as the ward said", subject=asked.subject))


@pytest.mark.parametrize(
    "given", [Command.PUT_LABEL_OFF, Command.LABEL_SPOILED, Command.SOMETHING_DIFFERS, Command.PRINT_AGAIN]
)
def test_an_answer_about_one_tube_does_nothing_to_the_other_that_is_in_hand_meanwhile(
    laboratory: Laboratory, given: Command
) -> None:
    late = answers_late(laboratory.two, given)
    assert late.drafts == ()
    specimen = in_hand(laboratory.two).specimen
    assert late.question is None or (specimen and late.question.subject == specimen["id"])


@pytest.mark.parametrize("given", [Command.REJECT, Command.ACCEPT_AT_DISCRETION])
def test_a_decision_is_of_the_tube_that_it_was_asked_about(laboratory: Laboratory, given: Command) -> None:
    late = answers_late(laboratory.two, given)
    assert [draft.kind for draft in late.drafts] == ["specimen.decided"]
    assert outcomes(laboratory)["Q26-1-1"] is None
    assert outcomes(laboratory)["Q26-1-2"] in {"rejected", "accepted at discretion"}
