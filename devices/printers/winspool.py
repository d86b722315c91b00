"""Windows' spooler by ``winspool.drv``: a document of raw bytes, its job, and how the printer stands.

Structures and numbers are those of the Windows SDK (winspool.h). Never run yet: this is checked by its types only, and
``windows_queue`` against a simulated spooler.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes
from typing import Protocol

RAW = "RAW"
JOB_CONTROL_DELETE = 5
ERROR_INVALID_PARAMETER = 87
"""What the spooler says of a job that it has no more."""
_LEVEL_1, _LEVEL_6 = 1, 6
_DWORD = ctypes.c_uint32
"""Of one width on every system, so that the structures can be measured on any."""


class SpoolerFault(Exception):
    """The spooler refused.

    Attributes:
        number: Windows' error number.
    """

    def __init__(self, number: int, what: str) -> None:
        super().__init__(f"{what}: Windows error {number}")
        self.number = number


class Spooler(Protocol):
    """What a queue needs of a spooler. Every method raises ``SpoolerFault`` when refused."""

    def open(self, queue: str) -> int:
        """A handle on a queue."""
        ...

    def close(self, handle: int) -> None:
        """Let go of it."""
        ...

    def start(self, handle: int, title: str) -> int:
        """Begin a document of raw bytes; returns its job's number."""
        ...

    def write(self, handle: int, data: bytes) -> int:
        """Hand bytes over; returns how many were taken."""
        ...

    def end(self, handle: int) -> None:
        """The document is whole."""
        ...

    def abort(self, handle: int) -> None:
        """Throw away what was handed over."""
        ...

    def printer_status(self, handle: int) -> int:
        """The queue's status bits."""
        ...

    def job_status(self, handle: int, job: int) -> int | None:
        """A job's status bits; none when the spooler has it no more."""
        ...

    def delete(self, handle: int, job: int) -> None:
        """Take a job out of the queue."""
        ...


class DocInfo1(ctypes.Structure):
    """DOC_INFO_1W."""

    _fields_ = (
        ("pDocName", wintypes.LPWSTR),
        ("pOutputFile", wintypes.LPWSTR),
        ("pDatatype", wintypes.LPWSTR),
    )


class PrinterInfo6(ctypes.Structure):
    """PRINTER_INFO_6."""

    _fields_ = (("dwStatus", _DWORD),)


class SystemTime(ctypes.Structure):
    """SYSTEMTIME."""

    _fields_ = tuple((f"w{part}", ctypes.c_uint16) for part in range(8))


class JobInfo1(ctypes.Structure):
    """JOB_INFO_1W."""

    _fields_ = (
        ("JobId", _DWORD),
        ("pPrinterName", wintypes.LPWSTR),
        ("pMachineName", wintypes.LPWSTR),
        ("pUserName", wintypes.LPWSTR),
        ("pDocument", wintypes.LPWSTR),
        ("pDatatype", wintypes.LPWSTR),
        ("pStatus", wintypes.LPWSTR),
        ("Status", _DWORD),
        ("Priority", _DWORD),
        ("Position", _DWORD),
        ("TotalPages", _DWORD),
        ("PagesPrinted", _DWORD),
        ("Submitted", SystemTime),
    )


def document(title: str) -> DocInfo1:
    """A document whose bytes reach the printer as they are."""
    return DocInfo1(title, None, RAW)


if sys.platform == "win32":

    class Winspool:
        """The spooler of this computer."""

        def __init__(self) -> None:
            self._dll = ctypes.WinDLL("winspool.drv", use_last_error=True)
            handle, dword, pointer = wintypes.HANDLE, _DWORD, ctypes.c_void_p
            forms: dict[str, tuple[type, ...]] = {
                "OpenPrinterW": (wintypes.LPWSTR, pointer, pointer),
                "ClosePrinter": (handle,),
                "StartDocPrinterW": (handle, dword, pointer),
                "StartPagePrinter": (handle,),
                "WritePrinter": (handle, pointer, dword, pointer),
                "EndPagePrinter": (handle,),
                "EndDocPrinter": (handle,),
                "AbortPrinter": (handle,),
                "GetPrinterW": (handle, dword, pointer, dword, pointer),
                "GetJobW": (handle, dword, dword, pointer, dword, pointer),
                "SetJobW": (handle, dword, dword, pointer, dword),
            }
            for name, form in forms.items():
                getattr(self._dll, name).argtypes = form
                getattr(self._dll, name).restype = dword if name == "StartDocPrinterW" else wintypes.BOOL

        def _call(self, name: str, *arguments: object) -> int:
            """The answer of a function; nought is its refusal."""
            ctypes.set_last_error(0)
            answer = int(getattr(self._dll, name)(*arguments))
            if not answer:
                raise SpoolerFault(ctypes.get_last_error(), name)
            return answer

        def open(self, queue: str) -> int:
            """A handle on a queue."""
            handle = wintypes.HANDLE()
            self._call("OpenPrinterW", queue, ctypes.byref(handle), None)
            return handle.value or 0

        def close(self, handle: int) -> None:
            """Let go of it."""
            self._call("ClosePrinter", handle)

        def start(self, handle: int, title: str) -> int:
            """Begin a document and its only page."""
            job = self._call("StartDocPrinterW", handle, _LEVEL_1, ctypes.byref(document(title)))
            self._call("StartPagePrinter", handle)
            return job

        def write(self, handle: int, data: bytes) -> int:
            """Hand bytes over; returns how many were taken."""
            taken = _DWORD()
            self._call("WritePrinter", handle, data, len(data), ctypes.byref(taken))
            return taken.value

        def end(self, handle: int) -> None:
            """The page and the document are whole."""
            self._call("EndPagePrinter", handle)
            self._call("EndDocPrinter", handle)

        def abort(self, handle: int) -> None:
            """Throw away what was handed over."""
            self._call("AbortPrinter", handle)

        def printer_status(self, handle: int) -> int:
            """The queue's status bits."""
            said, needed = PrinterInfo6(), _DWORD()
            size = ctypes.sizeof(said)
            self._call("GetPrinterW", handle, _LEVEL_6, ctypes.byref(said), size, ctypes.byref(needed))
            return int(said.dwStatus)

        def job_status(self, handle: int, job: int) -> int | None:
            """A job's status bits; none when the spooler has it no more."""
            try:
                buffer = ctypes.create_string_buffer(self._size_of(handle, job))
                needed = _DWORD()
                self._call("GetJobW", handle, job, _LEVEL_1, buffer, len(buffer), ctypes.byref(needed))
            except SpoolerFault as why:
                if why.number == ERROR_INVALID_PARAMETER:
                    return None
                raise
            return int(JobInfo1.from_buffer(buffer).Status)

        def _size_of(self, handle: int, job: int) -> int:
            """How many bytes the spooler wants for what it says of a job: it is asked with none."""
            needed = _DWORD()
            ctypes.set_last_error(0)
            self._dll.GetJobW(handle, job, _LEVEL_1, None, 0, ctypes.byref(needed))
            if not needed.value:
                raise SpoolerFault(ctypes.get_last_error(), "GetJobW")
            return needed.value

        def delete(self, handle: int, job: int) -> None:
            """Take a job out of the queue."""
            self._call("SetJobW", handle, job, 0, None, JOB_CONTROL_DELETE)


def this_computers_spooler() -> Spooler:
    """The spooler of Windows.

    Raises:
        SpoolerFault: on any other system.
    """
    if sys.platform == "win32":
        return Winspool()
    raise SpoolerFault(0, "winspool.drv is part of Windows only")
