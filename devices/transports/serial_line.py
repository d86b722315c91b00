"""A serial line: ``COM3``, ``/dev/ttyACM0`` or a pty by pyserial; ``rfc2217://`` and ``socket://`` by our own lines."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

import serial

from devices.faults import DeviceAway
from devices.transports.line import Line
from devices.transports.reasons import lost, not_opened
from devices.transports.rfc2217 import Rfc2217Line, settings_of
from devices.transports.tcp import TcpLine
from devices.values import Sent

_GONE: tuple[type[Exception], ...] = (OSError, TypeError)
"""What pyserial 3.5 lets through for a port that is gone: its own errors (OSError), a closed handle, the terminal's."""
if sys.platform != "win32":
    import termios

    _GONE += (termios.error,)
_REFUSED: tuple[type[Exception], ...] = (*_GONE, ValueError)
"""And at opening, a URL or a setting that pyserial does not know."""


@dataclass(frozen=True)
class SerialSettings:
    """How a serial line is set. The defaults are the generic scanner's, 9600 8N1.

    Attributes:
        url: port name or pyserial URL.
        baud: bits a second.
        data_bits: 7 or 8.
        parity: ``N``, ``E`` or ``O``.
        stop_bits: 1 or 2.
        rtscts: hardware handshake.
        xonxoff: software handshake.
        write_s: seconds a write may take.
    """

    url: str
    baud: int = 9600
    data_bits: int = 8
    parity: str = "N"
    stop_bits: int = 1
    rtscts: bool = False
    xonxoff: bool = False
    write_s: float = 2.0


class SerialLine:
    """An open serial port, held for this program alone.

    Raises:
        DeviceAway: when the port is not there, is held by another program, or goes away.
    """

    def __init__(self, settings: SerialSettings) -> None:
        self._settings = settings
        try:
            self._port = serial.serial_for_url(
                settings.url,
                baudrate=settings.baud,
                bytesize=settings.data_bits,
                parity=settings.parity,
                stopbits=settings.stop_bits,
                rtscts=settings.rtscts,
                xonxoff=settings.xonxoff,
                write_timeout=settings.write_s,
                exclusive=True,
            )
        except _REFUSED as why:
            raise DeviceAway(settings.url, not_opened(why)) from why

    @property
    def address(self) -> str:
        """The port's name or URL."""
        return self._settings.url

    def read(self, timeout_s: float) -> bytes:
        """The bytes that are there, waiting at most ``timeout_s`` seconds for the first.

        Raises:
            DeviceAway: when the port is gone.
        """
        try:
            if self._port.timeout != timeout_s:
                self._port.timeout = timeout_s
            first: bytes = self._port.read(1)
        except _GONE as why:
            raise DeviceAway(self.address, lost(why)) from why
        return first + self._rest() if first else first

    def _rest(self) -> bytes:
        """What else is there. A port lost here is reported by the next read, so that the first byte is kept."""
        try:
            return bytes(self._port.read(self._port.in_waiting))
        except _GONE:
            return b""

    def write(self, data: bytes) -> None:
        """Hand over all of ``data``.

        Raises:
            DeviceAway: when the port is gone or takes nothing within the time; how much left is unknown.
        """
        try:
            self._port.write(data)
        except _GONE as why:
            raise DeviceAway(self.address, lost(why), Sent.UNKNOWN) from why

    def finish(self, timeout_s: float) -> bool:  # noqa: ARG002  (the driver of the port keeps its own time)
        """Wait until the port has sent what it holds. A serial device acknowledges nothing.

        Raises:
            DeviceAway: when the port is gone; how much left is unknown.
        """
        try:
            self._port.flush()
        except _GONE as why:
            raise DeviceAway(self.address, lost(why), Sent.UNKNOWN) from why
        return True

    def close(self) -> None:
        """Let go of the port."""
        try:
            self._port.close()
        except _GONE:
            return  # a port pulled out cannot be told to close, and is gone all the same


def open_serial(settings: SerialSettings, connect_s: float = 5.0) -> Line:
    """Open the line the settings name.

    ``socket://`` goes to our own TCP line: pyserial's leaves its socket open when the other side reset it, and sleeps
    0.3 s at each close (pyserial 3.5, ``urlhandler/protocol_socket.py``). So does ``rfc2217://``, for its own reasons.

    Raises:
        DeviceAway: when it cannot be opened now.
    """
    scheme = settings.url.partition("://")[0].lower()
    if scheme not in {"socket", "rfc2217"}:
        return SerialLine(settings)
    host, port = _host_and_port(settings.url, scheme)
    if scheme == "socket":
        return TcpLine.connect(host, port, connect_s, write_s=settings.write_s)
    said = settings_of(
        settings.baud,
        settings.data_bits,
        settings.parity,
        settings.stop_bits,
        rtscts=settings.rtscts,
        xonxoff=settings.xonxoff,
    )
    return Rfc2217Line.connect(host, port, connect_s, settings.write_s, said)


def _host_and_port(url: str, scheme: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if host is None or port is None:
        raise DeviceAway(url, f"an address of the form {scheme}://host:port was expected")
    return host, port
