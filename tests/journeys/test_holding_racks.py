"""Holding racks: tubes planned column by column into another rack, moved there by hand, and the rack read next."""

from __future__ import annotations

import pytest
from bench_top import BenchTop
from plate_work import read_again, scans, two_tubes, view
from rack_work import FIRST, RACK, SECOND, reads
from rack_work import scans as scans_at_racks

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind

HOLDING = "SA00000018"


@pytest.fixture
def planned(bench: BenchTop) -> BenchTop:
    """Two tubes, planned for a holding rack that is registered and empty."""
    two_tubes(bench)
    assert scans_at_racks(bench, HOLDING).title == "Not known here"
    assert bench.asks_for(Command.REGISTER_RACK, HOLDING).title == "New rack"
    scans(bench, RACK)
    assert bench.asks_for(Command.PLATE_HOLDING).title == "Holding rack"
    return bench


def stands(bench: BenchTop) -> dict[str, tuple[str, str]]:
    """The rack and well of each tube."""
    rows = bench.rows("SELECT t.code, r.code AS rack, t.well FROM fluidx_tube t JOIN rack r ON r.id = t.rack")
    return {row["code"]: (row["rack"], row["well"]) for row in rows}


def test_tubes_are_planned_moved_and_the_holding_rack_read_next(planned: BenchTop) -> None:
    assert planned.asks_for(Command.PLATE_MOVE, "A01").title == "Now its well"
    assert planned.asks_for(Command.PLATE_MOVE, "B01").title == "Moved"
    assert view(planned).heading == "Plan, holding rack 1"
    assert planned.asks_for(Command.PLATE_KEEP).title == "Plan kept"
    early = scans(planned, HOLDING)
    assert (early.kind, early.title) == (VerdictKind.REFUSED, "Not yet")
    read_again(planned)
    told = {one.code: one.holds.partition(", ")[2] for one in view(planned).wells if one.code}
    assert told == {SECOND: f"from B01 of {RACK}", FIRST: f"from A01 of {RACK}"}
    assert view(planned).lines[0].title == "Move the tubes"
    said = scans(planned, HOLDING)
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Read the holding rack")
    assert stands(planned) == {SECOND: (HOLDING, "A01"), FIRST: (HOLDING, "B01")}
    assert reads(planned, {"A01": SECOND, "B01": FIRST}, HOLDING).kind is not VerdictKind.REFUSED
    planned.asks_for(Command.WELLS_EMPTY)
    assert planned.asks_for(Command.SAVE_RACK).title == "Saved"


def test_tubes_that_stand_otherwise_than_planned_are_named_when_the_holding_rack_is_read(planned: BenchTop) -> None:
    planned.asks_for(Command.PLATE_KEEP)
    read_again(planned)
    scans(planned, HOLDING)
    assert reads(planned, {"A01": SECOND, "B01": FIRST}, HOLDING).kind is VerdictKind.ATTENTION
    assert planned.asks_for(Command.SAVE_RACK).kind is VerdictKind.REFUSED
    assert stands(planned) == {FIRST: (HOLDING, "A01"), SECOND: (HOLDING, "B01")}


def test_a_tube_in_a_holding_rack_is_planned_for_a_plate_from_there(planned: BenchTop) -> None:
    planned.asks_for(Command.PLATE_KEEP)
    read_again(planned)
    scans(planned, HOLDING)
    assert scans(planned, HOLDING).sentence.startswith(f"Rack {HOLDING}: 2 tubes on 1 plate")
    found = planned.looks_up(FIRST).find
    assert found is not None
    assert any(f"into holding rack {HOLDING}" in line.words for line in found.timeline)


def test_a_rack_that_is_a_source_or_holds_tubes_or_is_not_known_is_no_holding_rack(planned: BenchTop) -> None:
    planned.asks_for(Command.PLATE_KEEP)
    read_again(planned)
    assert scans(planned, RACK).title == "A source rack"
    assert scans(planned, "SA00000099").title == "No rack known here"
    assert planned.count("holding_rack.filled") == 0


def test_a_move_that_was_not_carried_out_is_undone_and_its_tubes_stand_where_they_stood(planned: BenchTop) -> None:
    planned.asks_for(Command.PLATE_KEEP)
    read_again(planned)
    before = stands(planned)
    scans(planned, HOLDING)
    assert planned.undoes().kind is not VerdictKind.REFUSED
    assert stands(planned) == before
    assert [row["state"] for row in planned.rows("SELECT state FROM plate")] == ["planned"]


def test_a_holding_rack_has_no_controls_and_the_plan_goes_back_to_plates(planned: BenchTop) -> None:
    offered = [one.command for one in view(planned).offers]
    assert Command.PLATE_CONTROL not in offered
    assert view(planned).rules == "Plating rules do not apply to a holding rack"
    assert planned.asks_for(Command.PLATE_HOLDING).title == "Planned anew"
    assert view(planned).heading == "Plan, plate 1"
