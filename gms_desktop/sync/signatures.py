"""Signatures over how far a writer has come: by the chain, the newest covers every entry before it.

A bench signs what the hub acknowledged of its own writers with its Ed25519 key (RFC 8032), gives that to the hub, and
keeps those of others. After a hub forgot, they prove what benches give back of each other's entries.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gms_desktop.journal import store
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.recorder import Recorder
from gms_desktop.sync import replica
from gms_desktop.sync.messages import MOST_ENTRIES, HeadSignature, Push
from gms_desktop.sync.transport import Hub

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_KEPT = "signed:"
_NEWEST = 3
_LOT = 1000
_kept = text_statement("SELECT name, value FROM meta WHERE name LIKE 'signed:%' ORDER BY name")


def signed_bytes(scope: str, writer: str, seq: int, digest: bytes) -> bytes:
    """What is signed: that the entry of this hash is the writer's ``seq``-th."""
    return f"gms_desktop writer head 1\n{scope}\n{writer}\n{seq}\n".encode() + digest


def holds(signed: HeadSignature, scope: str) -> bool:
    """Whether a signature is of the key that it names."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(signed.public)
        key.verify(signed.signature, signed_bytes(scope, signed.writer, signed.seq, signed.hash))
    except (InvalidSignature, ValueError):
        return False
    return True


class Signer:
    """Signs with a bench's own key, read from its secret store when it is first needed."""

    def __init__(self, secret: Callable[[], bytes]) -> None:
        """Make it.

        Args:
            secret: gives the key's 32 bytes.
        """
        self._secret = secret
        self._key: Ed25519PrivateKey | None = None

    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self._opened().public_key().public_bytes_raw()

    def sign(self, scope: str, writer: str, seq: int, digest: bytes) -> HeadSignature:
        """Sign how far a writer has come."""
        signature = self._opened().sign(signed_bytes(scope, writer, seq, digest))
        return HeadSignature(writer, seq, digest, self.public(), signature)

    def _opened(self) -> Ed25519PrivateKey:
        if self._key is None:
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

            self._key = Ed25519PrivateKey.from_private_bytes(self._secret())
        return self._key


@dataclass(frozen=True, slots=True)
class Unsigned:
    """The last entry of an own writer that the hub has and this bench has not signed."""

    writer: str
    seq: int
    hash: bytes


def last_of(batch: Push) -> Unsigned:
    """The last entry of a batch that the hub has acknowledged."""
    return Unsigned(batch.writer, batch.first_seq + len(batch.entries) - 1, batch.entries[-1].hash)


def give(hub: Hub, signer: Signer, scope: str, last: Unsigned) -> None:
    """Give the hub the signature over an own entry that it has acknowledged.

    Raises:
        HubUnavailable: when the hub gave no answer; the entries are there all the same.
    """
    signed = signer.sign(scope, last.writer, last.seq, last.hash)
    if not hub.sign(signed):
        # The hub has not met the key yet: the first push of all, or one after a restore.
        hub.name_key(signed.public)
        hub.sign(signed)


def take(recorder: Recorder, hub: Hub, scope: str) -> None:
    """Keep what the hub has of the signatures of all other writers.

    Raises:
        HubUnavailable: when the hub gave no answer.
    """
    came = hub.signatures()
    known = recorder.read(lambda ledger: _all(ledger.db), urgent=False).result()
    fresh = [one for one in came if one.seq > max((old.seq for old in known.get(one.writer, ())), default=0)]
    sound = [one for one in fresh if holds(one, scope)]
    if sound:
        recorder.write(lambda ledger: keep(ledger.db, sound), urgent=False).result()


def keep(db: Database, came: Iterable[HeadSignature]) -> None:
    """Keep the newest few of each writer: one of them is of an entry that this bench has already."""
    known = _all(db)
    own = set(replica.own_writers(db))
    for one in came:
        if one.writer not in own:
            newest = sorted({*known.get(one.writer, ()), one}, key=lambda each: each.seq)[-_NEWEST:]
            said = [[each.seq, each.hash.hex(), each.public.hex(), each.signature.hex()] for each in newest]
            store.put_meta(db, _KEPT + one.writer, json.dumps(said))


def give_back(recorder: Recorder, hub: Hub, signer: Signer, scope: str) -> None:
    """Give a hub in its recovery every signature that this bench keeps, and its own over what it was pushing.

    Others may have pulled of that what this bench has not yet pulled itself, and does not give back.

    Raises:
        HubUnavailable: when the hub gave no answer.
    """
    known = recorder.read(lambda ledger: _all(ledger.db), urgent=False).result()
    rows = [one for newest in known.values() for one in newest]
    pushed = recorder.read(lambda ledger: _pushed_last(ledger.db), urgent=False).result()
    rows += [signer.sign(scope, writer, seq, digest) for writer, seq, digest in pushed]
    for start in range(0, len(rows), _LOT):
        hub.reoffer_signatures(rows[start : start + _LOT])


def _pushed_last(db: Database) -> list[tuple[str, int, bytes]]:
    """Own entries without a place here that the hub may have had, the newest of each writer.

    It has acknowledged them, or they are of the batch whose answer never came.
    """
    found: list[tuple[str, int, bytes]] = []
    for writer in replica.own_writers(db):
        acked = replica.acked_seq(db, writer)
        first = max(replica.placed_seq(db, writer), acked - _LOT) + 1
        marks = replica.marks(db, writer, first, acked + MOST_ENTRIES)
        found += [(writer, seq, mark.hash) for seq, mark in sorted(marks.items())]
    return found


def _all(db: Database) -> dict[str, tuple[HeadSignature, ...]]:
    found = {}
    for name, value in db.tuples(_kept):
        writer = name.removeprefix(_KEPT)
        found[writer] = tuple(
            HeadSignature(writer, seq, *(bytes.fromhex(part) for part in rest)) for seq, *rest in json.loads(value)
        )
    return found
