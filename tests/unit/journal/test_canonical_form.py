"""The one way to write an entry: what it says comes back, and what two machines could write in two ways is refused."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.journal.canonical import LARGEST, NotCanonical, canonical, parse

texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
scalars = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=30)


@given(values)
def test_what_is_written_comes_back_and_is_written_the_same_way_again(value: Any) -> None:
    content = canonical(value)
    assert parse(content) == value
    assert canonical(parse(content)) == content


@given(st.dictionaries(texts, scalars, min_size=2))
def test_the_order_in_which_fields_were_put_in_makes_no_difference(value: dict[str, Any]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@given(values)
def test_what_another_writer_sets_out_differently_is_refused(value: Any) -> None:
    for other in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)):
        if other.encode() != canonical(value):
            with pytest.raises(NotCanonical):
                parse(other.encode())


def test_the_golden_bytes_stand() -> None:
    content = canonical(
        {
            "é": "Ŵ\u2028\U0001f9ec",
            "a": [1, -1, True, False, None, LARGEST],
            "B": {"z": '\t"\\/\x7f', "": []},
            "ﬁ": "e\u0301",
        }
    )
    assert content == (
        b'{"B":{"":[],"z":"\\t\\"\\\\/\x7f"},"a":[1,-1,true,false,null,9007199254740992],'
        b'"\xc3\xa9":"\xc5\xb4\xe2\x80\xa8\xf0\x9f\xa7\xac","\xef\xac\x81":"e\xcc\x81"}'
    )
    assert sha256(content).hexdigest() == "71a84308eb548b3269cf02ca4d464e20a831c53f8d300af4c4943ef780c9d38a"


def test_every_character_there_is_is_written_as_the_library_of_python_writes_it() -> None:
    everything = "".join(chr(code) for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000)
    assert canonical(everything) == json.dumps(everything, ensure_ascii=False).encode()


def test_keys_are_sorted_by_code_point_and_not_by_utf_16() -> None:
    assert canonical({"\U0001f9ec": 1, "\uff21": 2}) == '{"\uff21":2,"\U0001f9ec":1}'.encode()


@pytest.mark.parametrize("number", [LARGEST + 1, -LARGEST - 1, 10**400])
def test_a_number_that_another_machine_would_round_is_refused(number: int) -> None:
    with pytest.raises(NotCanonical, match=r"2\^53"):
        canonical([number])
    with pytest.raises(NotCanonical):
        parse(b"[%d]" % number)


@pytest.mark.parametrize("number", [LARGEST, -LARGEST, 0])
def test_the_largest_whole_numbers_are_kept_exactly(number: int) -> None:
    assert parse(canonical([number])) == [number]


@given(st.floats())
def test_a_number_with_a_point_is_refused_everywhere(number: float) -> None:
    for value in (number, [number], {"volume": number}, {"a": [{"b": number}]}):
        with pytest.raises(NotCanonical, match="float"):
            canonical(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("content", [b"[1.0]", b"[1e3]", b"[NaN]", b"[Infinity]", b"[-0]", b"[01]", b"[1,]", b""])
def test_bytes_with_another_sort_of_number_are_refused(content: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse(content)


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800", "a\udfff", "\udcff\x00"])
def test_text_that_no_database_holds_is_refused_as_value_and_as_key(text: str) -> None:
    for value in (text, [text], {"a": {"b": text}}, {text: 1}):
        with pytest.raises(NotCanonical):
            canonical(value)


@pytest.mark.parametrize(
    "content",
    [
        rb'"\u0000"',
        rb'"\ud800"',
        rb'"\u00e9"',
        b'"\xff"',
        b"\xef\xbb\xbf1",
        "1".encode("utf-16"),
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b'"\\/"',
        b"1 ",
    ],
)
def test_bytes_that_say_the_same_in_another_way_are_refused(content: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse(content)


@given(st.binary(max_size=200))
def test_bytes_of_any_origin_are_read_whole_or_refused(content: bytes) -> None:
    try:
        value = parse(content)
    except NotCanonical:
        return
    assert canonical(value) == content


@pytest.mark.parametrize("depth", [500, 995, 5_000, 200_000])
def test_a_value_nested_without_end_is_refused_and_ends_nothing(depth: int) -> None:
    content = b"[" * depth + b"]" * depth
    try:
        assert canonical(parse(content)) == content
    except NotCanonical:
        assert depth > 500


@pytest.mark.parametrize("value", [b"ab", (1, 2), {1: "a"}, {"a": {2.5}}, object()])
def test_values_that_json_has_no_word_for_are_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)
