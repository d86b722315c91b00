"""Two benches at the tubes of one request: what each has in its hand stays its own, and an answer is of its tube."""

from __future__ import annotations

import pytest
from two_benches import ZONE, AtBench, Laboratory

from gms_desktop.domain.commands import Command
from gms_desktop.register import examination_look_up, look_up
from gms_desktop.register.ledger import Draft
from gms_desktop.services import receive_view
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.situation import Tube, open_situation
from gms_desktop.services.views import Answer, ReceiveView


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
    here = open_situation(laboratory.two.db, laboratory.two.ledger.head.writer)
    assert here is not None
    rows = look_up.specimens_of_request(laboratory.two.db, here.request["id"])
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


def comes_out(bench: AtBench) -> None:
    """The label of the tube in hand is sent: one that waits in the queue is not printed again."""
    label = in_hand(bench).label
    assert label is not None
    with bench.db.write():
        by = {"printer": "printer", "layout": "tube", "sha256": "0" * 64}
        body = {"label": label["id"], "outcome": "sent", "detail": ""} | by
        bench.ledger.append([Draft("label.sent", body)], None)


def answers_late(bench: AtBench, given: Command) -> Outcome:
    """Something is asked about the tube in hand, and answered when the next one lies there."""
    comes_out(bench)
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


def seen_by(bench: AtBench) -> ReceiveView:
    with bench.db.write():
        return receive_view.view(bench.ledger, bench.desk, None, ZONE)


def test_a_tube_that_lies_unlabelled_at_another_bench_is_in_nobodys_hand_here(laboratory: Laboratory) -> None:
    own = in_hand(laboratory.two).specimen
    assert own is not None
    assert laboratory.one.scans("Q26-1").title == "Found"
    laboratory.meets()
    shown = seen_by(laboratory.one)
    assert shown.heading == "Scan tube 1, the proband's"
    assert [line.state for line in shown.tubes] == ["awaited", "label prints, at Bench 2"]
    assert laboratory.one.gives(Command.HOLD).drafts == ()
    assert laboratory.one.gives(Command.HOLD).question is None
    assert laboratory.one.scans("Q26-1-1").title == "Matches"
    first = in_hand(laboratory.one).specimen
    assert first is not None
    assert first["sender_code"] == "Q26-1-1"
    assert laboratory.one.scans(first["accession"]).title == "Accepted"
    assert laboratory.one.gives(Command.FINISH).verdict.title == "Closed"


def test_a_tube_that_was_carried_over_is_taken_up_by_its_label(laboratory: Laboratory) -> None:
    own = in_hand(laboratory.two).specimen
    assert own is not None
    laboratory.one.scans("Q26-1")
    laboratory.meets()
    assert laboratory.one.scans(own["accession"]).title == "Accepted"


def test_a_button_of_a_further_tube_means_that_tube_though_another_comes_before_it_meanwhile(
    laboratory: Laboratory,
) -> None:
    two = laboratory.two
    two.scans(two.number(in_hand(two).request["id"]))
    laboratory.meets()
    laboratory.one.scans("Q26-1")
    for bench in (laboratory.one, two):
        bench.scans("Q26-1-2")
        bench.gives(Command.ANOTHER_TUBE, Answer(("another",)))
    further = in_hand(two)
    assert further.specimen is not None
    asked = two.gives(Command.CONDITION, None, further.key).question
    assert asked is not None
    laboratory.meets()
    assert in_hand(two).number == further.number + 1
    two.gives(Command.CONDITION, Answer((asked.choices[0].code,), subject=asked.subject))
    assert examination_look_up.examination(two.db, further.specimen["id"]) is not None
