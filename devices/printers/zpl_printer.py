"""A ZPL label printer by TCP, port 9100.

ZPL acknowledges no print. What can be known is whether the printer took every byte; a connection lost after the first
is ``unknown``, because the label may lie in the tray.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from devices.clock import Clock, Deadline, utc_now
from devices.faults import DeviceAway
from devices.printers.host_status import ASK, is_whole, parse_host_status
from devices.transports.line import Line
from devices.transports.tcp import TcpLine
from devices.values import PrinterCondition, PrinterStatus, Sent

PORT = 9100


@dataclass(frozen=True)
class ZplTimes:
    """How long each step may take, in seconds.

    Attributes:
        connect_s: to connect.
        answer_s: to answer ``~HS`` in full.
        write_s: to take a label.
        close_s: to close its side once a label is through.
    """

    connect_s: float = 3.0
    answer_s: float = 2.0
    write_s: float = 10.0
    close_s: float = 5.0


class ZplPrinter:
    """One printer; its calls take turns, since many models serve one connection at a time. Threads may share it.

    Args:
        name: the printer's name at this bench.
        host: host name or address.
        port: 9100 unless set otherwise.
        clock: the time of day.
        times: how long each step may take.
        open_line: opens the line instead of a TCP connection, for a recording or a replay.
    """

    def __init__(
        self,
        name: str,
        host: str,
        port: int = PORT,
        clock: Clock = utc_now,
        times: ZplTimes | None = None,
        open_line: Callable[[], Line] | None = None,
    ) -> None:
        self._name = name
        self._times = times or ZplTimes()
        self._clock = clock
        self._open_line = open_line or (lambda: TcpLine.connect(host, port, self._times.connect_s, self._times.write_s))
        self._turn = threading.Lock()

    @property
    def name(self) -> str:
        """The printer's name at this bench."""
        return self._name

    def status(self) -> PrinterStatus:
        """Ask ``~HS``.

        A printer with paper or ribbon out or its head open commonly says nothing (ZPL II Programming Guide): that is
        ``silent``, a condition of its own. An answer cut short or garbled is ``fault``; no connection, or one lost
        before any answer, is ``unreachable``.
        """
        with self._turn:
            condition, raw = self._ask()
        return PrinterStatus(condition, raw, self._clock())

    def _ask(self) -> tuple[PrinterCondition, bytes]:
        try:
            line = self._open_line()
        except DeviceAway:
            return PrinterCondition.UNREACHABLE, b""
        try:
            line.write(ASK)
            raw, lost = self._answer(line)
        except DeviceAway:
            return PrinterCondition.UNREACHABLE, b""
        finally:
            line.close()
        return _condition(raw, lost), raw

    def _answer(self, line: Line) -> tuple[bytes, bool]:
        """What came until the third ETX, the deadline, or the loss of the line; and whether it was lost."""
        deadline = Deadline(self._times.answer_s)
        raw = b""
        try:
            while not is_whole(raw) and not deadline.passed():
                raw += line.read(deadline.left())
        except DeviceAway:
            return raw, True
        return raw, False

    def send(self, zpl: bytes) -> Sent:
        """Give the printer the label.

        Returns:
            ``sent`` when it took every byte and closed its side cleanly; ``not sent`` when no byte left; ``unknown``
            when the connection was lost, or not closed in time, after the first byte.
        """
        with self._turn:
            return self._send(zpl)

    def _send(self, zpl: bytes) -> Sent:
        try:
            line = self._open_line()
        except DeviceAway:
            return Sent.NOT_SENT
        try:
            line.write(zpl)
            return Sent.SENT if line.finish(self._times.close_s) else Sent.UNKNOWN
        except DeviceAway as away:
            return away.sent
        finally:
            line.close()


def _condition(raw: bytes, lost: bool) -> PrinterCondition:
    if not raw:
        return PrinterCondition.UNREACHABLE if lost else PrinterCondition.SILENT
    said = parse_host_status(raw)
    return said.condition if said else PrinterCondition.FAULT
