"""No arrangement of reads ever loses, duplicates or moves a tube without a finding that names it."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rack_reads import RACK, SIX, SIX_READ, by_hand_scans, hands, known, racks, scan, tube

from devices.values import RackScan, RackShape
from gms_desktop.domain.racks.compare import compare
from gms_desktop.domain.racks.evidence import Expected
from gms_desktop.domain.racks.findings import AGREEING, Comparison, Look, Whereabouts
from gms_desktop.domain.racks.profile import RackProfile
from gms_desktop.domain.racks.reads import ByHand, rack_read
from gms_desktop.domain.racks.saving import Purpose, may_save
from gms_desktop.domain.racks.wells import Shape


def names(found: Comparison) -> set[str]:
    """Every tube that a finding names."""
    named = {code for one in found.found for code in (*one.codes, one.expected, one.left)}
    return named | {code for one in found.found for code in map(tube, range(7)) if code in one.said}


def compared(reading: RackScan, expected: dict[str, str], where: dict[str, Whereabouts], hand: ByHand) -> Comparison:
    return compare(SIX, rack_read(SIX, reading), Expected(RACK, expected), where, hand, read_again=False)


def check_named(found: Comparison, expected: dict[str, str], reading: RackScan, hand: ByHand) -> None:
    """Every tube that is not read where it is expected, once and there only, is named by a finding."""
    named, agreeing = names(found), found.agreeing
    for code in {*expected.values(), *reading.tubes.values(), *(one.code for one in hand.scans)} - named:
        places = {well for well, read in reading.tubes.items() if read == code}
        supposed = {well for well, should in expected.items() if should == code}
        assert places | supposed <= {well for well, read in agreeing.items() if read == code}, code


def check_agreeing(found: Comparison, expected: dict[str, str], reading: RackScan, hand: ByHand) -> None:
    """A well agrees only if the tube expected there was read there, and nowhere else."""
    assert sum(found.counts.values()) == len(found.looks)
    for well, code in found.agreeing.items():
        assert expected[well] == code
        assert reading.tubes.get(well, code) == code
        assert well in reading.tubes or {one.code for one in hand.scans if one.well == well} == {code}
        assert {well} >= {place for place, read in reading.tubes.items() if read == code}
        assert list(expected.values()).count(code) == 1


def check_saved(found: Comparison, expected: dict[str, str], purpose: Purpose, *, keep: bool) -> None:
    """Nothing that is saved loses or doubles a tube, or puts one where another is recorded."""
    saved = may_save(found, purpose, found.found if keep else ()).tubes
    assert all(found.tubes[well] == code for well, code in saved.items())
    if purpose is not Purpose.ARRIVING and saved:
        assert set(found.looks.values()) <= AGREEING | {Look.EMPTY}
        assert saved == expected
    # What is recorded afterwards: the saved tubes where they are, every other one where it was.
    after = {well: code for well, code in expected.items() if code not in saved.values()}
    assert not after.keys() & saved.keys()
    recorded = Counter([*after.values(), *saved.values()])
    assert recorded.keys() == set(expected.values())
    assert all(often <= Counter(expected.values())[code] for code, often in recorded.items())


@settings(max_examples=150)
@given(racks(), known, hands, st.sampled_from(Purpose), st.booleans())
def test_any_rack_however_disturbed_is_told_whole(
    rack: tuple[dict[str, str], RackScan], where: dict[str, Whereabouts], hand: ByHand, purpose: Purpose, keep: bool
) -> None:
    expected, reading = rack
    found = compared(reading, expected, where, hand)
    check_named(found, expected, reading, hand)
    check_agreeing(found, expected, reading, hand)
    check_saved(found, expected, purpose, keep=keep)


FOUR, FOUR_READ = RackProfile("4", "4 wells", Shape(2, 2), tells_empty=True), RackShape(2, 2)
THREE = {"A01": tube(0), "B01": tube(1), "A02": tube(2)}
ANSWERS = ("empty", "no read", *map(tube, range(4)))


@pytest.mark.parametrize("tells_empty", [True, False])
@pytest.mark.parametrize("by_hand", [None, ("B01", tube(1)), ("A01", tube(1)), ("B02", tube(3))])
def test_every_answer_that_a_reader_can_give_of_four_wells(tells_empty: bool, by_hand: tuple[str, str] | None) -> None:
    hand = by_hand_scans([by_hand] if by_hand else [])
    for answers in product(ANSWERS, repeat=4):
        told = dict(zip(FOUR.shape.wells, answers, strict=True))
        there = {well: said for well, said in told.items() if said.startswith("FD")}
        unread = [well for well, said in told.items() if said == "no read"]
        reading = scan(there, unread=unread, tells_empty=tells_empty, shape=FOUR_READ)
        found = compare(FOUR, rack_read(FOUR, reading), Expected(RACK, THREE), {}, hand, read_again=False)
        check_named(found, THREE, reading, hand)
        check_agreeing(found, THREE, reading, hand)
        for keep in (True, False):
            check_saved(found, THREE, Purpose.ARRIVING, keep=keep)
        check_saved(found, THREE, Purpose.DISPATCH, keep=False)


@given(st.permutations(range(6)), st.integers(1, 6))
def test_any_order_of_the_right_tubes_is_told_tube_by_tube(order: list[int], held: int) -> None:
    expected = {well: tube(100 + place) for place, well in enumerate(SIX.shape.wells[:held])}
    there = {SIX.shape.wells[order[place]]: code for place, code in enumerate(expected.values())}
    found = compared(scan(there, shape=SIX_READ), expected, {}, ByHand(corner_seen=True))
    wrong = {code for well, code in there.items() if expected.get(well) != code}
    assert {code for one in found.found for code in one.codes} == wrong
