"""A spooler as Windows has one, in memory: queues, jobs, status bits, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.printers.winspool import SpoolerFault

INVALID_HANDLE, ACCESS_DENIED, INVALID_PRINTER_NAME = 6, 5, 1801
PRINTING, PRINTED, DELETED = 0x10, 0x80, 0x100


@dataclass
class SimulatedSpooler:
    """One queue and its printer.

    Attributes:
        queue: its name.
        bits: the queue's status bits.
        fails_at: the name of the call that is refused; empty for none.
        takes: how many bytes a write takes at most.
        looks: how often a job is looked at before the printer has taken it; none for never.
        shows_printed: a job that is done is still shown, as printed, rather than gone.
        deleted_by_someone: somebody deletes the job in the queue's window.
        printed: what the printer has got.
        open_handles: handles not given back.
        titles: what the jobs were called.
    """

    queue: str = "ZDesigner ZD421"
    bits: int = 0
    fails_at: str = ""
    takes: int = 1 << 20
    looks: int | None = 1
    shows_printed: bool = False
    deleted_by_someone: bool = False
    printed: list[bytes] = field(default_factory=list)
    open_handles: set[int] = field(default_factory=set)
    titles: list[str] = field(default_factory=list)
    _written: bytes = b""
    _spooled: dict[int, bytes] = field(default_factory=dict)
    _looked: int = 0

    def _may(self, call: str, handle: int | None = None) -> None:
        if self.fails_at == call:
            raise SpoolerFault(ACCESS_DENIED, call)
        if handle is not None and handle not in self.open_handles:
            raise SpoolerFault(INVALID_HANDLE, call)

    def open(self, queue: str) -> int:
        """A handle on a queue."""
        self._may("open")
        if queue != self.queue:
            raise SpoolerFault(INVALID_PRINTER_NAME, "open")
        handle = len(self.titles) + 100
        self.open_handles.add(handle)
        return handle

    def close(self, handle: int) -> None:
        """Let go of it."""
        self.open_handles.discard(handle)
        self._may("close")

    def start(self, handle: int, title: str) -> int:
        """Begin a document."""
        self._may("start", handle)
        self.titles.append(title)
        self._written, self._looked = b"", 0
        return len(self.titles)

    def write(self, handle: int, data: bytes) -> int:
        """Take some of the bytes."""
        self._may("write", handle)
        self._written += data[: self.takes]
        return min(len(data), self.takes)

    def end(self, handle: int) -> None:
        """The document is whole: its job waits."""
        self._may("end", handle)
        self._spooled[len(self.titles)] = self._written

    def abort(self, handle: int) -> None:
        """Throw away what was handed over."""
        self._may("abort", handle)
        self._written = b""

    def printer_status(self, handle: int) -> int:
        """The queue's status bits."""
        self._may("printer_status", handle)
        return self.bits

    def job_status(self, handle: int, job: int) -> int | None:
        """A job's status bits; none once it is printed or deleted."""
        self._may("job_status", handle)
        self._looked += 1
        if self.deleted_by_someone:
            self._spooled.pop(job, None)
            return DELETED
        if self.looks is not None and self._looked > self.looks:
            self.printed.append(self._spooled.pop(job))
            return PRINTED if self.shows_printed else None
        return PRINTING

    def delete(self, handle: int, job: int) -> None:
        """Take a job out of the queue."""
        self._may("delete", handle)
        self._spooled.pop(job)

    @property
    def waiting(self) -> int:
        """Jobs that may still come out."""
        return len(self._spooled)
