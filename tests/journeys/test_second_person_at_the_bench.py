"""The second person at the bench: beside, at another bench, afterwards. Never oneself, once, and of what was shown."""

from __future__ import annotations

from importlib.resources import files
from threading import Event
from typing import Any

import pytest
from bench_top import OKAFOR, PIN, SILVA, WAIT_S, BenchTop
from people_at_work import (
    BRIGHT,
    MENSAH,
    NOVAK,
    added,
    confirm_view,
    linked,
    stands_beside,
    state_of_pair,
    works,
)

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.register.ledger import Draft
from gms_desktop.services import sign_in, site_rules
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.views import Question

PROBAND, SINGLE = "Q26-118834-1", "Q26-118901-1"
PART = Command.LINK_PATIENTS


@pytest.fixture
def pair(empty_bench: BenchTop) -> str:
    """Two registrations of one person, linked; R. Okafor is signed in and about to part them."""
    added(empty_bench, NOVAK, BRIGHT)
    made = linked(empty_bench)
    works(empty_bench, OKAFOR)
    return made


def question_of(bench: BenchTop, pair: str) -> Question:
    """The question that parting two patients comes to."""
    question = bench.bench.command(PART, None, f"part:{pair}").result(WAIT_S).question
    assert question is not None
    assert question.command is Command.SECOND_PERSON
    return question


def test_a_second_person_beside_lets_it_happen_and_the_first_ones_session_is_not_locked(
    empty_bench: BenchTop, pair: str
) -> None:
    question_of(empty_bench, pair)
    assert state_of_pair(empty_bench, pair) == "linked"
    told = stands_beside(empty_bench, NOVAK)
    assert (told.ok, empty_bench.verdict is not None and empty_bench.verdict.title) == (True, "Parted")
    assert (empty_bench.bench.strip().operator, empty_bench.bench.strip().locked) == ("R. Okafor", False)
    assert state_of_pair(empty_bench, pair) == "parted"
    assert empty_bench.rows("SELECT by FROM signature")


def test_the_same_person_and_one_who_may_not_are_refused_and_the_question_stays(
    empty_bench: BenchTop, pair: str
) -> None:
    question_of(empty_bench, pair)
    assert empty_bench.scans(OKAFOR.badge).title == "Same person"
    said = empty_bench.scans(SILVA.badge)
    assert (said.title, "M. Silva may not" in said.sentence) == ("May not confirm", True)
    assert not empty_bench.bench.strip().locked
    assert stands_beside(empty_bench, NOVAK).ok


def test_a_wrong_pin_of_the_second_person_changes_nothing_and_waits_like_any_other(
    empty_bench: BenchTop, pair: str
) -> None:
    question_of(empty_bench, pair)
    for _ in range(3):
        told = stands_beside(empty_bench, NOVAK, "1111")
        assert (told.ok, told.answered) == (False, None)
    empty_bench.clock.forward(-4)
    assert "Too many wrong PINs" in stands_beside(empty_bench, NOVAK).words
    assert state_of_pair(empty_bench, pair) == "linked"
    assert empty_bench.bench.strip().operator == "R. Okafor"
    empty_bench.clock.forward(60)
    assert stands_beside(empty_bench, NOVAK).ok


def test_after_going_back_a_badge_is_an_ordinary_badge(empty_bench: BenchTop, pair: str) -> None:
    question_of(empty_bench, pair)
    empty_bench.asks_for(Command.CANCEL)
    empty_bench.scans(NOVAK.badge)
    assert empty_bench.bench.session.awaiting is not None
    assert empty_bench.bench.pin(PIN).result(WAIT_S).answered is None
    assert empty_bench.bench.strip().operator == "B. Novak"
    assert state_of_pair(empty_bench, pair) == "linked"


