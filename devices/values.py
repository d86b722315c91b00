"""What devices hand over: frozen values with their raw bytes, and nothing about specimens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Entered(StrEnum):
    """How a code came in."""

    SCANNED = "scanned"
    TYPED = "typed"


@dataclass(frozen=True)
class Keyed:
    """The rhythm of a burst of keys.

    Attributes:
        keys: how many came, prefix and terminator among them.
        median_ms: the middle one of the gaps between them, in whole milliseconds.
        longest_ms: the longest gap.
        prefixed: whether it began with the prefix that the scanner is set to type.
        layout_known: whether that prefix, seen as it is, shows that scanner and computer have one layout.
    """

    keys: int
    median_ms: int
    longest_ms: int
    prefixed: bool
    layout_known: bool = False


@dataclass(frozen=True)
class Scan:
    """One code as it arrived.

    Attributes:
        raw: the bytes as they came, before any interpretation.
        text: the code without prefix, terminator and AIM identifier, otherwise as it came.
        symbology: the AIM identifier (``]d1``) when the scanner sent one.
        at: when the last byte arrived, aware UTC.
        source: the name of the device, or of the keyboard.
        entered: scanned, or typed by a person.
        faults: what was wrong with the bytes (``not text``, ``NUL``, ``cut``), empty for a clean scan.
        keyed: how its keys came, for a scanner that types and for a person: why it was taken for the one or the other.
        repaired: which keyboard state was put right in ``text``; ``raw`` is as it came. Empty when nothing was.
    """

    raw: bytes
    text: str
    symbology: str | None
    at: datetime
    source: str
    entered: Entered = Entered.SCANNED
    faults: tuple[str, ...] = ()
    keyed: Keyed | None = None
    repaired: str = ""


class Judged(StrEnum):
    """What the bench made of a scan, as the scanner that sent it is told."""

    RIGHT = "right"
    WRONG = "wrong"
    QUESTION = "question"
    UNJUDGED = "unjudged"


class DeviceState(StrEnum):
    """Whether a device can be worked with now."""

    READY = "ready"
    BUSY = "busy"
    AWAY = "away"
    FAULT = "fault"


@dataclass(frozen=True)
class DeviceReport:
    """A device's state at one moment, with the words of its own it gave."""

    name: str
    state: DeviceState
    detail: str
    at: datetime


class PrinterCondition(StrEnum):
    """What a label printer says of itself; silence is a condition of its own."""

    READY = "ready"
    PAUSED = "paused"
    PAPER_OUT = "paper out"
    RIBBON_OUT = "ribbon out"
    HEAD_OPEN = "head open"
    BUFFER_FULL = "buffer full"
    JAM = "jam"
    CUTTER = "cutter fault"
    TOO_HOT = "too hot"
    TOO_COLD = "too cold"
    PRINT_HEAD = "print head fault"
    CORRUPT_RAM = "settings lost"
    DIAGNOSTIC = "diagnostic mode"
    FAULT = "fault"
    HALF_REPLY = "half a reply"
    GARBLED = "garbled reply"
    SILENT = "silent"
    NOT_TAKEN = "labels not taken"
    NO_ROOM = "no room"
    READ_ONLY = "may not be written"
    NO_QUEUE = "no such queue"
    REFUSING = "takes no jobs"
    UNREACHABLE = "unreachable"
    OTHER_RESOLUTION = "another resolution"
    """Said by whoever knows which resolution labels are made for; no printer says it of itself."""
    NOT_RELEASED = "layout not released"
    """Said by whoever knows that nobody has scanned the last label of a layout that is new to the printer."""


class PrinterWarning(StrEnum):
    """What a printer that still prints wants to have seen to."""

    CALIBRATE = "calibrate"
    CLEAN_HEAD = "clean head"
    REPLACE_HEAD = "replace head"
    PAPER_LOW = "paper low"
    RIBBON_LOW = "ribbon low"


@dataclass(frozen=True)
class PrinterStatus:
    """A printer's condition with the raw reply it was read from.

    Attributes:
        condition: the one thing to see to first.
        raw: the bytes of the answer.
        at: when it was asked, aware UTC.
        also: what else is wrong, in the order in which to see to it.
        warnings: what will be wrong soon.
        remaining: labels still to print of the batch that the printer is at, where it says so.
        formats: labels behind that batch, in its receive buffer.
        detail: the reason in the words of the operating system, where there is one.
    """

    condition: PrinterCondition
    raw: bytes
    at: datetime
    also: tuple[PrinterCondition, ...] = ()
    warnings: tuple[PrinterWarning, ...] = ()
    remaining: int | None = None
    detail: str = ""
    formats: int | None = None

    @property
    def holds(self) -> int | None:
        """How many labels the printer has and has not printed, whoever sent them; None where it does not say."""
        return None if self.remaining is None else self.remaining + (self.formats or 0)


