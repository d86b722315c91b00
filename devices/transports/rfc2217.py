"""A serial port behind a network server that speaks RFC 2217 (telnet with COM-PORT-OPTION): ``rfc2217://host:port``.

Our own, as ``socket://`` is: pyserial 3.5 refuses a write time-out on such a port, sets the port anew and waits 50 ms
whenever the read time-out changes, and sleeps 0.3 s at each close.
"""

from __future__ import annotations

import struct
from enum import Enum, auto

from devices.clock import Deadline
from devices.faults import DeviceAway
from devices.transports.tcp import TcpLine

_IAC, _DONT, _DO, _WONT, _WILL, _SB, _SE = 255, 254, 253, 252, 251, 250, 240
_BINARY, _SUPPRESS_GO_AHEAD, _COM_PORT = 0, 3, 44
_SET_BAUD, _SET_DATA, _SET_PARITY, _SET_STOP, _SET_CONTROL = 1, 2, 3, 4, 5
_ANSWER = 100
"""A server answers with the number of the request and a hundred."""
_PARITY = {"N": 1, "O": 2, "E": 3}
_NO_FLOW, _XON_XOFF, _HARDWARE = 1, 2, 3
_OURS = frozenset({_BINARY, _SUPPRESS_GO_AHEAD, _COM_PORT})


class _Mode(Enum):
    DATA = auto()
    COMMAND = auto()
    OPTION = auto()
    INSIDE = auto()
    INSIDE_COMMAND = auto()


class Telnet:
    """Parts the bytes of a connection into data and what the two ends say of it. Pure.

    Attributes:
        answered: settings that the server has confirmed, by number.
        speaks: whether the server takes settings of its port.
    """

    def __init__(self) -> None:
        self._mode = _Mode.DATA
        self._verb = 0
        self._inside = bytearray()
        self._replies = bytearray()
        self.answered: set[int] = set()
        self.speaks: bool | None = None

    def feed(self, data: bytes) -> bytes:
        """The data among these bytes."""
        plain = bytearray()
        for byte in data:
            self._take(byte, plain)
        return bytes(plain)

    def replies(self) -> bytes:
        """What has to be sent back by now."""
        said = bytes(self._replies)
        self._replies.clear()
        return said

    def _take(self, byte: int, plain: bytearray) -> None:
        match self._mode:
            case _Mode.DATA if byte == _IAC:
                self._mode = _Mode.COMMAND
            case _Mode.DATA:
                plain.append(byte)
            case _Mode.COMMAND:
                self._command(byte, plain)
            case _Mode.OPTION:
                self._option(byte)
                self._mode = _Mode.DATA
            case _Mode.INSIDE if byte == _IAC:
                self._mode = _Mode.INSIDE_COMMAND
            case _Mode.INSIDE:
                self._inside.append(byte)
            case _Mode.INSIDE_COMMAND:
                self._inside_command(byte)

    def _command(self, byte: int, plain: bytearray) -> None:
        self._mode = _Mode.DATA
        if byte == _IAC:
            plain.append(byte)
        elif byte == _SB:
            self._mode = _Mode.INSIDE
            self._inside.clear()
        elif byte in {_DO, _DONT, _WILL, _WONT}:
            self._mode, self._verb = _Mode.OPTION, byte

    def _inside_command(self, byte: int) -> None:
        self._mode = _Mode.INSIDE
        if byte == _IAC:
            self._inside.append(byte)
        elif byte == _SE:
            self._mode = _Mode.DATA
            if len(self._inside) > 1 and self._inside[0] == _COM_PORT:
                self.answered.add(self._inside[1] - _ANSWER)

    def _option(self, option: int) -> None:
        """What we offered or asked for is answered by saying it; everything else is declined."""
        if option == _COM_PORT:
            self.speaks = self._verb in {_DO, _WILL}
        if option not in _OURS and self._verb in {_DO, _WILL}:
            self._replies += bytes((_IAC, _WONT if self._verb == _DO else _DONT, option))


