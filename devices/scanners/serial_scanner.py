"""A hand scanner on a serial line: one reader thread, which outlives the scanner's being unplugged.

A scanner that awaits a verdict is read no further until it was told one, or the time for it is up: it scans nothing
meanwhile either.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

from devices.clock import Clock, Deadline, utc_now
from devices.faults import DeviceAway
from devices.scanners.dialogue import Dialogue, Heard
from devices.transports.line import Line
from devices.values import DeviceReport, DeviceState, Judged, Scan


@dataclass(frozen=True)
class Patience:
    """How long the reader waits, in seconds.

    Attributes:
        first_retry_s: before the first attempt to reopen; doubled after each that fails.
        longest_retry_s: the most between two attempts.
        slice_s: one read while nothing is pending; ``close`` waits at most this or ``idle_s``.
        idle_s: silence after which a frame without its terminator is handed over, marked.
        verdict_s: how long the bench may take to judge a scan; a Honeywell scanner waits 10 s by itself.
    """

    first_retry_s: float = 0.25
    longest_retry_s: float = 5.0
    slice_s: float = 0.1
    idle_s: float = 0.5
    verdict_s: float = 4.0


class SerialScanner:
    """Reads scans until closed, opening the line again whenever it is lost.

    Args:
        name: the scanner's name at this bench, the ``source`` of its scans.
        open_line: opens the line, raising ``DeviceAway`` while it is not there (``open_serial`` with its settings).
        dialogue: how the scanner talks: what it wraps its codes in, and what it is told of each.
        on_scan: called on the reader thread for each scan; it only hands the scan over (``queue.put``).
        on_report: called on the reader thread once for each change: ready, away, or fault.
        clock: the time of day.
        patience: how long to wait.
    """

    def __init__(
        self,
        name: str,
        open_line: Callable[[], Line],
        dialogue: Dialogue,
        on_scan: Callable[[Scan], object],
        on_report: Callable[[DeviceReport], object],
        clock: Clock = utc_now,
        patience: Patience | None = None,
    ) -> None:
        self.name = name
        self._open_line = open_line
        self._dialogue = dialogue
        self._on_scan = on_scan
        self._on_report = on_report
        self._clock = clock
        self._patience = patience or Patience()
        self._closing = threading.Event()
        self._told: tuple[DeviceState, str] | None = None
        self._judged: SimpleQueue[tuple[Scan, Judged] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"scanner {name}", daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Begin to read. A scanner that is not there yet is reported away and awaited."""
        self._thread.start()

    def tell(self, scan: Scan, judged: Judged) -> None:
        """Say what became of a scan; from any thread, and without waiting. What comes too late is not said."""
        if self._dialogue.awaits_verdict:
            self._judged.put((scan, judged))

    def close(self) -> None:
        """Stop reading and wait for the thread to end; more than once does no harm."""
        self._closing.set()
        self._judged.put(None)
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
        """Talk over one opened line until it is lost or the scanner is closed."""
        try:
            self._tell_remark(line)
            self._reply(line, self._dialogue.opened())
            while not self._closing.is_set():
                self._read_once(line)
        except DeviceAway as away:
            self._tell(DeviceState.AWAY, away.detail)
        except Exception as fault:
            self._tell(DeviceState.FAULT, repr(fault))
            raise
        finally:
            line.close()
            for scan in self._dialogue.lost(self._clock()):
                self._on_scan(scan)

    def _read_once(self, line: Line) -> None:
        data = line.read(self._patience.idle_s if self._dialogue.pending else self._patience.slice_s)
        now = self._clock()
        heard = self._dialogue.heard(data, now) if data else self._dialogue.silent(now)
        self._carry_out(line, heard)
        self._tell_remark(line)

    def _carry_out(self, line: Line, heard: Heard) -> None:
        self._reply(line, heard.reply)
        for scan in heard.scans:
            self._on_scan(scan)
            if self._dialogue.awaits_verdict:
                self._reply(line, self._dialogue.verdict(self._verdict_on(scan)))

    def _verdict_on(self, scan: Scan) -> Judged:
        """What was told of a scan before the time was up, or before the reader was closed."""
        deadline = Deadline(self._patience.verdict_s)
        while True:
            try:
                said = self._judged.get(timeout=deadline.left())
            except Empty:
                return Judged.UNJUDGED
            if said is None:
                return Judged.UNJUDGED
            if (said[0].at, said[0].raw) == (scan.at, scan.raw):
                return said[1]

    def _reply(self, line: Line, data: bytes) -> None:
        if data:
            line.write(data)

    def _tell_remark(self, line: Line) -> None:
        well, remark = self._dialogue.remark
        if well:
            self._tell(DeviceState.READY, ", ".join(part for part in (line.address, remark) if part), remark)
        else:
            self._tell(DeviceState.FAULT, remark, remark)

    def _tell(self, state: DeviceState, detail: str, remark: str = "") -> None:
        """Once for each change, and once more when a scanner has said who it is."""
        if (state, remark) != self._told:
            self._told = (state, remark)
            self._on_report(DeviceReport(self.name, state, detail, self._clock()))
