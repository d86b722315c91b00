"""Labels over a real socket to a printer with every documented fault."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.faults import DeviceAway
from devices.printers.host_status import HostStatus, is_whole, parse_host_status
from devices.printers.zpl_printer import ZplPrinter, ZplTimes
from devices.simulators.zpl_printer import SimulatedZplPrinter
from devices.transports.tcp import TcpLine
from devices.values import PrinterCondition, Sent

LABEL = b"^XA^CI28^FO20,20^BXN,4,200,,,,_^FDFD20024619^FS^XZ"
QUICK = ZplTimes(connect_s=5, answer_s=5, write_s=5, close_s=5)
IDLE = b"\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"


@pytest.fixture
def simulated() -> Iterator[SimulatedZplPrinter]:
    with SimulatedZplPrinter() as printer:
        yield printer


def driver(simulated: SimulatedZplPrinter, **times: float) -> ZplPrinter:
    return ZplPrinter("label printer", simulated.host, simulated.port, times=replace(QUICK, **times))


def test_a_label_that_the_printer_took_whole_is_sent(simulated) -> None:
    assert driver(simulated).send(LABEL) is Sent.SENT
    assert simulated.wait_for_labels(1, 10)
    assert simulated.labels == [LABEL]


def test_several_labels_arrive_in_order_one_connection_after_another(simulated) -> None:
    printer = driver(simulated)
    labels = [b"^XA^FD%d^FS^XZ" % number for number in range(5)]
    assert [printer.send(label) for label in labels] == [Sent.SENT] * 5
    assert simulated.labels == labels


def test_a_large_label_with_a_picture_arrives_whole(simulated) -> None:
    label = b"^XA^GFA," + b"F0" * 400_000 + b"^FS^XZ"
    assert driver(simulated).send(label) is Sent.SENT
    assert simulated.labels == [label]


def test_threads_that_print_at_the_same_time_take_turns(simulated) -> None:
    printer = driver(simulated)
    results: list[Sent] = []
    threads = [threading.Thread(target=lambda: results.append(printer.send(LABEL))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [Sent.SENT] * 4
    assert len(simulated.labels) == 4


def test_a_printer_that_is_not_there_was_sent_nothing_and_is_unreachable(simulated) -> None:
    simulated.suffer(refuses=True)
    assert driver(simulated).send(LABEL) is Sent.NOT_SENT
    assert driver(simulated).status().condition is PrinterCondition.UNREACHABLE
    simulated.recover()
    assert driver(simulated).send(LABEL) is Sent.SENT
    assert simulated.labels == [LABEL]


@pytest.mark.parametrize("count", [1, 20, len(LABEL) - 1])
def test_a_connection_lost_after_the_first_byte_is_unknown(simulated, count: int) -> None:
    simulated.suffer(drops_after=count)
    assert driver(simulated).send(LABEL) is Sent.UNKNOWN
    assert simulated.labels == []


def test_a_connection_lost_just_after_the_label_is_unknown_although_it_printed(simulated) -> None:
    simulated.suffer(drops_after=len(LABEL))
    assert driver(simulated).send(LABEL) is Sent.UNKNOWN
    assert simulated.wait_for_labels(1, 10)


def test_a_printer_that_takes_the_connection_and_reads_nothing_is_unknown(simulated) -> None:
    simulated.suffer(stalled=True)
    assert driver(simulated, close_s=0.05).send(LABEL) is Sent.UNKNOWN
    assert driver(simulated, write_s=0.05).send(b"^XA" + b"F0" * 5_000_000 + b"^XZ") is Sent.UNKNOWN


def test_a_port_that_cannot_be_was_sent_nothing() -> None:
    printer = ZplPrinter("label printer", "127.0.0.1", 91000, times=QUICK)
    assert printer.send(LABEL) is Sent.NOT_SENT


@pytest.mark.parametrize(
    ("faults", "condition"),
    [
        ({}, PrinterCondition.READY),
        ({"paused": True}, PrinterCondition.PAUSED),
        ({"paper_out": True}, PrinterCondition.PAPER_OUT),
        ({"ribbon_out": True}, PrinterCondition.RIBBON_OUT),
        ({"head_open": True}, PrinterCondition.HEAD_OPEN),
        ({"buffer_full": True}, PrinterCondition.BUFFER_FULL),
        ({"head_open": True, "paper_out": True, "paused": True}, PrinterCondition.HEAD_OPEN),
    ],
)
def test_the_printer_says_what_is_wrong_with_it(simulated, faults, condition) -> None:
    simulated.suffer(**faults)
    status = driver(simulated).status()
    assert status.condition is condition
    assert status.raw == simulated.answer()
    assert status.at.tzinfo is not None


@pytest.mark.parametrize("faults", [{"silent": True}, {"paper_out": True, "answers_when_out": False}])
def test_a_printer_that_says_nothing_is_silent_and_can_still_be_sent_a_label(simulated, faults) -> None:
    simulated.suffer(**faults)
    status = driver(simulated, answer_s=0.05).status()
    assert (status.condition, status.raw) == (PrinterCondition.SILENT, b"")
    assert driver(simulated).send(LABEL) is Sent.SENT


def test_an_answer_cut_short_is_a_fault_with_its_bytes_kept(simulated) -> None:
    simulated.suffer(answers_short=True)
    status = driver(simulated, answer_s=0.2).status()
    assert status.condition is PrinterCondition.FAULT
    assert status.raw.startswith(b"\x02030,")


def test_a_connection_reset_before_any_answer_is_unreachable(simulated) -> None:
    simulated.suffer(drops_after=2)
    assert driver(simulated).status().condition is PrinterCondition.UNREACHABLE


def test_labels_wait_in_a_paused_printer_and_are_printed_when_it_goes_on(simulated) -> None:
    simulated.suffer(paused=True)
    driver(simulated).send(LABEL)
    assert simulated.wait_for_labels(1, 10)
    waiting = parse_host_status(driver(simulated).status().raw)
    assert waiting is not None
    assert (waiting.paused, waiting.labels_remaining) == (True, 1)
    simulated.recover()
    after = parse_host_status(driver(simulated).status().raw)
    assert after is not None
    assert after.labels_remaining == 0


def test_a_command_inside_a_name_acts_as_it_would_on_the_printer(simulated) -> None:
    """Text from outside must be escaped before it comes here: the printer obeys a tilde command wherever it stands."""
    driver(simulated).send(b"^XA^FDO'Neil~HS^FS^XZ")
    assert simulated.wait_for_labels(1, 10)
    assert simulated.labels == [b"^XA^FDO'Neil^FS^XZ"]


def test_waiting_for_a_label_that_does_not_come_ends(simulated) -> None:
    assert not simulated.wait_for_labels(1, 0.01)


def test_a_fault_that_no_printer_has_is_refused(simulated) -> None:
    with pytest.raises(TypeError):
        simulated.suffer(on_fire=True)


def test_a_simulated_printer_closes_with_a_client_still_connected() -> None:
    printer = SimulatedZplPrinter()
    line = TcpLine.connect(printer.host, printer.port, 5)
    line.write(b"^XA")
    printer.close()
    printer.close()
    line.close()


def test_an_idle_answer_is_read_field_by_field() -> None:
    status = parse_host_status(IDLE)
    assert status is not None
    assert status.label_length_dots == 1245
    assert status.condition is PrinterCondition.READY


@pytest.mark.parametrize(
    ("line", "field", "name"),
    [
        (0, 1, "paper_out"),
        (0, 2, "paused"),
        (0, 5, "buffer_full"),
        (0, 7, "partial_format"),
        (0, 9, "corrupt_ram"),
        (0, 10, "too_cold"),
        (0, 11, "too_hot"),
        (1, 2, "head_open"),
        (1, 3, "ribbon_out"),
        (1, 7, "label_waiting"),
    ],
)
def test_each_flag_is_read_from_its_own_place(line: int, field: int, name: str) -> None:
    lines = [text.split(b",") for text in IDLE.split(b"\r\n")]
    lines[line][field] = b"1\x03" if lines[line][field].endswith(b"\x03") else b"1"
    status = parse_host_status(b"\r\n".join(b",".join(fields) for fields in lines))
    assert status is not None
    flags = {key: value for key, value in vars(status).items() if isinstance(value, bool)}
    assert flags == {key: key == name for key in flags}


@pytest.mark.parametrize("name", ["corrupt_ram", "too_cold", "too_hot"])
def test_a_printer_that_cannot_be_trusted_to_print_is_a_fault(name: str) -> None:
    status = parse_host_status(IDLE)
    assert isinstance(status, HostStatus)
    assert replace(status, **{name: True}).condition is PrinterCondition.FAULT


@given(st.binary() | st.lists(st.sampled_from([b"\x02", b"\x03", b",", b"0", b"1", b"\xb2", IDLE])).map(b"".join))
def test_no_answer_however_garbled_breaks_the_reader(raw: bytes) -> None:
    status = parse_host_status(raw)
    assert status is None or (is_whole(raw) and isinstance(status.condition, PrinterCondition))


def test_a_connection_closed_before_the_first_byte_was_sent_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        line = TcpLine.connect("127.0.0.1", listener.getsockname()[1], 5)
        listener.accept()[0].close()
        with pytest.raises(DeviceAway, match="closed by the other side"):
            line.read(5)
        with pytest.raises(DeviceAway) as away:
            line.write(LABEL)
        assert away.value.sent is Sent.NOT_SENT
        line.close()


def test_a_line_closed_here_says_away_and_does_not_break(simulated) -> None:
    line = TcpLine.connect(simulated.host, simulated.port, 5)
    assert line.address == f"127.0.0.1:{simulated.port}"
    assert line.read(0) == b""
    assert line.sent is Sent.NOT_SENT
    line.close()
    for act in (lambda: line.read(0), lambda: line.write(b"x"), lambda: line.finish(0)):
        with pytest.raises(DeviceAway):
            act()
