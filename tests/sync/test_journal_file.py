"""The journal as a file on a stick: what goes in comes out, and no byte of it can be cut or changed unseen."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.private import commit
from gms_desktop.sync import journal_file
from gms_desktop.sync.journal_file import (
    Carried,
    CarriedFile,
    Cost,
    NotAJournalFile,
    WrongPassphrase,
    decode,
    encode,
    fingerprint,
)
from gms_desktop.sync.messages import Push, Sent, Standing, first_order_hash

CHEAP = Cost(kibibytes=8, passes=1, lanes=1)
PASSPHRASE = "copper kettle Tuesday"
SCOPE = "laboratory-1"
SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SALT, NONCE = bytes(range(16)), bytes(range(12))
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


def push(writer: str, first_seq: int, contents: list[str], values: list[str]) -> Push:
    last, entries = first_hash(writer, SCOPE), []
    for content in contents:
        last = next_hash(last, content.encode())
        entries.append(Sent(last, content.encode()))
    private = tuple(commit(value, bytes(16), f"patient:{place}") for place, value in enumerate(values))
    return Push(SCOPE, writer, first_seq, tuple(entries), private, Standing(0, first_order_hash(SCOPE), "1/1/0"))


PUSHES = st.builds(
    push,
    TEXT,
    st.integers(1, 2**53),
    st.lists(TEXT, min_size=1, max_size=4),
    st.lists(TEXT, max_size=3),
)


def carried(*pushes: Push) -> Carried:
    return Carried(SCOPE, "Bench 3", "gms_bench_1", "2026-03-02T08:00:00.000000Z", pushes)


@cache
def a_file() -> bytes:
    return encode(carried(push("w1", 1, ['{"a":1}', '{"a":2}'], ["OYELARAN"])), PASSPHRASE, SIGNER, SALT, NONCE, CHEAP)


@given(st.lists(PUSHES, max_size=3), TEXT, st.lists(st.binary(max_size=40), max_size=3))
def test_what_was_carried_out_arrives_as_it_was(pushes: list[Push], bench: str, contents: list[bytes]) -> None:
    files = tuple(
        CarriedFile(sha256(one).hexdigest(), "text/csv", "w1", place, one) for place, one in enumerate(contents)
    )
    made = Carried(SCOPE, bench, "", "2026-03-02T08:00:00.000000Z", tuple(pushes), files)
    said = encode(made, PASSPHRASE, SIGNER, SALT, NONCE, CHEAP)
    assert decode(said, PASSPHRASE) == (made, SIGNER.public_key().public_bytes_raw())


@given(st.integers(0, len(a_file()) - 1))
def test_a_file_that_was_cut_anywhere_is_refused(length: int) -> None:
    with pytest.raises(NotAJournalFile):
        decode(a_file()[:length], PASSPHRASE)


@given(st.integers(0, len(a_file()) - 1), st.integers(1, 255))
def test_a_file_with_any_byte_changed_is_refused(place: int, by: int) -> None:
    said = bytearray(a_file())
    said[place] ^= by
    with pytest.raises(NotAJournalFile):
        decode(bytes(said), PASSPHRASE)


@given(st.integers(0, len(a_file()) - 33), st.integers(1, 255))
def test_a_byte_changed_by_somebody_who_puts_the_outer_hash_right_is_refused_too(place: int, by: int) -> None:
    said = bytearray(a_file()[:-32])
    said[place] ^= by
    # The cost is paid before it can be known to be wrong: one that nobody could pay is not tried.
    with pytest.raises((NotAJournalFile, WrongPassphrase)):
        decode(bytes(said) + sha256(said).digest(), PASSPHRASE)


@given(st.binary(max_size=300))
def test_any_other_file_is_refused(said: bytes) -> None:
    with pytest.raises(NotAJournalFile):
        decode(said, PASSPHRASE)


@given(st.binary(max_size=400))
def test_a_file_that_only_begins_like_one_is_refused(said: bytes) -> None:
    begun = a_file()[:14] + said
    with pytest.raises((NotAJournalFile, WrongPassphrase)):
        decode(begun + sha256(begun).digest(), PASSPHRASE)


def test_bytes_after_the_end_are_a_change() -> None:
    with pytest.raises(NotAJournalFile, match=r"cut or changed on its way\. Carry it out again"):
        decode(a_file() + b"\n", PASSPHRASE)


def test_another_passphrase_is_told_from_a_changed_file() -> None:
    with pytest.raises(WrongPassphrase, match="Enter it again"):
        decode(a_file(), "copper kettle Monday")


def test_a_passphrase_is_the_same_however_the_keyboard_composes_its_accents() -> None:
    said = encode(carried(), "caf\u00e9 at nine o'clock", SIGNER, SALT, NONCE, CHEAP)
    assert decode(said, "cafe\u0301 at nine o'clock")[0] == carried()


def test_nothing_of_a_patient_can_be_read_without_the_passphrase() -> None:
    for text in (b"OYELARAN", b"patient", b"Bench 3", b"w1"):
        assert text not in a_file()


def resealed(content: Carried, signer: Ed25519PrivateKey, named: bytes) -> bytes:
    """A file by somebody who knows the passphrase and names another's key as the signer's."""
    said = encode(content, PASSPHRASE, signer, SALT, NONCE, CHEAP)
    head = said[: journal_file._HEAD]
    cipher = ChaCha20Poly1305(journal_file._key(PASSPHRASE, SALT, CHEAP))
    plain = cipher.decrypt(NONCE, said[journal_file._HEAD : -32], head)
    body = head + cipher.encrypt(NONCE, named + plain[32:], head)
    return body + sha256(body).digest()


def test_whoever_knows_the_passphrase_cannot_sign_as_the_bench() -> None:
    forger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    said = resealed(carried(), forger, SIGNER.public_key().public_bytes_raw())
    with pytest.raises(NotAJournalFile, match="signature is not of the key that it names"):
        decode(said, PASSPHRASE)
    _, public = decode(encode(carried(), PASSPHRASE, forger, SALT, NONCE, CHEAP), PASSPHRASE)
    assert fingerprint(public) != fingerprint(SIGNER.public_key().public_bytes_raw())


def test_an_entry_that_differs_from_its_hash_is_found_before_anything_is_sent() -> None:
    good = push("w1", 1, ['{"a":1}', '{"a":2}'], [])
    entries = (good.entries[0], Sent(good.entries[1].hash, b'{"a":3}'))
    forged = Push(SCOPE, "w1", 1, entries, (), good.standing)
    with pytest.raises(NotAJournalFile, match="An entry of w1 differs from its hash"):
        decode(encode(carried(forged), PASSPHRASE, SIGNER, SALT, NONCE, CHEAP), PASSPHRASE)


def test_a_file_that_differs_from_its_hash_is_found_before_anything_is_sent() -> None:
    wrong = CarriedFile(sha256(b"rows").hexdigest(), "text/csv", "w1", 1, b"other rows")
    made = Carried(SCOPE, "Bench 3", "", "2026-03-02T08:00:00.000000Z", (), (wrong,))
    with pytest.raises(NotAJournalFile, match="differs from its hash"):
        decode(encode(made, PASSPHRASE, SIGNER, SALT, NONCE, CHEAP), PASSPHRASE)


def test_a_fingerprint_is_the_same_however_it_is_typed() -> None:
    shown = fingerprint(bytes(32))
    assert len(shown) == 19
    typed = shown.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert journal_file.same_fingerprint(typed, shown)
    assert not journal_file.same_fingerprint(fingerprint(bytes(31)), shown)
