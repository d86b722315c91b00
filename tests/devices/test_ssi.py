"""Zebra SSI, byte by byte: every decode counted once, whatever the line does to it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanners.framing import Framing, Terminator
from devices.scanners.ssi import Ssi
from devices.scanners.ssi_packet import (
    CONTINUES,
    HOST,
    RETRANSMIT,
    SCANNER,
    Cause,
    Opcode,
    Packet,
    first_packet,
)
from devices.values import Judged, Scan

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
ACK = Packet(Opcode.CMD_ACK).to_bytes()
RESEND = Packet(Opcode.CMD_NAK, b"\x01").to_bytes()


def decode(code: str, kind: int = 0x1B, status: int = 0) -> bytes:
    return Packet(Opcode.DECODE_DATA, bytes((kind,)) + code.encode(), SCANNER, status).to_bytes()


def damaged(packet: bytes) -> bytes:
    return packet[:5] + bytes((packet[5] ^ 1,)) + packet[6:]


class Line:
    """A bench's side of the talk, with everything that came of it."""

    def __init__(self, framing: Framing | None = None) -> None:
        self.ssi = Ssi(framing or Framing(), "front scanner")
        self.scans: list[Scan] = []
        self.said = b""
        self.now = AT

    def hear(self, *data: bytes) -> "Line":
        for one in data:
            heard = self.ssi.heard(one, self.now)
            self.scans += heard.scans
            self.said += heard.reply
        return self

    def silence(self, times: int = 1) -> "Line":
        for _ in range(times):
            heard = self.ssi.silent(self.now)
            self.scans += heard.scans
            self.said += heard.reply
        return self

    @property
    def packets(self) -> list[Packet]:
        found, left = [], self.said
        while (cut := first_packet(left)).packet is not None:
            found.append(cut.packet)
            left = left[cut.length :]
        assert left == b""
        return found

    @property
    def texts(self) -> list[str]:
        return [scan.text for scan in self.scans]


@pytest.mark.parametrize(
    ("opcode", "data", "wanted"),
    [
        (Opcode.CMD_ACK, b"", "04D00400FF28"),
        (Opcode.SCAN_DISABLE, b"", "04EA0400FF0E"),
        (Opcode.SCAN_ENABLE, b"", "04E90400FF0F"),
    ],
)
def test_a_packet_is_that_of_the_guides(opcode: Opcode, data: bytes, wanted: str) -> None:
    assert Packet(opcode, data).to_bytes() == bytes.fromhex(wanted)


def test_a_code_is_one_scan_with_its_packet_kept_and_is_acknowledged() -> None:
    line = Line().hear(decode("FD20024619", 0x03))
    (scan,) = line.scans
    assert (scan.text, scan.symbology, scan.raw, scan.faults) == ("FD20024619", "]C0", decode("FD20024619", 0x03), ())
    assert line.said == ACK


def test_the_aim_identifier_that_the_scanner_sends_wins_over_its_code_type() -> None:
    assert Line().hear(decode("]d2010501234567890010AB", 0x1B)).scans[0].symbology == "]d2"
    assert Line().hear(decode("FD20024619", 0x1B)).scans[0].symbology is None


@pytest.mark.parametrize(
    ("kind", "symbology"),
    [
        (0x11, "]L0"),
        (0x13, "]A4"),
        (0x19, "]C0"),
        (0x25, "]U0"),
        (0x2D, "]z0"),
        (0x32, "]e0"),
        (0xC1, "]d2"),
        (0xC2, "]Q3"),
    ],
)
def test_the_code_types_of_imagers_are_told_where_they_are_one_thing(kind: int, symbology: str) -> None:
    assert Line().hear(decode("0105012345678900", kind)).scans[0].symbology == symbology


@pytest.mark.parametrize("kind", [0x1B, 0x1C, 0x08, 0x30, 0x7F])
def test_a_code_type_that_may_be_one_of_two_things_is_left_open(kind: int) -> None:
    assert Line().hear(decode("0105012345678900", kind)).scans[0].symbology is None


def test_a_suffix_that_the_scanner_was_set_to_add_is_no_part_of_the_code() -> None:
    assert Line(Framing(Terminator.CRLF)).hear(decode("FD20024619\r\n")).texts == ["FD20024619"]
    assert Line().hear(decode("FD20024619\r\n".replace("\n", ""))).texts == ["FD20024619"]


def test_a_packet_sent_again_because_our_acknowledgement_was_lost_counts_once() -> None:
    line = Line().hear(decode("FD20024619"), decode("FD20024619", status=RETRANSMIT), decode("FD20024620"))
    assert line.texts == ["FD20024619", "FD20024620"]
    assert line.said == ACK * 3


