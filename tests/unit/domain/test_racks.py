"""A rack as read beside the rack as expected: every well has one look, and every tube that is not at home is named."""

from __future__ import annotations

from importlib.resources import files

import pytest
from rack_reads import CAMERA, FLUIDX, RACK, SHAPE, full, scan, tube

from devices.values import RACK_48, RackDefect, RackFinding, RackScan
from gms_desktop.domain.racks.compare import compare
from gms_desktop.domain.racks.evidence import Expected
from gms_desktop.domain.racks.findings import Comparison, Found, Kind, Look, Whereabouts
from gms_desktop.domain.racks.profile import RackProfile, read_rack_rules
from gms_desktop.domain.racks.reads import NOTHING_BY_HAND, ByHand, WellState, rack_read
from gms_desktop.domain.racks.saving import Purpose, may_save
from gms_desktop.domain.racks.wells import Shape, read_well

A1_SEEN = ByHand(corner_seen=True)


def compared(
    reading: RackScan,
    expected: dict[str, str],
    *,
    known: dict[str, Whereabouts] | None = None,
    by_hand: ByHand = NOTHING_BY_HAND,
    profile: RackProfile = CAMERA,
    rack: str | None = RACK,
    read_again: bool = True,
) -> Comparison:
    read = rack_read(profile, reading)
    found = compare(profile, read, Expected(rack, expected), known or {}, by_hand, read_again=read_again)
    assert sum(found.counts.values()) == profile.shape.size
    return found


def kinds(found: Comparison) -> list[Kind]:
    return [one.kind for one in found.found]


@pytest.mark.parametrize("written", ["A1", "A01", "a1", "a01", "A/01", " A 1 ", "A-1", "A:01"])
def test_a_well_is_known_however_it_is_written(written: str) -> None:
    assert read_well(written) == "A01"


@pytest.mark.parametrize("written", ["", "A", "1", "A0", "A25", "Q1", "AA1", "A001", "A1B", "A１"])
def test_what_is_no_well_is_not_read_as_one(written: str) -> None:
    assert read_well(written) is None


def test_wells_run_down_the_columns_and_h12_stands_where_a1_stood_when_the_rack_is_turned() -> None:
    assert SHAPE.wells[:9] == ("A01", "B01", "C01", "D01", "E01", "F01", "G01", "H01", "A02")
    assert SHAPE.turned("A01") == "H12"
    assert {SHAPE.turned(SHAPE.turned(well)) for well in SHAPE.wells} == set(SHAPE.wells)


def test_a_rack_that_is_as_expected_agrees_in_every_well() -> None:
    found = compared(scan(full()), full())
    assert found.counts == {Look.AGREES: 96}
    assert found.found == ()
    assert may_save(found, Purpose.DISPATCH).tubes == full()


def test_five_states_of_wells_are_told_apart() -> None:
    reading = scan({"A01": tube(1), "B01": tube(2), "C01": tube(2), "D01": tube(3)}, unread=["E01"])
    states = rack_read(CAMERA, reading).states({tube(1), tube(2)})
    assert [states[well] for well in ("A01", "B01", "C01", "D01", "E01", "F01")] == [
        WellState.TUBE,
        WellState.DUPLICATE,
        WellState.DUPLICATE,
        WellState.UNKNOWN_CODE,
        WellState.NO_READ,
        WellState.EMPTY,
    ]


def test_a_moved_tube_names_the_well_it_left_and_the_one_it_fills_and_what_is_in_each() -> None:
    expected = full(10)
    there = {**expected, "H12": expected["B01"], "B01": tube(50)}
    found = compared(scan(there), expected, known={tube(50): Whereabouts("SA00795810", "C04", "R14 of LNN")})
    assert found.of(Kind.MOVED) == (Found(Kind.MOVED, ("B01", "H12"), (tube(1),), "", left=tube(50)),)
    assert found.looks["H12"] is Look.MOVED
    assert found.looks["B01"] is Look.FOREIGN


