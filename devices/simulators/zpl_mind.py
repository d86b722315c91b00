"""What a simulated ZPL printer knows and says, whatever line it hangs on: its faults, its labels, its answers.

The states are those of the ZPL II Programming Guide. By that guide a printer with paper or ribbon out or its head open
does not answer ``~HS``; some firmware does. ``Faults.answers_when_out`` chooses.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import Any

from devices.printers import extended_status, host_status, identity

START, END = b"^XA", b"^XZ"
_COMMANDS = (host_status.ASK, extended_status.ASK, identity.ASK_SERIAL, identity.ASK)
_ENOUGH_HALF = 30


@dataclass(frozen=True)
class Faults:
    """What is wrong with the printer now.

    Attributes:
        paper_out: no paper.
        ribbon_out: no ribbon.
        head_open: the head is open.
        paused: somebody pressed pause.
        buffer_full: the receive buffer is full.
        corrupt_ram: it has lost its settings.
        too_cold: under its temperature.
        too_hot: over its temperature.
        diagnostics: prints what it is sent as numbers.
        errors: further error bits of ``~HQES``.
        warnings: warning bits of ``~HQES``.
        silent: never answers.
        answers_when_out: answers ``~HS`` even with paper or ribbon out or the head open.
        knows_extended: answers ``~HQES``, as newer models do.
        knows_serial: answers ``~HQSN``, as newer models do.
        refuses: nothing listens at the port.
        stalled: takes the connection and reads nothing.
        drops_after: resets each connection after this many bytes.
        resets_after_label: resets the connection just after the last byte of a label, which it prints.
        answers_short: sends only the first line of its answer.
        answers_half: breaks its answer off within a line.
        garbage: bytes that it sends in place of each answer.
        slow_s: seconds before each answer.
    """

    paper_out: bool = False
    ribbon_out: bool = False
    head_open: bool = False
    paused: bool = False
    buffer_full: bool = False
    corrupt_ram: bool = False
    too_cold: bool = False
    too_hot: bool = False
    diagnostics: bool = False
    errors: int = 0
    warnings: int = 0
    silent: bool = False
    answers_when_out: bool = True
    knows_extended: bool = True
    knows_serial: bool = True
    refuses: bool = False
    stalled: bool = False
    drops_after: int | None = None
    resets_after_label: bool = False
    answers_short: bool = False
    answers_half: bool = False
    garbage: bytes = b""
    slow_s: float = 0.0

    @property
    def out(self) -> bool:
        """Whether it stands still for want of paper, ribbon or a closed head."""
        return self.paper_out or self.ribbon_out or self.head_open

    @property
    def stands(self) -> bool:
        """Whether it prints nothing now."""
        return self.out or self.paused

    @property
    def error_bits(self) -> int:
        """What it says as errors to ``~HQES``."""
        own = (self.paper_out, 0x1), (self.ribbon_out, 0x2), (self.head_open, 0x4), (self.stands, 0x10000)
        return self.errors | sum(bit for is_so, bit in own if is_so)


@dataclass
class ZplMind:
    """A printer's memory; every method may be called from any thread.

    Attributes:
        faults: what is wrong.
        dots_per_mm: its resolution.
        serial: its serial number.
        waiting: labels that it holds and has not printed.
        asked: how often it was asked ``~HS``.
    """

    faults: Faults = field(default_factory=Faults)
    dots_per_mm: int = 12
    serial: str = "SIM000001"
    waiting: int = 0
    asked: int = 0
    _labels: list[bytes] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def labels(self) -> list[bytes]:
        """Each whole label received, from ``^XA`` to ``^XZ``, in order."""
        with self._changed:
            return list(self._labels)

    def suffer(self, **faults: Any) -> None:
        """Change what is wrong, by the names of ``Faults``.

        Raises:
            TypeError: for a fault that does not exist.
        """
        with self._changed:
            stood, self.faults = self.faults.stands, replace(self.faults, **faults)
            if stood and not self.faults.stands:
                self.waiting = 0

    def wait_for_labels(self, count: int, timeout_s: float) -> bool:
        """Wait until at least ``count`` labels have come; false when they have not within the time."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._labels) >= count, timeout_s)

    def wait_for_questions(self, count: int, timeout_s: float) -> bool:
        """Wait until it was asked ``~HS`` so many times more; false when it was not within the time."""
        with self._changed:
            until = self.asked + count
            return self._changed.wait_for(lambda: self.asked >= until, timeout_s)

    def keep(self, label: bytes) -> None:
        """One whole label has come."""
        with self._changed:
            self._labels.append(label)
            self.waiting += self.faults.stands
            self._changed.notify_all()

    def answer(self) -> bytes:
        """The answer to ``~HS`` as things stand; empty while mute. Field by field as in the guide."""
        with self._changed:
            self.asked += 1
            self._changed.notify_all()
        has, waiting = self.faults, self.waiting
        if has.silent or (has.out and not has.answers_when_out):
            return b""
        at_end = f"{has.corrupt_ram:d},{has.too_cold:d},{has.too_hot:d}"
        buffer = f"{waiting:03d},{has.buffer_full:d},{has.diagnostics:d},0"
        lines = (
            f"030,{has.paper_out:d},{has.stands:d},0400,{buffer},000,{at_end}",
            f"000,0,{has.head_open:d},{has.ribbon_out:d},1,2,4,0,{waiting:08d},1,000",
            "1234,0",
        )
        return self._spoken([b"\x02" + line.encode() + b"\x03\r\n" for line in lines])

    def extended_answer(self) -> bytes:
        """The answer to ``~HQES``; empty for a model that does not know it."""
        has = self.faults
        if has.silent or not has.knows_extended:
            return b""
        said = (("ERRORS:  ", has.error_bits), ("WARNINGS:", has.warnings))
        lines = "".join(f"   {word} {bool(bits):d} 00000000 {bits:08X}\r\n" for word, bits in said)
        return self._spoken([f"\x02\r\n  PRINTER STATUS\r\n{lines}\x03\r\n".encode()])

    def identity(self) -> bytes:
        """The answer to ``~HI``: a made-up model."""
        if self.faults.silent:
            return b""
        return self._spoken([f"\x02SIMULATED-{self.dots_per_mm}DPMM,V1.0,{self.dots_per_mm},8192KB,\x03\r\n".encode()])

    def serial_answer(self) -> bytes:
        """The answer to ``~HQSN``; empty for a model that does not know it."""
        if self.faults.silent or not self.faults.knows_serial:
            return b""
        return self._spoken([f"\x02\r\n  SERIAL NUMBER\r\n  {self.serial}\r\n\x03\r\n".encode()])

    def _spoken(self, lines: list[bytes]) -> bytes:
        if self.faults.garbage:
            return self.faults.garbage
        if self.faults.answers_half:
            return lines[0][:_ENOUGH_HALF] if len(lines) > 1 else b""
        return b"".join(lines[:1] if self.faults.answers_short else lines)


class ZplEar:
    """What has come on one line and is not a whole command or label yet."""

    def __init__(self, mind: ZplMind) -> None:
        self._mind = mind
        self._pending = b""

    def hear(self, data: bytes) -> tuple[bytes, int]:
        """Take bytes as they come.

        Returns:
            What the printer answers, and how many labels became whole.
        """
        self._pending += data
        said = b"".join(iter(self._obey, b""))
        count = self._pending.count(END)
        for _ in range(count):
            label, _, self._pending = self._pending.partition(END)
            self._mind.keep(label[max(0, label.find(START)) :] + END)
        return said, count

    def _obey(self) -> bytes:
        """The answer to the next question that is answered; a tilde command acts wherever it stands."""
        while found := [(self._pending.find(command), command) for command in _COMMANDS if command in self._pending]:
            at, command = min(found)
            self._pending = self._pending[:at] + self._pending[at + len(command) :]
            answer = {
                host_status.ASK: self._mind.answer,
                extended_status.ASK: self._mind.extended_answer,
                identity.ASK: self._mind.identity,
                identity.ASK_SERIAL: self._mind.serial_answer,
            }[command]()
            if answer:
                return answer
        return b""
