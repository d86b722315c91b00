"""ZPL as RAW to Windows' spooler, against a simulated one: the binding to winspool.drv itself is never run here."""

import ctypes
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printers.printer import LabelPrinter
from devices.printers.system_queue import QueueTimes
from devices.printers.windows_queue import WindowsQueue
from devices.printers.winspool import JobInfo1, PrinterInfo6, SystemTime, document
from devices.simulators.spooler import SimulatedSpooler
from devices.values import PrinterCondition, PrinterWarning, Sent

LABEL = b"^XA^FDD20024619^FS^XZ"
QUICK = QueueTimes(done_s=5, look_s=0.001)


def queue(spooler: SimulatedSpooler, times: QueueTimes = QUICK) -> WindowsQueue:
    return WindowsQueue("label printer", "ZDesigner ZD421", lambda: spooler, times)


@pytest.mark.parametrize("shows_printed", [True, False])
def test_a_label_reaches_the_printer_as_it_is(shows_printed: bool) -> None:
    spooler = SimulatedSpooler(takes=7, looks=3, shows_printed=shows_printed)
    printer: LabelPrinter = queue(spooler)
    assert [printer.send(LABEL), printer.send(LABEL)] == [Sent.SENT] * 2
    assert spooler.printed == [LABEL] * 2
    assert spooler.titles == ["label"] * 2
    assert not spooler.open_handles


@pytest.mark.parametrize("call", ["open", "start"])
def test_a_spooler_that_made_no_job_was_sent_nothing(call: str) -> None:
    spooler = SimulatedSpooler(fails_at=call)
    assert queue(spooler).send(LABEL) is Sent.NOT_SENT
    assert not spooler.open_handles


@pytest.mark.parametrize("call", ["write", "end", "job_status"])
def test_a_spooler_that_breaks_off_after_it_began_leaves_it_unknown(call: str) -> None:
    spooler = SimulatedSpooler(fails_at=call)
    assert queue(spooler).send(LABEL) is Sent.UNKNOWN
    assert not spooler.open_handles


def test_a_spooler_that_takes_nothing_is_not_asked_for_ever() -> None:
    assert queue(SimulatedSpooler(takes=0)).send(LABEL) is Sent.UNKNOWN


def test_a_job_that_the_printer_does_not_take_is_deleted_and_unknown() -> None:
    spooler = SimulatedSpooler(looks=None)
    assert queue(spooler, QueueTimes(done_s=0.05, look_s=0.01)).send(LABEL) is Sent.UNKNOWN
    assert (spooler.waiting, spooler.printed) == (0, [])


def test_a_job_that_somebody_deleted_is_unknown() -> None:
    assert queue(SimulatedSpooler(deleted_by_someone=True)).send(LABEL) is Sent.UNKNOWN


def test_a_handle_that_cannot_be_given_back_changes_nothing() -> None:
    assert queue(SimulatedSpooler(fails_at="close")).send(LABEL) is Sent.SENT


@pytest.mark.parametrize(
    ("bits", "condition"),
    [
        (0, PrinterCondition.READY),
        (0x400, PrinterCondition.READY),  # printing
        (0x1, PrinterCondition.REFUSING),
        (0x10, PrinterCondition.PAPER_OUT),
        (0x8, PrinterCondition.JAM),
        (0x80, PrinterCondition.UNREACHABLE),
        (0x400000, PrinterCondition.HEAD_OPEN),
        (0x40000, PrinterCondition.RIBBON_OUT),
        (0x2, PrinterCondition.FAULT),
        (0x10 | 0x400000 | 0x1, PrinterCondition.HEAD_OPEN),
    ],
)
def test_the_queue_says_how_its_printer_stands(bits: int, condition: PrinterCondition) -> None:
    status = queue(SimulatedSpooler(bits=bits)).status()
    assert (status.condition, status.raw) == (condition, hex(bits).encode())


def test_a_queue_that_is_not_there_and_a_spooler_that_refuses_are_told_apart() -> None:
    spooler = SimulatedSpooler(queue="another")
    assert queue(spooler).status().condition is PrinterCondition.NO_QUEUE
    assert queue(spooler).send(LABEL) is Sent.NOT_SENT
    assert queue(SimulatedSpooler(fails_at="open")).status().condition is PrinterCondition.UNREACHABLE


def test_a_ribbon_that_runs_out_soon_is_a_warning() -> None:
    assert queue(SimulatedSpooler(bits=0x20000)).status().warnings == (PrinterWarning.RIBBON_LOW,)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has the spooler")
def test_on_another_system_nothing_is_sent() -> None:
    printer = WindowsQueue("label printer", "ZDesigner ZD421")
    assert printer.send(LABEL) is Sent.NOT_SENT
    assert printer.status().condition is PrinterCondition.UNREACHABLE


@given(st.binary(min_size=1, max_size=300), st.integers(1, 400), st.integers(0, 3))
def test_whatever_the_spooler_takes_at_a_time_the_label_arrives_whole_and_once(
    label: bytes, takes: int, looks: int
) -> None:
    spooler = SimulatedSpooler(takes=takes, looks=looks)
    assert queue(spooler, QueueTimes(done_s=5, look_s=0)).send(label) is Sent.SENT
    assert spooler.printed == [label]


def test_the_structures_lie_in_memory_as_the_windows_headers_say() -> None:
    """On a 64-bit system a pointer has 8 bytes and is aligned to them."""
    assert ctypes.sizeof(ctypes.c_void_p) == 8
    assert ctypes.sizeof(SystemTime) == 16
    assert ctypes.sizeof(PrinterInfo6) == 4
    assert JobInfo1.Status.offset == 56
    assert ctypes.sizeof(JobInfo1) == 96
    made = document("label")
    assert (made.pDocName, made.pOutputFile, made.pDatatype) == ("label", None, "RAW")
