"""People and rights at the bench: added, given and withdrawn roles, refused in words; PINs, badges, no PIN at all."""

from __future__ import annotations

from datetime import timedelta

from bench_top import OKAFOR, PIN, SILVA, WAIT_S, BenchTop
from people_at_work import (
    BRIGHT,
    MENSAH,
    NOVAK,
    added,
    confirm_view,
    id_of,
    people_view,
    read_off,
    role,
    stands_beside,
    without_pin,
    works,
)

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.register.ledger import Draft
from gms_desktop.rehearsal.made_up import MadeUpPerson

SINGLE, PROBAND = "Q26-118901-1", "Q26-118834-1"


def test_a_person_who_is_added_signs_in_and_what_they_do_bears_their_name_and_role(bench: BenchTop) -> None:
    added(bench, NOVAK)
    works(bench, NOVAK)
    assert bench.bench.strip().operator == "B. Novak"
    bench.receives(SINGLE)
    own = f"role:{id_of(bench, NOVAK)}:biomedical scientist".encode()
    assert any(own in entry for entry in bench.entries()[-8:])
    line = next(line for line in people_view(bench).people if line.name == "B. Novak")
    assert (line.roles, line.note) == ("biomedical scientist", "")


def test_a_person_without_a_name_a_badge_or_a_fit_pin_is_not_added(bench: BenchTop) -> None:
    add = bench.bench.people.add
    assert "name" in add(" ", "BADGE-NEW", (), PIN).result(WAIT_S).sentence
    assert "badge" in add("N. Ew", " ", (), PIN).result(WAIT_S).sentence
    assert "R. Okafor's" in add("N. Ew", OKAFOR.badge, (), PIN).result(WAIT_S).sentence
    assert "digits" in add("N. Ew", "BADGE-NEW", (), "12").result(WAIT_S).sentence
    assert bench.scans("BADGE-NEW").title != "PIN"
    assert len(people_view(bench).people) == 2


def test_whoever_may_not_change_people_is_told_who_may_and_nothing_changes(bench: BenchTop) -> None:
    works(bench, SILVA)
    for said in (
        bench.bench.people.add("N. Ew", "BADGE-NEW", (), PIN).result(WAIT_S),
        bench.bench.people.set_pin(id_of(bench, OKAFOR), "9753").result(WAIT_S),
        bench.bench.people.give_badge(id_of(bench, OKAFOR), read_off(bench, "BADGE-NEW")).result(WAIT_S),
        role(bench, SILVA, "administrator"),
    ):
        assert (said.kind, said.title) == (VerdictKind.REFUSED, "Not yours to do")
        assert "an administrator" in said.sentence
    assert people_view(bench).note == "People are changed by an administrator."
    works(bench, OKAFOR)


def test_a_role_that_is_withdrawn_is_refused_in_words_and_the_session_ends(bench: BenchTop) -> None:
    added(bench, NOVAK)
    assert role(bench, NOVAK, "technician").title == "Role given"
    assert role(bench, NOVAK, "biomedical scientist").title == "Role withdrawn"
    works(bench, NOVAK)
    bench.scans(PROBAND)
    bench.label()
    said = bench.says(Command.REJECT, "clotted")
    assert (said.title, "ask a biomedical scientist" in said.sentence) == ("Not yours to do", True)
    bench.scans(bench.in_hand.accession)
    works(bench, OKAFOR)
    role(bench, NOVAK, "technician")
    refused = bench.scans(NOVAK.badge)
    assert refused.title == "No role"
    assert "B. Novak has no role" in refused.sentence
    assert bench.bench.strip().operator == "R. Okafor"


def withdrawn_elsewhere(bench: BenchTop, person: MadeUpPerson) -> None:
    """The role goes at another bench, and this one hears of it, as it does when a page came in."""
    who, by = id_of(bench, person), id_of(bench, OKAFOR)
    withdrawn = Draft("role.withdrawn", {"operator": who, "role": person.role, "by": by})
    bench.write(lambda ledger: ledger.append([withdrawn], by))
    bench.read(bench.bench.sessions.see_to_rights)


def test_the_session_of_whoever_loses_the_last_role_elsewhere_ends_but_not_between_print_and_scan_back(
    bench: BenchTop,
) -> None:
    works(bench, SILVA)
    bench.scans(SINGLE)
    number = bench.label()
    withdrawn_elsewhere(bench, SILVA)
    assert not bench.bench.strip().locked
    assert bench.scans(number).title == "No role"
    assert bench.in_hand.accession == number
    works(bench, OKAFOR)
    assert bench.scans(number).title == "Accepted"


def test_the_session_of_whoever_loses_the_last_role_elsewhere_ends_and_the_lock_says_why(bench: BenchTop) -> None:
    works(bench, SILVA)
    withdrawn_elsewhere(bench, SILVA)
    assert bench.bench.strip().locked
    assert "withdrawn" in bench.bench.session.ended
    assert bench.scans(SILVA.badge).title == "No role"
    works(bench, OKAFOR)
    assert bench.bench.session.ended == ""


