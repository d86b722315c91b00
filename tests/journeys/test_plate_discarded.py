"""A plate is discarded: scanned, with reason, route and a second person; never while it is packed or in dispute."""

from __future__ import annotations

import pytest
from bench_top import WAIT_S, BenchTop
from people_at_work import NOVAK, added, stands_beside
from plate_work import PLATE, kept, made, read_again, scans, two_tubes, view
from rack_work import FIRST, SECOND
from send_work import approves, in_dispute, opens, own
from send_work import scans as scans_away
from storage_at_work import find, laboratory, takes_out
from storage_at_work import scans as scans_storage

from devices.values import Entered, Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.views import Answer

GOES = ("laboratory", "clinical waste")


@pytest.fixture
def plated(bench: BenchTop) -> BenchTop:
    """A plate of two tubes, with nobody else at work yet."""
    two_tubes(bench)
    made(bench)
    return bench


def goes(bench: BenchTop) -> None:
    """The plate is discarded, with somebody who looks on."""
    added(bench, NOVAK)
    question = bench.bench.command(Command.PLATE_DISCARD, Answer(GOES)).result(WAIT_S).question
    assert question is not None
    assert question.command is Command.SECOND_PERSON
    assert bench.count("plate.discarded") == 0
    assert stands_beside(bench, NOVAK).ok
    assert bench.count("plate.discarded") == 1


def test_a_plate_goes_with_one_reason_and_one_route_before_a_second_person_and_its_code_with_it(
    plated: BenchTop,
) -> None:
    assert plated.asks_for(Command.PLATE_DISCARD).title == "Discard the plate?"
    assert plated.says(Command.PLATE_DISCARD, "laboratory").kind is VerdictKind.ATTENTION
    goes(plated)
    gone = scans(plated, PLATE)
    assert (gone.kind, gone.title) == (VerdictKind.REFUSED, "Was discarded")
    assert plated.says(Command.PLATE_WORKLISTS, volume="10").kind is VerdictKind.REFUSED
    takes_plates(plated)
    opens(plated, "plating")
    assert scans_away(plated, PLATE).title == "Recorded as gone"


def test_find_keeps_what_the_wells_of_a_discarded_plate_held_and_why_it_went(plated: BenchTop) -> None:
    before = plated.looks_up(PLATE).find
    goes(plated)
    found = plated.looks_up(PLATE).find
    assert before is not None
    assert found is not None
    assert [one for one in before.facts if one[0] in {"A01", "B01"}] == [
        one for one in found.facts if one[0] in {"A01", "B01"}
    ]
    assert dict(found.facts)["Plate is"].startswith("discarded: Went wrong in the laboratory, clinical waste, ")
    tube = plated.looks_up(FIRST).find
    assert tube is not None
    assert ("On plate", f"{PLATE}, A01, discarded since") in tube.facts


def test_its_tubes_go_onto_another_plate_which_never_gets_the_same_code(plated: BenchTop) -> None:
    goes(plated)
    kept(plated)
    read_again(plated)
    assert scans(plated, PLATE).title == "Was discarded"
    assert scans(plated, "PL-000124").title == "Plate made"
    assert {one.code for one in view(plated).wells if one.code} == {FIRST, SECOND}


def takes_plates(bench: BenchTop) -> None:
    """The laboratory has a receiver of plates that asks for no identifiers."""
    named = 'identifiers = ["referral", "participant", "tube"]'
    approves(
        bench, "destinations", own("destinations", ("in_use = false", "in_use = true"), (named, "identifiers = []"))
    )


def test_a_plate_that_is_packed_sent_or_in_dispute_stays(plated: BenchTop) -> None:
    takes_plates(plated)
    consignment = opens(plated, "plating")
    assert scans_away(plated, PLATE).title == "Packed"
    assert scans(plated, PLATE).title == "Plate made"
    said = plated.asks_for(Command.PLATE_DISCARD)
    assert (said.title, consignment in said.sentence) == ("Is packed", True)
    scans_away(plated, PLATE)
    plated.asks_for(Command.SEND_TAKE_OUT)
    scans(plated, PLATE)
    assert plated.asks_for(Command.PLATE_DISCARD).title == "Discard the plate?"
    plated.asks_for(Command.PLATE_ASIDE)
    in_dispute(plated, SECOND)
    scans(plated, PLATE)
    said = plated.asks_for(Command.PLATE_DISCARD)
    assert (said.title, SECOND in said.sentence) == ("In dispute", True)
    assert plated.count("plate.discarded") == 0


def test_a_plate_stands_on_a_shelf_is_found_there_taken_out_and_gone_once_it_is_discarded(plated: BenchTop) -> None:
    codes = laboratory(plated)
    scans_storage(plated, codes["shelf"])
    assert scans_storage(plated, PLATE).title == "Put away"
    shelf = "Room 4, Freezer A, Shelf 1"
    assert find(plated, PLATE)["Storage"] == shelf
    plated.asks_for(Command.PLACE_ASIDE)
    scans_storage(plated, PLATE)
    assert takes_out(plated, "work").title == "Taken out"
    assert find(plated, PLATE)["Storage"].endswith(f"was in {shelf}, thawed 1 time")
    scans_storage(plated, codes["shelf"])
    scans_storage(plated, PLATE)
    plated.asks_for(Command.PLACE_ASIDE)
    scans_storage(plated, PLATE)
    assert plated.asks_for(Command.DISCARD).title == "Discard it on Plates"
    scans(plated, PLATE)
    goes(plated)
    assert scans_storage(plated, PLATE).title == "Was discarded"
    assert f"clinical waste), was in {shelf}" in find(plated, PLATE)["Storage"]


def test_a_plate_that_was_typed_or_is_only_planned_is_not_discarded(bench: BenchTop) -> None:
    two_tubes(bench)
    kept(bench)
    assert bench.asks_for(Command.PLATE_DISCARD).title == "No plate open"
    read_again(bench)
    assert scans(bench, PLATE).title == "Plate made"
    bench.asks_for(Command.PLATE_ASIDE)
    typed = Scan(PLATE.encode(), PLATE, None, bench.clock.now(), "keyboard", Entered.TYPED)
    assert bench.bench.scan(typed, "plates").result(WAIT_S).verdict.title == "Plate made"
    assert bench.asks_for(Command.PLATE_DISCARD).title == "Scan the plate"
