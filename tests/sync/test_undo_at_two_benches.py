"""What is undone at a bench while the network is away never overwrites what another bench did meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest
from two_benches import AtBench, Laboratory

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Row, text_statement
from gms_desktop.journal.entry import Entry
from gms_desktop.register import look_up, undoing
from gms_desktop.register.digests import Digests
from gms_desktop.register.ledger import Draft
from gms_desktop.services import decide, people

_PLACE = text_statement("SELECT specimen FROM expected_tube WHERE id = :id")


@pytest.fixture
def received() -> tuple[Laboratory, str]:
    """A specimen that both benches know, on hold."""
    laboratory = Laboratory()
    request = laboratory.expects("Q26-1")
    laboratory.meets()
    laboratory.one.scans("Q26-1-1")
    specimen = look_up.specimens_of_request(laboratory.one.db, request)[0]["id"]
    decides(laboratory.one, specimen, "on hold")
    laboratory.meets()
    return laboratory, specimen


def decides(bench: AtBench, specimen: str, outcome: str) -> Entry:
    key = f"last:specimen:{specimen}"
    last = bench.ledger.driver.holders([key])[key]
    return bench.does(decide.decision(bench.ledger, specimen, outcome, (), rests_on=last))[0]


def compares(bench: AtBench, specimen: str) -> Entry:
    """A fact: it stands whatever was decided meanwhile."""
    return bench.does(Draft("specimen.compared", {"specimen": specimen, "compared": {"surname": "same"}}))[0]


def takes_back(bench: AtBench, entry: Entry) -> Entry:
    return bench.does(*undoing.undo_drafts(bench.ledger, entry.action))[0]


def specimen_at(bench: AtBench, specimen: str) -> Row:
    row = look_up.row(bench.db, "specimen", specimen)
    assert row is not None
    return row


def one_comes_first(laboratory: Laboratory) -> None:
    laboratory.one.pushes()
    laboratory.two.pushes()
    laboratory.meets()
    assert Digests(laboratory.one.db).as_text() == Digests(laboratory.two.db).as_text()


def test_the_decision_that_counts_outlives_the_undo_of_work_that_rested_on_a_refused_one(
    received: tuple[Laboratory, str],
) -> None:
    laboratory, specimen = received
    decides(laboratory.one, specimen, "accepted")
    two = laboratory.two
    decision = decides(two, specimen, "rejected")
    fact = compares(two, specimen)
    undone = takes_back(two, fact), takes_back(two, decision)
    assert specimen_at(two, specimen)["outcome"] == "on hold"
    one_comes_first(laboratory)
    assert [two.verdict_of(one) for one in (decision, fact, *undone)] == ["refused", "accepted", "refused", "refused"]
    for bench in (laboratory.one, two):
        row = specimen_at(bench, specimen)
        assert (row["outcome"], row["compared"]) == ("accepted", '{"surname": "same"}')


def test_a_fact_in_between_that_another_bench_recorded_outlives_the_undo_of_a_later_one(
    received: tuple[Laboratory, str],
) -> None:
    laboratory, specimen = received
    laboratory.one.does(Draft("specimen.compared", {"specimen": specimen, "compared": {"born": "differs"}}))
    fact = compares(laboratory.two, specimen)
    undone = takes_back(laboratory.two, fact)
    one_comes_first(laboratory)
    assert laboratory.two.verdict_of(undone) == "refused"
    assert specimen_at(laboratory.one, specimen)["compared"] == '{"surname": "same"}'


def test_what_is_refused_on_top_of_another_benchs_work_is_not_put_back_by_the_undo_of_what_followed_it(
    received: tuple[Laboratory, str],
) -> None:
    laboratory, specimen = received
    two = laboratory.two
    # At the hub Cem is no scientist any more: what he decided is refused, and last was the other bench.
    gone = people.role_changed(laboratory.one.ledger, laboratory.cem, "biomedical scientist", laboratory.ada)
    laboratory.one.does(gone)
    last = two.ledger.driver.holders([f"last:specimen:{specimen}"])[f"last:specimen:{specimen}"]
    draft = decide.decision(two.ledger, specimen, "rejected", (), rests_on=last)
    decision = two.does(replace(draft, role="biomedical scientist"))[0]
    two.signs_in(laboratory.ada)
    fact = compares(two, specimen)
    undone = takes_back(two, fact)
    one_comes_first(laboratory)
    assert [two.verdict_of(one) for one in (decision, fact, undone)] == ["refused", "accepted", "refused"]
    for bench in (laboratory.one, two):
        assert specimen_at(bench, specimen)["outcome"] == "on hold"


def test_an_undo_that_was_refused_can_be_given_again_once_the_bench_knows_what_it_did_not(
    received: tuple[Laboratory, str],
) -> None:
    laboratory, specimen = received
    laboratory.one.does(Draft("specimen.compared", {"specimen": specimen, "compared": {"born": "differs"}}))
    fact = compares(laboratory.two, specimen)
    assert laboratory.two.gives(Command.UNDO).verdict.kind is not VerdictKind.REFUSED
    one_comes_first(laboratory)
    assert [flip.now for flip in laboratory.two.flips] == ["refused"]
    assert laboratory.two.gives(Command.UNDO).verdict.kind is not VerdictKind.REFUSED
    one_comes_first(laboratory)
    for bench in (laboratory.one, laboratory.two):
        assert specimen_at(bench, specimen)["compared"] == '{"born": "differs"}'
        touched = store.of_subject(bench.db, f"specimen:{specimen}")
        undone = [one for one in touched if one.entry.undoes == fact.id]
        assert [one.verdict for one in undone] == ["refused", "accepted"]
        lines = [line for line in bench.finds(specimen_at(bench, specimen)["accession"]).timeline if line.undone]
        assert len(lines) == 1


def test_an_undo_stands_where_what_the_bench_saw_is_what_was_there(received: tuple[Laboratory, str]) -> None:
    laboratory, specimen = received
    two = laboratory.two
    decision = decides(two, specimen, "rejected")
    fact = compares(two, specimen)
    undone = takes_back(two, fact), takes_back(two, decision)
    laboratory.expects("Q26-2", "KOWALCZYK")
    one_comes_first(laboratory)
    assert [two.verdict_of(one) for one in undone] == ["accepted", "accepted"]
    assert specimen_at(laboratory.one, specimen)["outcome"] == "on hold"


@pytest.mark.parametrize("tube", ["Q26-1-1", "Q26-1-2"], ids=["the same tube", "the other tube of the request"])
def test_the_receipt_of_one_bench_outlives_the_undo_of_a_receipt_at_another(tube: str) -> None:
    laboratory = Laboratory()
    request = laboratory.expects("Q26-1", tubes=2)
    laboratory.meets()
    laboratory.one.scans("Q26-1-1")
    laboratory.two.scans(tube)
    assert laboratory.two.gives(Command.UNDO).verdict.kind is not VerdictKind.REFUSED
    one_comes_first(laboratory)
    for bench in (laboratory.one, laboratory.two):
        known = look_up.row(bench.db, "request", request)
        assert known is not None
        assert known["state"] == "arriving"
        [place] = bench.db.all(_PLACE, {"id": f"{request}/1"})
        assert specimen_at(bench, place["specimen"])["bench"] == laboratory.one.ledger.head.writer


def test_an_undo_that_was_refused_is_a_case_in_words_that_say_why(received: tuple[Laboratory, str]) -> None:
    laboratory, specimen = received
    laboratory.one.does(Draft("specimen.compared", {"specimen": specimen, "compared": {"born": "differs"}}))
    takes_back(laboratory.two, compares(laboratory.two, specimen))
    one_comes_first(laboratory)
    laboratory.one.signs_in(laboratory.ada)
    view = laboratory.one.review()
    assert view.title == "Undone while another bench worked on it"
    assert [offer.label for offer in view.offers] == ["Keep what stands on the left"]
    assert view.left is not None
    assert view.left.title == "Bench 1, Bob Example"
    laboratory.one.settles(Command.KEEP_LEFT)
    one_comes_first(laboratory)
    assert laboratory.two.review().cases == ()


def test_a_decision_that_was_refused_and_undone_is_not_offered_again(received: tuple[Laboratory, str]) -> None:
    laboratory, specimen = received
    decides(laboratory.one, specimen, "accepted")
    takes_back(laboratory.two, decides(laboratory.two, specimen, "rejected"))
    one_comes_first(laboratory)
    laboratory.one.signs_in(laboratory.ada)
    assert [offer.label for offer in laboratory.one.review().offers] == ["Keep left: as it was"]
    laboratory.one.settles(Command.KEEP_LEFT)
    one_comes_first(laboratory)
    assert laboratory.two.review().cases == ()
    assert specimen_at(laboratory.two, specimen)["outcome"] == "accepted"
