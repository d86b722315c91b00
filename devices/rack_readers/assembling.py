"""From what was said of single wells to a rack in which every well stands once, and what is odd about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from devices.rack_readers.cells import Cell, RackProfile, bare, is_rack_code, place_of
from devices.values import (
    RACK_96,
    RACK_384,
    RACK_SHAPES,
    RackDefect,
    RackFinding,
    RackId,
    RackIdState,
    RackScan,
    RackShape,
    Well,
    WellState,
)

_Place = tuple[int, int]
_FEW = 10
"""One well in ten."""


@dataclass(frozen=True)
class Said:
    """What was said of one well: where, in which words, and what they mean."""

    place: str
    text: str
    cell: Cell


@dataclass(frozen=True)
class Source:
    """Where a rack's wells come from.

    Attributes:
        reader: the device or the file.
        dialect: how it spoke.
        at: when its last byte arrived.
        raw: all its bytes.
        tells_empty: what its dialect is known for; the profile may know better.
        own_time: its own word for when.
    """

    reader: str
    dialect: str
    at: datetime
    raw: bytes
    tells_empty: bool = False
    own_time: str = ""


def rack_scan(
    said: Sequence[Said],
    rack_id: RackId,
    source: Source,
    profile: RackProfile,
    findings: Sequence[RackFinding] = (),
) -> RackScan:
    """The rack, with the findings given and those of its own."""
    shape = fitting(said, profile.shape)
    by_place = _by_place(said)
    wells = tuple(_well(shape, row, column, by_place) for row in range(shape.rows) for column in range(shape.columns))
    return RackScan(
        source.reader,
        source.dialect,
        source.at,
        shape,
        wells,
        rack_id,
        source.tells_empty if profile.tells_empty is None else profile.tells_empty,
        source.raw,
        (*findings, *_oddities(said, rack_id, shape, wells, profile.shape)),
        source.own_time,
    )


def fitting(said: Sequence[Said], expected: RackShape | None) -> RackShape:
    """The size of the rack: the one whose wells are named one and all, else the one expected.

    Where none is expected, a few wells beyond a whole rack are wells outside it, and no sign of a larger one.
    """
    named = {place for one in said if (place := place_of(one.place)) is not None}
    if expected is not None:
        return next((shape for shape in RACK_SHAPES if named == places_in(shape)), expected)
    whole = [shape for shape in RACK_SHAPES if named >= places_in(shape)]
    for shape in reversed(whole):
        if len(named - places_in(shape)) * _FEW < len(named):
            return shape
    return RACK_96 if named <= places_in(RACK_96) else RACK_384


def places_in(shape: RackShape) -> set[_Place]:
    """Row and column of each well of a rack."""
    return {(row, column) for row in range(shape.rows) for column in range(shape.columns)}


def rack_id_of(texts: Sequence[str], source: str, profile: RackProfile) -> RackId:
    """The rack's code from every word that was given for it; words for "not read" count as none."""
    given = list(dict.fromkeys(plain for text in texts if (plain := bare(text))))
    codes = [text for text in given if profile.label(text) is None and is_rack_code(text)]
    raw = " | ".join(given)
    if not codes:
        unread = bool(given) and all(profile.label(text) is not None for text in given)
        return RackId(RackIdState.NO_READ if unread else RackIdState.NOT_SAID, "", source if given else "", raw)
    if len(given) > 1:
        return RackId(RackIdState.DISAGREES, "", source, raw)
    return RackId(RackIdState.READ, codes[0], source, raw)


def _by_place(said: Sequence[Said]) -> dict[_Place, list[Said]]:
    found: dict[_Place, list[Said]] = defaultdict(list)
    for one in said:
        place = place_of(one.place)
        if place is not None:
            found[place].append(one)
    return found


def _well(shape: RackShape, row: int, column: int, by_place: dict[_Place, list[Said]]) -> Well:
    here = by_place.get((row, column), [])
    position = shape.position(row, column)
    if len(here) == 1:
        return Well(position, here[0].cell.state, here[0].cell.code, here[0].text)
    return Well(position, WellState.NOT_SAID, "", " | ".join(one.text for one in here))


def _oddities(
    said: Sequence[Said], rack_id: RackId, shape: RackShape, wells: Sequence[Well], expected: RackShape | None
) -> Iterator[RackFinding]:
    if expected is not None and shape != expected:
        yield RackFinding(RackDefect.OTHER_SIZE, detail=f"{shape}, not {expected}")
    if rack_id.state is RackIdState.DISAGREES:
        yield RackFinding(RackDefect.RACK_ID_DISAGREES, detail=rack_id.raw)
    yield from _places(said, shape)
    yield from _cells(said, shape)
    yield from _codes_twice(wells)


def _places(said: Sequence[Said], shape: RackShape) -> Iterator[RackFinding]:
    by_place = _by_place(said)
    names = {place: shape.position(*place) for place in by_place}
    inside = set(shape.positions)
    outside = [one for one in said if _name(one, shape) not in inside]
    if outside:
        words = "; ".join(dict.fromkeys(f"{one.place.strip()}: {one.text.strip()}" for one in outside))
        yield RackFinding(
            RackDefect.POSITION_OUTSIDE, tuple(dict.fromkeys(one.place.strip() for one in outside)), words
        )
    twice = tuple(names[place] for place in sorted(by_place) if len(by_place[place]) > 1 and names[place] in inside)
    if twice:
        yield RackFinding(RackDefect.POSITION_TWICE, twice)
    named = set(names.values())
    missing = tuple(position for position in shape.positions if position not in named)
    if missing:
        yield RackFinding(RackDefect.WELLS_NOT_SAID, missing)


def _name(one: Said, shape: RackShape) -> str | None:
    place = place_of(one.place)
    return shape.position(*place) if place is not None else None


def _cells(said: Sequence[Said], shape: RackShape) -> Iterator[RackFinding]:
    by_defect: dict[RackDefect, list[Said]] = defaultdict(list)
    for one in said:
        if one.cell.defect is not None:
            by_defect[one.cell.defect].append(one)
    for defect, those in by_defect.items():
        where = tuple(_name(one, shape) or one.place for one in those)
        yield RackFinding(defect, where, "; ".join(dict.fromkeys(one.text.strip() for one in those)))


def _codes_twice(wells: Sequence[Well]) -> Iterator[RackFinding]:
    by_code: dict[str, list[str]] = defaultdict(list)
    for well in wells:
        if well.code:
            by_code[well.code.casefold()].append(well.position)
    codes = {well.code.casefold(): well.code for well in wells}
    for folded, positions in by_code.items():
        if len(positions) > 1:
            yield RackFinding(RackDefect.CODE_TWICE, tuple(positions), codes[folded])
