"""Backups while the bench works: one moment of the file, whole or not there, and a notice when there is none."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from shift import KEY, Shift

from gms_desktop import backup_words, backups, settings
from gms_desktop.backup_rotation import name_at
from gms_desktop.errors import Unavailable
from gms_desktop.journal import backup, store
from gms_desktop.journal.database import Database
from gms_desktop.journal.sqlite_file import open_for_reading, open_for_writing
from gms_desktop.register import verify, versions
from gms_desktop.settings import BackupSettings, Settings

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WAIT_S = 20.0


class Stopped(Exception):
    """Somebody ended the backup."""


@pytest.fixture
def worked(bench_file: Database) -> Shift:
    return Shift(bench_file, 4).begin().work(60)


@pytest.fixture
def reader(worked: Shift, path: Path) -> Iterator[Database]:
    db = open_for_reading(path, KEY)
    yield db
    db.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB, where this machine lets the tests mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    if not sys.platform.startswith("linux") or os.geteuid() or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def findings(copy: Path) -> list[str]:
    db, scratch = open_for_reading(copy, KEY), verify.scratch_database()
    try:
        return verify.verify(db, scratch).findings
    finally:
        db.close()
        scratch.close()


def count(copy: Path) -> int:
    db = open_for_reading(copy, KEY)
    try:
        return store.count(db)
    finally:
        db.close()


# --- one backup ---


def test_a_bench_that_scans_on_during_a_backup_gets_a_copy_of_the_moment_it_was_begun(
    worked: Shift, reader: Database, tmp_path: Path
) -> None:
    before, slices = store.count(worked.db), 0

    def scan_on() -> None:
        nonlocal slices
        slices += 1
        worked.scan()

    copy = backup.back_up(reader, tmp_path / "copy.db", KEY, scan_on)
    assert slices > 1
    assert store.count(worked.db) == before + slices
    assert count(copy) == before
    assert findings(copy) == []


def test_a_backup_is_one_file_that_can_be_read_where_nothing_can_be_written(reader: Database, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    copy = backup.back_up(reader, tmp_path / "kept" / "copy.db", KEY)
    assert findings(copy) == []
    assert [one.name for one in copy.parent.iterdir()] == ["copy.db"]


def test_a_backup_that_is_ended_half_way_leaves_nothing_behind(reader: Database, tmp_path: Path) -> None:
    def stop() -> None:
        raise Stopped

    (tmp_path / "kept").mkdir()
    with pytest.raises(Stopped):
        backup.back_up(reader, tmp_path / "kept" / "copy.db", KEY, stop)
    assert list((tmp_path / "kept").iterdir()) == []
    backup.back_up(reader, tmp_path / "kept" / "copy.db", KEY)


def test_a_disk_that_fills_up_under_a_backup_is_named_and_gets_its_room_back(
    worked: Shift, reader: Database, small_disk: Path
) -> None:
    worked.take_in(400)
    with (small_disk / "photographs").open("wb") as out:
        out.write(bytes(2_500_000))
    with pytest.raises(Unavailable, match=r"has no room left for a backup.*The bench works on"):
        backup.back_up(reader, small_disk / "copy.db", KEY)
    assert [one.name for one in small_disk.iterdir()] == ["photographs"]


def test_a_copy_with_an_entry_that_differs_from_its_hash_is_no_backup(
    worked: Shift, reader: Database, tmp_path: Path
) -> None:
    worked.db.raw.execute("UPDATE entry SET bytes = (SELECT bytes FROM entry WHERE n = 8) WHERE n = 9")
    with pytest.raises(Unavailable, match=r"does not check out \(entry .*/9 differs from its hash\)"):
        backup.back_up(reader, tmp_path / "copy.db", KEY)
    assert not (tmp_path / "copy.db").exists()
    assert not (tmp_path / "copy.db.part").exists()


def test_a_bench_file_that_is_damaged_is_found_by_its_backup_and_no_backup_is_kept_of_it(
    worked: Shift, path: Path, tmp_path: Path
) -> None:
    worked.db.close()
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(64)
    path.write_bytes(content)
    db = open_for_reading(path, KEY)
    with pytest.raises(Unavailable, match=r"the bench's own file or .* may be damaged.*gms-desktop doctor"):
        backup.back_up(db, tmp_path / "copy.db", KEY)
    db.close()
    assert not list(tmp_path.glob("copy.db*"))


CHILD = """
import os, signal, sys
from pathlib import Path
from gms_desktop.journal import backup, sqlite_file
source, target, slices = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
left = [slices]
def between():
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
key = bytes.fromhex(sys.argv[4])
backup.back_up(sqlite_file.open_for_reading(source, key), target, key, between)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a process is killed")
@pytest.mark.parametrize("slices", [1, 3])
def test_a_backup_that_is_killed_leaves_no_file_under_its_name_and_the_next_one_is_made(
    worked: Shift, path: Path, tmp_path: Path, slices: int
) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    target = folder / name_at(AT)
    killed = subprocess.run([sys.executable, "-c", CHILD, str(path), str(target), str(slices), KEY.hex()], check=False)
    assert killed.returncode == -signal.SIGKILL
    (left,) = folder.iterdir()
    assert left.name == f"{target.name}.part"
    # As if it had lain there for a while: what is being made this minute is another program's.
    os.utime(left, (0, 0))
    made = backups.make(path.parent, path, KEY, BackupSettings(folder=str(folder)), AT)
    assert list(folder.iterdir()) == [made]
    assert findings(made) == []
    worked.scan()
    assert verify.verify(worked.db, verify.scratch_database()).findings == []


