"""A set of index pairs is taken from the laboratory's own file whole, or not at all."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gms_desktop.domain.index_plates import INDEX_PLATE, IndexPair, Orientation, check_set
from gms_desktop.exchange.index_plate_file import IndexFile, Problem, read_index_file


def read(*lines: str) -> IndexFile:
    return read_index_file("\r\n".join(lines).encode("utf-8-sig"), "X")


def test_wells_names_and_both_indexes_are_read() -> None:
    found = read("Well,Index Name,i7,i5 Forward", "a1,X-1,aaccgg,TTGGCC", "B/01,X-2,CCAATT,GGTTAA")
    assert found.problems == ()
    assert found.set is not None
    assert found.set.wells == {"A01": IndexPair("X-1", "AACCGG", "TTGGCC"), "B01": IndexPair("X-2", "CCAATT", "GGTTAA")}
    assert found.set.i5 is Orientation.FORWARD


@pytest.mark.parametrize(
    ("headings", "way", "i5"),
    [
        ("i5", Orientation.NOT_STATED, "AAAC"),
        ("i5 reverse complement", Orientation.REVERSE, "AAAC"),
        ("i5 reverse complement;i5 forward", Orientation.FORWARD, "GTTT"),
    ],
)
def test_the_heading_says_which_way_round_i5_is_written(headings: str, way: Orientation, i5: str) -> None:
    found = read(f"Position;i7;{headings}", "A1;CCGG;AAAC;GTTT")
    assert found.set is not None
    assert (found.set.i5, found.set.wells["A01"].i5) == (way, i5)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Z9,CC,GG", "well-shape"),
        ("B1,,GG", "cell-required"),
        ("B1,CC", "row-too-short"),
        ("A01,CC,GG", "well-repeated"),
    ],
)
def test_one_row_that_cannot_be_read_keeps_the_whole_set_out(line: str, why: str) -> None:
    found = read("Well,i7,i5", "A1,AA,TT", line)
    assert found == IndexFile(None, (Problem(3, why),))


def test_a_file_without_the_columns_or_without_rows_is_not_taken() -> None:
    assert read("Well,i7", "A1,AA").problems == (Problem(0, "columns-missing"),)
    assert read("Well,i7,i5").set is None
    assert read_index_file(b"", "X").set is None


@given(st.binary(max_size=200))
def test_whatever_bytes_come_nothing_is_raised(content: bytes) -> None:
    found = read_index_file(content, "X")
    assert (found.set is None) == bool(found.problems)


@settings(max_examples=10)
@given(st.randoms())
def test_a_plate_of_96_pairs_comes_through_as_it_was(random: Random) -> None:
    sequences = ["".join(one) for one in random.sample(list(product("ACGT", repeat=5)), 192)]
    pairs = {well: (sequences[at], sequences[96 + at]) for at, well in enumerate(INDEX_PLATE.wells)}
    found = read("Well,Name,i7,i5 forward", *(f"{well},U-{well},{i7},{i5}" for well, (i7, i5) in pairs.items()))
    assert found.set is not None
    assert {well: (one.i7, one.i5) for well, one in found.set.wells.items()} == pairs
    assert check_set(found.set) == ()
