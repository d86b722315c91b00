"""A Honeywell scanner with Host ACK on: silent after each code until its host says how it was."""

from __future__ import annotations

import re
import time
from enum import StrEnum

from devices.clock import Deadline
from devices.simulators.scanner import SimulatedScanner

TIME_OUT_S = 10.0
_ESCAPE = re.compile(rb"\x1b([1-8ab]),")


class Sound(StrEnum):
    """What whoever holds the scanner hears."""

    GOOD_READ = "good read"
    RAZZ = "razz"
    LOW = "low beep"
    MEDIUM = "medium beep"
    HIGH = "high beep"
    ERROR = "error tone of its own: no answer in time"


_SOUNDS = {b"4": Sound.LOW, b"5": Sound.MEDIUM, b"6": Sound.HIGH, b"7": Sound.GOOD_READ, b"8": Sound.RAZZ}


class SimulatedHostAckScanner(SimulatedScanner):
    """Scans, then waits. An escape string without its comma means nothing to it, as to the real one.

    Attributes:
        time_out_s: how long it waits for its host; the real one 10 s as it leaves the factory.
        heard_at: when the first sound of the last scan began, on the clock of ``time.perf_counter``.
    """

    time_out_s = TIME_OUT_S
    heard_at = 0.0

    def scan_and_hear(self, code: str | bytes, symbology: str = "") -> tuple[Sound, ...]:
        """Read a code and wait for the verdict: everything that is heard of it."""
        self._flush()
        self.scan(code, symbology)
        return self.hear()

    def hear(self) -> tuple[Sound, ...]:
        """Wait for the host; what follows at once is heard too."""
        deadline, said = Deadline(self.time_out_s), b""
        while not _ESCAPE.search(said):
            came = self._port.receive(deadline.left())
            if not came and deadline.passed():
                return (Sound.ERROR,)
            said += came
        self.heard_at = time.perf_counter()
        said += self._port.receive(0.02) if said.count(b"\x1b") < 2 else b""
        return tuple(_SOUNDS[each] for each in _ESCAPE.findall(said) if each in _SOUNDS)

    def _flush(self) -> None:
        """What was said before it scanned means nothing to it."""
        while self._port.receive(0):
            pass
