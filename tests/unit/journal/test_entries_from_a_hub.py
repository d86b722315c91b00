"""An entry that the hub took is read quickly, and is the entry that a strict reading of its bytes would have given."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.journal import entry as entries
from gms_desktop.journal.canonical import NotCanonical, canonical
from gms_desktop.journal.entry import Entry, Premises, from_bytes, from_hub, from_own_bytes

SAID = Entry(
    writer="w1",
    seq=7,
    scope="lab1",
    occurred_at="2026-03-02T08:00:00.000000Z",
    app="0.1",
    kind="label.verified",
    version=1,
    action="w1/7",
    body={"label": "Z1.1", "copies": [1, None, {"a": "b"}]},
    premises=Premises(("label:Z1.1",), (("id:label:Z1.1", "label:Z1.1"),), (("a", None), ("b", "c")), (), ()),
    private=("c0ffee",),
    operator="o1",
    input={"by": "scanned"},
    because=("w1/1",),
    clock_offset=-3,
)
FIELDS = json.loads(SAID.to_bytes())
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text('ab\\"é', max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=2),
    max_leaves=6,
)


def read(reading: Any, content: bytes) -> Any:
    try:
        return reading(content)
    except NotCanonical as fault:
        return str(fault)


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), values, max_size=2))
def test_whatever_stands_in_its_fields_both_readings_say_the_same(odd: dict[str, Any]) -> None:
    content = canonical(FIELDS | odd)
    assert read(from_hub, content) == read(from_bytes, content)


@given(
    st.integers(0, len(SAID.to_bytes())), st.sampled_from([*(bytes([n]) for n in range(128)), b"\\u0000", b"\\u00e9"])
)
def test_bytes_that_were_changed_anywhere_are_no_entry_however_quickly_they_are_read(place: int, other: bytes) -> None:
    whole = SAID.to_bytes()
    for content in (whole[:place] + other + whole[place + 1 :], whole[:place] + other + whole[place:]):
        strictly = read(entries._strictly_read, content)
        assert read(from_bytes, content) == strictly
        assert content == whole or isinstance(strictly, str) or strictly.to_bytes() == content


@given(st.binary(max_size=60) | values.map(canonical))
def test_what_is_no_entry_is_none_in_both_readings(content: bytes) -> None:
    assert isinstance(read(from_hub, content), str)
    assert read(from_hub, content) == read(from_bytes, content)


@pytest.mark.parametrize("number", ["1.5", "1e3", "NaN", "Infinity", "9007199254740993", "-99999999999999999999"])
def test_a_number_that_no_table_can_hold_is_found_in_bytes_from_a_hub_too(number: str) -> None:
    content = SAID.to_bytes().replace(b'"copies":[1', f'"copies":[{number}'.encode())
    with pytest.raises(NotCanonical):
        from_hub(content)


@pytest.mark.parametrize("depth", range(12))
def test_a_value_may_stand_as_deep_as_it_likes(depth: int) -> None:
    value: Any = 1
    for _ in range(depth):
        value = {"within": [value]}
    content = canonical(FIELDS | {"body": {"label": value}})
    assert from_hub(content) == from_bytes(content) == from_own_bytes(content)
    assert from_hub(content).to_bytes() == content


def test_bytes_cut_or_with_more_behind_them_are_no_entry() -> None:
    content = SAID.to_bytes()
    assert from_hub(content) == SAID
    for odd in (content[:-1], content + b" ", content + content, b"", content + b"\xff"):
        with pytest.raises(NotCanonical):
            from_hub(odd)
