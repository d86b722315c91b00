"""Index wells given to the libraries of a plate, and what a laboratory lays down for pools. Pure."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gms_desktop.domain.index_plates import INDEX_PLATE, Found, IndexedLibrary, Odd, check_pool

_MOST_MISMATCHES = 3


@dataclass(frozen=True, slots=True)
class Given:
    """Which index well goes into which well of the plate of libraries.

    Attributes:
        wells: by well of the plate, the well of the index plate.
        same: whether each library has the index of the well of its own name.
    """

    wells: Mapping[str, str]
    same: bool


def give(libraries: Sequence[str], free: Collection[str]) -> Given | None:
    """Give each well of a plate an index well of its own; None where too few are free.

    Each has the well of its own name where all of these are free. Otherwise the free wells are taken in the order in
    which the plate is filled: column by column.
    """
    filled = [well for well in INDEX_PLATE.wells if well in libraries]
    if set(filled) <= set(free):
        return Given({well: well for well in filled}, same=True)
    left = [well for well in INDEX_PLATE.wells if well in free]
    if len(left) < len(filled):
        return None
    return Given(dict(zip(filled, left, strict=False)), same=False)


def changed(given: Mapping[str, str], well: str, index_well: str) -> dict[str, str]:
    """The same with another index for one well; a library that had that index gets the former one of this well."""
    other = next((one for one, has in given.items() if has == index_well), well)
    return {**given, other: given[well], well: index_well}


@dataclass(frozen=True, slots=True)
class PoolRules:
    """The rule set ``indexes``.

    Attributes:
        version: its version.
        mismatches: how many wrong bases are allowed in each index when reads are shared out.
    """

    version: str
    mismatches: int


def read_pool_rules(text: str) -> PoolRules:
    """The rule set.

    Args:
        text: TOML as in ``resources/rules/indexes.toml``.

    Raises:
        ValueError: when more wrong bases are allowed than indexes have room for.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    mismatches = said["mismatches"]
    if isinstance(mismatches, bool) or not isinstance(mismatches, int):
        raise TypeError("mismatches is a whole number")
    if not 0 <= mismatches <= _MOST_MISMATCHES:
        raise ValueError(f"mismatches is from 0 to {_MOST_MISMATCHES}")
    return PoolRules(str(said["version"]), mismatches)


def check(libraries: Sequence[IndexedLibrary], sets: Mapping[str, str], rules: PoolRules) -> tuple[Found, ...]:
    """What is odd about a pool.

    Args:
        libraries: all of them.
        sets: by the code of each index plate that they were indexed from, the name of its set.
        rules: what the laboratory lays down.
    """
    plates = defaultdict(list)
    for plate, name in sets.items():
        plates[name].append(plate)
    again = tuple(Found(Odd.SET_TWICE, tuple(sorted(those))) for those in plates.values() if len(those) > 1)
    return check_pool(libraries, rules.mismatches) + again
