"""The hash chain of a writer: what comes before cannot be changed without it showing."""

from __future__ import annotations

from hashlib import sha256


def first_hash(writer: str, scope: str) -> bytes:
    """The hash that stands before a writer's first entry: SHA-256 of writer and scope."""
    return sha256(f"{writer}\n{scope}".encode()).digest()


def next_hash(previous: bytes, content: bytes) -> bytes:
    """The hash of an entry: SHA-256 of the writer's previous hash and the entry's bytes."""
    return sha256(previous + content).digest()
