"""The far end of a serial line, as a pty or as a listening TCP port. No threads."""

from __future__ import annotations

import os
import select
import socket
import sys
from pathlib import Path
from typing import Protocol

from devices.clock import Deadline

_CHUNK = 65_536
WAIT_S = 10.0
"""How long a write waits for the bench to take it, or to connect."""


class Port(Protocol):
    """One end of a cable."""

    @property
    def url(self) -> str:
        """What the other end opens."""
        ...

    def open(self) -> None:
        """Plug in; nothing happens when plugged in already."""
        ...

    def send(self, data: bytes) -> None:
        """Put bytes on the line; raises ``ConnectionError`` when unplugged."""
        ...

    def receive(self, timeout_s: float) -> bytes:
        """What the bench says, waited for at most so long; raises ``ConnectionError`` when unplugged."""
        ...

    def close(self) -> None:
        """Unplug; nothing happens when unplugged already."""
        ...


class PtyPort:
    """A pty, which behaves as a USB serial adapter: what is sent waits for a reader, unplugging breaks the line."""

    def __init__(self, folder: Path, name: str = "scanner") -> None:
        self._link = folder / name
        self._ends: tuple[int, int] | None = None

    @property
    def url(self) -> str:
        """The stable name; the pty behind it is another after each replugging."""
        return str(self._link)

    def open(self) -> None:
        """Make a pty in raw mode, so that a CR stays a CR, and point the name at it."""
        if sys.platform == "win32":
            raise OSError("Windows has no pty: simulate over a socket")
        import pty
        import tty

        if self._ends is None:
            self._ends = pty.openpty()
            tty.setraw(self._ends[1])
            os.set_blocking(self._ends[0], False)
            self._link.symlink_to(os.ttyname(self._ends[1]))

    def send(self, data: bytes) -> None:
        """Put bytes on the line; raises ``TimeoutError`` when nobody reads and the pty is full."""
        if self._ends is None:
            raise ConnectionError("the scanner is unplugged")
        view = memoryview(data)
        while view:
            if not select.select([], self._ends[:1], [], WAIT_S)[1]:
                raise TimeoutError("nobody reads the scanner")
            view = view[os.write(self._ends[0], view) :]

    def receive(self, timeout_s: float) -> bytes:
        """What the bench wrote."""
        if self._ends is None:
            raise ConnectionError("the scanner is unplugged")
        if not select.select(self._ends[:1], [], [], timeout_s)[0]:
            return b""
        return os.read(self._ends[0], _CHUNK)

    def close(self) -> None:
        """Close both ends and take the name away."""
        if self._ends is not None:
            self._link.unlink(missing_ok=True)
            for end in self._ends:
                os.close(end)
            self._ends = None


class SocketPort:
    """A TCP port on this machine. The newest connection is the one served, as a reopened COM port would be."""

    def __init__(self) -> None:
        self._number = 0
        self._listener: socket.socket | None = None
        self._client: socket.socket | None = None

    @property
    def url(self) -> str:
        """A ``socket://`` URL with the port once chosen."""
        return f"socket://127.0.0.1:{self._number}"

    def open(self) -> None:
        """Listen, on the same port as before."""
        if self._listener is None:
            self._listener = listen(self._number)
            self._number = self._listener.getsockname()[1]

    def send(self, data: bytes) -> None:
        """Send to the newest connection, waiting for the first."""
        if self._listener is None:
            raise ConnectionError("the scanner is unplugged")
        self._take_newest(self._listener)
        if self._client is None:
            raise ConnectionError("nobody reads the scanner")
        self._client.sendall(data)

    def receive(self, timeout_s: float) -> bytes:
        """What the newest connection sent; nothing when there is none, or it has ended."""
        if self._listener is None:
            raise ConnectionError("the scanner is unplugged")
        deadline = Deadline(timeout_s)
        while True:
            ends = [end for end in (self._listener, self._client) if end is not None]
            ready = select.select(ends, [], [], deadline.left())[0]
            if self._listener in ready:
                self._take_newest(self._listener)
                continue
            data = self._client.recv(_CHUNK) if ready and self._client is not None else b""
            if ready and not data:
                self._hang_up()
                continue
            return data

    def _take_newest(self, listener: socket.socket) -> None:
        listener.settimeout(WAIT_S if self._client is None else 0)
        try:
            while True:
                client = listener.accept()[0]
                client.settimeout(WAIT_S)
                self._hang_up()
                self._client = client
                listener.settimeout(0)
        except (TimeoutError, BlockingIOError):
            return

    def _hang_up(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def close(self) -> None:
        """Break the connection and stop listening."""
        self._hang_up()
        if self._listener is not None:
            self._listener.close()
            self._listener = None


def listen(number: int) -> socket.socket:
    """Listen on this machine at a port, 0 for any free one; the same port may be taken again at once."""
    return socket.create_server(("127.0.0.1", number), backlog=5)
