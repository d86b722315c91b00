"""Restoring from the command line: the drill, a damaged or missing file, a new machine, and the recovery key."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from command_line import SIGNED, CommandLine, copy_of, key_of, set_up, spoil_page
from sqlcipher3 import dbapi2 as driver

from gms_desktop import recovery_key
from gms_desktop.bench import Bench
from gms_desktop.cli.recovery_key import enter
from gms_desktop.errors import Refused
from gms_desktop.journal import secret_store
from gms_desktop.journal.lock import BenchLock
from gms_desktop.journal.secret_store import FileSecrets
from gms_desktop.rehearsal import made_up
from gms_desktop.settings import read as read_settings
from gms_desktop.starting import start_bench
from ui import command

RESOURCES = Path(__file__).parents[2] / "resources" / "rehearsal"
ADMINISTRATOR, PIN = made_up.PEOPLE[0], made_up.SHORT_PIN


@pytest.fixture(scope="session")
def bench_to_restore(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = set_up(tmp_path_factory.mktemp("restoring") / "bench")
    taken_in = ["import", str(RESOURCES / "expected.csv"), "--mapping", str(RESOURCES / "mapping.toml")]
    assert command.main([*taken_in, "--data", str(data), *SIGNED]) == 0
    return data


@pytest.fixture
def gms(bench_to_restore: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(copy_of(bench_to_restore, tmp_path / "bench"), capsys)


@pytest.fixture
def copy(gms: CommandLine) -> Path:
    """A backup of the bench as it stands."""
    assert gms("backup").code == 0
    (made,) = (gms.data / "backups").glob("bench-*.db")
    return made


def work(gms: CommandLine) -> tuple[str, tuple[str, ...]]:
    """Start the application, end it again; the short code it gave numbers under, and what it told."""
    said = read_settings(gms.data)
    assert said is not None
    bench: Bench = start_bench(gms.data, said)
    try:
        code = bench.recorder.read(lambda ledger: ledger.head.short_code).result(20)
        return code, bench.strip().notices
    finally:
        bench.close()


# --- the drill ---


def test_the_drill_proves_a_backup_and_tells_its_counts_and_its_age(gms: CommandLine, copy: Path) -> None:
    before = copy.read_bytes()
    said = gms("restore", "--check", copy)
    assert said.code == 0
    assert f"Entries          {gms.entries()} " in said.out
    assert "Newest entry     " in said.out
    assert " ago" in said.out
    assert "Everything holds." in said.out
    assert copy.read_bytes() == before
    assert sorted(copy.parent.iterdir()) == [copy, copy.with_name("files.db")]


@pytest.mark.parametrize("place", [0.0, 0.3, 0.9])
def test_the_drill_finds_a_damaged_backup(gms: CommandLine, copy: Path, place: float) -> None:
    spoil_page(copy, place)
    said = gms("restore", "--check", copy)
    assert said.code == 1
    assert f"Does not hold: {copy} is damaged" in said.out


@pytest.fixture
def heard(bench_to_restore: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> CommandLine:
    """A command line of which also what libraries write is heard."""
    return CommandLine(copy_of(bench_to_restore, tmp_path / "heard"), capfd)


@pytest.mark.parametrize("ask", [["doctor"], ["rebuild"], ["backup"], ["restore", "--check"], ["salvage"], ["verify"]])
def test_of_a_damaged_page_only_our_own_words_are_said(heard: CommandLine, ask: list[str]) -> None:
    spoil_page(heard.path, 0.5)
    said = heard(*ask, *([heard.path] if ask[0] in {"restore", "salvage"} else []))
    # Every entry can be read of a file in which a page of the register is damaged.
    assert said.code != 0 or ask == ["salvage"]
    for raw in ("ERROR", "***", "btree", "Tree", "hmac"):
        assert raw not in said.out + said.err


def test_an_old_backup_that_is_not_encrypted_is_named_as_it_was_given(gms: CommandLine, copy: Path) -> None:
    with closing(driver.connect(str(copy))) as raw:
        raw.execute(f"PRAGMA key=\"x'{key_of(gms.data).hex()}'\"")
        raw.execute("ATTACH ? AS open KEY ''", (str(copy.with_name("old.db")),))
        raw.execute("SELECT sqlcipher_export('open')").fetchall()
    old = copy.with_name("old.db")
    assert f"{old} is not encrypted yet. Run: gms-desktop encrypt {old}." in gms("restore", "--check", old).err


def test_the_drill_finds_a_backup_that_was_cut_short(gms: CommandLine, copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    assert gms("restore", "--check", copy).code == 1


def test_the_drill_finds_a_register_that_is_not_the_fold_of_its_journal(gms: CommandLine) -> None:
    db = gms.opened()
    db.raw.execute("DELETE FROM request")
    db.close()
    assert gms("backup").code == 0
    (made,) = (gms.data / "backups").glob("bench-*.db")
    said = gms("restore", "--check", made)
    assert said.code == 1
    assert "table request differs from the journal" in said.out


def test_the_drill_runs_while_a_window_has_the_bench_open(gms: CommandLine, copy: Path) -> None:
    window = BenchLock(gms.data, "R. Okafor, process 4711")
    try:
        assert gms("restore", "--check", copy).code == 0
    finally:
        window.release()


# --- in its place ---


def test_a_damaged_file_is_set_aside_the_backup_put_in_its_place_and_a_new_writer_begins(
    gms: CommandLine, copy: Path
) -> None:
    code, _ = work(gms)
    spoil_page(gms.path, 0.5)
    damaged = gms.path.read_bytes()
    said = gms("restore", copy)
    assert said.code == 0
    (aside,) = gms.data.glob("bench.damaged-*.db")
    assert aside.read_bytes() == damaged
    assert f"kept as {aside.name}" in said.out
    assert "begins a new number code" in said.out
    fresh, notices = work(gms)
    assert fresh != code
    assert "restored backup" in notices[0]
    assert gms("verify").code == 0


def test_a_file_that_is_gone_is_restored_and_what_the_lease_knows_of_is_named_as_missing(
    gms: CommandLine, copy: Path
) -> None:
    add_person(gms)
    for part in gms.data.glob("bench.db*"):
        part.unlink()
    said = gms("restore", copy)
    assert said.code == 0
    assert "entries were recorded here after it and are not in it" in said.out
    assert "Compare the last labels on the bench with Find" in said.out


def add_person(gms: CommandLine) -> None:
    said = gms(
        "add-person", "A. Newcomer", "technician", "--new-badge", "NEW-1", "--new-pin", "97531",
        "--badge", ADMINISTRATOR.badge, "--pin", PIN,
    )  # fmt: skip
    assert said.code == 0, said.err


def test_a_whole_file_is_left_in_its_place_unless_that_is_said(gms: CommandLine, copy: Path) -> None:
    before = gms.path.read_bytes()
    said = gms("restore", copy)
    assert said.code == 2
    assert "is whole: nothing needs restoring" in said.err
    assert gms.path.read_bytes() == before
    assert gms("restore", copy, "--whole-too").code == 0
    assert len(list(gms.data.glob("bench.replaced-*.db"))) == 1


def test_a_damaged_backup_is_put_in_place_of_nothing(gms: CommandLine, copy: Path) -> None:
    spoil_page(gms.path, 0.5)
    spoil_page(copy, 0.5)
    before = gms.path.read_bytes()
    said = gms("restore", copy)
    assert said.code == 1
    assert "Nothing was changed. Try an older backup." in said.out
    assert gms.path.read_bytes() == before


def test_nothing_is_restored_while_a_window_has_the_bench_open(gms: CommandLine, copy: Path) -> None:
    spoil_page(gms.path, 0.5)
    window = BenchLock(gms.data, "R. Okafor, process 4711")
    try:
        said = gms("restore", copy)
    finally:
        window.release()
    assert said.code == 2
    assert "R. Okafor, process 4711" in said.err


def test_a_new_machine_gets_file_and_secrets_from_beside_the_backup(
    gms: CommandLine, copy: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(gms.data / "secrets", kept / "secrets")
    shutil.copyfile(copy, kept / "bench.db")
    shutil.copyfile(copy.with_name("files.db"), kept / "files.db")
    other = tmp_path / "new-machine"
    (other / "secrets").mkdir(parents=True)
    assert gms("restore", kept / "bench.db", "--to", other).code == 0
    assert FileSecrets(other / "secrets").get("pepper") == FileSecrets(gms.data / "secrets").get("pepper")
    fresh = CommandLine(other, gms.capsys)
    assert fresh("verify").code == 0


# --- the recovery key ---


def test_the_recovery_key_opens_a_backup_on_a_machine_that_has_nothing_else(
    gms: CommandLine, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = gms("recovery-key", "--badge", ADMINISTRATOR.badge, "--pin", PIN)
    assert said.code == 0, said.err
    printed = "".join(line for line in said.out.splitlines() if not line.startswith("Whoever"))
    other = tmp_path / "new-machine"
    (other / "secrets").mkdir(parents=True)
    assert enter(printed.lower(), other, lambda _line: None) == 0
    moved = tmp_path / "moved.db"
    shutil.copyfile(copy, moved)
    assert CommandLine(other, gms.capsys)("restore", "--check", moved).code == 0
    # That it was shown, and to whom, is in the journal.
    db = gms.opened()
    newest = db.raw.execute("SELECT bytes FROM entry ORDER BY n DESC LIMIT 1").fetchone()[0]
    db.close()
    assert b"recovery key shown" in newest


def test_the_recovery_key_is_shown_to_an_administrator_only(gms: CommandLine) -> None:
    add_person(gms)
    for badge, pin in (("NEW-1", "97531"), (ADMINISTRATOR.badge, "00000")):
        said = gms("recovery-key", "--badge", badge, "--pin", pin)
        assert said.code == 2
        assert "GMSK1" not in said.out + said.err


def test_a_recovery_key_that_was_typed_wrongly_is_refused_and_one_that_differs_replaces_none(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    text = recovery_key.written(bytes(range(32)), bytes(32))
    for place in range(len(text)):
        other = "7" if text[place] != "7" else "8"
        if text[place] == "-":
            continue
        with pytest.raises(Refused, match="is no recovery key"):
            recovery_key.read(text[:place] + other + text[place + 1 :])
    secret_store.secrets_of(tmp_path).put("bench-key", bytes(32))
    with pytest.raises(Refused, match="has a key of its own already"):
        enter(text, tmp_path, lambda _line: None)


# --- the doctor ---


def test_the_doctor_tells_where_the_newest_backup_is_and_how_old(gms: CommandLine, copy: Path) -> None:
    said = gms("doctor")
    assert f"OK  Backup          {copy}, " in said.out
    copy.unlink()
    assert "is not there any more. Make one now: gms-desktop backup." in gms("doctor").out


def test_the_doctor_tells_what_is_in_the_way_of_backups(gms: CommandLine) -> None:
    with (gms.data / "settings.toml").open("a") as out:
        out.write("")
    text = (gms.data / "settings.toml").read_text("utf-8")
    (gms.data / "settings.toml").write_text(text.replace('[backup]\nfolder = ""', '[backup]\nfolder = "/not/there"'))
    assert gms("backup").code == 2
    said = gms("doctor")
    assert said.code == 1
    assert "DO  Backup          No backup was made. The folder for backups, /not/there, is not there." in said.out
