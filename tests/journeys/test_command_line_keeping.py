"""Proving, rebuilding, backing up and salvaging a bench's file from the command line."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from command_line import EXPECTED, MAPPING, SIGNED, CommandLine, copy_of, set_up, spoil_page

from gms_desktop.journal.chain import next_hash
from gms_desktop.journal.lock import BenchLock


@pytest.fixture(scope="session")
def bench_to_keep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from ui import command

    data = set_up(tmp_path_factory.mktemp("keeping") / "bench")
    assert command.main(["import", str(EXPECTED), "--mapping", str(MAPPING), "--data", str(data), *SIGNED]) == 0
    return data


@pytest.fixture
def gms(bench_to_keep: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(copy_of(bench_to_keep, tmp_path / "bench"), capsys)


def change(gms: CommandLine, sql: str) -> None:
    db = gms.opened()
    db.raw.execute(sql)
    db.close()


def test_a_whole_file_is_proved_with_its_counts(gms: CommandLine) -> None:
    said = gms("verify")
    assert said.code == 0
    assert f"Entries          {gms.entries()} " in said.out
    assert "Everything holds." in said.out


def test_a_file_is_proved_while_a_window_has_it_open(gms: CommandLine) -> None:
    window = BenchLock(gms.data, "R. Okafor, process 4711")
    try:
        assert gms("verify").code == 0
    finally:
        window.release()


def test_an_entry_changed_behind_the_journals_back_is_found(gms: CommandLine) -> None:
    change(gms, "UPDATE entry SET bytes = CAST(replace(bytes, 'Rehearsal', 'Forged XX') AS BLOB) WHERE seq = 2")
    said = gms("verify")
    assert said.code == 1
    assert "it was changed after it was written" in said.out


def test_a_register_that_differs_is_found_and_rebuild_puts_it_right(gms: CommandLine) -> None:
    change(gms, "DELETE FROM request")
    found = gms("verify")
    assert found.code == 1
    assert "table request differs from the journal. Run: gms-desktop rebuild" in found.out
    rebuilt = gms("rebuild")
    assert rebuilt.code == 0
    assert f"from {gms.entries()} entries" in rebuilt.out
    assert gms("verify").code == 0


def test_a_rebuild_is_refused_while_a_window_has_the_bench_open(gms: CommandLine) -> None:
    window = BenchLock(gms.data, "R. Okafor, process 4711")
    try:
        said = gms("rebuild")
    finally:
        window.release()
    assert (said.code, said.out) == (2, "")
    assert "R. Okafor, process 4711" in said.err


@pytest.mark.parametrize("place", [0.0, 0.5, 0.9])
def test_a_damaged_file_is_named_as_damaged_and_left_as_it_is(gms: CommandLine, place: float) -> None:
    spoil_page(gms.path, place)
    before = sha256(gms.path.read_bytes()).hexdigest()
    said = gms("verify")
    assert said.code == 1
    assert f"Does not hold: {gms.path} is damaged" in said.out
    assert sha256(gms.path.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("command", ["verify", "rebuild", "find"])
def test_a_file_of_a_newer_version_is_refused_untouched(gms: CommandLine, command: str) -> None:
    change(gms, "UPDATE alembic_version SET version_num = '9999'")
    before = gms.path.read_bytes()
    said = gms(command, *(["OYELARAN"] if command == "find" else []))
    assert said.code == 2
    assert "written by a newer version of the application. Install that version" in said.err
    assert gms.path.read_bytes() == before


def test_a_file_whose_key_is_away_is_refused_with_what_to_do(gms: CommandLine) -> None:
    shutil.rmtree(gms.data / "secrets")
    for command in ("verify", "rebuild", "backup"):
        said = gms(command)
        assert said.code == 2
        assert "The key to" in said.err
        assert "secrets" in said.err


def test_a_file_under_another_key_is_not_taken_for_whole(gms: CommandLine) -> None:
    (gms.data / "secrets" / "bench-key.secret").write_text("00" * 32, "ascii")
    said = gms("verify")
    assert said.code == 1
    assert "damaged, or belongs to another key" in said.out


@pytest.mark.parametrize("command", ["verify", "rebuild", "backup"])
def test_a_bench_that_is_not_set_up_is_told_how_to_begin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    said = CommandLine(tmp_path / "nothing", capsys)(command)
    assert said.code == 2
    assert "not set up yet. Start gms-desktop run" in said.err
    assert not (tmp_path / "nothing").exists()


def test_a_backup_is_proved_with_its_key_beside_it(gms: CommandLine, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    window = BenchLock(gms.data, "R. Okafor, process 4711")
    try:
        assert gms("backup", kept / "monday.db").code == 0
    finally:
        window.release()
    shutil.copytree(gms.data / "secrets", kept / "secrets")
    said = gms("verify", kept / "monday.db")
    assert said.code == 0
    assert f"Entries          {gms.entries()} " in said.out


def test_a_backup_goes_to_a_folder_of_its_own_when_nobody_says_where(gms: CommandLine) -> None:
    assert gms("backup").code == 0
    made = list((gms.data / "backups").glob("bench-*.db"))
    assert len(made) == 1
    assert gms("verify", made[0]).code == 0


def test_a_backup_never_overwrites_and_never_invents_a_folder(gms: CommandLine, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_bytes(b"somebody's")
    assert "is there already" in gms("backup", there).err
    assert there.read_bytes() == b"somebody's"
    assert "is no folder" in gms("backup", tmp_path / "nowhere" / "a.db").err


def test_what_can_be_read_of_a_damaged_file_is_saved_with_its_hashes(gms: CommandLine, tmp_path: Path) -> None:
    entries = gms.entries()
    damaged = gms.data / "bench.damaged-20261121T090000Z.db"
    gms.path.rename(damaged)
    spoil_page(damaged, 0.6)
    saved = tmp_path / "saved.jsonl"
    said = gms("salvage", damaged, "--out", saved)
    lines = saved.read_bytes().splitlines()
    assert said.code == 0
    assert 0 < len(lines) <= entries
    hashes = {json.loads(line)["hash"] for line in lines}
    content = [line[len(b'{"entry":') : line.rindex(b',"hash":')] for line in lines]
    follows = [
        next_hash(bytes.fromhex(json.loads(a)["hash"]), b).hex() for a, b in zip(lines, content[1:], strict=False)
    ]
    assert len(hashes & set(follows)) >= len(lines) // 2
    assert b"OYELARAN" not in saved.read_bytes()


def test_salvage_writes_over_nothing(gms: CommandLine, tmp_path: Path) -> None:
    there = tmp_path / "there.jsonl"
    there.write_text("somebody's")
    said = gms("salvage", gms.path, "--out", there)
    assert said.code == 2
    assert there.read_text() == "somebody's"


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    in_the_way = tmp_path / "bench"
    in_the_way.write_text("a file stands where the folder should be")
    gms = CommandLine(in_the_way, capsys)
    said = gms.takes_in(EXPECTED, "--mapping", MAPPING)
    assert said.code == 2
    assert "cannot be written" in said.err
    assert "Give this account write access to it." in said.err
    doctor = gms("doctor")
    assert doctor.code == 1
    assert f"DO  Data folder     {in_the_way} cannot be written" in doctor.out


def test_find_tells_the_history_of_the_one_that_is_chosen(gms: CommandLine) -> None:
    found = gms("find", "r30000000001")
    assert found.code == 0
    assert "3 things found" in found.out
    chosen = gms("find", "r30000000001", "--choose", 2)
    assert "OYELARAN, Temi" in chosen.out
    assert "Request expected, R14.1" in chosen.out
    beyond = gms("find", "r30000000001", "--choose", 4)
    assert beyond.code == 2
    assert "no number 4" in beyond.err


def test_find_says_when_there_is_nothing(gms: CommandLine) -> None:
    said = gms("find", "NOT-KNOWN-1")
    assert said.code == 1
    assert "Nothing found. NOT-KNOWN-1 is on no patient" in said.out
