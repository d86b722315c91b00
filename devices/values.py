"""What devices hand over: frozen values with their raw bytes, and nothing about specimens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
        keyed: how its keys came, for a scanner that types: why it was taken for a scanner and not for a person.
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
