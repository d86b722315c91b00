"""A Thermo VisionMate: only what becomes ready after the reset is this rack, and an answer without its end is none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from racks import AT, EXTRACTED, racks, readable, states

from devices.rack_readers import visionmate_answer
from devices.rack_readers.assembling import Source, rack_scan
from devices.rack_readers.cells import RackProfile
from devices.rack_readers.visionmate import VisionMateReader, VisionMateTimes
from devices.rack_readers.visionmate_answer import NotUnderstood, Status, VisionMateProfile
from devices.simulators.rack import SimulatedRack
from devices.simulators.visionmate import SimulatedVisionMate, VisionMateFaults, data_of
from devices.transports.recording import RecordingLine, ReplayingLine
from devices.transports.tcp import TcpLine
from devices.values import (
    RACK_48,
    RACK_96,
    DeviceState,
    RackDefect,
    RackId,
    RackIdState,
    RackReaderState,
    RackReading,
    RackScan,
    RackShape,
    WellState,
)

RACK = SimulatedRack({**EXTRACTED, "B01": ""})
PATIENT = VisionMateTimes(answer_s=10, reset_s=10, scan_s=10, poll_s=0.005)
BRIEF = VisionMateTimes(answer_s=10, data_s=0.1, reset_s=0.1, scan_s=0.1, poll_s=0.01)
NO_DATA = VisionMateTimes(answer_s=10, data_s=0.1, reset_s=10, scan_s=10, poll_s=0.005)
NO_END = VisionMateTimes(answer_s=0.4)


@pytest.fixture
def simulated() -> Iterator[SimulatedVisionMate]:
    with SimulatedVisionMate(RACK) as reader:
        yield reader


def reader_of(
    simulated: SimulatedVisionMate, times: VisionMateTimes = PATIENT, profile: VisionMateProfile | None = None
) -> VisionMateReader:
    return VisionMateReader("rack reader", simulated.host, simulated.port, profile, times=times)


def rack_of(reading: RackReading) -> RackScan:
    assert reading.state is RackReaderState.READ, reading.detail
    assert reading.scan is not None
    return reading.scan


@pytest.mark.parametrize("by_row", [True, False])
def test_a_rack_is_read_in_the_order_that_the_reader_is_set_to(simulated: SimulatedVisionMate, by_row: bool) -> None:
    simulated.suffer(by_row=by_row)
    scan = rack_of(reader_of(simulated, profile=VisionMateProfile(by_row=by_row)).read())
    assert scan.tubes == EXTRACTED
    assert states(scan) == {WellState.TUBE: 4, WellState.EMPTY: 91, WellState.NO_READ: 1}
    assert (scan.rack_id.state, scan.tells_empty) == (RackIdState.NOT_SAID, True)


def test_the_status_is_reset_before_and_looked_at_until_it_is_ready(simulated: SimulatedVisionMate) -> None:
    simulated.scans_at = 4
    rack_of(reader_of(simulated).read())
    assert simulated.commands[:3] == ["L", "C", "Q"]
    assert simulated.commands[-1] == "D"
    assert set(simulated.commands[3:-1]) == {"L"}


def test_a_result_of_before_is_never_this_rack(simulated: SimulatedVisionMate) -> None:
    simulated.scan()
    simulated.scans_at = None
    assert reader_of(simulated, BRIEF).read().state is RackReaderState.NOTHING_SCANNED
    simulated.scan()
    simulated.suffer(never_resets=True)
    assert reader_of(simulated, BRIEF).read().state is RackReaderState.OLD_SCAN


def test_no_answer_has_an_end_while_no_suffix_is_set(simulated: SimulatedVisionMate) -> None:
    simulated.suffer(suffix=b"")
    reading = reader_of(simulated, NO_END).read()
    assert (reading.state, reading.detail) == (RackReaderState.SUFFIX_NOT_SET, "'OKL33'")
    assert reader_of(simulated, profile=VisionMateProfile(suffix="")).read().state is RackReaderState.SUFFIX_NOT_SET


def test_prefix_and_suffix_may_be_any(simulated: SimulatedVisionMate) -> None:
    simulated.suffer(suffix=b"#", prefix=b"\x02")
    assert rack_of(reader_of(simulated, profile=VisionMateProfile("#", "\x02")).read()).tubes == EXTRACTED


def test_a_reader_that_is_ready_and_then_says_nothing_leaves_no_rack(simulated: SimulatedVisionMate) -> None:
    simulated.suffer(forgets=True)
    reading = reader_of(simulated, NO_DATA).read()
    assert (reading.state, reading.detail) == (RackReaderState.SILENT, "D")


def test_data_that_stop_in_the_middle_leave_no_rack(simulated: SimulatedVisionMate) -> None:
    simulated.suffer(stops_after=40)
    reading = reader_of(simulated, NO_DATA).read()
    assert (reading.state, reading.scan) == (RackReaderState.STOPPED_HALF_WAY, None)


def test_data_of_another_number_of_wells_are_no_rack(simulated: SimulatedVisionMate) -> None:
    simulated.suffer(loses=1)
    reading = reader_of(simulated).read()
    assert (reading.state, reading.detail) == (RackReaderState.GARBLED, "95 codes for 96 wells")


def test_48_wells_in_a_profile_for_96_are_read_and_named(simulated: SimulatedVisionMate) -> None:
    simulated.rack = SimulatedRack({"F08": "FR05653801"}, shape=RACK_48)
    scan = rack_of(reader_of(simulated).read())
    assert (scan.shape, scan.tubes) == (RACK_48, {"F08": "FR05653801"})
    assert [found.defect for found in scan.findings] == [RackDefect.OTHER_SIZE]


def test_a_fault_of_the_hardware_is_told_in_its_words(simulated: SimulatedVisionMate) -> None:
    simulated.suffer(error="Camera not found")
    reading = reader_of(simulated).read()
    assert (reading.state, reading.detail) == (RackReaderState.FAULT, "Camera not found")


def test_a_reader_that_has_not_started_is_busy(simulated: SimulatedVisionMate) -> None:
    simulated.suffer(starting=True)
    assert reader_of(simulated).read().state is RackReaderState.BUSY
    assert reader_of(simulated).status().state is DeviceState.BUSY
    simulated.suffer(starting=False)
    assert (reader_of(simulated).status().state, simulated.commands[-1]) == (DeviceState.READY, "L")


def test_a_reader_that_answers_nothing_is_silent(simulated: SimulatedVisionMate) -> None:
    simulated.suffer(silent=True)
    assert reader_of(simulated, NO_END).read().state is RackReaderState.SILENT


def test_a_second_program_that_connects_ends_the_first_ones_reading(simulated: SimulatedVisionMate) -> None:
    simulated.scans_at = None
    readings: list[RackReading] = []
    reader = reader_of(simulated, VisionMateTimes(scan_s=60, poll_s=0.01))
    first = threading.Thread(target=lambda: readings.append(reader.read()))
    first.start()
    assert simulated.wait_for("Q", 10)
    other = TcpLine.connect(simulated.host, simulated.port, 5)
    first.join(10)
    other.close()
    assert (readings[0].state, readings[0].scan) == (RackReaderState.HUNG_UP, None)


def test_waiting_for_the_person_can_be_cancelled(simulated: SimulatedVisionMate) -> None:
    simulated.scans_at = None
    readings: list[RackReading] = []
    reader = reader_of(simulated, VisionMateTimes(scan_s=60, poll_s=0.01))
    thread = threading.Thread(target=lambda: readings.append(reader.read()))
    thread.start()
    assert simulated.wait_for("Q", 10)
    reader.cancel()
    thread.join(10)
    assert readings[0].state is RackReaderState.CANCELLED


def test_a_session_recorded_and_played_back_gives_the_same_rack(simulated: SimulatedVisionMate, tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"

    def opening() -> RecordingLine:
        return RecordingLine(TcpLine.connect(simulated.host, simulated.port, 5), path)

    then = rack_of(VisionMateReader("rack reader", "", times=PATIENT, open_line=opening).read())
    again = VisionMateReader("rack reader", "", times=PATIENT, open_line=lambda: ReplayingLine(path))
    assert rack_of(again.read()).wells == then.wells


@pytest.mark.parametrize(
    ("bits", "ready", "sent", "error"),
    [(33, False, False, False), (45, True, False, False), (61, True, True, False), (161, False, False, True)],
)
def test_the_bits_of_the_status_are_as_the_maker_numbers_them(bits: int, ready: bool, sent: bool, error: bool) -> None:
    status = Status(bits)
    assert (status.initialised, status.data_ready, status.data_sent, status.error) == (True, ready, sent, error)
    assert Status(35).scanning


def test_a_command_that_the_reader_does_not_know_is_no_answer() -> None:
    with pytest.raises(NotUnderstood):
        visionmate_answer.data_of("OK?D", "D", VisionMateProfile())


@pytest.mark.parametrize("product", ["", "M96", "M0012", "X0812", "M9912"])
def test_a_product_that_names_no_size_is_not_understood(product: str) -> None:
    with pytest.raises(NotUnderstood):
        visionmate_answer.shape_of(product)


def test_a_product_names_its_rows_and_columns() -> None:
    assert (visionmate_answer.shape_of("M0812"), visionmate_answer.shape_of("A1624")) == (RACK_96, RackShape(16, 24))


@settings(max_examples=40)
@given(racks(), st.booleans())
def test_no_well_is_lost_and_no_tube_is_made_up(rack: SimulatedRack, by_row: bool) -> None:
    data = data_of(rack, VisionMateFaults(by_row=by_row))
    said = visionmate_answer.wells_of(data, rack.shape, VisionMateProfile(by_row=by_row))
    scan = rack_scan(said, RackId(), Source("", "", AT, b""), RackProfile(shape=None))
    assert (scan.tubes, scan.shape) == (readable(rack), rack.shape)
    assert WellState.NOT_SAID not in states(scan)


@given(st.text(st.sampled_from("FD019,No TubeRad"), max_size=200))
def test_no_text_yields_a_tube_that_was_not_in_it_or_another_number_of_wells(data: str) -> None:
    try:
        said = visionmate_answer.wells_of(data, RackShape(1, 3), VisionMateProfile())
    except NotUnderstood:
        return
    assert len(said) == 3
    assert all(one.cell.code in data for one in said)
