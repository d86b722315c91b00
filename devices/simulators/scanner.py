"""A hand scanner on a serial line: a pty where there is one, else a TCP port that ``socket://`` reads."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from devices.scanners.framing import Framing
from devices.simulators.ports import Port, PtyPort, SocketPort
from devices.simulators.rfc2217_port import Rfc2217Port

Over = Literal["pty", "socket", "rfc2217"]


def port_for(folder: Path, over: Over | None, baud: int, name: str = "scanner") -> Port:
    """The far end of a scanner's line, or of another device's."""
    match over or ("socket" if sys.platform == "win32" else "pty"):
        case "pty":
            return PtyPort(folder, name)
        case "socket":
            return SocketPort()
        case _:
            return Rfc2217Port(baud)


class SimulatedScanner:
    """Sends what a person scans with it. ``url`` stays the same through unplugging and replugging.

    Args:
        folder: where the pty's stable name is put, as ``/dev/serial/by-id`` would; not used over a socket.
        framing: how it wraps what it reads; with ``aim`` it sends the identifier it is given.
        over: ``pty``, ``socket`` or ``rfc2217``; by default the pty where the system has them.
        baud: the speed it is set to, which a server's port has to be set to as well.
    """

    def __init__(
        self, folder: Path, framing: Framing | None = None, over: Over | None = None, baud: int = 9600
    ) -> None:
        self.framing = framing or Framing()
        self._port = port_for(folder, over, baud)
        self._port.open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def url(self) -> str:
        """What the bench's settings name."""
        return self._port.url

    def frame(self, code: str | bytes, symbology: str = "") -> bytes:
        """The bytes sent for one code."""
        data = code.encode() if isinstance(code, str) else code
        aim = symbology.encode() if self.framing.aim else b""
        return self.framing.prefix + aim + data + self.framing.suffix + self.framing.terminator.value

    def scan(self, code: str | bytes, symbology: str = "", byte_by_byte: bool = False) -> None:
        """Read a code, at once or in as many writes as it has bytes."""
        frame = self.frame(code, symbology)
        for piece in (bytes([byte]) for byte in frame) if byte_by_byte else (frame,):
            self._port.send(piece)

    def glued(self, *codes: str, terminated: bool = True) -> None:
        """Read several codes in one write; when not ``terminated``, only the last has its terminator."""
        end = self.framing.terminator.value
        frames = [self.frame(code) for code in codes]
        body = [frame if terminated else frame.removesuffix(end) for frame in frames[:-1]]
        self._port.send(b"".join([*body, frames[-1]]))

    def cut(self, code: str, count: int) -> None:
        """Send only the first ``count`` bytes of a code's frame."""
        self._port.send(self.frame(code)[:count])

    def garbage(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._port.send(data)

    def unplug(self) -> None:
        """Pull the cable out: the bench's end of the line breaks."""
        self._port.close()

    def replug(self) -> None:
        """Put the cable back in."""
        self._port.open()

    def close(self) -> None:
        """Put the scanner away; nothing of it is left."""
        self._port.close()
