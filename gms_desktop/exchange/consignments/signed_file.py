"""The signed file: what it says, compressed, under the sending laboratory's Ed25519 signature (RFC 8032).

``GMSC``, a byte for the version of the seal, the public key (32), the signature (64) over head and content, and the
content: zlib (RFC 1950) over JSON with sorted keys. The same bytes are cut into the Data Matrix series of a letter, so
that what was scanned and what was carried are one thing, with one hash.

The laboratory's key is made of the secret that its benches share, so that each bench signs for the laboratory and the
receiver has one fingerprint to compare on the telephone.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from gms_desktop.exchange.consignments.contents import FORMAT, Acknowledgement, Contents, Manifest

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MAGIC, SEAL = b"GMSC", 1
MOST_BYTES, MOST_CONTENT = 2_000_000, 16_000_000
_HEAD = len(MAGIC) + 1 + 32
_BODY = _HEAD + 64
_encode = msgspec.json.Encoder(order="sorted").encode


class NotAConsignmentFile(ValueError):
    """The bytes are no consignment file, or not as they were signed.

    Attributes:
        why: ``not-ours``, ``cut``, ``tampered``, ``newer`` or ``unreadable``.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Signed:
    """A file whose signature holds.

    Attributes:
        contents: what it says.
        key: the public key that signed it (32 bytes): whether it is the sender's is for a person to have confirmed.
        sha256: of the whole file.
    """

    contents: Contents
    key: bytes
    sha256: str

    @property
    def fingerprint(self) -> str:
        """The key as two people compare it on the telephone."""
        return fingerprint(self.key)


def fingerprint(key: bytes) -> str:
    """A public key in eight groups of four: half of its SHA-256."""
    digest = sha256(key).hexdigest()[:32].upper()
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def laboratory_key(secret: bytes) -> Ed25519PrivateKey:
    """The key with which a laboratory signs, made of the secret that its benches share (HKDF, RFC 5869)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    made = HKDF(SHA256(), 32, None, b"gms_desktop consignment signature 1").derive(secret)
    return Ed25519PrivateKey.from_private_bytes(made)


def sign(contents: Contents, key: Ed25519PrivateKey) -> bytes:
    """The file of a manifest or an acknowledgement."""
    head = MAGIC + bytes([SEAL]) + key.public_key().public_bytes_raw()
    body = zlib.compress(_encode(contents), 9)
    return head + key.sign(head + body) + body


def read(content: bytes) -> Signed:
    """What a file says, its signature checked first.

    Raises:
        NotAConsignmentFile: for anything else; nothing of its content is looked at before the signature holds.
    """
    if content[: len(MAGIC)] != MAGIC:
        raise NotAConsignmentFile("not-ours")
    if len(content) <= _BODY or len(content) > MOST_BYTES:
        raise NotAConsignmentFile("cut")
    if content[len(MAGIC)] > SEAL:
        raise NotAConsignmentFile("newer")
    key = content[len(MAGIC) + 1 : _HEAD]
    _check(key, content[_HEAD:_BODY], content[:_HEAD] + content[_BODY:])
    return Signed(_contents(content[_BODY:]), key, sha256(content).hexdigest())


def _check(key: bytes, signature: bytes, signed: bytes) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    except (InvalidSignature, ValueError) as fault:
        raise NotAConsignmentFile("tampered") from fault


def _contents(packed: bytes) -> Contents:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(packed, MOST_CONTENT)
        if not unpacking.eof or unpacking.unused_data:
            raise NotAConsignmentFile("unreadable")
        stated = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        if msgspec.json.decode(stated.get("format", b"0"), type=int) > FORMAT:
            raise NotAConsignmentFile("newer")
        return msgspec.json.decode(text, type=Manifest | Acknowledgement)
    except (zlib.error, msgspec.DecodeError, msgspec.ValidationError, RecursionError) as fault:
        raise NotAConsignmentFile("unreadable") from fault
