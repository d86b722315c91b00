"""No arrangement of reads ever loses, duplicates or moves a tube without a finding that names it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from rack_reads import RACK, scan, tube

from devices.values import RACK_24, RackScan
from gms_desktop.domain.racks.compare import compare
from gms_desktop.domain.racks.evidence import Expected
from gms_desktop.domain.racks.findings import AGREEING, Comparison, Look, Whereabouts
from gms_desktop.domain.racks.profile import RackProfile
from gms_desktop.domain.racks.reads import ByHand, rack_read
from gms_desktop.domain.racks.saving import Purpose, may_save
from gms_desktop.domain.racks.wells import Shape

# A small rack meets itself more often: every arrangement of 24 wells is one of 96.
SMALL = Shape(4, 6)
wells = st.sampled_from(SMALL.wells)
codes = st.integers(0, 9).map(tube)
arrangements = st.dictionaries(wells, codes, max_size=12)
known = st.dictionaries(codes, st.sampled_from([Whereabouts(), Whereabouts("SA00795810", "B02", "R14")]))
hands = st.builds(
    lambda scans, empty, lifted: (
        ByHand(lifted=lifted, corner_seen=True) if not scans else _scanned(scans).found_empty(empty)
    ),
    st.lists(st.tuples(wells, codes), max_size=3),
    st.sets(wells, max_size=4),
    st.booleans(),
)


def _scanned(scans: list[tuple[str, str]]) -> ByHand:
    by_hand = ByHand(corner_seen=True)
    for well, code in scans:
        by_hand = by_hand.scanned(well, code)
    return by_hand


@st.composite
def readings(draw: st.DrawFn) -> RackScan:
    return scan(
        draw(arrangements),
        unread=draw(st.sets(wells, max_size=4)),
        not_said=draw(st.sets(wells, max_size=2)),
        rack=draw(st.sampled_from([RACK, None, "SA00795810"])),
        tells_empty=draw(st.booleans()),
        shape=RACK_24,
    )


def names(found: Comparison) -> set[str]:
    """Every tube that a finding names."""
    named = {code for one in found.found for code in (*one.codes, one.expected, one.left)}
    return named | {code for one in found.found for code in map(tube, range(10)) if code in one.said}


def compared(reading: RackScan, expected: dict[str, str], where: dict[str, Whereabouts], hand: ByHand) -> Comparison:
    profile = RackProfile("24", "24 rack", SMALL, tells_empty=True)
    return compare(profile, rack_read(profile, reading), Expected(RACK, expected), where, hand, read_again=False)


@given(readings(), arrangements, known, hands)
def test_every_tube_that_does_not_agree_is_named(
    reading: RackScan, expected: dict[str, str], where: dict[str, Whereabouts], hand: ByHand
) -> None:
    found = compared(reading, expected, where, hand)
    for code in {*expected.values(), *reading.tubes.values(), *(one.code for one in hand.scans)}:
        at_home = [well for well, read in found.agreeing.items() if read == code]
        assert at_home or code in names(found), code
        places = [well for well, read in reading.tubes.items() if read == code]
        assert set(places) <= set(at_home) or code in names(found), code
        supposed = [well for well, should in expected.items() if should == code]
        assert set(supposed) <= set(at_home) or code in names(found), code


@given(readings(), arrangements, known, hands)
def test_a_well_agrees_only_if_the_tube_expected_there_was_read_there_and_nowhere_else(
    reading: RackScan, expected: dict[str, str], where: dict[str, Whereabouts], hand: ByHand
) -> None:
    found = compared(reading, expected, where, hand)
    assert set(found.looks) == set(SMALL.wells)
    assert sum(found.counts.values()) == SMALL.size
    for well, code in found.agreeing.items():
        by_hand = [one for one in hand.scans if one.well == well]
        assert expected[well] == code
        assert reading.tubes.get(well, code) == code
        assert well in reading.tubes or {one.code for one in by_hand} == {code}
        assert list(reading.tubes.values()).count(code) <= 1
        assert list(expected.values()).count(code) == 1


@given(readings(), arrangements, known, hands, st.sampled_from(Purpose), st.booleans())
def test_nothing_that_is_saved_loses_or_doubles_a_tube(
    reading: RackScan,
    expected: dict[str, str],
    where: dict[str, Whereabouts],
    hand: ByHand,
    purpose: Purpose,
    keep: bool,
) -> None:
    found = compared(reading, expected, where, hand)
    saved = may_save(found, purpose, found.found if keep else ()).tubes
    assert all(found.tubes[well] == code for well, code in saved.items())
    if purpose is not Purpose.ARRIVING and saved:
        assert set(found.looks.values()) <= AGREEING | {Look.EMPTY}
        assert saved == expected
    # What is recorded afterwards: the saved tubes where they are, every other one where it was.
    after = {well: code for well, code in expected.items() if code not in saved.values()}
    assert not after.keys() & saved.keys(), "a tube would be recorded over another"
    recorded = Counter([*after.values(), *saved.values()])
    assert recorded.keys() == set(expected.values())
    assert all(often <= Counter(expected.values())[code] for code, often in recorded.items())


@given(st.permutations(range(24)), st.integers(1, 24))
def test_any_order_of_the_right_tubes_is_told_tube_by_tube(order: list[int], held: int) -> None:
    expected = {well: tube(100 + place) for place, well in enumerate(SMALL.wells[:held])}
    there = {SMALL.wells[order[place]]: code for place, code in enumerate(expected.values())}
    found = compared(scan(there, shape=RACK_24), expected, {}, ByHand(corner_seen=True))
    wrong = {code for well, code in there.items() if expected.get(well) != code}
    assert {code for one in found.found for code in one.codes} == wrong
