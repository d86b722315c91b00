"""Files that a reader's program leaves: none too early, none of before, none lost, and none moved before its time."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from devices.files.given import GivenFile, file_at
from devices.files.watched_folder import FileInUse, FolderTimes, WatchedFolder
from devices.simulators.intellicode_reader import HeldFolder

QUICK = FolderTimes(look_s=0.01, still_s=0.03, locked_s=0.1)
GO_ON = threading.Event()


@pytest.fixture
def folder(tmp_path: Path) -> WatchedFolder:
    return WatchedFolder(tmp_path, times=QUICK)


def names(files: tuple[GivenFile, ...]) -> list[str]:
    return [file.name for file in files]


def test_a_new_file_is_taken_whole(folder: WatchedFolder) -> None:
    since = folder.mark()
    (folder.path / "scan.CSV").write_bytes(b"A1,FD20024619\r\n")
    (file,) = folder.wait_for_new(since, 10, GO_ON)
    assert (file.name, file.content) == ("scan.CSV", b"A1,FD20024619\r\n")
    assert file == file_at(folder.path / "scan.CSV")


def test_a_file_that_lay_there_is_never_taken(folder: WatchedFolder) -> None:
    (folder.path / "old.csv").write_bytes(b"old")
    assert folder.wait_for_new(folder.mark(), 0.1, GO_ON) == ()


def test_a_file_of_before_that_is_copied_in_later_is_never_taken(folder: WatchedFolder) -> None:
    since = folder.mark()
    late = folder.path / "late.csv"
    late.write_bytes(b"of yesterday")
    os.utime(late, (since.at - 86_400, since.at - 86_400))
    assert folder.wait_for_new(since, 0.1, GO_ON) == ()


def test_a_file_written_anew_under_its_old_name_is_new(folder: WatchedFolder) -> None:
    path = folder.path / "scan.csv"
    path.write_bytes(b"old")
    since = folder.mark()
    path.write_bytes(b"newer")
    assert [file.content for file in folder.wait_for_new(since, 10, GO_ON)] == [b"newer"]


def test_a_file_still_being_written_is_waited_for(folder: WatchedFolder) -> None:
    folder = WatchedFolder(folder.path, times=FolderTimes(look_s=0.01, still_s=0.3))
    since = folder.mark()
    path = folder.path / "scan.csv"
    path.write_bytes(b"A1,FD2002")

    def rest() -> None:
        with path.open("ab") as file:
            file.write(b"4619\r\n")

    later = threading.Timer(0.1, rest)
    later.start()
    (file,) = folder.wait_for_new(since, 10, GO_ON)
    later.join()
    assert file.content == b"A1,FD20024619\r\n"


def test_an_empty_file_and_those_of_other_names_are_no_files(folder: WatchedFolder) -> None:
    since = folder.mark()
    for name in ("empty.csv", "~$scan.xlsx", ".scan.csv", "scan.png"):
        (folder.path / name).write_bytes(b"" if name == "empty.csv" else b"data")
    assert folder.wait_for_new(since, 0.1, GO_ON) == ()


def test_several_new_files_are_handed_over_together(folder: WatchedFolder) -> None:
    since = folder.mark()
    for name in ("one.csv", "two.csv"):
        (folder.path / name).write_bytes(b"data")
    assert names(folder.wait_for_new(since, 10, GO_ON)) == ["one.csv", "two.csv"]


def test_a_file_that_another_program_holds_is_tried_again(tmp_path: Path) -> None:
    folder = HeldFolder(tmp_path, times=FolderTimes(look_s=0.01, still_s=0.03, locked_s=10))
    folder.held = 3
    since = folder.mark()
    (tmp_path / "scan.csv").write_bytes(b"data")
    assert names(folder.wait_for_new(since, 10, GO_ON)) == ["scan.csv"]


def test_a_file_that_is_never_let_go_is_named(tmp_path: Path) -> None:
    folder = HeldFolder(tmp_path, times=QUICK)
    folder.held = -1
    since = folder.mark()
    (tmp_path / "scan.csv").write_bytes(b"data")
    with pytest.raises(FileInUse, match=r"scan\.csv"):
        folder.wait_for_new(since, 10, GO_ON)


def test_a_folder_that_is_gone_is_an_error_of_its_own(folder: WatchedFolder) -> None:
    gone = WatchedFolder(folder.path / "gone", times=QUICK)
    with pytest.raises(FileNotFoundError):
        gone.mark()


def test_a_file_is_moved_only_when_told_to_and_never_over_another(folder: WatchedFolder) -> None:
    for content in (b"first", b"second"):
        since = folder.mark()
        (folder.path / "scan.csv").write_bytes(content)
        (file,) = folder.wait_for_new(since, 10, GO_ON)
        assert (folder.path / "scan.csv").exists()
        assert folder.move_away(file)
    moved = sorted((folder.path / "processed").iterdir())
    assert [path.name for path in moved] == ["scan-1.csv", "scan.csv"]
    assert [path.read_bytes() for path in moved] == [b"second", b"first"]


def test_a_file_that_was_written_anew_meanwhile_is_not_moved(folder: WatchedFolder) -> None:
    since = folder.mark()
    (folder.path / "scan.csv").write_bytes(b"first")
    (file,) = folder.wait_for_new(since, 10, GO_ON)
    (folder.path / "scan.csv").write_bytes(b"second")
    assert not folder.move_away(file)
    assert (folder.path / "scan.csv").read_bytes() == b"second"
    (folder.path / "scan.csv").unlink()
    assert not folder.move_away(file)
