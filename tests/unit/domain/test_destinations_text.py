"""Destinations are written as text and read again as what they were, whatever a laboratory says of them."""

from __future__ import annotations

from datetime import time
from importlib.resources import files
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.consignments.destinations import (
    IDENTIFIERS,
    MANIFESTS,
    SORTS,
    Destination,
    TissueNeeds,
    read_destinations,
)
from gms_desktop.domain.consignments.destinations_text import destinations_text, with_destination
from gms_desktop.domain.tissue.assessment import Band

SHIPPED = read_destinations(files("resources").joinpath("rules", "destinations.toml").read_text("utf-8"))
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
days = st.none() | st.integers(0, 3650)
degrees = st.decimals(-90, 60, places=1)
percents = st.decimals(0, 100, places=2)
hours = st.tuples(st.times(), st.times()).map(
    lambda pair: tuple(sorted(one.replace(second=0, microsecond=0) for one in pair))
)
bands = st.tuples(texts, percents, percents).map(lambda said: Band(said[0], *sorted(said[1:])))
needs = st.builds(
    TissueNeeds,
    st.lists(texts, max_size=2).map(tuple),
    days,
    st.none() | st.decimals("0.5", 50, places=1),
    st.none() | percents,
    days,
    st.booleans(),
    st.lists(bands, max_size=3).map(tuple),
)


@st.composite
def destinations(draw: st.DrawFn) -> Destination:
    cold, warm = sorted((draw(degrees), draw(degrees)))
    open_hours = draw(st.dictionaries(st.integers(0, 6), hours.filter(lambda at: at[0] < at[1])))
    return Destination(
        code=draw(texts),
        name=draw(texts),
        ods=draw(texts),
        address=tuple(draw(st.lists(texts, max_size=4))),
        telephone=draw(texts),
        in_use=draw(st.booleans()),
        example=draw(st.booleans()),
        accepts=draw(st.frozensets(st.sampled_from(sorted(SORTS)), min_size=1)),
        materials=draw(st.frozensets(texts, max_size=3)),
        temperature=draw(texts),
        couriers=tuple(draw(st.lists(texts, max_size=2))),
        cut_off=draw(st.none() | st.just(time(16, 0))),
        transit_days=draw(st.integers(0, 9)),
        receiving=MappingProxyType(open_hours),
        closed_on_bank_holidays=draw(st.booleans()),
        documents=tuple(draw(st.lists(texts, max_size=2))),
        identifiers=tuple(draw(st.lists(st.sampled_from(IDENTIFIERS), unique=True))),
        manifest=draw(st.sampled_from(MANIFESTS)),
        turnaround_days=draw(days),
        high_risk=draw(st.booleans()),
        category_b=draw(st.booleans()),
        return_days=draw(days),
        tissue=draw(st.none() | needs),
        coldest=draw(st.sampled_from((None, cold))),
        warmest=draw(st.sampled_from((None, warm))),
    )


def read_again(every: tuple[Destination, ...]) -> tuple[Destination, ...]:
    return read_destinations(destinations_text(every, "2", "2026-11-23", "Own"))


def test_what_the_product_ships_is_written_and_read_again_as_it_is() -> None:
    assert read_again(SHIPPED) == SHIPPED


@given(st.lists(destinations(), min_size=1, max_size=3, unique_by=lambda one: one.code))
def test_whatever_a_laboratory_says_is_read_again_as_it_was_said(every: list[Destination]) -> None:
    assert read_again(tuple(every)) == tuple(every)


@given(destinations(), st.sampled_from(SHIPPED))
def test_a_changed_destination_keeps_its_place_and_a_new_one_comes_last(new: Destination, old: Destination) -> None:
    from dataclasses import replace

    changed = with_destination(SHIPPED, replace(new, code=old.code))
    assert [one.code for one in changed] == [one.code for one in SHIPPED]
    assert changed[SHIPPED.index(old)].name == new.name
    assert with_destination(SHIPPED, replace(new, code="another"))[:-1] == SHIPPED
