"""What may be discarded: a list by the laboratory's own table, and nothing that a person does not scan out."""

from __future__ import annotations

import pytest
from bench_top import WAIT_S, BenchTop
from people_at_work import NOVAK, added, stands_beside
from send_work import opens
from storage_at_work import RACK, SINGLE, TUBE, find, keeps_dna_a_week, laboratory, says, scans, view

from devices.values import Entered
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import text_statement
from gms_desktop.register import rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services.views import Answer

SECOND = "FD20024620"
GOES = Answer(("retention", "sensitive incineration"))


def packed(ledger: Ledger, code: str) -> Draft:
    """A tube is packed into the only consignment."""
    tube = rack_look_up.tube_by_code(ledger.db, code)
    assert tube is not None
    [row] = ledger.db.all(text_statement("SELECT id FROM consignment"))
    last = f"last:tube:{tube['id']}"
    body = {"consignment": row["id"], "item": tube["id"], "sort": "tube", "number": code, "container": None}
    body |= {"concessions": [], "follows": None, "rests_on": ledger.driver.holders([last])[last], "bench": "b"}
    return Draft("consignment.item_packed", body)


@pytest.fixture
def two_tubes(bench: BenchTop) -> BenchTop:
    """A specimen and two tubes of its DNA stand in a box."""
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    for tube in (TUBE, SECOND):
        scans(bench, number, "racks")
        scans(bench, tube, "racks")
    scans(bench, codes["box"])
    for code in (number, TUBE, SECOND):
        assert scans(bench, code).title == "Put away"
    bench.asks_for(Command.PLACE_ASIDE)
    return bench


def test_where_no_time_is_laid_down_nothing_is_proposed(two_tubes: BenchTop) -> None:
    assert two_tubes.asks_for(Command.DISPOSAL_LIST).title == "No times laid down"
    assert view(two_tubes).listed == ()


def test_the_last_of_its_kind_stays_and_what_is_not_on_the_list_is_not_discarded(two_tubes: BenchTop) -> None:
    bench = two_tubes
    keeps_dna_a_week(bench)
    assert "0 may be discarded" in bench.asks_for(Command.DISPOSAL_LIST).sentence
    bench.clock.forward(8 * 86_400)
    assert "1 may be discarded, 2 stay" in bench.asks_for(Command.DISPOSAL_LIST).sentence
    assert [line.title for line in view(bench).listed] == [f"Tube {TUBE}"]
    scans(bench, SECOND)
    said = says(bench, Command.DISCARD, GOES)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Stays here")
    assert "the last of its kind" in said.sentence
    assert bench.count("material.discarded") == 0


def test_what_is_packed_or_planned_for_a_plate_stays_and_what_is_away_stands_for_nothing_here(
    two_tubes: BenchTop,
) -> None:
    bench = two_tubes
    keeps_dna_a_week(bench)
    bench.clock.forward(8 * 86_400)
    opens(bench, "wgs")
    bench.write(lambda ledger: ledger.append([packed(ledger, TUBE)], None))
    assert "0 may be discarded" in bench.asks_for(Command.DISPOSAL_LIST).sentence
    scans(bench, TUBE)
    assert "packed in a consignment" in says(bench, Command.DISCARD, GOES).sentence
    scans(bench, SECOND)
    assert "the last of its kind" in says(bench, Command.DISCARD, GOES).sentence


def test_a_number_that_is_typed_discards_nothing(two_tubes: BenchTop) -> None:
    bench = two_tubes
    keeps_dna_a_week(bench)
    bench.clock.forward(8 * 86_400)
    bench.asks_for(Command.DISPOSAL_LIST)
    assert scans(bench, TUBE, entered=Entered.TYPED).title == "Scan the code"
    assert bench.asks_for(Command.DISCARD).title == "Nothing in hand"


def test_each_thing_is_scanned_out_with_reason_and_route_and_a_second_person(two_tubes: BenchTop) -> None:
    bench = two_tubes
    added(bench, NOVAK)
    keeps_dna_a_week(bench)
    bench.clock.forward(8 * 86_400)
    bench.asks_for(Command.DISPOSAL_LIST)
    scans(bench, TUBE)
    assert says(bench, Command.DISCARD, Answer(("retention",))).kind is VerdictKind.ATTENTION
    question = bench.bench.command(Command.DISCARD, GOES).result(WAIT_S).question
    assert question is not None
    assert question.command is Command.SECOND_PERSON
    assert bench.count("material.discarded") == 0
    assert stands_beside(bench, NOVAK).ok
    assert bench.count("material.discarded") == 1
    assert "discarded (Its time is over, sensitive incineration)" in find(bench, TUBE)["Storage"]
    assert scans(bench, TUBE).title == "Was discarded"


def test_a_rack_goes_only_empty_with_reason_route_and_second_person_and_is_no_rack_any_more(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    added(bench, NOVAK)
    scans(bench, RACK, "racks")
    bench.asks_for(Command.REGISTER_RACK, RACK)
    scans(bench, number, "racks")
    scans(bench, TUBE, "racks")
    bench.asks_for(Command.DISPOSAL_LIST)
    scans(bench, RACK)
    assert "1 tube is recorded in it" in says(bench, Command.DISCARD, GOES).sentence
    [tube] = bench.rows("SELECT id FROM fluidx_tube WHERE code = :code", code=TUBE)
    bench.asks_for(Command.TAKE_OUT_TUBE, tube["id"])
    scans(bench, RACK)
    assert bench.bench.command(Command.DISCARD, GOES).result(WAIT_S).question is not None
    assert stands_beside(bench, NOVAK).ok
    assert bench.count("material.discarded") == 1
    for screen in ("racks", "storage"):
        assert scans(bench, RACK, screen).title == "Was discarded"
    assert "discarded (Its time is over, sensitive incineration)" in find(bench, RACK)["Storage"]


def test_what_is_lost_already_is_discarded_whatever_its_time_with_a_second_person_and_for_no_other_reason(
    two_tubes: BenchTop,
) -> None:
    bench = two_tubes
    added(bench, NOVAK)
    scans(bench, SECOND)
    asked = bench.bench.command(Command.DISCARD, None).result(WAIT_S).question
    assert asked is not None
    assert "is to stay" in asked.title
    assert {one.code for one in asked.choices} >= {"spoiled", "laboratory"}
    assert "retention" not in {one.code for one in asked.choices}
    assert bench.bench.command(Command.DISCARD, GOES).result(WAIT_S).verdict.title == "Stays here"
    spoiled = Answer(("spoiled", *GOES.choices[1:]))
    bench.bench.command(Command.DISCARD, None).result(WAIT_S)
    question = bench.bench.command(Command.DISCARD, spoiled).result(WAIT_S).question
    assert question is not None
    assert question.command is Command.SECOND_PERSON
    assert stands_beside(bench, NOVAK).ok
    assert "discarded (Spoiled in storage" in find(bench, SECOND)["Storage"]
