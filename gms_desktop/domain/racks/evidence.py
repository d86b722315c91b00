"""What a read, what a person did by hand, and what is expected say together about each tube: before any finding."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from gms_desktop.domain.racks.profile import RackProfile
from gms_desktop.domain.racks.reads import NOT_READ, ByHand, HandScan, RackRead, Told, WellRead

# A tube that stands where it should speaks against a turned rack: two that changed places are not one.
_FEW = 4
_WORDS = re.compile(r"[\s|,;]+")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a rack should hold, or what it held when it was last known.

    Attributes:
        rack: its code; None where any rack is taken.
        tubes: the code of each well that should hold one, by well.
    """

    rack: str | None
    tubes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """All of it, with what follows from it. A tube scanned by hand counts as read only where nothing speaks against."""

    profile: RackProfile
    read: RackRead
    expected: Expected
    by_hand: ByHand

    @cached_property
    def should(self) -> dict[str, str]:
        """The tube of each well of this rack."""
        return {well: code for well, code in self.expected.tubes.items() if self.profile.shape.holds(well)}

    @cached_property
    def expected_in(self) -> dict[str, tuple[str, ...]]:
        """The wells in which each tube is expected."""
        return _by_code(self._in_order(self.should))

    @cached_property
    def home(self) -> dict[str, str]:
        """The well of each tube that is expected in one only."""
        return {code: wells[0] for code, wells in self.expected_in.items() if len(wells) == 1}

    @cached_property
    def refused_scans(self) -> tuple[HandScan, ...]:
        """Hand scans of another code than the well's, or of a tube that was read elsewhere: they fill nothing."""
        read = set(self.read.codes)
        wrong = {one.well for one in self.by_hand.scans if not (self._fills(one, read) or self._was_read(one))}
        return tuple(dict.fromkeys(one for one in self.by_hand.scans if one.well in wrong))

    @cached_property
    def filled(self) -> dict[str, str]:
        """The wells filled by hand with their tubes."""
        wrong = {one.well for one in self.refused_scans}
        scans = [one for one in self.by_hand.scans if one.well not in wrong]
        return {one.well: one.code for one in scans if not self._was_read(one)}

    @cached_property
    def by_eye(self) -> frozenset[str]:
        """The wells that could not be read and that a person found empty."""
        unread = {well for well, one in self.read.wells.items() if one.told is Told.NO_READ}
        return (self.by_hand.empty & unread) - self.contradicted - self.filled.keys()

    @cached_property
    def settled(self) -> frozenset[str]:
        """The wells that a person filled or found empty: what the reader could not say of them is said."""
        return self.by_eye | self.filled.keys()

    @cached_property
    def wells(self) -> dict[str, WellRead]:
        """Every well, with what was filled or found empty by hand."""
        return {well: self._well(well, one) for well, one in self.read.wells.items()}

    @cached_property
    def seen_in(self) -> dict[str, tuple[str, ...]]:
        """The wells in which each code was read, or was among what was said of one well."""
        read = [(well, one.code) for well, one in self.wells.items() if one.code]
        named = {*self.expected_in, *(code for _, code in read)}
        words = {well: set(_WORDS.split(said)) for well, said in self.read.twice.items()}
        read += [(well, code) for well, said in words.items() for code in sorted(named & said)]
        return _by_code(sorted(read, key=lambda one: self.profile.shape.order(one[0])))

    @cached_property
    def at(self) -> dict[str, str]:
        """The well of each tube that was read in one only."""
        return {code: wells[0] for code, wells in self.seen_in.items() if len(wells) == 1}

    @cached_property
    def contradicted(self) -> frozenset[str]:
        """Wells of which two things were said, by the reader or by a scan by hand."""
        return frozenset(self.read.twice) | {one.well for one in self.refused_scans}

    @cached_property
    def sound(self) -> frozenset[str]:
        """Tubes expected in one well and read in one, nothing contradicted: they agree, or were moved."""
        both = self.home.keys() & self.at.keys()
        return frozenset(code for code in both if self.at[code] not in self.contradicted)

    @cached_property
    def turned(self) -> frozenset[str]:
        """The tubes that would agree if the rack were turned by 180°, where that is what most of them say."""
        shape = self.profile.shape
        turned = {code for code in self.sound if self.at[code] == shape.turned(self.home[code])}
        straight = sum(self.at[code] == self.home[code] for code in self.sound if self.at[code] not in self.filled)
        says_so = len(turned) > max(1, _FEW * straight) and 2 * len(turned) > len(self.sound)
        return frozenset(turned) if says_so else frozenset()

    def _fills(self, scan: HandScan, read: set[str]) -> bool:
        well, code = scan.well, scan.code
        unread = self.read.wells.get(well) == NOT_READ and well not in self.read.twice
        return unread and self.expected_in.get(code) == (well,) and code not in read

    def _was_read(self, scan: HandScan) -> bool:
        return self.read.wells.get(scan.well) == WellRead(Told.TUBE, scan.code)

    def _well(self, well: str, one: WellRead) -> WellRead:
        if well in self.filled:
            return WellRead(Told.TUBE, self.filled[well])
        return WellRead(Told.EMPTY) if well in self.by_eye else one

    def _in_order(self, tubes: Mapping[str, str]) -> list[tuple[str, str]]:
        return sorted(tubes.items(), key=lambda one: self.profile.shape.order(one[0]))


def _by_code(tubes: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for well, code in tubes:
        found[code].append(well)
    return {code: tuple(wells) for code, wells in found.items()}
