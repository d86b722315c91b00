"""How cases are folded: what fails joins the case of what it rests on, is settled once, and leaves what is to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from shift import Shift, digests_of

from gms_desktop.journal import kinds, store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry, Premises
from gms_desktop.journal.postgres import open_postgres
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import look_up, rebuild, undoing, verify
from gms_desktop.register.driver import Arrived, Driver, load_rows
from gms_desktop.register.ledger import Draft, PremiseFailed
from gms_desktop.services.case_list import open_cases


def failing(seq: int, *touches: str, key: str = "id:gone", stated: str | None = "gone") -> Entry:
    """A fact of a kind that nobody knows yet, whose premise does not hold."""
    said = Premises(touches, expects=((key, stated),))
    at = f"2026-03-02T08:00:{seq:02}.000000Z"
    return Entry("other", seq, "lab1", at, "0.1", "tube.spun", 1, f"other/{seq}", {}, said)


def refused(seq: int, *touches: str, claim: tuple[str, str]) -> Entry:
    said = Premises(touches, claims=(claim,))
    return replace(failing(seq), premises=said, kind="tube.bound")


def fold(db: Database, *entries: Entry) -> None:
    with db.write():
        Driver(db).fold([Arrived(n, entry) for n, entry in enumerate(entries, start=1000 + entries[0].seq)])


def roots(db: Database) -> dict[str, str]:
    return {row["subject"] + " " + row["entry"]: row["root"] for row in look_up.case_entries(db)}


def test_what_fails_about_a_subject_in_dispute_joins_its_case(database: Database) -> None:
    fold(database, failing(1, "tube:a"), failing(2, "tube:a", "plate:p"), failing(3, "plate:p"), failing(4, "tube:z"))
    assert set(roots(database).items()) == {
        ("tube:a other/1", "other/1"),
        ("tube:a other/2", "other/1"),
        ("plate:p other/2", "other/1"),
        ("plate:p other/3", "other/1"),
        ("tube:z other/4", "other/4"),
    }
    held = load_rows(database, "dispute", ["tube:a", "plate:p"])
    assert [(held[one]["entry"], held[one]["entries"]) for one in ("tube:a", "plate:p")] == [
        ("other/1", 2),
        ("other/2", 2),
    ]


def test_one_by_one_or_at_once_the_same_cases_are_folded(bench_file: Database, postgres: str) -> None:
    entries = [failing(1, "tube:a"), failing(2, "tube:a", "plate:p"), failing(3, "plate:p", "tube:b")]
    fold(bench_file, *entries)
    hub = open_postgres(postgres)
    for entry in entries:
        fold(hub, entry)
    assert digests_of(hub) == digests_of(bench_file)
    hub.close()


def test_the_other_side_of_a_story_is_held_too_and_its_row_is_nobody_elses(database: Database) -> None:
    first = refused(1, "specimen:a", claim=("tube:FX1", "specimen:a"))
    fold(database, first, refused(2, "specimen:b", claim=("tube:FX1", "specimen:b")))
    assert look_up.in_dispute(database, "specimen:a")
    assert look_up.in_dispute(database, "specimen:b")
    assert not load_rows(database, "dispute", ["specimen:a"])
    found = look_up.case_of_code(database, "FX1")
    assert found is not None
    assert (found["subject"], found["other"], found["root"]) == ("specimen:b", "specimen:a", "other/2")


def test_a_label_of_a_specimen_that_was_refused_is_shown_with_it(database: Database) -> None:
    taken = refused(1, "specimen:a", claim=("accession:Z1", "specimen:a"))
    never = refused(2, "specimen:b", claim=("accession:Z1", "specimen:b"))
    label = failing(3, "label:Z1.1", key="id:specimen:b", stated="specimen:b")
    fold(database, taken, label, replace(never, seq=4))
    [case] = open_cases(database)
    assert case.head["key"] == "accession:Z1"
    assert set(case.subjects) == {"specimen:b", "label:Z1.1"}


def resolved(shift: Shift, root: str, *pairs: tuple[str, str], tasks: int = 0) -> str:
    task = [{"subject": pairs[0][0], "task": str(n), "thing": "look w/1", "code": "Z9"} for n in range(1, tasks + 1)]
    return shift.resolve(root, [{"subject": subject, "entry": entry} for subject, entry in pairs], task)


def test_a_case_that_is_settled_frees_its_subjects_and_leaves_its_tasks(shift_on: Callable[[int], Shift]) -> None:
    shift = shift_on(1)
    fold(shift.db, failing(1, "tube:a"), failing(2, "tube:a", "plate:p"))
    pairs = [("tube:a", "other/1"), ("tube:a", "other/2"), ("plate:p", "other/2")]
    resolution = resolved(shift, "other/1", *pairs, tasks=2)
    assert look_up.case_entries(shift.db) == []
    assert not look_up.in_dispute(shift.db, "tube:a")
    assert [row["task"] for row in look_up.case_tasks(shift.db)] == ["1", "2"]
    assert look_up.task_of_code(shift.db, "Z9") is not None
    done = {"case": "other/1", "resolution": resolution, "subject": "tube:a", "task": "1"}
    shift.act(lambda: [Draft("case.task_done", done)])
    assert [row["task"] for row in look_up.case_tasks(shift.db)] == ["2"]


def test_what_failed_in_the_meantime_keeps_its_subjects_held(shift_on: Callable[[int], Shift]) -> None:
    shift = shift_on(1)
    fold(shift.db, failing(1, "tube:a"), failing(2, "tube:a", "plate:p"))
    resolved(shift, "other/1", ("tube:a", "other/1"))
    assert roots(shift.db) == {"tube:a other/2": "other/1", "plate:p other/2": "other/1"}
    assert look_up.in_dispute(shift.db, "tube:a")
    resolved(shift, "other/1", ("tube:a", "other/2"), ("plate:p", "other/2"))
    assert not look_up.in_dispute(shift.db, "tube:a")


def test_nothing_is_settled_twice(shift_on: Callable[[int], Shift]) -> None:
    shift = shift_on(1)
    fold(shift.db, failing(1, "tube:a"))
    resolved(shift, "other/1", ("tube:a", "other/1"))
    with pytest.raises(PremiseFailed, match="case:other/1"):
        resolved(shift, "other/1", ("tube:a", "other/1"))


@pytest.mark.parametrize("role", ["senior", "quality manager", "administrator"])
def test_a_senior_a_quality_manager_or_an_administrator_settles_a_case_and_nobody_else(role: str) -> None:
    kind = kinds.newest("case.resolved")
    body = dict.fromkeys(kind.fields, "x") | {"settled": [], "tasks": [], "stands": [], "releases": [], "claims": []}
    for other in ("technician", "biomedical scientist", "CPGC preparer", "reviewer", "receiver"):
        with pytest.raises(ValueError, match="resolves no case"):
            kinds.premises_of(kind, body | {"role": other}, "ada")
    said = kinds.premises_of(kind, body | {"role": role, "by": "ada"}, "ada")
    assert (f"role:ada:{role}", "operator:ada") in said.requires


def test_a_register_made_anew_shows_the_same_cases(bench_file: Database) -> None:
    shift = Shift(bench_file, 4).begin()
    shift.review()
    before = digests_of(bench_file)
    assert rebuild.rebuild(bench_file) == before
    assert verify.verify(bench_file, verify.scratch_database()).findings == []


def test_a_tube_received_twice_is_contested_and_the_place_says_who_was_first(shift_on: Callable[[int], Shift]) -> None:
    shift = shift_on(2)
    request = shift.expect()
    first = shift.receive(request)
    draft = shift.draft_received("second", shift.ledger.next_number("Z"), request)
    late = shift.act(lambda: [replace(draft, body=draft.body | {"follows": None})])[0]
    found = store.by_identity(shift.db, late.id)
    assert found is not None
    assert found.verdict == Judgement.CONTESTED.value
    assert {row["other"] for row in look_up.case_entries(shift.db)} == {f"specimen:{first['specimen']}"}


def test_a_tube_received_again_after_an_undo_is_no_case(shift: Shift) -> None:
    request = shift.expect()
    shift.receive(request)
    shift.undo(shift.acts[-1])
    shift.receive(request)
    assert look_up.case_entries(shift.db) == []


def test_undo_takes_no_dispute_away(shift: Shift) -> None:
    request = shift.expect()
    shift.receive(request)
    draft = shift.draft_received("second", shift.ledger.next_number("Z"), request)
    late = shift.act(lambda: [replace(draft, body=draft.body | {"follows": None})])[0]
    with shift.db.write():
        shift.ledger.append(undoing.undo_drafts(shift.ledger, late.action), shift.operator)
    assert {row["entry"] for row in look_up.case_entries(shift.db)} == {late.id}


def test_a_subject_of_a_kind_not_known_here_is_held_and_settled_all_the_same(shift: Shift) -> None:
    fold(shift.db, failing(1, "tube:a"))
    assert load_rows(shift.db, "frozen", ["tube:a"])
    resolved(shift, "other/1", ("tube:a", "other/1"))
    assert not look_up.in_dispute(shift.db, "tube:a")
    assert load_rows(shift.db, "frozen", ["tube:a"])