# --- the folder, and what is written down ---


def test_a_backup_is_written_down_for_the_doctor(worked: Shift, path: Path) -> None:
    made = backups.make(path.parent, path, KEY, BackupSettings(), AT)
    assert made == path.parent / "backups" / "bench-20260302T090000Z.db"
    assert backups.state(path.parent) == backups.State(AT, str(made), AT)


def test_a_second_disk_that_is_away_is_named_and_the_newest_good_backup_stays_known(worked: Shift, path: Path) -> None:
    made = backups.make(path.parent, path, KEY, BackupSettings(), AT)
    away = BackupSettings(folder=str(path.parent / "second-disk"))
    with pytest.raises(Unavailable, match=r"second-disk, is not there. Connect its disk.*The bench works on"):
        backups.make(path.parent, path, KEY, away, AT + timedelta(hours=1))
    assert not (path.parent / "second-disk").exists()
    known = backups.state(path.parent)
    assert (known.newest, known.file, known.tried) == (AT, str(made), AT + timedelta(hours=1))
    assert "is not there" in known.trouble


def test_a_backup_is_not_begun_where_it_would_fill_the_disk(worked: Shift, path: Path, small_disk: Path) -> None:
    with pytest.raises(Unavailable, match="has no room for another backup: it needs"):
        backups.make(path.parent, path, KEY, BackupSettings(folder=str(small_disk)), AT)
    assert list(small_disk.iterdir()) == []


def test_rotation_takes_away_what_is_kept_no_longer_and_nothing_else(worked: Shift, path: Path) -> None:
    wanted = BackupSettings(hourly=2, daily=0, weekly=0)
    folder = backups.folder_of(path.parent, wanted)
    (folder / "bench-of-last-year.db").write_bytes(b"somebody's own")
    for hours in range(4):
        backups.make(path.parent, path, KEY, wanted, AT + timedelta(hours=hours))
    assert sorted(one.name for one in folder.iterdir()) == [
        "bench-20260302T110000Z.db",
        "bench-20260302T120000Z.db",
        "bench-of-last-year.db",
    ]


def test_a_backup_that_comes_to_nothing_takes_no_older_one_away_that_is_kept(worked: Shift, path: Path) -> None:
    wanted = BackupSettings(hourly=1, daily=0, weekly=0)
    made = backups.make(path.parent, path, KEY, wanted, AT)
    with pytest.raises(Unavailable):
        backups.make(path.parent, path, bytes(32), wanted, AT + timedelta(hours=1))
    assert made.exists()


def test_what_was_written_down_and_cannot_be_read_counts_as_nothing(tmp_path: Path) -> None:
    for left in ("", "{", "[]", json.dumps({"newest": 5})):
        (tmp_path / backups.STATE).write_text(left)
        assert backups.state(tmp_path) == backups.State()


