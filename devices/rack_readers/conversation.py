"""One conversation with a rack reader, from the opening of the line to how it ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from devices.clock import Clock, Deadline
from devices.faults import DeviceAway
from devices.transports.line import Line
from devices.values import DeviceReport, DeviceState, RackReaderState, RackReading, RackScan

_SLICE_S = 0.1
"""How long ``cancel`` may take to be heard."""
LONGEST = 1_000_000
"""No rack's answer has that many bytes: what goes on is noise."""


class RackReader(Protocol):
    """A rack reader at this bench. Threads may share it; its readings take turns."""

    @property
    def name(self) -> str:
        """Its name at this bench."""
        ...

    def read(self) -> RackReading:
        """Read the rack that stands in it now. Whatever happens is told in the reading, never raised."""
        ...

    def cancel(self) -> None:
        """End the reading that another thread waits for; a later one is not touched."""
        ...

    def status(self) -> DeviceReport:
        """Whether a rack could be read now, with the reader's own words. Scans nothing."""
        ...


@runtime_checkable
class LeavesFiles(Protocol):
    """A rack reader whose program leaves its result in a file: the file stays until its rack is recorded."""

    def committed(self, scan: RackScan) -> bool:
        """Put the file of a rack away whose content has been committed; false when it holds something else by now.

        Raises:
            OSError: when it cannot be moved.
        """
        ...


class Ended(Exception):
    """A reading that came to nothing: how, and the reason in the words of the device."""

    def __init__(self, state: RackReaderState, detail: str = "") -> None:
        super().__init__(f"{state}: {detail}")
        self.state = state
        self.detail = detail


class Conversation:
    """An open line, and everything that came over it.

    Args:
        line: the line.
        stopped: set by ``cancel``.
    """

    def __init__(self, line: Line, stopped: threading.Event) -> None:
        self._line = line
        self.stopped = stopped
        self.raw = b""

    def say(self, data: bytes) -> None:
        """Hand over bytes; raises ``DeviceAway``."""
        self._line.write(data)

    def hear(self, seconds: float) -> bytes:
        """What comes next, waiting at most so long; empty when nothing came.

        Raises:
            DeviceAway: when the line is lost.
            Ended: when cancelled, or when it goes on without end.
        """
        deadline = Deadline(seconds)
        while True:
            if self.stopped.is_set():
                raise Ended(RackReaderState.CANCELLED)
            data = self._line.read(min(_SLICE_S, deadline.left()))
            if data or deadline.passed():
                self.raw += data
                if len(self.raw) > LONGEST:
                    raise Ended(RackReaderState.GARBLED, f"more than {LONGEST} bytes")
                return data

    def hear_until(self, enough: Callable[[bytes], bool], seconds: float) -> bytes:
        """What came from now on until it is enough or the time is over; raises as ``hear``."""
        deadline, begun = Deadline(seconds), len(self.raw)
        while not enough(self.raw[begun:]) and not deadline.passed():
            self.hear(deadline.left())
        return self.raw[begun:]


_AS_A_DEVICE = {
    RackReaderState.UNREACHABLE: DeviceState.AWAY,
    RackReaderState.HUNG_UP: DeviceState.AWAY,
    RackReaderState.SCANNER_AWAY: DeviceState.AWAY,
    RackReaderState.BUSY: DeviceState.BUSY,
}


class Turns:
    """One reading at a time, each of which can be cancelled.

    Args:
        name: the reader's name at this bench.
        clock: the time of day.
    """

    def __init__(self, name: str, clock: Clock) -> None:
        self.name = name
        self._clock = clock
        self._turn = threading.Lock()
        self._stopped = threading.Event()

    def cancel(self) -> None:
        """End the reading under way."""
        self._stopped.set()

    def over(self, open_line: Callable[[], Line], talk: Callable[[Conversation], RackScan]) -> RackReading:
        """One reading over a line of its own."""
        with self._turn:
            self._stopped.clear()
            try:
                line = open_line()
            except DeviceAway as away:
                return RackReading(RackReaderState.UNREACHABLE, None, b"", self._clock(), away.detail)
            try:
                return self._told(Conversation(line, self._stopped), talk)
            finally:
                line.close()

    def asked(self, open_line: Callable[[], Line], ask: Callable[[Conversation], str]) -> DeviceReport:
        """How the reader is, asked over a line of its own: ready with the words it gave, unless ``ask`` raises."""
        with self._turn:
            self._stopped.clear()
            try:
                line = open_line()
                try:
                    detail = ask(Conversation(line, self._stopped))
                finally:
                    line.close()
            except Ended as ended:
                return self.report(ended)
            except DeviceAway as away:
                return self.report(Ended(RackReaderState.UNREACHABLE, away.detail))
            return DeviceReport(self.name, DeviceState.READY, detail, self._clock())

    def report(self, ended: Ended) -> DeviceReport:
        """How the reader is when it cannot be worked with."""
        state = _AS_A_DEVICE.get(ended.state, DeviceState.FAULT)
        return DeviceReport(self.name, state, ended.detail or ended.state.value, self._clock())

    def without_line(self, read: Callable[[threading.Event], RackScan]) -> RackReading:
        """One reading that needs no line, of a file for example."""
        with self._turn:
            self._stopped.clear()
            try:
                scan = read(self._stopped)
            except Ended as ended:
                return RackReading(ended.state, None, b"", self._clock(), ended.detail)
            return RackReading(RackReaderState.READ, scan, scan.raw, self._clock())

    def _told(self, conversation: Conversation, talk: Callable[[Conversation], RackScan]) -> RackReading:
        try:
            scan = talk(conversation)
        except Ended as ended:
            return RackReading(ended.state, None, conversation.raw, self._clock(), ended.detail)
        except DeviceAway as away:
            return RackReading(RackReaderState.HUNG_UP, None, conversation.raw, self._clock(), away.detail)
        return RackReading(RackReaderState.READ, scan, conversation.raw, self._clock())
