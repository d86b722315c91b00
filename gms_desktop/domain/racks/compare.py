"""A rack as read beside the rack as expected: each well gets one look, and nothing is lost without a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gms_desktop.domain.racks.evidence import Evidence, Expected
from gms_desktop.domain.racks.findings import AGREEING, Comparison, Found, Kind, Look, Whereabouts
from gms_desktop.domain.racks.profile import RackProfile
from gms_desktop.domain.racks.rack_findings import of_the_rack
from gms_desktop.domain.racks.reads import NOTHING_BY_HAND, ByHand, RackRead, Told

_GRAVITY = {kind: place for place, kind in enumerate(Kind)}
NO_READ, EMPTY = Told.NO_READ.value, Told.EMPTY.value


def compare(
    profile: RackProfile,
    read: RackRead,
    expected: Expected,
    known: Mapping[str, Whereabouts],
    by_hand: ByHand = NOTHING_BY_HAND,
    *,
    read_again: bool = True,
) -> Comparison:
    """Compare.

    Args:
        profile: the rack and its reader.
        read: what the reader said.
        expected: what the rack should hold, or last held.
        known: where the register has each tube that it knows of those read; a code that is not here is unknown.
        by_hand: what a person did since.
        read_again: whether the laboratory has a rack read again after a tube was lifted by hand.
    """
    seen = Evidence(profile, read, expected, by_hand)
    looks = {well: _look(seen, known, well) for well in profile.shape.wells}
    a1_agrees = looks[profile.shape.wells[0]] in AGREEING
    found = [
        *of_the_rack(seen, a1_agrees=a1_agrees, read_again=read_again),
        *_of_tubes(seen, known),
        *_of_wells(seen, known),
    ]
    order = profile.shape.order
    found.sort(key=lambda one: (_GRAVITY[one.kind], *(order(well) for well in one.wells if profile.shape.holds(well))))
    tubes = {well: one.code for well, one in seen.wells.items() if one.code}
    return Comparison(looks, tubes, tuple(found))


def _of_tubes(seen: Evidence, known: Mapping[str, Whereabouts]) -> Iterator[Found]:
    """Findings about codes that were read."""
    for code, wells in seen.seen_in.items():
        if len(wells) > 1:
            yield Found(Kind.DUPLICATE, wells, (code,), _home(seen, code), where=known.get(code))
        elif code not in seen.expected_in:
            yield Found(_stranger(code, known), wells, (code,), seen.should.get(wells[0], ""), where=known.get(code))
        elif code in seen.sound and code not in seen.turned and seen.at[code] != seen.home[code]:
            yield from _moved(seen, code)


def _of_wells(seen: Evidence, known: Mapping[str, Whereabouts]) -> Iterator[Found]:
    """Findings about wells, and about tubes that are expected and were not read."""
    for well, said in seen.read.twice.items():
        yield Found(Kind.CONTRADICTED, (well,), (), seen.should.get(well, ""), said=said)
    for scan in seen.refused_scans:
        expected = seen.should.get(scan.well, "")
        yield Found(Kind.OTHER_BY_HAND, (scan.well,), (scan.code,), expected, where=known.get(scan.code))
    for code, wells in seen.expected_in.items():
        if len(wells) > 1:
            yield Found(Kind.EXPECTED_TWICE, wells, (code,))
        elif _is_missing(seen, code, wells[0]):
            yield Found(Kind.MISSING, wells, (code,), code, left=_stands_in(seen, wells[0]))
    for well, one in seen.wells.items():
        if one.told is Told.NO_READ and (well in seen.should or seen.read.tells_empty):
            yield from _not_read(seen, well)
    not_told = tuple(well for well in seen.read.not_told if well not in seen.settled)
    if not_told:
        yield Found(Kind.NOT_TOLD, not_told)


def _is_missing(seen: Evidence, code: str, home: str) -> bool:
    """Whether a tube was read nowhere for certain, and its well says more than that it could not be read."""
    elsewhere = seen.seen_in.get(code, ())
    unsure = code not in seen.sound and len(elsewhere) < 2 and home not in elsewhere
    return unsure and seen.wells[home].told is not Told.NO_READ


def _not_read(seen: Evidence, well: str) -> Iterator[Found]:
    expected = seen.should.get(well, "")
    # Where the tube turned up in another well, a reader that takes an empty well for unread says nothing of this one.
    if expected not in seen.sound or seen.read.tells_empty:
        yield Found(Kind.NOT_READ, (well,), (expected,) if expected else (), expected)


def _moved(seen: Evidence, code: str) -> Iterator[Found]:
    left, now = seen.home[code], seen.at[code]
    other = seen.should.get(now, "")
    if not _changed_places(seen, code):
        yield Found(Kind.MOVED, (left, now), (code,), other, left=_stands_in(seen, left))
    elif seen.profile.shape.order(left) < seen.profile.shape.order(now):
        yield Found(Kind.SWAPPED, (left, now), (other, code))


def _changed_places(seen: Evidence, code: str) -> bool:
    other = seen.should.get(seen.at[code], "")
    return other in seen.sound and other not in seen.turned and seen.at[other] == seen.home[code]


def _stands_in(seen: Evidence, well: str) -> str:
    one = seen.wells[well]
    return one.code or one.told.value


def _home(seen: Evidence, code: str) -> str:
    return seen.home.get(code, "")


def _stranger(code: str, known: Mapping[str, Whereabouts]) -> Kind:
    if code not in known:
        return Kind.UNKNOWN
    return Kind.FOREIGN if known[code].elsewhere else Kind.EXTRA


def _look(seen: Evidence, known: Mapping[str, Whereabouts], well: str) -> Look:
    if well in seen.contradicted:
        return Look.CONTRADICTED
    one = seen.wells[well]
    if one.code:
        return _look_of_tube(seen, known, well, one.code)
    return _look_unread(seen, well) if one.told is Told.NO_READ else _look_empty(seen, well)


def _look_of_tube(seen: Evidence, known: Mapping[str, Whereabouts], well: str, code: str) -> Look:
    if len(seen.seen_in[code]) > 1 or len(seen.expected_in.get(code, ())) > 1:
        return Look.DUPLICATE
    if code not in seen.home:
        return Look(_stranger(code, known).value)
    if seen.home[code] == well:
        return Look.BY_HAND if well in seen.filled else Look.AGREES
    return _look_moved(seen, code)


def _look_moved(seen: Evidence, code: str) -> Look:
    if code in seen.turned:
        return Look.TURNED
    return Look.SWAPPED if code in seen.sound and _changed_places(seen, code) else Look.MOVED


def _look_empty(seen: Evidence, well: str) -> Look:
    expected = seen.should.get(well)
    if expected is None:
        return Look.EMPTY
    return _look_moved(seen, expected) if expected in seen.sound else Look.MISSING


def _look_unread(seen: Evidence, well: str) -> Look:
    expected = seen.should.get(well)
    told = well not in seen.read.not_told and not seen.read.tells_empty
    if told and expected is None:
        return Look.NO_CODE
    return _look_moved(seen, expected) if told and expected is not None and expected in seen.sound else Look.NOT_READ
