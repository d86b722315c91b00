"""Whether two numbers of other laboratories, written by two people, are one."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

SHORTEST = 4
"""Letters and digits of a block's number that tells cases apart: “A1” stands on a block of every case."""


class Numbered(StrEnum):
    """What another laboratory's number stands on."""

    HISTOLOGY = "histology"
    BLOCK = "block"


def same_number(numbered: Numbered, one: str, other: str) -> bool:
    """Whether two numbers have the same letters and digits: spaces, strokes and capitals are a writer's own.

    It is a likeness that a person looks at, so it is taken widely; which block a report means is compared as written.
    """
    mine = _plain(one)
    return mine == _plain(other) and (numbered is Numbered.HISTOLOGY or len(mine) >= SHORTEST) and bool(mine)


def _plain(written: str) -> str:
    parted = unicodedata.normalize("NFKD", written).casefold()
    return "".join(sign for sign in parted if sign.isalnum())
