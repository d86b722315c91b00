"""The labels that a bench still waits for are found without a look at all the others."""

from __future__ import annotations

import pytest
from shift import Shift

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.register import labels, look_up, rebuild


@pytest.fixture
def worked(shift: Shift) -> Shift:
    return shift.work(60)


def found(shift: Shift) -> set[tuple[str, str]]:
    benches = {row["bench"] for row in shift.db.all(store.text_statement("SELECT DISTINCT bench FROM label"))}
    asked = [look_up.labels_at_bench(shift.db, bench, state) for bench in benches for state in look_up.UNSETTLED]
    return {(row["id"], row["state"]) for rows in asked for row in rows}


def standing(db: Database) -> set[tuple[str, str]]:
    rows = db.all(store.text_statement("SELECT id, state FROM label"))
    return {(row["id"], row["state"]) for row in rows if row["state"] in look_up.UNSETTLED}


def noted(db: Database) -> set[str]:
    return {one for (one,) in db.tuples(store.text_statement("SELECT id FROM label_waiting"))}


def test_every_label_that_is_not_settled_is_found_by_its_bench(worked: Shift) -> None:
    assert found(worked) == standing(worked.db) != set()


def test_labels_that_are_settled_or_undone_are_no_longer_noted_once_the_notes_are_tidied(worked: Shift) -> None:
    worked.receive()
    worked.undo(worked.acts[-1])
    with worked.db.write():
        labels.tidy_waiting(worked.db)
    assert noted(worked.db) == {label for label, _ in standing(worked.db)}
    assert found(worked) == standing(worked.db)


def test_a_register_made_anew_waits_for_the_same_labels(worked: Shift) -> None:
    before = found(worked)
    rebuild.rebuild(worked.db)
    assert found(worked) == before != set()
    assert noted(worked.db) == {label for label, _ in before}