def test_the_same_code_scanned_twice_is_two_scans() -> None:
    assert Line().hear(decode("FD20024619"), decode("FD20024619")).texts == ["FD20024619", "FD20024619"]


def test_a_packet_marked_as_sent_again_that_never_arrived_before_counts() -> None:
    assert Line().hear(decode("FD20024619", status=RETRANSMIT)).texts == ["FD20024619"]
    line = Line().hear(decode("FD20024619"))
    line.now += timedelta(minutes=5)
    assert line.hear(decode("FD20024619", status=RETRANSMIT)).texts == ["FD20024619", "FD20024619"]


def test_what_was_counted_before_the_cable_was_pulled_is_not_counted_again_after() -> None:
    line = Line().hear(decode("FD20024619"))
    line.ssi.lost(AT)
    line.said += line.ssi.opened()
    assert line.hear(decode("FD20024619", status=RETRANSMIT)).texts == ["FD20024619"]


def test_a_damaged_packet_is_asked_for_again_once_the_line_is_silent() -> None:
    line = Line().hear(damaged(decode("FD20024619")))
    assert line.said == b""
    line.silence()
    assert line.said == RESEND
    line.hear(decode("FD20024619", status=RETRANSMIT))
    assert (line.texts, line.said) == (["FD20024619"], RESEND + ACK)


def test_after_three_damaged_packets_a_person_is_told_that_nothing_was_read() -> None:
    line = Line()
    for _ in range(3):
        line.hear(damaged(decode("FD20024619"))).silence()
    (scan,) = line.scans
    assert (scan.text, scan.faults, line.said) == ("", ("checksum",), RESEND * 2)
    assert scan.raw == damaged(decode("FD20024619")) * 3


def test_half_a_packet_and_then_nothing_is_told_after_a_while() -> None:
    line = Line().hear(decode("FD20024619")[:8]).silence(5)
    assert ([scan.faults for scan in line.scans], line.said) == ([("checksum",)], RESEND)
    assert not line.ssi.pending


def test_half_a_packet_when_the_cable_is_pulled_is_handed_over_and_marked() -> None:
    line = Line().hear(decode("FD20024619")[:8])
    (scan,) = line.ssi.lost(AT)
    assert (scan.raw, scan.faults) == (decode("FD20024619")[:8], ("checksum",))
    assert line.ssi.lost(AT) == ()


def test_a_code_of_several_packets_is_one_scan() -> None:
    line = Line().hear(decode("A" * 250, status=CONTINUES), decode("A" * 250, status=CONTINUES | RETRANSMIT))
    assert line.texts == []
    assert line.hear(decode("B" * 20)).texts == ["A" * 250 + "B" * 20]


def test_a_code_whose_rest_never_comes_is_told() -> None:
    line = Line().hear(decode("A" * 250, status=CONTINUES)).silence(4)
    assert [(scan.text, scan.faults) for scan in line.scans] == [("", ("checksum",))]


@pytest.mark.parametrize(
    ("judged", "beep", "light"),
    [
        (Judged.RIGHT, 0x00, Opcode.LED_ON),
        (Judged.WRONG, 0x08, Opcode.LED_OFF),
        (Judged.QUESTION, 0x17, Opcode.LED_OFF),
        (Judged.UNJUDGED, 0x08, Opcode.LED_OFF),
    ],
)
def test_the_verdict_is_a_beep_and_then_the_light(judged: Judged, beep: int, light: Opcode) -> None:
    line = Line()
    line.said = line.ssi.verdict(judged)
    line.hear(Packet(Opcode.CMD_ACK, b"", SCANNER).to_bytes())
    assert [(packet.opcode, packet.data) for packet in line.packets] == [
        (Opcode.BEEP, bytes((beep,))),
        (light, b"\x01"),
    ]


def test_a_command_that_is_not_acknowledged_is_said_three_times_then_let_go() -> None:
    line = Line()
    line.said = line.ssi.verdict(Judged.WRONG)
    line.silence(8)
    assert [packet.opcode for packet in line.packets] == [Opcode.BEEP] * 3 + [Opcode.LED_OFF] * 3
    assert [packet.resent for packet in line.packets] == [False, True, True] * 2
    assert not line.ssi.pending


def test_a_storm_of_refusals_ends_after_three_tries_of_each_command() -> None:
    line = Line()
    line.said = line.ssi.verdict(Judged.RIGHT)
    line.hear(*[Packet(Opcode.CMD_NAK, bytes((Cause.RESEND,)), SCANNER).to_bytes()] * 50)
    assert len(line.packets) == 6
    assert not line.ssi.pending


def test_a_command_that_the_model_does_not_know_is_not_said_again() -> None:
    line = Line()
    line.said = line.ssi.verdict(Judged.RIGHT)
    line.hear(Packet(Opcode.CMD_NAK, bytes((Cause.DENIED,)), SCANNER).to_bytes())
    assert [packet.opcode for packet in line.packets] == [Opcode.BEEP, Opcode.LED_ON]


