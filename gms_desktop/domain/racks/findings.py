"""What is found of a rack, as data: the sentences are made elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    """What one well is after the comparison. Each well has exactly one, so the counts add up to the rack."""

    AGREES = "agrees"
    BY_HAND = "agrees, scanned by hand"
    EMPTY = "empty"
    NO_CODE = "no code, nothing expected"
    NOT_READ = "not read"
    MISSING = "missing"
    MOVED = "moved"
    SWAPPED = "swapped"
    TURNED = "turned"
    EXTRA = "extra"
    FOREIGN = "foreign"
    UNKNOWN = "unknown code"
    DUPLICATE = "duplicate"
    CONTRADICTED = "contradicted"
    BARRED = "barred"


AGREEING = frozenset({Look.AGREES, Look.BY_HAND})


class Kind(StrEnum):
    """A finding, the gravest first."""

    WRONG_SIZE = "wrong size"
    WRONG_RACK = "wrong rack"
    RACK_NOT_READ = "rack code not read"
    TURNED = "turned by 180°"
    EXPECTED_TWICE = "expected in two wells"
    TWO_IN_ONE = "two tubes recorded in one well"
    DUPLICATE = "duplicate"
    BARRED = "barred"
    STOPPED = "stopped"
    FOREIGN = "foreign"
    UNKNOWN = "unknown code"
    OTHER_BY_HAND = "another code by hand"
    CONTRADICTED = "told twice, differently"
    SWAPPED = "swapped"
    MOVED = "moved"
    EXTRA = "extra"
    MISSING = "missing"
    NOT_READ = "not read"
    NOT_TOLD = "not in the reply"
    READER = "the reader's own"
    ORIENTATION = "orientation not confirmed"
    READ_AGAIN = "read again"
    EMPTIES = "empty wells not confirmed"


OF_THE_RACK = frozenset(
    {Kind.WRONG_SIZE, Kind.WRONG_RACK, Kind.RACK_NOT_READ, Kind.TURNED, Kind.ORIENTATION, Kind.READ_AGAIN}
)
"""Where one of these is found, no well of the rack is trusted, for whatever purpose."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the register has a tube that is not expected in this rack.

    Attributes:
        rack: the rack it is recorded in; empty where in none.
        well: its well there.
        whose: whose it is, in the register's own terms (a request, a laboratory); never a name.
    """

    rack: str = ""
    well: str = ""
    whose: str = ""

    @property
    def elsewhere(self) -> bool:
        """Whether it belongs to something else."""
        return bool(self.rack or self.whose)


@dataclass(frozen=True, slots=True)
class Found:
    """One finding.

    Attributes:
        kind: what it is.
        wells: the wells it names: of a move the one left, then the one now filled.
        codes: the tubes it names: of a swap as they are now, in the order of ``wells``; of a rack its code as read.
        expected: what was expected: the tube of the well that is named (of a move, of the well now filled), or the
            rack's code.
        left: of a move, what stands in the well that was left: a code, ``empty`` or ``no read``.
        where: where the register has a foreign or duplicate tube.
        said: the reader's own words, or why a tube is barred or stopped.
    """

    kind: Kind
    wells: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    expected: str = ""
    left: str = ""
    where: Whereabouts | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A rack as read beside the rack as expected.

    Attributes:
        looks: what each well is.
        tubes: the code of each well that has one, by reader or by hand.
        found: the findings, the gravest first.
    """

    looks: Mapping[str, Look]
    tubes: Mapping[str, str]
    found: tuple[Found, ...]

    @property
    def counts(self) -> dict[Look, int]:
        """How many wells have each look; together as many as the rack has."""
        counted = dict.fromkeys(Look, 0)
        for look in self.looks.values():
            counted[look] += 1
        return {look: often for look, often in counted.items() if often}

    @property
    def agreeing(self) -> dict[str, str]:
        """The wells in which the tube expected there was read, with its code."""
        return {well: self.tubes[well] for well, look in self.looks.items() if look in AGREEING}

    def of(self, kind: Kind) -> tuple[Found, ...]:
        """The findings of one kind."""
        return tuple(one for one in self.found if one.kind is kind)
