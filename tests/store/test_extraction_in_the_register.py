"""Extraction in the register: what waits, what is to come, parents of a pool, and two benches at one batch."""

from __future__ import annotations

import pytest
from shift import Shift
from shift_extraction import draft_begun, draft_placed, extraction, given_up
from shift_lots import lots

from gms_desktop.journal.database import Database
from gms_desktop.register import case_look_up, extraction_look_up, undoing


@pytest.fixture
def day(database: Database) -> Shift:
    made = Shift(database, 13).begin()
    lots(made)
    return made


def test_a_batch_knows_its_positions_its_release_and_that_nothing_is_to_come(day: Shift) -> None:
    names = extraction(day)
    db = day.ledger.db
    batch = extraction_look_up.batch(db, names["batch"])
    assert batch is not None
    assert (batch["state"], batch["held"], batch["to_come"]) == ("ended", "released", 0)
    positions = extraction_look_up.positions(db, names["batch"])
    assert list(positions) == ["A01", "B01", "C01", "D01"]
    assert {name: row["state"] for name, row in positions.items()} == {
        "A01": "placed", "B01": "failed", "C01": "placed", "D01": "placed",
    }  # fmt: skip
    assert (positions["D01"]["measured"], positions["D01"]["measured_unit"]) == ("0.4", "ng/µl")
    assert extraction_look_up.open_batches(db) == []


def test_a_pool_keeps_all_its_parents_and_a_measured_volume_stands_in_the_place_of_the_nominal_one(day: Shift) -> None:
    names = extraction(day)
    db = day.ledger.db
    assert [row["parent"] for row in extraction_look_up.parents(db, names["pool"])] == [names["first"], names["second"]]
    volumes = {row["id"]: row["volume_how"] for row in extraction_look_up.eluates_of(db, names["specimen"])}
    assert volumes == {names["first"]: "measured", names["second"]: "nominal", names["pool"]: "nominal"}


def test_an_accepted_specimen_waits_until_it_is_placed_and_waits_again_when_that_is_taken_back(day: Shift) -> None:
    db, batch = day.ledger.db, day.ledger.identity()
    one = day.receive(day.expect())
    assert not extraction_look_up.waits(db, one["specimen"])
    day.decide(one)
    assert extraction_look_up.waits(db, one["specimen"])
    day.act(lambda: [draft_begun(day, batch, day.ledger.next_number("Z"))])
    day.act(lambda: [draft_placed(day, batch, "A01", one)])
    assert not extraction_look_up.waits(db, one["specimen"])
    with db.write():
        day.ledger.append(undoing.undo_drafts(day.ledger, day.acts[-1]), day.operator)
    assert extraction_look_up.waits(db, one["specimen"])
    row = extraction_look_up.batch(db, batch)
    assert row is not None
    assert row["to_come"] == 0


def test_a_batch_that_is_filled_without_knowing_who_filled_it_before_is_held_in_dispute(day: Shift) -> None:
    batch = day.ledger.identity()
    one, other = (day.receive(day.expect()) for _ in range(2))
    day.act(lambda: [draft_begun(day, batch, day.ledger.next_number("Z"))])
    stale = draft_placed(day, batch, "A01", other)
    day.act(lambda: [draft_placed(day, batch, "A01", one)])
    day.act(lambda: [stale])
    held = case_look_up.case_entry(day.ledger.db, f"extraction:{batch}", day.last(f"extraction:{batch}"))
    assert held is not None
    assert held["verdict"] == "contested"


def test_what_came_to_nothing_and_is_to_be_done_again_waits(day: Shift) -> None:
    names = extraction(day)
    assert extraction_look_up.waits(day.ledger.db, names["other"])
    assert not extraction_look_up.waits(day.ledger.db, names["specimen"])


def test_what_is_taken_out_and_what_stood_in_a_dropped_batch_waits_again_and_the_batch_is_over(day: Shift) -> None:
    names = given_up(day)
    db = day.ledger.db
    batch = extraction_look_up.batch(db, names["batch"])
    assert batch is not None
    assert (batch["state"], batch["why"], batch["to_come"]) == ("dropped", "Scanned or begun by mistake", 0)
    assert list(extraction_look_up.positions(db, names["batch"])) == ["B01"]
    assert extraction_look_up.waits(db, names["one"])
    assert extraction_look_up.waits(db, names["other"])
    assert extraction_look_up.open_batches(db) == []


def test_a_drop_that_is_taken_back_leaves_the_batch_and_the_worklist_as_they_were(day: Shift) -> None:
    names = given_up(day)
    db = day.ledger.db
    for _ in range(2):
        with db.write():
            day.ledger.append(undoing.undo_drafts(day.ledger, day.acts.pop()), day.operator)
    batch = extraction_look_up.batch(db, names["batch"])
    assert batch is not None
    assert (batch["state"], batch["why"], batch["to_come"]) == ("placing", None, 2)
    assert list(extraction_look_up.positions(db, names["batch"])) == ["A01", "B01"]
    assert not extraction_look_up.waits(db, names["one"])
    assert not extraction_look_up.waits(db, names["other"])
