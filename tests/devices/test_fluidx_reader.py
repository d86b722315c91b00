"""A FluidX reader by its text remote: what it says becomes a rack, and what it only half says never does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from racks import AT, EXTRACTED, racks, readable, states

from devices.rack_readers import fluidx_answer
from devices.rack_readers.assembling import Source
from devices.rack_readers.cells import RackProfile
from devices.rack_readers.fluidx_remote import FluidxProfile, FluidxReader, FluidxTimes
from devices.simulators.fluidx_reader import FluidxFaults, SimulatedFluidxReader, data_of
from devices.simulators.ports import listen
from devices.simulators.rack import SimulatedRack
from devices.transports.recording import RecordingLine, ReplayingLine
from devices.transports.tcp import TcpLine
from devices.values import (
    RACK_48,
    RACK_96,
    DeviceState,
    RackDefect,
    RackIdState,
    RackReaderState,
    RackReading,
    RackScan,
    WellState,
)

RACK = SimulatedRack({**EXTRACTED, "B01": ""})
CAPTURE = Path(__file__).parents[1] / "data" / "racks" / "fluidx_xtr96_get_output.txt"
PATIENT = FluidxTimes(greeting_s=10, answer_s=10, scan_s=10, silence_s=10, settle_s=0.05)
BRIEF = FluidxTimes(greeting_s=0.05, answer_s=0.2, scan_s=0.2, silence_s=0.1, settle_s=0.05)


@pytest.fixture
def simulated() -> Iterator[SimulatedFluidxReader]:
    with SimulatedFluidxReader(RACK) as reader:
        yield reader


def reader_of(
    simulated: SimulatedFluidxReader, times: FluidxTimes = PATIENT, profile: FluidxProfile | None = None
) -> FluidxReader:
    return FluidxReader("rack reader", simulated.host, simulated.port, profile, times=times)


def rack_of(reading: RackReading) -> RackScan:
    assert reading.state is RackReaderState.READ, reading.detail
    assert reading.scan is not None
    return reading.scan


def understood(raw: bytes, profile: RackProfile | None = None) -> RackScan:
    lines = fluidx_answer.parse(raw).lines
    return fluidx_answer.scan_of(lines, Source("rack reader", "", AT, raw), profile or RackProfile())


def test_a_rack_is_read_with_its_code_and_every_well(simulated: SimulatedFluidxReader) -> None:
    scan = rack_of(reader_of(simulated).read())
    assert (scan.tubes, scan.rack_id.code, scan.rack_id.source) == (EXTRACTED, "SA00826894", "1d_rackid_1")
    assert states(scan) == {WellState.TUBE: 4, WellState.NO_READ: 92}
    assert not scan.tells_empty
    assert simulated.commands == ["get"]


def test_no_read_is_no_empty_well_and_a_profile_says_whether_the_reader_can_tell(
    simulated: SimulatedFluidxReader,
) -> None:
    simulated.suffer(tells_empty=True)
    scan = rack_of(reader_of(simulated, profile=FluidxProfile(RackProfile(tells_empty=True))).read())
    assert states(scan) == {WellState.TUBE: 4, WellState.EMPTY: 91, WellState.NO_READ: 1}
    assert scan.tells_empty


@pytest.mark.parametrize("line_end", [b"\r", b"\n", b"\r\n"])
@pytest.mark.parametrize("glued", [True, False])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_and_glued_words_change_nothing(
    simulated: SimulatedFluidxReader, line_end: bytes, glued: bool, last: bool
) -> None:
    simulated.suffer(line_end=line_end, glued=glued, last_line_ends=last, padded=glued, by_column=not glued)
    assert rack_of(reader_of(simulated).read()).tubes == EXTRACTED


def test_a_reader_that_sends_byte_for_byte_is_read_the_same(simulated: SimulatedFluidxReader) -> None:
    small = SimulatedRack({"A01": "FD20024619"}, shape=RACK_48)
    simulated.put_in(small)
    simulated.suffer(cuts=tuple(range(1, 60)))
    profile = FluidxProfile(RackProfile(RACK_48))
    assert rack_of(reader_of(simulated, profile=profile).read()).tubes == {"A01": "FD20024619"}


@given(racks(), st.data())
def test_any_split_into_segments_gives_the_same_wells_and_loses_none(rack: SimulatedRack, data: st.DataObject) -> None:
    faults = data.draw(
        st.builds(
            FluidxFaults,
            glued=st.booleans(),
            padded=st.booleans(),
            by_column=st.booleans(),
            names_rack=st.booleans(),
            line_end=st.sampled_from([b"\r", b"\n", b"\r\n"]),
        )
    )
    raw = b"Reading..." + (b"" if faults.glued else faults.line_end) + data_of(rack, faults)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=5)))
    heard = b""
    for start, end in zip([0, *cuts], [*cuts, len(raw)], strict=True):
        heard += raw[start:end]
        early = understood(heard)
        assert early.tubes.items() <= readable(rack).items()
    scan = understood(heard)
    assert (scan.tubes, scan.shape) == (readable(rack), rack.shape)
    assert WellState.NOT_SAID not in states(scan)


@given(st.binary(max_size=300) | st.lists(st.sampled_from([b"A1", b", ", b"\r\n", b"FD20024619", b"OK"])).map(b"".join))
def test_no_arrangement_of_bytes_yields_a_tube_that_was_not_in_them(raw: bytes) -> None:
    scan = understood(raw)
    assert all(code.encode() in raw for code in scan.tubes.values())
    assert len(scan.wells) == scan.shape.rows * scan.shape.columns


def test_a_code_that_holds_the_words_of_the_reader_is_still_a_code() -> None:
    scan = understood(b"A1, FDOK001234\r\nB2, READING...\r\n")
    assert scan.tubes == {"A01": "FDOK001234"}


def test_a_rack_code_not_read_is_told_apart_from_tubes_not_read(simulated: SimulatedFluidxReader) -> None:
    simulated.put_in(SimulatedRack(EXTRACTED, ""))
    scan = rack_of(reader_of(simulated).read())
    assert (scan.rack_id.state, scan.rack_id.code) == (RackIdState.NO_READ, "")
    assert scan.tubes == EXTRACTED


def test_a_fifth_field_is_the_rack_where_the_fourth_was_not_read() -> None:
    scan = understood(b"A1, FD20024619, 1d_rackid_1, NO READ, SA00826894\r\n")
    assert scan.rack_id.code == "SA00826894"


def test_two_rack_codes_in_one_answer_are_none() -> None:
    scan = understood(b"A1, NO READ, 1d_rackid_1, SA00826894\r\nA2, NO READ, 1d_rackid_1, SA00826895\r\n")
    assert scan.rack_id.state is RackIdState.DISAGREES


def test_48_wells_in_a_profile_for_96_are_read_and_named(simulated: SimulatedFluidxReader) -> None:
    simulated.put_in(SimulatedRack({"F08": "FR05653801"}, shape=RACK_48))
    scan = rack_of(reader_of(simulated, FluidxTimes(silence_s=0.5)).read())
    assert scan.shape == RACK_48
    assert [finding.defect for finding in scan.findings] == [RackDefect.OTHER_SIZE]


def test_the_tube_type_is_set_before_each_reading(simulated: SimulatedFluidxReader) -> None:
    reader = reader_of(simulated, profile=FluidxProfile(tube="matrix", line_end=b""))
    rack_of(reader.read())
    rack_of(reader.read())
    assert simulated.commands == ["set tube = matrix", "get"] * 2


@pytest.mark.parametrize("asks", [("scan only", "decode"), ("rack", "decode"), ("rack", "get")])
def test_scan_and_data_may_be_asked_for_one_after_the_other(
    simulated: SimulatedFluidxReader, asks: tuple[str, ...]
) -> None:
    assert rack_of(reader_of(simulated, profile=FluidxProfile(asks=asks)).read()).tubes == EXTRACTED
    assert simulated.commands == list(asks)


def test_a_reader_says_how_it_is_without_scanning(simulated: SimulatedFluidxReader) -> None:
    report = reader_of(simulated).status()
    assert (report.state, report.detail) == (DeviceState.READY, "Finished")
    assert simulated.commands == ["status"]


def test_the_simulated_reader_answers_the_commands_of_the_makers_manual(simulated: SimulatedFluidxReader) -> None:
    line = TcpLine.connect(simulated.host, simulated.port, 5)
    for command, end in (
        (b"", b"Connected\r\n"),
        (b"tube type", b"abgene\r\n"),
        (b"set tube = nunc", b"OK\r\n"),
        (b"tube type", b"nunc\r\n"),
        (b"read", b"Reading...\r\n"),
        (b"status", b"Finished\r\n"),
        (b"summary", b"OK - 4, Failed 1\r\n"),
        (b"rack", b"Reading...\r\nOK\r\n"),
        (b"decode", b"H12, FD20024800, 1d_rackid_1, SA00826894\r\n"),
    ):
        line.write(command)
        heard = b""
        while not heard.endswith(end):
            came = line.read(10)
            assert came, f"{command!r} brought {heard!r}"
            heard += came
    line.close()


def test_a_tube_type_that_the_reader_does_not_know_ends_the_reading(simulated: SimulatedFluidxReader) -> None:
    reading = reader_of(simulated, profile=FluidxProfile(tube="eppendorf")).read()
    assert (reading.state, reading.scan) == (RackReaderState.NO_SUCH_PROFILE, None)
    assert simulated.commands == ["set tube = eppendorf"]


def test_a_rack_the_wrong_way_round_is_told_before_it_is_read(simulated: SimulatedFluidxReader) -> None:
    simulated.suffer(reversed_rack=True)
    reading = reader_of(simulated, profile=FluidxProfile(checks_orientation=True)).read()
    assert reading.state is RackReaderState.RACK_REVERSED
    simulated.suffer(reversed_rack=False)
    assert rack_of(reader_of(simulated, profile=FluidxProfile(checks_orientation=True)).read()).tubes == EXTRACTED


def test_a_reader_that_does_not_greet_is_asked_all_the_same(simulated: SimulatedFluidxReader) -> None:
    simulated.suffer(greets=False)
    times = FluidxTimes(greeting_s=0.05, scan_s=10, silence_s=10)
    assert rack_of(reader_of(simulated, times).read()).tubes == EXTRACTED


def test_an_old_scan_is_never_taken_for_this_rack(simulated: SimulatedFluidxReader) -> None:
    simulated.put_in(SimulatedRack({"A01": "FD20029999"}))
    simulated.suffer(answers_old=True)
    assert reader_of(simulated).read().state is RackReaderState.OLD_SCAN


def test_data_of_an_aborted_reading_are_never_taken_for_this_rack(simulated: SimulatedFluidxReader) -> None:
    simulated.put_in(SimulatedRack({"A01": "FD20029999"}))
    simulated.suffer(late=True)
    assert reader_of(simulated).read().state is RackReaderState.OLD_SCAN


@pytest.mark.parametrize("after", [0, 5, 40, 3000])
def test_a_reader_that_hangs_up_in_the_middle_leaves_no_rack(simulated: SimulatedFluidxReader, after: int) -> None:
    simulated.suffer(hangs_up_after=after)
    reading = reader_of(simulated).read()
    assert (reading.state, reading.scan) == (RackReaderState.HUNG_UP, None)


@pytest.mark.parametrize("short", [1, 8, 12, 40])
def test_a_last_line_cut_short_leaves_no_rack(simulated: SimulatedFluidxReader, short: int) -> None:
    simulated.suffer(names_rack=False, last_line_ends=False, stops_after=len(b"Reading...") + 2 + whole(short))
    reading = reader_of(simulated, FluidxTimes(silence_s=0.1, settle_s=0.05)).read()
    assert reading.state is RackReaderState.STOPPED_HALF_WAY
    assert b"A1, FD20024619" in reading.raw


def whole(short: int) -> int:
    """The length of the answer, less so many bytes."""
    return len(data_of(RACK, FluidxFaults(names_rack=False, last_line_ends=False))) - short


def test_a_reader_that_says_nothing_is_silent(simulated: SimulatedFluidxReader) -> None:
    simulated.suffer(silent=True)
    assert reader_of(simulated, BRIEF).read().state is RackReaderState.SILENT


def test_a_reader_that_begins_and_says_no_more_stopped_half_way(simulated: SimulatedFluidxReader) -> None:
    simulated.suffer(stops_after=len(b"Reading...\r\n"))
    assert reader_of(simulated, FluidxTimes(scan_s=0.5)).read().state is RackReaderState.STOPPED_HALF_WAY


def test_a_reader_that_says_error_has_its_own_words_kept(simulated: SimulatedFluidxReader) -> None:
    simulated.suffer(says=b"\r\nError: no scanner found\r\n")
    reading = reader_of(simulated).read()
    assert (reading.state, reading.detail) == (RackReaderState.FAULT, "error: no scanner found")


def test_a_garbled_line_leaves_no_rack(simulated: SimulatedFluidxReader) -> None:
    simulated.suffer(spoils="C05")
    assert reader_of(simulated, FluidxTimes(silence_s=0.1)).read().state is RackReaderState.STOPPED_HALF_WAY


def test_a_well_named_twice_has_no_tube_to_go_by(simulated: SimulatedFluidxReader) -> None:
    simulated.suffer(says_twice="A01")
    scan = rack_of(reader_of(simulated).read())
    assert "A01" not in scan.tubes
    assert [finding.defect for finding in scan.findings] == [RackDefect.POSITION_TWICE]


def test_no_reader_at_the_address_is_unreachable() -> None:
    with listen(0) as free:
        port = free.getsockname()[1]
    reader = FluidxReader("rack reader", "127.0.0.1", port, times=BRIEF)
    assert reader.read().state is RackReaderState.UNREACHABLE
    assert reader.status().state is DeviceState.AWAY


def test_a_reading_can_be_cancelled_from_another_thread(simulated: SimulatedFluidxReader) -> None:
    simulated.suffer(silent=True)
    reader = reader_of(simulated, FluidxTimes(scan_s=60))
    readings: list[RackReading] = []
    thread = threading.Thread(target=lambda: readings.append(reader.read()))
    thread.start()
    assert simulated.wait_for("get", 10)
    reader.cancel()
    thread.join(10)
    assert readings[0].state is RackReaderState.CANCELLED


def test_a_reading_recorded_and_played_back_gives_the_same_rack(
    simulated: SimulatedFluidxReader, tmp_path: Path
) -> None:
    path = tmp_path / "rack.jsonl"

    def opening() -> RecordingLine:
        return RecordingLine(TcpLine.connect(simulated.host, simulated.port, 5), path)

    then = rack_of(FluidxReader("rack reader", "", times=PATIENT, open_line=opening).read())
    again = rack_of(FluidxReader("rack reader", "", open_line=lambda: ReplayingLine(path)).read())
    assert (again.wells, again.rack_id, again.raw) == (then.wells, then.rack_id, then.raw)


def test_the_real_capture_is_understood_as_the_reader_meant_it() -> None:
    scan = understood(CAPTURE.read_bytes())
    assert scan.tubes == {"A01": "FD20024619", "A02": "FD20024698", "A03": "FD20024711"}
    assert (scan.rack_id.code, scan.shape) == ("SA00826894", RACK_96)
    assert states(scan) == {WellState.TUBE: 3, WellState.NO_READ: 93}


@settings(max_examples=20)
@given(st.integers(0, 3000))
def test_an_answer_cut_anywhere_never_covers_the_rack_with_its_last_line_half(short: int) -> None:
    raw = CAPTURE.read_bytes().rstrip()
    cut = raw[: len(raw) - 1 - short % (len(raw) - 1)]
    answer = fluidx_answer.parse(cut)
    lines = answer.lines
    if answer.open_line and fluidx_answer.looks_whole(answer.open_line, lines, RackProfile()):
        lines = (*lines, answer.open_line)
    assert not fluidx_answer.covers(lines, RACK_96)
