"""Findings about a rack as a whole: its code, its size, which way round it stands."""

from __future__ import annotations

from collections.abc import Iterator

from devices.values import RackDefect, RackFinding
from gms_desktop.domain.racks.evidence import Evidence
from gms_desktop.domain.racks.findings import Found, Kind


def of_the_rack(seen: Evidence, *, a1_agrees: bool, read_again: bool) -> Iterator[Found]:
    """The findings.

    Args:
        seen: what is known.
        a1_agrees: whether the tube expected in A1 was read there.
        read_again: whether the laboratory has a rack read again after a tube was lifted by hand.
    """
    yield from _size(seen)
    yield from _code(seen)
    yield from (Found(Kind.READER, one.positions, said=_said(one)) for one in seen.read.defects if _stands(seen, one))
    shape = seen.profile.shape
    if seen.turned:
        wells = tuple(sorted((seen.at[code] for code in seen.turned), key=shape.order))
        yield Found(Kind.TURNED, wells, tuple(seen.wells[well].code for well in wells))
    elif not (a1_agrees or seen.by_hand.corner_seen):
        a1 = shape.wells[0]
        yield Found(Kind.ORIENTATION, (a1,), expected=seen.should.get(a1, ""))
    if read_again and seen.by_hand.lifted:
        yield Found(Kind.READ_AGAIN, tuple(dict.fromkeys(one.well for one in seen.by_hand.scans)))


def _size(seen: Evidence) -> Iterator[Found]:
    """A read or a list of another size of rack. Each tube outside this one is named."""
    if seen.read.of_shape is not None:
        yield Found(Kind.WRONG_SIZE, (), (), f"{seen.read.of_shape.rows} × {seen.read.of_shape.columns}")
    for well, code in seen.read.outside.items():
        yield Found(Kind.WRONG_SIZE, (well,), (code,))
    for well, code in seen.expected.tubes.items():
        if not seen.profile.shape.holds(well):
            yield Found(Kind.WRONG_SIZE, (well,), (), code)


def _code(seen: Evidence) -> Iterator[Found]:
    """Whether it is the rack that is expected, by its own code as read and as scanned by hand."""
    codes = tuple(dict.fromkeys(code for code in (seen.read.rack, seen.by_hand.rack) if code))
    if not codes:
        yield Found(Kind.RACK_NOT_READ, expected=seen.expected.rack or "")
    elif len(codes) > 1 or seen.expected.rack not in (None, *codes):
        yield Found(Kind.WRONG_RACK, codes=codes, expected=seen.expected.rack or "")


def _stands(seen: Evidence, one: RackFinding) -> bool:
    """Whether what the reader found odd still is, after what a person did by hand."""
    if one.defect is RackDefect.RACK_ID_DISAGREES:
        return not seen.by_hand.rack
    return not one.positions or not seen.settled.issuperset(one.positions)


def _said(one: RackFinding) -> str:
    return f"{one.defect.value}: {one.detail}" if one.detail else one.defect.value
