"""Labels over a real socket to a printer with every documented fault."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from devices.faults import DeviceAway
from devices.printers.zpl_printer import ZplPrinter, ZplTimes
from devices.simulators.zpl_printer import SimulatedZplPrinter
from devices.transports.tcp import TcpLine
from devices.values import PrinterCondition, PrinterWarning, Sent

LABEL = b"^XA^CI28^FO20,20^BXN,4,200,,,,_^FDFD20024619^FS^XZ"
QUICK = ZplTimes(connect_s=5, answer_s=5, write_s=5, close_s=5)
NOTHING_WRONG = b"\x02\r\n PRINTER STATUS\r\n ERRORS: 0 00000000 00000000\r\n WARNINGS: 0 00000000 00000000\r\n\x03"


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


def test_two_benches_on_one_printer_never_mix_their_labels(simulated) -> None:
    benches = {name: driver(simulated) for name in ("1", "2")}
    results: list[Sent] = []

    def prints(name: str) -> None:
        for number in range(8):
            results.append(benches[name].send(f"^XA^FD{name}-{number}{'x' * 20_000}^FS^XZ".encode()))
            assert benches[name].status().condition is PrinterCondition.READY

    threads = [threading.Thread(target=prints, args=(name,)) for name in benches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [Sent.SENT] * 16
    came = [label[6:9].decode() for label in simulated.labels]
    for name in benches:
        assert [one for one in came if one.startswith(name)] == [f"{name}-{number}" for number in range(8)]


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


@pytest.mark.parametrize("label", [LABEL, b"^XA^GFA," + b"F0" * 400_000 + b"^FS^XZ"])
def test_a_connection_reset_after_the_last_byte_is_unknown_and_never_not_sent(simulated, label: bytes) -> None:
    simulated.suffer(resets_after_label=True)
    assert driver(simulated).send(label) is Sent.UNKNOWN
    assert simulated.wait_for_labels(1, 10)
    assert simulated.labels == [label]


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
    assert status.raw.startswith(simulated.answer())
    assert status.at.tzinfo is not None


@pytest.mark.parametrize(
    ("faults", "also"),
    [
        ({"paper_out": True}, (PrinterCondition.PAUSED,)),
        ({"head_open": True, "paper_out": True}, (PrinterCondition.PAPER_OUT, PrinterCondition.PAUSED)),
        ({"paper_out": True, "too_hot": True}, (PrinterCondition.TOO_HOT, PrinterCondition.PAUSED)),
        ({"paused": True, "buffer_full": True}, (PrinterCondition.BUFFER_FULL,)),
    ],
)
def test_what_else_is_wrong_is_said_in_the_order_to_see_to_it(simulated, faults, also) -> None:
    simulated.suffer(**faults)
    assert driver(simulated).status().also == also


@pytest.mark.parametrize(
    ("faults", "condition"),
    [
        ({"corrupt_ram": True}, PrinterCondition.CORRUPT_RAM),
        ({"too_hot": True}, PrinterCondition.TOO_HOT),
        ({"too_cold": True}, PrinterCondition.TOO_COLD),
        ({"diagnostics": True}, PrinterCondition.DIAGNOSTIC),
        ({"errors": 0x1000}, PrinterCondition.JAM),
        ({"errors": 0x8}, PrinterCondition.CUTTER),
        ({"errors": 0x40}, PrinterCondition.PRINT_HEAD),
        ({"errors": 0x2000}, PrinterCondition.FAULT),
    ],
)
def test_a_printer_that_cannot_be_trusted_to_print_says_why(simulated, faults, condition) -> None:
    simulated.suffer(**faults)
    assert driver(simulated).status().condition is condition


def test_a_printer_that_still_prints_says_what_will_be_wrong_soon(simulated) -> None:
    simulated.suffer(warnings=0x8 | 0x2)
    status = driver(simulated).status()
    assert status.condition is PrinterCondition.READY
    assert status.warnings == (PrinterWarning.CLEAN_HEAD, PrinterWarning.PAPER_LOW)


@pytest.mark.parametrize(
    "faults", [{"silent": True}, {"paper_out": True, "answers_when_out": False, "knows_extended": False}]
)
def test_a_printer_that_says_nothing_is_silent_and_can_still_be_sent_a_label(simulated, faults) -> None:
    simulated.suffer(**faults)
    status = driver(simulated, answer_s=0.05, extended_s=0.05).status()
    assert (status.condition, status.raw) == (PrinterCondition.SILENT, b"")
    assert driver(simulated).send(LABEL) is Sent.SENT


def test_a_printer_that_leaves_the_first_question_unanswered_tells_by_the_second_that_it_is_out_of_labels(
    simulated,
) -> None:
    simulated.suffer(paper_out=True, answers_when_out=False)
    assert driver(simulated, answer_s=0.05).status().condition is PrinterCondition.PAPER_OUT


def test_a_printer_that_only_answers_the_second_question_and_names_nothing_is_silent(simulated) -> None:
    """Its rewinder may be full, which has no bit there."""
    simulated.suffer(paper_out=True, answers_when_out=False)
    simulated.mind.extended_answer = lambda: NOTHING_WRONG
    status = driver(simulated, answer_s=0.05).status()
    assert (status.condition, status.raw) == (PrinterCondition.SILENT, NOTHING_WRONG)


def test_a_printer_that_does_not_know_the_second_question_is_asked_it_once(simulated) -> None:
    simulated.suffer(knows_extended=False)
    printer = driver(simulated, extended_s=0.05)
    assert printer.status().condition is PrinterCondition.READY
    simulated.suffer(knows_extended=True)
    assert b"STATUS" not in printer.status().raw
    simulated.suffer(refuses=True)
    assert printer.status().condition is PrinterCondition.UNREACHABLE
    simulated.recover()  # another printer at the same address
    assert b"STATUS" in printer.status().raw


def test_a_slow_answer_is_read_within_its_time_and_is_silence_after_it(simulated) -> None:
    simulated.suffer(slow_s=0.3)
    assert driver(simulated).status().condition is PrinterCondition.READY
    assert driver(simulated, answer_s=0.02, extended_s=0.02).status().condition is PrinterCondition.SILENT


@pytest.mark.parametrize("faults", [{"answers_short": True}, {"answers_half": True}])
def test_an_answer_that_breaks_off_is_half_a_reply_with_its_bytes_kept(simulated, faults) -> None:
    simulated.suffer(**faults, knows_extended=False)
    status = driver(simulated, answer_s=0.5, extended_s=0.05).status()
    assert status.condition is PrinterCondition.HALF_REPLY
    assert status.raw.startswith(b"\x02030,")


def test_an_answer_of_noise_is_a_garbled_reply(simulated) -> None:
    simulated.suffer(garbage=b"\xf8\x00\xe0\x1c\x03\x03\x03")
    assert driver(simulated, extended_s=0.05).status().condition is PrinterCondition.GARBLED


def test_noise_without_end_is_not_listened_to_for_ever(simulated) -> None:
    simulated.suffer(garbage=b"\xff" * 200_000)
    status = driver(simulated).status()
    assert status.condition is PrinterCondition.GARBLED
    assert len(status.raw) < 200_000


def test_a_connection_reset_before_any_answer_is_unreachable(simulated) -> None:
    simulated.suffer(drops_after=2)
    assert driver(simulated).status().condition is PrinterCondition.UNREACHABLE


@pytest.mark.parametrize(("dots", "dpi"), [(8, 203), (12, 300), (24, 600), (10, None)])
def test_a_printer_swapped_for_another_resolution_is_known_by_its_own_word(simulated, dots: int, dpi: int) -> None:
    simulated.mind.dots_per_mm = dots
    identity = driver(simulated).identify()
    assert identity is not None
    assert (identity.model, identity.firmware, identity.dpi) == (f"SIMULATED-{dots}DPMM", "V1.0", dpi)


@pytest.mark.parametrize(
    "faults", [{"silent": True}, {"answers_half": True}, {"garbage": b"\x02a\x03"}, {"refuses": True}]
)
def test_a_printer_that_does_not_say_what_it_is_is_nobody(simulated, faults) -> None:
    simulated.suffer(**faults)
    assert driver(simulated, answer_s=0.05).identify() is None


def test_a_printer_that_breaks_off_while_it_is_asked_what_it_is_is_nobody(simulated) -> None:
    simulated.suffer(drops_after=2)
    assert driver(simulated).identify() is None


def test_labels_wait_in_a_paused_printer_and_are_printed_when_it_goes_on(simulated) -> None:
    simulated.suffer(paused=True)
    driver(simulated).send(LABEL)
    assert simulated.wait_for_labels(1, 10)
    waiting = driver(simulated).status()
    assert (waiting.condition, waiting.remaining) == (PrinterCondition.PAUSED, 1)
    simulated.recover()
    assert driver(simulated).status().remaining == 0


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