def test_what_was_left_while_the_pin_was_checked_does_not_happen(
    empty_bench: BenchTop, pair: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    question_of(empty_bench, pair)
    empty_bench.scans(NOVAK.badge)
    left, verifies = Event(), sign_in.verifies

    def as_slow_as_it_should(*said: Any) -> bool:
        return left.wait(WAIT_S) and verifies(*said)

    monkeypatch.setattr(sign_in, "verifies", as_slow_as_it_should)
    checking = empty_bench.bench.pin(PIN)
    empty_bench.bench.command(Command.CANCEL).result(WAIT_S)
    left.set()
    checking.result(WAIT_S)
    assert state_of_pair(empty_bench, pair) == "linked"


def test_a_scan_of_other_work_gives_up_what_waited(bench: BenchTop) -> None:
    added(bench, NOVAK)
    needs(bench, "reject", "wait")
    bench.scans(SINGLE)
    bench.label()
    asked = bench.says(Command.REJECT, "clotted")
    assert asked.title == "A second person confirms"
    assert bench.bench.sessions.pending is not None
    bench.scans(bench.in_hand.accession)
    assert bench.bench.sessions.pending is None
    bench.scans(NOVAK.badge)
    assert bench.bench.sessions.second is None


def test_asked_at_another_bench_confirmed_there_by_somebody_else_and_used_once(
    empty_bench: BenchTop, pair: str
) -> None:
    question_of(empty_bench, pair)
    said = empty_bench.says(Command.SECOND_PERSON, "another bench")
    assert said.title == "Asked at another bench"
    assert state_of_pair(empty_bench, pair) == "linked"
    (asked,) = confirm_view(empty_bench).lines
    assert (asked.mine, asked.may) == (True, False)
    assert "same person" in empty_bench.asks_for(Command.CONFIRM_SECOND, asked.argument).sentence
    works(empty_bench, BRIGHT)
    (seen,) = confirm_view(empty_bench).lines
    assert seen.may
    assert "count as two people again" in seen.words
    assert empty_bench.asks_for(Command.CONFIRM_SECOND, seen.argument).title == "Confirmed"
    assert empty_bench.asks_for(Command.CONFIRM_SECOND, seen.argument).title == "Not done"
    # A later session, after a restart: what was confirmed for this person is still there, and serves once.
    empty_bench.restart()
    works(empty_bench, NOVAK)
    assert question_of(empty_bench, pair)
    empty_bench.asks_for(Command.CANCEL)
    works(empty_bench, OKAFOR)
    assert any("confirmed" in line for line in confirm_view(empty_bench).answered)
    assert empty_bench.asks_for(PART, f"part:{pair}").title == "Parted"
    works(empty_bench, OKAFOR)
    one, _, other = pair.partition("/")
    assert empty_bench.asks_for(PART, f"propose:{one}/{other}").title == "Proposed"
    works(empty_bench, NOVAK)
    assert empty_bench.asks_for(PART, f"link:{pair}").title == "Linked"
    works(empty_bench, OKAFOR)
    assert question_of(empty_bench, pair)


def test_what_is_declined_has_a_reason_and_does_not_happen(empty_bench: BenchTop, pair: str) -> None:
    question_of(empty_bench, pair)
    empty_bench.says(Command.SECOND_PERSON, "another bench")
    works(empty_bench, BRIGHT)
    (seen,) = confirm_view(empty_bench).lines
    assert empty_bench.asks_for(Command.DECLINE_SECOND, seen.argument).title == "Decline"
    assert empty_bench.says(Command.DECLINE_SECOND, comment="not them", argument=seen.argument).title == "Declined"
    works(empty_bench, OKAFOR)
    assert any("declined" in line for line in confirm_view(empty_bench).answered)
    assert question_of(empty_bench, pair)
    assert state_of_pair(empty_bench, pair) == "linked"


def test_a_confirmation_from_another_bench_lapses_and_is_told_on_confirm_on_today_and_where_it_is_tried(
    empty_bench: BenchTop, pair: str
) -> None:
    question_of(empty_bench, pair)
    empty_bench.says(Command.SECOND_PERSON, "another bench")
    works(empty_bench, BRIGHT)
    (seen,) = confirm_view(empty_bench).lines
    assert "lapses at" in seen.due
    assert empty_bench.asks_for(Command.CONFIRM_SECOND, seen.argument).title == "Confirmed"
    empty_bench.clock.forward(13 * 3600)
    works(empty_bench, OKAFOR)
    (told,) = confirm_view(empty_bench).answered
    assert told.startswith("Lapsed: ")
    (work,) = [one for one in empty_bench.bench.today().result(WAIT_S).lists if one.title == "To confirm or review"]
    assert ["It lapsed at" in item.detail for item in work.items] == [True]
    asked = empty_bench.asks_for(PART, f"part:{pair}")
    assert (asked.title, "It lapsed at" in asked.sentence) == ("A second person confirms", True)
    assert state_of_pair(empty_bench, pair) == "linked"


def test_what_lapsed_before_anybody_answered_is_answered_by_nobody(empty_bench: BenchTop, pair: str) -> None:
    question_of(empty_bench, pair)
    empty_bench.says(Command.SECOND_PERSON, "another bench")
    works(empty_bench, BRIGHT)
    (seen,) = confirm_view(empty_bench).lines
    empty_bench.clock.forward(13 * 3600)
    said = empty_bench.asks_for(Command.CONFIRM_SECOND, seen.argument)
    assert (said.title, "It lapsed at" in said.sentence) == ("Not done", True)
    assert confirm_view(empty_bench).lines == ()


def needs(bench: BenchTop, job: str, alone: str, hours: int = 0) -> None:
    """The laboratory wants a second person for a job."""
    text = files("resources").joinpath("rules", "second-person.toml").read_text("utf-8")
    more = f"hours = {hours}\n" if hours else ""
    text = text.replace("EXAMPLE-1", "OWN-1") + f'\n[[job]]\njob = "{job}"\nneeded = true\nalone = "{alone}"\n{more}'
    who = bench.bench.operator_id()
    bench.write(lambda ledger: ledger.append([site_rules.approval(text, "second-person", who or "")], who))


def approves(bench: BenchTop, *, later: bool = False) -> VerdictKind | str:
    """The administrator approves a rule set at the bench, as any act does that goes through the gate."""
    text = files("resources").joinpath("rules", "error-rate.toml").read_text("utf-8").replace("EXAMPLE-1", "OWN-1")

    def job(ledger):
        draft = site_rules.approval(text, "error-rate", bench.bench.operator_id() or "")
        from gms_desktop import people_words

        return bench.bench.answer(ledger, Outcome(people_words.done("Approved", "OWN-1 holds."), (draft,)), None)

    bench.clock.forward(1)
    return bench.bench.doing(job).result(WAIT_S).verdict.title


def test_a_rule_approved_alone_is_countersigned_in_time_by_somebody_else_only(empty_bench: BenchTop) -> None:
    added(empty_bench, BRIGHT, MENSAH)
    assert approves(empty_bench) == "A second person confirms"
    assert empty_bench.says(Command.SECOND_PERSON, "countersign").title == "Approved"
    (line,) = confirm_view(empty_bench).lines
    assert (line.mine, line.kind) == (True, VerdictKind.ATTENTION)
    assert "countersign by" in line.due
    assert "same person" in empty_bench.asks_for(Command.CONFIRM_SECOND, line.argument).sentence
    empty_bench.clock.forward(73 * 3600)
    works(empty_bench, SILVA)
    (late,) = confirm_view(empty_bench).lines
    assert (late.kind, late.may) == (VerdictKind.REFUSED, False)
    assert "overdue" in late.due
    first = next(
        work for work in empty_bench.bench.today().result(WAIT_S).lists if work.title == "To confirm or review"
    )
    assert (first.items[0].screen, first.items[0].kind) == ("confirm", VerdictKind.REFUSED)
    works(empty_bench, MENSAH)
    assert empty_bench.asks_for(Command.CONFIRM_SECOND, line.argument).title == "Countersigned"
    assert confirm_view(empty_bench).lines == ()


def test_where_the_rule_says_wait_nothing_is_done_without_a_second_person(bench: BenchTop) -> None:
    added(bench, NOVAK)
    needs(bench, "reject", "wait")
    bench.scans(SINGLE)
    bench.label()
    asked = bench.says(Command.REJECT, "clotted")
    assert asked.title == "A second person confirms"
    assert bench.says(Command.SECOND_PERSON, "countersign").title == "A second person confirms"
    assert bench.states() == {1: "label awaited"} or "rejected" not in bench.states()[1]
    assert stands_beside(bench, NOVAK).ok
    assert bench.verdict is not None
    assert bench.count("signed") == 1


def test_a_rejection_that_needed_a_second_person_needs_one_when_it_is_undone(bench: BenchTop) -> None:
    added(bench, NOVAK)
    needs(bench, "reject", "wait")
    bench.scans(SINGLE)
    number = bench.label()
    bench.says(Command.REJECT, "clotted")
    assert stands_beside(bench, NOVAK).ok
    bench.scans(number)
    assert bench.states() == {1: "rejected"}
    assert bench.undoes().title == "A second person confirms"
    assert bench.states() == {1: "rejected"}
    assert stands_beside(bench, NOVAK).ok
    assert "rejected" not in bench.states()[1]


def test_an_acceptance_is_undone_without_the_second_person_that_a_rejection_needs(bench: BenchTop) -> None:
    needs(bench, "reject", "wait")
    bench.receives(SINGLE)
    assert bench.undoes().title == "Undone"


def test_who_may_confirm_only_one_of_two_jobs_of_an_act_is_refused_at_the_badge(
    empty_bench: BenchTop, pair: str
) -> None:
    added(empty_bench, MENSAH)
    text = files("resources").joinpath("rules", "error-rate.toml").read_text("utf-8").replace("EXAMPLE-1", "OWN-1")
    one, _, other = pair.partition("/")

    def job(ledger):
        from gms_desktop import people_words

        by = empty_bench.bench.operator_id() or ""
        parted = Draft("patient.parted", {"patient": one, "other": other, "reason": "looked-at", "by": by})
        drafts = (site_rules.approval(text, "error-rate", by), parted)
        return empty_bench.bench.answer(ledger, Outcome(people_words.done("Both", "Both are done."), drafts), None)

    empty_bench.clock.forward(1)
    assert empty_bench.bench.doing(job).result(WAIT_S).verdict.title == "A second person confirms"
    assert empty_bench.scans(NOVAK.badge).title == "May not confirm"
    assert stands_beside(empty_bench, MENSAH).ok
    # The link itself was signed by nobody: its two people stand in it.
    assert (state_of_pair(empty_bench, pair), empty_bench.count("signed")) == ("parted", 2)


def test_of_two_jobs_of_one_act_the_strictest_is_asked_first(bench: BenchTop) -> None:
    from gms_desktop.domain.rights import Alone
    from gms_desktop.services.second_person import SecondWanted, Shown, _strictest, rules

    needs(bench, "reject", "wait")
    known = bench.read(lambda ledger: rules(ledger.db))
    wanting = [SecondWanted(known[job], Shown(job, "", job)) for job in ("approve rules", "link patients", "reject")]
    first = _strictest(wanting)
    assert (first.rule.alone, len(first.every)) == (Alone.WAIT, 3)
