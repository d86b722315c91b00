"""A FluidX reader by its text remote on TCP: XTR-96, XTR-96 Pro, and IntelliCode in its place.

Each reading has a connection of its own: the tube type is not kept by the reader, and what an aborted reading left on
an old line cannot be taken for the next rack.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from devices.clock import Clock, Deadline, utc_now
from devices.rack_readers import fluidx_answer
from devices.rack_readers.assembling import Source
from devices.rack_readers.cells import RackProfile
from devices.rack_readers.conversation import Conversation, Ended, Turns
from devices.rack_readers.fluidx_answer import Answer, DataLine
from devices.transports.line import Line
from devices.transports.tcp import TcpLine
from devices.values import DeviceReport, RackReaderState, RackReading, RackScan

PORT = 201
"""XTR-96; the Pro has 200, and sites have set 8001."""
_REFUSALS = ("error", "fail", "not ready", "no scanner")


@dataclass(frozen=True)
class FluidxTimes:
    """How long each step may take, in seconds.

    Attributes:
        connect_s: to connect.
        greeting_s: to greet; some do not, and are asked all the same.
        answer_s: to acknowledge a setting.
        scan_s: from ``get`` to the first line of data.
        silence_s: between two pieces of data.
        settle_s: for the end of a last line that looks whole, since some readers send none.
    """

    connect_s: float = 5.0
    greeting_s: float = 1.0
    answer_s: float = 5.0
    scan_s: float = 90.0
    silence_s: float = 5.0
    settle_s: float = 0.3


@dataclass(frozen=True)
class FluidxProfile:
    """How one reader is set up.

    Attributes:
        rack: what its words mean.
        tube: the tube type to set before each reading (``abgene``, ``matrix``, ``micronic``, ``nunc`` …); not set when
            empty.
        line_end: what ends a command; some clients send none.
        announces: whether it says ``Reading...`` when it begins. Data without it is then of an older reading.
        asks: what is said to read a rack. The last brings the data, each before it is acknowledged with ``OK``:
            ``get`` does all at once, ``scan only`` and ``decode`` (or ``rack`` and ``decode``) in two steps.
        checks_orientation: whether it has the Pro's switch that feels which way round the rack stands.
    """

    rack: RackProfile = field(default_factory=RackProfile)
    tube: str = ""
    line_end: bytes = b"\r\n"
    announces: bool = True
    asks: tuple[str, ...] = ("get",)
    checks_orientation: bool = False


class FluidxReader:
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
        profile: FluidxProfile | None = None,
        clock: Clock = utc_now,
        times: FluidxTimes | None = None,
        open_line: Callable[[], Line] | None = None,
    ) -> None:
        self._name = name
        self._profile = profile or FluidxProfile()
        self._clock = clock
        self._times = times or FluidxTimes()
        self._open_line = open_line or (lambda: TcpLine.connect(host, port, self._times.connect_s))
        self._turns = Turns(name, clock)

    @property
    def name(self) -> str:
        """Its name at this bench."""
        return self._name

    def read(self) -> RackReading:
        """Read the rack with ``get``."""
        return self._turns.over(self._open_line, self._talk)

    def cancel(self) -> None:
        """End the reading under way."""
        self._turns.cancel()

    def status(self) -> DeviceReport:
        """What it answers to ``status``."""
        return self._turns.asked(self._open_line, self._state)

    def _state(self, call: Conversation) -> str:
        self._greeted(call)
        self._say(call, "status")
        said = call.hear_until(lambda raw: raw.endswith((b"\r", b"\n")), self._times.answer_s)
        if not said.strip():
            raise Ended(RackReaderState.SILENT)
        return said.decode("latin-1").strip()

    def _greeted(self, call: Conversation) -> None:
        call.hear_until(lambda raw: b"connected" in raw.lower(), self._times.greeting_s)

    def _talk(self, call: Conversation) -> RackScan:
        self._greeted(call)
        if self._profile.tube:
            self._ask(call, f"set tube = {self._profile.tube}", "ok", RackReaderState.NO_SUCH_PROFILE)
        if self._profile.checks_orientation:
            self._ask(call, "switch", "none", RackReaderState.RACK_REVERSED)
        *steps, last = self._profile.asks
        for step in steps:
            self._ask(call, step, "ok", RackReaderState.FAULT, self._times.scan_s)
        before = len(call.raw)
        self._refuse_early_data(call.raw)
        self._say(call, last)
        lines = self._lines(call, before)
        source = Source(self._name, fluidx_answer.DIALECT, self._clock(), call.raw)
        return fluidx_answer.scan_of(lines, source, self._profile.rack)

    def _say(self, call: Conversation, command: str) -> None:
        call.say(command.encode("ascii") + self._profile.line_end)

    def _ask(
        self, call: Conversation, command: str, good: str, otherwise: RackReaderState, seconds: float | None = None
    ) -> None:
        """Put a setting or a question, whose answer holds ``good`` or ``error``."""
        self._say(call, command)

        def answered(raw: bytes) -> bool:
            return good in _text(raw) or "error" in _text(raw)

        said = _text(call.hear_until(answered, seconds or self._times.answer_s))
        if "error" in said:
            raise Ended(otherwise, said.strip())
        if good not in said:
            raise Ended(RackReaderState.GARBLED if said else RackReaderState.SILENT, said.strip() or command)

    def _refuse_early_data(self, raw: bytes) -> None:
        answer = fluidx_answer.parse(raw)
        if answer.lines or answer.open_line:
            raise Ended(RackReaderState.OLD_SCAN, "data came before they were asked for")

    def _lines(self, call: Conversation, before: int) -> tuple[DataLine, ...]:
        """Data lines until the rack is whole; raises ``Ended`` when it does not become so."""
        waiting = Deadline(self._times.scan_s)
        while True:
            answer = fluidx_answer.parse(call.raw[before:])
            self._refuse(answer)
            lines = self._whole(answer)
            if lines is not None:
                return lines
            seconds = self._patience(answer, waiting)
            if not call.hear(seconds):
                return self._after_silence(answer, call.raw[before:])

    def _patience(self, answer: Answer, waiting: Deadline) -> float:
        if not answer.lines and answer.open_line is None:
            return waiting.left()
        lines = self._with_open_line(answer)
        done = lines is not None and fluidx_answer.covers(lines, self._profile.rack.shape)
        # A tube's code alone, at the very end, is the one thing of which half looks like a whole.
        half = answer.open_line is not None and not answer.open_line.racks and not self._unread(answer.open_line)
        return self._times.settle_s if done and not half else self._times.silence_s

    def _unread(self, line: DataLine) -> bool:
        return self._profile.rack.label(line.code) is not None

    def _refuse(self, answer: Answer) -> None:
        for word in answer.words:
            if any(refusal in word for refusal in _REFUSALS):
                raise Ended(RackReaderState.FAULT, word)
        announces = self._profile.announces and len(self._profile.asks) == 1
        if answer.lines and announces and not answer.announced:
            raise Ended(RackReaderState.OLD_SCAN, "data came without a reading before them")

    def _whole(self, answer: Answer) -> tuple[DataLine, ...] | None:
        """The lines, once every well is named by a line that has its end; None while more may come."""
        if fluidx_answer.covers(answer.lines, self._profile.rack.shape):
            return answer.lines
        if answer.blank_after_data and fluidx_answer.covers(answer.lines, None):
            return answer.lines
        return None

    def _with_open_line(self, answer: Answer) -> tuple[DataLine, ...] | None:
        if answer.open_line is None:
            return answer.lines
        whole = fluidx_answer.looks_whole(answer.open_line, answer.lines, self._profile.rack)
        return (*answer.lines, answer.open_line) if whole else None

    def _after_silence(self, answer: Answer, raw: bytes) -> tuple[DataLine, ...]:
        if not answer.lines:
            raise Ended(RackReaderState.STOPPED_HALF_WAY if raw else RackReaderState.SILENT, _text(raw).strip())
        lines = self._with_open_line(answer)
        if lines is not None and (
            fluidx_answer.covers(lines, self._profile.rack.shape) or fluidx_answer.covers(lines, None)
        ):
            return lines
        raise Ended(RackReaderState.STOPPED_HALF_WAY, f"{len(answer.lines)} lines")


def _text(raw: bytes) -> str:
    return raw.decode("latin-1").casefold()