def test_the_last_administrator_keeps_the_role(bench: BenchTop) -> None:
    said = role(bench, OKAFOR, "administrator")
    assert "last administrator" in said.sentence
    added(bench, NOVAK, roles=("administrator",))
    assert role(bench, OKAFOR, "administrator").title == "Role withdrawn"


def test_a_competence_is_recorded_by_somebody_else_shown_with_its_dates_and_withdrawn_with_a_reason(
    bench: BenchTop,
) -> None:
    added(bench, BRIGHT)
    works(bench, BRIGHT)
    silva = id_of(bench, SILVA)
    asked = bench.bench.command(Command.GRANT_COMPETENCE, None, silva).result(WAIT_S)
    assert asked.place == "people"
    assert asked.question is not None
    assert "no date" in _problem(bench, silva, since="31/31/2026")
    last = (bench.clock.at + timedelta(days=20)).strftime("%d/%m/%Y")
    assert bench.says(Command.GRANT_COMPETENCE, "receive", argument=silva, until=last).title == "Competence recorded"
    (held,) = people_view(bench, SILVA).competences
    assert (held.kind, held.person) == (VerdictKind.MATCHES, "M. Silva")
    ending = next(work for work in bench.bench.today().result(WAIT_S).lists if work.title == "Competences ending")
    assert [(item.screen, item.code) for item in ending.items] == [("people", silva)]
    own = bench.says(Command.GRANT_COMPETENCE, "receive", argument=id_of(bench, BRIGHT))
    assert "of their own" in own.sentence
    assert bench.asks_for(Command.WITHDRAW_COMPETENCE, held.argument).title == "Withdraw a competence"
    said = bench.says(Command.WITHDRAW_COMPETENCE, comment="left the section", argument=held.argument)
    assert said.title == "Competence withdrawn"
    assert people_view(bench, SILVA).competences == ()
    works(bench, SILVA)
    assert all(work.title != "Competences ending" for work in bench.bench.today().result(WAIT_S).lists)


def _problem(bench: BenchTop, operator: str, **fields: str) -> str:
    from gms_desktop.services.views import Answer

    answer = Answer(("receive",), "", tuple(fields.items()), operator)
    question = bench.bench.command(Command.GRANT_COMPETENCE, answer).result(WAIT_S).question
    assert question is not None
    return " ".join(question.problems)


# --- badges and PINs


def test_a_typed_badge_opens_nothing_at_the_lock_at_work_and_as_a_second_person(bench: BenchTop) -> None:
    for locked in (False, True):
        if locked:
            bench.asks_for(Command.LOCK)
        said = bench.types(SILVA.badge)
        assert (said.title, "by a scan only" in said.sentence) == ("Badge typed", True)
        assert bench.bench.session.awaiting is None
        assert not bench.bench.pin(PIN).result(WAIT_S).ok
    assert SILVA.badge.encode() not in b"".join(bench.entries())


def test_a_pin_is_changed_by_the_present_one_and_only_the_new_one_opens(bench: BenchTop) -> None:
    change = bench.bench.people.change_own_pin
    assert change("1111", "97531").result(WAIT_S).kind is VerdictKind.REFUSED
    assert change(PIN, "97531").result(WAIT_S).title == "PIN changed"
    bench.asks_for(Command.LOCK)
    assert not bench.signs_in(OKAFOR, PIN)
    assert bench.signs_in(OKAFOR, "97531")


def test_a_wrong_present_pin_counts_as_at_sign_in_and_names_nobody_else_as_the_one_who_works_here(
    bench: BenchTop,
) -> None:
    for _ in range(3):
        bench.bench.people.change_own_pin("1111", "97531").result(WAIT_S)
    assert "Too many wrong PINs" in bench.bench.people.change_own_pin(PIN, "97531").result(WAIT_S).sentence
    bench.receives(SINGLE)
    assert role(bench, SILVA, "senior").title == "Role given"


def test_a_command_card_is_nobodys_badge(bench: BenchTop) -> None:
    given = bench.bench.people.give_badge(id_of(bench, SILVA), read_off(bench, "]d1!GMS!HOLD!")).result(WAIT_S)
    assert given.kind is VerdictKind.REFUSED
    assert "This is a command card" in given.sentence


def test_an_administrator_gives_a_new_pin_and_a_new_badge_and_the_former_ones_open_nothing(bench: BenchTop) -> None:
    silva = id_of(bench, SILVA)
    assert bench.bench.people.set_pin(silva, "86420").result(WAIT_S).title == "PIN set"
    assert bench.bench.people.give_badge(silva, read_off(bench, "BADGE-SILVA-2")).result(WAIT_S).title == "Badge given"
    bench.scans(SILVA.badge)
    assert bench.bench.session.awaiting is None
    bench.scans("BADGE-SILVA-2")
    assert not bench.bench.pin(PIN).result(WAIT_S).ok
    assert bench.bench.pin("86420").result(WAIT_S).ok
    assert bench.bench.strip().operator == "M. Silva"


# --- without a PIN


