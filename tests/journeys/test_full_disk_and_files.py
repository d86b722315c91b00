"""The disk, the folder and the file: full, read-only, in use, restored, cloned, damaged, newer; the clock wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "store"))

import pytest
from bench_top import BenchTop
from decrypted import PAGE, page_with

from gms_desktop.bench_file import BenchFile
from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import backup, secret_store
from gms_desktop.services.sign_in import Operator
from gms_desktop.starting import SystemChance

SINGLE, ANOTHER = "Q26-118901-1", "Q26-118902-1"
SMALL_DISK = "160m"


def mounted(place: Path, *options: str) -> bool:
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    place.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", str(place)], capture_output=True, check=False)
    return done.returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little room, where the system lets the tests have one."""
    place = tmp_path / "small-disk"
    if not mounted(place, "-o", f"size={SMALL_DISK}"):
        pytest.skip("only root may make a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path, leave: int = 0) -> Path:
    """Fill a disk to the last byte."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as out:
        for size in (1024 * 1024, 4096, 1):
            try:
                while shutil.disk_usage(disk).free - leave >= size:
                    out.write(bytes(size))
            except OSError:
                continue
    return filler


@pytest.fixture
def bench_on_small_disk(bench: BenchTop, small_disk: Path) -> Iterator[BenchTop]:
    bench.close()
    folder, bench.folder = bench.folder, small_disk / "bench"
    shutil.copytree(folder, bench.folder, ignore=shutil.ignore_patterns("ballast", "bench.lock"))
    (bench.folder / "ballast").write_bytes(bytes(64 * 1024 * 1024))
    bench.open()
    assert bench.signs_in()
    yield bench
    bench.close()
    assert bench.proved().findings == []
    bench.folder = folder


def test_the_scan_that_meets_a_full_disk_is_saved_once_and_its_label_printed_once(
    bench_on_small_disk: BenchTop, small_disk: Path
) -> None:
    bench = bench_on_small_disk
    fill(small_disk)
    before = bench.count("scan.judged")
    seen = 0
    while (bench.folder / "ballast").exists():
        assert bench.scans(f"JUNK-{seen}").title == "Not expected"
        seen += 1
        assert seen < 2000, "the disk never filled"
    assert bench.count("scan.judged") == before + seen
    assert "The disk is full. The reserve is in use" in bench.bench.strip().notices[-1]
    assert bench.receives(SINGLE)
    assert len(bench.printer.labels) == 1


def test_the_tube_that_meets_a_full_disk_is_received_once(bench_on_small_disk: BenchTop, small_disk: Path) -> None:
    bench = bench_on_small_disk
    # Room for the answer to one scan is left, but not for the receipt of a tube.
    fill(small_disk, leave=6000)
    assert bench.scans(SINGLE).title == "Matches"
    assert not (bench.folder / "ballast").exists()
    assert bench.scans(bench.label()).title == "Accepted"
    assert bench.receives(ANOTHER)
    assert len(bench.printer.labels) == len(bench.rows("SELECT id FROM label")) == 2


def scan_until_it_fails(bench: BenchTop) -> None:
    for n in range(2000):
        bench.scans(f"JUNK-{n}")


def test_with_the_reserve_gone_too_a_scan_says_that_the_disk_is_full_and_works_again_after_room_is_made(
    bench_on_small_disk: BenchTop, small_disk: Path
) -> None:
    bench = bench_on_small_disk
    (bench.folder / "ballast").unlink()
    filler = fill(small_disk)
    with pytest.raises(Unavailable, match=r"The disk is full.*Free some space, then scan again"):
        scan_until_it_fails(bench)
    with pytest.raises(Unavailable, match="The disk is full"):
        bench.scans(SINGLE)
    filler.unlink()
    assert bench.scans_at_once(SINGLE).title == "Matches"
    assert bench.scans(bench.label()).title == "Accepted"
    assert len(bench.printer.labels) == 1


def test_a_decision_that_no_longer_stands_changes_nothing_at_all_and_says_so(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    operator = bench.bench.session.operator
    bench.bench.session.operator = Operator("nobody-known", "Nobody", "")
    # The register has a role that the keys do not: what was read is not so any more when it is written.
    row = "INSERT INTO operator_role (id, role, state) VALUES ('nobody-known/senior', 'senior', 'held')"
    bench.bench.recorder.write(lambda ledger: ledger.db.raw.execute(row)).result()
    assert bench.says(Command.REJECT, "clotted").title == "Changed meanwhile"
    assert bench.scans(number).title == "Changed meanwhile"
    assert bench.in_hand.state == "label awaited"
    gone = "DELETE FROM operator_role WHERE id = 'nobody-known/senior'"
    bench.bench.recorder.write(lambda ledger: ledger.db.raw.execute(gone)).result()
    assert bench.proved().findings == []
    bench.bench.session.operator = operator
    assert bench.scans(number).title == "Accepted"


# --- the folder ---


def test_a_second_window_is_told_who_has_the_bench(bench: BenchTop) -> None:
    second = BenchTop(bench.folder, bench.scanner, bench.printer, bench.clock)
    with pytest.raises(Refused, match=r"open already: .*process \d+\. Use that window, or close it and start again"):
        second.open()
    assert bench.scans(SINGLE).title == "Matches"


def test_a_folder_that_cannot_be_written_is_named_and_left_alone(closed_bench: BenchTop, tmp_path: Path) -> None:
    place = tmp_path / "read-only"
    if mounted(place, "-o", "ro"):
        closed_bench.folder = place
    else:
        place.write_text("a file where the folder should be")
        closed_bench.folder = place / "bench"
    try:
        with pytest.raises(Unavailable, match=r"cannot be written .*Give this account write access"):
            BenchFile(closed_bench.folder, closed_bench.clock, SystemChance(), "test").take()
    finally:
        if place.is_dir():
            subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_file_that_became_read_only_under_way_is_named_at_the_next_start(bench: BenchTop, tmp_path: Path) -> None:
    bench.close()
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root may mount a folder read-only")
    subprocess.run(["mount", "--bind", str(bench.folder), str(bench.folder)], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", str(bench.folder)], check=True)
    try:
        with pytest.raises(Unavailable, match="cannot be written"):
            BenchFile(bench.folder, bench.clock, SystemChance(), "test").take()
    finally:
        subprocess.run(["umount", str(bench.folder)], check=True)
    bench.open()
    assert bench.signs_in()
    assert bench.scans(SINGLE).title == "Matches"


# --- the file ---


def test_a_bench_that_was_never_set_up_says_how_to_begin(closed_bench: BenchTop) -> None:
    closed_bench.begin = None
    with pytest.raises(Refused, match="not set up yet"):
        closed_bench.open()


def short_code(bench: BenchTop) -> str:
    return str(bench.read(lambda ledger: ledger.head.short_code))


def test_a_restored_backup_begins_a_new_writer_and_gives_no_number_twice(bench: BenchTop, tmp_path: Path) -> None:
    first = bench.receives(SINGLE)
    code = short_code(bench)
    key = secret_store.key_of(bench.bench.file.secrets)
    assert key is not None
    copy = tmp_path / "backup.db"
    bench.read(lambda ledger: backup.back_up(ledger.db, copy, key))
    second = bench.receives(ANOTHER)
    bench.close()
    shutil.copyfile(copy, bench.folder / "bench.db")
    bench.open()
    assert bench.signs_in()
    (notice,) = bench.bench.strip().notices
    assert "restored backup" in notice
    assert "Compare the last labels on the bench with Find" in notice
    assert short_code(bench) != code
    assert bench.scans(first).title == "Already received"
    third = bench.receives(ANOTHER)
    assert third not in {first, second}
    assert bench.proved().writers == 2


def test_a_file_copied_back_from_yesterday_is_seen_too(bench: BenchTop, tmp_path: Path) -> None:
    bench.close()
    shutil.copyfile(bench.folder / "bench.db", tmp_path / "yesterday.db")
    bench.open()
    assert bench.signs_in()
    bench.receives(SINGLE)
    bench.close()
    shutil.copyfile(tmp_path / "yesterday.db", bench.folder / "bench.db")
    bench.open()
    assert "restored backup" in bench.bench.strip().notices[0]


def test_a_cloned_folder_begins_a_new_writer_and_the_first_goes_on_as_it_was(bench: BenchTop, tmp_path: Path) -> None:
    code = short_code(bench)
    bench.close()
    clone = BenchTop(tmp_path / "clone", bench.scanner, bench.printer, bench.clock)
    shutil.copytree(bench.folder, clone.folder)
    clone.open()
    try:
        assert "copied file" in clone.bench.strip().notices[0]
        assert short_code(clone) != code
    finally:
        clone.close()
    bench.open()
    assert bench.bench.strip().notices == ()
    assert short_code(bench) == code


def test_a_damaged_file_is_set_aside_never_overwritten_and_its_entries_are_salvaged(bench: BenchTop) -> None:
    bench.receives(SINGLE)
    entries = len(bench.entries())
    bench.close()
    path = bench.folder / "bench.db"
    key = secret_store.key_of(secret_store.secrets_of(bench.folder))
    assert key is not None
    content = bytearray(path.read_bytes())
    # Where the entries lie: a damage to the file's own list of tables would leave nothing to be salvaged.
    at = page_with(path, key, b'"kind":"specimen.received"') * PAGE
    content[at : at + PAGE] = bytes(PAGE)
    path.write_bytes(content)
    # What was left open by a crash is read through before work begins.
    (bench.folder / "bench.db-wal").write_bytes(bytes(32))
    with pytest.raises(Unavailable, match=r"was damaged and is kept as bench\.damaged-.*Nothing was deleted"):
        bench.open()
    (aside,) = bench.folder.glob("bench.damaged-*.db")
    assert aside.read_bytes() == bytes(content)
    saved = backup.salvage(aside, key)
    # A page of 4 kB holds ten entries at the most; all others are there.
    assert entries - 10 <= len(saved) < entries
    aside.rename(bench.folder.parent / "kept.db")


def test_the_first_page_gone_is_a_damaged_file_too(bench: BenchTop) -> None:
    bench.close()
    path = bench.folder / "bench.db"
    content = bytearray(path.read_bytes())
    content[:4096] = bytes(4096)
    path.write_bytes(content)
    with pytest.raises(Unavailable, match="was damaged and is kept as"):
        bench.open()


def test_a_file_without_its_key_says_what_to_restore(bench: BenchTop) -> None:
    bench.close()
    shutil.move(bench.folder / "secrets", bench.folder / "elsewhere")
    with pytest.raises(Unavailable, match=r"key to .* is not on this machine.*left as it is"):
        bench.open()
    shutil.rmtree(bench.folder / "secrets", ignore_errors=True)
    shutil.move(bench.folder / "elsewhere", bench.folder / "secrets")
    bench.open()


def test_a_newer_file_is_refused_and_left_untouched(bench: BenchTop) -> None:
    bench.write(lambda ledger: ledger.db.raw.execute("UPDATE alembic_version SET version_num = '9999'"))
    bench.close()
    before = (bench.folder / "bench.db").read_bytes()
    with pytest.raises(Refused, match=r"newer version .* Install that version; the file has been left as it is"):
        bench.open()
    assert (bench.folder / "bench.db").read_bytes() == before


# --- the clock ---


def test_a_clock_that_was_put_back_an_hour_is_named_at_start_and_nothing_is_lost(bench: BenchTop) -> None:
    bench.receives(SINGLE)
    bench.close()
    bench.clock.at -= timedelta(hours=1)
    bench.open()
    (notice,) = bench.bench.strip().notices
    assert "clock" in notice
    assert "59 minutes" in notice or "1 hour" in notice
    assert bench.signs_in()
    bench.receives(ANOTHER)
    assert [row["outcome"] for row in bench.rows("SELECT outcome FROM specimen")] == ["accepted", "accepted"]


def test_a_clock_put_back_under_way_neither_repeats_a_scan_nor_loses_one(bench: BenchTop) -> None:
    bench.scans("Q26-118950")
    bench.clock.at -= timedelta(hours=1)
    assert bench.scans_at_once("Q26-118950").title == "Matches"
    assert bench.scans(bench.label()).title == "Accepted"
