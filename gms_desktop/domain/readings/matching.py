"""Whose a reading is: by a code in its name, by the well it was measured in, or in the order of the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from devices.measured import Measured, Role


class How(StrEnum):
    """What a match stands on."""

    TUBE_CODE = "tube code"
    NUMBER = "our number"
    RACK_AND_WELL = "rack and well"
    PLATE_AND_WELL = "plate and well"
    RUN_ORDER = "run order"
    SCANNED = "scanned"


BY_EYE = frozenset({How.PLATE_AND_WELL, How.RUN_ORDER})
"""What nothing but the order or the place speaks for: a person looks at both sides first."""


class Why(StrEnum):
    """Why a position has no tube."""

    NOT_A_SAMPLE = "not a sample"
    NO_NAME = "no name"
    NOT_KNOWN = "not known"
    TWO_TUBES = "two tubes"
    PATIENTS_NUMBER = "patient's number"
    NO_TUBE_IN_WELL = "no tube in the well"
    NO_TUBE_LEFT = "no tube left"


@dataclass(frozen=True)
class Item:
    """A thing that can be measured: its sort and identity, the code on it, whose it is, and its type and tests."""

    sort: str
    id: str
    code: str
    specimen: str
    number: str = ""
    kind: str = ""
    tests: tuple[str, ...] = ()
    volume: tuple[str, str] | None = None

    @property
    def subject(self) -> str:
        """As entries name it."""
        return f"{self.sort}:{self.id}"


@dataclass(frozen=True)
class Match:
    """The tube of one position and what that stands on, or why it has none."""

    item: Item | None = None
    how: How | None = None
    why: Why | None = None


@dataclass(frozen=True)
class Known:
    """What the register knows that a run may be about.

    Attributes:
        by_code: things by the code or number on them.
        patients: names of samples that are a patient's number too: they lead to no tube.
        wells: what stands in the rack or plate that was scanned for this run, by well, as ``place`` says.
        in_order: the tubes of the rack that was scanned, column by column, where the run is matched by its order.
    """

    by_code: Mapping[str, Item] = field(default_factory=dict)
    patients: frozenset[str] = frozenset()
    wells: Mapping[str, Item] = field(default_factory=dict)
    place: How | None = None
    in_order: tuple[Item, ...] = ()


def names_of(measured: Sequence[Measured]) -> set[str]:
    """The names in a run that may be codes."""
    return {name for one in measured for name in (*codes_of(one), one.plate.strip()) if name}


def codes_of(one: Measured) -> tuple[str, ...]:
    """The names of one position that may be codes, as written and in capitals."""
    said = (one.sample.strip(), one.sample_id.strip())
    return tuple(dict.fromkeys(form for name in said if name for form in (name, name.upper())))


def matched(measured: Sequence[Measured], known: Known, by_hand: Mapping[int, Item]) -> tuple[Match, ...]:
    """The tube of each position, in the run's order.

    A name that is a known code speaks first. Where a rack or plate was scanned for the run, the well speaks for a name
    that is no code; never against one.

    Args:
        measured: the positions.
        known: what the register knows.
        by_hand: tubes that a person scanned for a position, by its place in the run.
    """
    following = iter(known.in_order)
    return tuple(
        Match(by_hand[place], How.SCANNED) if place in by_hand else _match(one, known, following)
        for place, one in enumerate(measured)
    )


def twice(matches: Sequence[Match]) -> dict[str, int]:
    """Tubes that several positions of a run belong to, with how many: replicates, or a mistake."""
    counts = Counter(one.item.subject for one in matches if one.item is not None)
    return {subject: count for subject, count in counts.items() if count > 1}


def _match(one: Measured, known: Known, following: object) -> Match:
    if one.role is not Role.SAMPLE:
        return Match(why=Why.NOT_A_SAMPLE)
    coded = _by_code(one, known)
    if known.place is How.RUN_ORDER:
        # Each sample takes up its tube, whatever it is called: else those after it would be one off.
        item = next(following, None)  # type: ignore[call-overload]
        if coded.item is not None and item is not None and coded.item != item:
            return Match(why=Why.TWO_TUBES)
        return coded if coded.item else Match(item, How.RUN_ORDER) if item else Match(why=Why.NO_TUBE_LEFT)
    if known.place is None or coded.why in {Why.TWO_TUBES, Why.PATIENTS_NUMBER}:
        return coded
    placed = known.wells.get(one.well)
    if coded.item is not None:
        return coded if placed is None or placed == coded.item else Match(why=Why.TWO_TUBES)
    return Match(placed, known.place) if placed else Match(why=Why.NO_TUBE_IN_WELL)


def _by_code(one: Measured, known: Known) -> Match:
    codes = codes_of(one)
    if not codes:
        return Match(why=Why.NO_NAME)
    if known.patients.intersection(codes):
        return Match(why=Why.PATIENTS_NUMBER)
    found = {item.subject: item for code in codes if (item := known.by_code.get(code)) is not None}
    if not found:
        return Match(why=Why.NOT_KNOWN)
    if len(found) > 1:
        return Match(why=Why.TWO_TUBES)
    item = next(iter(found.values()))
    return Match(item, How.TUBE_CODE if item.sort == "tube" else How.NUMBER)
