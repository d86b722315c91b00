"""What the register makes of storage: where things stand, what thawed, and two benches that filled one box."""

from __future__ import annotations

import pytest
from shift import Shift
from shift_racks import racks
from shift_storage import draft_out, draft_place, draft_put, storage

from gms_desktop.journal.database import Database
from gms_desktop.register import case_look_up, rack_look_up, storage_look_up, undoing
from gms_desktop.register.ledger import Draft, PremiseFailed


@pytest.fixture
def day(database: Database) -> Shift:
    return Shift(database, 12).begin()


def test_a_box_stands_where_it_was_put_and_what_was_in_it_thawed_with_it(day: Shift) -> None:
    names = storage(day, racks(day))
    db = day.ledger.db
    box, specimen = storage_look_up.place(db, names["box"]), storage_look_up.stored(db, names["specimen"])
    assert box is not None
    assert specimen is not None
    assert box["within"] is None
    assert (specimen["state"], specimen["out_of"], specimen["out_position"]) == ("out", names["box"], "A01")
    assert (specimen["thaws"], specimen["due"], specimen["place"]) == (2, "2026-11-25", None)
    cold = storage_look_up.place_by_code(db, "L/cold")
    assert cold is not None
    assert cold["state"] == "in use"


def test_a_code_names_one_place(day: Shift) -> None:
    storage(day, racks(day))
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft_place(day, day.ledger.identity(), "room", None, "cold")])


def test_two_benches_that_filled_one_box_without_knowing_are_in_dispute_and_the_specimen_is_not(day: Shift) -> None:
    names = storage(day, racks(day))
    stale = draft_put(day, "specimen", names["specimen"], names["box"], "B01")
    day.act(lambda: [draft_put(day, "specimen", names["specimen"], names["box"], "C01")])
    day.act(lambda: [stale])
    db = day.ledger.db
    assert case_look_up.case_entry(db, stored(names), day.last(stored(names))) is not None
    assert case_look_up.case_entry(db, f"specimen:{names['specimen']}", day.last(stored(names))) is None


def stored(names: dict[str, str]) -> str:
    return f"stored:{names['specimen']}"


def test_what_is_discarded_stands_nowhere_and_a_tube_leaves_its_rack(day: Shift) -> None:
    racked = racks(day)
    names = storage(day, racked)
    gone = {"sort": "specimen", "item": names["specimen"], "reason": "retention", "route": "cremation"}
    day.act(lambda: [Draft("material.discarded", gone | {"bench": day.bench})])
    row = storage_look_up.stored(day.ledger.db, names["specimen"])
    assert row is not None
    assert (row["state"], row["place"], row["route"], row["due"]) == ("gone", None, "cremation", None)
    tube = rack_look_up.tube(day.ledger.db, racked["second"])
    assert tube is not None
    assert (tube["state"], tube["rack"]) == ("discarded", None)


def test_putting_away_is_taken_back_whole(day: Shift) -> None:
    names = storage(day, racks(day))
    day.act(lambda: [draft_put(day, "place", names["box"], names["cold"], None)])
    day.act(lambda: [draft_put(day, "specimen", names["specimen"], names["box"], "J09")])
    with day.ledger.db.write():
        day.ledger.append(undoing.undo_drafts(day.ledger, day.acts[-1]), day.operator)
    row = storage_look_up.stored(day.ledger.db, names["specimen"])
    assert row is not None
    assert (row["state"], row["out_of"]) == ("out", names["box"])


def test_what_is_no_thing_of_storage_is_refused(day: Shift) -> None:
    with pytest.raises(ValueError, match="patient is not stored"):
        day.act(lambda: [draft_out(day, "patient", "p1", "place", None)])
