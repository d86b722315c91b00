"""What lies on a bench's disk: encrypted, for its own account alone, and gone when it is of no more use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from bench_top import BenchTop
from command_line import CommandLine, copy_of, key_of, set_up
from identifiers import corpus, enough_for, found_in
from sqlcipher3 import dbapi2 as driver

from gms_desktop import left_behind, own_rights
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import encrypting, sqlite_file
from gms_desktop.starting import bench_file

posix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")


def laid_open(path: Path, key: bytes) -> None:
    """The same file as a program without encryption would have left it."""
    raw = driver.connect(str(path), isolation_level=None)
    raw.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.execute("PRAGMA journal_mode=DELETE")
    version = raw.execute("PRAGMA user_version").fetchone()[0]
    raw.execute("ATTACH ? AS open KEY ''", (f"{path}.open",))
    raw.execute("SELECT sqlcipher_export('open')").fetchall()
    raw.execute(f"PRAGMA open.user_version={version}")
    raw.close()
    # The same file, not another in its place.
    path.write_bytes(Path(f"{path}.open").read_bytes())
    Path(f"{path}.open").unlink()


def test_a_bench_that_lay_open_is_encrypted_at_its_next_start_and_goes_on_as_itself(bench: BenchTop) -> None:
    bench.takes_in("requests.csv", b"not a file of requests")
    writer = bench.bench.recorder.read(lambda ledger: ledger.head.writer).result()
    key = key_of(bench.folder)
    bench.close()
    for name in ("bench.db", "files.db"):
        if (bench.folder / name).exists():
            laid_open(bench.folder / name, key)
            assert sqlite_file.lies_open(bench.folder / name)
    bench.open()
    assert [one for one in bench.bench.file.notices if "lay open and is encrypted now" in one]
    assert bench.bench.recorder.read(lambda ledger: ledger.head.writer).result() == writer
    for name in ("bench.db", "files.db"):
        assert not encrypting.unfinished(bench.folder / name)


@pytest.fixture(scope="module")
def bench_set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return set_up(tmp_path_factory.mktemp("rest") / "bench")


@pytest.fixture
def gms(bench_set_up: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(copy_of(bench_set_up, tmp_path / "set-up"), capsys)


def test_the_command_line_encrypts_a_bench_and_its_old_backups_and_the_doctor_says_when(gms: CommandLine) -> None:
    assert gms("backup").code == 0
    (old,) = (gms.data / "backups").glob("bench-*.db")
    key = key_of(gms.data)
    for path in (gms.path, old):
        laid_open(path, key)
    said = gms("doctor").out
    assert "DO  Encryption" in said
    assert f"not encrypted: bench.db, {old.name}" in said
    assert "not encrypted yet. Run: gms-desktop encrypt" in gms("verify").err
    done = gms("encrypt")
    assert done.code == 0
    assert done.out.count("Encrypted and proved equal, row by row") == 2
    assert gms("verify").code == 0
    assert gms("verify", old).code == 0
    assert "Nothing lies open" in gms("encrypt").out
    assert "OK  Encryption" in gms("doctor").out


def test_a_file_to_encrypt_that_is_not_there_is_told(gms: CommandLine) -> None:
    assert "is not there. Name a bench's file" in gms("encrypt", gms.data / "other.db").err


def test_a_backup_that_lies_open_is_encrypted_with_a_key_that_a_bench_has_and_never_with_a_new_one(
    gms: CommandLine, tmp_path: Path
) -> None:
    assert gms("backup").code == 0
    (old,) = (gms.data / "backups").glob("bench-*.db")
    laid_open(old, key_of(gms.data))
    as_it_was, elsewhere = old.read_bytes(), tmp_path / "mistyped"
    elsewhere.mkdir()
    said = CommandLine(elsewhere, gms.capsys)("encrypt", old)
    assert said.code == 2
    assert "holds no bench's key" in said.err
    assert old.read_bytes() == as_it_was
    assert not (elsewhere / "secrets").exists()
    assert gms("encrypt", old).code == 0
    assert gms("restore", "--check", old).code == 0
    assert gms("encrypt", old).out.startswith("Nothing lies open")


def test_what_is_no_file_of_a_bench_is_neither_encrypted_nor_said_to_be(gms: CommandLine, tmp_path: Path) -> None:
    words, table = tmp_path / "notes.txt", tmp_path / "another.db"
    words.write_text("a patient's name")
    with closing(sqlite3.connect(table)) as made:
        made.execute("CREATE TABLE own (text)")
        made.commit()
    before = table.read_bytes()
    for path in (words, table, tmp_path):
        said = gms("encrypt", path)
        assert (said.code, said.out) == (2, "")
        assert f"{path} is no file of this bench, and was left as it is." in said.err
    assert table.read_bytes() == before


@posix
def test_a_bench_whose_badges_can_no_longer_be_compared_says_so_and_makes_nothing_in_their_place(
    gms: CommandLine,
) -> None:
    kept = gms.data / "secrets" / "pepper.secret"
    away = kept.rename(gms.data.parent / "away")
    assert "gms-desktop recovery-key --enter" in next(
        line for line in gms("doctor").out.splitlines() if "Secrets" in line
    )
    said = gms("audit", gms.data / "trail.csv", "--badge", "BADGE-OKAFOR", "--pin", "2468")
    assert said.code == 2
    assert "nobody could sign in" in said.err
    assert not kept.exists()
    away.rename(kept)
    assert "OK  Secrets" in gms("doctor").out


@posix
def test_everything_that_a_bench_makes_is_for_its_own_account_alone(bench: BenchTop) -> None:
    assert bench.folder.stat().st_mode & 0o777 == 0o700
    (bench.folder / "labels").mkdir(exist_ok=True)
    (bench.folder / "labels" / "one.zpl").write_text("^XA^XZ")
    bench.scans("Q26-118901-1")
    bench.close()
    assert {path.stat().st_mode & 0o777 for path in bench.folder.rglob("*") if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in bench.folder.rglob("*") if path.is_dir()} == {0o700}


@posix
def test_rights_that_others_have_are_told_and_taken_away_at_the_next_start(gms: CommandLine) -> None:
    gms.data.chmod(0o755)
    gms.path.chmod(0o644)
    assert "other accounts may read ., bench.db" in gms("doctor").out.replace(", ballast", "")
    own_rights.keep(gms.data)
    assert "DO  Rights" not in gms("doctor").out


def test_what_a_run_that_was_cut_short_left_among_temporary_files_goes_a_day_later(tmp_path: Path) -> None:
    for name in ("gms-desktop-drill-1", "gms_sounds_2", "somebody-elses"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "bench.db").write_bytes(b"x")
    made = (tmp_path / "gms-desktop-drill-1").stat().st_mtime
    assert left_behind.sweep(made + 60, tmp_path) == []
    assert sorted(left_behind.sweep(made + 25 * 3600, tmp_path)) == ["gms-desktop-drill-1", "gms_sounds_2"]
    assert [path.name for path in tmp_path.iterdir()] == ["somebody-elses"]


def test_no_patient_stands_in_any_file_of_a_bench_at_work_or_in_its_name(bench: BenchTop) -> None:
    for code in ("Q26-118901-1", "Q26-118902-1"):
        bench.receives(code)
    wanted = corpus()
    files = [path for path in bench.folder.rglob("*") if path.is_file() and path.name != "ballast"]
    assert {"bench.db", "bench.db-wal"} <= {path.name for path in files}
    seen = {one.name: found_in(one.read_bytes(), enough_for(one.name, wanted), one.name) for one in files}
    assert {name: found for name, found in seen.items() if found} == {}


def test_a_copied_database_opens_nothing_beside_the_key_of_another_bench_and_says_what_to_do(
    bench: BenchTop, gms: CommandLine
) -> None:
    bench.receives("Q26-118901-1")
    bench.close()
    copied = (bench.folder / "bench.db").read_bytes()
    gms.path.write_bytes(copied)
    for name in ("verify", "find"):
        said = gms(name, *(("Q26-118901-1",) if name == "find" else ()))
        assert said.code in {1, 2}
        assert "damaged, or belongs to another key. Run: gms-desktop doctor" in said.out + said.err
    assert "the file is set aside and nothing is deleted. Then restore" in gms("doctor").out
    assert gms.path.read_bytes() == copied


def test_a_bench_that_starts_on_a_file_from_another_pc_leaves_it_as_it_is_and_says_what_to_do(
    bench: BenchTop, gms: CommandLine
) -> None:
    bench.receives("Q26-118901-1")
    bench.close()
    copied = (bench.folder / "bench.db").read_bytes()
    gms.path.write_bytes(copied)
    file = bench_file(gms.data)
    file.take()
    try:
        with pytest.raises(Refused, match="or came from another"):
            file.open()
    finally:
        file.release()
    assert gms.path.read_bytes() == copied
    assert not list(gms.data.glob("*damaged*"))


def test_a_bench_whose_first_page_is_damaged_is_not_taken_for_another_pcs(gms: CommandLine) -> None:
    content = bytearray(gms.path.read_bytes())
    content[100] ^= 1
    gms.path.write_bytes(content)
    file = bench_file(gms.data)
    file.take()
    try:
        with pytest.raises(Unavailable, match="kept as"):
            file.open()
    finally:
        file.release()