def escaped(data: bytes) -> bytes:
    """Data as it goes over telnet."""
    return data.replace(b"\xff", b"\xff\xff")


def offers() -> bytes:
    """What is said first: binary both ways, and settings of the port."""
    wanted = [(_WILL, option) for option in sorted(_OURS)] + [(_DO, option) for option in sorted(_OURS)]
    return b"".join(bytes((_IAC, verb, option)) for verb, option in wanted)


def setting(number: int, value: bytes) -> bytes:
    """One setting of the far port."""
    return bytes((_IAC, _SB, _COM_PORT, number)) + escaped(value) + bytes((_IAC, _SE))


class Rfc2217Line:
    """An open serial port behind a server; make one with ``Rfc2217Line.connect``."""

    def __init__(self, tcp: TcpLine, telnet: Telnet, address: str) -> None:
        self._tcp, self._telnet, self._address = tcp, telnet, address
        self._early = b""

    @classmethod
    def connect(cls, host: str, port: int, connect_s: float, write_s: float, settings: dict[int, bytes]) -> Rfc2217Line:
        """Connect, and set the far port.

        Raises:
            DeviceAway: when there is no connection, or the server does not take the settings within the time.
        """
        deadline = Deadline(connect_s)
        tcp = TcpLine.connect(host, port, connect_s, write_s=write_s)
        line = cls(tcp, Telnet(), f"rfc2217://{host}:{port}")
        try:
            tcp.write(offers())
            line._agree(deadline)
            tcp.write(b"".join(setting(number, value) for number, value in settings.items()))
            while not set(settings) <= line._telnet.answered:
                line._early += line._some(deadline)
        except DeviceAway:
            tcp.close()
            raise
        return line

    @property
    def address(self) -> str:
        """The URL."""
        return self._address

    def read(self, timeout_s: float) -> bytes:
        """The bytes that are there, waiting at most ``timeout_s`` seconds for the first.

        Raises:
            DeviceAway: when the connection is lost.
        """
        if self._early:
            data, self._early = self._early, b""
            return data
        deadline = Deadline(timeout_s)
        while data := self._tcp.read(deadline.left()):
            plain = self._telnet.feed(data)
            self._answer()
            if plain:
                return plain
        return b""

    def write(self, data: bytes) -> None:
        """Hand over all of ``data``; raises ``DeviceAway``."""
        self._tcp.write(escaped(data))

    def finish(self, timeout_s: float) -> bool:
        """A serial device acknowledges nothing; the connection is closed when its server has all of it."""
        return self._tcp.finish(timeout_s)

    def close(self) -> None:
        """Let go of the connection."""
        self._tcp.close()

    def _agree(self, deadline: Deadline) -> None:
        while self._telnet.speaks is None:
            self._early += self._some(deadline)
        if not self._telnet.speaks:
            raise DeviceAway(self._address, "the server does not speak RFC 2217; try socket:// instead")

    def _some(self, deadline: Deadline) -> bytes:
        data = self._tcp.read(deadline.left())
        if not data:
            raise DeviceAway(self._address, "the server did not answer as RFC 2217 has it; try socket:// instead")
        plain = self._telnet.feed(data)
        self._answer()
        return plain

    def _answer(self) -> None:
        said = self._telnet.replies()
        if said:
            self._tcp.write(said)


def settings_of(
    baud: int, data_bits: int, parity: str, stop_bits: int, *, rtscts: bool, xonxoff: bool
) -> dict[int, bytes]:
    """The settings of a port as RFC 2217 numbers them."""
    flow = _HARDWARE if rtscts else _XON_XOFF if xonxoff else _NO_FLOW
    return {
        _SET_BAUD: struct.pack("!I", baud),
        _SET_DATA: bytes((data_bits,)),
        _SET_PARITY: bytes((_PARITY[parity],)),
        _SET_STOP: bytes((stop_bits,)),
        _SET_CONTROL: bytes((flow,)),
    }
