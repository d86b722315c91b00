"""Zebra SSI from the host's side: every decode is acknowledged, counted once, and answered with a beep. Pure.

What is damaged is thrown away until the line is silent, then asked for again: in a stream of garbage no packet is
looked for, so none is found that was never sent. A packet that the scanner sends again because our CMD_ACK was lost is
acknowledged and not counted.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from devices.scanners.dialogue import NOTHING, Heard
from devices.scanners.framing import Framing, interpret
from devices.scanners.ssi_packet import SCANNER, SYMBOLOGIES, Beep, Cause, Opcode, Packet, first_packet
from devices.values import Judged, Scan

CHECKSUM = "checksum"
NOT_SSI = (
    "The port opens, but no scanner answers in Zebra SSI. Scan “SSI” in the scanner's guide, or choose Codes alone "
    "(plain)."
)

_TRIES = 3
# So many short silences after asking for a packet again: the scanner gives up after 2 s by itself.
_WAITS = 4
# A scanner sends a packet again twice at most, each time after 9.9 s at most (host response time-out).
_SENT_AGAIN_WITHIN = timedelta(seconds=30)
_SAYS = {
    Judged.RIGHT: (Packet(Opcode.BEEP, bytes((Beep.ONE_SHORT_HIGH,))), Packet(Opcode.LED_ON, b"\x01")),
    Judged.WRONG: (Packet(Opcode.BEEP, bytes((Beep.FOUR_SHORT_LOW,))), Packet(Opcode.LED_OFF, b"\x01")),
    Judged.QUESTION: (Packet(Opcode.BEEP, bytes((Beep.LOW_HIGH,))), Packet(Opcode.LED_OFF, b"\x01")),
    Judged.UNJUDGED: (Packet(Opcode.BEEP, bytes((Beep.FOUR_SHORT_LOW,))), Packet(Opcode.LED_OFF, b"\x01")),
}
_ACK = Packet(Opcode.CMD_ACK).to_bytes()
_AGAIN = Packet(Opcode.CMD_NAK, bytes((Cause.RESEND,))).to_bytes()


class Ssi:
    """The host's side of SSI with one scanner.

    Its light is on while the last scan was right. Its own decode beep must be off, or it beeps twice.

    Args:
        framing: prefix and suffix that the scanner is set to put around each code; the terminator too when it has one.
        source: the scanner's name.
    """

    name = "ssi"
    awaits_verdict = True

    def __init__(self, framing: Framing, source: str) -> None:
        self._framing, self._source = framing, source
        self._bytes = bytearray()
        self._damaged = bytearray()
        self._deaf = False
        self._asked_again = self._waited = 0
        self._counted: tuple[bytes, datetime] | None = None
        self._parts: list[tuple[bytes, bytes]] = []
        self._said: list[Packet] = []
        self._tries = 0
        self._answers, self._revision = True, ""

    @property
    def pending(self) -> bool:
        """Half a packet, damage, a code whose rest is awaited, or a command that is not acknowledged."""
        return bool(self._bytes or self._damaged or self._parts or self._said)

    @property
    def remark(self) -> tuple[bool, str]:
        """What the scanner said of itself, or that it does not answer."""
        return self._answers, self._revision if self._answers else NOT_SSI

    def opened(self) -> bytes:
        """Ask who is there."""
        self._said.clear()
        self._bytes.clear()
        self._deaf = False
        return self._say((Packet(Opcode.REQUEST_REVISION),))

    def heard(self, data: bytes, at: datetime) -> Heard:
        """Take the packets that these bytes complete."""
        self._waited = 0
        if self._deaf:
            self._damaged += data
            return NOTHING
        self._bytes += data
        scans: list[Scan] = []
        reply = b""
        while not self._deaf and (packet := self._next()) is not None:
            reply += self._taken(*packet, at, scans)
        return Heard(tuple(scans), reply)

    def _next(self) -> tuple[Packet, bytes] | None:
        cut = first_packet(self._bytes)
        if cut.damaged:
            self._damaged += self._bytes
            self._bytes.clear()
            self._deaf = True
        if cut.packet is None:
            return None
        raw = bytes(self._bytes[: cut.length])
        del self._bytes[: cut.length]
        return cut.packet, raw

    def _taken(self, packet: Packet, raw: bytes, at: datetime, scans: list[Scan]) -> bytes:
        if packet.source != SCANNER:
            return b""  # our own words, echoed by a line that is wired so
        self._answers, self._asked_again = True, 0
        self._damaged.clear()
        if packet.opcode == Opcode.CMD_ACK:
            return self._said_well()
        if packet.opcode == Opcode.CMD_NAK:
            return self._not_taken(packet.data[:1])
        if packet.opcode == Opcode.DECODE_DATA:
            self._decoded(packet, raw, at, scans)
            return _ACK
        if packet.opcode == Opcode.REPLY_REVISION:
            self._revision = " ".join(packet.data.decode("ascii", "replace").split())
            asked = self._said[:1] and self._said[0].opcode == Opcode.REQUEST_REVISION
            return _ACK + (self._said_well() if asked else b"")
        return _ACK

    def _decoded(self, packet: Packet, raw: bytes, at: datetime, scans: list[Scan]) -> None:
        if packet.resent and self._had(packet.data, at):
            return
        self._counted = (packet.data, at)
        self._parts.append((packet.data, raw))
        if packet.continues:
            return
        first = self._parts[0][0]
        code = b"".join(data[1:] for data, _ in self._parts)
        whole = b"".join(raw for _, raw in self._parts)
        self._parts.clear()
        scans.append(self._scan(first[:1], code, whole, at))

    def _had(self, data: bytes, at: datetime) -> bool:
        return self._counted is not None and self._counted[0] == data and at - self._counted[1] < _SENT_AGAIN_WITHIN

    def _scan(self, kind: bytes, code: bytes, raw: bytes, at: datetime) -> Scan:
        said = interpret(code, self._framing, at, self._source)
        known = SYMBOLOGIES.get(kind[0]) if kind else None
        return Scan(raw, said.text, said.symbology or known, at, self._source, faults=said.faults)

    def silent(self, at: datetime) -> Heard:
        """Ask again for what was damaged or cut, and say again what was not acknowledged."""
        if self._bytes or self._deaf:
            self._damaged += self._bytes
            self._bytes.clear()
            self._deaf, self._waited = False, 0
            self._asked_again += 1
            return Heard(reply=_AGAIN) if self._asked_again < _TRIES else self._given_up(at)
        if self._damaged or self._parts:
            self._waited += 1
            if self._waited >= _WAITS:
                return self._given_up(at)
        return Heard(reply=self._say_again())

    def _given_up(self, at: datetime) -> Heard:
        raw = b"".join(part for _, part in self._parts) + bytes(self._damaged)
        self._damaged.clear()
        self._parts.clear()
        self._asked_again = self._waited = 0
        return Heard((Scan(raw, "", None, at, self._source, faults=(CHECKSUM,)),))

    def lost(self, at: datetime) -> tuple[Scan, ...]:
        """What was begun when the line went is handed over, marked: its scanner cannot be asked again."""
        self._damaged += self._bytes
        self._bytes.clear()
        self._said.clear()
        self._deaf = False
        return self._given_up(at).scans if self._damaged or self._parts else ()

    def verdict(self, judged: Judged) -> bytes:
        """A high beep and its light on; four low beeps for wrong, low and high for a question, its light off."""
        return self._say(_SAYS[judged])

    def _say(self, packets: tuple[Packet, ...]) -> bytes:
        """One command at a time: the next goes out when the one before is acknowledged."""
        waiting = bool(self._said)
        self._said += packets
        return b"" if waiting else self._say_next()

    def _say_next(self) -> bytes:
        self._tries = 1
        return self._said[0].to_bytes() if self._said else b""

    def _said_well(self) -> bytes:
        del self._said[:1]
        return self._say_next()

    def _say_again(self) -> bytes:
        if not self._said:
            return b""
        if self._tries < _TRIES:
            self._tries += 1
            return self._said[0].again().to_bytes()
        if self._said[0].opcode == Opcode.REQUEST_REVISION:
            self._answers = False
        return self._said_well()

    def _not_taken(self, cause: bytes) -> bytes:
        """Sent again when it came damaged; a command that this model does not know is let go."""
        return self._say_again() if cause == bytes((Cause.RESEND,)) else self._said_well()
