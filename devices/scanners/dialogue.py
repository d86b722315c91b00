"""How a scanner and its bench talk: what is made of bytes that come, and what is said back. Pure, no line, no clock.

A scanner that only sends is answered nothing. One that waits for its host stays silent until the bench has judged the
scan, so that its own sound says whether it was the right tube in the right place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from devices.scanners.framing import Framer, Framing
from devices.values import Judged, Scan


@dataclass(frozen=True)
class Heard:
    """What came of bytes, or of silence.

    Attributes:
        scans: codes that are complete now.
        reply: bytes to send at once.
    """

    scans: tuple[Scan, ...] = ()
    reply: bytes = b""


NOTHING = Heard()


class Dialogue(Protocol):
    """One scanner's way of talking, kept for as long as the scanner is this bench's, through every replugging."""

    @property
    def name(self) -> str:
        """As the settings name it."""
        ...

    @property
    def awaits_verdict(self) -> bool:
        """Whether the scanner is told what became of each scan."""
        ...

    @property
    def pending(self) -> bool:
        """Whether silence means something now: then :meth:`silent` is called after a short one."""
        ...

    @property
    def remark(self) -> tuple[bool, str]:
        """Whether the scanner can be worked with, and what is to be said of it beside its port."""
        ...

    def opened(self) -> bytes:
        """A line has just been opened: what is said first."""
        ...

    def heard(self, data: bytes, at: datetime) -> Heard:
        """Bytes came."""
        ...

    def silent(self, at: datetime) -> Heard:
        """No byte came for a while."""
        ...

    def lost(self, at: datetime) -> tuple[Scan, ...]:
        """The line is gone: what was begun and never ended."""
        ...

    def verdict(self, judged: Judged) -> bytes:
        """What is said to the scanner of the scan handed over last."""
        ...


class Plain:
    """A scanner that sends its codes, each with a terminator, and hears nothing."""

    name = "plain"
    awaits_verdict = False
    remark = (True, "")

    def __init__(self, framing: Framing, source: str) -> None:
        self._framer = Framer(framing, source)

    @property
    def pending(self) -> bool:
        """A frame has begun."""
        return bool(self._framer.pending)

    def opened(self) -> bytes:
        """Nothing."""
        return b""

    def heard(self, data: bytes, at: datetime) -> Heard:
        """The frames that these bytes complete."""
        return Heard(tuple(self._framer.feed(data, at)))

    def silent(self, at: datetime) -> Heard:
        """A frame whose terminator does not come is handed over, marked."""
        return Heard(tuple(self._framer.flush(at)))

    def lost(self, at: datetime) -> tuple[Scan, ...]:
        """Likewise."""
        return tuple(self._framer.flush(at))

    def verdict(self, judged: Judged) -> bytes:  # noqa: ARG002  (it hears nothing)
        """Nothing."""
        return b""


class HostAck(Plain):
    """A Honeywell scanner with Host ACK on: silent after each code until it is told how it was, or its time is up.

    Source: Honeywell Xenon and Granit user guides, "Host ACK". The comma belongs to each string. The scanner scans
    nothing until it is told, and sounds an error of its own after 10 s (as set: 1 to 90 s).
    """

    name = "host-ack"
    awaits_verdict = True

    def verdict(self, judged: Judged) -> bytes:
        """Its good-read beep, its razz twice, or a low and a high beep for a question."""
        return HOST_ACK_SAYS[judged]


_RAZZ = b"\x1b8,"
HOST_ACK_SAYS = {
    Judged.RIGHT: b"\x1b7,",
    Judged.WRONG: _RAZZ * 2,
    Judged.QUESTION: b"\x1b4,\x1b6,",
    # Not judged in time is no good read: whoever scans must look at the screen, and hears so.
    Judged.UNJUDGED: _RAZZ * 2,
}
