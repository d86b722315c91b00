"""A TCP line with deadlines, which knows whether a byte can have reached the other side."""

from __future__ import annotations

import select
import socket

from devices.clock import Deadline
from devices.faults import DeviceAway
from devices.transports.reasons import ended, not_opened
from devices.values import Sent

CHUNK = 65536

_KEEP_ALIVE = {"TCP_KEEPIDLE": 10, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 3}
"""A cable pulled between two switches sends nothing: with these a silent line is known lost after 25 s."""


class TcpLine:
    """An open TCP connection; make one with ``TcpLine.connect``."""

    def __init__(self, connection: socket.socket, address: str, write_s: float) -> None:
        connection.setblocking(False)
        _keep_alive(connection)
        self._socket = connection
        self._address = address
        self._write_s = write_s
        self._sent = Sent.NOT_SENT

    @classmethod
    def connect(cls, host: str, port: int, connect_s: float, write_s: float = 10.0) -> TcpLine:
        """Connect within ``connect_s`` seconds; each later write may take ``write_s``.

        Raises:
            DeviceAway: with ``sent`` = not sent, when there is no connection.
        """
        address = f"{host}:{port}"
        try:
            return cls(socket.create_connection((host, port), connect_s), address, write_s)
        except (OSError, UnicodeError, OverflowError) as why:
            raise DeviceAway(address, not_opened(why)) from why

    @property
    def address(self) -> str:
        """``host:port``."""
        return self._address

    @property
    def sent(self) -> Sent:
        """``not sent`` until the first byte was handed to the network, then ``unknown``."""
        return self._sent

    def read(self, timeout_s: float) -> bytes:
        """The bytes that are there, waiting at most ``timeout_s`` seconds for the first; empty when none came.

        Raises:
            DeviceAway: when the other side has closed or the connection is lost.
        """
        if not self._ready(self._socket, None, timeout_s):
            return b""
        data = self._receive()
        if not data:
            raise self._away("closed by the other side")
        return data

    def write(self, data: bytes) -> None:
        """Hand over all of ``data`` within the write limit.

        Raises:
            DeviceAway: with ``sent`` = not sent when no byte was handed over, else unknown.
        """
        if data and self._sent is Sent.NOT_SENT and self._closed_by_other_side():
            raise self._away("closed by the other side")
        deadline = Deadline(self._write_s)
        view = memoryview(data)
        while view:
            if not self._ready(None, self._socket, deadline.left()):
                raise self._away(f"took nothing more within {self._write_s:g} s")
            view = view[self._send(view) :]

    def finish(self, timeout_s: float) -> bool:
        """Say that nothing more will be sent, and wait for the other side to close: it has then read everything.

        Returns:
            False when it neither closed nor reset within the time.

        Raises:
            DeviceAway: when the connection was reset: what arrived is unknown.
        """
        try:
            self._socket.shutdown(socket.SHUT_WR)
        except OSError as why:
            raise self._away(ended(why)) from why
        deadline = Deadline(timeout_s)
        while self._ready(self._socket, None, deadline.left()):
            if not self._receive():
                return True
        return False

    def close(self) -> None:
        """Let go of the connection."""
        self._socket.close()

    def _away(self, detail: str) -> DeviceAway:
        return DeviceAway(self._address, detail, self._sent)

    def _ready(self, read: socket.socket | None, write: socket.socket | None, timeout_s: float) -> bool:
        try:
            readable, writable, _ = select.select([read] if read else [], [write] if write else [], [], timeout_s)
        except (OSError, ValueError) as why:
            raise self._away(ended(why)) from why
        return bool(readable or writable)

    def _receive(self) -> bytes:
        try:
            return self._socket.recv(CHUNK)
        except OSError as why:
            raise self._away(ended(why)) from why

    def _send(self, view: memoryview) -> int:
        try:
            count = self._socket.send(view)
        except BlockingIOError:
            return 0
        except OSError as why:
            raise self._away(ended(why)) from why
        self._sent = Sent.UNKNOWN
        return count

    def _closed_by_other_side(self) -> bool:
        """Looked at before the first byte: a write to a connection already closed would succeed and be lost."""
        if not self._ready(self._socket, None, 0):
            return False
        try:
            return not self._socket.recv(1, socket.MSG_PEEK)
        except OSError:
            return True


def _keep_alive(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEP_ALIVE.items():
        if hasattr(socket, name):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
