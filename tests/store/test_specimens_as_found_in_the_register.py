"""Specimens as they were found, in the register: each look adds, the newest stands, and all of it can be made anew."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from shift import Shift, digests_of, held
from shift_examinations import VOLUME, draft_examined, examinations, separation

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.postgres import open_postgres
from gms_desktop.register import examination_look_up, look_up, rebuild, undoing, verify
from gms_desktop.register.ledger import Draft, PremiseFailed

TABLES = {"examination", "specimen_step", "separation", "aliquot"}


@pytest.fixture
def day(shift_on: Callable[[int], Shift]) -> Shift:
    return shift_on(1)


def test_what_was_seen_leaves_the_same_keys_and_digests_on_both_engines(bench_file: Database, postgres: str) -> None:
    hub = open_postgres(postgres)
    for db in (bench_file, hub):
        examinations(Shift(db, 5).begin())
    assert digests_of(hub) == digests_of(bench_file)
    assert held(hub) == held(bench_file)
    assert digests_of(hub).keys() >= TABLES
    hub.close()


def test_a_register_made_anew_knows_the_same(day: Shift) -> None:
    examinations(day)
    before = digests_of(day.db)
    assert rebuild.rebuild(day.db) == before
    assert verify.verify(day.db, verify.scratch_database()).findings == []


def test_names_and_codes_of_others_stand_beside_the_entries_and_not_in_them(day: Shift) -> None:
    examinations(day)
    stored = b"\n".join(one.content for lot in store.since(day.db) for one in lot).decode()
    assert [text for text in day.private_texts if text in stored] == []


def test_each_look_adds_to_what_was_seen_and_the_newest_of_a_thing_stands(day: Shift) -> None:
    specimen = day.receive(day.expect())["specimen"]
    for seen in ({"condition": ["clotted"]}, {"volume": VOLUME}, {"condition": []}, {"type_found": "Saliva"}):
        draft = draft_examined(day, specimen, **seen)
        day.act(lambda draft=draft: [draft])  # type: ignore[misc]
    row = examination_look_up.examination(day.db, specimen)
    assert row is not None
    assert (json.loads(row["condition"]), row["volume"], row["type_found"]) == ([], "2.5", "Saliva")


def test_a_look_that_is_taken_back_leaves_what_was_seen_before(day: Shift) -> None:
    specimen = day.receive(day.expect())["specimen"]
    day.act(lambda: [draft_examined(day, specimen, condition=["clotted"])])
    [second] = day.act(lambda: [draft_examined(day, specimen, condition=["short"], volume=VOLUME)])
    day.undo(second.action)
    row = examination_look_up.examination(day.db, specimen)
    assert row is not None
    assert (row["condition"], row["volume"]) == ('["clotted"]', None)


def test_a_decision_made_before_somebody_looked_again_does_not_stand_on_what_was_not_known(day: Shift) -> None:
    one = day.receive(day.expect())
    before = day.last(f"specimen:{one['specimen']}")
    day.act(lambda: [draft_examined(day, one["specimen"], condition=["leaking"])])
    with pytest.raises(PremiseFailed, match="last:"):
        day.act(lambda: [day.draft_decided(one["specimen"], before, "accepted")])


def test_what_was_seen_on_something_that_nobody_knows_here_is_kept_and_contested(day: Shift) -> None:
    day.act(lambda: [draft_examined(day, "elsewhere", condition=["short"])])
    assert examination_look_up.examination(day.db, "elsewhere") is not None
    assert look_up.in_dispute(day.db, "specimen:elsewhere")


def test_plasma_and_cells_keep_the_specimen_they_came_from_under_numbers_of_their_own(day: Shift) -> None:
    specimen = day.receive(day.expect())["specimen"]
    names = separation(day, specimen)
    rows = examination_look_up.aliquots_of(day.db, specimen)
    assert [(row["id"], row["material"], row["haemolysis"]) for row in rows] == [
        (names["plasma"], "plasma", "Slight"),
        (names["cells"], "cells", None),
    ]
    found = examination_look_up.aliquot_by_accession(day.db, rows[0]["accession"])
    assert found == rows[0]
    assert look_up.specimen_by_accession(day.db, rows[0]["accession"]) is None
    assert examination_look_up.steps_done(day.db, specimen) == {"extract"}


def test_one_number_is_never_on_two_tubes_whatever_is_poured(day: Shift) -> None:
    specimen = day.receive(day.expect())
    names = separation(day, specimen["specimen"])
    body = {"aliquot": "a2", "accession": specimen["number"], "specimen": specimen["specimen"], "material": "plasma"}
    body |= {"separation": names["separation"], "volume": None, "haemolysis": None, "bench": day.bench}
    with pytest.raises(Exception, match="accession"):
        day.act(lambda: [Draft("aliquot.made", body)])


def test_a_separation_taken_back_frees_nothing_but_what_it_took(day: Shift) -> None:
    specimen = day.receive(day.expect())["specimen"]
    keys = held(day.db)
    separation(day, specimen)
    with day.db.write():
        day.ledger.append(undoing.undo_drafts(day.ledger, day.acts[-1]), day.operator)
    assert held(day.db) == keys
    assert examination_look_up.aliquots_of(day.db, specimen) == []
