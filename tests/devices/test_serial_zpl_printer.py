"""Labels over a serial line to a printer that can be unplugged, set to another speed, or deaf."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printers.zpl_printer import SERIAL_TIMES, ZplPrinter, serial_zpl_printer
from devices.simulators.baud import as_heard
from devices.simulators.serial_zpl_printer import SimulatedSerialZplPrinter
from devices.transports.serial_line import SerialSettings
from devices.values import PrinterCondition, Sent

LABEL = b"^XA^CI28^FO20,20^BXN,4,200,,,,_^FDFD20024619^FS^XZ"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")


@pytest.fixture
def simulated(tmp_path: Path) -> Iterator[SimulatedSerialZplPrinter]:
    with SimulatedSerialZplPrinter(tmp_path) as printer:
        yield printer


def driver(simulated: SimulatedSerialZplPrinter, baud: int = 9600, **times: float) -> ZplPrinter:
    return serial_zpl_printer(
        "label printer", SerialSettings(simulated.url, baud, xonxoff=True), times=replace(SERIAL_TIMES, **times)
    )


def test_a_label_that_the_printer_answered_for_is_sent(simulated) -> None:
    printer = driver(simulated)
    assert printer.status().condition is PrinterCondition.READY
    assert [printer.send(LABEL), printer.send(LABEL)] == [Sent.SENT] * 2
    assert simulated.mind.labels == [LABEL] * 2


def test_a_label_with_a_picture_arrives_whole(simulated) -> None:
    label = b"^XA^GFA," + b"F0" * 50_000 + b"^FS^XZ"
    assert driver(simulated).send(label) is Sent.SENT
    assert simulated.mind.labels == [label]


def test_each_fault_is_said_over_the_serial_line_too(simulated) -> None:
    simulated.suffer(head_open=True, errors=0x1000)
    status = driver(simulated).status()
    assert (status.condition, status.also[0]) == (PrinterCondition.HEAD_OPEN, PrinterCondition.JAM)


def test_a_printer_that_is_not_plugged_in_was_sent_nothing(simulated) -> None:
    simulated.unplug()
    assert driver(simulated).send(LABEL) is Sent.NOT_SENT
    assert driver(simulated).status().condition is PrinterCondition.UNREACHABLE
    simulated.replug()
    assert driver(simulated).send(LABEL) is Sent.SENT


def test_a_cable_pulled_after_the_last_byte_is_unknown(simulated) -> None:
    simulated.suffer(resets_after_label=True)
    assert driver(simulated).send(LABEL) is Sent.UNKNOWN
    assert simulated.mind.labels == [LABEL]


def test_a_label_that_nobody_answers_for_is_unknown(simulated) -> None:
    """Out of paper just after it: a cable that carries one way only does the same."""
    simulated.suffer(silent=True)
    assert driver(simulated, close_s=0.1).send(LABEL) is Sent.UNKNOWN


@pytest.mark.parametrize("baud", [4800, 19200, 38400])
def test_the_wrong_speed_never_makes_a_printer_ready_or_a_label_sent(simulated, baud: int) -> None:
    printer = driver(simulated, baud, answer_s=0.1, extended_s=0.05, close_s=0.1)
    assert printer.status().condition in {PrinterCondition.SILENT, PrinterCondition.GARBLED}
    assert printer.send(LABEL) is Sent.UNKNOWN
    assert simulated.mind.labels == []


@pytest.mark.parametrize("label", [LABEL, b"^XA^GFA," + b"F0" * 50_000 + b"^FS^XZ"])
def test_a_printer_that_takes_no_more_bytes_is_given_up_and_its_label_unknown(simulated, label: bytes) -> None:
    simulated.suffer(stalled=True)
    assert driver(simulated, write_s=0.1, close_s=0.1).send(label) is Sent.UNKNOWN
    assert simulated.mind.labels == []


def test_noise_in_place_of_an_answer_is_garbled_and_its_label_unknown(simulated) -> None:
    simulated.suffer(garbage=b"\xff\x00\xe6")
    printer = driver(simulated, answer_s=0.7, extended_s=0.05, close_s=0.1)
    assert printer.status().condition is PrinterCondition.GARBLED
    assert printer.send(LABEL) is Sent.UNKNOWN


def test_a_slow_printer_is_waited_for(simulated) -> None:
    simulated.suffer(slow_s=0.1)
    assert driver(simulated).send(LABEL) is Sent.SENT


@given(st.binary(max_size=60))
def test_a_line_of_one_speed_changes_nothing_and_its_sampling_reads_what_was_sent(data: bytes) -> None:
    assert as_heard(data, 9600, 9600) == data
    assert as_heard(data, 9600, 9500) == data, "a UART stands two in a hundred"


@given(st.binary(max_size=60), st.sampled_from([300, 4800, 9600, 19200, 115200]))
def test_noise_of_any_speed_ends(data: bytes, baud: int) -> None:
    assert len(as_heard(data, 9600, baud)) <= 12 * len(data) * max(1, baud // 9600)


def test_a_speed_that_no_line_has_a_name_for_is_not_understood_and_the_printer_goes_on(simulated) -> None:
    assert driver(simulated, baud=7).status().condition is not PrinterCondition.READY
    assert driver(simulated).status().condition is PrinterCondition.READY