def test_an_event_of_the_scanner_is_acknowledged_and_is_no_scan() -> None:
    line = Line().hear(Packet(Opcode.EVENT, b"\x01", SCANNER).to_bytes())
    assert (line.scans, line.said) == ([], ACK)


def test_our_own_words_echoed_by_the_line_are_passed_over() -> None:
    line = Line().hear(Packet(Opcode.DECODE_DATA, b"\x1bFD20024619", HOST).to_bytes())
    assert (line.scans, line.said) == ([], b"")


def test_a_scanner_that_does_not_answer_in_ssi_is_said_to_and_one_that_then_does_is_taken_back() -> None:
    line = Line()
    line.said = line.ssi.opened()
    line.silence(3)
    well, words = line.ssi.remark
    assert not well
    assert "SSI" in words
    line.hear(decode("FD20024619"))
    assert line.ssi.remark == (True, "")


def test_a_scanner_says_who_it_is() -> None:
    line = Line()
    line.said = line.ssi.opened()
    line.hear(Packet(Opcode.REPLY_REVISION, b"PAAABS00-001-R00  N 46", SCANNER).to_bytes())
    assert line.ssi.remark == (True, "PAAABS00-001-R00 N 46")
    assert line.said.endswith(ACK)


def test_too_much_for_a_packet_is_not_sent() -> None:
    with pytest.raises(ValueError, match="252"):
        Packet(Opcode.DECODE_DATA, b"x" * 252).to_bytes()


codes = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40).filter(
    lambda code: code[0] != "]"
)
packets = st.builds(
    Packet, st.integers(0, 255), st.binary(max_size=40), st.sampled_from([SCANNER, HOST]), st.integers(0, 255)
)


@given(packets)
def test_every_packet_comes_out_as_it_went_in(packet: Packet) -> None:
    cut = first_packet(packet.to_bytes() + b"rest")
    assert (cut.packet, cut.length) == (packet, len(packet.to_bytes()))


@given(packets, st.data())
def test_no_beginning_of_a_packet_is_a_packet_and_no_single_damaged_byte_passes(
    packet: Packet, draw: st.DataObject
) -> None:
    whole = packet.to_bytes()
    assert first_packet(whole[: draw.draw(st.integers(0, len(whole) - 1))]).packet is None
    place, by = draw.draw(st.integers(1, len(whole) - 1)), draw.draw(st.integers(1, 255))
    assert first_packet(whole[:place] + bytes((whole[place] ^ by,)) + whole[place + 1 :]).packet is None


@given(st.lists(codes, max_size=5), st.data())
def test_the_scans_are_the_same_however_the_bytes_were_cut_into_chunks(wanted: list[str], draw: st.DataObject) -> None:
    data = b"".join(decode(code) for code in wanted)
    cuts = sorted(draw.draw(st.lists(st.integers(0, len(data)), max_size=8)))
    pieces = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    line = Line().hear(*[piece for piece in pieces if piece])
    assert (line.texts, line.said) == (wanted, ACK * len(wanted))


@given(st.lists(st.tuples(codes, st.integers(0, 2)), min_size=1, max_size=5))
def test_however_often_packets_are_sent_again_each_scan_counts_once(sent: list[tuple[str, int]]) -> None:
    line = Line()
    for code, again in sent:
        line.hear(decode(code), *[decode(code, status=RETRANSMIT)] * again)
    assert line.texts == [code for code, _ in sent]


@given(st.lists(st.binary(min_size=1, max_size=60), max_size=10))
def test_garbage_makes_no_scan_but_a_fault_and_the_next_code_is_read(garbage: list[bytes]) -> None:
    line = Line().hear(*garbage).silence(12)
    assert all(scan.faults for scan in line.scans if scan.raw and not _is_sound(scan.raw))
    line.scans.clear()
    assert line.hear(decode("FD20024619")).texts == ["FD20024619"]


def _is_sound(raw: bytes) -> bool:
    return first_packet(raw).packet is not None


@given(st.lists(st.one_of(st.just("silence"), packets, st.binary(max_size=30)), max_size=30))
def test_the_bench_never_says_more_than_it_is_asked_for(moves: list[object]) -> None:
    line = Line()
    line.said = line.ssi.opened() + line.ssi.verdict(Judged.RIGHT)
    for move in moves:
        if isinstance(move, Packet):
            line.hear(move.to_bytes())
        elif isinstance(move, bytes):
            line.hear(move) if move else None
        else:
            line.silence()
    line.silence(20)
    assert len(line.packets) <= 9 + len(moves)
    assert not line.ssi.pending
