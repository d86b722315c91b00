"""The packets of Zebra's Simple Serial Interface. Pure.

A packet is its length without the checksum, an opcode, who speaks, a status, data, and the two's complement of the sum
of all that, high byte first. Sources: Symbol SE-923 integration guide, chapter 6; Zebra SSI programmer's guide
72E-40451; Datalogic D151 guide for the causes of a CMD_NAK.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

LEAST, MOST = 4, 0xFF
SCANNER, HOST = 0x00, 0x04
RETRANSMIT, CONTINUES = 0x01, 0x02


class Opcode(IntEnum):
    """What a packet is."""

    REQUEST_REVISION = 0xA3
    REPLY_REVISION = 0xA4
    CMD_ACK = 0xD0
    CMD_NAK = 0xD1
    FLUSH_QUEUE = 0xD2
    BEEP = 0xE6
    LED_ON = 0xE7
    LED_OFF = 0xE8
    SCAN_ENABLE = 0xE9
    SCAN_DISABLE = 0xEA
    DECODE_DATA = 0xF3
    EVENT = 0xF6


class Cause(IntEnum):
    """Why a packet is not taken."""

    RESEND = 1
    BAD_CONTEXT = 2
    DENIED = 6


class Beep(IntEnum):
    """The beeps that are used here, of the guide's table."""

    ONE_SHORT_HIGH = 0x00
    FOUR_SHORT_LOW = 0x08
    LOW_HIGH = 0x17


# Only what is one thing for certain. Data Matrix (1B) and QR (1C) may be GS1 on scanners without the types C1 and C2:
# there the mark of GS1 is in the AIM identifier alone. The smaller GS1 DataBars and UPC may be sent without their
# application identifier or first digit.
SYMBOLOGIES = {
    0x01: "]A0",
    0x02: "]F0",
    0x03: "]C0",
    0x06: "]I0",
    0x07: "]G0",
    0x0A: "]E4",
    0x0B: "]E0",
    0x0C: "]H0",
    0x0E: "]M0",
    0x0F: "]C1",
    0x11: "]L0",
    0x13: "]A4",
    0x19: "]C0",
    0x25: "]U0",
    0x2D: "]z0",
    0x32: "]e0",
    0xC1: "]d2",
    0xC2: "]Q3",
}
"""Code types of DECODE_DATA as AIM identifiers.

Linear ones: Motorola CS3000 guide, table B-1. Those of imagers (PDF417, Code 39 full ASCII, ISBT 128, MaxiCode, Aztec,
GS1 DataBar Expanded, GS1 Data Matrix, GS1 QR): symbology types in the sample of Zebra's own scanner SDK, with which two
public SSI clients agree in all that they have.
"""


@dataclass(frozen=True)
class Packet:
    """One packet."""

    opcode: int
    data: bytes = b""
    source: int = HOST
    status: int = 0

    @property
    def resent(self) -> bool:
        """Whether it was sent before."""
        return bool(self.status & RETRANSMIT)

    @property
    def continues(self) -> bool:
        """Whether the next packet belongs to it."""
        return bool(self.status & CONTINUES)

    def again(self) -> Packet:
        """The same, marked as sent before."""
        return replace(self, status=self.status | RETRANSMIT)

    def to_bytes(self) -> bytes:
        """As it goes over the line.

        Raises:
            ValueError: more data than a packet holds.
        """
        length = LEAST + len(self.data)
        if length > MOST:
            raise ValueError(f"{len(self.data)} bytes do not fit into a packet")
        body = bytes((length, self.opcode, self.source, self.status)) + self.data
        return body + checksum(body)


def checksum(body: bytes) -> bytes:
    """The two's complement of the sum of the bytes, high byte first."""
    return (-sum(body) & 0xFFFF).to_bytes(2, "big")


@dataclass(frozen=True)
class Cut:
    """What the beginning of some bytes is.

    Attributes:
        packet: a whole packet, or None.
        length: how many bytes it is made of.
        damaged: no packet begins here.
    """

    packet: Packet | None = None
    length: int = 0
    damaged: bool = False


MORE = Cut()
DAMAGED = Cut(damaged=True)


def first_packet(data: bytes | bytearray) -> Cut:
    """The packet that the bytes begin with; ``MORE`` when it is not whole yet, ``DAMAGED`` when it can be none."""
    if not data:
        return MORE
    length = data[0]
    if length < LEAST:
        return DAMAGED
    if len(data) < length + 2:
        return MORE
    body, check = bytes(data[:length]), bytes(data[length : length + 2])
    if checksum(body) != check:
        return DAMAGED
    return Cut(Packet(body[1], body[4:], body[2], body[3]), length + 2)
