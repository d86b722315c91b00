"""Labels through the computer's own print system: a real CUPS, whose queue leads to a simulated printer."""

import socket
import string
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from print_server import PrintServer, missing

from devices.printers.cups_words import ended_badly, job_made, queue_from, waits
from devices.printers.printer import LabelPrinter
from devices.printers.system_queue import QueueTimes, SystemQueue
from devices.simulators.zpl_printer import SimulatedZplPrinter
from devices.values import PrinterCondition, PrinterWarning, Sent

LABEL = b"^XA^FDD20024619^FS^XZ"
QUICK = QueueTimes(command_s=10, done_s=10, look_s=0.02)
IMPATIENT = QueueTimes(command_s=10, done_s=0.3, look_s=0.02)
WHY_NOT = missing() if sys.platform != "win32" else "Windows has no CUPS"
with_cups = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT or "-")


@pytest.fixture
def cups() -> Iterator[PrintServer]:
    running = PrintServer()
    yield running
    running.close()


@pytest.fixture
def simulated() -> Iterator[SimulatedZplPrinter]:
    with SimulatedZplPrinter() as printer:
        yield printer


@with_cups
def test_a_label_goes_through_the_queue_as_it_is(cups: PrintServer, simulated: SimulatedZplPrinter) -> None:
    cups.make("zebra", simulated.port)
    printer: LabelPrinter = SystemQueue("label printer", "zebra", raw=True, server=cups.server, times=QUICK)
    assert printer.status().condition is PrinterCondition.READY
    assert printer.send(LABEL) is Sent.SENT
    assert simulated.wait_for_labels(1, 10)
    assert simulated.labels == [LABEL]


@with_cups
def test_a_pdf_goes_through_the_queue(cups: PrintServer) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas("unused", pagesize=(144, 72))
    canvas.drawString(10, 30, "26G0001234")
    page = canvas.getpdfdata()
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as port:
        cups.make("slides", port.getsockname()[1])

        def take() -> None:
            client = port.accept()[0]
            with client, client.makefile("rb") as file:
                got.append(file.read())

        taker = threading.Thread(target=take)
        taker.start()
        assert SystemQueue("slides", "slides", server=cups.server, times=QUICK).send(page) is Sent.SENT
        taker.join()
    assert got == [page]


@with_cups
def test_a_printer_that_is_off_makes_the_label_unknown_and_it_does_not_come_out_later(
    cups: PrintServer, simulated: SimulatedZplPrinter
) -> None:
    simulated.suffer(refuses=True)
    cups.make("zebra", simulated.port)
    printer = SystemQueue("label printer", "zebra", raw=True, server=cups.server, times=IMPATIENT)
    assert printer.send(LABEL) is Sent.UNKNOWN
    simulated.recover()
    patient = SystemQueue("label printer", "zebra", raw=True, server=cups.server, times=QUICK)
    assert patient.send(b"^XA^FDnext^FS^XZ") is Sent.SENT
    assert simulated.wait_for_labels(1, 10)
    assert simulated.labels == [b"^XA^FDnext^FS^XZ"]


@with_cups
def test_a_queue_does_not_notice_that_the_printer_broke_off_so_its_word_is_no_proof(
    cups: PrintServer, simulated: SimulatedZplPrinter
) -> None:
    """Why a ZPL printer is reached by its own address where it has one."""
    simulated.suffer(drops_after=5)
    cups.make("zebra", simulated.port)
    assert SystemQueue("label printer", "zebra", raw=True, server=cups.server, times=QUICK).send(LABEL) is Sent.SENT
    assert simulated.labels == []


@with_cups
def test_a_queue_that_is_stopped_that_refuses_or_that_is_not_there_says_so(
    cups: PrintServer, simulated: SimulatedZplPrinter
) -> None:
    cups.make("zebra", simulated.port)
    printer = SystemQueue("label printer", "zebra", raw=True, server=cups.server, times=IMPATIENT)
    cups.tell("cupsdisable", "-r", "ribbon changed", "zebra")
    assert printer.status().condition is PrinterCondition.REFUSING
    assert printer.send(LABEL) is Sent.UNKNOWN
    cups.tell("cupsreject", "zebra")
    assert printer.status().condition is PrinterCondition.REFUSING
    assert printer.send(LABEL) is Sent.NOT_SENT
    other = SystemQueue("label printer", "other", server=cups.server, times=QUICK)
    assert other.status().condition is PrinterCondition.NO_QUEUE
    assert other.send(LABEL) is Sent.NOT_SENT
    assert simulated.labels == []


