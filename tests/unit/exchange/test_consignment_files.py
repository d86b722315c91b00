"""A consignment's signed file, and the same file as codes on a letter: what arrives is what was signed, or nothing."""

from __future__ import annotations

import zlib
from hashlib import sha256
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.exchange.consignments import series, signed_file
from gms_desktop.exchange.consignments.contents import (
    Acknowledgement,
    Contents,
    Found,
    Item,
    Manifest,
    Outcome,
    Party,
    Person,
)
from gms_desktop.exchange.consignments.signed_file import NotAConsignmentFile

KEY = signed_file.laboratory_key(b"the secret that the benches of one laboratory share")
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
people = st.builds(
    Person,
    surname=texts | st.sampled_from(["Llŷr", "Wiśniewska", "الحسن"]),
    forename=texts,
    birth_date=texts,
    nhs_number=texts,
    hospital_number=texts,
    participant=texts,
)
items = st.builds(Item, number=texts, sort=texts, codes=st.lists(texts, max_size=3).map(tuple), person=people)
parties = st.builds(Party, name=texts, ods=texts, telephone=texts)
manifests = st.builds(
    Manifest,
    sender=parties,
    receiver=parties,
    consignment=texts,
    closed_at=texts,
    items=st.lists(items, max_size=6).map(tuple),
)
answers = st.builds(
    Acknowledgement,
    sender=parties,
    receiver=parties,
    consignment=texts,
    manifest=texts,
    received_at=texts,
    items=st.lists(st.builds(Found, number=texts, outcome=st.sampled_from(Outcome), words=texts)).map(tuple),
)


def three_tubes() -> Manifest:
    people = (Person(surname=name, nhs_number=number) for name, number in NAMES)
    tubes = tuple(
        Item(number=f"T-{at}", sort="tube", codes=(f"170000950{at}",), person=one) for at, one in enumerate(people)
    )
    return Manifest(
        sender=Party(name="Rehearsal laboratory", ods="R0A"),
        receiver=Party(name="Second laboratory", ods="RR8"),
        consignment="C-1",
        closed_at="2026-11-22T14:00:00+00:00",
        items=tubes,
    )


NAMES = (("Llŷr", "9449305552"), ("Wiśniewska", "9449307555"), ("الحسن", "9737383222"))


def why(content: bytes) -> str:
    with pytest.raises(NotAConsignmentFile) as refused:
        signed_file.read(content)
    return refused.value.why


def sealed(text: bytes) -> bytes:
    head = signed_file.MAGIC + bytes([signed_file.SEAL]) + KEY.public_key().public_bytes_raw()
    body = zlib.compress(text)
    return head + KEY.sign(head + body) + body


@given(manifests | answers)
def test_what_is_read_is_what_was_signed(contents: Contents) -> None:
    made = signed_file.sign(contents, KEY)
    read = signed_file.read(made)
    assert read.contents == contents
    assert (read.key, read.sha256) == (KEY.public_key().public_bytes_raw(), sha256(made).hexdigest())


@given(st.data())
def test_one_changed_byte_anywhere_is_noticed(data: st.DataObject) -> None:
    made = bytearray(signed_file.sign(three_tubes(), KEY))
    made[data.draw(st.integers(0, len(made) - 1))] ^= data.draw(st.integers(1, 255))
    assert why(bytes(made)) in {"not-ours", "newer", "tampered"}


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_and_nothing_else_happens(noise: bytes) -> None:
    why(noise)
    why(signed_file.MAGIC + noise)


def test_a_file_cut_short_is_refused() -> None:
    made = signed_file.sign(three_tubes(), KEY)
    assert why(made[:80]) == "cut"
    assert why(made[:-1]) == "tampered"


def test_a_newer_format_is_refused_as_newer_however_much_of_it_could_be_read() -> None:
    said = msgspec.to_builtins(three_tubes()) | {"format": 2, "says": "manifest"}
    assert why(sealed(msgspec.json.encode(said))) == "newer"
    assert why(sealed(b'{"format":9,"says":"something else"}')) == "newer"


def test_a_field_that_a_later_version_adds_is_left_alone() -> None:
    said = msgspec.to_builtins(three_tubes()) | {"says": "manifest", "weather": "wet"}
    assert signed_file.read(sealed(msgspec.json.encode(said))).contents == three_tubes()


@pytest.mark.parametrize("text", [b"", b"[]", b"7", b'{"format":"1"}', b'{"says":"manifest"}', b"\xff", b"[" * 5000])
def test_a_signed_file_that_says_nothing_known_is_unreadable(text: bytes) -> None:
    assert why(sealed(text)) == "unreadable"


def test_a_bomb_is_not_unpacked() -> None:
    assert why(sealed(b" " * (signed_file.MOST_CONTENT + 1))) == "unreadable"


def test_every_bench_of_a_laboratory_signs_with_one_key_and_another_laboratory_with_another() -> None:
    again = signed_file.laboratory_key(b"the secret that the benches of one laboratory share")
    other = signed_file.laboratory_key(b"another")
    keys = [one.public_key().public_bytes_raw() for one in (KEY, again, other)]
    assert signed_file.fingerprint(keys[0]) == signed_file.fingerprint(keys[1]) != signed_file.fingerprint(keys[2])
    assert len(signed_file.fingerprint(keys[0]).split()) == 8


def test_no_trace_of_a_manifest_carries_a_name() -> None:
    assert "Wiśniewska" not in repr(three_tubes())
    assert "9449307555" not in repr(three_tubes())


@given(st.binary(min_size=1, max_size=2500), st.randoms(use_true_random=False))
def test_codes_scanned_in_any_order_and_twice_give_the_file(content: bytes, chance: Random) -> None:
    codes = list(series.split(content)) * 2
    chance.shuffle(codes)
    gathered = None
    for code in codes:
        part = series.part_of(code)
        assert part is not None
        gathered = series.gather(gathered, part)
    assert gathered is not None
    assert gathered.awaited == ()
    assert series.join(gathered) == content


def test_a_letter_of_three_tubes_needs_few_codes() -> None:
    assert 1 <= len(series.split(signed_file.sign(three_tubes(), KEY))) <= 3


def test_the_codes_still_awaited_are_named() -> None:
    codes = series.split(bytes(range(256)) * 4)
    second = series.part_of(codes[1])
    assert second is not None
    gathered = series.gather(None, second)
    assert gathered.awaited == (1, *range(3, len(codes) + 1))
    with pytest.raises(ValueError, match="awaited"):
        series.join(gathered)


def test_codes_of_two_letters_never_mix() -> None:
    one, other = (series.part_of(series.split(content)[0]) for content in (b"one", b"other"))
    assert one is not None
    assert other is not None
    with pytest.raises(series.SeriesDiffers):
        series.gather(series.gather(None, one), other)


def test_a_part_that_says_something_else_the_second_time_is_refused() -> None:
    first = series.gather(None, series.Part("AAAAAAAA", 1, 2, "AA"))
    with pytest.raises(series.SeriesDiffers):
        series.gather(first, series.Part("AAAAAAAA", 1, 2, "BB"))


def test_a_whole_series_that_gives_another_file_is_refused() -> None:
    code = series.split(b"as it was cut up")[0]
    with pytest.raises(ValueError, match="do not give"):
        series.join(series.Gathered("00000000", 1, {1: code.rpartition("/")[2]}))


def test_a_large_consignment_goes_as_a_file_only() -> None:
    assert series.split(bytes(5000)) == ()


@given(st.text(max_size=40))
def test_no_other_code_passes_for_a_part(text: str) -> None:
    assert series.part_of(text) is None
