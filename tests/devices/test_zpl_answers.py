"""What a ZPL printer says of itself, read bit by bit; and what it did not say, or said in pieces."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printers import extended_status, host_status
from devices.printers.extended_status import ExtendedStatus, parse_extended_status
from devices.printers.host_status import parse_host_status
from devices.printers.identity import PrinterIdentity, parse_identity, parse_serial
from devices.printers.zpl_answer import Heard, judged
from devices.simulators.zpl_mind import Faults, ZplMind
from devices.values import PrinterCondition, PrinterStatus, PrinterWarning

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
IDLE = b"\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
FLAGS = (
    "paper_out",
    "ribbon_out",
    "head_open",
    "paused",
    "buffer_full",
    "corrupt_ram",
    "too_cold",
    "too_hot",
    "diagnostics",
)
PRINTERS = st.builds(
    Faults, **dict.fromkeys(FLAGS, st.booleans()), errors=st.integers(0, 0xFFFFFFFF), warnings=st.integers(0, 0xFFFF)
)


def extended(errors: str = "0 00000000 00000000", warnings: str = "0 00000000 00000000") -> bytes:
    return f"\x02\r\n  PRINTER STATUS\r\n   ERRORS:   {errors}\r\n   WARNINGS: {warnings}\r\n\x03\r\n".encode()


def status(host: bytes, more: bytes = b"", *, lost: bool = False) -> PrinterStatus:
    return judged(Heard(host, lost), Heard(more), NOW)


def test_an_idle_answer_is_read_field_by_field() -> None:
    read = parse_host_status(IDLE)
    assert read is not None
    assert read.label_length_dots == 1245
    assert read.conditions == ()
    assert status(IDLE) == PrinterStatus(PrinterCondition.READY, IDLE, NOW, remaining=0, formats=0)
    assert status(IDLE).holds == 0


@pytest.mark.parametrize(
    ("line", "field", "name"),
    [
        (0, 1, "paper_out"),
        (0, 2, "paused"),
        (0, 5, "buffer_full"),
        (0, 6, "diagnostics"),
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
    read = parse_host_status(b"\r\n".join(b",".join(fields) for fields in lines))
    assert read is not None
    flags = {key: value for key, value in vars(read).items() if isinstance(value, bool)}
    assert flags == {key: key == name for key in flags}


@pytest.mark.parametrize(
    ("bit", "condition"),
    [
        (0x1, PrinterCondition.PAPER_OUT),
        (0x2, PrinterCondition.RIBBON_OUT),
        (0x4, PrinterCondition.HEAD_OPEN),
        (0x8, PrinterCondition.CUTTER),
        (0x10, PrinterCondition.TOO_HOT),
        (0x20, PrinterCondition.TOO_HOT),
        (0x40, PrinterCondition.PRINT_HEAD),
        (0x100, PrinterCondition.CORRUPT_RAM),
        (0x200, PrinterCondition.PRINT_HEAD),
        (0x1000, PrinterCondition.JAM),
        (0x10000, PrinterCondition.PAUSED),
        (0x2000, PrinterCondition.FAULT),
        (0x80000000, PrinterCondition.FAULT),
    ],
)
def test_each_error_bit_has_its_name_and_one_without_a_name_is_a_fault(bit: int, condition: PrinterCondition) -> None:
    assert status(IDLE, extended(f"1 00000000 {bit:08X}")).condition is condition


def test_warnings_are_read_from_the_warnings_and_errors_from_the_errors() -> None:
    low = status(IDLE, extended(warnings="1 00000000 00000008"))
    assert (low.condition, low.warnings) == (PrinterCondition.READY, (PrinterWarning.PAPER_LOW,))
    cut = status(IDLE, extended(errors="1 00000000 00000008"))
    assert (cut.condition, cut.warnings) == (PrinterCondition.CUTTER, ())


@pytest.mark.parametrize("errors", ["1 00000000 00000000", "1 00000001 00000000"])
def test_an_error_that_has_no_bit_we_know_is_never_read_as_none(errors: str) -> None:
    assert status(IDLE, extended(errors)).condition is PrinterCondition.FAULT


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        extended()[:-3],
        extended()[1:],
        extended() * 2,
        extended("1 0000000 00000001"),
        extended("1 00000000 000000001"),
        extended("2 00000000 00000001"),
        extended().replace(b"WARNINGS", b"WARNING"),
        extended().replace(b"STATUS", b"SERIAL"),
    ],
)
def test_an_extended_answer_that_is_not_as_documented_is_not_read(raw: bytes) -> None:
    assert parse_extended_status(raw) is None


@pytest.mark.parametrize(
    ("host", "lost", "condition"),
    [
        (b"", False, PrinterCondition.SILENT),
        (b"", True, PrinterCondition.UNREACHABLE),
        (IDLE[:1], False, PrinterCondition.HALF_REPLY),
        (IDLE[:60], True, PrinterCondition.HALF_REPLY),
        (b"\x021,2\x03\x02\x03\x02\x03", False, PrinterCondition.HALF_REPLY),
        (IDLE[1:], False, PrinterCondition.GARBLED),
        (b"\x00\xf8\x00", False, PrinterCondition.GARBLED),
        (b"HTTP/1.1 400 Bad Request\r\n", False, PrinterCondition.GARBLED),
    ],
)
def test_silence_half_a_reply_noise_and_a_lost_line_are_told_apart(
    host: bytes, lost: bool, condition: PrinterCondition
) -> None:
    assert status(host, lost=lost).condition is condition


def test_an_answer_that_came_late_among_the_next_one_is_read_all_the_same() -> None:
    late = judged(Heard(IDLE[:20]), Heard(IDLE[20:] + extended("1 00000000 00000004")), NOW)
    assert late.condition is PrinterCondition.HEAD_OPEN


@given(PRINTERS)
def test_whatever_is_wrong_is_said_and_nothing_else(faults: Faults) -> None:
    mind = ZplMind(faults)
    read = judged(Heard(mind.answer()), Heard(mind.extended_answer()), NOW)
    host, more = parse_host_status(mind.answer()), parse_extended_status(mind.extended_answer())
    assert host is not None
    assert more == ExtendedStatus(faults.error_bits, faults.warnings, unread=False)
    wrong = {*host.conditions, *more.conditions} or {PrinterCondition.READY}
    assert {read.condition, *read.also} == wrong
    assert len(read.also) + 1 == len(wrong)
    assert (PrinterCondition.HEAD_OPEN in wrong) == (faults.head_open or bool(faults.errors & 4))


@given(PRINTERS, st.data())
def test_an_answer_cut_anywhere_is_never_read_as_whole(faults: Faults, data: st.DataObject) -> None:
    mind = ZplMind(faults)
    for raw, whole, parse in (
        (mind.answer(), host_status.is_whole, parse_host_status),
        (mind.extended_answer(), extended_status.is_whole, parse_extended_status),
    ):
        cut = raw[: data.draw(st.integers(0, len(raw) - 3))]
        assert not whole(cut)
        assert parse(cut) is None


PIECES = st.sampled_from([b"\x02", b"\x03", b",", b"0", b"1", b"\xb2", IDLE, extended(), b"PRINTER STATUS", b"ERRORS:"])


@given(*[st.binary() | st.lists(PIECES).map(b"".join)] * 2, st.booleans())
def test_no_answer_however_garbled_breaks_the_reader_or_makes_a_printer_ready(
    host: bytes, more: bytes, lost: bool
) -> None:
    read = judged(Heard(host, lost), Heard(more), NOW)
    assert isinstance(read.condition, PrinterCondition)
    if read.condition is PrinterCondition.READY:
        assert host_status.is_whole(host + more)


@given(st.binary() | st.lists(st.sampled_from([b"\x02", b"\x03", b",", b"12", b"\xb2", b"ZD421"])).map(b"".join))
def test_whatever_is_said_of_a_model_is_read_or_not_and_never_guessed(raw: bytes) -> None:
    read = parse_identity(raw)
    assert read is None or (read.model and 0 <= read.dots_per_mm < 100 and raw.count(b",") >= 3)


def test_a_model_is_read_from_its_own_places() -> None:
    read = parse_identity(b"\x02ZD421-300dpi,V93.21.07Z,12,8176KB,\x03\r\n")
    assert read == PrinterIdentity("ZD421-300dpi", "V93.21.07Z", 12)
    assert parse_identity(b"\x02ZD421,V93,twelve,8176KB\x03") is None


def test_a_serial_number_is_read_below_its_heading_and_nowhere_else() -> None:
    assert parse_serial(b"\x02\r\n  SERIAL NUMBER\r\n  41A06440023\r\n\x03\r\n") == "41A06440023"
    assert parse_serial(b"\x02SERIAL NUMBER\r\n41A06440023\x03") == "41A06440023"
    for raw in (b"", b"\x02\r\n  SERIAL NUMBER\r\n\x03", b"\x02  SERIAL NUMBER\r\n  41A0", b"\x02ZD421,V93,12,8\x03"):
        assert parse_serial(raw) == ""


@given(
    st.binary()
    | st.lists(st.sampled_from([b"\x02", b"\x03", b"SERIAL NUMBER", b"\r\n", b"4\xb2", b"41A"])).map(b"".join)
)
def test_whatever_is_said_of_a_serial_number_is_plain_text_or_none(raw: bytes) -> None:
    assert parse_serial(raw).isprintable()


def test_a_number_without_end_is_not_read() -> None:
    assert parse_host_status(IDLE.replace(b"1245", b"1" * 5000)) is None
