"""The hub proves an entry once and knows its template: what does not meet it in every byte is never let through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
import psycopg
import pytest
from hypothesis import given, settings

from gms_desktop.journal.canonical import NotCanonical, parse
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.entry import Entry, Premises, from_bytes

SCOPE = "laboratory-1"
WRITER = "writer9"
_READ = "SELECT hub.read(%s, %s, 1, ARRAY[%b::bytea], ARRAY[%b::bytea])::text"


@pytest.fixture
def owner(hub: Any) -> Iterator[psycopg.Connection]:
    """The owner's session, in a transaction that is never kept: templates stay known from one entry to the next."""
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


def patterns(connection: psycopg.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT pattern FROM hub.template ORDER BY pattern")]


def test_a_template_is_learned_once_whatever_the_values(owner: psycopg.Connection) -> None:
    for body in (
        '{"codes":["",null],"number":5,"tube":{"bar_code":"x"}}',
        '{"codes":["a",null],"number":-700,"tube":{"bar_code":"50%_ {"}}',
        '{"codes":["]}",null],"number":0,"tube":{"bar_code":", é \u2028"}}',
    ):
        assert taken(owner, entry_with(body))
    (only,) = patterns(owner)
    assert '"body":{"codes":["%",null],"number":%,"tube":{"bar\\_code":"%"}},"claims":[]' in only


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
        '{"codes":[],"number":5,6,"tube":{"bar_code":"x"}}',
        '{"codes":[],"number":5}},"tube":{"bar_code":"x"}}',
        '{"codes":[],"number":5 ,"tube":{"bar_code":"x"}}',
        '{"codes":[],"number":,"tube":{"bar_code":"x"}}',
        '{"codes":[],"number":05,"tube":{"bar_code":"x"}}',
        '{"codes":[],"number":-0,"tube":{"bar_code":"x"}}',
        '{"codes":[],"number":5.0,"tube":{"bar_code":"x"}}',
        '{"codes":[],"number":1e3,"tube":{"bar_code":"x"}}',
        '{"codes":[],"number":9007199254740993,"tube":{"bar_code":"x"}}',
        '{"codes":[],"number":5,"tube":{"bar_code":"a\tb"}}',
        '{"codes":[],"number":5,"tube":{"bar_code":"a\\/b"}}',
        '{"codes":[],"number":5,"tube":{"bar_code":"\\u0041"}}',
        '{"codes":[],"number":5,"tube":{"bar_code":"x""}}',
    ],
)
def test_keys_out_of_order_and_other_faults_do_not_hide_behind_a_known_template(
    owner: psycopg.Connection, body: str
) -> None:
    assert taken(owner, entry_with('{"codes":[],"number":5,"tube":{"bar_code":"x"}}'))
    assert not taken(owner, entry_with(body))


@pytest.mark.parametrize("body", ['{"a":"\\\\"}', '{"a":"\\n"}', '{"a":[1,{},2]}', '{"x":{"a":1,"claims":[]}}'])
def test_a_backslash_or_a_list_of_numbers_leaves_no_template(owner: psycopg.Connection, body: str) -> None:
    assert [taken(owner, entry_with(body)) for _ in range(2)] == [True, True]
    assert patterns(owner) == []


def test_nothing_and_a_number_in_one_place_are_two_templates(owner: psycopg.Connection) -> None:
    for value in ("null", "5", "null", "7", "true", "[]"):
        assert taken(owner, entry_with(f'{{"number":{value}}}'))
    assert len(patterns(owner)) == 4


def test_numbers_of_one_name_are_each_looked_at(owner: psycopg.Connection) -> None:
    body = '{"a":[{"n":1},{"n":2},{"m":{"n":3}}],"n":4}'
    assert taken(owner, entry_with(body))
    assert taken(owner, entry_with(body.replace("3", "33")))
    for number in "1234":
        assert not taken(owner, entry_with(body.replace(number, "0" + number)))
    assert len(patterns(owner)) == 1


def test_lists_nested_without_an_object_between_do_not_pass_for_shallow_ones(owner: psycopg.Connection) -> None:
    assert taken(owner, entry_with('{"a":[1]}'))
    assert not taken(owner, entry_with('{"a":' + "[1," * 3000 + "1" + "]" * 3000 + "}"))


def test_the_hub_keeps_only_so_many_templates_of_a_kind(owner: psycopg.Connection) -> None:
    for number in range(203):
        assert taken(owner, entry_with(f'{{"a{"b" * number}":null}}'))
    assert len(patterns(owner)) == 200


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


