"""People in the register: badges, competences, second persons, signatures, sessions without PIN and notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from shift import Shift, digests_of, held
from shift_people import colleague, draft_asked, draft_competence, draft_signed, rights

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.postgres import open_postgres
from gms_desktop.register import look_up, people_look_up, rebuild, undoing, verify
from gms_desktop.register.ledger import Draft, PremiseFailed

TABLES = {"competence", "second", "signature", "signature_of", "break_glass", "handover_note"}


@pytest.fixture
def day(shift_on: Callable[[int], Shift]) -> Shift:
    return shift_on(1)


def test_people_leave_the_same_keys_and_digests_on_both_engines(bench_file: Database, postgres: str) -> None:
    hub = open_postgres(postgres)
    for db in (bench_file, hub):
        rights(Shift(db, 5).begin().work(10))
    assert digests_of(hub) == digests_of(bench_file)
    assert held(hub) == held(bench_file)
    assert digests_of(hub).keys() >= TABLES
    hub.close()


def test_a_register_made_anew_knows_the_same_people(day: Shift) -> None:
    rights(day)
    before = digests_of(day.db)
    assert rebuild.rebuild(day.db) == before
    assert verify.verify(day.db, verify.scratch_database()).findings == []


def test_nothing_that_people_wrote_by_hand_stands_in_the_journals_bytes(day: Shift) -> None:
    rights(day)
    stored = b"\n".join(one.content for lot in store.since(day.db) for one in lot).decode()
    assert [text for text in day.private_texts if text in stored] == []


# --- badges


def test_a_new_badge_is_the_persons_and_the_former_one_nobodys(day: Shift) -> None:
    person = colleague(day, "technician")
    former = f"hmac-{person}"
    day.act(lambda: [badge(day, person, "hmac-new", former)])
    row = look_up.operator_by_badge(day.db, "hmac-new")
    assert row is not None
    assert row["id"] == person
    assert look_up.operator_by_badge(day.db, former) is None
    other = colleague(day, "technician")
    day.act(lambda: [badge(day, other, former, f"hmac-{other}")])
    again = look_up.operator_by_badge(day.db, former)
    assert again is not None
    assert again["id"] == other


def test_a_badge_that_is_somebodys_is_given_to_nobody_else(day: Shift) -> None:
    first, second = colleague(day), colleague(day)
    with pytest.raises(PremiseFailed, match="id:badge"):
        day.act(lambda: [badge(day, second, f"hmac-{first}", f"hmac-{second}")])


def test_only_an_administrator_gives_badges(day: Shift) -> None:
    senior = colleague(day, "senior")
    with pytest.raises(PremiseFailed, match="administrator"):
        day.act(lambda: [badge(day, senior, "hmac-mine", f"hmac-{senior}", by=senior)], senior)


def badge(day: Shift, person: str, new: str, former: str, by: str | None = None) -> Draft:
    return Draft("badge.changed", {"operator": person, "badge": new, "former": former, "by": by or day.operator})


# --- competences


def test_a_competence_is_dated_anew_and_withdrawn(day: Shift) -> None:
    senior, person = colleague(day, "senior"), colleague(day, "technician")
    day.act(lambda: [draft_competence(day, person, "reject", senior)], senior)
    later = draft_competence(day, person, "reject", senior)
    day.act(lambda: [Draft(later.kind, later.body | {"until": None, "since": "2026-09-01"}, later.private)], senior)
    [row] = people_look_up.competences(day.db, person)
    assert (row["state"], row["since"], row["until"], row["by"]) == ("held", "2026-09-01", None, senior)
    day.act(lambda: [unfit(person, "reject", senior)], senior)
    [row] = people_look_up.competences(day.db, person)
    assert row["state"] == "withdrawn"
    assert held(day.db).get(f"competence:{person}:reject") is None
    with pytest.raises(PremiseFailed, match="competence"):
        day.act(lambda: [unfit(person, "reject", senior)], senior)


def test_a_competence_is_not_given_by_somebody_without_the_role(day: Shift) -> None:
    one, other = colleague(day, "technician"), colleague(day, "technician")
    with pytest.raises(PremiseFailed, match="role"):
        day.act(lambda: [draft_competence(day, other, "reject", one)], one)


def unfit(person: str, job: str, by: str) -> Draft:
    body = {"operator": person, "job": job, "reason": None, "by": by, "role": "senior"}
    return Draft("competence.withdrawn", body)


def test_competences_that_end_soon_come_first(day: Shift) -> None:
    senior, person = colleague(day, "senior"), colleague(day, "technician")
    for job, until in (("reject", "2026-12-31"), ("accept", "2026-06-30"), ("discard", None), ("import", "2027-01-01")):
        one = draft_competence(day, person, job, senior)
        day.act(lambda one=one, until=until: [Draft(one.kind, one.body | {"until": until}, one.private)], senior)  # type: ignore[misc]
    found = people_look_up.competences_ending(day.db, "2027-01-01")
    assert [row["job"] for row in found] == ["accept", "reject"]


# --- second persons


@pytest.fixture
def asked(day: Shift) -> tuple[Shift, str, str, str]:
    """Somebody asked for a second person; who asked, a senior, and what was asked."""
    asker, senior = colleague(day, "technician"), colleague(day, "senior")
    name = day.ledger.identity()
    day.act(lambda: [draft_asked(day, name, asker, "another bench")], asker)
    return day, asker, senior, name


def state(day: Shift, name: str) -> str:
    row = people_look_up.second(day.db, name)
    assert row is not None
    return str(row["state"])


def given(name: str, by: str, asked_by: str) -> Draft:
    return Draft(
        "second.given", {"second": name, "sha256": "ab" * 32, "by": by, "role": "senior", "asked_by": asked_by}
    )


def declined(name: str, by: str, asked_by: str) -> Draft:
    body = {"second": name, "reason": None, "by": by, "role": "senior", "asked_by": asked_by}
    return Draft("second.declined", body)


def used(day: Shift, name: str, witness: str) -> Draft:
    return Draft("second.used", {"second": name, "witness": witness, "use": day.ledger.identity()})


def test_what_was_asked_is_given_used_and_then_used_up(asked: tuple[Shift, str, str, str]) -> None:
    day, asker, senior, name = asked
    assert state(day, name) == "asked"
    day.act(lambda: [given(name, senior, asker)], senior)
    assert state(day, name) == "given"
    day.act(lambda: [used(day, name, senior)], asker)
    assert state(day, name) == "used"
    with pytest.raises(PremiseFailed, match="used:"):
        day.act(lambda: [used(day, name, senior)], asker)


def test_what_was_declined_serves_nobody(asked: tuple[Shift, str, str, str]) -> None:
    day, asker, senior, name = asked
    day.act(lambda: [declined(name, senior, asker)], senior)
    assert state(day, name) == "declined"
    for late in (given(name, senior, asker), used(day, name, senior)):
        with pytest.raises(PremiseFailed, match="decided:"):
            day.act(lambda late=late: [late], senior)  # type: ignore[misc]


def test_what_was_given_is_not_declined_by_anybody(asked: tuple[Shift, str, str, str]) -> None:
    day, asker, senior, name = asked
    other = colleague(day, "senior")
    day.act(lambda: [given(name, senior, asker)], senior)
    for who in (senior, other):
        with pytest.raises(PremiseFailed, match="decided:"):
            day.act(lambda who=who: [declined(name, who, asker)], who)  # type: ignore[misc]


def test_nobody_confirms_what_they_asked_by_naming_somebody_else_as_the_one_who_asked(
    asked: tuple[Shift, str, str, str],
) -> None:
    day, asker, senior, name = asked
    day.act(lambda: [day.draft_role(asker, "senior", day.operator)])
    with pytest.raises(PremiseFailed, match="asked:"):
        day.act(lambda: [given(name, asker, senior)], asker)


def test_nobody_is_their_own_witness(asked: tuple[Shift, str, str, str]) -> None:
    day, asker, _, name = asked
    with pytest.raises(ValueError, match="own witness"), day.db.write():
        day.ledger.append([used(day, name, asker)], asker, asker)


def test_a_confirmation_that_comes_twice_does_not_make_what_was_used_new(asked: tuple[Shift, str, str, str]) -> None:
    day, asker, senior, name = asked
    for draft in (given(name, senior, asker), used(day, name, senior), given(name, senior, asker)):
        day.act(lambda draft=draft: [draft], senior)  # type: ignore[misc]
    assert state(day, name) == "used"


# --- signatures


def test_a_signature_stands_on_what_its_subjects_were_and_no_other_state(day: Shift) -> None:
    subject = f"specimen:{day.receive(day.expect())['specimen']}"
    senior = colleague(day, "senior")
    draft = draft_signed(day, senior, "senior", subject)
    day.act(lambda: [draft], senior)
    [row] = people_look_up.signatures_of(day.db, subject)
    assert (row["by"], row["role"], row["rests_on"]) == (senior, "senior", day.last(subject))
    stale = draft_signed(day, senior, "senior", subject)
    day.decide(day.specimens[-1])
    assert people_look_up.signatures_of(day.db, subject)[0]["rests_on"] != day.last(subject)
    with pytest.raises(PremiseFailed, match="last:"):
        day.act(lambda: [stale], senior)


# --- sessions without PIN, notes


def test_a_session_without_pin_waits_until_somebody_else_has_reviewed_it(day: Shift) -> None:
    person, senior = colleague(day, "technician", "senior"), colleague(day, "senior")
    opened: dict[str, Any] = {"session": "b1", "operator": person, "reason": "badge-lost", "comment": None}
    day.act(lambda: [Draft("break_glass.opened", opened | {"bench": day.bench})], person)
    assert [row["id"] for row in people_look_up.break_glass_to_review(day.db)] == ["b1"]
    found = {"session": "b1", "operator": senior, "finding": "in-order", "comment": None, "role": "senior"}
    with pytest.raises(PremiseFailed, match="opened:"):
        day.act(lambda: [Draft("break_glass.reviewed", found | {"by": person})], person)
    day.act(lambda: [Draft("break_glass.reviewed", found | {"operator": person, "by": senior})], senior)
    assert people_look_up.break_glass_to_review(day.db) == []
    row = people_look_up.break_glass(day.db, "b1")
    assert row is not None
    assert (row["reviewed_by"], row["finding"], row["operator"]) == (senior, "in-order", person)


def test_a_note_stands_until_it_is_acknowledged_and_keeps_the_first_name(day: Shift) -> None:
    writer, first, second = (colleague(day, "technician") for _ in range(3))
    day.act(lambda: [Draft("handover.note_written", {"note": "n1", "text": None, "by": writer, "bench": day.bench})])
    assert [row["id"] for row in people_look_up.open_notes(day.db)] == ["n1"]
    for who in (first, second):
        day.act(lambda who=who: [Draft("handover.note_acknowledged", {"note": "n1", "by": who})])  # type: ignore[misc]
    assert people_look_up.open_notes(day.db) == []
    row = people_look_up.note(day.db, "n1")
    assert row is not None
    assert row["acknowledged_by"] == first


def test_what_is_said_of_something_that_nobody_knows_here_is_kept_all_the_same(day: Shift) -> None:
    day.act(lambda: [Draft("handover.note_acknowledged", {"note": "gone", "by": day.operator})])
    row = people_look_up.note(day.db, "gone")
    assert row is not None
    assert row["state"] == "acknowledged"
    assert look_up.in_dispute(day.db, "note:gone")


# --- undo


def test_a_competence_given_by_mistake_is_taken_back_by_undo(day: Shift) -> None:
    senior, person = colleague(day, "senior"), colleague(day, "technician")
    [entry] = day.act(lambda: [draft_competence(day, person, "reject", senior)], senior)
    with day.db.write():
        day.ledger.append(undoing.undo_drafts(day.ledger, entry.action), senior)
    assert int(digests_of(day.db).get("competence", "0"), 16) == 0
    assert people_look_up.competences(day.db, person) == []
