"""Telnet as serial servers speak it: data comes out whole, however it was cut and whatever stands between."""

from hypothesis import given
from hypothesis import strategies as st

from devices.transports.rfc2217 import Telnet, escaped, offers, setting

between = st.sampled_from(
    [b"", b"\xff\xfd\x2c", b"\xff\xfb\x00", b"\xff\xfd\x18", b"\xff\xfa\x2c\x65\x00\x00\x25\x80\xff\xf0", b"\xff\xf1"]
)


@given(st.lists(st.tuples(st.binary(max_size=20), between), max_size=6), st.data())
def test_data_comes_out_whole(parts: list[tuple[bytes, bytes]], draw: st.DataObject) -> None:
    wire = b"".join(escaped(data) + said for data, said in parts)
    cuts = sorted(draw.draw(st.lists(st.integers(0, len(wire)), max_size=6)))
    telnet = Telnet()
    pieces = [wire[start:end] for start, end in zip([0, *cuts], [*cuts, len(wire)], strict=True)]
    assert b"".join(telnet.feed(piece) for piece in pieces) == b"".join(data for data, _ in parts)


@given(st.binary())
def test_any_bytes_may_come_and_are_answered_with_refusals_only(data: bytes) -> None:
    telnet = Telnet()
    telnet.feed(data)
    said = telnet.replies()
    assert all(said[place : place + 2] in {b"\xff\xfc", b"\xff\xfe"} for place in range(0, len(said), 3))


def test_a_setting_that_the_server_confirms_is_known() -> None:
    telnet = Telnet()
    telnet.feed(b"\xff\xfd\x2c\xff\xfa\x2c\x65\x00\x00\x25\x80\xff\xf0")
    assert (telnet.speaks, telnet.answered) == (True, {1})


def test_an_option_that_nobody_offered_is_declined() -> None:
    telnet = Telnet()
    telnet.feed(b"\xff\xfd\x18\xff\xfb\x01")
    assert telnet.replies() == b"\xff\xfc\x18\xff\xfe\x01"
    assert telnet.replies() == b""


def test_a_value_with_a_telnet_byte_in_it_is_doubled() -> None:
    assert setting(1, b"\x00\x00\xff\x00") == b"\xff\xfa\x2c\x01\x00\x00\xff\xff\x00\xff\xf0"
    assert offers().count(b"\xff") == 6
