"""Pieces of tissue: what each is, what it was cut from, which sections are in it, and what may still be done with it.

Source: service specification Annex 2 (lines 2180-2262): scrolls or slide-mounted sections, fresh tissue (frozen or in
an approved stabiliser), cytology. Sections are numbered through a block in the order in which they are cut, so that a
stained slide and the sections before and after it are known to lie beside each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Sort(StrEnum):
    """What a piece is."""

    BLOCK = "block"
    FRESH = "fresh tissue"
    CYTOLOGY = "cytology"
    SECTION = "section"
    SLIDE = "slide"
    SCROLLS = "scroll tube"

    @property
    def is_cut(self) -> bool:
        """Whether it comes off another piece, here or at whoever sent it."""
        return self in {Sort.SECTION, Sort.SLIDE, Sort.SCROLLS}

    @property
    def arrives(self) -> bool:
        """Whether a specimen can be one; a loose section comes on a slide or in a tube."""
        return self is not Sort.SECTION


class State(StrEnum):
    """What became of a piece."""

    HERE = "here"
    EXHAUSTED = "exhausted"
    SCRAPED = "scraped"
    RETAINED = "retained"
    RETURNED = "returned"
    DISCARDED = "discarded"
    SENT = "sent"

    @property
    def may_be_used(self) -> bool:
        """Whether something may still be taken from it here."""
        return self in {State.HERE, State.RETAINED}


@dataclass(frozen=True, slots=True)
class Sections:
    """Sections that lie together in one piece: the first and last by their place in the block, and how thick.

    Attributes:
        first: number of the first section, from 1.
        last: of the last.
        thickness_um: of each, in micrometres.
    """

    first: int
    last: int
    thickness_um: Decimal

    def __post_init__(self) -> None:
        """See that there is at least one, of some thickness.

        Raises:
            ValueError: when there is none.
        """
        if not 1 <= self.first <= self.last or self.thickness_um <= 0:
            raise ValueError("sections are numbered from 1, and have a thickness")

    @property
    def count(self) -> int:
        """How many there are."""
        return self.last - self.first + 1

    @property
    def depth_um(self) -> Decimal:
        """How much of the block they took, in micrometres."""
        return self.count * self.thickness_um

    @property
    def words(self) -> str:
        """As a label or a screen says it."""
        which = f"section {self.first}" if self.count == 1 else f"sections {self.first} to {self.last}"
        return f"{which}, {self.thickness_um.normalize():f} µm"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of tissue.

    Attributes:
        number: ours, as on its label.
        sort: what it is.
        state: what became of it.
        parent: number of the piece that it was cut from; empty for one that arrived.
        sections: what lies in it; None for a piece that arrived.
        stain: code of its stain; empty for none.
        imaged: whether a picture of it is kept.
    """

    number: str
    sort: Sort
    state: State = State.HERE
    parent: str = ""
    sections: Sections | None = None
    stain: str = ""
    imaged: bool = False


def next_section(cut: Sequence[Piece]) -> int:
    """The number of the next section of a block: one after the last that was ever cut, whatever became of it."""
    return 1 + max((one.sections.last for one in cut if one.sections), default=0)


def overlapping(cut: Sequence[Piece]) -> tuple[tuple[Piece, Piece], ...]:
    """Pieces that say they hold the same section of one block: two people cut it without knowing of each other."""
    told = sorted((one for one in cut if one.sections), key=lambda one: (_first(one), one.number))
    found, reach = list[tuple[Piece, Piece]](), None
    for one in told:
        if reach is not None and _last(reach) >= _first(one):
            found.append((reach, one))
        reach = one if reach is None or _last(one) > _last(reach) else reach
    return tuple(found)


def _first(piece: Piece) -> int:
    return piece.sections.first if piece.sections else 0


def _last(piece: Piece) -> int:
    return piece.sections.last if piece.sections else 0


def beside(cut: Sequence[Piece], stained: Piece) -> tuple[Piece, ...]:
    """Pieces whose sections lie next to a stained one: those before and after it, the nearest first.

    An assessment of a stained section speaks for its neighbours; further away the tumour may have ended.
    """
    at = stained.sections
    if at is None:
        return ()
    others = [one for one in cut if one.sections and one.number != stained.number]
    return tuple(sorted(others, key=lambda one: (_gap(one.sections, at), one.number)))


def _gap(one: Sections | None, other: Sections) -> int:
    if one is None:
        return 0
    return max(one.first - other.last, other.first - one.last, 0)
