"""Where new identities, salts and the time come from: passed in, so that nothing else needs a clock or chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


class Chance(Protocol):
    """A source of random bits."""

    def bits(self, count: int) -> int:
        """``count`` random bits as a whole number."""

    def salt(self) -> bytes:
        """16 random bytes."""


class Clock(Protocol):
    """A source of the time."""

    def now(self) -> datetime:
        """The time now, aware UTC."""


def identity(chance: Chance, moment: datetime) -> str:
    """A new identity in 20 characters: 45 bits of time, then 55 random bits.

    What is made one after the other sorts one after the other, so that new rows stand together on the disk.
    """
    bits = (int(moment.timestamp() * 1000) & ((1 << 45) - 1)) << 55 | chance.bits(55)
    return "".join(_ALPHABET[bits >> shift & 31] for shift in range(95, -1, -5))


def moment_of(minted: str) -> datetime:
    """When an identity was made, by the clock of whoever made it; to the millisecond, aware UTC."""
    bits = 0
    for character in minted:
        bits = bits << 5 | _ALPHABET.index(character)
    return datetime.fromtimestamp((bits >> 55) / 1000, UTC)


def instant(moment: datetime) -> str:
    """A moment as it stands in an entry: UTC with microseconds and ``Z``.

    Raises:
        ValueError: for a naive time.
    """
    offset = moment.utcoffset()
    if offset is None or offset.total_seconds():
        raise ValueError("an entry's time is aware UTC")
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


@dataclass
class CountedChance:
    """Chance that repeats itself from a seed: for tests and the scripted rehearsal."""

    seed: int = 1

    def bits(self, count: int) -> int:
        """The next bits of a linear congruential sequence, each word mixed by SHA-256."""
        from hashlib import sha256

        self.seed += 1
        return int.from_bytes(sha256(self.seed.to_bytes(16, "big")).digest(), "big") & ((1 << count) - 1)

    def salt(self) -> bytes:
        """16 bytes of the sequence."""
        return self.bits(128).to_bytes(16, "big")
