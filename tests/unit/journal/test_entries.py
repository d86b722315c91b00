"""An entry's bytes are the whole of it, small enough to state one fact, and read back strictly."""

from __future__ import annotations

import json
from dataclasses import fields
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.journal import chain
from gms_desktop.journal.canonical import NotCanonical, canonical
from gms_desktop.journal.entry import MOST_BYTES, MOST_TOUCHES, Entry, Premises, TooLarge, from_bytes

words = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)
maybe = st.none() | words
pairs = st.lists(st.tuples(words, words), max_size=3).map(tuple)
free_pairs = st.lists(st.tuples(words, maybe), max_size=3).map(tuple)
numbers = st.integers(-(2**53), 2**53)
several = st.lists(words, max_size=3).map(tuple)
entries = st.builds(
    Entry,
    writer=words,
    seq=numbers,
    scope=words,
    occurred_at=words,
    app=words,
    kind=words,
    version=numbers,
    action=words,
    body=st.dictionaries(words, maybe | numbers | st.lists(words)),
    premises=st.builds(Premises, several, pairs, free_pairs, free_pairs, pairs),
    private=several,
    operator=maybe,
    witness=maybe,
    signature=maybe,
    input=st.dictionaries(words, words, max_size=2),
    undoes=maybe,
    because=several,
    clock_offset=st.none() | numbers,
    ruleset=numbers,
)


def entry(**more: Any) -> Entry:
    stated: dict[str, Any] = {
        "writer": "w1",
        "seq": 1,
        "scope": "lab1",
        "occurred_at": "2026-03-02T08:00:00.000000Z",
        "app": "0.1",
        "kind": "label.verified",
        "version": 1,
        "action": "w1/1",
        "body": {"label": "Z1.1"},
    }
    return Entry(**stated | more)


@given(entries)
def test_an_entry_read_from_its_bytes_is_the_entry_that_was_written(one: Entry) -> None:
    assert from_bytes(one.to_bytes()) == one


def test_every_field_of_an_entry_stands_in_its_bytes() -> None:
    stored = json.loads(entry().to_bytes())
    said = {field.name for field in fields(Entry)} - {"premises"} | {field.name for field in fields(Premises)}
    assert stored.keys() == said | {"format"}


def test_an_entry_of_64_kb_is_kept_and_one_byte_more_is_refused() -> None:
    room = MOST_BYTES - len(entry(body={"text": ""}).to_bytes())
    assert len(entry(body={"text": "x" * room}).to_bytes()) == MOST_BYTES
    with pytest.raises(TooLarge):
        entry(body={"text": "x" * (room + 1)}).to_bytes()


def test_the_limit_counts_bytes_and_not_letters() -> None:
    with pytest.raises(TooLarge):
        entry(body={"text": "é" * (MOST_BYTES // 2)}).to_bytes()


def test_an_entry_touches_at_most_200_subjects() -> None:
    subjects = tuple(f"tube:{number}" for number in range(MOST_TOUCHES + 1))
    assert entry(premises=Premises(touches=subjects[:-1])).to_bytes()
    with pytest.raises(TooLarge, match="201"):
        entry(premises=Premises(touches=subjects)).to_bytes()


@pytest.mark.parametrize("missing", sorted(json.loads(entry().to_bytes())))
def test_bytes_without_one_of_the_fields_are_no_entry(missing: str) -> None:
    value = json.loads(entry().to_bytes())
    del value[missing]
    with pytest.raises(NotCanonical):
        from_bytes(canonical(value))


@pytest.mark.parametrize("value", [None, 1, "text", [], {}, {"format": 2}])
def test_other_canonical_values_are_no_entry(value: Any) -> None:
    with pytest.raises(NotCanonical):
        from_bytes(canonical(value))


@pytest.mark.parametrize(
    ("field", "value"),
    [("claims", [["a"]]), ("claims", 5), ("touches", None), ("requires", [["a", "b", "c"]]), ("seq", "1"),
     ("writer", None), ("body", []), ("touches", "ab"), ("claims", [["a", None]]), ("kind", 3), ("private", [1])],
)  # fmt: skip
def test_bytes_with_a_field_of_another_shape_are_no_entry(field: str, value: Any) -> None:
    with pytest.raises(NotCanonical):
        from_bytes(canonical(json.loads(entry().to_bytes()) | {field: value}))


@pytest.mark.parametrize(
    "odd",
    [{"body": {"a": 1.5}}, {"body": {"a": [{"b": 2**53 + 1}]}}, {"body": {"a": ("b",)}}, {"body": {"a": "\x00"}},
     {"body": {1: "a"}}, {"body": {"a": b"b"}}, {"body": {"\ud800": "a"}}, {"seq": 2**53 + 1},
     {"input": {"by": 1.5}}, {"writer": 2.5}, {"writer": "\x00"}, {"premises": Premises(touches=("\ud800",))},
     {"operator": b"o1"}, {"private": ("\x00",)},
     {"premises": Premises(requires=(("a", 0.5),))},  # type: ignore[arg-type]
     {"clock_offset": 0.25}],
)  # fmt: skip
def test_what_two_machines_could_write_in_two_ways_is_in_no_entry(odd: dict[str, Any]) -> None:
    with pytest.raises(NotCanonical):
        entry(**odd).to_bytes()


def test_text_that_looks_like_the_escape_of_a_nul_is_text() -> None:
    said = entry(body={"label": "\\u0000"})
    assert from_bytes(said.to_bytes()) == said


def test_the_chain_begins_with_writer_and_scope_and_goes_on_with_each_entry() -> None:
    first = chain.first_hash("w1", "lab1")
    assert first == sha256(b"w1\nlab1").digest()
    content = entry().to_bytes()
    assert chain.next_hash(first, content) == sha256(first + content).digest()
    assert chain.first_hash("w2", "lab1") != first != chain.first_hash("w1", "lab2")


def test_a_key_of_1000_bytes_is_kept_and_a_longer_one_is_refused_as_the_hub_would() -> None:
    def claiming(code: str) -> Entry:
        return entry(premises=Premises(claims=((f"tube:{code}", "tube:a"),)))

    assert claiming("é" * 497 + "x").to_bytes()
    with pytest.raises(TooLarge, match="a key of 1001 bytes"):
        claiming("é" * 498).to_bytes()


def test_a_subject_counts_with_what_says_who_touched_it_last() -> None:
    assert entry(premises=Premises(touches=("x" * 995,))).to_bytes()
    with pytest.raises(TooLarge, match="a key of 1001 bytes"):
        entry(premises=Premises(touches=("x" * 996,))).to_bytes()
