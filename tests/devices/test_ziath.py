"""Ziath readers over HTTP: each well's code and status must agree, and a scan of before is never this rack's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from racks import AT, EXTRACTED, racks, readable, states

from devices.rack_readers import ziath_answer
from devices.rack_readers.assembling import Source
from devices.rack_readers.cells import RackProfile
from devices.rack_readers.conversation import RackReader
from devices.rack_readers.ziath import ZiathProfile, ZiathTimes, datapaq3_reader, dp5_reader
from devices.rack_readers.ziath_answer import NotUnderstood
from devices.simulators.ports import listen
from devices.simulators.rack import SimulatedRack
from devices.simulators.ziath import CONTAINER, SimulatedZiath, ZiathFaults, scan_of
from devices.transports.http import request
from devices.transports.recording import RecordingLine, ReplayingLine
from devices.transports.tcp import TcpLine
from devices.values import (
    RACK_48,
    DeviceState,
    RackDefect,
    RackIdState,
    RackReaderState,
    RackReading,
    RackScan,
    WellState,
)
from gms_desktop import rack_reader_words

RACK = SimulatedRack({**EXTRACTED, "B01": ""}, "LVL100074983")
PATIENT = ZiathTimes(answer_s=10, scan_s=10)
BRIEF = ZiathTimes(answer_s=0.1, scan_s=0.1)
PROFILE = ZiathProfile(CONTAINER)


@pytest.fixture
def simulated() -> Iterator[SimulatedZiath]:
    with SimulatedZiath(RACK) as reader:
        yield reader


def dp5(simulated: SimulatedZiath, profile: ZiathProfile = PROFILE, times: ZiathTimes = PATIENT) -> RackReader:
    return dp5_reader("rack reader", simulated.host, profile, simulated.port, times=times)


def datapaq3(simulated: SimulatedZiath, profile: ZiathProfile = PROFILE, times: ZiathTimes = PATIENT) -> RackReader:
    return datapaq3_reader("rack reader", simulated.host, profile, simulated.port, times=times)


def rack_of(reading: RackReading) -> RackScan:
    assert reading.state is RackReaderState.READ, reading.detail
    assert reading.scan is not None
    return reading.scan


@pytest.mark.parametrize("reader_of", [dp5, datapaq3])
@pytest.mark.parametrize("speaks_words", [True, False])
def test_a_rack_is_read_and_an_empty_well_told_from_an_unread_tube(
    simulated: SimulatedZiath, reader_of: Callable[[SimulatedZiath], RackReader], speaks_words: bool
) -> None:
    simulated.suffer(speaks_words=speaks_words)
    scan = rack_of(reader_of(simulated).read())
    assert (scan.tubes, scan.rack_id.code, scan.tells_empty) == (EXTRACTED, "LVL100074983", True)
    assert states(scan) == {WellState.TUBE: 4, WellState.EMPTY: 91, WellState.NO_READ: 1}
    assert not scan.findings


def test_48_wells_are_told_as_48(simulated: SimulatedZiath) -> None:
    simulated.rack = SimulatedRack({"F08": "FR05653801"}, shape=RACK_48)
    scan = rack_of(dp5(simulated).read())
    assert (scan.shape, [found.defect for found in scan.findings]) == (RACK_48, [RackDefect.OTHER_SIZE])


def test_a_rack_whose_own_code_was_not_read_still_gives_its_tubes(simulated: SimulatedZiath) -> None:
    simulated.rack = SimulatedRack(EXTRACTED, "")
    assert rack_of(dp5(simulated).read()).rack_id.state is RackIdState.NOT_SAID
    asked = datapaq3(simulated, ZiathProfile(CONTAINER, reads_rack=True))
    assert rack_of(asked.read()).rack_id.state is RackIdState.NO_READ


def test_a_code_in_a_well_said_to_be_empty_is_no_tube(simulated: SimulatedZiath) -> None:
    simulated.suffer(contradicts="A01")
    scan = rack_of(dp5(simulated).read())
    assert scan.wells[0].state is WellState.NOT_SAID
    assert [(found.defect, found.positions) for found in scan.findings] == [(RackDefect.STATUS_DISAGREES, ("A01",))]


def test_a_scan_told_twice_is_an_old_one(simulated: SimulatedZiath) -> None:
    simulated.suffer(answers_old=True)
    reader = dp5(simulated)
    rack_of(reader.read())
    assert reader.read().state is RackReaderState.OLD_SCAN


def test_a_scan_of_before_it_was_asked_for_is_an_old_one_and_clocks_may_differ_a_little(
    simulated: SimulatedZiath,
) -> None:
    simulated.suffer(clock_s=-60)
    rack_of(dp5(simulated).read())
    simulated.suffer(clock_s=-3600)
    assert dp5(simulated).read().state is RackReaderState.OLD_SCAN


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (456, RackReaderState.REFUSED),
        (461, RackReaderState.SCANNER_AWAY),
        (468, RackReaderState.BUSY),
        (478, RackReaderState.SCANNER_AWAY),
        (500, RackReaderState.FAULT),
    ],
)
def test_each_refusal_is_told_apart(simulated: SimulatedZiath, status: int, state: RackReaderState) -> None:
    simulated.suffer(refuses=status)
    reading = dp5(simulated).read()
    assert (reading.state, reading.detail) == (state, f"{status} refused")


@pytest.mark.parametrize("reader_of", [dp5, datapaq3])
def test_a_container_that_the_reader_does_not_know_is_told(
    simulated: SimulatedZiath, reader_of: Callable[[SimulatedZiath, ZiathProfile], RackReader]
) -> None:
    reading = reader_of(simulated, ZiathProfile("box of & eggs")).read()
    assert reading.state is RackReaderState.NO_SUCH_PROFILE
    assert "box of & eggs" in reading.detail


def test_a_reader_at_work_for_another_is_busy(simulated: SimulatedZiath) -> None:
    simulated.suffer(status="SCANNING")
    assert dp5(simulated).read().state is RackReaderState.BUSY
    assert not any("/scan?" in asked for asked in simulated.asked)


@pytest.mark.parametrize("reader_of", [dp5, datapaq3])
def test_a_reader_says_how_it_is_without_scanning(
    simulated: SimulatedZiath, reader_of: Callable[[SimulatedZiath], RackReader]
) -> None:
    report = reader_of(simulated).status()
    assert (report.state, report.detail) == (DeviceState.READY, "IDLE")
    assert len(simulated.asked) == 1


def test_what_datapaq_says_in_place_of_a_scan_is_kept(simulated: SimulatedZiath) -> None:
    simulated.suffer(error="No rack in the scanner")
    reading = datapaq3(simulated).read()
    assert (reading.state, reading.detail) == (RackReaderState.REFUSED, "No rack in the scanner")


@pytest.mark.parametrize("after", [0, 10, 900])
def test_a_reader_that_hangs_up_in_the_middle_leaves_no_rack(simulated: SimulatedZiath, after: int) -> None:
    simulated.suffer(cuts_after=after)
    assert datapaq3(simulated).read().state is RackReaderState.HUNG_UP


def test_a_reader_that_does_not_answer_is_silent(simulated: SimulatedZiath) -> None:
    simulated.suffer(silent=True)
    assert dp5(simulated, times=BRIEF).read().state is RackReaderState.SILENT


@pytest.mark.parametrize("reader_of", [dp5, datapaq3])
@pytest.mark.parametrize(
    "says",
    [
        b"<html>",
        b"[]",
        b"{}",
        b'{"tubeBarcode": [1]}',
        b'{"tubeBarcode": [{"row": 1}]}',
        b'{"tubes": [{"position": "A1", "code": "FD20024619"}]}',
        b'{"A1": "FD20024619"}',
        b"A1,FD20024619",
    ],
)
def test_an_answer_of_another_form_is_garbled_kept_and_refused_in_words(
    simulated: SimulatedZiath, reader_of: Callable[[SimulatedZiath], RackReader], says: bytes
) -> None:
    simulated.suffer(says=says)
    reading = reader_of(simulated).read()
    assert (reading.state, reading.scan) == (RackReaderState.GARBLED, None)
    assert reading.raw.endswith(says)
    assert rack_reader_words.reading(reading).startswith("The rack reader's answer cannot be understood.")


def test_no_reader_at_the_address_is_unreachable() -> None:
    with listen(0) as free:
        port = free.getsockname()[1]
    assert dp5_reader("rack reader", "127.0.0.1", PROFILE, port).read().state is RackReaderState.UNREACHABLE


def test_a_program_that_does_not_speak_http_is_garbled(tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    asked = request("GET", "/datapaq/scanAsJson?uid=11", "h:9998")
    lines = [
        {"format": 1, "address": "h:9998", "began": AT.isoformat()},
        {"ms": 0, "way": "out", "hex": asked.hex()},
        {"ms": 1, "way": "in", "hex": b"xtr-96 Connected\r\n".hex()},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    reader = datapaq3_reader("rack reader", "h", ZiathProfile("11"), open_line=lambda: ReplayingLine(path))
    assert reader.read().state is RackReaderState.GARBLED


def test_a_session_recorded_and_played_back_gives_the_same_rack(simulated: SimulatedZiath, tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"

    def opening() -> RecordingLine:
        return RecordingLine(TcpLine.connect(simulated.host, simulated.port, 5), path)

    then = rack_of(dp5_reader("rack reader", "h", PROFILE, times=PATIENT, open_line=opening).read())
    scanned = datetime.fromisoformat(then.own_time)
    again = dp5_reader("rack reader", "h", PROFILE, clock=lambda: scanned, open_line=lambda: ReplayingLine(path))
    assert rack_of(again.read()).wells == then.wells
    later = datetime(2030, 1, 1, tzinfo=UTC)
    old = dp5_reader("rack reader", "h", PROFILE, clock=lambda: later, open_line=lambda: ReplayingLine(path))
    assert old.read().state is RackReaderState.OLD_SCAN


@settings(max_examples=40)
@given(racks(), st.booleans())
def test_no_well_is_lost_and_no_tube_is_made_up(rack: SimulatedRack, speaks_words: bool) -> None:
    scan = understood(json.dumps(scan_of(rack, ZiathFaults(speaks_words=speaks_words))).encode())
    assert (scan.tubes, scan.shape) == (readable(rack), rack.shape)
    assert WellState.NOT_SAID not in states(scan)


def understood(body: bytes) -> RackScan:
    profile = RackProfile(shape=None)
    source = Source("rack reader", "ziath dp5", AT, body, tells_empty=True)
    return ziath_answer.rack_in(ziath_answer.scan_in(body, profile), source, profile)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 30)
    | st.sampled_from(["SUCCESS", "EMPTY", "FD20024619", "No Read", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["row", "column", "barcode", "decodeStatus", "tubeBarcode"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)


@given(json_values | st.lists(json_values, max_size=3).map(lambda tubes: {"tubeBarcode": tubes}) | st.binary())
def test_no_answer_of_any_form_yields_a_tube_that_was_not_in_it(found: Any) -> None:
    body = found if isinstance(found, bytes) else json.dumps(found).encode()
    try:
        scan = understood(body)
    except NotUnderstood:
        return
    assert all(code.encode() in body for code in scan.tubes.values())
