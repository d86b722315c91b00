"""Index plates: sets of unique dual indexes as the laboratory's own file gives them, each well used once. Pure.

Sequences are the maker's and are not shipped. What is said of orientation is a question, never a change: no sequence is
turned round here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import combinations

from gms_desktop.domain.racks.wells import Shape

INDEX_PLATE = Shape(8, 12)
_BASES = re.compile(r"[ACGT]+")
_COMPLEMENT = str.maketrans("ACGT", "TGCA")


class Orientation(StrEnum):
    """Which way round the i5 sequences of a file are written."""

    FORWARD = "forward"
    REVERSE = "reverse complement"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class IndexPair:
    """The two indexes of one well."""

    name: str
    i7: str
    i5: str


@dataclass(frozen=True, slots=True)
class IndexSet:
    """A set of index pairs as a file gave it.

    Attributes:
        name: as the laboratory calls it.
        wells: the pair of each well.
        i5: which way round the i5 sequences are written, where the file or a person says.
    """

    name: str
    wells: Mapping[str, IndexPair]
    i5: Orientation = Orientation.NOT_STATED


@dataclass(frozen=True, slots=True)
class IndexPlate:
    """One plate of a set.

    Attributes:
        code: the plate's own.
        set_name: which set it is of.
        lot: its lot.
        used: the library that each used well went into. A well is used once, for ever.
    """

    code: str
    set_name: str
    lot: str
    used: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexedLibrary:
    """A library with its index pair."""

    code: str
    pair: IndexPair
    i5: Orientation = Orientation.NOT_STATED


class Odd(StrEnum):
    """What is odd about a set or a pool."""

    NOT_BASES = "letters other than A, C, G and T"
    NO_SUCH_WELL = "no such well"
    PAIR_TWICE = "the same pair twice"
    I7_TWICE = "the same i7 twice"
    I5_TWICE = "the same i5 twice"
    TOO_CLOSE = "too close to be told apart"
    LENGTHS_DIFFER = "indexes of different lengths"
    ORIENTATION_NOT_STATED = "i5 orientation not stated"
    ORIENTATIONS_DIFFER = "i5 orientations differ"
    I5_TURNED = "i5 is the reverse complement of a known one"
    SET_TWICE = "two plates of one set"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding.

    Attributes:
        odd: what it is.
        about: the wells, libraries or index names it is about.
        blocks: whether a pool must not be made so: two libraries could not be told apart.
    """

    odd: Odd
    about: tuple[str, ...] = ()
    blocks: bool = False


class Refused(StrEnum):
    """Why a well of an index plate is not taken."""

    USED = "used"
    NO_SUCH_WELL = "no such well"


def use(plate: IndexPlate, of: IndexSet, well: str, library: str) -> IndexPlate | Refused:
    """Use a well for a library. Scanning the same again for the same library changes nothing."""
    if well not in of.wells:
        return Refused.NO_SUCH_WELL
    if plate.used.get(well, library) != library:
        return Refused.USED
    return replace(plate, used={**plate.used, well: library})


def free_wells(plate: IndexPlate, of: IndexSet) -> tuple[str, ...]:
    """The wells that are not used, column by column."""
    return tuple(well for well in INDEX_PLATE.wells if well in of.wells and well not in plate.used)


def reverse_complement(sequence: str) -> str:
    """The sequence as it reads from the other strand."""
    return sequence.translate(_COMPLEMENT)[::-1]


def distance(one: str, other: str) -> int:
    """How many bases differ, as far as the shorter one goes."""
    return sum(a != b for a, b in zip(one, other, strict=False))


@dataclass(frozen=True, slots=True)
class _Bases:
    """A sequence as one number, a byte a base: two are compared at once."""

    number: int
    ones: int

    @staticmethod
    def of(sequence: str) -> _Bases:
        return _Bases(
            int.from_bytes(sequence.encode("ascii", "replace"), "little"), int("01" * len(sequence) or "0", 16)
        )

    def apart(self, other: _Bases) -> int:
        """How many bases differ, as :func:`distance` counts them."""
        differs = self.number ^ other.number
        differs |= differs >> 4
        differs |= differs >> 2
        differs |= differs >> 1
        return (differs & self.ones & other.ones).bit_count()


