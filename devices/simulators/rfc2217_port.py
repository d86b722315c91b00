"""A serial server that speaks RFC 2217, as Moxa and others sell: pyserial's own server end, on a real socket.

A port that the bench sets to another speed than the scanner's carries garbage, as a wire does.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import threading

import serial
from serial.rfc2217 import PortManager

from devices.simulators.ports import WAIT_S, listen

_LOOK_S = 0.05


class _Connection:
    """What pyserial's server writes its answers to."""

    def __init__(self, client: socket.socket) -> None:
        self._client = client

    def write(self, data: bytes) -> None:
        self._client.sendall(data)


class Rfc2217Port:
    """The far end of a scanner's line behind a serial server. The newest connection is the one served.

    Args:
        baud: the scanner's own speed.
    """

    def __init__(self, baud: int = 9600) -> None:
        self._baud = baud
        self._number = 0
        self._listener: socket.socket | None = None
        self._client: socket.socket | None = None
        self._manager: PortManager | None = None
        self._wire = serial.serial_for_url("loop://", baudrate=1200)
        self._said: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._agreed = threading.Event()
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()

    @property
    def url(self) -> str:
        """An ``rfc2217://`` URL with the port once chosen."""
        return f"rfc2217://127.0.0.1:{self._number}"

    def open(self) -> None:
        """Listen, on the same port as before."""
        if self._listener is None:
            self._listener = listen(self._number)
            self._listener.settimeout(_LOOK_S)
            self._number = self._listener.getsockname()[1]
            self._closing.clear()
            self._thread = threading.Thread(target=self._serve, name="serial server", daemon=True)
            self._thread.start()

    def send(self, data: bytes) -> None:
        """Put bytes on the wire, once a bench has set the port."""
        if self._listener is None:
            raise ConnectionError("the scanner is unplugged")
        if not self._agreed.wait(WAIT_S) or self._client is None or self._manager is None:
            raise ConnectionError("nobody reads the scanner")
        if self._wire.baudrate != self._baud:
            data = bytes(byte * 7 + 131 & 0xFF for byte in data)
        self._client.sendall(b"".join(self._manager.escape(data)))

    def receive(self, timeout_s: float) -> bytes:
        """What the bench says to the scanner."""
        if self._listener is None:
            raise ConnectionError("the scanner is unplugged")
        try:
            return self._said.get(timeout=timeout_s)
        except queue.Empty:
            return b""

    def close(self) -> None:
        """Break the connection and stop listening."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _serve(self) -> None:
        assert self._listener is not None
        while not self._closing.is_set():
            try:
                client = self._listener.accept()[0]
            except TimeoutError:
                continue
            with client, contextlib.suppress(OSError):
                self._talk(client)
            self._agreed.clear()
            self._client = self._manager = None

    def _talk(self, client: socket.socket) -> None:
        client.settimeout(_LOOK_S)
        self._client, self._manager = client, PortManager(self._wire, _Connection(client))  # type: ignore[arg-type]
        while not self._closing.is_set():
            try:
                data = client.recv(65_536)
            except TimeoutError:
                continue
            if not data:
                return
            said = b"".join(self._manager.filter(data))
            if self._wire.baudrate != 1200:
                self._agreed.set()
            if said:
                self._said.put(said)