@settings(max_examples=200)
@given(st.lists(st.tuples(bodies, st.booleans()), min_size=1, max_size=4))
def whatever_comes(connection: psycopg.Connection, batch: list[tuple[Any, bool]]) -> None:
    for body, in_order in batch:
        said = ordered_by_key(body) if in_order else body
        content = entry_with(rendered(said) if said else "{}")
        assert taken(connection, content) == by_a_bench(content), content


def test_any_body_is_taken_by_the_hub_as_by_a_bench_whatever_it_learned_before(owner: psycopg.Connection) -> None:
    whatever_comes(owner)


PLAIN = Premises(
    touches=("specimen:1", "tube:1"),
    claims=(("id:specimen:1", "specimen:1"), ("place:A01", "tube:1")),
    requires=(("role:ada", "operator:ada"),),
    expects=(("last:specimen:1", None), ("tube:1", "specimen:1")),
    releases=(("place:A02", "tube:1"),),
)
SAID = Entry(
    writer=WRITER,
    seq=1,
    scope=SCOPE,
    kind="k",
    version=1,
    action=f"{WRITER}/1",
    occurred_at="2026-03-02T08:00:00.000000Z",
    app="0",
    body={"n": 5, "text": "x", "list": ["a", {"b": 7}]},
    premises=PLAIN,
    private=("c" * 64, "d" * 64),
    operator="ada",
    clock_offset=-12,
    input={"by": "scanned", "device": "scanner-1"},
).to_bytes()
_LINES = "SELECT kinds, cited, place, key, stated FROM hub.read(%s, %s, 1, ARRAY[%b::bytea], ARRAY[%b::bytea])"


def lines_of(entry: Entry) -> tuple[Any, ...]:
    """The lines that the judge is to walk, as a bench reads the entry."""
    said = entry.premises
    touched = tuple((f"last:{one}", f"{WRITER}/1") for one in said.touches)
    lists = (said.requires, said.expects, said.releases, said.claims, touched)
    lines = [(8 + phase, *pair) for phase, pairs in enumerate(lists) for pair in pairs]
    place, key, stated = ([line[column] for line in lines] for column in range(3))
    return [entry.kind], list(entry.private), place, key, stated


def read_by_the_hub(connection: psycopg.Connection, content: bytes) -> tuple[Any, ...] | None:
    try:
        with connection.transaction():
            values = (SCOPE, WRITER, next_hash(first_hash(WRITER, SCOPE), content), content)
            return connection.execute(_LINES, values).fetchone()
    except psycopg.Error as fault:
        if fault.sqlstate != "GMREF":
            raise
        return None


pieces = st.sampled_from(
    ['"', ",", ":", "{", "}", "[", "]", "null", "1", "-", "0", "\\", "\n", " ", "%", "é", '","', '"],["', "a"]
)
changes = st.lists(
    st.tuples(st.integers(0, len(SAID)), st.integers(0, 12), pieces | st.just("")), min_size=1, max_size=3
)


@settings(max_examples=300)
@given(changes)
def however_it_is_changed(connection: psycopg.Connection, changed: list[tuple[int, int, str]]) -> None:
    content = SAID
    for at, length, piece in changed:
        content = content[:at] + piece.encode() + content[at + length :]
    try:
        entry = from_bytes(content)
        expected = lines_of(entry) if (entry.scope, entry.id) == (SCOPE, f"{WRITER}/1") else None
    except NotCanonical:
        expected = None
    assert read_by_the_hub(connection, content) == expected, content


def test_bytes_near_a_known_template_are_read_as_by_a_bench_or_refused(owner: psycopg.Connection) -> None:
    for _ in range(2):
        assert read_by_the_hub(owner, SAID) == lines_of(from_bytes(SAID))
    however_it_is_changed(owner)


def test_what_is_known_and_what_is_not_are_read_in_their_order(owner: psycopg.Connection) -> None:
    contents, hashes, last = [], [], first_hash(WRITER, SCOPE)
    for seq in range(1, 13):
        said = replace(from_bytes(SAID), seq=seq, body={"text": "two\nlines"} if seq % 3 == 0 else {"text": "one"})
        contents.append(said.to_bytes())
        last = next_hash(last, contents[-1])
        hashes.append(last)
    asked = "SELECT cited_by, place, key FROM hub.read(%s, %s, 1, %b::bytea[], %b::bytea[])"
    row = owner.execute(asked, (SCOPE, WRITER, hashes, contents)).fetchone()
    one = lines_of(from_bytes(SAID))
    assert row == (
        [seq for seq in range(1, 13) for _ in range(2)],
        [place - 8 + seq * 8 for seq in range(1, 13) for place in one[2]],
        one[3] * 12,
    )
    assert len(patterns(owner)) == 1
