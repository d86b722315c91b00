"""Index wells given to a plate: each its own, none that was used, and what a laboratory lays down for pools."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.index_plates import INDEX_PLATE, IndexedLibrary, IndexPair, Odd, Orientation
from gms_desktop.domain.index_use import PoolRules, changed, check, give, read_pool_rules

RULES = files("resources").joinpath("rules", "indexes.toml").read_text("utf-8")
some_wells = st.lists(st.sampled_from(INDEX_PLATE.wells), unique=True)


@given(some_wells, some_wells)
def test_each_library_gets_a_free_index_well_of_its_own_or_none_gets_any(libraries: list[str], free: list[str]) -> None:
    said = give(libraries, free)
    if said is None:
        assert len(free) < len(libraries)
        return
    assert set(said.wells) == set(libraries)
    assert set(said.wells.values()) <= set(free)
    assert len(set(said.wells.values())) == len(libraries)
    assert said.same is (set(libraries) <= set(free))
    assert not said.same or all(well == index for well, index in said.wells.items())


@given(some_wells, st.data())
def test_a_changed_index_leaves_every_library_an_index_of_its_own(libraries: list[str], data: st.DataObject) -> None:
    said = give(libraries, INDEX_PLATE.wells)
    assert said is not None
    if not libraries:
        return
    well, index = data.draw(st.sampled_from(libraries)), data.draw(st.sampled_from(INDEX_PLATE.wells))
    now = changed(said.wells, well, index)
    assert now[well] == index
    assert set(now) == set(libraries)
    assert len(set(now.values())) == len(libraries)


def test_wells_go_column_by_column_past_those_that_were_used() -> None:
    said = give(["B01", "A01", "A02"], [well for well in INDEX_PLATE.wells if well not in {"A01", "C01"}])
    assert said is not None
    assert (dict(said.wells), said.same) == ({"A01": "B01", "B01": "D01", "A02": "E01"}, False)


def test_two_plates_of_one_set_in_a_pool_are_told() -> None:
    pairs = [IndexPair("X-1", "AACCGGTTAC", "TTGGCCAATG"), IndexPair("X-2", "CCAATTGGCA", "GGTTAACCGT")]
    libraries = [IndexedLibrary(f"L{n}", pair, Orientation.FORWARD) for n, pair in enumerate(pairs)]
    rules = read_pool_rules(RULES)
    [found] = check(libraries, {"IX-2": "X", "IX-1": "X", "IX-3": "Y"}, rules)
    assert (found.odd, found.about, found.blocks) == (Odd.SET_TWICE, ("IX-1", "IX-2"), False)
    assert check(libraries, {"IX-1": "X", "IX-3": "Y"}, rules) == ()


def test_the_rule_set_as_shipped_is_an_example() -> None:
    assert read_pool_rules(RULES) == PoolRules("EXAMPLE-1", 1)


@pytest.mark.parametrize("said", ["4", "-1", "true", '"1"', "1.0"])
def test_a_number_of_wrong_bases_that_makes_no_sense_is_not_read(said: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        read_pool_rules(RULES.replace("mismatches = 1", f"mismatches = {said}"))
