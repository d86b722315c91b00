"""Holding racks in the register: tubes stand where they were moved, and a move that another bench overtook is held."""

from __future__ import annotations

import pytest
from shift import Shift
from shift_holding_racks import draft_filled, holding_racks

from gms_desktop.journal.database import Database
from gms_desktop.register import plate_look_up, rack_look_up


@pytest.fixture
def day(database: Database) -> Shift:
    return Shift(database, 14).begin()


def test_a_tube_stands_in_the_well_of_the_holding_rack_that_was_planned(day: Shift) -> None:
    names = holding_racks(day)
    tube = rack_look_up.tube(day.ledger.db, names["tube"])
    plan = plate_look_up.plate(day.ledger.db, names["plan"])
    assert tube is not None
    assert plan is not None
    assert (tube["rack"], tube["well"]) == (names["holding"], "A01")
    assert (plan["state"], plan["sort"], plan["code"]) == ("held", "holding rack", "SA00000032")


@pytest.mark.parametrize("wells", [[], [["A01", "x", "S", "A01"], ["A01", "y", "S", "A01"]]])
def test_an_entry_names_each_well_once_and_a_rack_is_not_its_own_source(day: Shift, wells: list[list[str]]) -> None:
    names = holding_racks(day)
    with pytest.raises(ValueError, match="twice"):
        day.act(lambda: [draft_filled(day, names["plan"], names["holding"], "SA00000032", wells)])
    own = [["B01", names["tube"], names["holding"], "A01"]]
    with pytest.raises(ValueError, match="own source"):
        day.act(lambda: [draft_filled(day, names["plan"], names["holding"], "SA00000032", own)])