# --- the schedule ---


class Notices(list[str]):
    """The notices of a bench, and a way to wait for them."""

    def __init__(self) -> None:
        super().__init__()
        self.changes = threading.Semaphore(0)

    def wait(self) -> list[str]:
        assert self.changes.acquire(timeout=WAIT_S)
        return list(self)


@pytest.fixture
def notices() -> Notices:
    return Notices()


@pytest.fixture
def schedule(worked: Shift, path: Path, notices: Notices) -> Iterator[list[backups.Schedule]]:
    running: list[backups.Schedule] = []
    yield running
    for one in running:
        one.close()


def started(path: Path, notices: Notices, wait_s: float = 0.0) -> backups.Schedule:
    return backups.Schedule(path.parent, path, KEY, notices, notices.changes.release, first_after_s=0.0, wait_s=wait_s)


def test_a_bench_that_was_started_backs_itself_up_and_says_that_it_has_one_disk_only(
    schedule: list[backups.Schedule], path: Path, notices: Notices
) -> None:
    schedule.append(started(path, notices))
    assert notices.wait() == [backup_words.SAME_DISK]
    known = backups.state(path.parent)
    assert known.trouble == ""
    assert findings(Path(known.file)) == []


def test_a_folder_that_is_away_is_a_notice_with_the_newest_backup_there_is(
    schedule: list[backups.Schedule], path: Path, notices: Notices
) -> None:
    settings.write(path.parent, Settings(backup=BackupSettings(folder=str(path.parent / "away"))))
    schedule.append(started(path, notices))
    (said,) = notices.wait()
    assert said.startswith("No backup was made. The folder for backups")
    assert said.endswith("There is no backup of this bench yet.")


def test_settings_that_cannot_be_read_are_a_notice_and_no_end_of_backups(
    schedule: list[backups.Schedule], path: Path, notices: Notices
) -> None:
    (path.parent / "settings.toml").write_text("format = 2\n[backup]\nevery_hours = 'one'\n")
    schedule.append(started(path, notices))
    (said,) = notices.wait()
    assert "backup.every_hours is not understood (it should be a whole number from 1 to 168)" in said


def test_closing_does_not_wait_for_a_backup_to_be_finished_and_leaves_no_half_of_one(
    schedule: list[backups.Schedule], path: Path, notices: Notices
) -> None:
    running = started(path, notices, wait_s=WAIT_S)
    folder = path.parent / "backups"
    waiting = threading.Event()
    for _ in range(2000):
        if folder.is_dir() and list(folder.glob("*.part")):
            break
        waiting.wait(0.01)
    assert list(folder.glob("*.part"))
    running.close()
    assert list(folder.iterdir()) == []
    assert backups.state(path.parent).trouble == ""


# --- settings ---


def test_settings_of_the_first_format_keep_their_folder_for_backups(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('format = 1\nbackup_folder = "D:\\\\backups"\n')
    said = settings.read(tmp_path)
    assert said is not None
    assert (said.format, said.backup) == (settings.FORMAT, BackupSettings(folder="D:\\backups"))
    settings.write(tmp_path, said)
    assert settings.read(tmp_path) == said


def test_settings_of_the_second_format_keep_their_scanner_and_know_nothing_of_a_self_test(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('format = 2\n[scanner]\nprefix = "~~"\nterminator = "LF"\n')
    said = settings.read(tmp_path)
    assert said is not None
    assert (said.format, said.scanner.prefix, said.scanner.terminator) == (settings.FORMAT, "~~", "LF")
    assert (said.scanner.suffix, said.scanner.aim, said.scanner.separator, said.scanner.layout) == ("", "", "", "")
    settings.write(tmp_path, said)
    assert settings.read(tmp_path) == said


def test_a_backup_of_an_empty_file_is_one_too(path: Path, tmp_path: Path) -> None:
    db = open_for_writing(path, KEY)
    versions.bring_up(db)
    copy = backup.back_up(db, tmp_path / "copy.db", KEY)
    db.close()
    assert count(copy) == 0
    shutil.copyfile(copy, path)
