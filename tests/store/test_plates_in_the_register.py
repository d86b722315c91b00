"""Plates in the register: a code is one plate's, and none is made of a tube that was moved since it was read."""

from __future__ import annotations

import pytest
from shift import Shift
from shift_plates import discarded, draft_made, draft_planned, plates
from shift_racks import draft_moved

from gms_desktop.journal.database import Database, text_statement
from gms_desktop.register import plate_look_up
from gms_desktop.register.ledger import Draft, PremiseFailed


@pytest.fixture
def day(database: Database) -> Shift:
    return Shift(database, 12).begin()


def test_a_plate_that_was_made_is_found_by_its_code_and_by_its_tube(day: Shift) -> None:
    names = plates(day)
    db = day.ledger.db
    found = plate_look_up.plate_by_code(db, "PL-000021")
    assert found is not None
    assert (found["id"], found["state"]) == (names["plate"], "made")
    wells = {one["well"]: one for one in plate_look_up.wells(db, names["plate"])}
    assert wells["A01"]["tube"] == names["tube"]
    assert (wells["G12"]["control"], wells["G12"]["lot"]) == ("", "12AB")
    assert (wells["H12"]["control"], wells["H12"]["lot"]) == ("NTC", "N-7")
    assert {one["plate"] for one in plate_look_up.wells_of_tube(db, names["tube"])} == {
        names["plate"],
        names["dropped"],
    }
    assert plate_look_up.planned(db) == []


def test_a_plate_is_not_made_of_a_tube_that_was_moved_since_it_was_read(day: Shift) -> None:
    names = plates(day)
    again, wells = day.ledger.identity(), [["A01", names["tube"], names["rack"], "A01"]]
    day.act(lambda: [draft_planned(day, again, [[*wells[0], "", ""]], names["rack"], names["read"])])
    stale = draft_made(day, again, "PL-000022", wells, names["rack"], names["read"])
    day.act(lambda: [draft_moved(day, names["tube"], names["rack"], "H12", names["rack"])])
    with pytest.raises(PremiseFailed):
        day.act(lambda: [stale])


def test_a_code_is_one_plates_for_ever(day: Shift) -> None:
    names = plates(day)
    again, wells = day.ledger.identity(), [["A01", names["tube"], names["rack"], "A01"]]
    day.act(lambda: [draft_planned(day, again, [[*wells[0], "", ""]], names["rack"], names["read"])])
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft_made(day, again, "PL-000021", wells, names["rack"], names["read"])])


def test_a_plate_that_was_discarded_keeps_its_wells_and_its_code_for_ever(day: Shift) -> None:
    names = plates(day)
    wells = plate_look_up.wells(day.ledger.db, names["plate"])
    discarded(day, names["plate"])
    found = plate_look_up.plate_by_code(day.ledger.db, "PL-000021")
    assert found is not None
    assert (found["id"], found["state"], found["route"]) == (names["plate"], "discarded", "clinical waste")
    assert plate_look_up.wells(day.ledger.db, names["plate"]) == wells


def test_a_plate_that_another_bench_used_meanwhile_is_contested_when_it_is_discarded(day: Shift) -> None:
    names = plates(day)
    body = {"plate": names["plate"], "reason": "spoiled", "route": "clinical waste", "follows": "another/1"}
    said = [Draft("plate.discarded", body | {"bench": day.bench})]
    day.act(lambda: said)
    verdict = day.ledger.db.value(text_statement("SELECT verdict FROM entry ORDER BY seq DESC LIMIT 1"))
    assert verdict == "contested"


def test_no_tube_stands_twice_on_one_plate(day: Shift) -> None:
    names = plates(day)
    wells = [["A01", names["tube"], names["rack"], "A01", "", ""], ["B01", names["tube"], names["rack"], "A01", "", ""]]
    with pytest.raises(ValueError, match="twice"):
        day.act(lambda: [draft_planned(day, day.ledger.identity(), wells, names["rack"], None)])
