"""A bench's journal as one file, carried to the hub by hand when the network is gone: signed and encrypted. Pure.

Layout, numbers big-endian::

    14  GMS-JOURNAL-1 and a line feed
     9  cost of the key: kibibytes (4), passes (4), lanes (1)
    16  salt of the key
    12  nonce
     8  length of what is sealed
     n  sealed: ChaCha20-Poly1305 (RFC 8439), everything above is its associated data
    32  SHA-256 of everything above

Sealed is the bench's public key (32, Ed25519, RFC 8032), its signature (64) over everything before the seal and the
content, and the content: JSON, compressed with zlib. The key is argon2id (RFC 9106) of the passphrase. The outer hash
tells a file that was cut or changed on its way from a passphrase that is another; it proves nothing. The signature
proves which bench wrote it to whoever compares the key's fingerprint with the one that the bench shows.
"""

from __future__ import annotations

import json
import struct
import unicodedata
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from gms_desktop.domain.identifiers.accession import ALPHABET
from gms_desktop.journal.chain import next_hash
from gms_desktop.journal.private import PrivateValue, agrees
from gms_desktop.sync.messages import Push, Sent, Standing

SHORTEST_PASSPHRASE = 12
SALT_BYTES, NONCE_BYTES = 16, 12
MOST_CONTENT = 1024**3
_MAGIC = b"GMS-JOURNAL-1\n"
_COST = struct.Struct(">IIB")
_LENGTH = struct.Struct(">Q")
_HEAD = len(_MAGIC) + _COST.size + SALT_BYTES + NONCE_BYTES + _LENGTH.size
_HASH, _PUBLIC, _SIGNATURE = 32, 32, 64
_MOST_KIBIBYTES, _MOST_PASSES = 1024**2, 16
_FINGERPRINT_LETTERS = 16


class NotAJournalFile(ValueError):
    """The file is none, or not as it was written; the words say what to do."""


class WrongPassphrase(ValueError):
    """The file is as it was written, and the passphrase is another."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs: kibibytes of memory, passes over them, lanes."""

    kibibytes: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class CarriedFile:
    """A file that the hub has not: its SHA-256 in hex, its type, the entry that cites it, and its content."""

    sha256: str
    media_type: str
    writer: str
    seq: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Carried:
    """What a bench carries out.

    Attributes:
        scope: the laboratory.
        bench: the bench's name, as people call it.
        login: the bench's login at the hub, ``""`` when it was never enrolled.
        made_at: when the file was made, an instant as entries write it.
        pushes: the batches, each as it would have been sent.
        files: what entries cite and the hub has not. With any it has format 2; every version reads one without.
    """

    scope: str
    bench: str
    login: str
    made_at: str
    pushes: tuple[Push, ...]
    files: tuple[CarriedFile, ...] = ()

    @property
    def entries(self) -> int:
        """How many entries are in it."""
        return sum(len(push.entries) for push in self.pushes)


_DEFAULT_COST = Cost()
_CHANGED = (
    "This file was cut or changed on its way. Carry it out again: gms-desktop carry-out; look at the stick before it "
    "is used again."
)


def encode(
    carried: Carried, passphrase: str, signer: Ed25519PrivateKey, salt: bytes, nonce: bytes, cost: Cost = _DEFAULT_COST
) -> bytes:
    """The file's bytes.

    Args:
        carried: what goes into it.
        passphrase: what opens it; told to the hub's administrator by another way than the file.
        signer: the bench's own key.
        salt: 16 random bytes, new for each file.
        nonce: 12 random bytes, new for each file.
        cost: of one try of a passphrase.

    Raises:
        ValueError: when it is larger than a file may be.
    """
    content = zlib.compress(json.dumps(_to_json(carried), ensure_ascii=False, separators=(",", ":")).encode(), 6)
    sealed_length = _PUBLIC + _SIGNATURE + len(content) + 16
    head = _MAGIC + _COST.pack(cost.kibibytes, cost.passes, cost.lanes) + salt + nonce + _LENGTH.pack(sealed_length)
    plain = signer.public_key().public_bytes_raw() + signer.sign(head + content) + content
    sealed = ChaCha20Poly1305(_key(passphrase, salt, cost)).encrypt(nonce, plain, head)
    return head + sealed + sha256(head + sealed).digest()


def decode(said: bytes, passphrase: str) -> tuple[Carried, bytes]:
    """What a file carries, and the public key of the bench that signed it.

    Raises:
        NotAJournalFile: when a byte of it differs from what was written, or it was not written by a bench.
        WrongPassphrase: when it is whole and the passphrase is another.
    """
    head, sealed, cost, salt, nonce = _parted(said)
    try:
        plain = ChaCha20Poly1305(_key(passphrase, salt, cost)).decrypt(nonce, sealed, head)
    except InvalidTag as fault:
        raise WrongPassphrase("The passphrase is not the one that this file was made with. Enter it again.") from fault
    public, signature, content = plain[:_PUBLIC], plain[_PUBLIC : _PUBLIC + _SIGNATURE], plain[_PUBLIC + _SIGNATURE :]
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, head + content)
        carried = _from_json(json.loads(_unpacked(content)))
    except InvalidSignature as fault:
        raise NotAJournalFile("The file's signature is not of the key that it names. Do not take it in.") from fault
    except (ValueError, LookupError, TypeError, zlib.error) as fault:
        raise NotAJournalFile("The file was not written by a bench of this version. Update the hub.") from fault
    _check(carried)
    return carried, public


