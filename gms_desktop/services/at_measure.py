"""What a bench remembers of a run before it is saved, and may forget in a crash: the instrument's file is still there.

The bench has it from its start on: what reads and judges runs is loaded with the first of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.instruments.mapped.pointing import Pointed
    from devices.instruments.rows import Rows
    from devices.measured import InstrumentRun
    from devices.values import Weight
    from gms_desktop.domain.readings.matching import Item
    from gms_desktop.register.ledger import Ledger
    from gms_desktop.services.limit_preview import Preview


_SAVED_AT_ONCE = 100
_PAINTED_EVERY = 1_000


@dataclass(frozen=True)
class Affected:
    """A tube whose word a change of the limits would change: what it is, what was measured, before and after."""

    code: str
    number: str
    kind: str
    values: str
    before: str
    after: str


@dataclass(frozen=True)
class AtLimits:
    """The limits are in view: the text of a change that is not proposed yet, and whom a change would affect."""

    drafted: str = ""
    preview: Preview | None = None


@dataclass(frozen=True)
class AtTable:
    """The laboratory's own tables are in view; with a file, one is being pointed at.

    Attributes:
        file, sheets: the file that is pointed at, with the first rows of each of its sheets.
        sheet, line: which sheet, and the line of its headings.
        pointed: what was said of its columns.
        asked: the columns that were asked about.
        name, instrument: what the table is called, and what it is of, where that is known.
        seen: the proposal that was in view, by its hash.
    """

    file: str = ""
    sheets: tuple[Rows, ...] = ()
    sheet: int = 0
    line: int = 0
    pointed: Pointed | None = None
    asked: frozenset[int] = frozenset()
    name: str = ""
    instrument: str = ""
    seen: str = ""


@dataclass(frozen=True)
class AtMeasure:
    """The work at one file, or at a reading that waits.

    Attributes:
        file: the file's name; empty where no file is open.
        content, sha256: its bytes and their hash.
        instrument: what wrote it, as its reader calls it.
        runs: what it says.
        by_hand: tubes that were scanned for a position, by run and place in it.
        named: the position that the next tube is scanned for.
        rack: the rack that was scanned for this run.
        plate: the plate that was scanned for it.
        by_order: whether samples are matched to the rack's tubes in the order of the run.
        written: how its dates and numbers are written, as a person said of this file.
        seen: whether a person looked at both sides of matches that stand on place or order alone.
        pan: what was scanned to be weighed next.
        tare: what the balance was tared by for it; none where it was not tared from here.
        waiting: the reading without a tube that the next tube is scanned for.
        limits: the laboratory's limits, where they are in view instead.
        table: the laboratory's own tables, where they are.
    """

    file: str = ""
    content: bytes = b""
    sha256: str = ""
    instrument: str = ""
    runs: tuple[InstrumentRun, ...] = ()
    by_hand: tuple[tuple[tuple[int, int], Item], ...] = ()
    named: tuple[int, int] | None = None
    rack: str = ""
    plate: str = ""
    by_order: bool = False
    written: tuple[str, ...] = ()
    seen: bool = False
    waiting: str = ""
    pan: Item | None = None
    tare: Weight | None = None
    limits: AtLimits | None = None
    table: AtTable | None = None

    @property
    def is_large(self) -> bool:
        """Whether so much stands in the file that it is saved in slices, between which scans go first."""
        return sum(len(run.measured) for run in self.runs) > _SAVED_AT_ONCE

    def out_of_hand(self) -> AtMeasure:
        """The file stays open for whoever signs in; what was looked at, and whose tube comes next, is one person's."""
        return replace(self, named=None, waiting="", pan=None, tare=None, seen=False, limits=None, table=None)


def look_on(at: AtMeasure, ledger: Ledger, changed: Callable[[], None]) -> bool:
    """Look on at whom a change of the limits affects, for as long as a scan may wait; whether more is left to look at.

    Args:
        at: the work at measurements.
        ledger: the bench's.
        changed: told when what is in view should be painted again.
    """
    seen = at.limits.preview if at.limits else None
    if seen is None or seen.done:
        return False
    painted = seen.tubes // _PAINTED_EVERY
    seen.go_on(ledger.db)
    if seen.done or seen.tubes // _PAINTED_EVERY > painted:
        changed()
    return not seen.done
