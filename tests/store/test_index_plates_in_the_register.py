"""Index plates in the register: a well of one is used once, a well of a plate gets one index, parents are kept."""

from __future__ import annotations

import pytest
from shift import Shift
from shift_index_plates import PAIRS, draft_index_plate, draft_indexed, draft_pool, draft_set, index_plates
from shift_plates import draft_planned

from gms_desktop.journal.database import Database
from gms_desktop.register import library_look_up, undoing
from gms_desktop.register.ledger import PremiseFailed
from gms_desktop.register.undoing import RestsOn


@pytest.fixture
def day(database: Database) -> Shift:
    return Shift(database, 13).begin()


def test_a_library_is_found_by_its_plate_its_tube_and_its_index_well_and_knows_its_pool(day: Shift) -> None:
    names = index_plates(day)
    db = day.ledger.db
    library = f"{names['plate']}.A01"
    assert [one["id"] for one in library_look_up.libraries_of_plate(db, names["plate"]).values()] == [library]
    assert [one["id"] for one in library_look_up.libraries_of_tube(db, names["tube"])] == [library]
    assert {well: one["id"] for well, one in library_look_up.used_wells(db, names["index_plate"]).items()} == {
        "B01": library
    }
    assert [one["id"] for one in library_look_up.libraries_in(db, names["pool"])] == [library]
    assert [one["code"] for one in library_look_up.pools_of(db, library)] == ["POOL-0021"]
    found = library_look_up.pool_by_code(db, "POOL-0021")
    assert found is not None
    assert (found["libraries"], found["mismatches"]) == (1, 1)
    [plate] = library_look_up.index_plates(db, 5)
    assert (plate["code"], plate["lot"], plate["expiry"], plate["used"]) == ("IX-000021", "L-88", "2027-01-31", 1)


def test_a_well_of_an_index_plate_is_used_once_for_ever(day: Shift) -> None:
    names = index_plates(day)
    other = day.ledger.identity()
    day.act(lambda: [draft_planned(day, other, [["A01", names["tube"], "", "A01", "", ""]], "", None)])
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft_indexed(day, other, names["index_plate"], [["A01", "B01", names["tube"]]])])
    day.act(lambda: [draft_indexed(day, other, names["index_plate"], [["A01", "A01", names["tube"]]])])


def test_a_well_of_a_plate_gets_one_index(day: Shift) -> None:
    names = index_plates(day)
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft_indexed(day, names["plate"], names["index_plate"], [["A01", "A01", names["tube"]]])])


def test_a_code_is_one_index_plates_or_one_plates_and_a_pools_is_no_tubes(day: Shift) -> None:
    names = index_plates(day)
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft_index_plate(day, day.ledger.identity(), "PL-000021", names["set"])])
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft_pool(day, day.ledger.identity(), "FD00000021", [[names["plate"], ["A01"]]])])


def test_nothing_is_pooled_that_is_no_library(day: Shift) -> None:
    names = index_plates(day)
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft_pool(day, day.ledger.identity(), "POOL-0022", [[names["plate"], ["B01"]]])])


def test_indexes_are_not_undone_while_a_pool_rests_on_them_and_their_wells_are_free_after(day: Shift) -> None:
    names = index_plates(day)
    pool, given = day.acts[-1], day.acts[-2]
    with pytest.raises(RestsOn):
        undoing.undo_drafts(day.ledger, given)
    for act in (pool, given):
        day.act(lambda act=act: undoing.undo_drafts(day.ledger, act))  # type: ignore[misc]
    day.act(lambda: [draft_indexed(day, names["plate"], names["index_plate"], [["A01", "B01", names["tube"]]])])


@pytest.mark.parametrize(
    "wells", [[], [["A01", "A01", "x"], ["A01", "B01", "y"]], [["A01", "A01", "x"], ["B01", "A01", "y"]]]
)
def test_an_entry_names_each_well_once(day: Shift, wells: list[list[str]]) -> None:
    names = index_plates(day)
    with pytest.raises(ValueError, match="twice"):
        day.act(lambda: [draft_indexed(day, names["plate"], names["index_plate"], wells)])
    with pytest.raises(ValueError, match="once"):
        day.act(lambda: [draft_set(day, day.ledger.identity(), wells=[PAIRS[0], PAIRS[0]])])
