"""ZPL as RAW to a queue of Windows' spooler, behind the same port as every label printer.

As with every queue, a job that the printer does not take in time is deleted, and its label ``unknown``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from devices.clock import Clock, Deadline, utc_now
from devices.printers.system_queue import QueueTimes
from devices.printers.winspool import Spooler, SpoolerFault, this_computers_spooler
from devices.values import PrinterCondition, PrinterStatus, PrinterWarning, Sent

_TITLE = "label"

_CONDITIONS = (
    (0x400000, PrinterCondition.HEAD_OPEN),  # PRINTER_STATUS_DOOR_OPEN
    (0x10, PrinterCondition.PAPER_OUT),  # PAPER_OUT
    (0x40000, PrinterCondition.RIBBON_OUT),  # NO_TONER
    (0x8, PrinterCondition.JAM),  # PAPER_JAM
    (0x40, PrinterCondition.JAM),  # PAPER_PROBLEM
    (0x2 | 0x800 | 0x80000 | 0x100000 | 0x200000, PrinterCondition.FAULT),  # ERROR, bin full, page, user, memory
    (0x80 | 0x1000 | 0x800000, PrinterCondition.UNREACHABLE),  # OFFLINE, NOT_AVAILABLE, SERVER_UNKNOWN
    (0x1 | 0x4, PrinterCondition.REFUSING),  # PAUSED, PENDING_DELETION
)
_TONER_LOW = 0x20000
_JOB_PRINTED = 0x80 | 0x1000  # JOB_STATUS_PRINTED, JOB_STATUS_COMPLETE
_JOB_DELETED = 0x4 | 0x100  # JOB_STATUS_DELETING, JOB_STATUS_DELETED
_NO_QUEUE = frozenset({1801, 1905})
"""ERROR_INVALID_PRINTER_NAME, ERROR_PRINTER_DELETED."""


class WindowsQueue:
    """One queue; its labels take turns. Threads may share it.

    Args:
        name: the printer's name at this bench.
        queue: the queue's name as Windows shows it.
        spooler: gives the spooler; another one in tests.
        times: how long each step may take.
        clock: the time of day.
    """

    def __init__(
        self,
        name: str,
        queue: str,
        spooler: Callable[[], Spooler] = this_computers_spooler,
        times: QueueTimes | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._name = name
        self._queue = queue
        self._spooler = spooler
        self._times = times or QueueTimes()
        self._clock = clock
        self._turn = threading.Lock()
        self._pause = threading.Event()

    @property
    def name(self) -> str:
        """The printer's name at this bench."""
        return self._name

    def status(self) -> PrinterStatus:
        """What the spooler says of the queue; of the printer only as far as its driver tells."""
        with self._turn:
            try:
                bits = self._bits()
            except SpoolerFault as why:
                gone = why.number in _NO_QUEUE
                condition = PrinterCondition.NO_QUEUE if gone else PrinterCondition.UNREACHABLE
                return PrinterStatus(condition, b"", self._clock(), detail=str(why))
        wrong = tuple(dict.fromkeys(condition for mask, condition in _CONDITIONS if bits & mask))
        first, *also = wrong or (PrinterCondition.READY,)
        warnings = (PrinterWarning.RIBBON_LOW,) if bits & _TONER_LOW else ()
        return PrinterStatus(first, f"{bits:#x}".encode(), self._clock(), also=tuple(also), warnings=warnings)

    def _bits(self) -> int:
        spooler = self._spooler()
        handle = spooler.open(self._queue)
        try:
            return spooler.printer_status(handle)
        finally:
            spooler.close(handle)

    def send(self, label: bytes) -> Sent:
        """Hand the label to the spooler and wait until it is done with it.

        Returns:
            ``sent`` when the spooler has handed everything on; ``not sent`` when it made no job of it; else
            ``unknown``.
        """
        with self._turn:
            try:
                spooler = self._spooler()
                handle = spooler.open(self._queue)
            except SpoolerFault:
                return Sent.NOT_SENT
            try:
                return self._spooled(spooler, handle, label)
            finally:
                _let_go(spooler, handle)

    def _spooled(self, spooler: Spooler, handle: int, label: bytes) -> Sent:
        deadline = Deadline(self._times.done_s)
        try:
            job = spooler.start(handle, _TITLE)
        except SpoolerFault:
            return Sent.NOT_SENT
        try:
            view = label
            while view:
                taken = spooler.write(handle, view)
                if taken <= 0:
                    raise SpoolerFault(0, "WritePrinter took nothing")
                view = view[taken:]
            spooler.end(handle)
            return self._followed(spooler, handle, job, deadline)
        except SpoolerFault:
            # A spooler may be set to print while it is still being handed the bytes.
            _throw_away(spooler, handle)
            return Sent.UNKNOWN

    def _followed(self, spooler: Spooler, handle: int, job: int, deadline: Deadline) -> Sent:
        while (bits := spooler.job_status(handle, job)) is not None and not bits & _JOB_PRINTED:
            if bits & _JOB_DELETED:
                return Sent.UNKNOWN
            if deadline.passed():
                spooler.delete(handle, job)
                return Sent.UNKNOWN
            self._pause.wait(self._times.look_s)
        return Sent.SENT


def _throw_away(spooler: Spooler, handle: int) -> None:
    try:
        spooler.abort(handle)
    except SpoolerFault:
        return  # there is nothing left to throw away


def _let_go(spooler: Spooler, handle: int) -> None:
    try:
        spooler.close(handle)
    except SpoolerFault:
        return  # the spooler itself is gone
