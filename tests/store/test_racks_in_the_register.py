"""Tubes and racks in the register: a code is one thing's, a tube stands in one place, two that clash are held."""

from __future__ import annotations

import pytest
from shift import Shift
from shift_racks import draft_bound, draft_moved, draft_rack, racks

from gms_desktop.journal.database import Database
from gms_desktop.register import case_look_up, rack_look_up, undoing
from gms_desktop.register.ledger import PremiseFailed


@pytest.fixture
def day(database: Database) -> Shift:
    return Shift(database, 11).begin()


def test_a_rack_that_was_settled_holds_its_tubes_where_they_were_read(day: Shift) -> None:
    names = racks(day)
    db = day.ledger.db
    first, second = rack_look_up.tube(db, names["first"]), rack_look_up.tube(db, names["second"])
    assert first is not None
    assert second is not None
    assert (first["rack"], first["well"], first["volume"], first["volume_how"]) == (
        names["rack"],
        "B01",
        "48.5",
        "measured",
    )
    assert (second["state"], second["route"], second["rack"]) == ("discarded", "clinical waste", None)
    assert [one["id"] for one in rack_look_up.tubes_in_rack(db, names["rack"])] == [names["first"]]
    rack = rack_look_up.rack_by_code(db, "SA00000001")
    assert rack is not None
    assert (rack["id"], rack["settled"]) == (names["rack"], names["read"])


def test_a_code_is_bound_once_and_no_rack_and_tube_share_one(day: Shift) -> None:
    names = racks(day)
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft_bound(day, day.ledger.identity(), "FD00000001", names["specimen"])])
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft_bound(day, day.ledger.identity(), "SA00000001", names["specimen"])])
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft_rack(day, day.ledger.identity(), "FD00000001")])


def test_a_code_bound_by_mistake_is_bound_again_and_both_stories_are_kept(day: Shift) -> None:
    names = racks(day)
    db = day.ledger.db
    assert rack_look_up.tube_by_code(db, "FD00000003") is None
    again = day.ledger.identity()
    day.act(lambda: [draft_bound(day, again, "FD00000003", names["specimen"])])
    found = rack_look_up.tube_by_code(db, "FD00000003")
    assert found is not None
    assert found["id"] == again
    states = [(one["id"], one["state"]) for one in rack_look_up.tubes_with_code(db, "FD00000003")]
    assert sorted(states) == sorted([(names["third"], "released"), (again, "bound")])


def test_a_tube_moved_without_knowing_who_moved_it_before_is_held_in_dispute(day: Shift) -> None:
    names = racks(day)
    stale = draft_moved(day, names["first"], None, None, names["rack"])
    day.act(lambda: [draft_moved(day, names["first"], names["rack"], "H12", names["rack"])])
    day.act(lambda: [stale])
    held = case_look_up.case_entry(day.ledger.db, f"tube:{names['first']}", day.last(f"tube:{names['first']}"))
    assert held is not None
    assert held["verdict"] == "contested"
    subjects = [f"tube:{names[name]}" for name in ("first", "second")]
    assert case_look_up.held_of(day.ledger.db, subjects) == {subjects[0]}


def test_a_move_is_taken_back_whole(day: Shift) -> None:
    names = racks(day)
    day.act(lambda: [draft_moved(day, names["first"], names["rack"], "H12", names["rack"])])
    with day.ledger.db.write():
        day.ledger.append(undoing.undo_drafts(day.ledger, day.acts[-1]), day.operator)
    found = rack_look_up.tube(day.ledger.db, names["first"])
    assert found is not None
    assert found["well"] == "B01"