class Sent(StrEnum):
    """What became of bytes given to a printer. A connection lost after the first byte is ``unknown``."""

    SENT = "sent"
    NOT_SENT = "not sent"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class RackShape:
    """How many rows and columns of wells a rack has."""

    rows: int
    columns: int

    @property
    def positions(self) -> tuple[str, ...]:
        """Each well's name, ``A01`` first, row by row."""
        return tuple(self.position(row, column) for row in range(self.rows) for column in range(self.columns))

    @property
    def positions_by_column(self) -> tuple[str, ...]:
        """Each well's name, ``A01`` first, column by column."""
        return tuple(self.position(row, column) for column in range(self.columns) for row in range(self.rows))

    def position(self, row: int, column: int) -> str:
        """The name of a well, both counted from nought."""
        return f"{chr(ord('A') + row)}{column + 1:02d}"

    def __str__(self) -> str:
        return f"{self.rows} × {self.columns}"


RACK_24 = RackShape(4, 6)
RACK_48 = RackShape(6, 8)
RACK_96 = RackShape(8, 12)
RACK_384 = RackShape(16, 24)
BOX_81 = RackShape(9, 9)
BOX_100 = RackShape(10, 10)
RACK_SHAPES = (RACK_24, RACK_48, BOX_81, RACK_96, BOX_100, RACK_384)


class WellState(StrEnum):
    """What a rack reader said of one well, and no more than it said.

    ``not said``: its answer leaves the well out, or says two things of it. That is never an empty well.
    """

    TUBE = "tube"
    EMPTY = "empty"
    NO_READ = "no read"
    NOT_SAID = "not said"


@dataclass(frozen=True)
class Well:
    """One well as the reader has it.

    Attributes:
        position: ``A01``.
        state: what the reader said.
        code: the tube's code, as text with its leading zeros; empty unless there is a tube.
        raw: the reader's own words for this well, as they came.
    """

    position: str
    state: WellState
    code: str = ""
    raw: str = ""


class RackIdState(StrEnum):
    """Whether the rack has said who it is. ``disagrees``: it was given twice, differently."""

    READ = "read"
    NO_READ = "no read"
    NOT_SAID = "not said"
    DISAGREES = "disagrees"


@dataclass(frozen=True)
class RackId:
    """The rack's own code.

    Attributes:
        state: whether there is one.
        code: the code; empty unless it was read.
        source: where it was read: ``1d_rackid_1``, ``2d_rackid_1`` (side or bottom), ``column``, ``header``,
            ``file name``.
        raw: what was given for it, as it came; every one of them where they disagree.
    """

    state: RackIdState = RackIdState.NOT_SAID
    code: str = ""
    source: str = ""
    raw: str = ""


class RackDefect(StrEnum):
    """What is odd about a reading of a rack. None is put right: what it touches is left out and named."""

    CODE_TWICE = "one code in two wells"
    POSITION_TWICE = "one well named twice"
    POSITION_OUTSIDE = "a well outside the rack"
    WELLS_NOT_SAID = "wells left out"
    OTHER_SIZE = "another size of rack"
    TUBE_COUNT = "another number of tubes"
    RACK_ID_DISAGREES = "two rack codes"
    STATUS_DISAGREES = "code and status disagree"
    LINE_NOT_UNDERSTOOD = "a line not understood"
    TEXT_NOT_A_CODE = "text that is no code"
    CODE_IS_A_NUMBER = "a code kept as a number"
    CUT = "cut off"


@dataclass(frozen=True)
class RackFinding:
    """One odd thing, with the wells it touches and the reader's own text."""

    defect: RackDefect
    positions: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True)