def check_set(of: IndexSet, known: Sequence[IndexSet] = ()) -> tuple[Found, ...]:
    """What is odd about a set that is imported.

    Args:
        of: the set.
        known: sets that were imported before.
    """
    found = [Found(Odd.NO_SUCH_WELL, (well,), blocks=True) for well in of.wells if not INDEX_PLATE.holds(well)]
    bad = [well for well, one in of.wells.items() if not (_BASES.fullmatch(one.i7) and _BASES.fullmatch(one.i5))]
    found += [Found(Odd.NOT_BASES, tuple(bad), blocks=True)] if bad else []
    found += _twice({well: (pair.i7, pair.i5) for well, pair in of.wells.items()})
    found += _lengths(of.wells.values())
    if of.i5 is Orientation.NOT_STATED:
        found.append(Found(Odd.ORIENTATION_NOT_STATED, (of.name,)))
    turned = _turned(of, known)
    return (*found, *([Found(Odd.I5_TURNED, turned)] if turned else []))


def check_pool(libraries: Sequence[IndexedLibrary], mismatches: int) -> tuple[Found, ...]:
    """What is odd about libraries that are pooled in one lane.

    Args:
        libraries: all of them.
        mismatches: how many wrong bases are allowed in each index when reads are shared out. Two libraries can be told
            apart when one of their indexes differs in more than twice as many.
    """
    found = _twice({one.code: (one.pair.i7, one.pair.i5) for one in libraries})
    as_numbers = [(one, _Bases.of(one.pair.i7), _Bases.of(one.pair.i5)) for one in libraries]
    for (one, i7, i5), (other, other_i7, other_i5) in combinations(as_numbers, 2):
        # A pool of 384 has 73,000 pairs: the second index is looked at only where the first does not tell them apart.
        if i7.apart(other_i7) > 2 * mismatches or i5.apart(other_i5) > 2 * mismatches:
            continue
        if (one.pair.i7, one.pair.i5) != (other.pair.i7, other.pair.i5):
            found.append(Found(Odd.TOO_CLOSE, (one.code, other.code), blocks=True))
    found += _lengths(one.pair for one in libraries)
    ways = {one.i5 for one in libraries}
    if Orientation.NOT_STATED in ways:
        unsaid = tuple(one.code for one in libraries if one.i5 is Orientation.NOT_STATED)
        found.append(Found(Odd.ORIENTATION_NOT_STATED, unsaid))
    if len(ways - {Orientation.NOT_STATED}) > 1:
        found.append(Found(Odd.ORIENTATIONS_DIFFER, tuple(one.code for one in libraries), blocks=True))
    return tuple(found)


def _twice(pairs: Mapping[str, tuple[str, str]]) -> list[Found]:
    """Pairs, and single indexes, that stand twice: the second makes the dual index less than unique."""
    found = list(_repeated(pairs, Odd.PAIR_TWICE, blocks=True))
    told = {name for one in found for name in one.about}
    alone = {name: pair for name, pair in pairs.items() if name not in told}
    found += _repeated({name: pair[0] for name, pair in alone.items()}, Odd.I7_TWICE)
    found += _repeated({name: pair[1] for name, pair in alone.items()}, Odd.I5_TWICE)
    return found


def _repeated(values: Mapping[str, object], odd: Odd, *, blocks: bool = False) -> Iterator[Found]:
    for value, often in Counter(values.values()).items():
        if often > 1:
            yield Found(odd, tuple(name for name, one in values.items() if one == value), blocks)


def _lengths(pairs: Iterable[IndexPair]) -> list[Found]:
    lengths = {(len(one.i7), len(one.i5)) for one in pairs}
    return [Found(Odd.LENGTHS_DIFFER)] if len(lengths) > 1 else []


def _turned(of: IndexSet, known: Sequence[IndexSet]) -> tuple[str, ...]:
    """Indexes whose i5 is written the other way round than in a known set: by name, or by the i7 beside it."""
    before = {key: one for each in known for one in each.wells.values() for key in (one.name, one.i7) if key}
    turned = []
    for one in of.wells.values():
        other = before.get(one.name) or before.get(one.i7)
        if other and other.i5 != one.i5 and reverse_complement(other.i5) == one.i5:
            turned.append(one.name)
    return tuple(turned)
