"""Two decisions in conflict: either is kept by a person, the other counts no longer, and every history says so."""

from __future__ import annotations

import pytest
from two_benches import AtBench, Laboratory, same_case

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.register import look_up
from gms_desktop.register.digests import Digests
from gms_desktop.services.views import Answer, TimelineLine


@pytest.fixture
def decided() -> tuple[Laboratory, str]:
    """A held specimen is accepted at one bench and rejected at the other, while the network is away."""
    laboratory = Laboratory()
    request = laboratory.expects("Q26-1")
    laboratory.expects("Q26-2", "KOWALCZYK")
    laboratory.meets()
    laboratory.one.scans("Q26-1-1")
    laboratory.one.gives(Command.HOLD, Answer(("other",), "label unclear"))
    number = laboratory.one.number(request)
    laboratory.one.scans(number)
    laboratory.meets()
    specimen = look_up.specimen_by_accession(laboratory.one.db, number)
    assert specimen is not None
    assert specimen["outcome"] == "on hold"
    laboratory.one.gives(Command.ACCEPT_WITH_COMMENT, Answer(comment="asked the ward"), specimen["id"])
    laboratory.two.gives(Command.REJECT, Answer(("identifiers-missing",), "no name on it"), specimen["id"])
    laboratory.meets()
    return laboratory, number


def outcome(bench: AtBench, number: str) -> str:
    row = look_up.specimen_by_accession(bench.db, number)
    assert row is not None
    return str(row["outcome"])


def level(laboratory: Laboratory) -> None:
    laboratory.meets()
    assert Digests(laboratory.one.db).as_text() == Digests(laboratory.two.db).as_text()


def line(bench: AtBench, number: str, words: str) -> TimelineLine:
    return next(one for one in bench.finds(number).timeline if words in one.words)


def test_each_button_names_the_outcome_that_it_keeps(decided: tuple[Laboratory, str]) -> None:
    laboratory, _ = decided
    laboratory.one.signs_in(laboratory.ada)
    view = laboratory.one.review()
    assert [offer.label for offer in view.offers] == ["Keep left: accepted with comment", "Keep right: rejected"]
    assert [offer.command for offer in view.offers] == [Command.KEEP_LEFT, Command.KEEP_RIGHT]


def test_the_decision_on_the_right_is_kept_and_that_on_the_left_counts_no_longer(
    decided: tuple[Laboratory, str],
) -> None:
    laboratory, number = decided
    laboratory.one.signs_in(laboratory.ada)
    assert laboratory.one.settles(Command.KEEP_RIGHT).title == "Settled"
    level(laboratory)
    assert same_case(laboratory).cases == ()
    for bench in (laboratory.one, laboratory.two):
        assert outcome(bench, number) == "rejected"
        assert bench.finds(number).verdict is None
        left = line(bench, number, "Accept with comment")
        assert (left.kind, left.standing) == (VerdictKind.ALREADY, "counts no longer: a case was settled")
        newest = next(one for one in bench.finds(number).timeline if one.words.startswith("Reject"))
        assert (newest.who, newest.standing) == ("Ada Example", "")
        assert "no name on it" in newest.words


def test_the_decision_on_the_left_is_kept_by_leaving_it_as_it_is(decided: tuple[Laboratory, str]) -> None:
    laboratory, number = decided
    laboratory.two.signs_in(laboratory.ada)
    laboratory.two.settles(Command.KEEP_LEFT)
    level(laboratory)
    assert same_case(laboratory).cases == ()
    assert outcome(laboratory.one, number) == "accepted with comment"
    assert line(laboratory.one, number, "Accept with comment").standing == ""


def test_a_refused_decision_has_no_green_tick_in_find(decided: tuple[Laboratory, str]) -> None:
    laboratory, number = decided
    for bench in (laboratory.one, laboratory.two):
        shown = line(bench, number, "Reject")
        assert (shown.kind, shown.standing) == (VerdictKind.REFUSED, "refused, does not count")


def test_a_decision_made_since_is_not_lost_by_keeping_the_left(decided: tuple[Laboratory, str]) -> None:
    """Settled at both benches at once: the second is refused, and what was told with it as well."""
    laboratory, number = decided
    for bench in (laboratory.one, laboratory.two):
        bench.signs_in(laboratory.ada)
    laboratory.one.settles(Command.KEEP_LEFT)
    laboratory.two.settles(Command.KEEP_RIGHT)
    laboratory.one.pushes()
    laboratory.two.pushes()
    level(laboratory)
    assert outcome(laboratory.two, number) == "accepted with comment"
    assert "Two people settled the same case" in [one.title for one in same_case(laboratory).cases]


def test_stories_show_no_scan_of_another_patient(decided: tuple[Laboratory, str]) -> None:
    laboratory = Laboratory()
    laboratory.expects("Q26-1")
    laboratory.expects("Q26-2", "KOWALCZYK")
    laboratory.meets()
    for bench in (laboratory.one, laboratory.two):
        bench.scans("Q26-1-1")
        bench.scans("Q26-2-1")
    laboratory.meets()
    view = laboratory.one.review()
    stories = [story for story in (view.left, view.right) if story is not None]
    assert len(stories) == 2
    for story in stories:
        assert any("Q26-1-1" in one.words for one in story.lines)
        assert not any("Q26-2" in one.words for one in story.lines)


def test_no_other_case_stands_under_the_green_verdict_of_the_one_settled(decided: tuple[Laboratory, str]) -> None:
    laboratory, _ = decided
    laboratory.expects("Q26-9")
    laboratory.meets()
    for bench in (laboratory.one, laboratory.two):
        bench.scans("Q26-9-1")
    laboratory.meets()
    laboratory.one.signs_in(laboratory.ada)
    chosen = laboratory.one.review().chosen
    said = laboratory.one.settles(Command.KEEP_LEFT)
    from gms_desktop.services import review

    shown = review.view(laboratory.one.ledger, chosen, said, None, "Europe/London")
    assert shown.cases
    assert (shown.chosen, shown.left) == ("", None)
    assert review.view(laboratory.one.ledger, chosen, None, None, "Europe/London").chosen