def test_the_well_that_a_moved_tube_left_empty_has_the_look_of_the_move() -> None:
    expected = full(10)
    there = {well: code for well, code in expected.items() if well != "B01"} | {"H12": expected["B01"]}
    found = compared(scan(there), expected)
    assert found.found == (Found(Kind.MOVED, ("B01", "H12"), (tube(1),), "", left="empty"),)
    assert found.counts == {Look.AGREES: 9, Look.MOVED: 2, Look.EMPTY: 85}


def test_two_tubes_that_changed_places_are_one_finding() -> None:
    expected = full()
    there = {**expected, "F07": expected["F08"], "F08": expected["F07"]}
    found = compared(scan(there), expected)
    assert found.found == (Found(Kind.SWAPPED, ("F07", "F08"), (expected["F08"], expected["F07"])),)
    assert found.counts == {Look.AGREES: 94, Look.SWAPPED: 2}


def test_three_tubes_that_went_round_are_three_moves() -> None:
    expected = full(4)
    there = {**expected, "B01": tube(3), "C01": tube(1), "D01": tube(2)}
    assert kinds(compared(scan(there), expected)) == [Kind.MOVED] * 3


def test_a_tube_that_is_not_there_is_missing_and_its_well_says_so() -> None:
    expected = full(3)
    found = compared(scan({"A01": tube(0), "C01": tube(2)}), expected)
    assert found.found == (Found(Kind.MISSING, ("B01",), (tube(1),), tube(1), left="empty"),)
    assert found.looks["B01"] is Look.MISSING


def test_a_foreign_tube_is_named_with_whose_it_is_and_the_tube_it_replaces_is_missing() -> None:
    whose = Whereabouts("SA00795810", "C04", "R14 of LNN")
    found = compared(scan({"A01": tube(0), "B01": tube(9)}), full(2), known={tube(9): whose})
    assert found.of(Kind.FOREIGN) == (Found(Kind.FOREIGN, ("B01",), (tube(9),), tube(1), where=whose),)
    assert found.of(Kind.MISSING) == (Found(Kind.MISSING, ("B01",), (tube(1),), tube(1), left=tube(9)),)


def test_a_tube_that_belongs_nowhere_is_extra_and_one_that_nobody_knows_is_unknown() -> None:
    found = compared(scan({"A01": tube(0), "B02": tube(8), "C02": tube(9)}), full(1), known={tube(8): Whereabouts()})
    assert [(one.kind, one.wells) for one in found.found] == [(Kind.UNKNOWN, ("C02",)), (Kind.EXTRA, ("B02",))]


def test_a_code_read_in_two_wells_is_a_duplicate_in_both_and_neither_agrees() -> None:
    expected = full(4)
    found = compared(scan({**expected, "H12": tube(2)}), expected)
    assert found.found == (Found(Kind.DUPLICATE, ("C01", "H12"), (tube(2),), "C01"),)
    assert (found.looks["C01"], found.looks["H12"]) == (Look.DUPLICATE, Look.DUPLICATE)
    assert "C01" not in may_save(found, Purpose.ARRIVING).tubes


def test_a_rack_turned_by_180_degrees_is_one_finding_and_nothing_of_it_is_saved() -> None:
    expected = full(40)
    found = compared(scan({SHAPE.turned(well): code for well, code in expected.items()}), expected)
    assert kinds(found) == [Kind.TURNED]
    assert set(found.found[0].codes) == set(expected.values())
    assert found.counts == {Look.TURNED: 80, Look.EMPTY: 16}
    assert may_save(found, Purpose.ARRIVING).tubes == {}


def test_two_tubes_swapped_across_the_rack_are_no_turned_rack_while_others_are_at_home() -> None:
    expected = {"A01": tube(0), "B01": tube(1), "H12": tube(2)}
    found = compared(scan({"A01": tube(2), "B01": tube(1), "H12": tube(0)}), expected, by_hand=A1_SEEN)
    assert kinds(found) == [Kind.SWAPPED]


