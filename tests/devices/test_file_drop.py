"""A cassette or slide printer behind a folder: what it took, what it did not take, and what nobody can know."""

import errno
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printers.drop_folder import DropFolder, condition_of
from devices.printers.file_drop import DropProfile, FileDropPrinter
from devices.printers.printer import LabelPrinter
from devices.simulators.file_drop import FaultyFolder, SimulatedFileDrop
from devices.values import PrinterCondition, Sent

LABEL = b"block.itl,1,1,1,A,1,26G0001234,BRCA1\r\n"
PATIENT = DropProfile(accept_s=10.0, look_s=0.01)
BRIEF = DropProfile(accept_s=0.1, look_s=0.01)
ONE_NAME = DropProfile(file_name="labels.txt", accept_s=0.15, look_s=0.01)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "slides"
    made.mkdir()
    return made


@pytest.fixture
def simulated(folder: Path) -> Iterator[SimulatedFileDrop]:
    with SimulatedFileDrop(folder, every_s=0.01) as printer:
        yield printer


def test_a_file_that_disappears_was_accepted(simulated: SimulatedFileDrop, folder: Path) -> None:
    printer: LabelPrinter = FileDropPrinter("slides", folder, PATIENT)
    labels = [LABEL + b"%d" % number for number in range(3)]
    assert [printer.send(label) for label in labels] == [Sent.SENT] * 3
    simulated.close()
    assert simulated.printed == labels
    assert printer.status().condition is PrinterCondition.READY
    assert list(folder.iterdir()) == []


def test_a_printer_of_one_file_name_gets_one_label_after_the_other(folder: Path) -> None:
    with SimulatedFileDrop(folder, "labels.txt", every_s=0.01) as simulated:
        printer = FileDropPrinter("slides", folder, DropProfile(file_name="labels.txt", accept_s=10, look_s=0.01))
        threads = [threading.Thread(target=printer.send, args=(b"%d" % number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(simulated.printed) == [b"0", b"1", b"2", b"3"]


def test_a_file_not_taken_in_time_is_unknown_and_does_not_come_out_later(
    simulated: SimulatedFileDrop, folder: Path
) -> None:
    simulated.suffer(never_reads=True)
    printer = FileDropPrinter("slides", folder, BRIEF)
    assert printer.send(LABEL) is Sent.UNKNOWN
    assert list(folder.iterdir()) == []
    assert printer.status().detail == "the last label was not taken within 0.1 s"
    simulated.suffer(never_reads=False)
    assert FileDropPrinter("slides", folder, PATIENT).send(b"next") is Sent.SENT
    simulated.close()
    assert simulated.printed == [b"next"]


@pytest.mark.parametrize("faults", [{"reads_half": True}, {"keeps_files": True}])
def test_a_file_that_was_read_and_still_lies_there_is_unknown_never_not_sent(
    simulated: SimulatedFileDrop, folder: Path, faults: dict[str, bool]
) -> None:
    simulated.suffer(**faults)
    assert FileDropPrinter("slides", folder, DropProfile(accept_s=0.5, look_s=0.01)).send(LABEL) is Sent.UNKNOWN
    simulated.close()
    assert simulated.printed + simulated.half_read
    assert list(folder.iterdir()) == []


def test_a_file_that_cannot_be_taken_back_is_said_until_it_is_gone(folder: Path) -> None:
    share = FaultyFolder(folder)
    share.holds_fast = True
    printer = FileDropPrinter("slides", share, BRIEF)
    assert printer.send(LABEL) is Sent.UNKNOWN
    assert printer.status().condition is PrinterCondition.NOT_TAKEN
    for path in folder.iterdir():
        path.unlink()
    assert printer.status().condition is PrinterCondition.READY


def test_a_label_of_another_bench_is_never_overwritten(folder: Path) -> None:
    """Two benches on one printer of one file name, whose program is not running."""
    (folder / "labels.txt").write_bytes(b"another bench's")
    printer = FileDropPrinter("slides", folder, ONE_NAME)
    assert printer.send(LABEL) is Sent.NOT_SENT
    assert [path.read_bytes() for path in folder.iterdir()] == [b"another bench's"]
    os.utime(folder / "labels.txt", (0, 0))
    assert printer.status().condition is PrinterCondition.NOT_TAKEN


def test_where_a_folder_has_no_links_nothing_is_overwritten_either(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    DropFolder(folder).put("labels.txt", b"first")
    with pytest.raises(FileExistsError):
        DropFolder(folder).put("labels.txt", b"second")
    assert [path.read_bytes() for path in folder.iterdir()] == [b"first"]


def test_a_folder_that_is_not_there_was_sent_nothing(tmp_path: Path) -> None:
    printer = FileDropPrinter("slides", tmp_path / "gone", BRIEF)
    assert printer.send(LABEL) is Sent.NOT_SENT
    status = printer.status()
    assert (status.condition, status.detail) == (PrinterCondition.UNREACHABLE, "it is not there")


def test_a_folder_that_goes_away_with_the_label_in_it_is_unknown(folder: Path) -> None:
    class Vanishing(DropFolder):
        def put(self, name: str, data: bytes) -> None:
            super().put(name, data)
            shutil.rmtree(self.path)

    printer = FileDropPrinter("slides", Vanishing(folder), BRIEF)
    assert printer.send(LABEL) is Sent.UNKNOWN
    assert printer.status().condition is PrinterCondition.UNREACHABLE


@pytest.mark.parametrize(
    ("error", "condition", "words"),
    [
        (errno.ENOSPC, PrinterCondition.NO_ROOM, "its disk is full"),
        (errno.EDQUOT, PrinterCondition.NO_ROOM, "the share of the disk that this account has is full"),
        (errno.EROFS, PrinterCondition.READ_ONLY, "it can only be read"),
        (errno.EACCES, PrinterCondition.READ_ONLY, "this account has no right to it"),
        (errno.EIO, PrinterCondition.UNREACHABLE, "its disk does not answer as it should"),
        (errno.EXDEV, PrinterCondition.UNREACHABLE, f"it cannot be used (number {errno.EXDEV} of the system)"),
    ],
)
def test_a_folder_that_cannot_be_written_was_sent_nothing_and_holds_no_half_file(
    folder: Path, error: int, condition: PrinterCondition, words: str
) -> None:
    share = FaultyFolder(folder)
    share.write_error = error
    printer = FileDropPrinter("slides", share, BRIEF)
    assert printer.send(LABEL) is Sent.NOT_SENT
    status = printer.status()
    assert (status.condition, status.detail) == (condition, words)
    assert list(folder.iterdir()) == []
    share.write_error = 0
    assert printer.status().condition is PrinterCondition.READY


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="no folder of the system's own that nobody may write")
def test_a_folder_that_really_may_not_be_written_is_read_only() -> None:
    printer = FileDropPrinter("slides", Path("/sys/kernel"), BRIEF)
    assert printer.send(LABEL) is Sent.NOT_SENT
    assert printer.status().condition is PrinterCondition.READ_ONLY


@given(st.integers(1, 200))
def test_every_error_of_a_file_system_is_a_condition_of_the_printer(number: int) -> None:
    assert condition_of(OSError(number, "")) in PrinterCondition


def test_a_label_is_seen_whole_or_not_at_all(folder: Path) -> None:
    """A program that looks as often as it can never finds a part of a label under a name of its own."""
    label = b"x" * 300_000
    with SimulatedFileDrop(folder, every_s=0.0001) as simulated:
        printer = FileDropPrinter("slides", folder, PATIENT)
        assert {printer.send(label) for _ in range(10)} == {Sent.SENT}
    assert simulated.printed == [label] * 10
