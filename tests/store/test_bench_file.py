"""The bench's own file: how it is opened, what is refused, how it is copied, and what a damaged one still gives."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from shift import KEY, Shift, digests_of
from sqlcipher3 import dbapi2 as driver

from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import backup, ballast, sqlite_file, store
from gms_desktop.journal.database import Database
from gms_desktop.journal.sqlite_file import check_version, open_for_reading, open_for_writing
from gms_desktop.register import verify, versions

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAGE = 4096


@pytest.fixture
def worked(bench_file: Database) -> Shift:
    return Shift(bench_file, 4).begin().work(60)


# --- opening ---


@pytest.mark.parametrize("version", ["3.7.0", "3.40.1", "3.44.5", "3.50.6", "3.51.0", "3.51.2", "3.45.9"])
def test_a_sqlite_that_can_damage_the_file_is_refused(version: str) -> None:
    with pytest.raises(Refused, match=version):
        check_version(version)


@pytest.mark.parametrize("version", ["3.44.6", "3.50.7", "3.51.3", "3.53.4", "4.0.0", driver.sqlite_version])
def test_a_sqlite_with_the_fix_is_taken(version: str) -> None:
    check_version(version)


def test_every_pragma_is_what_was_asked_for(bench_file: Database) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1}
    assert {name: bench_file.raw.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


def test_a_file_that_cannot_keep_a_pragma_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sqlite_file._WANTED, "page_size", 512)
    with pytest.raises(Refused, match="page_size=512"):
        open_for_writing(path, KEY)


def test_nothing_of_the_file_can_be_read_without_the_key(worked: Shift, path: Path) -> None:
    worked.db.close()
    stored = path.read_bytes()
    assert not stored.startswith(b"SQLite format 3")
    for text in ("specimen", "CREATE TABLE", "EDTA blood", *worked.private_texts):
        assert text.encode() not in stored


@pytest.mark.parametrize("open_", [open_for_writing, open_for_reading])
def test_a_file_opened_with_another_key_is_named_as_such_and_stays(
    open_: type[Database], worked: Shift, path: Path
) -> None:
    worked.db.close()
    before = path.read_bytes()
    with pytest.raises(Unavailable, match="belongs to another key"):
        open_(path, bytes(32))  # type: ignore[arg-type]
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_named_as_such_and_stays(path: Path) -> None:
    path.write_bytes(b"surname,forename\n" * 999)
    with pytest.raises(Unavailable, match="damaged, or belongs to another key"):
        open_for_writing(path, KEY)
    assert path.read_bytes() == b"surname,forename\n" * 999


def test_a_file_in_a_folder_that_is_not_there_is_told_of(path: Path) -> None:
    for open_ in (open_for_writing, open_for_reading):
        with pytest.raises(Unavailable, match="cannot be opened"):
            open_(path.parent / "away" / "bench.db", KEY)


def test_reading_makes_no_file_and_writes_nothing(worked: Shift, path: Path) -> None:
    reader = open_for_reading(path, KEY)
    assert store.count(reader) == store.count(worked.db)
    with pytest.raises(driver.OperationalError, match="readonly"):
        reader.raw.execute("DELETE FROM entry")
    reader.close()
    with pytest.raises(Unavailable):
        open_for_reading(path.with_name("other.db"), KEY)
    assert not path.with_name("other.db").exists()


def test_a_file_that_another_program_is_writing_is_told_of(
    worked: Shift, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = driver.connect
    monkeypatch.setattr(sqlite_file.driver, "connect", lambda *a, **more: connect(*a, **more | {"timeout": 0.0}))
    with worked.db.write(), pytest.raises(Unavailable, match="in use by another program"):
        open_for_writing(path, KEY)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB, where this machine lets the tests mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)]
    if not sys.platform.startswith("linux") or os.geteuid() or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_folder_that_may_not_be_written_is_told_of_at_the_start(small_disk: Path) -> None:
    path = small_disk / "bench.db"
    db = open_for_writing(path, KEY)
    versions.bring_up(db)
    db.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(Unavailable, match=r"cannot be (written|opened)"):
        open_for_writing(path, KEY)


# --- a full disk ---


def fill_up(folder: Path) -> None:
    with (folder / "photographs").open("wb", buffering=0) as out, contextlib.suppress(OSError):
        while out.write(bytes(PAGE)) == PAGE:
            pass


def test_on_a_full_disk_nothing_is_half_saved_and_the_ballast_lets_the_next_act_through(small_disk: Path) -> None:
    db = open_for_writing(small_disk / "bench.db", KEY)
    versions.bring_up(db)
    shift = Shift(db).begin()
    assert ballast.lay(small_disk, 1024 * 1024)
    fill_up(small_disk)
    before = digests_of(db)
    with pytest.raises(driver.Error, match="full"):
        shift.take_in(300)
    count = store.count(db)
    assert digests_of(db) == before
    assert verify.verify(db, verify.scratch_database()).findings == []
    assert ballast.give_up(small_disk)
    assert not ballast.give_up(small_disk)
    shift.take_in(5)
    assert store.count(db) == count + 7
    assert verify.verify(db, verify.scratch_database()).findings == []
    db.close()


def test_a_database_that_may_not_grow_rolls_back_whole_and_goes_on_reading(worked: Shift) -> None:
    raw = worked.db.raw
    raw.execute(f"PRAGMA max_page_count = {raw.execute('PRAGMA page_count').fetchone()[0] + 1}")
    before, count = digests_of(worked.db), store.count(worked.db)
    with pytest.raises(driver.Error) as full:
        worked.take_in(200)
    said = sqlite_file.in_words(full.value, Path("bench.db"))
    assert isinstance(said, Unavailable)
    assert "The disk is full" in said.sentence
    assert (digests_of(worked.db), store.count(worked.db)) == (before, count)
    raw.execute("PRAGMA max_page_count = 1000000")
    worked.take_in(5)
    assert verify.verify(worked.db, verify.scratch_database()).findings == []


def test_ballast_is_not_laid_where_it_would_fill_the_disk(small_disk: Path) -> None:
    assert not ballast.lay(small_disk, 4 * 1024 * 1024)
    assert not (small_disk / "ballast").exists()
    assert ballast.lay(small_disk, 1024 * 1024)
    assert ballast.room(small_disk) <= 5 * 1024 * 1024


# --- backups ---


def test_a_backup_of_a_file_in_use_is_whole_and_carries_no_lease(worked: Shift, path: Path) -> None:
    with worked.db.write():
        store.put_meta(worked.db, "lease", "token")
    copy = backup.back_up(worked.db, path.with_name("copy.db"), KEY)
    worked.scan()
    db = open_for_reading(copy, KEY)
    assert db.raw.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    assert store.meta(db, "lease") is None
    assert store.meta(worked.db, "lease") == "token"
    assert store.count(db) == store.count(worked.db) - 1
    assert verify.verify(db, verify.scratch_database()).findings == []
    db.close()


def test_a_backup_is_encrypted_with_the_same_key(worked: Shift, path: Path) -> None:
    copy = backup.back_up(worked.db, path.with_name("copy.db"), KEY)
    assert b"CREATE TABLE" not in copy.read_bytes()
    with pytest.raises(Unavailable, match="another key"):
        open_for_reading(copy, bytes(32))


def test_a_backup_overwrites_nothing(worked: Shift, path: Path) -> None:
    target = path.with_name("copy.db")
    target.write_bytes(b"last week's")
    with pytest.raises(Refused, match="never overwritten"):
        backup.back_up(worked.db, target, KEY)
    assert target.read_bytes() == b"last week's"


def test_a_backup_to_a_full_disk_is_told_of_and_leaves_no_half_copy(worked: Shift, small_disk: Path) -> None:
    worked.take_in(100)
    fill_up(small_disk)
    with pytest.raises(Unavailable):
        backup.back_up(worked.db, small_disk / "copy.db", KEY)
    assert {one.name for one in small_disk.iterdir()} == {"photographs"}


# --- damage ---


def pages(path: Path) -> int:
    return path.stat().st_size // PAGE


def flip(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek(page * PAGE + 2000)
        byte = file.read(1)[0]
        file.seek(page * PAGE + 2000)
        file.write(bytes([byte ^ 0x40]))


def told_of(path: Path) -> bool:
    """Whether a start, a check or a whole verification says that the file is damaged."""
    try:
        db = open_for_reading(path, KEY)
    except Unavailable:
        return True
    try:
        said = [row[0] for row in db.raw.execute("PRAGMA quick_check").fetchall()]
        return said != ["ok"] or bool(verify.verify(db, verify.scratch_database()).findings)
    except driver.Error as fault:
        return isinstance(sqlite_file.in_words(fault, path), Unavailable)
    finally:
        db.close()


def test_one_flipped_bit_on_any_page_is_found(worked: Shift, path: Path, tmp_path: Path) -> None:
    worked.db.close()
    silent = []
    for page in range(pages(path)):
        copy = tmp_path / "flipped.db"
        shutil.copy(path, copy)
        flip(copy, page)
        if not told_of(copy):
            silent.append(page)
    assert silent == []


def test_entries_behind_a_damaged_page_are_salvaged(worked: Shift, path: Path, tmp_path: Path) -> None:
    whole = {one.entry.id: one.content for lot in store.since(worked.db) for one in lot}
    newest = list(whole)[-1]
    worked.db.close()
    lost_something, kept_newest = 0, 0
    for page in range(3, pages(path), 4):
        saved: dict[str, bytes] = {}
        copy = tmp_path / "flipped.db"
        shutil.copy(path, copy)
        flip(copy, page)
        with contextlib.suppress(Unavailable):  # the list of tables itself may lie on the page
            saved = {one.entry.id: one.content for one in backup.salvage(copy, KEY)}
        assert saved.items() <= whole.items()
        lost_something += 0 < len(saved) < len(whole)
        kept_newest += newest in saved and len(saved) < len(whole)
    assert lost_something > 5
    assert kept_newest > 5


def test_a_whole_file_is_salvaged_whole(worked: Shift, path: Path) -> None:
    whole = [one for lot in store.since(worked.db) for one in lot]
    assert backup.salvage(path, KEY) == whole


def test_an_entry_that_was_changed_is_not_salvaged(worked: Shift, path: Path) -> None:
    worked.db.raw.execute("UPDATE entry SET bytes = (SELECT bytes FROM entry WHERE n = 8) WHERE n = 9")
    worked.db.raw.execute("UPDATE entry SET bytes = '{}' WHERE n = 12")
    saved = [one.n for one in backup.salvage(path, KEY)]
    assert 9 not in saved
    assert 12 not in saved
    assert saved[-1] == store.last_n(worked.db)


def test_a_file_whose_first_page_is_gone_is_named_as_damaged(worked: Shift, path: Path) -> None:
    worked.db.close()
    flip(path, 0)
    with pytest.raises(Unavailable, match="damaged"):
        backup.salvage(path, KEY)


def test_a_damaged_file_is_set_aside_with_its_log_and_nothing_is_overwritten(path: Path) -> None:
    names = set()
    for turn in range(3):
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").write_text(f"{turn}{suffix}")
        names.add(backup.set_aside(path, AT))
        assert not path.exists()
    assert len(names) == 3
    kept = sorted(one.read_text() for one in path.parent.iterdir() if one.is_file())
    assert kept == sorted(f"{turn}{suffix}" for turn in range(3) for suffix in ("", "-wal", "-shm"))


def test_a_log_left_by_itself_is_not_overwritten_either(path: Path) -> None:
    aside = path.with_name("bench.damaged-20260302T090000Z.db-wal")
    aside.write_text("the log of an older file")
    path.write_text("damaged")
    Path(f"{path}-wal").write_text("its log")
    backup.set_aside(path, AT)
    assert aside.read_text() == "the log of an older file"