def test_in_a_turned_rack_a_tube_that_moved_as_well_has_its_own_finding() -> None:
    expected = full(96)
    there = {SHAPE.turned(well): code for well, code in expected.items()}
    there["A01"], there["B01"] = there["B01"], there["A01"]
    found = compared(scan(there), expected)
    assert kinds(found) == [Kind.TURNED, Kind.MOVED, Kind.MOVED]


def test_another_rack_is_told_and_nothing_is_saved_though_every_tube_agrees() -> None:
    found = compared(scan(full(), rack="SA00795810"), full())
    assert found.found == (Found(Kind.WRONG_RACK, codes=("SA00795810",), expected=RACK),)
    assert may_save(found, Purpose.ARRIVING).tubes == {}


def test_a_rack_whose_code_was_not_read_is_confirmed_by_scanning_it() -> None:
    reading = scan(full(), rack=None)
    assert kinds(compared(reading, full())) == [Kind.RACK_NOT_READ]
    assert kinds(compared(reading, full(), by_hand=ByHand(rack=RACK))) == []
    assert kinds(compared(reading, full(), by_hand=ByHand(rack="SA00795810"))) == [Kind.WRONG_RACK]


def test_a_rack_whose_code_by_hand_is_another_than_was_read_is_a_wrong_rack() -> None:
    assert kinds(compared(scan(full()), full(), by_hand=ByHand(rack="SA00795810"))) == [Kind.WRONG_RACK]


def test_orientation_is_confirmed_by_the_tube_in_a1_or_by_a_person() -> None:
    expected = {"B01": tube(1)}
    assert kinds(compared(scan(expected), expected)) == [Kind.ORIENTATION]
    assert kinds(compared(scan(expected), expected, by_hand=A1_SEEN)) == []


def test_a_read_of_48_wells_is_of_another_size_than_96() -> None:
    expected = full(8)
    found = compared(scan({"A01": tube(0)}, shape=RACK_48), expected)
    assert found.found[0] == Found(Kind.WRONG_SIZE, expected="6 × 8")
    assert may_save(found, Purpose.ARRIVING).tubes == {}


def test_tubes_read_outside_the_rack_and_tubes_listed_outside_it_are_named() -> None:
    small = RackProfile("48", "48 rack", Shape(6, 8), tells_empty=True)
    found = compared(scan({"A01": tube(0), "H12": tube(95)}), {"A01": tube(0), "G09": tube(7)}, profile=small)
    assert found.of(Kind.WRONG_SIZE) == (
        Found(Kind.WRONG_SIZE, expected="8 × 12"),
        Found(Kind.WRONG_SIZE, ("H12",), (tube(95),)),
        Found(Kind.WRONG_SIZE, ("G09",), (), tube(7)),
    )


def test_a_well_that_could_not_be_read_keeps_the_tube_that_is_recorded_there() -> None:
    found = compared(scan(full(), unread=["C05"]), full())
    assert found.found == (Found(Kind.NOT_READ, ("C05",), (full()["C05"],), full()["C05"]),)
    assert found.counts == {Look.AGREES: 95, Look.NOT_READ: 1}
    assert len(may_save(found, Purpose.ARRIVING).tubes) == 95
    assert may_save(found, Purpose.PLATING).tubes == {}


def test_something_unread_in_a_well_where_nothing_is_expected_is_found_if_the_reader_can_tell() -> None:
    found = compared(scan(full(8), unread=["A12"]), full(8))
    assert found.found == (Found(Kind.NOT_READ, ("A12",)),)


