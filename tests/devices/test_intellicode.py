"""IntelliCode's scripted remote, and readers that only leave a file: the rack is in the file, and in the right one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from racks import EXTRACTED

from devices.files.watched_folder import FolderTimes, WatchedFolder
from devices.rack_readers.cells import RackProfile
from devices.rack_readers.folder_reader import FileProfile, FolderRackReader
from devices.rack_readers.intellicode import IntelliCodeProfile, IntelliCodeReader, IntelliCodeTimes
from devices.simulators.intellicode_reader import INSTRUMENT, PROFILE, HeldFolder, SimulatedIntelliCode
from devices.simulators.rack import SimulatedRack
from devices.transports.recording import RecordingLine, ReplayingLine
from devices.transports.tcp import TcpLine
from devices.values import RACK_48, RACK_96, DeviceState, RackDefect, RackReaderState, RackReading, RackScan

QUICK = FolderTimes(look_s=0.01, still_s=0.03, locked_s=0.1)
PATIENT = IntelliCodeTimes(instrument_s=10, profile_s=10, scan_s=10, file_s=10)
NO_ANSWER = IntelliCodeTimes(instrument_s=0.1)
NO_FILE = IntelliCodeTimes(instrument_s=10, profile_s=10, scan_s=10, file_s=0.2)


@pytest.fixture
def simulated(tmp_path: Path) -> Iterator[SimulatedIntelliCode]:
    with SimulatedIntelliCode(SimulatedRack(EXTRACTED), tmp_path) as reader:
        yield reader


def reader_of(
    simulated: SimulatedIntelliCode, folder: WatchedFolder, times: IntelliCodeTimes = PATIENT, **profile: Any
) -> IntelliCodeReader:
    settings = IntelliCodeProfile(**{"instrument": INSTRUMENT, "profile": PROFILE, **profile})
    return IntelliCodeReader("rack reader", simulated.host, simulated.port, folder, settings, times=times)


def rack_of(reading: RackReading) -> RackScan:
    assert reading.state is RackReaderState.READ, reading.detail
    assert reading.scan is not None
    return reading.scan


@pytest.fixture
def folder(tmp_path: Path) -> WatchedFolder:
    return WatchedFolder(tmp_path, times=QUICK)


@pytest.mark.parametrize("warns", [True, False])
def test_the_rack_is_read_from_the_file_that_comes(
    simulated: SimulatedIntelliCode, folder: WatchedFolder, warns: bool
) -> None:
    (folder.path / "scan0000.csv").write_bytes(b"A1,FD20029999\r\n")
    simulated.suffer(warns=warns)
    scan = rack_of(reader_of(simulated, folder).read())
    assert (scan.reader, scan.tubes) == ("scan0001.csv", EXTRACTED)


def test_a_stage_that_holds_the_rack_the_other_way_round_is_put_right(
    simulated: SimulatedIntelliCode, folder: WatchedFolder
) -> None:
    simulated.rack = SimulatedRack({"A01": "FD20024619", "B03": "FD20024619"})
    simulated.suffer(rotated=True)
    scan = rack_of(reader_of(simulated, folder, file=FileProfile(turned=True)).read())
    assert scan.tubes == simulated.rack.tubes
    assert [(found.defect, set(found.positions)) for found in scan.findings] == [
        (RackDefect.CODE_TWICE, {"A01", "B03"})
    ]


def test_a_file_that_is_being_written_is_waited_for(simulated: SimulatedIntelliCode, folder: WatchedFolder) -> None:
    folder = WatchedFolder(folder.path, times=FolderTimes(look_s=0.01, still_s=0.4))
    simulated.suffer(slow_s=0.1)
    assert rack_of(reader_of(simulated, folder).read()).tubes == EXTRACTED


@pytest.mark.parametrize(
    ("faults", "state"),
    [
        ({"fails": True}, RackReaderState.FAULT),
        ({"silent": True}, RackReaderState.SILENT),
        ({"leaves_no_file": True}, RackReaderState.NO_FILE),
        ({"leaves_old_file": True}, RackReaderState.NO_FILE),
        ({"leaves_two": True}, RackReaderState.SEVERAL_FILES),
        ({"hangs_up": True}, RackReaderState.HUNG_UP),
    ],
)
def test_whatever_goes_wrong_leaves_no_rack(
    simulated: SimulatedIntelliCode, folder: WatchedFolder, faults: dict[str, bool], state: RackReaderState
) -> None:
    simulated.suffer(**faults)
    times = {RackReaderState.SILENT: NO_ANSWER, RackReaderState.NO_FILE: NO_FILE}.get(state, PATIENT)
    reading = reader_of(simulated, folder, times).read()
    assert (reading.state, reading.scan) == (state, None)


@pytest.mark.parametrize(
    ("profile", "state"),
    [
        ({"instrument": "success"}, RackReaderState.SCANNER_AWAY),
        ({"profile": "was loaded"}, RackReaderState.NO_SUCH_PROFILE),
    ],
)
def test_a_name_that_reads_like_an_answer_is_no_answer(
    simulated: SimulatedIntelliCode, folder: WatchedFolder, profile: dict[str, Any], state: RackReaderState
) -> None:
    assert reader_of(simulated, folder, **profile).read().state is state


def test_a_reader_says_how_it_is_without_scanning(simulated: SimulatedIntelliCode, folder: WatchedFolder) -> None:
    assert reader_of(simulated, folder).status().state is DeviceState.READY
    assert reader_of(simulated, folder, instrument="another").status().state is DeviceState.AWAY
    assert FolderRackReader("rack reader", folder).status().state is DeviceState.READY
    gone = WatchedFolder(folder.path / "gone")
    assert FolderRackReader("rack reader", gone).status().state is DeviceState.AWAY
    assert list(folder.path.iterdir()) == []


def test_a_file_that_another_program_holds_is_told(simulated: SimulatedIntelliCode, tmp_path: Path) -> None:
    folder = HeldFolder(tmp_path, times=QUICK)
    folder.held = -1
    assert reader_of(simulated, folder).read().state is RackReaderState.FILE_IN_USE


def test_a_folder_that_is_gone_is_told(simulated: SimulatedIntelliCode, tmp_path: Path) -> None:
    assert reader_of(simulated, WatchedFolder(tmp_path / "gone")).read().state is RackReaderState.UNREACHABLE


def test_a_session_played_back_goes_as_it_went(
    simulated: SimulatedIntelliCode, folder: WatchedFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("recordings") / "session.jsonl"
    settings = IntelliCodeProfile(INSTRUMENT, "another")

    def opening() -> RecordingLine:
        return RecordingLine(TcpLine.connect(simulated.host, simulated.port, 5), path)

    for open_line in (opening, lambda: ReplayingLine(path)):
        reader = IntelliCodeReader("rack reader", "", 0, folder, settings, times=PATIENT, open_line=open_line)
        assert reader.read().state is RackReaderState.NO_SUCH_PROFILE


def awaiting(reader: FolderRackReader) -> tuple[threading.Thread, list[RackReading]]:
    readings: list[RackReading] = []
    thread = threading.Thread(target=lambda: readings.append(reader.read()))
    thread.start()
    return thread, readings


class Marked(WatchedFolder):
    """A folder that tells when it is watched."""

    watched = threading.Event()

    def mark(self) -> Any:
        found = super().mark()
        self.watched.set()
        return found


def test_a_reader_that_only_leaves_files_is_read_and_its_file_stays_until_committed(tmp_path: Path) -> None:
    folder = Marked(tmp_path, times=QUICK)
    folder.watched = threading.Event()
    reader = FolderRackReader("rack reader", folder, FileProfile(RackProfile(RACK_96)), wait_s=10)
    thread, readings = awaiting(reader)
    assert folder.watched.wait(10)
    (tmp_path / "SA12345678.csv").write_bytes(b"A1, FD20024619\nA2, NO READ\n")
    thread.join(10)
    scan = rack_of(readings[0])
    assert (scan.tubes, scan.rack_id.code, scan.shape) == ({"A01": "FD20024619"}, "SA12345678", RACK_96)
    assert (tmp_path / "SA12345678.csv").exists()
    assert reader.committed(scan)
    assert [path.name for path in (tmp_path / "processed").iterdir()] == ["SA12345678.csv"]


def test_a_file_of_another_sort_is_told_and_left(tmp_path: Path) -> None:
    folder = Marked(tmp_path, times=QUICK)
    folder.watched = threading.Event()
    thread, readings = awaiting(FolderRackReader("rack reader", folder, wait_s=10))
    assert folder.watched.wait(10)
    (tmp_path / "qubit.csv").write_bytes(b"Run ID,Assay Name\n1,2\n")
    thread.join(10)
    assert (readings[0].state, readings[0].detail) == (RackReaderState.NOT_A_RACK_FILE, "qubit.csv")


def test_waiting_for_a_file_can_be_cancelled(tmp_path: Path) -> None:
    folder = Marked(tmp_path, times=QUICK)
    folder.watched = threading.Event()
    reader = FolderRackReader("rack reader", folder, FileProfile(RackProfile(RACK_48)), wait_s=60)
    thread, readings = awaiting(reader)
    assert folder.watched.wait(10)
    reader.cancel()
    thread.join(10)
    assert readings[0].state is RackReaderState.CANCELLED
