"""The hub looks once at the order of keys and then knows the shape: what has not that shape is never let through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import hypothesis.strategies as st
import psycopg
import pytest
from hypothesis import given, settings

from gms_desktop.journal.canonical import NotCanonical, parse
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.entry import Entry

SCOPE = "laboratory-1"
WRITER = "writer9"
_READ = "SELECT hub.read(%s, %s, 1, ARRAY[%b::bytea], ARRAY[%b::bytea])::text"


@pytest.fixture
def owner(hub: Any) -> Iterator[psycopg.Connection]:
    """The owner's session, in a transaction that is never kept: shapes stay known from one entry to the next."""
    with psycopg.connect(hub.dsn) as connection:
        connection.execute("SET ROLE gms_hub")
        yield connection
        connection.rollback()


def entry_with(body: str) -> bytes:
    said = {"scope": SCOPE, "occurred_at": "2026-03-02T08:00:00.000000Z", "app": "0", "kind": "k", "version": 1}
    plain = Entry(writer=WRITER, seq=1, action=f"{WRITER}/1", body={}, **said).to_bytes()
    return plain.replace(b'"body":{}', b'"body":' + body.encode(), 1)


def taken(connection: psycopg.Connection, content: bytes) -> bool:
    """Whether the hub takes the bytes; what it learned of them is kept."""
    try:
        with connection.transaction():
            connection.execute(_READ, (SCOPE, WRITER, next_hash(first_hash(WRITER, SCOPE), content), content))
    except psycopg.Error as fault:
        if fault.sqlstate != "GMREF":
            raise
        return False
    return True


def by_a_bench(content: bytes) -> bool:
    try:
        parse(content)
    except NotCanonical:
        return False
    return True


def shapes(connection: psycopg.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT shape FROM hub.shape ORDER BY shape")]


def test_a_shape_is_learned_once_whatever_the_values_and_however_long_the_lists(owner: psycopg.Connection) -> None:
    for body in (
        '{"codes":[],"number":5,"tube":{"bar_code":"x"}}',
        '{"codes":["a","b"],"number":null,"tube":{"bar_code":"50%_ {"}}',
        '{"codes":[[1],"]}"],"number":"}","tube":{"bar_code":","}}',
    ):
        assert taken(owner, entry_with(body))
    assert shapes(owner) == ['4 3 0 true{"codes":[%],"number":%,"tube":{"bar\\_code":%}}{}']


@pytest.mark.parametrize(
    "body",
    [
        '{"number":5,"codes":[],"tube":{"bar_code":"x"}}',
        '{"codes":[],"number":5,"tube":{"bar_code":"x"},"and":1}',
        '{"codes":[],"number":{"b":1,"a":2},"tube":{"bar_code":"x"}}',
        '{"codes":[{"b":1,"a":2}],"number":5,"tube":{"bar_code":"x"}}',
        '{"codes":[],"number":5,"tube":{"bar_code":"x","a":1}}',
        '{"codes":[],"number":5,"tube":{"barxcode":"x","a":":"}}',
        '{"codes":[],"codes":[],"number":5,"tube":{"bar_code":"x"}}',
        '{"codes":[":"],"tube":{"bar_code":"x"},"number":5}',
        '{"codes":[1,{"z":1,"a":"\\"number\\":"}],"number":5,"tube":{"bar_code":"x"}}',
    ],
)
def test_keys_out_of_order_do_not_hide_behind_a_known_shape(owner: psycopg.Connection, body: str) -> None:
    assert taken(owner, entry_with('{"codes":[],"number":5,"tube":{"bar_code":"x"}}'))
    assert not taken(owner, entry_with(body))


def test_a_text_that_looks_like_a_key_teaches_no_shape(owner: psycopg.Connection) -> None:
    for body in ('{"a":":"}', '{"a":"{"}', '{"a":"\\\\"}', '{"a b":1}', '{"%":1}', '{"":1}', '{"a":[1,{},2]}'):
        assert taken(owner, entry_with(body))
    assert shapes(owner) == []


def test_lists_nested_without_an_object_between_do_not_pass_for_shallow_ones(owner: psycopg.Connection) -> None:
    assert taken(owner, entry_with('{"a":[1]}'))
    assert not taken(owner, entry_with('{"a":' + "[1," * 3000 + "1" + "]" * 3000 + "}"))


def test_the_hub_keeps_only_so_many_shapes_of_a_kind(owner: psycopg.Connection) -> None:
    for number in range(103):
        assert taken(owner, entry_with(f'{{"a{number}":1}}'))
    assert len(shapes(owner)) == 100


words = st.sampled_from(["a", "b", "c_d", "cxd", "", ":", '":', "{", "}", "%", '{"a":', ",", "é", "1"])
values = st.recursive(
    st.one_of(words, st.integers(-3, 3), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.lists(st.tuples(words, inner), max_size=3, unique_by=lambda pair: pair[0])
    ),
    max_leaves=6,
)


def rendered(value: Any) -> str:
    """As JSON, lists of pairs as objects whose keys stand as they come."""
    if isinstance(value, list) and value and isinstance(value[0], tuple):
        return "{" + ",".join(f"{rendered(key)}:{rendered(inner)}" for key, inner in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(rendered, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


bodies = st.lists(st.tuples(words, values), max_size=4, unique_by=lambda pair: pair[0])


def ordered_by_key(value: Any) -> Any:
    """The same with the keys of every object in their order."""
    if isinstance(value, list) and value and isinstance(value[0], tuple):
        return [(key, ordered_by_key(inner)) for key, inner in sorted(value, key=lambda pair: str(pair[0]))]
    return [ordered_by_key(inner) for inner in value] if isinstance(value, list) else value


@settings(max_examples=400)
@given(st.lists(st.tuples(bodies, st.booleans()), min_size=1, max_size=4))
def whatever_comes(connection: psycopg.Connection, batch: list[tuple[Any, bool]]) -> None:
    for body, in_order in batch:
        said = ordered_by_key(body) if in_order else body
        content = entry_with(rendered(said) if said else "{}")
        assert taken(connection, content) == by_a_bench(content), content


def test_any_body_is_taken_by_the_hub_as_by_a_bench_whatever_it_learned_before(owner: psycopg.Connection) -> None:
    whatever_comes(owner)