class RackScan:
    """What a reader made of a rack. Every well of the shape stands in it once, row by row.

    Attributes:
        reader: the device's name at this bench, or the file's name.
        dialect: how it spoke: ``fluidx remote``, ``D1`` …
        at: when the last byte of it arrived, aware UTC; for a file, when it was written.
        shape: the rack's size.
        wells: each well.
        rack_id: the rack's own code.
        tells_empty: whether this reader can be trusted to tell an empty well from a tube it cannot read. Where not,
            ``empty`` and ``no read`` say the same: no tube was read there.
        raw: all bytes it was read from.
        findings: what is odd about it.
        own_time: when it was read in the reader's own words, where it says so.
    """

    reader: str
    dialect: str
    at: datetime
    shape: RackShape
    wells: tuple[Well, ...]
    rack_id: RackId
    tells_empty: bool
    raw: bytes
    findings: tuple[RackFinding, ...] = ()
    own_time: str = ""

    def __post_init__(self) -> None:
        if tuple(well.position for well in self.wells) != self.shape.positions:
            raise ValueError(f"a {self.shape} rack has each of its wells once, row by row")
        if any((well.state is WellState.TUBE) != bool(well.code) for well in self.wells):
            raise ValueError("a well has a code when a tube was read there, and only then")

    @property
    def tubes(self) -> dict[str, str]:
        """The code read in each well that has one. Two wells may have the same."""
        return {well.position: well.code for well in self.wells if well.code}


class RackReaderState(StrEnum):
    """How an attempt to read a rack ended; every ending but ``read`` leaves no rack to go by."""

    READ = "read"
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    HUNG_UP = "hung up"
    STOPPED_HALF_WAY = "stopped half way"
    GARBLED = "garbled"
    OLD_SCAN = "old scan"
    BUSY = "busy"
    RACK_REVERSED = "rack reversed"
    NO_SUCH_PROFILE = "no such profile"
    SCANNER_AWAY = "scanner away"
    SUFFIX_NOT_SET = "suffix not set"
    REFUSED = "refused"
    FAULT = "fault"
    NOTHING_SCANNED = "nothing scanned"
    NO_FILE = "no file"
    FILE_IN_USE = "file in use"
    SEVERAL_FILES = "several files"
    NOT_A_RACK_FILE = "not a rack file"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class RackReading:
    """An attempt to read a rack.

    Attributes:
        state: how it ended.
        scan: the rack; none unless it was read to its end.
        raw: every byte that came, of a half answer too.
        detail: the reason in the words of the device or the operating system.
        at: when it ended, aware UTC.
    """

    state: RackReaderState
    scan: RackScan | None
    raw: bytes
    at: datetime
    detail: str = ""

    def __post_init__(self) -> None:
        if (self.state is RackReaderState.READ) != (self.scan is not None):
            raise ValueError("there is a rack when it was read, and only then")


class Weighing(StrEnum):
    """How it stands with a balance's pan. Only ``at rest`` is a weight that may be kept."""

    AT_REST = "at rest"
    MOVING = "moving"
    OVERLOAD = "overload"
    UNDERLOAD = "underload"
    BUSY = "busy"
    ERROR = "error"
    UNIT_UNKNOWN = "a unit that is none of mass"
    NOT_UNDERSTOOD = "not understood"
    SILENT = "silent"
    AWAY = "away"


@dataclass(frozen=True)
class Weight:
    """What a balance said when it was asked.

    Attributes:
        state: how it stands with the pan.
        raw: the line as it came, without its end; empty where none came.
        value: in ``unit``, at rest or moving; none otherwise.
        unit: ``g``; empty where the line names none, which only a moving weight may.
        raw_unit: the unit as the line has it.
        detail: the balance's error, or the system's words for a line that cannot be had.
    """

    state: Weighing
    raw: str = ""
    value: Decimal | None = None
    unit: str = ""
    raw_unit: str = ""
    detail: str = ""

    def __post_init__(self) -> None:
        if (self.value is not None) is not (self.state in {Weighing.AT_REST, Weighing.MOVING}):
            raise ValueError("a pan at rest or moving has a weight, and no other")
        if self.state is Weighing.AT_REST and not self.unit:
            raise ValueError("a weight without its unit has not come to rest")

    @property
    def stable(self) -> bool:
        """Whether it may be kept."""
        return self.state is Weighing.AT_REST


@dataclass(frozen=True)
class Tare:
    """What came of taring a balance.

    Attributes:
        tared: whether it counts from what lies on it.
        container: what lay on it, at rest, as it was tared; where it was not, what stands in the way.
        after: what the balance said afterwards; none where it was not asked to tare.
    """

    tared: bool
    container: Weight
    after: Weight | None = None
