"""A balance that is asked for its weight: one thing at a time, and what came before it was asked is thrown away."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from devices.balances.speech import Speech
from devices.clock import Deadline
from devices.faults import DeviceAway
from devices.transports.line import Line
from devices.values import Tare, Weighing, Weight

_LONGEST, _END = 200, b"\n"


@dataclass(frozen=True)
class Patience:
    """How long is waited, in seconds.

    Attributes:
        answer_s: for one answer.
        again_s: before it is asked again while the pan moves.
        quiet_s: how long the line has to be quiet after an answer that came late or not at all.
    """

    answer_s: float = 2.0
    again_s: float = 0.2
    quiet_s: float = 0.5


PATIENCE = Patience()


class Balance:
    """Opens its line when it is first asked, and again after it was lost.

    Args:
        speech: its language.
        open_line: opens the line, raising ``DeviceAway`` while it is not there.
        patience: how long is waited.
    """

    def __init__(self, speech: Speech, open_line: Callable[[], Line], patience: Patience = PATIENCE) -> None:
        self._speech, self._open_line, self._patience = speech, open_line, patience
        self._line: Line | None = None
        self._doubtful = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def weigh(self, seconds: float = 0) -> Weight:
        """What lies on the pan.

        Args:
            seconds: how long it may take to come to rest; with 0 it is told as it is.

        Returns:
            The weight at rest; or what stands in its way, with the line that said so.
        """
        deadline = Deadline(seconds)
        while True:
            weight = self._weighed(max(self._patience.answer_s, deadline.left()))
            if weight.state not in {Weighing.MOVING, Weighing.BUSY} or deadline.passed():
                return weight
            try:
                self._drained(min(self._patience.again_s, deadline.left()))
            except DeviceAway as why:
                return self._gone(why)

    def tare(self, seconds: float = 0) -> Tare:
        """Let it count from what lies on it, which must be at rest.

        Args:
            seconds: how long it may take to come to rest, before and after.

        Returns:
            What it was tared by; or what stands in its way. Where nothing answers the command, the balance is asked
            again: one that shows what it showed before was not tared.
        """
        container = self.weigh(seconds)
        if not container.stable:
            return Tare(tared=False, container=container)
        if (tared := self._speech.tared) is None:
            self._told(self._speech.tare)
        else:
            container = self._weighed(self._patience.answer_s, self._speech.tare, tared)
            if not container.stable:
                return Tare(tared=False, container=container)
        after = self.weigh(seconds)
        return Tare(_counts_anew(container, after), container, after)

    def serial(self) -> str:
        """Its serial number; empty where it does not say, or is not there."""
        try:
            answer = self._asked(self._speech.identify, self._patience.answer_s)
        except DeviceAway as why:
            self._gone(why)
            return ""
        return self._speech.serial_of(_line(answer)) or "" if answer.endswith(_END) else ""

    def close(self) -> None:
        """Let go of the line."""
        if self._line is not None:
            self._line.close()
            self._line = None
        self._doubtful = True

    def _weighed(
        self, seconds: float, command: bytes | None = None, read: Callable[[str], Weight] | None = None
    ) -> Weight:
        try:
            answer = self._asked(command or self._speech.weigh, seconds)
        except DeviceAway as why:
            return self._gone(why)
        if not answer:
            return Weight(Weighing.SILENT)
        return (read or self._speech.weight_of)(_line(answer)) if answer.endswith(_END) else _half(answer)

    def _told(self, command: bytes) -> None:
        """Send a command that nothing answers; whether it was heard shows in what is asked next."""
        with suppress(DeviceAway):
            self._drained(self._patience.quiet_s if self._doubtful else 0).write(command)
        self._doubtful = True

    def _gone(self, why: DeviceAway) -> Weight:
        self.close()
        return Weight(Weighing.AWAY, detail=why.detail)

    def _asked(self, command: bytes, seconds: float) -> bytes:
        """The line that answers a command, with its end; without it where it did not come whole in time."""
        line = self._drained(self._patience.quiet_s if self._doubtful else 0)
        self._doubtful = True
        line.write(command)
        heard, deadline = b"", Deadline(seconds)
        while _END not in heard and len(heard) < _LONGEST and not deadline.passed():
            heard += line.read(deadline.left())
        answer, end, more = heard.partition(_END)
        self._doubtful = bool(more) or not end
        return answer + end

    def _drained(self, seconds: float) -> Line:
        """The line, when nothing has come on it for so long: what it held before is no answer to what is asked now."""
        if self._line is None:
            self._line = self._open_line()
            seconds = 0
        end = Deadline(self._patience.answer_s)
        while self._line.read(seconds) and not end.passed():
            continue
        return self._line


def _counts_anew(container: Weight, after: Weight) -> bool:
    """Whether a balance that showed this first, and then that, counts from what lies on it."""
    if container.value is None or after.value is None or not after.stable:
        return False
    return not after.value or abs(after.value) < abs(container.value)


def _line(answer: bytes) -> str:
    return answer.decode("latin-1").removesuffix("\n").removesuffix("\r")


def _half(answer: bytes) -> Weight:
    return Weight(Weighing.NOT_UNDERSTOOD, answer.decode("latin-1"))
