"""A hand scanner on a serial line: one reader thread, which outlives the scanner's being unplugged."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from devices.clock import Clock, utc_now
from devices.faults import DeviceAway
from devices.scanners.framing import Framer, Framing
from devices.transports.line import Line
from devices.values import DeviceReport, DeviceState, Scan


@dataclass(frozen=True)
class Patience:
    """How long the reader waits, in seconds.

    Attributes:
        first_retry_s: before the first attempt to reopen; doubled after each that fails.
        longest_retry_s: the most between two attempts.
        slice_s: one read while nothing is pending; ``close`` waits at most this or ``idle_s``.
        idle_s: silence after which a frame without its terminator is handed over, marked.
    """

    first_retry_s: float = 0.25
    longest_retry_s: float = 5.0
    slice_s: float = 0.1
    idle_s: float = 0.5


class SerialScanner:
    """Reads scans until closed, opening the line again whenever it is lost.

    Args:
        name: the scanner's name at this bench, the ``source`` of its scans.
        open_line: opens the line, raising ``DeviceAway`` while it is not there (``open_serial`` with its settings).
        framing: how the scanner wraps what it reads.
        on_scan: called on the reader thread for each scan; it only hands the scan over (``queue.put``).
        on_report: called on the reader thread once for each change: ready, away, or fault.
        clock: the time of day.
        patience: how long to wait.
    """

    def __init__(
        self,
        name: str,
        open_line: Callable[[], Line],
        framing: Framing,
        on_scan: Callable[[Scan], object],
        on_report: Callable[[DeviceReport], object],
        clock: Clock = utc_now,
        patience: Patience | None = None,
    ) -> None:
        self.name = name
        self._open_line = open_line
        self._framer = Framer(framing, name)
        self._on_scan = on_scan
        self._on_report = on_report
        self._clock = clock
        self._patience = patience or Patience()
        self._closing = threading.Event()
        self._told: DeviceState | None = None
        self._thread = threading.Thread(target=self._run, name=f"scanner {name}", daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Begin to read. A scanner that is not there yet is reported away and awaited."""
        self._thread.start()

    def close(self) -> None:
        """Stop reading and wait for the thread to end; more than once does no harm."""
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        delay = self._patience.first_retry_s
        while not self._closing.is_set():
            try:
                line = self._open_line()
            except DeviceAway as away:
                self._tell(DeviceState.AWAY, away.detail)
                self._closing.wait(delay)
                delay = min(delay * 2, self._patience.longest_retry_s)
                continue
            delay = self._patience.first_retry_s
            self._serve(line)
            self._closing.wait(delay)

    def _serve(self, line: Line) -> None:
        """Read one opened line until it is lost or the scanner is closed."""
        try:
            self._tell(DeviceState.READY, line.address)
            while not self._closing.is_set():
                self._read_once(line)
        except DeviceAway as away:
            self._tell(DeviceState.AWAY, away.detail)
        except Exception as fault:
            self._tell(DeviceState.FAULT, repr(fault))
            raise
        finally:
            line.close()
            self._hand_over(self._framer.flush(self._clock()))

    def _read_once(self, line: Line) -> None:
        data = line.read(self._patience.idle_s if self._framer.pending else self._patience.slice_s)
        now = self._clock()
        self._hand_over(self._framer.feed(data, now) if data else self._framer.flush(now))

    def _hand_over(self, scans: list[Scan]) -> None:
        for scan in scans:
            self._on_scan(scan)

    def _tell(self, state: DeviceState, detail: str) -> None:
        if state is not self._told:
            self._told = state
            self._on_report(DeviceReport(self.name, state, detail, self._clock()))
