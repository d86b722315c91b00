"""A ZPL label printer by TCP, port 9100, or by a serial line.

ZPL acknowledges no print. What can be known is whether the printer took every byte; a connection lost after the first
is ``unknown``, because the label may lie in the tray.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from devices.clock import Clock, Deadline, utc_now
from devices.faults import DeviceAway
from devices.printers import extended_status, host_status, identity
from devices.printers.identity import PrinterIdentity, parse_identity
from devices.printers.zpl_answer import Heard, judged
from devices.transports.line import Line
from devices.transports.serial_line import SerialSettings, open_serial
from devices.transports.tcp import TcpLine
from devices.values import PrinterCondition, PrinterStatus, Sent

PORT = 9100


@dataclass(frozen=True)
class ZplTimes:
    """How long each step may take, in seconds.

    Attributes:
        connect_s: to connect.
        answer_s: to answer ``~HS`` in full.
        extended_s: to answer ``~HQES`` in full.
        write_s: to take a label.
        close_s: to close its side once a label is through; on a serial line, to answer that it has it.
    """

    connect_s: float = 3.0
    answer_s: float = 2.0
    extended_s: float = 1.0
    write_s: float = 10.0
    close_s: float = 5.0


SERIAL_TIMES = ZplTimes(write_s=60.0, close_s=20.0)
"""A label with a picture takes half a minute at 9600 baud."""
_MOST = 4096
"""No answer is that long: what goes on is noise."""


class ZplPrinter:
    """One printer; its calls take turns, since many models serve one connection at a time. Threads may share it.

    Args:
        name: the printer's name at this bench.
        host: host name or address.
        port: 9100 unless set otherwise.
        clock: the time of day.
        times: how long each step may take.
        open_line: opens the line instead of a TCP connection, for a serial line, a recording or a replay.
        answers_for_labels: the line itself acknowledges nothing, so the printer is asked ``~HS`` behind each label:
            bytes keep their order, and its answer shows that all before has arrived.
    """

    def __init__(
        self,
        name: str,
        host: str,
        port: int = PORT,
        clock: Clock = utc_now,
        times: ZplTimes | None = None,
        open_line: Callable[[], Line] | None = None,
        *,
        answers_for_labels: bool = False,
    ) -> None:
        self._name = name
        self._times = times or ZplTimes()
        self._clock = clock
        self._open_line = open_line or (lambda: TcpLine.connect(host, port, self._times.connect_s, self._times.write_s))
        self._answers_for_labels = answers_for_labels
        self._knows_extended = self._tells_serial = True
        self._turn = threading.Lock()

    @property
    def name(self) -> str:
        """The printer's name at this bench."""
        return self._name

    def status(self) -> PrinterStatus:
        """Ask ``~HS``, then ``~HQES`` of a printer that knows it.

        A printer with paper or ribbon out or its head open commonly says nothing (ZPL II Programming Guide): that is
        ``silent``, a condition of its own. No connection, or one lost before any answer, is ``unreachable``.
        """
        with self._turn:
            return self._ask()

    def _ask(self) -> PrinterStatus:
        try:
            line = self._open_line()
        except DeviceAway as away:
            return self._unreachable(away)
        try:
            host = _heard(line, host_status.ASK, host_status.is_whole, self._times.answer_s)
            extended = self._extended(line, host)
        except DeviceAway as away:
            return self._unreachable(away)
        finally:
            line.close()
        return judged(host, extended, self._clock())

    def _extended(self, line: Line, host: Heard) -> Heard:
        """The answer to ``~HQES``. A printer that answers ``~HS`` and not this one is not asked again."""
        if host.lost or not self._knows_extended:
            return Heard()
        try:
            said = _heard(line, extended_status.ASK, extended_status.is_whole, self._times.extended_s)
        except DeviceAway:
            return Heard(lost=True)  # what it has said already still stands
        self._knows_extended = bool(said.raw) or said.lost or not host_status.is_whole(host.raw)
        return said

    def _unreachable(self, away: DeviceAway) -> PrinterStatus:
        self._knows_extended = self._tells_serial = True  # what comes back at this address may be another printer
        return PrinterStatus(PrinterCondition.UNREACHABLE, b"", self._clock(), detail=away.detail)

    def identify(self) -> PrinterIdentity | None:
        """Ask ``~HI``, and ``~HQSN`` of a printer that answers it: which stands there. None when it does not say."""
        with self._turn:
            try:
                line = self._open_line()
            except DeviceAway:
                return None
            try:
                told = parse_identity(_heard(line, identity.ASK, identity.is_whole, self._times.answer_s).raw)
                return told and replace(told, serial=self._serial(line))
            except DeviceAway:
                return None
            finally:
                line.close()

    def _serial(self, line: Line) -> str:
        """Its serial number. A printer that tells its model and not this is not asked again until it was away."""
        if not self._tells_serial:
            return ""
        try:
            said = _heard(line, identity.ASK_SERIAL, identity.is_whole, self._times.extended_s)
        except DeviceAway:
            return ""
        self._tells_serial = bool(said.raw) or said.lost
        return identity.parse_serial(said.raw)

    def send(self, label: bytes) -> Sent:
        """Give the printer the label.

        Returns:
            ``sent`` when it took every byte and closed its side cleanly, or answered for it; ``not sent`` when no byte
            left; ``unknown`` when the connection was lost, or nothing said in time, after the first byte.
        """
        with self._turn:
            return self._send(label)

    def _send(self, label: bytes) -> Sent:
        try:
            line = self._open_line()
        except DeviceAway:
            return Sent.NOT_SENT
        try:
            line.write(label)
            return Sent.SENT if self._arrived(line) else Sent.UNKNOWN
        except DeviceAway as away:
            return away.sent
        finally:
            line.close()

    def _arrived(self, line: Line) -> bool:
        if not self._answers_for_labels:
            return line.finish(self._times.close_s)
        try:
            said = _heard(line, host_status.ASK, host_status.is_whole, self._times.close_s)
        except DeviceAway as away:
            raise DeviceAway(away.what, away.detail, Sent.UNKNOWN) from away  # the label is out already
        return host_status.parse_host_status(said.raw) is not None


def serial_zpl_printer(
    name: str, line: SerialSettings, clock: Clock = utc_now, times: ZplTimes = SERIAL_TIMES
) -> ZplPrinter:
    """A ZPL printer on a serial line, whose cable must carry both ways.

    Args:
        name: the printer's name at this bench.
        line: port, speed and handshake as they are set at the printer; 9600 8N1 with XON/XOFF on most.
        clock: the time of day.
        times: how long each step may take.
    """
    settings = replace(line, write_s=times.write_s)
    return ZplPrinter(
        name,
        line.url,
        clock=clock,
        times=times,
        open_line=lambda: open_serial(settings, times.connect_s),
        answers_for_labels=True,
    )


def _heard(line: Line, question: bytes, whole: Callable[[bytes], bool], seconds: float) -> Heard:
    """What came until the answer was whole, the deadline, or the loss of the line.

    Raises:
        DeviceAway: when the question cannot be put.
    """
    line.write(question)
    deadline = Deadline(seconds)
    raw = b""
    try:
        while not whole(raw) and not deadline.passed() and len(raw) < _MOST:
            raw += line.read(deadline.left())
    except DeviceAway:
        return Heard(raw, lost=True)
    return Heard(raw)
