"""Index plates: each well once, and what two libraries must not have in common."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.index_plates import (
    Found,
    IndexedLibrary,
    IndexPair,
    IndexPlate,
    IndexSet,
    Odd,
    Orientation,
    Refused,
    check_pool,
    check_set,
    distance,
    free_wells,
    reverse_complement,
    use,
)

# Made-up sequences: those of makers are not shipped, in tests neither.
FIRST, SECOND, THIRD = (
    IndexPair("X-1", "AACCGGTTAC", "TTGGCCAATG"),
    IndexPair("X-2", "CCAATTGGCA", "GGTTAACCGT"),
    IndexPair("X-3", "GGTTAACCTG", "CCAAGGTTCA"),
)
SET = IndexSet("X", {"A01": FIRST, "B01": SECOND, "C01": THIRD}, Orientation.FORWARD)
PLATE = IndexPlate("IP-1", "X", "L-1")
bases = st.text("ACGT", min_size=1, max_size=12)


def library(code: str, pair: IndexPair) -> IndexedLibrary:
    return IndexedLibrary(code, pair, Orientation.FORWARD)


def test_a_well_is_used_once_and_its_use_again_for_another_library_is_refused() -> None:
    used = use(PLATE, SET, "A01", "LIB1")
    assert isinstance(used, IndexPlate)
    assert use(used, SET, "A01", "LIB2") is Refused.USED
    assert use(used, SET, "A01", "LIB1") == used
    assert use(used, SET, "D01", "LIB2") is Refused.NO_SUCH_WELL
    assert free_wells(used, SET) == ("B01", "C01")


@given(bases, bases)
def test_two_libraries_are_too_alike_where_neither_index_differs_in_more_than_twice_the_mismatches(
    one: str, other: str
) -> None:
    pool = [library("A", IndexPair("1", one, one)), library("B", IndexPair("2", other, one))]
    close = any(found.odd is Odd.TOO_CLOSE for found in check_pool(pool, 1))
    assert close is (distance(one, other) <= 2 and one != other)


def test_a_sound_set_has_nothing_odd() -> None:
    assert check_set(SET) == ()


def test_what_is_odd_about_a_set_is_named() -> None:
    odd = IndexSet(
        "Y",
        {
            "A01": FIRST,
            "B01": FIRST,
            "C01": replace(SECOND, i5="GGTTAACCG"),
            "D01": replace(THIRD, i7=SECOND.i7),
            "I01": IndexPair("N", "NNNN", "ACGT"),
        },
    )
    found = check_set(odd)
    assert Found(Odd.NO_SUCH_WELL, ("I01",), blocks=True) in found
    assert Found(Odd.NOT_BASES, ("I01",), blocks=True) in found
    assert Found(Odd.PAIR_TWICE, ("A01", "B01"), blocks=True) in found
    assert Found(Odd.I7_TWICE, ("C01", "D01")) in found
    assert Found(Odd.LENGTHS_DIFFER) in found
    assert Found(Odd.ORIENTATION_NOT_STATED, ("Y",)) in found


def test_an_i5_written_the_other_way_round_than_in_a_known_set_is_asked_about_and_not_turned() -> None:
    turned = replace(FIRST, i5=reverse_complement(FIRST.i5))
    other = IndexSet("X again", {"A01": turned, "B01": SECOND}, Orientation.REVERSE)
    assert check_set(other, [SET]) == (Found(Odd.I5_TURNED, ("X-1",)),)


def test_two_libraries_with_one_pair_cannot_be_pooled() -> None:
    assert check_pool([library("L1", FIRST), library("L2", FIRST)], 1) == (
        Found(Odd.PAIR_TWICE, ("L1", "L2"), blocks=True),
    )


def test_two_libraries_that_share_one_index_are_told() -> None:
    found = check_pool([library("L1", FIRST), library("L2", replace(SECOND, i7=FIRST.i7))], 1)
    assert found == (Found(Odd.I7_TWICE, ("L1", "L2")),)


def test_pairs_that_differ_in_no_more_than_twice_the_mismatches_allowed_are_too_close() -> None:
    near = replace(FIRST, i7="AACCGGTTGT", i5="TTGGCCAAGT")
    assert distance(near.i7, FIRST.i7) == 2
    assert check_pool([library("L1", FIRST), library("L2", near)], 1) == (
        Found(Odd.TOO_CLOSE, ("L1", "L2"), blocks=True),
    )
    assert check_pool([library("L1", FIRST), library("L2", near)], 0) == ()


def test_a_short_index_that_begins_a_longer_one_is_too_close_to_it() -> None:
    short = IndexPair("S", FIRST.i7[:8], FIRST.i5[:8])
    odd = [one.odd for one in check_pool([library("L1", FIRST), library("L2", short)], 0)]
    assert odd == [Odd.TOO_CLOSE, Odd.LENGTHS_DIFFER]


def test_libraries_of_two_orientations_are_not_pooled_and_one_that_nobody_stated_is_asked() -> None:
    reverse = replace(library("L2", SECOND), i5=Orientation.REVERSE)
    unsaid = replace(library("L3", THIRD), i5=Orientation.NOT_STATED)
    assert check_pool([library("L1", FIRST), reverse], 1) == (
        Found(Odd.ORIENTATIONS_DIFFER, ("L1", "L2"), blocks=True),
    )
    assert check_pool([library("L1", FIRST), unsaid], 1) == (Found(Odd.ORIENTATION_NOT_STATED, ("L3",)),)


@given(bases)
def test_the_other_strand_of_the_other_strand_is_the_same(sequence: str) -> None:
    assert reverse_complement(reverse_complement(sequence)) == sequence


@given(st.lists(st.builds(IndexPair, st.just(""), bases, bases), max_size=8), st.integers(0, 2))
def test_no_pool_that_cannot_be_told_apart_goes_unblocked(pairs: list[IndexPair], mismatches: int) -> None:
    libraries = [library(f"L{place}", pair) for place, pair in enumerate(pairs)]
    blocked = [one for one in check_pool(libraries, mismatches) if one.blocks]
    close = [
        {one.code, other.code}
        for one in libraries
        for other in libraries
        if one.code < other.code
        and distance(one.pair.i7, other.pair.i7) <= 2 * mismatches
        and distance(one.pair.i5, other.pair.i5) <= 2 * mismatches
    ]
    assert all(any(pair <= set(found.about) for found in blocked) for pair in close)
    assert bool(blocked) == bool(close)


@given(st.lists(st.tuples(st.sampled_from(["A01", "B01", "C01"]), st.sampled_from("PQR")), max_size=12))
def test_whatever_is_scanned_a_well_stays_with_its_first_library(scans: list[tuple[str, str]]) -> None:
    plate, first = PLATE, dict[str, str]()
    for well, code in scans:
        after = use(plate, SET, well, code)
        assert (after is Refused.USED) == (first.get(well, code) != code)
        if isinstance(after, IndexPlate):
            plate = after
            first.setdefault(well, code)
    assert plate.used == first


@pytest.mark.parametrize(("one", "other", "apart"), [("ACGT", "ACGT", 0), ("ACGT", "TGCA", 4), ("ACGT", "AC", 0)])
def test_a_distance_counts_the_bases_that_differ(one: str, other: str, apart: int) -> None:
    assert distance(one, other) == apart
