"""A signed file as a short series of Data Matrix codes on a letter, scanned in any order and put together again.

One code reads ``GMSM/XXXXXXXX/2/3/`` and a part in base 32 (RFC 4648), whose letters and figures a Data Matrix packs
three to two codewords. ``XXXXXXXX`` is the beginning of the file's SHA-256, so that parts of two letters never mix. The
oblique strokes keep such a code from being any number of ours, of a tube or of a rack.
"""

from __future__ import annotations

import re
from base64 import b32decode, b32encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

MOST_PARTS = 12
PART_CHARACTERS = 380
"""Of base 32 in one code: 237 bytes, a square of 64 modules, which a hand scanner reads at 0.4 mm a module."""

_PART = re.compile(r"GMSM/([0-9A-F]{8})/([1-9][0-9]?)/([1-9][0-9]?)/([A-Z2-7]+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One code of a series: of which file, the how many-th of how many (from 1), and its piece of the text."""

    series: str
    number: int
    of: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was scanned of one series so far.

    Attributes:
        series: beginning of the file's SHA-256.
        of: how many codes it has.
        parts: the texts by number.
    """

    series: str
    of: int
    parts: Mapping[int, str] = field(default_factory=dict, repr=False)

    @property
    def awaited(self) -> tuple[int, ...]:
        """Numbers of the codes that were not scanned yet."""
        return tuple(number for number in range(1, self.of + 1) if number not in self.parts)


class SeriesDiffers(ValueError):
    """A code belongs to another series than was begun, or differs from what was scanned as the same part."""


def split(content: bytes) -> tuple[str, ...]:
    """The texts of the codes of a file; none where it would take more than :data:`MOST_PARTS`: it goes as a file."""
    text = b32encode(content).decode("ascii").rstrip("=")
    pieces = [text[at : at + PART_CHARACTERS] for at in range(0, len(text), PART_CHARACTERS)]
    if len(pieces) > MOST_PARTS:
        return ()
    series = sha256(content).hexdigest()[:8].upper()
    return tuple(f"GMSM/{series}/{number}/{len(pieces)}/{piece}" for number, piece in enumerate(pieces, 1))


def part_of(scanned: str) -> Part | None:
    """A scanned code as a part of a series; None for any other code."""
    found = _PART.fullmatch(scanned)
    if found is None or not 1 <= int(found[2]) <= int(found[3]) <= MOST_PARTS:
        return None
    return Part(found[1], int(found[2]), int(found[3]), found[4])


def gather(so_far: Gathered | None, part: Part) -> Gathered:
    """The series with one more code; the same code twice changes nothing.

    Raises:
        SeriesDiffers: the code is of another letter, or says something else than the same part did.
    """
    known = so_far or Gathered(part.series, part.of)
    if (known.series, known.of) != (part.series, part.of) or known.parts.get(part.number, part.text) != part.text:
        raise SeriesDiffers
    return Gathered(known.series, known.of, {**known.parts, part.number: part.text})


def join(gathered: Gathered) -> bytes:
    """The file of a whole series.

    Raises:
        ValueError: codes are still awaited, or what they give is not the file that was cut up.
    """
    if gathered.awaited:
        raise ValueError("codes are still awaited")
    text = "".join(gathered.parts[number] for number in range(1, gathered.of + 1))
    content = b32decode(text + "=" * (-len(text) % 8))
    if sha256(content).hexdigest()[:8].upper() != gathered.series:
        raise ValueError("the codes do not give the file that was cut up")
    return content
