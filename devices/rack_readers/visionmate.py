"""A Thermo VisionMate by its TCP server. It serves one program at a time: a second one's connection ends the first.

Its results never fade, so its status is reset before each reading, and only what becomes ready after that counts. The
person starts the scan at the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from devices.clock import Clock, Deadline, utc_now
from devices.rack_readers import visionmate_answer
from devices.rack_readers.assembling import Source, rack_scan
from devices.rack_readers.conversation import Conversation, Ended, Turns
from devices.rack_readers.visionmate_answer import NotUnderstood, Status, VisionMateProfile
from devices.transports.line import Line
from devices.transports.tcp import TcpLine
from devices.values import DeviceReport, RackId, RackReaderState, RackReading, RackScan, RackShape

PORT = 8000


@dataclass(frozen=True)
class VisionMateTimes:
    """How long each step may take, in seconds.

    Attributes:
        connect_s: to connect.
        answer_s: to answer a command.
        data_s: to answer the one for data; where it has none it says nothing at all.
        reset_s: until its status is reset.
        scan_s: until the person has scanned the rack.
        poll_s: between two looks at its status.
    """

    connect_s: float = 5.0
    answer_s: float = 5.0
    data_s: float = 5.0
    reset_s: float = 5.0
    scan_s: float = 120.0
    poll_s: float = 0.1


class VisionMateReader:
    """One reader.

    Args:
        name: its name at this bench.
        host: host name or address.
        port: as set at the reader.
        profile: how it is set up.
        clock: the time of day.
        times: how long each step may take.
        open_line: opens the line instead of a TCP connection, for a recording or a replay.
    """

    def __init__(
        self,
        name: str,
        host: str,
        port: int = PORT,
        profile: VisionMateProfile | None = None,
        clock: Clock = utc_now,
        times: VisionMateTimes | None = None,
        open_line: Callable[[], Line] | None = None,
    ) -> None:
        self._name = name
        self._profile = profile or VisionMateProfile()
        self._clock = clock
        self._times = times or VisionMateTimes()
        self._open_line = open_line or (lambda: TcpLine.connect(host, port, self._times.connect_s))
        self._turns = Turns(name, clock)

    @property
    def name(self) -> str:
        """Its name at this bench."""
        return self._name

    def read(self) -> RackReading:
        """Reset, wait until the person has scanned the rack at the reader, and fetch it."""
        return self._turns.over(self._open_line, self._talk)

    def cancel(self) -> None:
        """End the reading under way."""
        self._turns.cancel()

    def status(self) -> DeviceReport:
        """What its status byte says."""
        return self._turns.asked(self._open_line, self._state)

    def _state(self, call: Conversation) -> str:
        try:
            return f"status {self._checked(call).bits}"
        except NotUnderstood as why:
            raise Ended(RackReaderState.GARBLED, str(why)) from why

    def _talk(self, call: Conversation) -> RackScan:
        try:
            return self._read(call)
        except NotUnderstood as why:
            raise Ended(RackReaderState.GARBLED, str(why)) from why

    def _read(self, call: Conversation) -> RackScan:
        self._checked(call)
        shape = visionmate_answer.shape_of(self._ask(call, self._profile.product))
        self._ask(call, self._profile.reset)
        self._poll(call, lambda status: not status.data_ready, self._times.reset_s, RackReaderState.OLD_SCAN)
        ready = self._poll(call, lambda status: status.data_ready, self._times.scan_s, RackReaderState.NOTHING_SCANNED)
        if ready.data_sent:
            raise Ended(RackReaderState.OLD_SCAN, f"status {ready.bits}")
        return self._rack(call, self._ask(call, self._profile.data), shape)

    def _rack(self, call: Conversation, data: str, shape: RackShape) -> RackScan:
        said = visionmate_answer.wells_of(data, shape, self._profile)
        # Empty wells and unread tubes have a word each by the factory's setting.
        source = Source(self._name, visionmate_answer.DIALECT, self._clock(), call.raw, tells_empty=True)
        return rack_scan(said, RackId(), source, self._profile.rack)

    def _checked(self, call: Conversation) -> Status:
        """The status; raises ``Ended`` when nothing can be read in it."""
        status = visionmate_answer.status_of(self._ask(call, self._profile.status))
        if status.error:
            raise Ended(RackReaderState.FAULT, self._ask(call, self._profile.error))
        if not status.initialised:
            raise Ended(RackReaderState.BUSY, f"status {status.bits}")
        return status

    def _poll(
        self, call: Conversation, enough: Callable[[Status], bool], seconds: float, otherwise: RackReaderState
    ) -> Status:
        """Look at the status until it is as wanted; raises ``Ended`` when it has not become so."""
        deadline = Deadline(seconds)
        while not enough(status := self._checked(call)):
            if deadline.passed():
                raise Ended(otherwise, f"status {status.bits}")
            if call.stopped.wait(min(self._times.poll_s, deadline.left())):
                raise Ended(RackReaderState.CANCELLED)
        return status

    def _ask(self, call: Conversation, command: str) -> str:
        """What it answers to a command; raises ``Ended`` when no answer comes."""
        suffix = self._profile.suffix.encode("latin-1")
        if not suffix:
            raise Ended(RackReaderState.SUFFIX_NOT_SET)
        call.say(command.encode("ascii") + b"\r\n")
        seconds = self._times.data_s if command == self._profile.data else self._times.answer_s
        heard = call.hear_until(lambda raw: suffix in raw, seconds)
        text = heard.decode("latin-1")
        if suffix not in heard:
            raise Ended(self._why_no_end(text, command), repr(text) if text else command)
        return visionmate_answer.data_of(text.split(self._profile.suffix)[0], command, self._profile)

    def _why_no_end(self, text: str, command: str) -> RackReaderState:
        if visionmate_answer.looks_without_suffix(text, command, self._profile):
            is_data = command == self._profile.data
            return RackReaderState.STOPPED_HALF_WAY if is_data else RackReaderState.SUFFIX_NOT_SET
        return RackReaderState.GARBLED if text else RackReaderState.SILENT
