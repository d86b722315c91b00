"""A Zebra scanner on SSI: real packets, its own patience, and every fault that its guide knows."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Self

from devices.clock import Deadline
from devices.scanners.ssi_packet import CONTINUES, SCANNER, Cause, Opcode, Packet, first_packet
from devices.simulators.scanner import Over, port_for

CODE_128, DATA_MATRIX = 0x03, 0x1B
_MOST_DATA = 250
_RESENDS = 2


class SimulatedSsiScanner:
    """Sends DECODE_DATA until it is acknowledged, twice more at most, and takes commands while it waits.

    Args:
        folder: where the pty's stable name is put.
        over: ``pty``, ``socket`` or ``rfc2217``.
        response_s: how long it waits for a CMD_ACK: 2 s in the real one.
        baud: its speed.

    Attributes:
        beeps: beep codes it was told to sound, in order.
        lit: whether its light is on.
        answered: whether each code it sent was acknowledged in the end.
        packets: packets of the bench, in order.
        damages: so many of the next codes sent are damaged on the way.
        deaf: so many of the next packets of the bench never arrive.
        naks: so many of the next commands are answered with a CMD_NAK of this cause.
        silent: it answers no command at all.
    """

    def __init__(self, folder: Path, over: Over | None = None, response_s: float = 2.0, baud: int = 9600) -> None:
        self._port = port_for(folder, over, baud)
        self._port.open()
        self._response_s = response_s
        self._bytes = bytearray()
        self._obeyed: tuple[int, bytes] | None = None
        self.beeps: deque[int] = deque()
        self.packets: list[Packet] = []
        self.answered: list[bool] = []
        self.lit = self.silent = False
        self.damages = self.deaf = 0
        self.naks: list[Cause] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def url(self) -> str:
        """What the bench's settings name."""
        return self._port.url

    def scan(self, code: str | bytes, symbology: str = "", kind: int = DATA_MATRIX) -> bool:
        """Read a code and send it until it is acknowledged; false when it gave up, with four low beeps of its own."""
        data = symbology.encode() + (code.encode() if isinstance(code, str) else code)
        parts = [data[start : start + _MOST_DATA] for start in range(0, len(data), _MOST_DATA)] or [b""]
        done = True
        for place, part in enumerate(parts, start=1):
            status = CONTINUES if place < len(parts) else 0
            done = done and self._sent(Packet(Opcode.DECODE_DATA, bytes((kind,)) + part, SCANNER, status))
        self.answered.append(done)
        return done

    def hear(self, timeout_s: float = 5.0) -> int:
        """Wait for the next beep the bench asks for: its code, or -1 when there is none."""
        deadline = Deadline(timeout_s)
        while not self.beeps and not deadline.passed():
            self._attend(deadline)
        return self.beeps.popleft() if self.beeps else -1

    def attend(self, seconds: float) -> None:
        """Answer what the bench asks, for so long."""
        deadline = Deadline(seconds)
        while not deadline.passed():
            self._attend(deadline)

    def garbage(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._port.send(data)

    def half(self, code: str) -> None:
        """Send the first half of a packet, and no more."""
        packet = Packet(Opcode.DECODE_DATA, bytes((DATA_MATRIX,)) + code.encode(), SCANNER).to_bytes()
        self._port.send(packet[: len(packet) // 2])

    def unplug(self) -> None:
        """Pull the cable out."""
        self._bytes.clear()
        self._port.close()

    def replug(self) -> None:
        """Put the cable back in."""
        self._port.open()

    def close(self) -> None:
        """Put the scanner away."""
        self._port.close()

    def _sent(self, packet: Packet) -> bool:
        for _ in range(_RESENDS + 1):
            self._put(packet)
            if self._acknowledged():
                return True
            packet = packet.again()
        return False

    def _put(self, packet: Packet) -> None:
        data = packet.to_bytes()
        if packet.opcode == Opcode.DECODE_DATA and self.damages > 0:
            self.damages -= 1
            data = data[:4] + bytes((data[4] ^ 0x20,)) + data[5:]
        self._port.send(data)

    def _acknowledged(self) -> bool:
        """Whether a CMD_ACK came in time; a CMD_NAK, and silence, mean that it is sent again."""
        deadline = Deadline(self._response_s)
        while not deadline.passed():
            for packet in self._attend(deadline):
                if packet.opcode in {Opcode.CMD_ACK, Opcode.CMD_NAK}:
                    return packet.opcode == Opcode.CMD_ACK
        return False

    def _attend(self, deadline: Deadline) -> list[Packet]:
        self._bytes += self._port.receive(deadline.left())
        taken = []
        while (cut := first_packet(self._bytes)).packet is not None:
            del self._bytes[: cut.length]
            if self.deaf > 0:
                self.deaf -= 1
                continue
            self.packets.append(cut.packet)
            taken.append(cut.packet)
            self._obey(cut.packet)
        if cut.damaged:
            self._bytes.clear()
            self._put(Packet(Opcode.CMD_NAK, bytes((Cause.RESEND,)), SCANNER))
        return taken

    def _obey(self, packet: Packet) -> None:
        if packet.opcode in {Opcode.CMD_ACK, Opcode.CMD_NAK} or self.silent:
            return
        if self.naks:
            self._put(Packet(Opcode.CMD_NAK, bytes((self.naks.pop(0),)), SCANNER))
            return
        if packet.opcode == Opcode.REQUEST_REVISION:
            self._put(Packet(Opcode.REPLY_REVISION, b"SIMULATED SSI 1.0", SCANNER))
            return
        again = packet.resent and self._obeyed == (packet.opcode, packet.data)
        self._obeyed = (packet.opcode, packet.data)
        if packet.opcode == Opcode.BEEP and not again:
            self.beeps.append(packet.data[0])
        elif packet.opcode in {Opcode.LED_ON, Opcode.LED_OFF}:
            self.lit = packet.opcode == Opcode.LED_ON
        self._put(Packet(Opcode.CMD_ACK, b"", SCANNER))