def test_a_reader_that_cannot_tell_says_nothing_of_the_empty_wells_until_a_person_looks_into_them() -> None:
    expected, reading = full(3), scan(full(3), tells_empty=False)
    found = compared(reading, expected, profile=FLUIDX)
    assert found.counts == {Look.AGREES: 3, Look.NO_CODE: 93}
    assert found.found == ()
    assert may_save(found, Purpose.ARRIVING).tubes == expected
    stopped = may_save(found, Purpose.PLATING)
    assert (stopped.tubes, [one.kind for one in stopped.in_the_way]) == ({}, [Kind.EMPTIES])
    looked = compared(reading, expected, profile=FLUIDX, by_hand=ByHand().found_empty(SHAPE.wells[3:]))
    assert may_save(looked, Purpose.PLATING).tubes == expected


def test_a_reader_is_not_believed_about_empty_wells_where_its_profile_says_that_it_cannot_tell() -> None:
    found = compared(scan(full(3), tells_empty=True), full(4), profile=FLUIDX)
    assert found.found == (Found(Kind.NOT_READ, ("D01",), (tube(3),), tube(3)),)


def test_a_scan_by_hand_fills_a_well_with_the_tube_expected_there_and_the_rack_is_read_again() -> None:
    reading, by_hand = scan(full(), unread=["C05"]), ByHand().scanned("C05", full()["C05"])
    found = compared(reading, full(), by_hand=by_hand)
    assert found.counts == {Look.AGREES: 95, Look.BY_HAND: 1}
    assert kinds(found) == [Kind.READ_AGAIN]
    assert may_save(found, Purpose.ARRIVING).tubes == {}
    again = compared(reading, full(), by_hand=by_hand.read_again(["C05"]))
    assert may_save(again, Purpose.DISPATCH).tubes == full()


def test_a_laboratory_may_do_without_the_second_read() -> None:
    by_hand = ByHand().scanned("C05", full()["C05"])
    found = compared(scan(full(), unread=["C05"]), full(), by_hand=by_hand, read_again=False)
    assert may_save(found, Purpose.DISPATCH).tubes == full()


def test_another_code_scanned_by_hand_fills_nothing_and_is_a_finding_of_its_own() -> None:
    expected = full()
    by_hand = ByHand(scans=ByHand().scanned("C05", tube(500)).scans)
    found = compared(scan(expected, unread=["C05"]), expected, by_hand=by_hand)
    assert found.of(Kind.OTHER_BY_HAND) == (Found(Kind.OTHER_BY_HAND, ("C05",), (tube(500),), expected["C05"]),)
    assert found.looks["C05"] is Look.CONTRADICTED
    assert "C05" not in may_save(found, Purpose.ARRIVING).tubes


def test_a_scan_by_hand_of_a_tube_that_was_read_in_another_well_fills_nothing() -> None:
    expected = full(4)
    there = {"A01": tube(0), "H12": tube(1), "C01": tube(2), "D01": tube(3)}
    found = compared(scan(there, unread=["B01"]), expected, by_hand=ByHand().scanned("B01", tube(1)))
    assert found.looks["B01"] is Look.CONTRADICTED
    assert "B01" not in found.tubes


def test_a_tube_scanned_again_in_the_well_where_it_was_read_changes_nothing_but_asks_for_a_second_read() -> None:
    found = compared(scan(full()), full(), by_hand=ByHand().scanned("B01", tube(1)))
    assert kinds(found) == [Kind.READ_AGAIN]
    assert found.counts == {Look.AGREES: 96}


def test_a_well_that_a_person_found_empty_has_lost_its_tube() -> None:
    found = compared(scan(full(3), unread=["B01"]), full(3), by_hand=ByHand().found_empty(["B01"]))
    assert kinds(found) == [Kind.MISSING]


def test_wells_left_out_of_a_reply_are_not_empty() -> None:
    found = compared(scan(full(8), not_said=["B01", "A12"]), full(8))
    assert found.of(Kind.NOT_TOLD) == (Found(Kind.NOT_TOLD, ("B01", "A12")),)
    assert (found.looks["B01"], found.looks["A12"]) == (Look.NOT_READ, Look.NOT_READ)


