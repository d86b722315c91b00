"""What one read of a rack said, well by well, and what a person did about it by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from devices.values import RackDefect, RackFinding, RackScan
from devices.values import WellState as Said
from gms_desktop.domain.racks.profile import RackProfile
from gms_desktop.domain.racks.wells import Shape

NAMED_BY_THEMSELVES = frozenset({RackDefect.POSITION_TWICE, RackDefect.WELLS_NOT_SAID, RackDefect.OTHER_SIZE})
"""Defects of a reading that the comparison finds and names itself."""


class Told(StrEnum):
    """What a reader said of a well."""

    TUBE = "tube"
    EMPTY = "empty"
    NO_READ = "no read"


class WellState(StrEnum):
    """What a well is, as far as one read by itself and the register's list of codes tell."""

    TUBE = "tube"
    EMPTY = "empty"
    NO_READ = "no read"
    DUPLICATE = "duplicate"
    UNKNOWN_CODE = "unknown code"


@dataclass(frozen=True, slots=True)
class WellRead:
    """What was said of one well; ``code`` is empty unless it is a tube."""

    told: Told
    code: str = ""


NOT_READ = WellRead(Told.NO_READ)


@dataclass(frozen=True, slots=True)
class RackRead:
    """One read of a rack.

    Attributes:
        rack: the rack's code; None where it was not read, or given twice, differently.
        wells: every well of the rack.
        tells_empty: whether "empty" may be told from "no read"; where not, every well without a code is "no read".
        not_told: wells of which the reply said nothing. They count as not read, never as empty.
        twice: wells of which the reply said different things, with all that it said.
        outside: what was told of a well that the rack does not have, by the well.
        of_shape: the size of rack that was read, where it is another than the profile's.
        defects: what else is odd about the reading.
    """

    rack: str | None
    wells: Mapping[str, WellRead]
    tells_empty: bool
    not_told: tuple[str, ...] = ()
    twice: Mapping[str, str] = field(default_factory=dict)
    outside: Mapping[str, str] = field(default_factory=dict)
    of_shape: Shape | None = None
    defects: tuple[RackFinding, ...] = ()

    @property
    def codes(self) -> list[str]:
        """The codes of the wells, one for each well that has one."""
        return [one.code for one in self.wells.values() if one.code]

    def states(self, known: Container[str]) -> dict[str, WellState]:
        """What each well is.

        Args:
            known: the codes that the register knows.
        """
        often = Counter(self.codes)
        return {well: _state(one, often[one.code], known) for well, one in self.wells.items()}


@dataclass(frozen=True, slots=True)
class HandScan:
    """One tube's code scanned by hand for the well that was named on screen."""

    well: str
    code: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a person did since the rack was last read.

    Attributes:
        scans: tubes scanned by hand, in order.
        empty: wells that a person looked into and found empty.
        rack: the rack's code, scanned by hand.
        corner_seen: whether a person confirmed that A1 is where the screen shows it.
        lifted: whether a tube was lifted or moved since the rack was last read.
    """

    scans: tuple[HandScan, ...] = ()
    empty: frozenset[str] = frozenset()
    rack: str | None = None
    corner_seen: bool = False
    lifted: bool = False

    def scanned(self, well: str, code: str) -> ByHand:
        """A tube was taken up, scanned and put back."""
        return replace(self, scans=(*self.scans, HandScan(well, code)), lifted=True)

    def found_empty(self, wells: Iterable[str]) -> ByHand:
        """A person looked into these wells and found no tube."""
        return replace(self, empty=self.empty | frozenset(wells))

    def read_again(self, filled: Iterable[str]) -> ByHand:
        """What still counts after the rack was read again: the tubes scanned into ``filled``, nothing seen by eye."""
        kept = frozenset(filled)
        return ByHand(scans=tuple(one for one in self.scans if one.well in kept))


NOTHING_BY_HAND = ByHand()


def rack_read(profile: RackProfile, scan: RackScan) -> RackRead:
    """What a reader handed over, as this rack.

    Args:
        profile: the rack and its reader, as the laboratory knows them.
        scan: the reading.
    """
    shape, tells_empty = profile.shape, profile.tells_empty and scan.tells_empty
    said = {one.position: one for one in scan.wells}
    twice = {well: _of(scan, well) for well in _touched(scan, RackDefect.POSITION_TWICE) if shape.holds(well)}
    not_told = [well for well in shape.wells if well not in said or said[well].state is Said.NOT_SAID]
    beyond = {well: one.code for well, one in said.items() if one.code and not shape.holds(well)}
    size = Shape(scan.shape.rows, scan.shape.columns)
    return RackRead(
        rack=scan.rack_id.code or None,
        wells={well: _well(said[well].code, said[well].state, tells_empty) for well in shape.wells if well in said}
        | dict.fromkeys(not_told, NOT_READ),
        tells_empty=tells_empty,
        not_told=tuple(well for well in not_told if well not in twice),
        twice=twice,
        outside=beyond,
        of_shape=None if size == shape else size,
        defects=tuple(one for one in scan.findings if _is_news(scan, one)),
    )


def _is_news(scan: RackScan, one: RackFinding) -> bool:
    """Whether the comparison would not find it by itself. Codes alike but for their case are two codes there."""
    if one.defect is RackDefect.CODE_TWICE:
        return len({scan.tubes.get(well) for well in one.positions}) > 1
    return one.defect not in NAMED_BY_THEMSELVES


def _touched(scan: RackScan, defect: RackDefect) -> list[str]:
    return [well for one in scan.findings if one.defect is defect for well in one.positions]


def _of(scan: RackScan, well: str) -> str:
    """All that the reader said of a well."""
    said = [one.raw or one.code for one in scan.wells if one.position == well]
    said += [one.detail for one in scan.findings if well in one.positions]
    return " | ".join(dict.fromkeys(one for one in said if one))


def _well(code: str, state: Said, tells_empty: bool) -> WellRead:
    if state is Said.TUBE:
        return WellRead(Told.TUBE, code)
    return WellRead(Told.EMPTY) if state is Said.EMPTY and tells_empty else NOT_READ


def _state(one: WellRead, often: int, known: Container[str]) -> WellState:
    if one.told is not Told.TUBE:
        return WellState(one.told.value)
    if often > 1:
        return WellState.DUPLICATE
    return WellState.TUBE if one.code in known else WellState.UNKNOWN_CODE
