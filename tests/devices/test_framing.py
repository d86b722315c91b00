"""Bytes from a hand scanner become scans; none is dropped, none raises."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanners.framing import Framer, Framing, Terminator, interpret
from devices.values import Entered, Scan

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)

framings = st.builds(
    Framing,
    terminator=st.sampled_from(Terminator),
    prefix=st.sampled_from([b"", b"~", b"\x02"]),
    suffix=st.sampled_from([b"", b"!", b"\x03"]),
    aim=st.booleans(),
    longest=st.integers(1, 40),
)
noise = st.lists(
    st.sampled_from([b"\r", b"\n", b"\t", b"~", b"]d1", b"FD20024619", b"\0", b"\xff", b"!"]) | st.binary()
).map(b"".join)


def scans_of(data: bytes, framing: Framing | None = None) -> list[Scan]:
    return Framer(framing or Framing(), "front scanner").feed(data, AT)


def only(data: bytes, framing: Framing | None = None) -> Scan:
    (scan,) = scans_of(data, framing)
    return scan


@pytest.mark.parametrize("terminator", Terminator)
def test_a_tube_scanned_gives_its_code_whatever_the_terminator(terminator: Terminator) -> None:
    data = b"FD20024619" + terminator.value
    scan = only(data, Framing(terminator))
    assert scan == Scan(data, "FD20024619", None, AT, "front scanner", Entered.SCANNED, ())


def test_the_aim_identifier_is_told_apart_from_the_code() -> None:
    assert (only(b"]d1FD20024619\r").symbology, only(b"]d1FD20024619\r").text) == ("]d1", "FD20024619")


@pytest.mark.parametrize("data", [b"~]d1FD20024619\r", b"]d1~FD20024619\r"])
def test_the_aim_identifier_may_stand_on_either_side_of_the_prefix(data: bytes) -> None:
    scan = only(data, Framing(prefix=b"~"))
    assert (scan.symbology, scan.text, scan.faults) == ("]d1", "FD20024619", ())


def test_a_bracket_that_is_no_aim_identifier_stays_in_the_code() -> None:
    assert only(b"]d\r").text == "]d"
    assert only(b"]d1X\r", Framing(aim=False)).text == "]d1X"


def test_a_bracket_and_a_letter_that_stands_for_no_symbology_stay_in_the_code() -> None:
    assert (only(b"]x9ABC\r").symbology, only(b"]x9ABC\r").text) == (None, "]x9ABC")
    assert only(b"]D1FD20024619\r").text == "]D1FD20024619"


def test_a_gs1_separator_is_kept_and_is_no_fault() -> None:
    scan = only(b"]d201050123456789001010AB\x1d21X\r")
    assert scan.text == "01050123456789001010AB\x1d21X"
    assert scan.faults == ()


def test_a_scanner_that_sends_cr_lf_is_understood_whichever_of_the_two_was_set() -> None:
    for terminator in (Terminator.CR, Terminator.LF):
        scans = scans_of(b"FD20024619\r\nFD20024620\r\n", Framing(terminator))
        assert [(scan.text, scan.faults) for scan in scans] == [("FD20024619", ()), ("FD20024620", ())]


def test_the_lf_that_trails_a_cr_is_never_a_scan_of_its_own() -> None:
    framer = Framer(Framing(), "front scanner")
    framer.feed(b"FD20024619\r\n", AT)
    assert framer.flush(AT) == []
    assert framer.pending == b"\n"


@pytest.mark.parametrize(
    ("data", "text", "fault"),
    [
        (b"FD2002\x004619\r", "FD2002\ufffd4619", "NUL"),
        (b"FD2002\xff4619\r", "FD2002\ufffd4619", "not text"),
        (b"FD2002\x074619\r", "FD2002\x074619", "control character"),
        (b"\r", "", "empty"),
        (b"]d1\r", "", "empty"),
    ],
)
def test_bytes_that_are_no_code_become_a_scan_that_says_so(data: bytes, text: str, fault: str) -> None:
    scan = only(data)
    assert (scan.raw, scan.text, scan.faults) == (data, text, (fault,))


def test_a_frame_without_the_prefix_or_suffix_set_is_marked() -> None:
    framing = Framing(prefix=b"~", suffix=b"!")
    assert only(b"~FD20024619!\r", framing).faults == ()
    assert only(b"D20024619!\r", framing).faults == ("no prefix",)
    assert only(b"~FD20024619\r", framing).faults == ("no suffix",)


def test_of_ten_megabytes_without_an_end_a_bounded_part_is_told_and_the_next_scan_is_whole() -> None:
    framing = Framing()
    scans = scans_of(b"A" * 10_000_000 + b"\rFD1\r", framing)
    assert len(scans) == framing.parts + 2
    assert all("cut" in scan.faults for scan in scans[:-1])
    assert sum(len(scan.raw) for scan in scans) < 40_000
    assert (scans[-1].text, scans[-1].faults) == ("FD1", ())


def test_a_frame_longer_than_allowed_is_cut_and_every_part_is_marked() -> None:
    scans = scans_of(b"ABCDEFGHIJ\rFD1\r", Framing(longest=4))
    assert [(scan.text, scan.faults) for scan in scans] == [
        ("ABCDE", ("cut",)),
        ("FGHIJ", ("cut",)),
        ("", ("cut", "empty")),
        ("FD1", ()),
    ]


def test_a_frame_whose_terminator_never_came_is_handed_over_and_marked() -> None:
    framer = Framer(Framing(), "front scanner")
    assert framer.feed(b"FD2002", AT) == []
    (scan,) = framer.flush(AT)
    assert (scan.text, scan.faults) == ("FD2002", ("no terminator",))
    assert framer.pending == b""


@given(noise, framings, st.data())
def test_the_scans_are_the_same_however_the_bytes_were_cut_into_chunks(
    data: bytes, framing: Framing, draw: st.DataObject
) -> None:
    cuts = sorted(draw.draw(st.lists(st.integers(0, len(data)))))
    framer = Framer(framing, "front scanner")
    pieces = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    assert [scan for piece in pieces for scan in framer.feed(piece, AT)] == scans_of(data, framing)


@given(noise, framings)
def test_no_byte_is_ever_dropped(data: bytes, framing: Framing) -> None:
    framer = Framer(framing, "front scanner")
    scans = framer.feed(data, AT) + framer.flush(AT)
    assert b"".join(scan.raw for scan in scans) + framer.pending == data


@given(st.binary(), framings)
def test_the_text_can_always_be_written_into_a_journal(data: bytes, framing: Framing) -> None:
    text = interpret(data, framing, AT, "front scanner").text
    assert "\0" not in text
    text.encode("utf-8")


@given(
    st.text(st.characters(min_codepoint=48, max_codepoint=122), min_size=1, max_size=30).filter(
        lambda code: code[0] != "]"
    ),
    framings,
)
def test_what_a_scanner_wraps_is_what_comes_out(code: str, framing: Framing) -> None:
    longest = Framing(framing.terminator, framing.prefix, framing.suffix, framing.aim)
    scan = only(framing.prefix + code.encode() + framing.suffix + framing.terminator.value, longest)
    assert (scan.text, scan.faults) == (code, ())