@with_cups
def test_a_print_server_that_is_not_running_was_sent_nothing(tmp_path: Path) -> None:
    printer = SystemQueue("label printer", "zebra", server=str(tmp_path / "none"), times=QUICK)
    assert printer.send(LABEL) is Sent.NOT_SENT
    assert printer.status().condition is PrinterCondition.NO_QUEUE


def test_a_computer_without_a_print_system_was_sent_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    printer = SystemQueue("label printer", "zebra", times=QUICK)
    assert printer.send(LABEL) is Sent.NOT_SENT
    assert printer.status().condition is PrinterCondition.UNREACHABLE


def lpstat(state: str = "is idle.  enabled since Sun Nov 22 11:46:41 2026", alerts: str = "none") -> str:
    accepting = "zebra accepting requests since Sun Nov 22 11:46:41 2026"
    return f"printer zebra {state}\n\tForm mounted:\n\tDescription: zebra\n\tAlerts: {alerts}\n{accepting}\n"


@pytest.mark.parametrize(
    ("alerts", "conditions", "warnings"),
    [
        ("none", (), ()),
        ("media-empty-error", (PrinterCondition.PAPER_OUT,), ()),
        ("media-low-warning marker-supply-low-report", (), (PrinterWarning.PAPER_LOW, PrinterWarning.RIBBON_LOW)),
        ("cover-open paused", (PrinterCondition.HEAD_OPEN, PrinterCondition.REFUSING), ()),
        ("fuser-over-temp-error", (PrinterCondition.FAULT,), ()),
        ("cups-waiting-for-job-completed", (), ()),
        ("media-empty-warning", (), ()),
    ],
)
def test_alerts_of_a_queue_are_read_by_their_keywords(
    alerts: str, conditions: tuple[PrinterCondition, ...], warnings: tuple[PrinterWarning, ...]
) -> None:
    queue = queue_from(lpstat(alerts=alerts))
    assert queue is not None
    assert (queue.conditions, queue.warnings) == (conditions, warnings)


def test_a_queue_whose_printer_cannot_be_reached_says_so() -> None:
    now = "now printing zebra-3.  enabled since Sun\n\tThe printer may not exist or is unavailable at this time."
    queue = queue_from(lpstat(now))
    assert queue is not None
    assert queue.conditions == (PrinterCondition.UNREACHABLE,)


def test_a_job_is_found_by_its_whole_name() -> None:
    said = "zebra-12                root    1024   Sun Nov 22\n\tStatus: zebra-1 waits\n\tqueued for zebra\n"
    assert waits(said, "zebra-12")
    assert not waits(said, "zebra-1")
    assert job_made("request id is zebra-12 (0 file(s))\n") == "zebra-12"
    assert job_made("lp: Error") is None


@pytest.mark.parametrize(
    ("alerts", "badly"),
    [("processing-to-stop-point", False), ("job-canceled-by-user", True), ("aborted-by-system", True)],
)
def test_a_job_that_was_cancelled_or_given_up_ended_badly(alerts: str, badly: bool) -> None:
    said = f"zebra-2  root 1\n\tStatus: \n\tAlerts: {alerts}\n\tqueued for zebra\nzebra-1  root 1\n\tAlerts: aborted\n"
    assert ended_badly(said, "zebra-2") is badly


@given(st.text() | st.text(string.printable), st.text(min_size=1))
def test_no_words_of_a_print_system_break_their_reader(said: str, job: str) -> None:
    assert queue_from(lpstat(alerts=" ".join(said.split()))) is not None
    assert queue_from(said) is None or "printer" in said
    assert isinstance(ended_badly(said, job), bool)
    assert isinstance(waits(said, job), bool)
    assert job_made(said) is None or "request id" in said
