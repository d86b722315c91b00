"""Families and synchronous tumours leave in one consignment, where the laboratory keeps the national rules."""

from __future__ import annotations

from bench_top import WAIT_S, BenchTop, Person
from plate_work import PLATE, read_again
from plate_work import scans as at_the_plates
from rack_work import FIRST, RACK, SECOND, bound, rack_open, reads
from rack_work import scans as at_the_rack
from send_work import approves, arrives, closes, find, hands_over, opens, own, says, scans, view

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services import histories

WGS = (
    ('identifiers = ["referral", "participant", "tube"]', "identifiers = []"),
    ('manifest = "dwgs"', 'manifest = "packing list"'),
)
FAMILY = "r30000000088"
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
TUMOURS = tuple(
    Person("Fern", f"T{n}", f"T{n}-1", nhs="9990000018", referral=f"r3000000007{n}", test="M89.1", type="FFPE tissue")
    for n in (1, 2)
)


def rules_on(bench: BenchTop) -> None:
    approves(bench, "plating-national", own("plating-national", ("on = false", "on = true")))


def dna(bench: BenchTop, code: str, tube: str) -> str:
    number = bench.receives(code)
    assert bound(bench, number, tube).title == "Bound"
    return number


def wgs(bench: BenchTop) -> str:
    """A receiver of tubes that asks for no identifiers."""
    approves(bench, "destinations", own("destinations", *WGS))
    return opens(bench, "wgs")


def test_a_tube_whose_mother_is_not_packed_says_so_and_the_consignment_stays_open_until_it_is_said_why(
    bench: BenchTop,
) -> None:
    rules_on(bench)
    bench.expects(CHILD, MOTHER)
    dna(bench, "F1-1", FIRST)
    consignment = wgs(bench)
    said = scans(bench, FIRST)
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Packed, family not whole")
    assert said.sentence == (
        f"Tube {FIRST} is number 1 of {consignment}. {FAMILY} goes in one consignment. "
        "Not in this one: mother (expected, not here). Pack who is missing as well."
    )
    said = closes(bench)
    assert said.kind is VerdictKind.ATTENTION
    assert f"{FAMILY} goes in one consignment. Not in this one: mother (expected, not here)." in said.sentence
    assert bench.count("consignment.closed") == 0
    said = says(bench, Command.SEND_CLOSE, why=" ")
    assert "Say why" in said.sentence
    said = says(bench, Command.SEND_CLOSE, why="Mother declined to be tested")
    assert said.title.startswith("Closed"), said
    assert bench.count("consignment.closed") == bench.count("consignment.sent_apart") == 1
    assert ("Went without", f"{FAMILY}: mother (expected, not here). Mother declined to be tested") in view(bench).facts
    assert dict(find(bench, consignment))["Went without"].endswith("Mother declined to be tested")
    assert not any(b"declined" in entry for entry in bench.entries())
    hands_over(bench)
    assert arrives(bench).title == "Arrived"


def test_the_whole_family_is_packed_and_closed_without_a_word(bench: BenchTop) -> None:
    rules_on(bench)
    bench.expects(CHILD, MOTHER)
    dna(bench, "F1-1", FIRST)
    mother = dna(bench, "F2-1", SECOND)
    wgs(bench)
    assert f"mother ({mother}, tube {SECOND})" in scans(bench, FIRST).sentence
    assert scans(bench, SECOND).title == "Packed"
    assert closes(bench).title.startswith("Closed")
    assert bench.count("consignment.sent_apart") == 0


def test_who_was_packed_and_taken_out_again_is_missing_again(bench: BenchTop) -> None:
    rules_on(bench)
    bench.expects(CHILD, MOTHER)
    dna(bench, "F1-1", FIRST)
    dna(bench, "F2-1", SECOND)
    wgs(bench)
    scans(bench, FIRST)
    scans(bench, SECOND)
    assert bench.asks_for(Command.SEND_TAKE_OUT).title == "Taken out"
    assert "Not in this one: mother" in closes(bench).sentence


def test_what_is_packed_after_a_reason_was_given_asks_for_a_reason_of_its_own(bench: BenchTop) -> None:
    rules_on(bench)
    bench.expects(CHILD, MOTHER)
    dna(bench, "F1-1", FIRST)
    wgs(bench)
    scans(bench, FIRST)
    says(bench, Command.SEND_CLOSE, why="Mother comes later")
    assert bench.asks_for(Command.SEND_REOPEN).title == "Open again"
    assert closes(bench).kind is VerdictKind.ATTENTION
    assert bench.count("consignment.closed") == 1