def test_a_session_without_pin_does_everyday_work_and_nothing_more_and_says_so_until_it_ends(bench: BenchTop) -> None:
    added(bench, NOVAK, BRIGHT)
    bench.asks_for(Command.SIGN_OUT)
    assert not without_pin(bench, NOVAK, "no such reason").ok
    assert not without_pin(bench, NOVAK, "other", " ").ok
    assert without_pin(bench, NOVAK, "other", "reader mended").ok
    assert bench.bench.strip().without_pin
    bench.receives(SINGLE)
    bench.scans(PROBAND)
    bench.label()
    said = bench.says(Command.REJECT, "clotted")
    assert "opened without a PIN" in said.sentence
    bench.scans(bench.in_hand.accession)
    assert bench.bench.people.change_own_pin(PIN, "97531").result(WAIT_S).kind is VerdictKind.REFUSED
    works(bench, BRIGHT)
    assert not bench.bench.strip().without_pin


def test_a_session_without_pin_is_listed_and_reviewed_by_somebody_else_only(bench: BenchTop) -> None:
    added(bench, NOVAK, BRIGHT, MENSAH)
    bench.asks_for(Command.SIGN_OUT)
    assert without_pin(bench, BRIGHT, "pin-forgotten").ok
    bench.receives(SINGLE)
    (line,) = confirm_view(bench).lines
    assert (line.sort, line.mine, line.may) == ("session", True, False)
    works(bench, BRIGHT)
    assert "Nobody reviews" in bench.asks_for(Command.REVIEW_SESSION, line.argument).sentence
    works(bench, NOVAK)
    assert not confirm_view(bench).lines[0].may
    assert bench.says(Command.REVIEW_SESSION, "in-order", argument=line.argument).title == "Not yours to do"
    works(bench, MENSAH)
    (seen,) = confirm_view(bench).lines
    assert seen.may
    assert "PIN forgotten" in seen.words
    assert "receive tube 1, EDTA blood" in seen.words
    listed = next(work for work in bench.bench.today().result(WAIT_S).lists if work.title == "To confirm or review")
    assert [(item.screen, item.code) for item in listed.items] == [("confirm", line.argument)]
    again = bench.bench.command(Command.REVIEW_SESSION, None, line.argument).result(WAIT_S)
    assert (again.place, again.question is not None) == ("confirm", True)
    assert bench.says(Command.REVIEW_SESSION, "follow-up", argument=line.argument).title == "Review a session"
    assert bench.says(Command.REVIEW_SESSION, "in-order", argument=line.argument).title == "Reviewed"
    assert confirm_view(bench).lines == ()


def test_present_pins_tried_all_at_once_do_not_outrun_the_wait(bench: BenchTop) -> None:
    works(bench, OKAFOR)
    tried = [bench.bench.people.change_own_pin(f"111{digit}", "97531") for digit in range(5)]
    said = [one.result(WAIT_S).sentence for one in tried]
    assert sum("Too many wrong PINs" in one for one in said) == 2, said


def test_what_one_person_began_about_people_is_not_done_once_they_have_left(bench: BenchTop) -> None:
    works(bench, OKAFOR)
    with bench.bench.sessions.pin_turn:
        changing = bench.bench.people.change_own_pin(PIN, "97531")
        bench.asks_for(Command.LOCK)
    assert changing.result(WAIT_S).kind is VerdictKind.REFUSED
    works(bench, OKAFOR)


def test_a_bench_that_was_left_at_another_badge_opens_for_nobody_after_the_idle_time(bench: BenchTop) -> None:
    works(bench, OKAFOR)
    bench.clock.forward(5)
    bench.scans_at_once(SILVA.badge)
    bench.bench.lock("locked after idle time").result(WAIT_S)
    bench.bench.cancel_sign_in().result(WAIT_S)
    assert bench.bench.strip().locked


def test_nobody_without_a_role_opens_a_session_without_pin(bench: BenchTop) -> None:
    role(bench, SILVA, "technician")
    assert "M. Silva" not in [name for _, name in bench.bench.people.without_pin().result(WAIT_S)]
    bench.asks_for(Command.SIGN_OUT)
    told = without_pin(bench, SILVA)
    assert (told.ok, "no role" in told.words) == (False, True)


def test_the_second_person_of_a_session_is_never_taken_for_the_one_who_works_here(bench: BenchTop) -> None:
    added(bench, NOVAK)
    stands_beside(bench, NOVAK, "1111")
    bench.bench.cancel_sign_in().result(WAIT_S)
    assert bench.bench.strip().operator == "R. Okafor"
    assert role(bench, SILVA, "senior").title == "Role given"


def test_a_session_without_pin_is_opened_from_the_lock_only(bench: BenchTop) -> None:
    added(bench, NOVAK)
    before = bench.count("break_glass.opened")
    told = without_pin(bench, NOVAK)
    assert (told.ok, "Lock the bench first" in told.words) == (False, True)
    assert (bench.bench.strip().operator, bench.bench.strip().locked) == ("R. Okafor", False)
    assert bench.count("break_glass.opened") == before