def test_a_well_of_which_two_things_were_said_is_believed_in_neither() -> None:
    expected = full(4)
    twice = RackFinding(RackDefect.POSITION_TWICE, ("B01",), f"{tube(1)}, {tube(3)}")
    found = compared(scan(expected, not_said=["B01"], findings=(twice,)), expected)
    assert found.looks["B01"] is Look.CONTRADICTED
    assert found.of(Kind.CONTRADICTED)[0].said == f"{tube(1)}, {tube(3)}"
    assert found.of(Kind.DUPLICATE)[0].wells == ("B01", "D01")


def test_what_the_reader_itself_found_odd_stands_among_the_findings() -> None:
    odd = RackFinding(RackDefect.TUBE_COUNT, (), "5 declared, 4 read")
    found = compared(scan(full(4), findings=(odd,)), full(4))
    assert found.found == (Found(Kind.READER, said="another number of tubes: 5 declared, 4 read"),)
    assert may_save(found, Purpose.DISPATCH).tubes == {}


def test_what_the_reader_could_not_say_is_said_by_hand() -> None:
    odd = RackFinding(RackDefect.TEXT_NOT_A_CODE, ("B01",), "????")
    racks = RackFinding(RackDefect.RACK_ID_DISAGREES, detail="SA00826894 | SA00795810")
    reading = scan(full(4), not_said=["B01", "A12"], rack=None, findings=(odd, racks))
    assert kinds(compared(reading, full(4))) == [
        Kind.RACK_NOT_READ,
        Kind.NOT_READ,
        Kind.NOT_READ,
        Kind.NOT_TOLD,
        Kind.READER,
        Kind.READER,
    ]
    by_hand = ByHand(rack=RACK).scanned("B01", tube(1)).found_empty(["A12"])
    assert kinds(compared(reading, full(4), by_hand=by_hand, read_again=False)) == []


def test_two_codes_that_differ_in_their_case_only_are_told_by_the_reader() -> None:
    alike = RackFinding(RackDefect.CODE_TWICE, ("A01", "B01"), tube(0))
    found = compared(scan({"A01": tube(0), "B01": tube(0).lower()}, findings=(alike,)), full(1))
    assert kinds(found) == [Kind.UNKNOWN, Kind.READER]
    same = compared(scan({"A01": tube(0), "B01": tube(0)}, findings=(alike,)), full(1))
    assert kinds(same) == [Kind.DUPLICATE, Kind.ORIENTATION]


def test_a_list_that_expects_one_tube_in_two_wells_is_not_believed() -> None:
    expected = {**full(3), "H12": tube(1)}
    found = compared(scan(full(3)), expected)
    assert found.of(Kind.EXPECTED_TWICE) == (Found(Kind.EXPECTED_TWICE, ("B01", "H12"), (tube(1),)),)
    assert set(may_save(found, Purpose.ARRIVING).tubes) == {"A01", "C01"}


def test_a_person_may_keep_a_swap_as_it_was_read_in_an_arriving_rack_and_in_no_other() -> None:
    expected = full()
    there = {**expected, "F07": expected["F08"], "F08": expected["F07"]}
    found = compared(scan(there), expected)
    assert may_save(found, Purpose.ARRIVING, found.found).tubes == there
    assert may_save(found, Purpose.PLATING, found.found).tubes == {}


def test_a_move_into_the_well_of_a_tube_that_went_nowhere_is_not_kept() -> None:
    expected = full(3)
    found = compared(scan({"A01": tube(0), "C01": tube(1)}), expected)
    assert kinds(found) == [Kind.MOVED, Kind.MISSING]
    assert may_save(found, Purpose.ARRIVING, found.found).tubes == {"A01": tube(0)}


def test_the_racks_that_are_shipped_can_be_read() -> None:
    rules = read_rack_rules(files("resources").joinpath("rules", "racks.toml").read_text("utf-8"))
    assert rules.read_again
    fluidx = rules.profile("fluidx-96")
    assert fluidx is not None
    assert (fluidx.shape, fluidx.tells_empty) == (Shape(8, 12), False)
    assert rules.profile("fluidx-384") is None
