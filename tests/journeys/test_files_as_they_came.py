"""A file that was taken in is kept as it came: saved as a copy, backed up, restored, proved, erased on authority."""

from __future__ import annotations

import shutil
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from bench_top import BenchTop
from command_line import EXPECTED, MAPPING, SIGNED, CommandLine, copy_of, key_of, set_up

from gms_desktop.cli.kept_files import save_files
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.files.store import FileStore
from gms_desktop.kept_copies import save_file
from gms_desktop.rehearsal import made_up
from gms_desktop.services.kept_files import Wanted
from gms_desktop.services.views import ImportLine
from ui import command

ADMINISTRATOR, PIN = made_up.PEOPLE[0], made_up.SHORT_PIN
SHA256 = sha256(EXPECTED.read_bytes()).hexdigest()


@pytest.fixture(scope="session")
def bench_with_a_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = set_up(tmp_path_factory.mktemp("files") / "bench")
    assert command.main(["import", str(EXPECTED), "--mapping", str(MAPPING), "--data", str(data), *SIGNED]) == 0
    return data


@pytest.fixture
def gms(bench_with_a_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(copy_of(bench_with_a_file, tmp_path / "bench"), capsys)


def files_of(data: Path) -> FileStore:
    return FileStore(data / "files.db", key_of(data))


def line_of(bench: BenchTop) -> ImportLine:
    return bench.bench.expected().result().imports[0]


def wanted(line: ImportLine) -> Wanted:
    return Wanted(line.sha256, line.subject, line.came_in_at)


# --- at the bench ---


def test_a_file_taken_in_is_here_and_a_copy_of_it_is_the_file(empty_bench: BenchTop, tmp_path: Path) -> None:
    name, content, mapping = made_up.expected_file()
    empty_bench.takes_in(name, content, mapping)
    line = line_of(empty_bench)
    assert line.kept == "here"
    said = save_file(empty_bench.bench, wanted(line), tmp_path / "copy.csv")
    assert "saved" in said
    assert (tmp_path / "copy.csv").read_bytes() == content


def test_a_file_of_another_bench_is_still_there_and_a_bench_without_hub_says_so(
    empty_bench: BenchTop, tmp_path: Path
) -> None:
    other = Wanted(SHA256, "import:elsewhere", "Bench 3")
    with pytest.raises(Refused, match="still on Bench 3"):
        save_file(empty_bench.bench, other, tmp_path / "copy.csv")
    assert not (tmp_path / "copy.csv").exists()


def test_a_copy_that_cannot_be_written_there_says_so_and_leaves_nothing(empty_bench: BenchTop, tmp_path: Path) -> None:
    empty_bench.takes_in(*made_up.expected_file())
    with pytest.raises(Unavailable, match="cannot be written"):
        save_file(empty_bench.bench, wanted(line_of(empty_bench)), tmp_path / "no folder" / "copy.csv")


@pytest.mark.parametrize("name", ["../../outside.csv", "..\\..\\outside.csv", "/etc/outside.csv", "C:\\W\\outside.csv"])
def test_a_file_whose_name_is_a_path_is_saved_in_the_folder_that_was_chosen_and_nowhere_else(
    empty_bench: BenchTop, tmp_path: Path, name: str
) -> None:
    _, content, mapping = made_up.expected_file()
    empty_bench.takes_in(name, content, mapping)
    out = tmp_path / "deep" / "out"
    out.mkdir(parents=True)
    before = set(tmp_path.rglob("*"))
    empty_bench.close()
    assert save_files(out, empty_bench.folder, lambda _line: None, ADMINISTRATOR.badge, PIN) == 0
    made = set(tmp_path.rglob("*")) - before
    assert [path.parent for path in made if "outside" in path.name] == [out]


def test_a_file_that_comes_while_it_is_asked_for_is_written_nowhere_that_nobody_named(empty_bench: BenchTop) -> None:
    _, content, mapping = made_up.expected_file()
    empty_bench.takes_in("../outside.csv", content, mapping)
    said = save_file(empty_bench.bench, wanted(line_of(empty_bench)), None)
    assert said == "The file has come. Choose it again to save it."


def test_a_file_that_is_refused_is_not_kept(empty_bench: BenchTop) -> None:
    made = empty_bench.takes_in("holiday.csv", b"Day,Place\r\nMonday,Leeds\r\n")
    assert made.refused
    assert empty_bench.bench.file.files.every() == []


def test_a_damaged_store_is_set_aside_and_the_bench_works_on(closed_bench: BenchTop) -> None:
    closed_bench.folder.mkdir()
    (closed_bench.folder / "files.db").write_bytes(b"no such store" * 1000)
    closed_bench.open()
    closed_bench.takes_in(*made_up.expected_file())
    assert line_of(closed_bench).kept == "here"
    assert any("set aside" in notice for notice in closed_bench.bench.strip().notices)
    assert list(closed_bench.folder.glob("files.damaged-*.db"))


# --- from the command line ---


def test_files_are_listed_and_saved(gms: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    refused = gms("files", "--out", out, "--badge", ADMINISTRATOR.badge, "--pin", "000000")
    assert (refused.code, list(out.iterdir())) == (2, [])
    said = gms("files", "--out", out, *SIGNED)
    assert said.code == 0, said.err
    assert "expected.csv" in said.out
    assert "here" in said.out
    (saved,) = out.iterdir()
    assert saved.read_bytes() == EXPECTED.read_bytes()
    # It is a copy of patients' values that lies outside: whose doing that is stands among the exports.
    [noted] = [one for one in gms.journal() if one.kind == "export.saved"]
    assert (noted.body["sort"], noted.body["place"], noted.body["sha256"]) == ("file-as-it-came", "elsewhere", SHA256)
    assert noted.operator is not None
    assert f"file as it came, {saved}" in gms("exports").out


def test_verify_proves_the_files(gms: CommandLine) -> None:
    said = gms("verify")
    assert said.code == 0, said.out
    assert "Files            1 here" in said.out


def test_verify_finds_a_damaged_chunk(gms: CommandLine) -> None:
    with closing(files_of(gms.data)) as files:
        files._db.raw.execute("UPDATE chunk SET content = zeroblob(length(content))")
    said = gms("verify")
    assert said.code == 1
    assert f"the file {SHA256} is damaged" in said.out


def test_verify_finds_that_a_cited_file_is_not_there(gms: CommandLine) -> None:
    (gms.data / "files.db").unlink()
    said = gms("verify")
    assert said.code == 1
    assert f"the file {SHA256} that entry" in said.out


def test_a_backup_has_the_files_and_a_lost_store_comes_back_from_it(gms: CommandLine) -> None:
    assert gms("backup").code == 0
    assert gms("backup", gms.data / "backups" / "second.db").code == 0
    (copy,) = (gms.data / "backups").glob("bench-*.db")
    drill = gms("restore", copy, "--check")
    assert drill.code == 0, drill.out
    assert "Files            1 here" in drill.out
    for name in ("bench.db", "files.db"):
        (gms.data / name).unlink()
    said = gms("restore", copy)
    assert said.code == 0, said.out + said.err
    assert "Files brought back from beside the backup: 1." in said.out
    assert gms("verify").code == 0


def test_a_damaged_file_alone_comes_back_from_beside_a_backup(gms: CommandLine) -> None:
    assert gms("backup").code == 0
    with closing(files_of(gms.data)) as files:
        files._db.raw.execute("UPDATE chunk SET content = zeroblob(length(content))")
    assert gms("restore", gms.data / "backups" / "files.db").code == 0
    assert gms("verify").code == 0


def test_a_backup_can_be_read_from_a_disk_that_is_not_to_be_written(gms: CommandLine, tmp_path: Path) -> None:
    assert gms("backup").code == 0
    stick = tmp_path / "stick"
    shutil.copytree(gms.data / "backups", stick)
    assert not list(stick.glob("*-wal"))
    (copy,) = stick.glob("bench-*.db")
    assert gms("restore", copy, "--check").code == 0
    assert not list(stick.glob("*-wal"))


def test_an_erased_import_has_its_file_emptied_here_and_in_the_next_backup(gms: CommandLine) -> None:
    assert gms("backup").code == 0
    subject = gms("files").out.split()[0]
    assert subject.startswith("import:")
    erased = gms(
        "erase", subject, "--reason", "asked", "--authority", "IG-7", "--badge", ADMINISTRATOR.badge, "--pin", PIN
    )
    assert erased.code == 0, erased.err
    with closing(files_of(gms.data)) as files:
        assert files.chunk(SHA256, 0) is None
    assert "erased" in gms("files").out
    assert gms("verify").code == 0
    assert gms("backup").code == 0
    with closing(FileStore(gms.data / "backups" / "files.db", key_of(gms.data))) as kept:
        assert kept.chunk(SHA256, 0) is None
