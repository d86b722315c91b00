"""A file in chunks of 256 kB, numbered from 0. Pure."""

from __future__ import annotations

from collections.abc import Iterator

CHUNK = 262_144
"""Bytes of every chunk but the last."""

LARGEST = 200_000_000
"""Bytes of the largest file that is kept here; a larger one stays where it is."""


def count(size: int) -> int:
    """How many chunks a file of so many bytes has; an empty file has one, with nothing in it."""
    return max(1, -(-size // CHUNK))


def length(size: int, number: int) -> int:
    """How many bytes chunk ``number`` of a file of ``size`` bytes holds.

    Raises:
        ValueError: when the file has no such chunk.
    """
    if not 0 <= number < count(size):
        raise ValueError(f"a file of {size} bytes has no chunk {number}")
    return min(CHUNK, size - number * CHUNK)


def split(content: bytes) -> Iterator[bytes]:
    """The chunks of a content, in order."""
    for number in range(count(len(content))):
        yield content[number * CHUNK : (number + 1) * CHUNK]
