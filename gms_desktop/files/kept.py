"""What the file store knows of a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a file's content is, as far as this bench knows.

    ``wanted``: asked for, on its way from the hub; ``here``; ``away``: the hub has it and the bench gave it up;
    ``emptied``: erased for good; ``dropped``: no entry ever cited it.
    """

    WANTED = "wanted"
    HERE = "here"
    AWAY = "away"
    EMPTIED = "emptied"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as the store knows it.

    Attributes:
        sha256: of its content, in hex: its name here.
        size: in bytes; 0 for a wanted file of which the hub has not told it.
        media_type: such as ``text/csv``.
        made_at: when its content came to this bench, as entries write time.
        state: where its content is.
        confirmed_at: when the hub last said that it has all of it.
        confirmed_in: in which epoch of the hub that was: a hub that was restored since must be asked again.
        kept_until: it is not given up before, as entries write time; None for the usual span.
        orphan_since: since when no entry is known that cites it.
    """

    sha256: str
    size: int
    media_type: str
    made_at: str
    state: State
    confirmed_at: str | None = None
    confirmed_in: str | None = None
    kept_until: str | None = None
    orphan_since: str | None = None
