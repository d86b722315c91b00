"""Plates under the national rules, fed from requests: rack types told, partners waited for, families kept together."""

from __future__ import annotations

from bench_top import BenchTop, Person
from rack_work import FIRST, RACK, SECOND, bound, rack_open
from test_plates import rules_on, scans, stands, view

from gms_desktop.domain.commands import Command
from gms_desktop.services import plate_on_find

CANCER, FAMILY = "r30000000077", "r30000000088"
TUMOUR = Person("Fern", "C1", "C1-1", nhs="9990000018", referral=CANCER, test="M89.1", type="FFPE tissue")
GERMLINE = Person("Fern", "C2", "C2-1", nhs="9990000018", referral=CANCER, test="M89.1")
CHILD = Person("Ash", "F1", "F1-1", nhs="9990000026", referral=FAMILY, test="R193.4")
MOTHER = Person(
    "Ash",
    "F2",
    "F2-1",
    forename="Rose",
    nhs="9990000034",
    referral=FAMILY,
    role="mother",
    test="R193.4",
    born="01/02/1951",
)


def words(bench: BenchTop) -> str:
    return " ".join(line.words for line in view(bench).lines)


def test_a_tumour_waits_for_its_germline_and_says_where_that_is_as_far_as_the_requests_tell(bench: BenchTop) -> None:
    rules_on(bench)
    bench.expects(TUMOUR, GERMLINE)
    tumour = bench.receives("C1-1")
    rack_open(bench)
    bound(bench, tumour, FIRST)
    scans(bench, RACK)
    assert "It waits for its cancer germline tube" in words(bench)
    assert "It is expected, and has not arrived." in words(bench)
    germline = bench.receives("C2-1")
    scans(bench, RACK)
    assert f"It is here as {germline}, in no FluidX tube yet." in words(bench)
    bench.asks_for(Command.RACK_ASIDE)
    bound(bench, germline, SECOND)
    scans(bench, RACK)
    assert f"It is tube {SECOND}, in no rack. Scan that rack too." in words(bench)


def test_a_tumour_that_was_announced_to_come_first_is_planned_without_its_germline_and_find_says_so(
    bench: BenchTop,
) -> None:
    rules_on(bench)
    bench.expects(TUMOUR, GERMLINE)
    tumour = bench.receives("C1-1")
    rack_open(bench)
    bound(bench, tumour, FIRST)
    assert bench.asks_for(Command.PLATE_ANNOUNCED).title == "No tube waits"
    scans(bench, RACK)
    assert stands(bench) == {}
    assert bench.asks_for(Command.PLATE_ANNOUNCED).title == "Without a partner?"
    both = (f"{FIRST}|tumour-first", f"{FIRST}|repeat")
    assert bench.says(Command.PLATE_ANNOUNCED, *both).title == "Without a partner?"
    assert bench.says(Command.PLATE_ANNOUNCED, both[0]).title == "Planned anew"
    assert stands(bench) == {FIRST: "A01"}
    assert bench.says(Command.PLATE_ANNOUNCED).title == "Planned anew"
    assert stands(bench) == {}
    assert bench.says(Command.PLATE_ANNOUNCED, both[1]).title == "Planned anew"
    assert bench.asks_for(Command.PLATE_KEEP).title == "Plan kept"
    [plate] = bench.rows("SELECT id FROM plate")
    said = bench.read(lambda ledger: plate_on_find.facts(ledger.db, "plate", plate["id"]))
    assert ("Without partner", f"{FIRST}: repeats one that went before") in said


def test_tumour_and_germline_in_one_rack_go_on_plates_of_their_own_type_without_a_type_chosen(bench: BenchTop) -> None:
    rules_on(bench)
    bench.expects(TUMOUR, GERMLINE)
    numbers = [bench.receives(code) for code in ("C1-1", "C2-1")]
    rack_open(bench)
    for number, tube in zip(numbers, (FIRST, SECOND), strict=True):
        bound(bench, number, tube)
    scans(bench, RACK)
    planned = {}
    for _ in range(2):
        planned |= stands(bench)
        bench.asks_for(Command.PLATE_NEXT)
    assert planned == {FIRST: "A01", SECOND: "A01"}
    plates = {plate.type: next(iter(plate.tubes.values())).code for plate in bench.bench.desk.plate.plates}
    assert plates == {"cancer-germline": SECOND, "tumour": FIRST}
    assert words(bench) == ""


def test_a_family_of_which_somebody_is_not_in_the_plan_is_named(bench: BenchTop) -> None:
    rules_on(bench)
    bench.expects(CHILD, MOTHER)
    child = bench.receives("F1-1")
    rack_open(bench)
    bound(bench, child, FIRST)
    scans(bench, RACK)
    [line] = view(bench).lines
    assert line.title == "Family not whole"
    assert line.words == f"{FAMILY} goes in one consignment. Not in this plan: mother (expected, not here)."
    assert line.wells == ("A01",)
    mother = bench.receives("F2-1")
    bound(bench, mother, SECOND)
    scans(bench, RACK)
    assert not view(bench).lines
    assert [plate.type for plate in bench.bench.desk.plate.plates] == ["proband", "family"]


def test_a_rack_type_that_was_chosen_by_hand_stands_over_what_the_requests_tell(bench: BenchTop) -> None:
    rules_on(bench)
    bench.expects(CHILD)
    child = bench.receives("F1-1")
    rack_open(bench)
    bound(bench, child, FIRST)
    scans(bench, RACK)
    bench.says(Command.PLATE_TYPE, "problem")
    assert [plate.type for plate in bench.bench.desk.plate.plates] == ["problem"]