def test_a_rack_whose_family_is_in_it_is_packed_whole_and_one_without_the_mother_names_her(bench: BenchTop) -> None:
    rules_on(bench)
    bench.expects(CHILD, MOTHER)
    dna(bench, "F1-1", FIRST)
    dna(bench, "F2-1", SECOND)
    rack_open(bench)
    at_the_rack(bench, FIRST)
    bench.asks_for(Command.RACK_ASIDE)
    at_the_rack(bench, RACK)
    reads(bench, {"A01": FIRST})
    bench.says(Command.RACK_PURPOSE, "dispatch")
    bench.asks_for(Command.WELLS_EMPTY)
    bench.asks_for(Command.CORNER_SEEN)
    assert bench.asks_for(Command.SAVE_RACK).kind is VerdictKind.FINISHED
    wgs(bench)
    said = scans(bench, RACK)
    assert said.title == "Rack packed, family not whole", said
    assert f"tube {SECOND}" in said.sentence
    assert scans(bench, SECOND).title == "Packed"
    assert closes(bench).title.startswith("Closed")


def test_the_tumours_of_one_person_go_together_although_they_were_asked_for_apart(bench: BenchTop) -> None:
    rules_on(bench)
    bench.expects(*TUMOURS)
    dna(bench, "T1-1", FIRST)
    other = dna(bench, "T2-1", SECOND)
    wgs(bench)
    said = scans(bench, FIRST)
    assert said.title == "Packed, tumours apart"
    assert f"another tumour ({other}, tube {SECOND})" in said.sentence
    assert scans(bench, SECOND).title == "Packed"
    assert closes(bench).title.startswith("Closed")


def test_a_tumour_that_left_before_is_not_waited_for(bench: BenchTop) -> None:
    rules_on(bench)
    bench.expects(*TUMOURS)
    dna(bench, "T1-1", FIRST)
    dna(bench, "T2-1", SECOND)
    wgs(bench)
    scans(bench, FIRST)
    says(bench, Command.SEND_CLOSE, why="The second was taken a year later")
    hands_over(bench)
    opens(bench, "wgs")
    assert scans(bench, SECOND).title == "Packed"
    assert closes(bench).title.startswith("Closed")


def test_with_the_rules_off_as_shipped_nothing_is_asked(bench: BenchTop) -> None:
    bench.expects(CHILD, MOTHER)
    dna(bench, "F1-1", FIRST)
    wgs(bench)
    assert scans(bench, FIRST).title == "Packed"
    assert closes(bench).title.startswith("Closed")


def test_whom_it_went_without_stands_at_the_consignment_and_in_nobody_elses_history(bench: BenchTop) -> None:
    rules_on(bench)
    bench.expects(CHILD, MOTHER)
    number = dna(bench, "F1-1", FIRST)
    consignment = wgs(bench)
    scans(bench, FIRST)
    says(bench, Command.SEND_CLOSE, why="Mother declined")
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)
    said = bench.read(lambda ledger: histories.history(ledger, f"specimen:{row['id']}", "Europe/London"))
    assert "items 1" in repr(said)
    assert "mother (" not in repr(said)
    timeline = repr(bench.bench.find(consignment).result(WAIT_S).timeline)
    assert f"Close consignment {consignment} without mother (expected, not here)" in timeline


def test_a_plate_goes_with_whoever_of_its_families_stands_on_no_plate_of_the_consignment(bench: BenchTop) -> None:
    rules_on(bench)
    bench.expects(CHILD, MOTHER)
    child, mother = (bench.receives(code) for code in ("F1-1", "F2-1"))
    rack_open(bench)
    for number, tube in ((child, FIRST), (mother, SECOND)):
        assert bound(bench, number, tube).title == "Bound"
    assert at_the_plates(bench, RACK).title == "Planned"
    assert bench.asks_for(Command.PLATE_KEEP).title == "Plan kept"
    read_again(bench)
    assert at_the_plates(bench, PLATE).title == "Plate made"
    both = (("in_use = false", "in_use = true"), ('manifest = "gel1004"', 'manifest = "packing list"'))
    approves(bench, "destinations", own("destinations", *both, WGS[0]))
    opens(bench, "plating")
    said = scans(bench, PLATE)
    assert said.title == "Packed, family not whole", said
    assert f"mother ({mother}, tube {SECOND})" in said.sentence
    assert "Not in this one: mother" in closes(bench).sentence
    bench.asks_for(Command.CANCEL)
    assert scans(bench, SECOND).title == "Packed"
    assert closes(bench).title.startswith("Closed")