def fingerprint(public: bytes) -> str:
    """A public key as a person compares it: 80 bits of its SHA-256 in four groups."""
    number = int.from_bytes(sha256(public).digest()[:10], "big")
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(_FINGERPRINT_LETTERS)))
    return "-".join(letters[at : at + 4] for at in range(0, _FINGERPRINT_LETTERS, 4))


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two fingerprints are the same, however they were typed."""

    def plain(text: str) -> str:
        return "".join(c for c in text.upper() if c.isalnum()).translate(str.maketrans("OIL", "011"))

    return plain(one) == plain(other)


def _parted(said: bytes) -> tuple[bytes, bytes, Cost, bytes, bytes]:
    if not said.startswith(_MAGIC):
        raise NotAJournalFile("This is no journal file of a bench. Choose the file that gms-desktop carry-out wrote.")
    if len(said) < _HEAD + _PUBLIC + _SIGNATURE + 16 + _HASH or sha256(said[:-_HASH]).digest() != said[-_HASH:]:
        raise NotAJournalFile(_CHANGED)
    head, sealed = said[:_HEAD], said[_HEAD:-_HASH]
    place = len(_MAGIC)
    cost = Cost(*_COST.unpack_from(head, place))
    place += _COST.size
    salt, nonce = head[place : place + SALT_BYTES], head[place + SALT_BYTES : place + SALT_BYTES + NONCE_BYTES]
    affordable = 8 * cost.lanes <= cost.kibibytes <= _MOST_KIBIBYTES and 1 <= cost.passes <= _MOST_PASSES
    if _LENGTH.unpack_from(head, _HEAD - _LENGTH.size)[0] != len(sealed) or not affordable or not cost.lanes:
        raise NotAJournalFile(_CHANGED)
    return head, sealed, cost, salt, nonce


def _key(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    # However a keyboard composes an accent, it is the same passphrase.
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    return hash_secret_raw(secret, salt, cost.passes, cost.kibibytes, cost.lanes, 32, Type.ID)


def _unpacked(content: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    found = unpacking.decompress(content, MOST_CONTENT)
    if not unpacking.eof:
        raise ValueError("larger than a file may be")
    return found


def _check(carried: Carried) -> None:
    for push in carried.pushes:
        previous = None
        for sent in push.entries:
            if previous is not None and next_hash(previous, sent.content) != sent.hash:
                raise NotAJournalFile(f"An entry of {push.writer} differs from its hash. Do not take the file in.")
            previous = sent.hash
        if not push.entries or push.scope != carried.scope or not all(agrees(value) for value in push.private):
            raise NotAJournalFile("A batch in the file does not agree with itself. Do not take it in.")
    if any(sha256(file.content).hexdigest() != file.sha256 for file in carried.files):
        raise NotAJournalFile("A file in it differs from its hash. Do not take it in.")


def _to_json(carried: Carried) -> dict[str, Any]:
    files = {"files": [_file_to_json(one) for one in carried.files]} if carried.files else {}
    return {
        "format": 2 if files else 1,
        "scope": carried.scope,
        "bench": carried.bench,
        "login": carried.login,
        "made_at": carried.made_at,
        "pushes": [_push_to_json(push) for push in carried.pushes],
        **files,
    }


def _file_to_json(file: CarriedFile) -> list[object]:
    return [file.sha256, file.media_type, file.writer, file.seq, b64encode(file.content).decode("ascii")]


def _file_from_json(said: list[object]) -> CarriedFile:
    digest, media_type, writer, seq, content = said
    return CarriedFile(
        _text(digest), _text(media_type), _text(writer), _whole(seq), b64decode(_text(content), validate=True)
    )


def _push_to_json(push: Push) -> dict[str, Any]:
    return {
        "scope": push.scope,
        "writer": push.writer,
        "first_seq": push.first_seq,
        "entries": [[sent.hash.hex(), sent.content.decode("utf-8")] for sent in push.entries],
        "private": [[one.commitment, one.salt.hex(), one.value, one.subject] for one in push.private],
        "position": push.standing.position,
        "order_hash": push.standing.order_hash.hex(),
        "epoch": push.standing.epoch,
    }


def _from_json(said: Mapping[str, Any]) -> Carried:
    if said["format"] not in {1, 2}:
        raise ValueError("another format")
    scope, bench, login, made_at = (_text(said[name]) for name in ("scope", "bench", "login", "made_at"))
    files = tuple(_file_from_json(one) for one in said.get("files", ()))
    return Carried(scope, bench, login, made_at, tuple(_push_from_json(one) for one in said["pushes"]), files)


def _push_from_json(said: Mapping[str, Any]) -> Push:
    return Push(
        _text(said["scope"]),
        _text(said["writer"]),
        _whole(said["first_seq"]),
        tuple(Sent(bytes.fromhex(digest), content.encode("utf-8")) for digest, content in said["entries"]),
        tuple(
            PrivateValue(
                _text(commitment), bytes.fromhex(salt), None if value is None else _text(value), _text(subject)
            )
            for commitment, salt, value, subject in said["private"]
        ),
        Standing(_whole(said["position"]), bytes.fromhex(said["order_hash"]), _text(said["epoch"])),
    )


def _text(said: object) -> str:
    if not isinstance(said, str):
        raise TypeError("text expected")
    return said


def _whole(said: object) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or said < 0:
        raise TypeError("a whole number expected")
    return said
